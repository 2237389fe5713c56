"""The wheels that have been shown to the family, ready to draw."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.models import Version
from cases.wheel import HIGHEST, Perspective, Wheel
from cases.wheel_words import WheelWords, sectors_of, words_of
from kit import dates
from kit.wheel import WheelView
from web.family.page import FamilyPage


def wheel_views(pairs: list[tuple[Version, Version | None]], page: FamilyPage) -> list[WheelView]:
    """Each view's latest wheel over the one before it."""
    words = words_of(Wheel.of(one.data) for pair in pairs for one in pair if one)
    return [_view(now, before, page, number, words) for number, (now, before) in enumerate(pairs, start=1)]


def _view(
    now: Version, before: Version | None, page: FamilyPage, number: int, words: dict[int, WheelWords]
) -> WheelView:
    wheel = Wheel.of(now.data)
    return WheelView(
        title=_title(wheel.perspective, now, page),
        sectors=sectors_of(wheel, Wheel.of(before.data) if before else None, words),
        now_label=_("Latest, %(date)s") % {"date": dates.in_words(now.happened_on)},
        previous_label=_("Last time, %(date)s") % {"date": dates.in_words(before.happened_on)}
        if before
        else "",
        scale=HIGHEST,
        uid=f"wheel-{number}",
    )


def _title(perspective: Perspective, version: Version, page: FamilyPage) -> str:
    if perspective == Perspective.PROFESSIONAL:
        values = {"who": version.author_name, "unit": version.unit_name}
        return _("The wheel as %(who)s, %(unit)s, sees it") % values
    if perspective == Perspective.GUARDIAN:
        return _("The wheel as you at home see it")
    if page.is_me:
        return pgettext("youth", "The wheel as you see it")
    return _("The wheel as %(name)s sees it") % {"name": page.name}
