"""Closed circles: cases that only named staff may know of, and emergencies.

A case is closed to all but those who are named for it while its child's identity is protected
(``people.Protection``) or the case is locked. Nobody who serves can read or write these tables:
the functions of ``cases/circle.sql`` and ``cases/emergency.sql`` answer and write.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Unit
from kit.identity import Identified
from people.models import Child, Guardian


class Lock(Identified):
    """That a case is locked to named staff, as where a crime against the child is looked into
    (Barnahus). It holds no detail of any crime. Locked by one, unlocked by two."""

    case = models.ForeignKey("cases.Case", models.CASCADE)
    reason = models.CharField(max_length=400)
    locked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    locked_at = models.DateTimeField()
    valid = DateTimeRangeField()
    unlock_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    unlock_asked_at = models.DateTimeField(null=True, blank=True)
    unlock_reason = models.CharField(max_length=400, blank=True)
    unlocked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return str(self.pk)


class Named(Identified):
    """That a person, in a unit, is named for a closed case: the ``skydd`` grant of that case.

    Somebody who is named asks for a colleague and an arbetsledare of the unit that holds the
    case gives; ``valid`` is empty until then.
    """

    case = models.ForeignKey("cases.Case", models.CASCADE)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=400)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField(null=True, blank=True)
    valid = DateTimeRangeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "case"], name="named_of_account")]

    def __str__(self) -> str:
        return str(self.pk)


class Admission(Identified):
    """That one person of the family is let in to a closed case: a decision for her alone.

    Until then she meets the child as if there were no case (OSL 12:3, 21:3)."""

    case = models.ForeignKey("cases.Case", models.CASCADE)
    child = models.ForeignKey(Child, models.CASCADE, related_name="+")
    guardian = models.ForeignKey(Guardian, models.CASCADE, null=True, blank=True)
    youth = models.ForeignKey(Child, models.CASCADE, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=400)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    valid = DateTimeRangeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="admission_of_one",
                condition=Q(guardian__isnull=False, youth__isnull=True)
                | Q(guardian__isnull=True, youth__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ProtectionReview(Identified):
    """That whoever holds a child's case looks over whether it too needs protection, because
    the identity of a child with the same guardian has become protected."""

    class Outcome(models.TextChoices):
        RAISED = "raised", _("The child is protected too")
        NOT_NEEDED = "not_needed", _("The child needs no protection")

    case = models.ForeignKey("cases.Case", models.CASCADE)
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.pk)


class Emergency(Identified):
    """Nödöppning: a person opened a case of her own unit that she isn't assigned to.

    For an hour at the most, with a reason, and reviewed by another person (SoLPuL 10 §,
    PDL 4:2). ``text`` may say what the case is about, so that only her own unit's
    arbetsledare read it.
    """

    class Code(models.TextChoices):
        ACUTE = "acute", _("A child needs help now")
        STAND_IN = "stand_in", _("Whoever works with the child can't be reached")
        CONTACT = "contact", _("The child or a guardian is in contact with us right now")
        OTHER = "other", _("Something else")

    class Verdict(models.TextChoices):
        RIGHT = "right", _("It was right to open")
        WRONG = "wrong", _("It should not have been opened")

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.CASCADE)
    code = models.CharField(max_length=12, choices=Code.choices)
    text = models.CharField(max_length=1000)
    opened_at = models.DateTimeField()
    valid = DateTimeRangeField()
    review_due_on = models.DateField()
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "-opened_at"], name="emergency_of_account")]

    def __str__(self) -> str:
        return str(self.pk)
