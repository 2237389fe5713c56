"""What the plan's writer chooses from, and what a change touches."""

from __future__ import annotations

import uuid

from access.actor import Actor
from cases.models import Case, Entry, Version
from plans.models import PlanVersion


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


def plan_version(case_id: uuid.UUID, version_id: uuid.UUID, actor: Actor) -> PlanVersion | None:
    """One version of the case's plan, if the actor may see it and it is not discarded."""
    return (
        PlanVersion.objects.visible_to(actor)
        .filter(case=case_id, pk=version_id, discarded_at__isnull=True)
        .select_related("plan", "case__child", "wheel", "child_words")
        .first()
    )


def cited_in(version: PlanVersion, actor: Actor) -> list[Version]:
    """The child's words and the wheel that a plan cites, of these what the actor may read."""
    ids = [pk for pk in (version.child_words_id, version.wheel_id) if pk]
    return list(Version.objects.visible_to(actor).filter(pk__in=ids)) if ids else []


def agreed_versions(case_id: uuid.UUID, actor: Actor) -> list[PlanVersion]:
    """The agreed versions that the actor may see, newest first."""
    return list(PlanVersion.objects.visible_to(actor).agreed().filter(case=case_id).order_by("-no"))
