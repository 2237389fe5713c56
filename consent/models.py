"""Who agreed to what, for whom and until when."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Unit
from kit.identity import Identified
from people.models import Child, Guardian


class Category(models.TextChoices):
    """What a consent covers; the four words that the family reads."""

    PLAN = "plan", _("The plan")
    BASIS = "basis", _("What it builds on")
    HEALTH = "health", _("Health")
    PRACTICAL = "practical", _("Practical plan")


class State(models.TextChoices):
    """The state of a consent and of each of its scopes, computed when written."""

    WAITING = "waiting", _("Waiting for an answer")
    GIVEN = "given", _("Yes")
    PARTLY = "partly", _("Yes to some")
    CONFLICT = "conflict", _("You have answered differently")
    REFUSED = "refused", _("No")
    WITHDRAWN = "withdrawn", _("Taken back")
    EXPIRED = "expired", _("Has ended")


class Route(models.TextChoices):
    """How an answer reached us."""

    PAPER = "paper", _("On paper")
    PHONE = "phone", _("By phone")
    IN_PERSON = "in_person", _("At a meeting")
    ELECTRONIC = "electronic", _("In this service")


class Consent(Identified):
    """A question to a child's guardians and, by age, the child (R1.7).

    ``valid`` is the period asked for, at most twelve months. A consent opens
    nothing: it only allows its owner to show named versions.
    """

    child = models.ForeignKey(Child, models.CASCADE)
    from_unit = models.ForeignKey(Unit, models.PROTECT)
    purpose = models.TextField()
    valid = DateTimeRangeField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)


class Scope(Identified):
    """One unit of a consent and the categories it may be shown.

    ``ends_at`` is the latest instant the scope can reach, computed by the
    policy when asked: end of the period, a birthday that changes who must
    answer, or the end of a custody, whichever comes first. ``valid`` is empty
    until every required answer is yes.
    """

    consent = models.ForeignKey(Consent, models.CASCADE)
    unit = models.ForeignKey(Unit, models.PROTECT)
    categories = ArrayField(models.CharField(max_length=12, choices=Category.choices))
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    ends_at = models.DateTimeField()
    valid = DateTimeRangeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consent", "unit"], name="scope_once_for_a_unit")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Answer(Identified):
    """One person's answer about one unit: yes, no, or none yet."""

    class Reply(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        WITHDRAWN = "withdrawn", _("Taken back")

    scope = models.ForeignKey(Scope, models.CASCADE)
    guardian = models.ForeignKey(Guardian, models.PROTECT, null=True, blank=True)
    child = models.ForeignKey(Child, models.PROTECT, null=True, blank=True)
    required = models.BooleanField(default=True)
    reply = models.CharField(max_length=12, choices=Reply.choices, blank=True)
    route = models.CharField(max_length=12, choices=Route.choices, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="answer_by_one_person",
                condition=Q(guardian__isnull=False, child__isnull=True)
                | Q(guardian__isnull=True, child__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["scope", "guardian"],
                condition=Q(guardian__isnull=False),
                name="one_answer_of_a_guardian",
            ),
            models.UniqueConstraint(
                fields=["scope", "child"],
                condition=Q(child__isnull=False),
                name="one_answer_of_the_child",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
