"""Who agreed to what, for whom and until when."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from access.actor import Actor
from access.roles import LAW_MAKERS
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


class Standing(StrEnum):
    """How far a version of a legal ground has come."""

    DECIDED = "decided"
    DECLINED = "declined"
    WAITING = "waiting"


class LegalBasisQuerySet(models.QuerySet["LegalBasis"]):
    """What is, was or will be the law is everybody's to read; what is only proposed is not."""

    def decided(self) -> Self:
        """The first versions and those that a lawyer has signed."""
        return self.filter(Q(no=1) | Q(signed_at__isnull=False))

    def waiting(self) -> Self:
        """Proposed, and neither signed nor declined."""
        return self.filter(no__gt=1, signed_at__isnull=True, declined_at__isnull=True)

    def visible_to(self, actor: Actor) -> Self:
        """The law; to those who propose and sign also what waits or was declined."""
        return self.all() if actor.role in LAW_MAKERS else self.decided()


class LegalBasis(Identified):
    """A version of one of the legal grounds B1–B15 (R1.4): data, because laws change.

    ``access.law`` reads it as a :class:`access.law.Basis`, which explains the columns. The
    first versions come with the installation; a later one is proposed by an administrator,
    who says ``why``, and holds from the day that a lawyer, somebody else, has signed it for;
    or it is declined with a reason. At most one version of a ground waits. No row is
    changed afterwards: disclosures say which version they rest on.
    """

    code = models.CharField(max_length=4)
    no = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    text = models.TextField()
    provision = models.CharField(max_length=120)
    owners = ArrayField(models.CharField(max_length=12))
    recipients = ArrayField(models.CharField(max_length=12))
    needs = ArrayField(models.CharField(max_length=12), default=list)
    matters = ArrayField(models.CharField(max_length=12), default=list)
    duties = models.JSONField(default=list)
    same_authority = models.BooleanField(default=False)
    child_under = models.PositiveSmallIntegerField(null=True, blank=True)
    second = models.CharField(max_length=12, blank=True)
    lawyer_only = models.BooleanField(default=False)
    rank = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)
    declined_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    declined_at = models.DateTimeField(null=True)
    declined_because = models.TextField(blank=True)

    objects = LegalBasisQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "no"], name="legal_basis_version"),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(no__gt=1, signed_at__isnull=True, declined_at__isnull=True),
                name="legal_basis_one_waits",
            ),
            models.CheckConstraint(
                name="legal_basis_declined_by_another",
                condition=Q(declined_at__isnull=True, declined_by__isnull=True, declined_because="")
                | (
                    Q(declined_at__isnull=False, declined_by__isnull=False, signed_at__isnull=True)
                    & ~Q(declined_because="")
                    & ~Q(declined_by=models.F("proposed_by"))
                ),
            ),
            models.CheckConstraint(
                name="legal_basis_signed_at_by_somebody",
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="legal_basis_consent_is_b1",
                condition=Q(code="B1", needs__contains=["consent"])
                | (~Q(code="B1") & ~Q(needs__contains=["consent"])),
            ),
            models.CheckConstraint(
                name="legal_basis_signed_by_another",
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=models.F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.no})"

    @property
    def standing(self) -> Standing:
        """Whether a lawyer has signed or declined it. The first versions came decided."""
        if self.no == 1 or self.signed_at is not None:
            return Standing.DECIDED
        return Standing.WAITING if self.declined_at is None else Standing.DECLINED


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
