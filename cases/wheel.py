"""Barnets bästa-hjulet: eight areas, three perspectives, never averaged.

The words of the areas and of the scale are data (``cases.wheel_words``); a wheel
keeps the number of the edition that it was filled in with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Perspective(models.TextChoices):
    """Whose view a wheel is; views are never merged."""

    CHILD = "child", _("The child's view")
    GUARDIAN = "guardian", _("Guardian")
    PROFESSIONAL = "professional", _("Staff")


class Sector(models.TextChoices):
    """The eight areas, clockwise from the top."""

    SAFE = "safe", _("Safe")
    HEALTHY = "healthy", _("Feeling well")
    ACHIEVING = "achieving", _("Developing")
    NURTURED = "nurtured", _("Cared for")
    ACTIVE = "active", _("Active")
    RESPECTED = "respected", _("Respected")
    RESPONSIBLE = "responsible", _("Responsible for things")
    INCLUDED = "included", _("Included")

    @property
    def breakable(self) -> str:
        """The area's word, which may break where a long one has a joint (a soft hyphen)."""
        long = {Sector.RESPONSIBLE: pgettext_lazy("with soft hyphens", "Responsible for things")}
        return str(long.get(self, self.label))


LOWEST, HIGHEST = 1, 5
FACES = (1, 3, 5)  # the values of the three faces that younger children choose among
FIRST_EDITION = 1


@dataclass(frozen=True)
class SectorScore:
    """One area: a value from 1 (very hard) to 5 (good), or not talked about."""

    sector: Sector
    value: int | None = None
    works: str = ""
    hard: str = ""


@dataclass(frozen=True)
class Wheel:
    """A wheel as one person saw it one day, in the words of an edition; ``asked`` is the version
    that was used: for adults, older or younger children."""

    perspective: Perspective
    scores: tuple[SectorScore, ...]
    edition: int = FIRST_EDITION
    asked: str = "adult"

    def data(self) -> dict[str, Any]:
        """As it lies in a version's ``data``."""
        return {
            "perspective": self.perspective.value,
            "edition": self.edition,
            "asked": self.asked,
            "sectors": {
                score.sector.value: {
                    "value": score.value,
                    "works": score.works,
                    "hard": score.hard,
                }
                for score in self.scores
            },
        }

    @classmethod
    def of(cls, data: dict[str, Any]) -> Wheel:
        """From a version's ``data``; an area that is missing was not talked about."""
        sectors = data.get("sectors", {})
        return cls(
            Perspective(data["perspective"]),
            tuple(SectorScore(sector, **sectors.get(sector.value, {"value": None})) for sector in Sector),
            int(data.get("edition", FIRST_EDITION)),
            str(data.get("asked", "adult")),
        )
