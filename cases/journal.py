"""That a unit has taken what it reads here into its own record (journal, personakt)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models

from agencies.models import Unit
from kit.identity import Identified

if TYPE_CHECKING:
    from access.actor import Actor


class JournaledQuerySet(models.QuerySet["Journaled"]):
    """What has been taken into a journal, in the field's words."""

    def visible_to(self, actor: Actor) -> JournaledQuerySet:
        """It is visible if, and only if, it was the actor's own unit and she reads the version now."""
        from cases.models import Version

        return self.filter(unit=actor.unit_id, version__in=Version.objects.visible_to(actor).values("pk"))


class Journaled(Identified):
    """*Införd i journalen*: a version that a unit has copied into its own record, by whom and when.

    What belongs in a record the unit's own law says (PDL 3:6); this only spares a second person the
    same work. Nobody outside the unit sees it. ``case`` and ``owner_unit`` are the version's own.
    """

    version = models.ForeignKey("cases.Version", models.CASCADE)
    case = models.ForeignKey("cases.Case", models.CASCADE)
    owner_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_by_name = models.CharField(max_length=200)
    noted_at = models.DateTimeField()

    objects = JournaledQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "unit"], name="journaled_once_by_a_unit")
        ]

    def __str__(self) -> str:
        return str(self.pk)
