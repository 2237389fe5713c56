"""What the wheel's areas are called, what is asked about each, and what its scale says.

The first edition comes with the service and is translated with it; the county's own wording was
not available when it was written. Later ones are rows (``cases.editions``), in Swedish as they
were written. ``of_row`` and ``as_data`` are each other's opposites.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from access.policy import age_on
from cases.editions import WheelEdition
from cases.wheel import FACES, FIRST_EDITION, LOWEST, Sector, Wheel
from kit.wheel import SectorView

OLDER_FROM = 12


class Asked(models.TextChoices):
    """Which version of the wheel somebody was asked with."""

    ADULT = "adult", gettext_lazy("For adults")
    OLDER = "older", gettext_lazy("For older children, from about 12 years")
    YOUNGER = "younger", gettext_lazy("For younger children, three faces")

    @classmethod
    def for_child(cls, born_on: Any, today: Any) -> Asked:
        """The version that fits a child's age, until somebody chooses another."""
        return cls.OLDER if age_on(born_on, today) >= OLDER_FROM else cls.YOUNGER


@dataclass(frozen=True)
class SectorWords:
    """An area: its name, and what is asked about it in each version."""

    name: str
    adult: str
    older: str
    younger: str

    def prompt(self, asked: str) -> str:
        """What is asked."""
        return {Asked.OLDER.value: self.older, Asked.YOUNGER.value: self.younger}.get(asked, self.adult)


@dataclass(frozen=True)
class WheelWords:
    """One edition: eight areas, the words of 1 to 5, and those of the three faces (1, 3 and 5)."""

    no: int
    sectors: Mapping[Sector, SectorWords]
    scale: tuple[str, ...]
    faces: tuple[str, ...]

    def value(self, value: int | None, asked: str = Asked.ADULT) -> str:
        """A value in words; nothing for what was not talked about."""
        if value is None:
            return ""
        if asked == Asked.YOUNGER and value in FACES:
            return self.faces[FACES.index(value)]
        return self.scale[value - LOWEST]

    def as_data(self) -> dict[str, Any]:
        """As it lies in an edition's ``words``."""
        return {
            "sectors": {sector.value: vars(words) for sector, words in self.sectors.items()},
            "scale": list(self.scale),
            "faces": list(self.faces),
        }


def of_row(row: WheelEdition) -> WheelWords:
    """A later edition, as it was written."""
    words = row.words
    sectors = {sector: SectorWords(**words["sectors"][sector.value]) for sector in Sector}
    return WheelWords(row.no, sectors, tuple(words["scale"]), tuple(words["faces"]))


def first_words() -> WheelWords:
    """The edition that comes with the service, in the reader's language."""
    scale = (
        pgettext("wheel", "Very hard"),
        pgettext("wheel", "Hard"),
        pgettext("wheel", "Both good and hard"),
        pgettext("wheel", "Rather good"),
        pgettext("wheel", "Good"),
    )
    faces = (
        pgettext("wheel face", "Hard"),
        pgettext("wheel face", "In between"),
        pgettext("wheel face", "Good"),
    )
    adult, older, younger = _for_adults(), _for_older(), _for_younger()
    sectors = {s: SectorWords(s.breakable, adult[s], older[s], younger[s]) for s in Sector}
    return WheelWords(FIRST_EDITION, sectors, scale, faces)


def latest_words() -> WheelWords:
    """The edition that new wheels are filled in with. One statement."""
    row = WheelEdition.objects.order_by("-no").first()
    return of_row(row) if row else first_words()


def words_to_fill_in(number: str) -> WheelWords:
    """The edition that a form was drawn with, where it says; else the latest."""
    if number == str(FIRST_EDITION):
        return first_words()
    row = WheelEdition.objects.filter(no=int(number)).first() if _is_number(number) else None
    return of_row(row) if row else latest_words()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4


def words_of(wheels: Iterable[Wheel]) -> dict[int, WheelWords]:
    """The editions that some wheels were filled in with; no statement where that is the first."""
    numbers = {wheel.edition for wheel in wheels} - {FIRST_EDITION}
    rows = WheelEdition.objects.filter(no__in=numbers) if numbers else []
    return {FIRST_EDITION: first_words(), **{row.no: of_row(row) for row in rows}}


def sectors_of(wheel: Wheel, before: Wheel | None, words: Mapping[int, WheelWords]) -> list[SectorView]:
    """The eight areas ready to draw, on paper as on the screen: each value in the words of its own
    edition, the areas named as in the later wheel."""
    mine = words[wheel.edition]
    theirs = words[before.edition] if before else mine
    then = {score.sector: score.value for score in before.scores} if before else {}
    return [
        SectorView(
            label=mine.sectors[score.sector].name,
            value=score.value,
            previous=then.get(score.sector),
            works=score.works,
            hard=score.hard,
            word=mine.value(score.value, wheel.asked),
            previous_word=theirs.value(then.get(score.sector), before.asked if before else ""),
        )
        for score in wheel.scores
    ]


def _for_adults() -> dict[Sector, str]:
    return {
        Sector.SAFE: _("Safe at home, in preschool or school, and with friends"),
        Sector.HEALTHY: _("Body, sleep, food and feelings"),
        Sector.ACHIEVING: _("Language, learning and self-confidence"),
        Sector.NURTURED: _("Adults who are there, see and care"),
        Sector.ACTIVE: _("Play, movement and leisure"),
        Sector.RESPECTED: _("Is listened to and treated well"),
        Sector.RESPONSIBLE: _("Does what fits the age, can get on with others"),
        Sector.INCLUDED: _("Belongs with friends, family and others"),
    }


def _for_older() -> dict[Sector, str]:
    return {
        Sector.SAFE: _("Do you feel safe at home, in school, on the way and online?"),
        Sector.HEALTHY: _("How are you in body and mind? How do you sleep and eat?"),
        Sector.ACHIEVING: _("How does it go in school? Do you learn things that you want to know?"),
        Sector.NURTURED: _("Are there adults who care and who help when you need it?"),
        Sector.ACTIVE: _("Do you do things that you like, on your own or with others?"),
        Sector.RESPECTED: _("Do people listen to you and take you seriously?"),
        Sector.RESPONSIBLE: _("Do you take care of what is yours to do? Is it too much or too little?"),
        Sector.INCLUDED: _("Do you have people to be with? Do you feel that you belong?"),
    }


def _for_younger() -> dict[Sector, str]:
    return {
        Sector.SAFE: _("Do you feel safe? Is there anything that you are afraid of?"),
        Sector.HEALTHY: _("How do you feel in your body? Do you sleep well?"),
        Sector.ACHIEVING: _("Is it fun to learn new things?"),
        Sector.NURTURED: _("Do the adults take good care of you?"),
        Sector.ACTIVE: _("Do you get to play and move?"),
        Sector.RESPECTED: _("Do the adults listen to what you say?"),
        Sector.RESPONSIBLE: _("What do you manage by yourself?"),
        Sector.INCLUDED: _("Do you have somebody to play with?"),
    }
