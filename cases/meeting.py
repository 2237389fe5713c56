"""Meetings: when, where, about what, who is invited and who came (docs/domain: kallad, möte genomfört).

Each change is a new version, so that the times that a meeting has had stay, nothing is overwritten
and of two who change at once the second is told. The newest version is the meeting.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from access.policy import sees_others
from agencies.models import Unit
from kit.identity import Identified

if TYPE_CHECKING:
    from access.actor import Actor


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Versions of meetings, in the field's words."""

    def visible_to(self, actor: Actor) -> MeetingQuerySet:
        """A meeting is visible, with all its versions, if, and only if, the actor works on the case
        and her unit holds it; or is invited by the newest version, and sees the others. Police,
        leisure and the family are told time, place and purpose by functions of the database."""
        from cases.models import Case

        if not actor.is_staff:
            return self.none()
        holds = Q(case__process__responsible_unit=actor.unit_id) | Q(
            case__process__coordinator_unit=actor.unit_id
        )
        if sees_others(actor.unit_kind):
            later = Meeting.objects.filter(meeting=OuterRef("meeting"), no__gt=OuterRef("no"))
            invited = Meeting.objects.filter(~Exists(later), units__contains=[actor.unit_id])
            holds |= Q(meeting__in=invited.values("meeting"))
        return self.filter(holds, case__in=Case.objects.worked_on_by(actor))

    def newest_of_each(self) -> MeetingQuerySet:
        """Of those selected, the newest version of each meeting."""
        return self.order_by("meeting", "-no").distinct("meeting")


class Meeting(Identified):
    """One version of a meeting about a child. ``meeting`` is the same in all its versions.

    ``proposed`` holds one to three times, ``starts_at`` the one that was chosen. ``units``,
    ``guardians`` and ``youth`` are who is invited, ``present_…`` who of them came.
    """

    class Purpose(models.TextChoices):
        """What it is for."""

        START = "start", _("Start meeting")
        FOLLOW_UP = "follow_up", _("Follow-up meeting")
        SIP = "sip", _("SIP meeting")
        OTHER = "other", _("Another meeting")

    class Form(models.TextChoices):
        """How one meets, or how an interpreter takes part."""

        PLACE = "place", _("On the spot")
        PHONE = "phone", _("By telephone")
        SCREEN = "screen", _("On screen")

    class State(models.TextChoices):
        """Where it stands."""

        PROPOSED = "proposed", _("Times are proposed")
        BOOKED = "booked", _("The time is settled")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    meeting = models.UUIDField(default=uuid.uuid4)
    no = models.PositiveIntegerField()
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="meetings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    purpose_text = models.CharField(max_length=200, blank=True)
    proposed = ArrayField(models.DateTimeField(), size=3)
    starts_at = models.DateTimeField(null=True, blank=True)
    form = models.CharField(max_length=8, choices=Form.choices)
    place = models.CharField(max_length=200, blank=True)
    interpreter_language = models.CharField(max_length=60, blank=True)
    interpreter_form = models.CharField(max_length=8, choices=Form.choices, blank=True)
    interpreter_booked = models.BooleanField(default=False)
    units = ArrayField(models.UUIDField())
    guardians = ArrayField(models.UUIDField(), default=list, blank=True)
    youth = models.BooleanField(default=False)
    present_units = ArrayField(models.UUIDField(), default=list, blank=True)
    present_guardians = ArrayField(models.UUIDField(), default=list, blank=True)
    present_youth = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_by_name = models.CharField(max_length=120)
    written_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Meeting]] = models.Manager.from_queryset(MeetingQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "no"], name="version_number_of_a_meeting"),
            models.CheckConstraint(
                name="meeting_has_proposed_times",
                condition=Q(proposed__len__gte=1, proposed__len__lte=3),
            ),
            models.CheckConstraint(
                name="meeting_at_a_proposed_time",
                condition=Q(starts_at__isnull=True, state__in=["proposed", "cancelled"])
                | Q(starts_at__isnull=False, state__in=["booked", "held", "cancelled"]),
            ),
            models.CheckConstraint(
                name="meeting_present_of_the_invited",
                condition=Q(present_units__contained_by=F("units"))
                & Q(present_guardians__contained_by=F("guardians"))
                & (Q(present_youth=False) | Q(youth=True)),
            ),
            models.CheckConstraint(
                name="meeting_present_when_held",
                condition=Q(state="held") | Q(present_units=[], present_guardians=[], present_youth=False),
            ),
            models.CheckConstraint(
                name="meeting_cancelled_with_a_reason",
                condition=Q(state="cancelled") & ~Q(reason="") | ~Q(state="cancelled") & Q(reason=""),
            ),
            models.CheckConstraint(
                name="meeting_purpose_in_words", condition=~Q(purpose="other") | ~Q(purpose_text="")
            ),
            models.CheckConstraint(
                name="meeting_interpreter_in_a_language",
                condition=~Q(interpreter_language="") & ~Q(interpreter_form="")
                | Q(interpreter_language="", interpreter_form="", interpreter_booked=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        """Neither held nor cancelled."""
        return self.state in {self.State.PROPOSED, self.State.BOOKED}

    @property
    def called(self) -> str:
        """What it is for, in words."""
        return self.purpose_text if self.purpose == self.Purpose.OTHER else str(self.get_purpose_display())
