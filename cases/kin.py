"""Brothers, sisters and children of one household: that two children's cases have to do with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Unit
from kit.identity import Identified

if TYPE_CHECKING:
    from access.actor import Actor


class KinQuerySet(models.QuerySet["Kin"]):
    """Links between cases, in the field's words."""

    def visible_to(self, actor: Actor) -> KinQuerySet:
        """A link is visible if, and only if, the actor works on both cases. No family sees one: each
        child's page is that child's."""
        from cases.models import Case

        if not actor.is_staff:
            return self.none()
        works = Case.objects.worked_on_by(actor)
        return self.filter(one__in=works, other__in=works)

    def in_force(self) -> KinQuerySet:
        """Not taken away."""
        return self.filter(ended_at__isnull=True)


class Kin(Identified):
    """A link between two children's cases, made by a unit that works on both. It opens nothing: whoever
    reads it reads both cases already."""

    class Relation(models.TextChoices):
        """What they are to each other."""

        SIBLING = "sibling", _("Sister or brother")
        HOUSEHOLD = "household", _("Lives in the same household")

    one = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    other = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    relation = models.CharField(max_length=12, choices=Relation.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_by_name = models.CharField(max_length=120)
    added_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.TextField(blank=True)

    objects: ClassVar[models.Manager[Kin]] = models.Manager.from_queryset(KinQuerySet)()

    class Meta:
        constraints: ClassVar = [
            # The two in one order, so that a link is there once.
            models.CheckConstraint(name="kin_of_two_in_order", condition=Q(one__lt=F("other"))),
            models.UniqueConstraint(
                fields=["one", "other"], condition=Q(ended_at__isnull=True), name="one_link_of_two_cases"
            ),
            models.CheckConstraint(
                name="kin_ended_with_a_reason",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, end_reason="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(end_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
