"""Which plans, versions and rows an actor may see: the second of the three walls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from access.actor import Actor
from access.clock import access_at

if TYPE_CHECKING:
    from plans.models import FollowUp, Insats, Plan, PlanVersion, Release  # noqa: F401 (named in the classes' bases)


def _released_to(actor: Actor) -> Q:
    """A condition on releases: in force, and to the actor."""
    cases = apps.get_model("cases", "Case").objects
    if actor.is_family:
        to_me = Q(to_guardian=actor.guardian_id) if actor.guardian_id else Q(pk__in=[])
        if actor.child_id:
            to_me |= Q(to_child=actor.child_id)
        return to_me & Q(valid__contains=access_at(), case__in=cases.of_family(actor))
    return Q(to_unit=actor.unit_id, valid__contains=access_at(), case__in=cases.worked_on_by(actor))


def _owned(actor: Actor) -> Q:
    """A condition: the actor's unit wrote it, in a case she works on."""
    cases = apps.get_model("cases", "Case").objects
    if not actor.is_staff:
        return Q(pk__in=[])
    return Q(owner_unit=actor.unit_id, case__in=cases.worked_on_by(actor))


def _releases(actor: Actor, **conditions: object) -> QuerySet[Release]:
    releases = apps.get_model("plans", "Release").objects
    if not (actor.is_staff or actor.is_family):
        return releases.none()
    return releases.filter(_released_to(actor), **conditions)


class PlanVersionQuerySet(QuerySet["PlanVersion"]):
    """Plan versions, in the field's words."""

    def visible_to(self, actor: Actor) -> PlanVersionQuerySet:
        """A version is visible if, and only if, the actor's unit writes the plan
        and she works on the case, or the version is released to her now, whole
        or for her unit's own rows."""
        return self.filter(_owned(actor) | Q(Exists(_releases(actor, version=OuterRef("pk")))))

    def agreed(self) -> PlanVersionQuerySet:
        """Fixed for good."""
        return self.filter(agreed_at__isnull=False)


class PlanQuerySet(QuerySet["Plan"]):
    """Plans, in the field's words."""

    def visible_to(self, actor: Actor) -> PlanQuerySet:
        """A plan is visible if, and only if, one of its versions is, or the
        actor's unit writes it and she works on the case."""
        return self.filter(_owned(actor) | Q(Exists(_releases(actor, version__plan=OuterRef("pk")))))


class FollowUpQuerySet(QuerySet["FollowUp"]):
    """Follow-ups, in the field's words."""

    def visible_to(self, actor: Actor) -> FollowUpQuerySet:
        """A follow-up is visible if, and only if, its version is visible whole."""
        return self.filter(
            _owned(actor) | Q(Exists(_releases(actor, version=OuterRef("version"), rows="all")))
        )


class InsatsQuerySet(QuerySet["Insats"]):
    """Rows of plans, in the field's words."""

    def visible_to(self, actor: Actor) -> InsatsQuerySet:
        """A row is visible if, and only if, its version is visible whole, or the
        version's own rows are released to the actor's unit and the row is its."""
        return self.filter(
            _owned(actor)
            | Q(Exists(_releases(actor, version=OuterRef("version"), rows="all")))
            | Q(
                Exists(_releases(actor, version=OuterRef("version"), rows="own")),
                unit=actor.unit_id,
            )
        )
