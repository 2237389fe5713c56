"""Which plans, versions and rows an actor may see: the second of the three walls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from access.clock import access_at
from access.facts import AdultRight
from access.whom import Whom, ids_of
from kit.arrays import in_array

if TYPE_CHECKING:
    from plans.models import (  # noqa: F401 (named in the classes' bases)
        FollowUp,
        Goal,
        GoalResult,
        Insats,
        InsatsResult,
        Plan,
        PlanVersion,
        Release,
    )


def _released_to(actor: Whom) -> Q:
    """A condition on releases: in force, and to the actor."""
    cases = apps.get_model("cases", "Case").objects
    if actor.is_family:
        as_guardian = Q(case__in=cases.of_guardian(actor, right=AdultRight.PLAN))
        to_me = Q(to_guardian=actor.guardian_id) & as_guardian if actor.guardian_id else Q(pk__in=[])
        if actor.child_id:
            # The child is shown no more than each of her guardians, until she is of age.
            to_me |= Q(to_child=actor.child_id) & in_array("version", *ids_of(actor, "child_plans"))
        return to_me & Q(valid__contains=access_at())
    return Q(to_unit=actor.unit_id, valid__contains=access_at(), case__in=cases.worked_on_by(actor))


def _owned(actor: Whom) -> Q:
    """A condition: the actor's unit wrote it, in a case she works on."""
    cases = apps.get_model("cases", "Case").objects
    if not actor.is_staff:
        return Q(pk__in=[])
    return Q(owner_unit=actor.unit_id, case__in=cases.worked_on_by(actor))


def _releases(actor: Whom, **conditions: object) -> QuerySet[Release]:
    releases = apps.get_model("plans", "Release").objects
    if not (actor.is_staff or actor.is_family):
        return releases.none()
    return releases.filter(_released_to(actor), **conditions)


class PlanVersionQuerySet(QuerySet["PlanVersion"]):
    """Plan versions, in the field's words."""

    def visible_to(self, actor: Whom) -> PlanVersionQuerySet:
        """A version is visible if, and only if, the actor's unit writes the plan
        and she works on the case, or the version is released to her now, whole
        or for her unit's own rows."""
        return self.filter(_owned(actor) | Q(Exists(_releases(actor, version=OuterRef("pk")))))

    def agreed(self) -> PlanVersionQuerySet:
        """Fixed for good."""
        return self.filter(agreed_at__isnull=False)


class PlanQuerySet(QuerySet["Plan"]):
    """Plans, in the field's words."""

    def visible_to(self, actor: Whom) -> PlanQuerySet:
        """A plan is visible if, and only if, one of its versions is, or the
        actor's unit writes it and she works on the case."""
        return self.filter(_owned(actor) | Q(Exists(_releases(actor, version__plan=OuterRef("pk")))))


class FollowUpQuerySet(QuerySet["FollowUp"]):
    """Follow-ups, in the field's words."""

    def visible_to(self, actor: Whom) -> FollowUpQuerySet:
        """A follow-up is visible if, and only if, its version is visible whole, and no goal
        of it is hidden from the actor: it tells of all goals."""
        shown = Q(Exists(_releases(actor, version=OuterRef("version"), rows="all")))
        return self.filter(_owned(actor) | (shown & ~in_array("version", *ids_of(actor, "partial_versions"))))


class GoalQuerySet(QuerySet["Goal"]):
    """Goals, in the field's words."""

    def visible_to(self, actor: Whom) -> GoalQuerySet:
        """A goal is visible if, and only if, its version is visible whole, and it builds on
        nothing of which no trace may reach the actor (OSL 12:3)."""
        shown = Q(Exists(_releases(actor, version=OuterRef("version"), rows="all")))
        return self.filter(_owned(actor) | (shown & ~in_array("pk", *ids_of(actor, "hidden_goals"))))


class InsatsQuerySet(QuerySet["Insats"]):
    """Rows of plans, in the field's words."""

    def visible_to(self, actor: Whom) -> InsatsQuerySet:
        """A row is visible if, and only if, its version is visible whole and so is its
        goal, or the version's own rows are released to the actor's unit and the row is its."""
        shown = Q(Exists(_releases(actor, version=OuterRef("version"), rows="all")))
        without_goal = Q(goal__isnull=True)
        return self.filter(
            _owned(actor)
            | (shown & (without_goal | ~in_array("goal", *ids_of(actor, "hidden_goals"))))
            | Q(
                Exists(_releases(actor, version=OuterRef("version"), rows="own")),
                unit=actor.unit_id,
            )
        )


class GoalResultQuerySet(QuerySet["GoalResult"]):
    """How far goals had come, in the field's words."""

    def visible_to(self, actor: Whom) -> GoalResultQuerySet:
        """A goal's result is visible if, and only if, the goal is."""
        return self.filter(goal__in=apps.get_model("plans", "Goal").objects.visible_to(actor))


class InsatsResultQuerySet(QuerySet["InsatsResult"]):
    """What had come of insatser, in the field's words."""

    def visible_to(self, actor: Whom) -> InsatsResultQuerySet:
        """What came of an insats is visible if, and only if, the insats is."""
        return self.filter(insats__in=apps.get_model("plans", "Insats").objects.visible_to(actor))
