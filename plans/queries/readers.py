"""Who is shown the plan now, as far as an actor may know."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from access.actor import Actor
from access.clock import access_at
from plans.models import PlanVersion, Release

Recipient = tuple[str, uuid.UUID]  # "unit", "guardian" or "child", and its id


@dataclass(frozen=True)
class Reader:
    """Until when somebody is shown the plan, and whether only her unit's own rows."""

    until: datetime | None
    own_rows: bool


@dataclass(frozen=True)
class PlanReaders:
    """The newest agreed version that the actor may see. ``mine``: her unit writes the
    plan and knows everybody who reads it; others know of themselves."""

    version: PlanVersion
    mine: bool
    readers: dict[Recipient, Reader] = field(default_factory=dict)


def plan_readers(case_id: uuid.UUID, actor: Actor) -> PlanReaders | None:
    """Who is shown the newest agreed plan: two statements."""
    version = (
        PlanVersion.objects.visible_to(actor)
        .filter(case=case_id, agreed_at__isnull=False)
        .order_by("-agreed_at", "-no")
        .first()
    )
    releases = Release.objects.filter(
        version=version.pk if version else uuid.UUID(int=0), case=case_id, valid__contains=access_at()
    )
    readers = {
        _recipient(release): Reader(release.valid.upper, release.rows == Release.Rows.OWN)
        for release in releases
    }
    if version is None:
        return None
    return PlanReaders(version, version.owner_unit_id == actor.unit_id, readers)


def _recipient(release: Release) -> Recipient:
    if release.to_unit_id:
        return "unit", release.to_unit_id
    if release.to_guardian_id:
        return "guardian", release.to_guardian_id
    return "child", release.to_child_id or uuid.UUID(int=0)
