"""Accounts, children and their guardians."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from access.actor import Actor
from access.clock import access_at
from kit.identity import Identified


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; there is no superuser, nobody is above the policy."""

    def create_account(self, username: str, password: str | None = None) -> Account:
        """An account with an opaque user name and, if given, a password."""
        account = self.model(username=username)
        account.set_password(password)
        account.save(using=self._db)
        Password.objects.using(self._db).create(account=account, hash=account.password)
        return account


class Account(Identified, AbstractBaseUser):
    """What a person signs in as.

    It must be readable before anybody is known, so it holds no name, no
    e-mail address and no personnummer: only an opaque user name. The password
    hash stands in :class:`Password`, which no role that serves can read.
    """

    username = models.CharField(max_length=64, unique=True)
    is_active = models.BooleanField(default=True)
    # Sessions hold a digest of it: another one, and all of them are over (ASVS 7.4.3).
    stamp = models.UUIDField(default=uuid.uuid4)

    # Not columns of this table: the hash is elsewhere, and sign-ins are the audit's.
    password = ""
    last_login = None

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[AccountManager] = AccountManager()

    # The stored hash, where it is of an older kind than new ones and is to be replaced.
    outdated: str | None = None

    def __str__(self) -> str:
        return str(self.pk)

    def check_password(self, raw_password: str | None) -> bool:
        """Whether it is her password, where ``password`` was filled in (people.services). Django would
        store a newer hash here and now, while nobody acts; here it waits until she has signed in."""

        def renew(raw: str) -> None:
            self.outdated = self.password
            self.set_password(raw)

        return check_password(raw_password, self.password, renew)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session keeps of the account, so that it ends when the stamp changes."""
        return salted_hmac(
            "people.Account.stamp", str(self.stamp), secret=secret, algorithm="sha256"
        ).hexdigest()


class Password(models.Model):
    """The hash of an account's password.

    A row of its own, because accounts are read in every request and this is read
    once, to compare it with what somebody types: by a function of the database that
    wants the server's seal on the user name (access.account_to_sign_in).
    """

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="+")
    hash = models.CharField(max_length=128)

    def __str__(self) -> str:
        return str(self.pk)


class ChildQuerySet(models.QuerySet["Child"]):
    """Children, in the field's words."""

    def of_guardian(self, actor: Actor) -> ChildQuerySet:
        """A child is the actor's if, and only if, the actor is its guardian
        now (FB 6:2, so until 18), has been let do something for it without custody, or is
        the child herself. Nobody has none: a child without an account is not nobody's."""
        if actor.account_id is None:
            return self.none()
        return self.filter(
            Q(
                guardianship__guardian__account=actor.account_id,
                guardianship__contested=False,
                guardianship__valid__contains=access_at(),
            )
            | Q(
                otheradult__person__account=actor.account_id,
                otheradult__valid__contains=access_at(),
            )
            | Q(account=actor.account_id)
        ).distinct()


