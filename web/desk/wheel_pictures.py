"""From a wheel as it was filled in to a wheel that can be drawn."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cases.models import Version
from cases.wheel import Perspective, Wheel
from kit import dates
from kit.wheel import SectorView, WheelView


def picture_of(version: Version | None, *, previous: Version | None = None) -> WheelView | None:
    """The wheel of a version, with an earlier one of the same person's behind it."""
    if version is None:
        return None
    wheel = Wheel.of(version.data)
    before = {score.sector: score.value for score in Wheel.of(previous.data).scores} if previous else {}
    day = dates.in_words(version.happened_on)
    return WheelView(
        title=title_of(wheel.perspective),
        sectors=[
            SectorView(score.sector.breakable, score.value, before.get(score.sector), score.works, score.hard)
            for score in wheel.scores
        ],
        now_label=_("Latest, %(date)s") % {"date": day},
        previous_label=_("Before, %(date)s") % {"date": dates.in_words(previous.happened_on)}
        if previous
        else "",
        uid=f"wheel-{version.pk.hex[:8]}",
    )


def title_of(perspective: Perspective) -> str:
    """Whose view it is."""
    words = {
        Perspective.CHILD: _("The wheel as the child sees it"),
        Perspective.GUARDIAN: _("The wheel as the guardian sees it"),
        Perspective.PROFESSIONAL: _("The wheel as we see it"),
    }
    return words[perspective]
