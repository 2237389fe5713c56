"""What plans ask of an actor: proposals to answer and her own rows."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from access.actor import Actor
from cases.models import Case
from cases.queries.work import WEEK, Task, Todo, When, when_of
from consent.models import Answer
from plans.models import Insats, Plan, PlanVersion, Status, UnitReply

MOST = 100
ENDED = [value for value in Status.Value if value.is_ended]


def plan_tasks_of(actor: Actor, *, case: Case | None = None) -> list[Task]:
    """Proposals that wait for the unit's word, the actor's own rows that are due within
    a week or late, and plans of hers that a yes was taken back from: three statements."""
    if not actor.is_staff:
        return []
    return _proposals(actor, case) + _rows(actor, case) + _to_look_over(actor, case)


def changed_by_consent(actor: Actor) -> QuerySet[Plan]:
    """Plans that the actor's unit keeps, in which a yes was taken back after the newest
    version was agreed, and which nobody there has looked over since."""
    agreed = PlanVersion.objects.filter(plan=OuterRef("pk"), agreed_at__isnull=False).order_by("-no")
    taken_back = Answer.objects.filter(
        scope__consent__child=OuterRef("case__child"),
        scope__consent__from_unit=actor.unit_id,
        reply=Answer.Reply.WITHDRAWN,
    ).order_by("-replied_at")
    plans: QuerySet[Plan] = Plan.objects.visible_to(actor)
    return (
        plans.filter(owner_unit=actor.unit_id, case__process__closed_at__isnull=True)
        .exclude(state=Plan.State.CLOSED)
        .annotate(
            agreed_at=Subquery(agreed.values("agreed_at")[:1]),
            taken_back_at=Subquery(taken_back.values("replied_at")[:1]),
        )
        .filter(taken_back_at__gt=F("agreed_at"))
        .filter(Q(reviewed_at__isnull=True) | Q(taken_back_at__gt=F("reviewed_at")))
    )


def _to_look_over(actor: Actor, case: Case | None) -> list[Task]:
    """For whoever holds the baton; not who took it back, which stands with the consent."""
    plans = (
        changed_by_consent(actor)
        .filter(
            Q(case__process__coordinator=actor.account_id)
            | Q(case__process__coordinator__isnull=True, case__process__responsible=actor.account_id)
        )
        .select_related("case__child")
        .order_by("pk")
    )
    plans = plans.filter(case=case) if case is not None else plans[:MOST]
    return [Task(Todo.CONSENT_CHANGED, p.case.child.name, When.TODAY, p.case_id, target=p.pk) for p in plans]


def _proposals(actor: Actor, case: Case | None) -> list[Task]:
    """Drafts shown to the unit that hold rows of its own and no answer of its."""
    versions = (
        PlanVersion.objects.visible_to(actor)
        .filter(
            Exists(Insats.objects.filter(version=OuterRef("pk"), unit=actor.unit_id)),
            ~Exists(UnitReply.objects.filter(version=OuterRef("pk"), unit=actor.unit_id)),
            proposed_at__isnull=False,
            agreed_at__isnull=True,
            discarded_at__isnull=True,
        )
        .exclude(owner_unit=actor.unit_id)
        .exclude(plan__state=Plan.State.CLOSED)
        .select_related("case__child")
        .order_by("proposed_at")
    )
    versions = versions.filter(case=case) if case is not None else versions[:MOST]
    return [Task(Todo.REPLY_TO_PLAN, v.case.child.name, When.TODAY, v.case_id, target=v.pk) for v in versions]


def _rows(actor: Actor, case: Case | None) -> list[Task]:
    """Her rows of agreed plans that are neither done nor given up."""
    newer = PlanVersion.objects.filter(
        plan=OuterRef("version__plan"), no__gt=OuterRef("version__no"), agreed_at__isnull=False
    )
    latest = Status.objects.filter(lineage=OuterRef("lineage")).order_by("-set_at").values("value")[:1]
    rows = (
        Insats.objects.visible_to(actor)
        .annotate(value=Subquery(latest))
        .filter(
            Q(value__isnull=True) | ~Q(value__in=ENDED),
            ~Exists(newer),
            unit=actor.unit_id,
            contact=actor.account_id,
            version__agreed_at__isnull=False,
            due_on__lte=actor.today + WEEK,
        )
        .exclude(version__plan__state=Plan.State.CLOSED)
        .select_related("case__child")
        .order_by("due_on")
    )
    rows = rows.filter(case=case) if case is not None else rows[:MOST]
    return [
        Task(
            Todo.OWN_ROW,
            row.case.child.name,
            when_of(row.due_on, actor.today),
            row.case_id,
            target=row.pk,
            due_on=row.due_on,
        )
        for row in rows
    ]