class Child(Identified):
    """A child known to the system, with or without a case.

    ``number`` is a personnummer or coordination number, twelve digits.
    The unborn and the newly arrived have a ``reserve_number`` instead and
    ``born_on`` is then the expected or stated day.
    """

    number = models.CharField(max_length=12, unique=True, null=True, blank=True)
    reserve_number = models.CharField(max_length=16, unique=True, null=True, blank=True)
    given_name = models.CharField(max_length=120)
    family_name = models.CharField(max_length=120, blank=True)
    born_on = models.DateField()
    municipality_code = models.CharField(max_length=4)
    language = models.CharField(max_length=8, default="sv")
    interpreter_language = models.CharField(max_length=8, blank=True)
    account = models.OneToOneField(Account, models.SET_NULL, null=True, blank=True, related_name="child")

    objects: ClassVar[models.Manager[Child]] = models.Manager.from_queryset(ChildQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="child_has_one_number",
                condition=Q(number__isnull=False, reserve_number__isnull=True)
                | Q(number__isnull=True, reserve_number__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def name(self) -> str:
        """Given and family name as the family writes them."""
        return f"{self.given_name} {self.family_name}".strip()


class Protection(Identified):
    """That a child's identity is protected, from when, on whose word (OSL 21:3, 21:3 a).

    Raised at once by one, lowered by hand by two. While it is in force the child's row holds
    an alias: name and number stand here, so that no list, search or count can meet them. For
    fingerade uppgifter nothing is moved, because the child must look like any other. A row of
    its own that nobody who serves can read; ``cases/circle.sql`` answers those who are named.
    """

    class Level(models.TextChoices):
        MARKED = "marked", _("Confidentiality marking (sekretessmarkering)")
        REGISTERED = "registered", _("Protected registration (skyddad folkbokföring)")
        ASSUMED = "assumed", _("Assumed identity (fingerade personuppgifter)")

    class Source(models.TextChoices):
        POPULATION_REGISTER = "population_register", _("the population register")
        FAMILY = "family", _("the family says so")
        POLICE = "police", _("the police or the prosecutor")
        STAFF = "staff", _("our own judgement of the risk")

    child = models.ForeignKey(Child, models.CASCADE)
    level = models.CharField(max_length=12, choices=Level.choices)
    source = models.CharField(max_length=24, choices=Source.choices)
    raised_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    raised_at = models.DateTimeField()
    valid = DateTimeRangeField()
    given_name = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    number = models.CharField(max_length=12, blank=True, db_index=True)
    lower_asked_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    lower_asked_at = models.DateTimeField(null=True, blank=True)
    lower_reason = models.CharField(max_length=400, blank=True)
    lowered_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return str(self.pk)


class YouthContact(models.Model):
    """Where a youth who has an account wants her mail (from 16, for herself).

    A row of its own, because the child's row is read by her guardians and by
    everybody who works with her, and this is hers alone: it is read by
    herself, when a mail is sent (GDPR art. 25; OSL 12:3).
    """

    child = models.OneToOneField(Child, models.CASCADE, primary_key=True, related_name="contact")
    email = models.EmailField()

    def __str__(self) -> str:
        return str(self.pk)


class Guardian(Identified):
    """A person with custody of a child (vårdnadshavare, FB 6 kap.)."""

    account = models.OneToOneField(Account, models.SET_NULL, null=True, blank=True, related_name="guardian")
    given_name = models.CharField(max_length=120)
    family_name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8, default="sv")

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()


class GuardianNumber(models.Model):
    """A guardian's personnummer, so that one person is one guardian for all her children.

    A row of its own, because the guardian's row is read by everybody who works with
    the child, and nobody who serves needs to read this: it is written and compared by
    functions of the database alone (GDPR art. 25, 87).
    """

    guardian = models.OneToOneField(Guardian, models.CASCADE, primary_key=True, related_name="+")
    number = models.CharField(max_length=12, db_index=True)

    def __str__(self) -> str:
        return str(self.pk)


class GuardianshipQuerySet(models.QuerySet["Guardianship"]):
    """Custody over time."""

    def in_force(self, at: datetime) -> GuardianshipQuerySet:
        """In force if, and only if, the period covers ``at`` and nobody
        contests it."""
        return self.filter(valid__contains=at, contested=False)


class Guardianship(Identified):
    """That a guardian has custody of a child, for a period and from a source. Ended or found
    contested by hand, it says who did that and why; the row stays."""

    class Source(models.TextChoices):
        POPULATION_REGISTER = "population_register", _("the population register")
        COURT = "court", _("judgment or agreement")
        STAFF = "staff", _("told to staff")

    class Relation(models.TextChoices):
        MOTHER = "mother", _("mother")
        FATHER = "father", _("father")
        PARENT = "parent", _("parent")
        APPOINTED = "appointed", _("specially appointed guardian")

    child = models.ForeignKey(Child, models.CASCADE)
    guardian = models.ForeignKey(Guardian, models.CASCADE)
    source = models.CharField(max_length=24, choices=Source.choices)
    relation = models.CharField(max_length=12, choices=Relation.choices, blank=True)
    contested = models.BooleanField(default=False)
    valid = DateTimeRangeField()
    ended_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.CharField(max_length=400, blank=True)

    objects: ClassVar[models.Manager[Guardianship]] = models.Manager.from_queryset(GuardianshipQuerySet)()

    def __str__(self) -> str:
        return str(self.pk)


class SignInAttempt(Identified):
    """A sign-in that failed, or a search for a person, so that guessing can be slowed down.

    Both keys are keyed hashes: people type passwords into the box for the
    user name, and an address says where somebody was. Rows are removed after
    a day, and those of a user name once its owner has signed in.
    """

    name_key = models.CharField(max_length=64)
    address_key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["name_key", "at"], name="attempt_of_name"),
            models.Index(fields=["address_key", "at"], name="attempt_of_address"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
