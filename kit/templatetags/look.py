"""What the templates need beyond Django's own tags. Load it with ``{% load look %}``."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kit import dates, icons, wheel
from kit.fields import FieldView, field_view
from kit.forms import ErrorLink, all_errors

register = template.Library()


@dataclass(frozen=True)
class StepView:
    """One step of a step path."""

    name: str
    done: bool
    now: bool


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon, hidden from assistive technology: ``{% icon "phone" %}``."""
    return icons.icon(name)


@register.simple_tag(name="field_view")
def field_view_tag(bound: BoundField, label: str = "", hint: str = "") -> FieldView:
    """The bound field ready to draw: ``{% field_view form.text as view %}``."""
    return field_view(bound, label=label, hint=hint)


@register.simple_tag(takes_context=True)
def current(context: Context, href: str, exact: str = "") -> SafeString:
    """``aria-current`` for a link: "page" on the very address, "true" within its section."""
    request = context.get("request")
    path = getattr(request, "path", "")
    if path == href:
        return SafeString(' aria-current="page"')
    inside = not exact and href not in {"", "/"} and path.startswith(href)
    return SafeString(' aria-current="true"') if inside else SafeString("")


@register.simple_tag(takes_context=True)
def page_errors(context: Context) -> list[ErrorLink]:
    """The error summary of the page: of ``form`` and of every form in ``forms``, when they are bound."""
    found: list[BaseForm] = []
    candidates: Iterable[Any] = [context.get("form"), *(context.get("forms") or [])]
    for candidate in candidates:
        if isinstance(candidate, BaseForm) and candidate.is_bound and candidate not in found:
            found.append(candidate)
    return all_errors(iter(found))


@register.filter
def tel(number: str) -> str:
    """A phone number as the href of a link: digits and a leading plus."""
    text = str(number).strip()
    digits = re.sub(r"\D", "", text)
    return f"tel:+{digits}" if text.startswith("+") else f"tel:{digits}"


@register.filter
def in_words(value: date | datetime | None) -> str:
    """ "2 december 2026"; "" for None."""
    return dates.in_words(value) if value else ""


@register.filter
def with_weekday(value: date | datetime | None) -> str:
    """ "onsdag 2 december 2026"; "" for None."""
    return dates.with_weekday(value) if value else ""


@register.filter
def day_month(value: date | datetime | None) -> str:
    """ "2 december", for dates whose year is plain; "" for None."""
    return dates.day_month(value) if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """ "10.42" in Swedish time; "" for None."""
    return dates.clock(value) if value else ""


@register.filter
def instant(value: datetime | None) -> str:
    """ "2 december 2026 klockan 10.42" in Swedish time; "" for None."""
    return dates.instant(value) if value else ""


@register.filter
def relative(value: date | datetime | None, today: date | None = None) -> str:
    """ "i dag", "i morgon", "om 3 dagar", "för 2 dagar sedan"; "" for None."""
    return dates.relative(value, today=today) if value else ""


@register.filter
def due(value: date | datetime | None, today: date | None = None) -> str:
    """The same, but what is past is late: "Försenad 7 dagar"; "" for None."""
    return dates.due(value, today=today) if value else ""


@register.filter
def through(end: date | datetime | None) -> str:
    """The last day of a half-open period: its exclusive end becomes "till och med 1 december 2026"."""
    return dates.through(end) if end else ""


@register.simple_tag
def step_views(now: int, names: list[str] | None = None) -> list[StepView]:
    """The steps of c-step-path, ``now`` counted from 1; without names the four steps of the model."""
    shown = names or [_("Notice"), _("Find out"), _("Work together"), _("Follow up")]
    return [
        StepView(str(name), done=number < int(now), now=number == int(now))
        for number, name in enumerate(shown, start=1)
    ]


@register.simple_tag
def wheel_geometry(view: wheel.WheelView) -> wheel.Geometry:
    """The shapes of a wheel: ``{% wheel_geometry wheel as shapes %}``."""
    return wheel.geometry(view)


@register.simple_tag
def wheel_description(view: wheel.WheelView) -> str:
    """The wheel in one breath, for those who do not see it."""
    if view.description:
        return view.description
    return " ".join(_sector_sentence(sector, view) for sector in view.sectors).replace("\u00ad", "")


def _sector_sentence(sector: wheel.SectorView, view: wheel.WheelView) -> str:
    now = str(sector.value) if sector.value else _("not talked about")
    if not view.has_previous or sector.previous is None:
        return f"{sector.label}: {now}."
    return _("%(area)s: %(now)s, last time %(before)s.") % {
        "area": sector.label,
        "now": now,
        "before": sector.previous,
    }


@register.simple_tag
def pdf_style(path: str) -> SafeString:
    """The address of a style sheet for WeasyPrint: plain, without the hash that browsers get."""
    return format_html('<link rel="stylesheet" href="{}{}">', settings.STATIC_URL, path)
