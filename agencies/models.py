"""Municipalities, organisations, units and the people who work in them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from access.roles import UNIT_ROLES
from access.words import KINDS, ROLES_IN_WORDS
from kit.identity import Identified
from people.models import Child


class Municipality(models.Model):
    """A municipality (kommun) with the ways to report that a child is at risk.

    The three settings are required: the form that is no orosanmälan must be
    able to say where one is made (SoL 19:1).
    """

    code = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(max_length=80)
    county_code = models.CharField(max_length=2)
    report_url = models.URLField()
    social_services_phone = models.CharField(max_length=40)
    emergency_social_phone = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.name


class Organisation(Identified):
    """Who is personuppgiftsansvarig for what its units write (GDPR art. 4.7)."""

    name = models.CharField(max_length=120, unique=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True)
    is_public = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class Unit(Identified):
    """A workplace that owns what it writes. Its kind decides its secrecy rule."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True)
    kind = models.CharField(max_length=24, choices=[(kind.value, word) for kind, word in KINDS.items()])
    name = models.CharField(max_length=120)
    group = models.OneToOneField(Group, models.PROTECT)
    phone = models.CharField(max_length=40, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    does = models.TextField(blank=True)
    does_not = models.TextField(blank=True)
    on_call = models.CharField(max_length=200, blank=True)
    is_default = models.BooleanField(default=False)
    # Several people work at the same computer: whoever leaves it is signed out sooner.
    shared_computers = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "name"], name="unit_name"),
            models.UniqueConstraint(
                fields=["municipality", "kind"],
                condition=Q(is_default=True),
                name="one_default_unit_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StaffMember(models.Model):
    """How a colleague is named and reached at work."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)

    def __str__(self) -> str:
        return str(self.pk)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Who works where, over time."""

    def in_force(self, at: datetime) -> MembershipQuerySet:
        """In force if, and only if, its period covers ``at``."""
        return self.filter(valid__contains=at)


class Appointment(Identified):
    """That somebody is to have a role in a unit: proposed by one, confirmed by another (threat 20).

    ``account_key`` is the account that is to have it. Somebody new (``is_new``) has no account until it is
    confirmed, nor a password that the proposer has seen. Without ``outcome`` it waits.
    """

    class Outcome(models.TextChoices):
        """How it ended."""

        CONFIRMED = "confirmed", _("Confirmed")
        DECLINED = "declined", _("Declined")
        TAKEN_BACK = "taken_back", _("Taken back")

    unit = models.ForeignKey(Unit, models.CASCADE)
    account_key = models.UUIDField()
    is_new = models.BooleanField()
    name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    role = models.CharField(
        max_length=24, choices=[(role.value, ROLES_IN_WORDS[role].label) for role in UNIT_ROLES]
    )
    title = models.CharField(max_length=80)
    starts_on = models.DateField()
    last_on = models.DateField(null=True, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="appointment_waits_once",
                fields=["unit", "account_key", "role"],
                condition=Q(outcome=""),
            ),
            models.CheckConstraint(
                name="appointment_decided_whole",
                condition=Q(outcome="", decided_by__isnull=True, decided_at__isnull=True, because="")
                | ~Q(outcome="") & Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="appointment_by_two",
                condition=Q(decided_by__isnull=True)
                | Q(outcome="taken_back", decided_by=F("proposed_by"))
                | ~Q(outcome="taken_back") & ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="appointment_of_somebody_else",
                condition=~Q(account_key=F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Membership(Identified):
    """That a person works for a unit, an organisation or a steering group.

    Handläggare, arbetsledare and unit administrator belong to a unit;
    administrator and dataskyddsombud to an organisation; steering group
    members to a municipality.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True)
    municipality = models.ForeignKey(Municipality, models.CASCADE, null=True, blank=True)
    role = models.CharField(
        max_length=24, choices=[(role.value, words.label) for role, words in ROLES_IN_WORDS.items()]
    )
    title = models.CharField(max_length=80)
    valid = DateTimeRangeField()
    # Who gave it; none where whoever runs the service did.
    appointment = models.OneToOneField(Appointment, models.PROTECT, null=True, blank=True)

    objects: ClassVar[models.Manager[Membership]] = models.Manager.from_queryset(MembershipQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="membership_in_one_place",
                condition=Q(unit__isnull=False, organisation__isnull=True, municipality__isnull=True)
                | Q(unit__isnull=True, organisation__isnull=False, municipality__isnull=True)
                | Q(unit__isnull=True, organisation__isnull=True, municipality__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Listing(Identified):
    """Which BVC, preschool or school a child is listed with, for a period."""

    child = models.ForeignKey(Child, models.CASCADE)
    unit = models.ForeignKey(Unit, models.CASCADE)
    valid = DateTimeRangeField()

    def __str__(self) -> str:
        return str(self.pk)


class SchoolBreak(Identified):
    """A school break of a municipality: then nobody at its schools is reminded, and no consent ends.
    Of persons only the account that added it."""

    municipality = models.ForeignKey(Municipality, models.PROTECT)
    name = models.CharField(max_length=60)
    first_on = models.DateField()
    last_on = models.DateField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="break_in_order", condition=Q(last_on__gte=models.F("first_on"))),
            models.UniqueConstraint(fields=["municipality", "first_on"], name="break_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
