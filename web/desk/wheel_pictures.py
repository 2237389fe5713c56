"""From a wheel as it was filled in to a wheel that can be drawn."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from cases.models import Version
from cases.wheel import Perspective, Wheel
from cases.wheel_words import WheelWords, sectors_of, words_of
from kit import dates
from kit.wheel import WheelView


def picture_of(
    version: Version | None,
    *,
    previous: Version | None = None,
    words: Mapping[int, WheelWords] | None = None,
) -> WheelView | None:
    """The wheel of a version, with an earlier one of the same person's behind it. ``words`` are the
    editions, where there are several wheels to draw."""
    if version is None:
        return None
    wheel = Wheel.of(version.data)
    before = Wheel.of(previous.data) if previous else None
    words = words or words_of(one for one in (wheel, before) if one)
    then = dates.in_words(previous.happened_on) if previous else ""
    return WheelView(
        title=title_of(wheel.perspective),
        sectors=sectors_of(wheel, before, words),
        now_label=_("Latest, %(date)s") % {"date": dates.in_words(version.happened_on)},
        previous_label=_("Before, %(date)s") % {"date": then} if then else "",
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
