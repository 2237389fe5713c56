"""What plans ask of an actor: proposals to answer and her own rows."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, Subquery

from access.actor import Actor
from cases.models import Case
from cases.queries.work import WEEK, Task, Todo, When, when_of
from plans.models import Insats, Plan, PlanVersion, Status, UnitReply

MOST = 100
ENDED = (Status.Value.DONE, Status.Value.NOT_DONE)


def plan_tasks_of(actor: Actor, *, case: Case | None = None) -> list[Task]:
    """Proposals that wait for the unit's word, and the actor's own rows that are
    due within a week or late: two statements."""
    if not actor.is_staff:
        return []
    return _proposals(actor, case) + _rows(actor, case)


def _proposals(actor: Actor, case: Case | None) -> list[Task]:
    """Drafts shown to the unit that hold rows of its own and no answer of its."""
    versions = (
        PlanVersion.objects.visible_to(actor)
        .filter(
            Exists(Insats.objects.filter(version=OuterRef("pk"), unit=actor.unit_id)),
            ~Exists(UnitReply.objects.filter(version=OuterRef("pk"), unit=actor.unit_id)),
            proposed_at__isnull=False,
            agreed_at__isnull=True,
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
