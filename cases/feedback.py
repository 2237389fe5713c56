"""Återkoppling: what whoever noticed a child is told of what came of it, as far as the family has said yes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Unit
from kit.identity import Identified

if TYPE_CHECKING:
    from access.actor import Actor


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    """Feedback, in the field's words."""

    def visible_to(self, actor: Actor) -> FeedbackQuerySet:
        """A feedback is visible if, and only if, the actor's unit gave it and she works on the case.
        Whoever it is for is told by a function of the database: what, and which day."""
        from cases.models import Case

        if not actor.is_staff:
            return self.none()
        return self.filter(unit=actor.unit_id, case__in=Case.objects.worked_on_by(actor))


class Feedback(Identified):
    """One sentence of a few fixed ones to the sender of a signal. Nobody writes freely here, so that
    nothing is told that no yes covers."""

    class What(models.TextChoices):
        """The sentences. The last needs no more of a yes than the signal itself."""

        TALKED = "talked", _("We have talked with the family.")
        PLAN = "plan", _("A plan for the child has begun.")
        OTHERWISE = "otherwise", _("It is handled in another way.")
        RECEIVED = "received", _("We have received it. We may not tell more.")

    signal = models.ForeignKey("cases.Signal", models.PROTECT, related_name="feedback")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    what = models.CharField(max_length=12, choices=What.choices)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_by_name = models.CharField(max_length=120)
    given_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Feedback]] = models.Manager.from_queryset(FeedbackQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["signal", "what"], name="each_feedback_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
