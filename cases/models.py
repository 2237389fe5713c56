"""A child's case: process, signals, entries and who may read them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from access.grants import AssignmentBase, ParticipationBase
from agencies.models import Municipality, Unit
from cases.querysets import CaseQuerySet, EntryQuerySet, ProcessQuerySet, SignalQuerySet, VersionQuerySet
from cases.rules import CloseReason, NextStep, ProcessState, SignalEnd
from consent.models import Category, Consent
from kit.identity import Identified
from people.models import Child, Guardian


class Case(Identified):
    """The skeleton of a case: that it exists, for which child.

    State, responsible and dates stand in :class:`Process`, because
    row-level security hides rows and not columns, and a state is a trace of
    what others do.
    """

    child = models.ForeignKey(Child, models.PROTECT)
    opened_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Case]] = models.Manager.from_queryset(CaseQuerySet)()

    class Meta:
        permissions: ClassVar = [
            ("take_part_case", "The unit takes part in the case"),
            ("work_on_case", "The person works on the case"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Process(models.Model):
    """Where the case stands and who holds the baton."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True)
    child = models.ForeignKey(Child, models.PROTECT)
    state = models.CharField(max_length=16, choices=ProcessState.choices)
    responsible_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    coordinator_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    next_step = models.CharField(max_length=12, choices=NextStep.choices, blank=True)
    next_on = models.DateField(null=True, blank=True)
    state_since = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(max_length=24, choices=CloseReason.choices, blank=True)

    objects: ClassVar[models.Manager[Process]] = models.Manager.from_queryset(ProcessQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["child"],
                condition=Q(closed_at__isnull=True),
                name="one_open_case_of_a_child",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Signal(Identified):
    """The head of what somebody noticed: child as typed, sender, receiver.

    Without the guardians' spoken yes there is no receiver and no case: the
    signal stays with the unit that wrote it. The yes is a consent for this
    one signal: who said it, when, and who noted it. A signal that is not to be
    sent on has ended, and why; a yes later on still sends it.
    """

    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    municipality = models.ForeignKey(Municipality, models.PROTECT)
    typed_name = models.CharField(max_length=240)
    typed_number = models.CharField(max_length=12, blank=True)
    born_on = models.DateField()
    yes_from = models.CharField(max_length=240, blank=True)
    yes_on = models.DateField(null=True, blank=True)
    yes_noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_as = models.CharField(max_length=12, choices=SignalEnd.choices, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    delivered_at = models.DateTimeField(null=True, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Signal]] = models.Manager.from_queryset(SignalQuerySet)()

    def __str__(self) -> str:
        return str(self.pk)


class SignalText(models.Model):
    """What was noticed; read by its writer's unit and by whoever took it."""

    signal = models.OneToOneField(Signal, models.CASCADE, primary_key=True, related_name="text")
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True)
    seen = models.TextField()
    seen_on = models.DateField()
    works = models.TextField(blank=True)
    family_knows = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.pk)


class Participation(ParticipationBase):
    """That a unit takes part in a case, in full or with its own entries only."""

    content_object = models.ForeignKey(Case, models.CASCADE)
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, blank=True)

    class Meta(ParticipationBase.Meta):
        abstract = False


class Assignment(AssignmentBase):
    """That a person works on a case, in the unit she then acts for."""

    content_object = models.ForeignKey(Case, models.CASCADE)
    unit = models.ForeignKey(Unit, models.CASCADE)

    class Meta(AssignmentBase.Meta):
        abstract = False


class GrantPeriod(Identified):
    """A closed or ended participation or assignment; a trigger writes it."""

    class What(models.TextChoices):
        PARTICIPATION = "participation"
        ASSIGNMENT = "assignment"

    what = models.CharField(max_length=16, choices=What.choices)
    case = models.ForeignKey(Case, models.CASCADE)
    unit = models.ForeignKey(Unit, models.PROTECT)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)
    kind = models.CharField(max_length=8, blank=True)
    valid = DateTimeRangeField()
    reason = models.CharField(max_length=400, blank=True)

    def __str__(self) -> str:
        return str(self.pk)


