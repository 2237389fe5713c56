"""What the plan's writer chooses from, and what a change touches."""

from __future__ import annotations

import uuid
from collections import defaultdict

from access.actor import Actor
from access.whom import Whom
from cases.models import Case, Entry, Version
from plans.models import Citation, PlanVersion


def words_and_wheels(case: Case, actor: Actor) -> tuple[list[Version], list[Version]]:
    """The child's words and the wheels that the actor may read, newest first."""
    versions = (
        Version.objects.visible_to(actor)
        .filter(case=case, kind__in=[Entry.Kind.CHILD_WORDS, Entry.Kind.WHEEL])
        .newest_of_each()
    )
    newest = sorted(versions, key=lambda version: version.happened_on, reverse=True)
    return (
        [v for v in newest if v.kind == Entry.Kind.CHILD_WORDS],
        [v for v in newest if v.kind == Entry.Kind.WHEEL],
    )


MOST_CITED = 60


def citable(version: PlanVersion, actor: Actor) -> list[Version]:
    """What a goal can build on: the newest version of each entry that the actor may read, in
    the case, latest first; what one builds on already always among them. Two statements."""
    newest = Version.objects.visible_to(actor).filter(case=version.case_id).newest_of_each()
    found = Version.objects.filter(pk__in=newest.values("pk")).order_by("-happened_on", "-written_at")
    cited = set(Citation.objects.filter(version=version).values_list("cited__entry", flat=True))
    return [each for number, each in enumerate(found) if number < MOST_CITED or each.entry_id in cited]


def cited_by_goals(version: PlanVersion, actor: Actor) -> dict[uuid.UUID, list[Version]]:
    """By goal, what it builds on, of that what the actor may read: one statement."""
    found: dict[uuid.UUID, list[Version]] = defaultdict(list)
    readable = Version.objects.visible_to(actor)
    for row in (
        Citation.objects.filter(version=version, cited__in=readable.values("pk"))
        .select_related("cited")
        .order_by("-cited__happened_on")
    ):
        found[row.goal_id].append(row.cited)
    return found


def plan_version(case_id: uuid.UUID, version_id: uuid.UUID, actor: Actor) -> PlanVersion | None:
    """One version of the case's plan, if the actor may see it and it is not discarded."""
    return (
        PlanVersion.objects.visible_to(actor)
        .filter(case=case_id, pk=version_id, discarded_at__isnull=True)
        .select_related("plan", "case__child", "wheel", "child_words")
        .first()
    )


def cited_in(version: PlanVersion, actor: Actor, *, whom: Whom | None = None) -> list[Version]:
    """The child's words and the wheel that a plan cites, of these what the actor may read; with
    ``whom``, what both may."""
    ids = [pk for pk in (version.child_words_id, version.wheel_id) if pk]
    visible = Version.objects.visible_to(actor)
    if whom is not None:
        visible = visible.visible_to(whom)
    return list(visible.filter(pk__in=ids)) if ids else []


def agreed_versions(case_id: uuid.UUID, actor: Actor) -> list[PlanVersion]:
    """The agreed versions that the actor may see, newest first."""
    return list(PlanVersion.objects.visible_to(actor).agreed().filter(case=case_id).order_by("-no"))
