"""The interface's icons: drawn here, always beside a word, so always hidden from assistive technology."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_STROKE = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'

# name → (path markup, mirrored in right-to-left scripts). One 24 × 24 grid for all.
_SHAPES: dict[str, tuple[str, bool]] = {
    "arrow": ('<path d="M5 12h13M13 6l6 6-6 6"/>', True),
    "bell": ('<path d="M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15zM10 21h4"/>', False),
    "calendar": ('<path d="M4 6.5h16v13H4zM4 11h16M8.5 3.5v5M15.5 3.5v5"/>', False),
    "check": ('<path d="M5 12.5l4.5 4.5L19 7.5"/>', False),
    "chevron": ('<path d="M6 9.5l6 6 6-6"/>', False),
    "circle": ('<circle cx="12" cy="12" r="7.5"/>', False),
    "clock": ('<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>', False),
    "cross": ('<path d="M6.5 6.5l11 11M17.5 6.5l-11 11"/>', False),
    "danger": ('<path d="M8.5 3.5h7l5 5v7l-5 5h-7l-5-5v-7zM12 8v5M12 16.4v.1"/>', False),
    "dot": ('<circle cx="12" cy="12" r="8"/><circle cx="12" cy="12" r="2.6" fill="currentColor"/>', False),
    "print": ('<path d="M7 9V4h10v5M7 17H4v-8h16v8h-3M7 14h10v6H7z"/>', False),
    "download": ('<path d="M12 4v11M7 10.5l5 5 5-5M5 20h14"/>', False),
    "eye": (
        '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/>'
        '<circle cx="12" cy="12" r="2.8"/>',
        False,
    ),
    "info": ('<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.6v.1"/>', False),
    "leave": ('<path d="M10 4.5H5v15h5M10 12h10M16 8l4 4-4 4"/>', True),
    "lock": ('<path d="M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"/>', False),
    "menu": ('<path d="M4 7h16M4 12h16M4 17h16"/>', False),
    "message": ('<path d="M4 5.5h16v11H10l-4.5 3.5v-3.5H4z"/>', False),
    "pause": ('<path d="M9 6v12M15 6v12"/>', False),
    "pencil": ('<path d="M5 19l1-4.5L16 4.5 19.5 8 9.5 18z"/>', False),
    "people": (
        '<circle cx="9" cy="8.5" r="3.2"/><path d="M3 19.5a6 6 0 0 1 12 0M15.5 5.6a3.2 3.2 0 0 1 0 5.8'
        'M17.5 14.2a6 6 0 0 1 3.5 5.3"/>',
        False,
    ),
    "phone": (
        '<path d="M6.5 3.5h3l1.5 4.5-2.2 1.6a12 12 0 0 0 5.6 5.6L16 13l4.5 1.5v3c0 1.4-1.2 2.6-2.6 2.5'
        'C10.2 19.5 4.5 13.8 4 6.100A2.5 2.5 0 0 1 6.5 3.500z"/>',
        False,
    ),
    "warning": ('<path d="M12 4L2.8 20h18.400zM12 10v4.500M12 17.200v.1"/>', False),
}


def icon_names() -> list[str]:
    """Every icon, in alphabetical order."""
    return sorted(_SHAPES)


def icon(name: str) -> SafeString:
    """The icon as inline SVG without text; an unknown name is a programming error (``KeyError``)."""
    shape, turns = _SHAPES[name]
    return format_html(
        '<svg class="bb-icon{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false" {}>{}</svg>',
        " bb-icon--turns" if turns else "",
        mark_safe(_STROKE),  # noqa: S308 - a constant of this module
        mark_safe(shape),  # noqa: S308 - a constant of this module
    )
