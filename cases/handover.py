"""Hand-over: who is responsible for a case, or holds its work together, passes it on (0025).

The giver stays responsible until somebody in the receiving unit has accepted, in the database too:
the process names a new unit in the very transaction that says who accepted. Accepting is a function
of ``cases/handover.sql``, since it changes rows that the receiver does not hold yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Unit
from cases.deadlines import SET_BY_TRIGGER
from kit.identity import Identified

if TYPE_CHECKING:
    from access.actor import Actor


class HandoverQuerySet(models.QuerySet["Handover"]):
    """Hand-overs, in the field's words."""

    def visible_to(self, actor: Actor) -> HandoverQuerySet:
        """A hand-over is visible if, and only if, it is from or to the actor's unit, and she works
        on the case or leads her unit there; or it waits for somebody in her unit to accept it, while
        the unit takes part in full and the case is not closed to her."""
        from access import grants
        from cases.models import Case

        if not actor.is_staff:
            return self.none()
        mine = Q(from_unit=actor.unit_id) | Q(to_unit=actor.unit_id)
        known = Q(case__in=Case.objects.worked_on_by(actor)) | Q(case__in=Case.objects.led_in_full_by(actor))
        waits = Q(to_unit=actor.unit_id, outcome="") & grants.waits_in_unit()
        return self.filter((mine & known) | waits)

    def waiting(self) -> HandoverQuerySet:
        """Neither accepted, declined nor taken back."""
        return self.filter(outcome="")


class Handover(Identified):
    """That one unit wants another to take over a case, and what became of it.

    ``note`` says why and what the receiver needs to know; both units keep it, and nobody else
    reads it. ``starts_on`` is the earliest day on which it can be accepted, ``answer_by``
    the last on which an answer is in time, set by ``cases/process.sql`` when the row is made. ``to_account`` is whom
    the giver has in mind; anybody who works in the unit can accept. What was proposed never
    changes, and an answer is written once.
    """

    class Kind(models.TextChoices):
        """What is handed over. A single insats, many at once and a leave will be kinds of their
        own, with the rows that they name."""

        RESPONSIBILITY = "responsibility", _("Responsibility for the case")
        COORDINATION = "coordination", _("Holding the work together")

    class Outcome(models.TextChoices):
        """How it ended."""

        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Taken back")

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="handovers")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_by_name = models.CharField(max_length=120)
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.TextField()
    starts_on = models.DateField()
    proposed_at = models.DateTimeField()
    answer_by = models.DateField(db_default=SET_BY_TRIGGER)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_by_name = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    objects: ClassVar[models.Manager[Handover]] = models.Manager.from_queryset(HandoverQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(outcome=""), name="one_open_handover_of_a_kind"
            ),
            models.CheckConstraint(
                name="handover_to_another_unit", condition=~Q(from_unit=models.F("to_unit"))
            ),
            models.CheckConstraint(
                name="handover_answered_by_somebody",
                condition=Q(outcome="", answered_by__isnull=True, answered_at__isnull=True, reason="")
                | (~Q(outcome="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="handover_declined_with_a_reason",
                condition=~Q(outcome="declined") | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
