"""Barnets plan: versions, goals, insatser, replies, follow-up and the document."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Unit
from cases.models import Case, Version
from cases.wheel import Sector
from consent.models import Consent
from kit.identity import Identified
from people.models import Child, Guardian
from plans.querysets import (
    FollowUpQuerySet,
    GoalQuerySet,
    GoalResultQuerySet,
    InsatsQuerySet,
    InsatsResultQuerySet,
    PlanQuerySet,
    PlanVersionQuerySet,
)


class Plan(Identified):
    """A child's plan, written by the unit that coordinates it.

    ``reviewed_at`` is when somebody there last said that she has seen what consent changed
    or what the family answered.
    """

    class Kind(models.TextChoices):
        CHILDS_PLAN = "childs_plan", _("The child's plan")
        SIP = "sip", _("SIP, coordinated individual plan")
        SINGLE_AGENCY = "single_agency", _("Plan of one service")

    class State(models.TextChoices):
        DRAFT = "draft", _("Being drafted")
        AGREED = "agreed", _("Agreed")
        FOLLOWED_UP = "followed_up", _("Followed up")
        CLOSED = "closed", _("Closed case")

    case = models.ForeignKey(Case, models.PROTECT)
    owner_unit = models.ForeignKey(Unit, models.PROTECT)
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.CHILDS_PLAN)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    created_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Plan]] = models.Manager.from_queryset(PlanQuerySet)()

    def __str__(self) -> str:
        return str(self.pk)


class PlanVersion(Identified):
    """One version; a draft while ``agreed_at`` is empty, then immutable.

    ``edit_no`` rises with each saved change, so that the second of two people
    who edit at once is shown both texts. A draft with ``discarded_at`` is put aside; what
    units were shown of it stays, as what was shown to whom.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="versions")
    case = models.ForeignKey(Case, models.PROTECT)
    owner_unit = models.ForeignKey(Unit, models.PROTECT)
    no = models.PositiveIntegerField()
    edit_no = models.PositiveIntegerField(default=0)
    edited_by_name = models.CharField(max_length=120, blank=True)
    edited_at = models.DateTimeField()
    child_words = models.ForeignKey(Version, models.PROTECT, null=True, blank=True)
    wheel = models.ForeignKey(Version, models.PROTECT, null=True, blank=True, related_name="+")
    next_follow_up_on = models.DateField(null=True, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    discarded_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager[PlanVersion]] = models.Manager.from_queryset(PlanVersionQuerySet)()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "no"], name="plan_version_number")]

    def __str__(self) -> str:
        return str(self.pk)


class Goal(Identified):
    """What shall be better, in words the family can recognise."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="goals")
    case = models.ForeignKey(Case, models.PROTECT)
    owner_unit = models.ForeignKey(Unit, models.PROTECT)
    lineage = models.UUIDField(default=uuid.uuid4)
    position = models.PositiveIntegerField()
    text = models.CharField(max_length=400)
    sign = models.CharField(max_length=400, blank=True)
    wheel_area = models.CharField(max_length=16, blank=True)

    objects: ClassVar[models.Manager[Goal]] = models.Manager.from_queryset(GoalQuerySet)()

    @property
    def area(self) -> str:
        """The area of the wheel as a word, if one is chosen."""
        return str(Sector(self.wheel_area).label) if self.wheel_area in Sector.values else ""

    def __str__(self) -> str:
        return str(self.pk)


class Citation(Identified):
    """That a goal builds on an entry, as its writer read it then.

    What derives from an entry inherits what is decided of it: from a guardian from whom the
    entry is hidden the goal is hidden too, with all that hangs on it (OSL 12:3). ``version``
    is the plan's version, whose rows are fixed once it is agreed.
    """

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="citations")
    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT)
    owner_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    cited = models.ForeignKey(Version, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["goal", "cited"], name="one_citation_in_a_goal")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Insats(Identified):
    """What one unit does, with one named contact; or what the family does itself.

    ``unit`` is empty for a step of the family's own. Contact name, title and
    phone are kept as they were when the row was written, since the family and
    the document show them.
    """

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="insatser")
    case = models.ForeignKey(Case, models.PROTECT)
    owner_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    goal = models.ForeignKey(Goal, models.CASCADE, null=True, blank=True, related_name="insatser")
    lineage = models.UUIDField(default=uuid.uuid4)
    position = models.PositiveIntegerField()
    what = models.CharField(max_length=400)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    contact_name = models.CharField(max_length=120, blank=True)
    contact_title = models.CharField(max_length=80, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    unit_name = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager[Insats]] = models.Manager.from_queryset(InsatsQuerySet)()

    def __str__(self) -> str:
        return str(self.pk)


class Status(Identified):
    """How an insats goes; its unit adds rows, nobody changes one."""

    class Value(models.TextChoices):
        PLANNED = "planned", _("Planned")
        ONGOING = "ongoing", _("Going on")
        DONE = "done", _("Done task")
        NOT_DONE = "not_done", _("Not done")
        PAUSED = "paused", _("Paused")

        @property
        def is_ended(self) -> bool:
            """Done or given up: it stays as it ended, whatever consent says afterwards."""
            return self in {Status.Value.DONE, Status.Value.NOT_DONE}

    case = models.ForeignKey(Case, models.PROTECT)
    lineage = models.UUIDField(db_index=True)
    unit = models.ForeignKey(Unit, models.PROTECT)
    value = models.CharField(max_length=12, choices=Value.choices)
    comment = models.CharField(max_length=400, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    set_by_name = models.CharField(max_length=120)
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)


class Release(Identified):
    """That one plan version is shown to one unit or one person of the family.

    ``rows`` is ``own`` for police and leisure: they see only their own rows.
    """

    class Rows(models.TextChoices):
        ALL = "all", _("The whole plan")
        OWN = "own", _("Own rows")

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="releases")
    case = models.ForeignKey(Case, models.PROTECT)
    owner_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    to_guardian = models.ForeignKey(Guardian, models.PROTECT, null=True, blank=True)
    to_child = models.ForeignKey(Child, models.PROTECT, null=True, blank=True)
    rows = models.CharField(max_length=4, choices=Rows.choices, default=Rows.ALL)
    basis = models.CharField(max_length=4)
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, blank=True)
    released_at = models.DateTimeField()
    valid = DateTimeRangeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="release_to_one",
                condition=Q(to_unit__isnull=False, to_guardian__isnull=True, to_child__isnull=True)
                | Q(to_unit__isnull=True, to_guardian__isnull=False, to_child__isnull=True)
                | Q(to_unit__isnull=True, to_guardian__isnull=True, to_child__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class UnitReply(Identified):
    """That a unit agrees to its rows of a version."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="unit_replies")
    case = models.ForeignKey(Case, models.PROTECT)
    owner_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    comment = models.CharField(max_length=400, blank=True)
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    replied_by_name = models.CharField(max_length=120)
    replied_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "unit"], name="one_reply_of_a_unit")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class FamilyReply(Identified):
    """A guardian's or youth's answer to an agreed version, beside the plan."""

    class Value(models.TextChoices):
        YES = "yes", _("Yes")
        YES_BUT = "yes_but", _("Yes, but …")
        NO = "no", _("No")

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="family_replies")
    case = models.ForeignKey(Case, models.PROTECT)
    owner_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    guardian = models.ForeignKey(Guardian, models.PROTECT, null=True, blank=True)
    child = models.ForeignKey(Child, models.PROTECT, null=True, blank=True)
    value = models.CharField(max_length=8, choices=Value.choices)
    comment = models.TextField(blank=True)
    replied_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)


