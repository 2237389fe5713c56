"""Municipalities, organisations, units and the people who work in them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Q

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
    is_default = models.BooleanField(default=False)

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
