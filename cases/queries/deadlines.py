"""Within how many working days each step is to be done, as a municipality has it."""

from __future__ import annotations

from access.actor import Actor
from agencies.models import StaffMember
from agencies.queries import municipality_administered
from cases.deadlines import FIRST_DAYS, Deadline, DeadlineSetting


def deadlines_of(municipality_code: str) -> dict[Deadline, int]:
    """Working days for each step; as it came with the installation where the municipality has set
    nothing of its own. One statement."""
    own = DeadlineSetting.objects.filter(municipality=municipality_code).order_by("no")
    return FIRST_DAYS | {Deadline(row.deadline): row.working_days for row in own}


def settings_of(deadline: Deadline, actor: Actor) -> list[tuple[DeadlineSetting, str]] | None:
    """What the municipality that the actor administers has set, newest first, each with the name of
    whoever set it; ``None`` if she administers none."""
    place = municipality_administered(actor)
    if place is None:
        return None
    own = list(DeadlineSetting.objects.filter(municipality=place, deadline=deadline).order_by("-no"))
    setters = StaffMember.objects.filter(account__in=[row.set_by_id for row in own])
    names = dict(setters.values_list("account", "name"))
    return [(row, names.get(row.set_by_id, "")) for row in own]