class FollowUp(Identified):
    """A follow-up of a plan: when it was due, when held and what came of it."""

    class Outcome(models.TextChoices):
        CONTINUE = "continue", _("Go on")
        CHANGE = "change", _("Change the plan")
        STEP_UP = "step_up", _("More support is needed")
        STEP_DOWN = "step_down", _("Less support is needed")
        CLOSE = "close", _("Close")

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="follow_ups")
    case = models.ForeignKey(Case, models.PROTECT)
    owner_unit = models.ForeignKey(Unit, models.PROTECT)
    due_on = models.DateField()
    held_on = models.DateField()
    note = models.TextField(blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    held_at = models.DateTimeField()

    objects: ClassVar[models.Manager[FollowUp]] = models.Manager.from_queryset(FollowUpQuerySet)()

    def __str__(self) -> str:
        return str(self.pk)


class GoalResult(Identified):
    """How far a goal had come at a follow-up, as the unit that holds the work together judged it
    with the family. Whoever reads the goal reads it, also where the follow-up itself, which
    tells of all goals, is not hers: it therefore holds its own days.
    """

    class Value(models.TextChoices):
        REACHED = "reached", _("Reached")
        PARTLY = "partly", _("Partly")
        NOT_YET = "not", _("Not yet")

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="goal_results")
    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT)
    owner_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="results")
    value = models.CharField(max_length=8, choices=Value.choices)
    held_on = models.DateField()
    written_at = models.DateTimeField()

    objects: ClassVar[models.Manager[GoalResult]] = models.Manager.from_queryset(GoalResultQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["follow_up", "goal"], name="one_result_of_a_goal")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class InsatsResult(Identified):
    """What had come of an insats at a follow-up; of one that was not done, why. Whoever reads
    the insats reads it. The unit's own word on how it goes is a ``Status``."""

    class Value(models.TextChoices):
        DONE = Status.Value.DONE.value, Status.Value.DONE.label
        ONGOING = Status.Value.ONGOING.value, Status.Value.ONGOING.label
        NOT_DONE = Status.Value.NOT_DONE.value, Status.Value.NOT_DONE.label

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="insats_results")
    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT)
    owner_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    insats = models.ForeignKey(Insats, models.PROTECT, related_name="results")
    value = models.CharField(max_length=12, choices=Value.choices)
    reason = models.CharField(max_length=400, blank=True)
    held_on = models.DateField()
    written_at = models.DateTimeField()

    objects: ClassVar[models.Manager[InsatsResult]] = models.Manager.from_queryset(InsatsResultQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["follow_up", "insats"], name="one_result_of_an_insats"),
            models.CheckConstraint(
                name="not_done_has_a_reason", condition=~Q(value=Status.Value.NOT_DONE.value, reason="")
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def adds_to(self, value: str, comment: str) -> bool:
        """Whether it says more than what the unit itself last said."""
        return self.value != value or self.reason not in {"", comment}


class Document(Identified):
    """A PDF of one release, rendered as its recipient; the newest is the one in use."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="documents")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField()
    rendered_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)
