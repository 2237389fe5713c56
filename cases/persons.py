"""Adults around the child who are no guardians, and what lets a youth decide alone."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from access.facts import AdultFacts, AdultKind, AdultRight
from agencies.models import Unit
from consent.models import Consent
from kit.identity import Identified
from people.models import Child, Guardian


class OtherAdultQuerySet(models.QuerySet["OtherAdult"]):
    """Rights of adults without custody, in the field's words."""

    def in_force(self, at: datetime) -> OtherAdultQuerySet:
        """In force if, and only if, the period covers ``at``."""
        return self.filter(valid__contains=at)


class OtherAdult(Identified):
    """That an adult without custody may do what is named, for a period and from a source.

    A god man of an unaccompanied child answers in a guardian's place (lag 2005:429); a
    familjehem and a parent without custody never answer. Given by the unit that holds the
    case, which also ends it, by hand. ``person`` is a row of the same kind as a guardian's.
    """

    class Kind(models.TextChoices):
        GOD_MAN = AdultKind.GOD_MAN.value, _("god man of an unaccompanied child")
        FOSTER_HOME = AdultKind.FOSTER_HOME.value, _("familjehem")
        PARENT = AdultKind.PARENT.value, _("parent without custody")

    class Right(models.TextChoices):
        PLAN = AdultRight.PLAN.value, pgettext_lazy("right", "Read the plan")
        SHOWN = AdultRight.SHOWN.value, _("Read what is shown to the person")
        ANSWERS = AdultRight.ANSWERS.value, _("Answer in a guardian's place")

    class Source(models.TextChoices):
        DECISION = "decision", _("a decision that we have seen")
        GUARDIANS = "guardians", _("the guardians have said yes")
        STAFF = "staff", _("told to staff")

    child = models.ForeignKey(Child, models.PROTECT)
    person = models.ForeignKey(Guardian, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    rights = ArrayField(models.CharField(max_length=8, choices=Right.choices))
    source = models.CharField(max_length=12, choices=Source.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    valid = DateTimeRangeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    end_reason = models.CharField(max_length=400, blank=True)

    objects: ClassVar[models.Manager[OtherAdult]] = models.Manager.from_queryset(OtherAdultQuerySet)()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def facts(self) -> AdultFacts:
        """As the policy takes it."""
        rights = frozenset(AdultRight(right) for right in self.rights)
        return AdultFacts(AdultKind(self.kind), rights, self.valid.upper)


class Maturity(Identified):
    """An assessment that a youth of 15 to 17 can decide about one consent alone (R1.7).

    A deviation from what all guardians answer, so one person notes it with a reason and
    another of the unit signs it; from then on the guardians' answers are not required for
    that consent. Read by the unit that asked alone.
    """

    consent = models.OneToOneField(Consent, models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reason = models.TextField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_by_name = models.CharField(max_length=120)
    noted_at = models.DateTimeField()
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_by_name = models.CharField(max_length=120, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.pk)


class ChildView(Identified):
    """What a child under 12 thinks of a consent that is asked for, or why she was not asked
    (R1.7; barnkonventionen art. 12). Her own words: read by the unit that asked alone."""

    consent = models.OneToOneField(Consent, models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    asked = models.BooleanField()
    text = models.TextField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)
