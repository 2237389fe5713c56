"""What a goal builds on: chosen from what its writer's unit may read, and never lost by copying."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping

from django.utils.translation import gettext as _

from access.actor import Actor
from cases.models import Version
from kit.errors import Refused
from plans.models import Citation, Goal, PlanVersion


def cite(version: PlanVersion, cites: Mapping[Goal, frozenset[uuid.UUID]], by: Actor) -> None:
    """Make each goal of a draft build on just these. What the actor may not read she can
    neither add nor take away: what derives from it keeps what it has inherited."""
    has: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for goal_id, cited_id in Citation.objects.filter(version=version).values_list("goal", "cited"):
        has[goal_id].add(cited_id)
    named = set().union(*has.values(), *cites.values())
    readable = set(
        Version.objects.visible_to(by).filter(pk__in=named, case=version.case_id).values_list("pk", flat=True)
    )
    made = []
    for goal, chosen in cites.items():
        before = has[goal.pk]
        if chosen - before - readable:
            raise Refused(_("Choose something that you can read yourself."))
        Citation.objects.filter(goal=goal, cited__in=(before & readable) - chosen).delete()
        made += [_citation(version, goal.pk, cited) for cited in sorted(chosen - before)]
    Citation.objects.bulk_create(made)


def copy_citations(old: PlanVersion, new: PlanVersion, goals: Mapping[uuid.UUID, Goal]) -> None:
    """What the goals of one version build on, those of the next build on too. ``goals`` are
    the new ones by the old ones' keys."""
    rows = Citation.objects.filter(version=old).values_list("goal", "cited")
    Citation.objects.bulk_create(_citation(new, goals[goal].pk, cited) for goal, cited in rows)


def _citation(version: PlanVersion, goal_id: uuid.UUID, cited_id: uuid.UUID) -> Citation:
    return Citation(
        goal_id=goal_id,
        version=version,
        case_id=version.case_id,
        owner_unit_id=version.owner_unit_id,
        cited_id=cited_id,
    )
