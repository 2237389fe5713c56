"""The words of the wheel: names, prompts and scale as data, in editions that are never changed.

Edition 1 comes with the service and is translated with it (``cases.wheel_words``). An administrator
may word a new one, with a reason; it holds from then on for new wheels, and a wheel keeps the
number of the edition that it was filled in with. An edition says nothing about anybody.
"""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from access.actor import Actor
from kit.identity import Identified


class WheelEditionQuerySet(models.QuerySet["WheelEdition"]):
    """Everybody may read how the wheel is worded."""

    def visible_to(self, _actor: Actor) -> Self:
        """All of them: they say nothing about anybody."""
        return self.all()


class WheelEdition(Identified):
    """One wording of the wheel, from number 2 on. ``words`` is what ``cases.wheel_words`` reads."""

    no = models.PositiveSmallIntegerField(unique=True)
    words = models.JSONField()
    why = models.TextField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = WheelEditionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="wheel_edition_after_the_first", condition=Q(no__gt=1)),
            models.CheckConstraint(name="wheel_edition_says_why", condition=~Q(why="")),
        ]

    def __str__(self) -> str:
        return str(self.no)
