"""Vem gör vad: what is expected of whom in each step, worded by each municipality.

The first wording of each comes with the installation (``expectations.toml``); a municipality's
administrator words her own. No row is changed: the latest holds, the earlier ones say how it was.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Municipality
from cases.rules import Step
from kit.identity import Identified

FILE = Path(__file__).resolve().parent / "expectations.toml"
LONGEST_TEXT, LONGEST_WHY = 400, 400


class Party(models.TextChoices):
    """Of whom something is expected. The family and the child have a wording each."""

    NOTICER = "noticer", _("Whoever noticed")
    RESPONSIBLE = "responsible", _("The one responsible")
    SERVICES = "services", _("Each service that takes part")
    FAMILY = "family", _("The family")
    CHILD = "child", _("The child")


# Who has something to do in each step, in the order in which it is told.
PARTIES: dict[Step, tuple[Party, ...]] = {
    Step.NOTICE: (Party.NOTICER, Party.RESPONSIBLE, Party.FAMILY, Party.CHILD),
    Step.FIND_OUT: (Party.RESPONSIBLE, Party.SERVICES, Party.FAMILY, Party.CHILD),
    Step.COLLABORATE: (Party.RESPONSIBLE, Party.SERVICES, Party.FAMILY, Party.CHILD),
    Step.FOLLOW_UP: (Party.RESPONSIBLE, Party.SERVICES, Party.FAMILY, Party.CHILD),
}


class Expectation(Identified):
    """A municipality's own wording of what is expected of a party in a step; of persons only
    the account that wrote it. Says nothing of any child."""

    municipality = models.ForeignKey(Municipality, models.PROTECT)
    step = models.CharField(max_length=12, choices=Step.choices)
    party = models.CharField(max_length=12, choices=Party.choices)
    no = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=LONGEST_TEXT)
    why = models.CharField(max_length=LONGEST_WHY)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "step", "party", "no"], name="expectation_version"
            ),
            models.CheckConstraint(name="expectation_after_the_first", condition=models.Q(no__gt=1)),
        ]

    def __str__(self) -> str:
        return str(self.pk)


@dataclass(frozen=True)
class Expected:
    """What is expected of a party now. ``no`` is 1 for the wording that came with the installation."""

    party: Party
    text: str
    no: int


@cache
def first_wordings() -> dict[tuple[Step, Party], str]:
    """The wording of each step and party that comes with the installation."""
    found = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {(step, party): found[step.value][party.value] for step, who in PARTIES.items() for party in who}