class Invitation(Identified):
    """A unit that a consent covers finds this in its inbox until someone takes it."""

    case = models.ForeignKey(Case, models.CASCADE)
    consent = models.ForeignKey(Consent, models.CASCADE)
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    child_name = models.CharField(max_length=240)
    purpose = models.TextField()
    sent_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consent", "to_unit"], name="one_invitation_of_a_consent")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Entry(Identified):
    """Something a unit wrote down; the unit owns it for ever (R1.1)."""

    class Kind(models.TextChoices):
        OBSERVATION = "observation", _("Observation")
        ASSESSMENT = "assessment", _("Assessment")
        NOTE = "note", _("Note")
        WHEEL = "wheel", _("The child's best wheel")
        CHILD_WORDS = "child_words", _("The child's own words")

    case = models.ForeignKey(Case, models.PROTECT)
    owner_unit = models.ForeignKey(Unit, models.PROTECT)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    happened_on = models.DateField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Entry]] = models.Manager.from_queryset(EntryQuerySet)()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "-created_at"], name="entry_timeline")]

    def __str__(self) -> str:
        return str(self.pk)


class Version(Identified):
    """An immutable version of an entry, as its author wrote it.

    ``case`` and ``owner_unit`` repeat the entry's, and a composite foreign key
    keeps them the same, so that the database policy reads its own columns.
    ``data`` holds a wheel (perspective and per sector value, works, hard) or
    an assessment's outcome. Author, title and unit are as they were then.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="versions")
    case = models.ForeignKey(Case, models.PROTECT)
    owner_unit = models.ForeignKey(Unit, models.PROTECT)
    no = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Entry.Kind.choices)
    category = models.CharField(max_length=12, choices=Category.choices)
    body = models.TextField(blank=True)
    data = models.JSONField(default=dict, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    author_name = models.CharField(max_length=120)
    author_title = models.CharField(max_length=80)
    unit_name = models.CharField(max_length=120)
    happened_on = models.DateField()
    written_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Version]] = models.Manager.from_queryset(VersionQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "no"], name="version_number_of_an_entry")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Disclosure(Identified):
    """That the owner shows one version to one unit (B1) or one person (B14).

    The owner decides on that very version; nothing opens by itself (R2.2).
    """

    class Basis(models.TextChoices):
        CONSENT = "B1", _("Consent (OSL 12:2, 10:1)")
        PARTY = "B14", _("The person's own right (OSL 12:1, 12:3)")

    version = models.ForeignKey(Version, models.PROTECT, related_name="disclosures")
    case = models.ForeignKey(Case, models.PROTECT)
    owner_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    to_guardian = models.ForeignKey(Guardian, models.PROTECT, null=True, blank=True)
    to_child = models.ForeignKey(Child, models.PROTECT, null=True, blank=True)
    basis = models.CharField(max_length=4, choices=Basis.choices)
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, blank=True)
    child_asked = models.BooleanField(default=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    decided_at = models.DateTimeField()
    valid = DateTimeRangeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="disclosure_to_one",
                condition=Q(
                    to_unit__isnull=False,
                    to_guardian__isnull=True,
                    to_child__isnull=True,
                    basis="B1",
                    consent__isnull=False,
                )
                | Q(
                    to_unit__isnull=True,
                    to_guardian__isnull=False,
                    to_child__isnull=True,
                    basis="B14",
                )
                | Q(
                    to_unit__isnull=True,
                    to_guardian__isnull=True,
                    to_child__isnull=False,
                    basis="B14",
                ),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Draft(Identified):
    """What somebody has typed and not yet saved, per account and form.

    ``target`` names the form, such as ``entry:new`` or ``plan:edit``; a draft
    is its writer's alone and only while the case is readable to her.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True)
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True)
    target = models.CharField(max_length=120)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "unit", "case", "target"],
                nulls_distinct=False,
                name="one_draft_of_a_form",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
