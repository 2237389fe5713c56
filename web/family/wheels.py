"""The wheels that have been shown to the family, ready to draw."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.models import Version
from cases.wheel import HIGHEST, Perspective, Wheel
from kit import dates
from kit.wheel import SectorView, WheelView
from web.family.page import FamilyPage

# Where a long word may be broken.


def wheel_views(pairs: list[tuple[Version, Version | None]], page: FamilyPage) -> list[WheelView]:
    """Each view's latest wheel over the one before it."""
    return [_view(now, before, page, number) for number, (now, before) in enumerate(pairs, start=1)]


def _view(now: Version, before: Version | None, page: FamilyPage, number: int) -> WheelView:
    wheel = Wheel.of(now.data)
    previous = {score.sector: score.value for score in Wheel.of(before.data).scores} if before else {}
    return WheelView(
        title=_title(wheel.perspective, now, page),
        sectors=[
            SectorView(
                label=score.sector.breakable,
                value=score.value,
                previous=previous.get(score.sector),
                works=score.works,
                hard=score.hard,
            )
            for score in wheel.scores
        ],
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
