"""What plans ask of an actor: proposals to answer and her own rows."""

from __future__ import annotations

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from access.actor import Actor
from cases.models import Case
from cases.queries.work import WEEK, Task, Todo, When, when_of
from consent.models import Answer
from kit.arrays import in_array
from plans.models import FamilyReply, Insats, Plan, PlanVersion, Status, UnitReply

MOST = 100
ENDED = [value for value in Status.Value if value.is_ended]


def plan_tasks_of(actor: Actor, *, case: Case | None = None) -> list[Task]:
    """Proposals that wait for the unit's word, the actor's own rows that are due within
    a week or late, and plans of hers to look over: three statements."""
    if not actor.is_staff:
        return []
    return _proposals(actor, case) + _rows(actor, case) + _to_look_over(actor, case)


def plans_to_look_over(actor: Actor) -> QuerySet[Plan]:
    """Plans that the actor's unit keeps and that something has happened to which nobody there has
    looked over since: ``consent_changed``, a yes was taken back after the newest version was agreed;
    ``family_asks``, somebody in the family has last answered that version with anything but a plain
    yes. A new version that is agreed, a later yes, or saying that one has looked it over ends it."""
    agreed = PlanVersion.objects.filter(plan=OuterRef("pk"), agreed_at__isnull=False).order_by("-no")
    taken_back = Answer.objects.filter(
        in_array("scope__consent", "access.my_kept_consents"),
        scope__consent__child=OuterRef("case__child"),
        reply=Answer.Reply.WITHDRAWN,
    ).order_by("-replied_at")
    plans: QuerySet[Plan] = Plan.objects.visible_to(actor)
    return (
        plans.filter(owner_unit=actor.unit_id, case__process__closed_at__isnull=True)
        .exclude(state=Plan.State.CLOSED)
        .annotate(
            newest=Subquery(agreed.values("pk")[:1]),
            agreed_at=Subquery(agreed.values("agreed_at")[:1]),
            taken_back_at=Subquery(taken_back.values("replied_at")[:1]),
            answered_at=Subquery(_asking_answers().values("replied_at")[:1]),
        )
        .annotate(
            consent_changed=_happened(Q(taken_back_at__gt=F("agreed_at")) & _unseen("taken_back_at")),
            family_asks=_happened(Q(answered_at__isnull=False) & _unseen("answered_at")),
        )
        .filter(Q(consent_changed=True) | Q(family_asks=True))
    )


def _asking_answers() -> QuerySet[FamilyReply]:
    """What somebody in the family last answered to a plan's newest version, if it asks for something."""
    later = FamilyReply.objects.filter(version=OuterRef("version"), replied_at__gt=OuterRef("replied_at"))
    same_person = Q(guardian=OuterRef("guardian")) | Q(child=OuterRef("child"))
    return (
        FamilyReply.objects.filter(version=OuterRef("newest"))
        .exclude(value=FamilyReply.Value.YES)
        .exclude(Exists(later.filter(same_person)))
        .order_by("-replied_at")
    )


def _unseen(when: str) -> Q:
    """That something came after the plan was last looked over."""
    return Q(reviewed_at__isnull=True) | Q(**{f"{when}__gt": F("reviewed_at")})


def _happened(condition: Q) -> Combinable:
    return Coalesce(ExpressionWrapper(condition, BooleanField()), False)


def _to_look_over(actor: Actor, case: Case | None) -> list[Task]:
    """For whoever holds the baton. Neither who took a yes back nor what anybody answered, which
    stand with the consent and the plan."""
    plans = (
        plans_to_look_over(actor)
        .filter(
            Q(case__process__coordinator=actor.account_id)
            | Q(case__process__coordinator__isnull=True, case__process__responsible=actor.account_id)
        )
        .select_related("case__child")
        .order_by("pk")
    )
    causes = (("consent_changed", Todo.CONSENT_CHANGED), ("family_asks", Todo.TALK_ABOUT_PLAN))
    return [
        Task(todo, plan.case.child.name, When.TODAY, plan.case_id, target=plan.pk)
        for plan in (plans.filter(case=case) if case is not None else plans[:MOST])
        for cause, todo in causes
        if getattr(plan, cause)
    ]


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
