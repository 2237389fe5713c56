"""The addresses, from the resolver itself, and those that are no pages."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

# What one never stands on. Each is asked about in some other test.
NOT_PAGES = {
    "healthz": "for machines",
    "public:start": "sends on to one's own start page",
    "public:sign_out": "a press, no page",
    "public:stay": "asked by a script",
    "public:session_left": "asked by a script",
    "desk:take_signal": "a press, no page",
    "desk:join_signal": "a press, no page",
    "desk:take_invitation": "a press, no page",
    "desk:assign": "a press; what is wrong stands on the case's head",
    "desk:identity": "a press; the page that answers stands at its address",
    "desk:emergency_end": "a press, no page",
    "desk:draft": "asked by a script",
    "desk:plan_start": "a press, no page",
    "desk:plan_looked_over": "a press, no page",
    "desk:notice_discard": "a press, no page",
    "desk:entry_readers": "a part of the page for a new note",
    "desk:wheel_picture": "a part of the page for a new wheel",
    "family:document": "a PDF",
    "administration:review_file": "a file",
}


def addresses() -> dict[str, str]:
    """Name → route, such as ``desk:case`` → ``barn/<uuid:case_id>/``."""
    return dict(_walk(get_resolver().url_patterns))


def _walk(
    patterns: list[URLPattern | URLResolver], space: str = "", start: str = ""
) -> Iterator[tuple[str, str]]:
    for one in patterns:
        route = f"{start}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, f"{one.namespace}:" if one.namespace else space, route)
        else:
            yield f"{space}{one.name or route.rstrip('/')}", route
