"""The wheels that an actor may see: each person's view by itself, never merged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from access.actor import Actor
from access.clock import access_at
from cases.models import Case, Disclosure, Entry, Version
from cases.queries.timeline import newest_versions
from cases.wheel import Perspective, Wheel

MOST_WHEELS = 60


@dataclass(frozen=True)
class WheelEntry:
    """One wheel; ``shown_at`` when another unit's was shown to the actor's."""

    version: Version
    wheel: Wheel
    shown_at: datetime | None = None

    @property
    def speaker(self) -> str:
        """The guardian by name, where that was noted; else empty."""
        return str(self.version.data.get("speaker", ""))

    @property
    def view(self) -> tuple[str, str]:
        """Whose view it is: only wheels of the same view are laid over each other.
        A professional view belongs to the unit that made it."""
        perspective = self.wheel.perspective
        if perspective == Perspective.PROFESSIONAL:
            return perspective.value, str(self.version.owner_unit_id)
        return perspective.value, self.speaker


@dataclass(frozen=True)
class WheelSeries:
    """One person's wheels, newest first; at least one."""

    wheels: list[WheelEntry]

    @property
    def now(self) -> WheelEntry:
        """The latest."""
        return self.wheels[0]

    @property
    def before(self) -> WheelEntry | None:
        """The one before it."""
        return self.wheels[1] if len(self.wheels) > 1 else None


def wheels_of(case: Case, actor: Actor) -> list[WheelSeries]:
    """The wheels open to the actor, by view: the child's first, then guardians',
    then the units'. Two statements."""
    newest = newest_versions(case, actor).filter(kind=Entry.Kind.WHEEL)
    versions = list(newest.order_by("-happened_on", "-written_at", "-pk")[:MOST_WHEELS])
    shown = dict(
        Disclosure.objects.filter(
            case=case, to_unit=actor.unit_id, version__in=versions, valid__contains=access_at()
        ).values_list("version", "decided_at")
    )
    by_view: dict[tuple[str, str], list[WheelEntry]] = {}
    for version in versions:
        entry = WheelEntry(version, Wheel.of(version.data), shown.get(version.pk))
        by_view.setdefault(entry.view, []).append(entry)
    order = [perspective.value for perspective in Perspective]
    return [WheelSeries(by_view[view]) for view in sorted(by_view, key=lambda v: (order.index(v[0]), v[1]))]


def same_view_and_day(version: Version, actor: Actor) -> bool:
    """Whether another wheel of the same view and day is open to the actor. One statement."""
    mine = WheelEntry(version, Wheel.of(version.data))
    others = (
        newest_versions(version.entry.case, actor)
        .filter(kind=Entry.Kind.WHEEL, happened_on=version.happened_on)
        .exclude(entry=version.entry_id)[:MOST_WHEELS]
    )
    return any(WheelEntry(other, Wheel.of(other.data)).view == mine.view for other in others)
