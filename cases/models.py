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
from cases.kept import Concern as Concern
from cases.kept import Hiding as Hiding
from cases.persons import ChildView as ChildView
from cases.persons import Maturity as Maturity
from cases.persons import OtherAdult as OtherAdult
from cases.querysets import CaseQuerySet, EntryQuerySet, ProcessQuerySet, SignalQuerySet, VersionQuerySet
from cases.rules import CloseReason, NextStep, Outcome, ProcessState, SignalEnd
from cases.unnamed import UnnamedMessage as UnnamedMessage
from cases.unnamed import UnnamedQuestion as UnnamedQuestion
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
    """A unit that a consent covers finds this in its inbox until someone takes it.

    Without a consent it is to read something that is shown to it on another ground.
    """

    case = models.ForeignKey(Case, models.CASCADE)
    consent = models.ForeignKey(Consent, models.CASCADE, null=True, blank=True)
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
            models.UniqueConstraint(fields=["consent", "to_unit"], name="one_invitation_of_a_consent"),
            models.UniqueConstraint(
                fields=["case", "to_unit"],
                condition=Q(consent__isnull=True, taken_at__isnull=True),
                name="one_invitation_to_read",
            ),
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
    ``beyond_consent`` marks what the child's consent can't lift: about somebody else,
    about who notified, of an investigation (R1.8). ``data`` holds a wheel (perspective and
    per sector value, works, hard) or an assessment's outcome. Author, title and unit are as
    they were then.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="versions")
    case = models.ForeignKey(Case, models.PROTECT)
    owner_unit = models.ForeignKey(Unit, models.PROTECT)
    no = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Entry.Kind.choices)
    category = models.CharField(max_length=12, choices=Category.choices)
    beyond_consent = models.BooleanField(default=False)
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
    """That the owner shows one version to one unit or one person, with the test of harm
    (menprövning) behind it.

    The owner decides on that very version; nothing opens by itself (R2.2). ``basis`` and
    ``basis_no`` name the version of the legal ground (:class:`consent.models.LegalBasis`),
    ``rule`` the provision that keeps it secret, ``test`` how that is tested and ``outcome``
    what it came to (R1.3); who decided is the assessor. Where a second person must sign,
    ``valid`` stays empty until she has, and then ends at ``ends_at``; where she says no,
    ``declined_because`` tells the one who decided why. A refused one never opens.
    """

    BY_CONSENT = "B1"
    BY_OWN_RIGHT = "B14"

    version = models.ForeignKey(Version, models.PROTECT, related_name="disclosures")
    case = models.ForeignKey(Case, models.PROTECT)
    owner_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    to_guardian = models.ForeignKey(Guardian, models.PROTECT, null=True, blank=True)
    to_child = models.ForeignKey(Child, models.PROTECT, null=True, blank=True)
    basis = models.CharField(max_length=4)
    basis_no = models.PositiveSmallIntegerField(default=1)
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, blank=True)
    child_asked = models.BooleanField(default=False)
    rule = models.CharField(max_length=40, blank=True)
    test = models.CharField(max_length=12, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.LIFTED)
    duty = models.CharField(max_length=24, blank=True)
    grounds = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    decided_at = models.DateTimeField()
    second = models.CharField(max_length=12, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    declined_because = models.TextField(blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    valid = DateTimeRangeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="disclosure_to_one",
                condition=Q(to_unit__isnull=False, to_guardian__isnull=True, to_child__isnull=True)
                & ~Q(basis="B14")
                | Q(to_unit__isnull=True, to_guardian__isnull=False, to_child__isnull=True, basis="B14")
                | Q(to_unit__isnull=True, to_guardian__isnull=True, to_child__isnull=False, basis="B14"),
            ),
            models.CheckConstraint(
                name="disclosure_names_its_consent",
                condition=Q(basis="B1", consent__isnull=False) | ~Q(basis="B1") & Q(consent__isnull=True),
            ),
            models.CheckConstraint(
                name="disclosure_signed_by_another",
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=models.F("decided_by")),
            ),
            models.CheckConstraint(
                name="disclosure_open_when_signed",
                condition=Q(valid__isempty=True) | Q(second="") | Q(signed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="disclosure_refused_is_closed",
                condition=Q(valid__isempty=True) | ~Q(outcome=Outcome.REFUSED),
            ),
            models.CheckConstraint(
                name="disclosure_declined_is_refused",
                condition=Q(declined_because="") | Q(outcome=Outcome.REFUSED, signed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


from cases.circle import (  # noqa: E402 (they point at Case, and Django looks for models here)
    Admission,
    Emergency,
    Lock,
    Named,
    ProtectionReview,
)
from cases.deadlines import DeadlineSetting  # noqa: E402 (as above)
from cases.draft import Draft  # noqa: E402 (as above)
from cases.editions import WheelEdition  # noqa: E402 (as above)
from cases.expectations import Expectation  # noqa: E402 (as above)
from cases.feedback import Feedback  # noqa: E402 (as above)
from cases.handover import Handover  # noqa: E402 (as above)
from cases.journal import Journaled  # noqa: E402 (as above)
from cases.kin import Kin  # noqa: E402 (as above)
from cases.meeting import Meeting  # noqa: E402 (as above)

__all__ = [
    "Admission",
    "Assignment",
    "Case",
    "DeadlineSetting",
    "Disclosure",
    "Draft",
    "Emergency",
    "Entry",
    "Expectation",
    "Feedback",
    "GrantPeriod",
    "Handover",
    "Invitation",
    "Journaled",
    "Kin",
    "Lock",
    "Meeting",
    "Named",
    "Participation",
    "Process",
    "ProtectionReview",
    "Signal",
    "SignalText",
    "Version",
    "WheelEdition",
]
