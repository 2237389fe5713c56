"""The plan as the family reads it: what was decided, how it goes, and its documents."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from access.actor import Actor
from access.clock import access_at
from access.policy import Decision
from access.reasons import Reason
from consent.models import State
from plans.models import (
    Document,
    FamilyReply,
    Goal,
    GoalResult,
    Insats,
    InsatsResult,
    Plan,
    PlanVersion,
    Release,
    Status,
)
from plans.queries.follow_ups import latest_results
from plans.queries.view import has_others
from plans.rules import PlanFacts, plan_in_force


@dataclass(frozen=True)
class FamilyRow:
    """What somebody does, and how it goes. ``paused`` says why it waits: the
    state of the unit's consent; empty where it doesn't. ``result`` is what had come of it when
    it was last followed up."""

    insats: Insats
    value: Status.Value
    comment: str
    paused: State | None = None
    result: InsatsResult | None = None


@dataclass(frozen=True)
class FamilyGoal:
    """A goal, what is done towards it, and how far it had come when last followed up."""

    goal: Goal
    rows: list[FamilyRow]
    result: GoalResult | None = None


@dataclass(frozen=True)
class FamilyPlan:
    """The agreed version that is shown to the actor.

    ``replies`` are the actor's own, latest first; ``my_reply`` is to this version. What the
    others in the family have answered is not hers to know, so neither is whether one of them
    keeps the plan out of force (``in_force`` is as far as she knows).
    """

    version: PlanVersion
    goals: list[FamilyGoal]
    other_rows: list[FamilyRow]
    own_steps: list[str]
    document_id: uuid.UUID | None
    in_force: Decision
    replies: list[FamilyReply] = field(default_factory=list)

    @property
    def my_reply(self) -> FamilyReply | None:
        """The actor's latest answer to this version."""
        return next(iter(_to(self.version, self.replies)), None)

    @property
    def refused(self) -> bool:
        """Whether the actor herself last said no to it."""
        return self.in_force.reason == Reason.PLAN_REFUSED

    @property
    def awaits_my_reply(self) -> bool:
        """Whether the actor has yet to say what she thinks."""
        return self.my_reply is None

    @property
    def rows(self) -> list[FamilyRow]:
        """All rows that a unit does."""
        return [row for goal in self.goals for row in goal.rows] + self.other_rows

    @property
    def some_paused(self) -> bool:
        """Whether something in the plan waits."""
        return any(row.paused for row in self.rows)

    @property
    def lacks_consent(self) -> bool:
        """Whether it is consent that keeps it out of force."""
        return self.in_force.reason == Reason.PLAN_WITHOUT_CONSENT


@dataclass(frozen=True)
class PlanDocument:
    """The PDF of one version that is shown to the actor, or that it is being made."""

    version: PlanVersion
    document_id: uuid.UUID | None
    pages: int
    rendered_at: datetime | None


def family_plan(
    case_id: uuid.UUID, actor: Actor, *, consents: Mapping[uuid.UUID, State] | None
) -> FamilyPlan | None:
    """The newest agreed version shown to the actor: six statements.

    ``consents`` says for each unit how the family's consent stands now; a row
    of a unit that it does not cover waits. ``None`` where the reader does not learn that.
    """
    release = _releases_to(actor).filter(case=case_id).first()
    if release is None:
        return None
    version = release.version
    found = list(_rows_of(version, actor))
    results = latest_results(version.pk, actor)
    rows = [_row(insats, version, consents, results.rows.get(insats.pk)) for insats in found]
    goals = [
        FamilyGoal(
            goal,
            [r for r in rows if r.insats.goal_id == goal.pk and r.insats.unit_id],
            results.goals.get(goal.pk),
        )
        for goal in Goal.objects.visible_to(actor).filter(version=version).order_by("position")
    ]
    known = {goal.goal.pk for goal in goals}
    replies = _own_replies(case_id, actor)
    return FamilyPlan(
        version=version,
        goals=goals,
        other_rows=[r for r in rows if r.insats.unit_id and r.insats.goal_id not in known],
        own_steps=[r.insats.what for r in rows if not r.insats.unit_id],
        document_id=release.document_id,  # type: ignore[attr-defined]
        in_force=plan_in_force(
            PlanFacts(
                agreed=True,
                closed=version.plan.state == Plan.State.CLOSED,
                refused=any(r.value == FamilyReply.Value.NO for r in _to(version, replies)[:1]),
                with_others=has_others(found, version),
                keeper_covered=consents is None or consents.get(version.owner_unit_id) == State.GIVEN,
            )
        ),
        replies=replies,
    )


def replyable_version(version_id: uuid.UUID, child_id: uuid.UUID, actor: Actor) -> PlanVersion | None:
    """A version that the actor is shown and can answer."""
    release = _releases_to(actor).filter(case__child=child_id, version=version_id).first()
    return release.version if release else None


def own_replies(child_id: uuid.UUID, actor: Actor) -> list[FamilyReply]:
    """What the actor herself has answered about the child's plans, latest first."""
    return list(_replies_by(actor).filter(case__child=child_id))


def plan_documents(child_id: uuid.UUID, actor: Actor) -> list[PlanDocument]:
    """The documents that the actor may hold, newest version first: one statement."""
    newest = _made(Document.objects.filter(release=OuterRef("pk"))).order_by("-rendered_at")
    releases = (
        _releases_to(actor)
        .filter(case__child=child_id)
        .annotate(pages=Subquery(newest.values("pages")[:1]), made=Subquery(newest.values("rendered_at")[:1]))
    )
    return [PlanDocument(r.version, r.document_id, r.pages or 0, r.made) for r in releases]  # type: ignore[attr-defined]


def document_of(document_id: uuid.UUID, child_id: uuid.UUID, actor: Actor) -> Document | None:
    """One PDF with its bytes, if its release is shown to the actor now."""
    releases = _releases_to(actor).filter(case__child=child_id)
    return (
        _made(Document.objects.filter(pk=document_id, release__in=releases.values("pk")))
        .select_related("release")
        .first()
    )


def _made(documents: QuerySet[Document]) -> QuerySet[Document]:
    """Without those that were emptied and are being made again."""
    return documents.filter(pages__gt=0)


def _releases_to(actor: Actor) -> QuerySet[Release]:
    """Releases in force of agreed versions to the actor herself, newest version
    first, each with its newest document."""
    if not actor.is_family:
        return Release.objects.none()
    to_me = Q(to_guardian=actor.guardian_id) if actor.guardian_id else Q(pk__in=[])
    if actor.child_id:
        to_me |= Q(to_child=actor.child_id)
    newest = _made(Document.objects.filter(release=OuterRef("pk"))).order_by("-rendered_at").values("pk")
    agreed = PlanVersion.objects.agreed().visible_to(actor)
    return (
        Release.objects.filter(to_me, valid__contains=access_at(), version__in=agreed.values("pk"))
        .select_related("version__plan")
        .annotate(document_id=Subquery(newest[:1]))
        .order_by("-version__agreed_at", "-version__no")
    )


def _rows_of(version: PlanVersion, actor: Actor) -> QuerySet[Insats]:
    latest = Status.objects.filter(lineage=OuterRef("lineage")).order_by("-set_at")
    visible: QuerySet[Insats] = Insats.objects.visible_to(actor)
    return (
        visible.filter(version=version)
        .annotate(
            status_value=Subquery(latest.values("value")[:1]),
            status_comment=Subquery(latest.values("comment")[:1]),
        )
        .order_by("position")
    )


def _row(
    insats: Insats,
    version: PlanVersion,
    consents: Mapping[uuid.UUID, State] | None,
    result: InsatsResult | None,
) -> FamilyRow:
    said = Status.Value(insats.status_value or Status.Value.PLANNED)  # type: ignore[attr-defined]
    paused = None if said.is_ended else _paused(insats, version, consents)
    return FamilyRow(
        insats=insats,
        value=Status.Value.PAUSED if paused else said,
        comment="" if paused else insats.status_comment or "",  # type: ignore[attr-defined]
        paused=paused,
        result=result,
    )


def _paused(insats: Insats, version: PlanVersion, consents: Mapping[uuid.UUID, State] | None) -> State | None:
    """Why a row waits: its unit is not covered by consent. The plan's owner needs none, and
    in a closed plan nothing waits."""
    if consents is None or insats.unit_id is None or insats.unit_id == version.owner_unit_id:
        return None
    if version.plan.state == Plan.State.CLOSED:
        return None
    state = consents.get(insats.unit_id, State.EXPIRED)
    return None if state == State.GIVEN else state


def _replies_by(actor: Actor) -> QuerySet[FamilyReply]:
    if not actor.is_family:
        return FamilyReply.objects.none()
    mine = Q(guardian=actor.guardian_id) if actor.guardian_id else Q(pk__in=[])
    if actor.child_id:
        mine |= Q(child=actor.child_id)
    return FamilyReply.objects.filter(mine).order_by("-replied_at")


def _own_replies(case_id: uuid.UUID, actor: Actor) -> list[FamilyReply]:
    return list(_replies_by(actor).filter(case=case_id))


def _to(version: PlanVersion, replies: list[FamilyReply]) -> list[FamilyReply]:
    return [reply for reply in replies if reply.version_id == version.pk]
