"""Consents that end soon: while they hold, the family can be asked anew.

A consent is not prolonged. It is asked for again, with the same units as a proposal, and everybody
who decides answers again; until then the one that ends goes on as it is (GDPR 7, OSL 12:2). A unit's
consent ends soon if, and only if, none that it has lasts longer and no newer question about it waits.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import DateTimeField, F, Func, Q

from access.actor import Actor
from access.clock import access_at
from consent.models import Scope, State
from kit.dates import last_day

# From so many days before its last day a new question is proposed; reminders go out then and at 30.
OFFERED_BEFORE = timedelta(days=60)


@dataclass(frozen=True)
class Ending:
    """What ends soon for a child: the units with what they may be shown, the first last day among
    them, and what the question that ends first was for."""

    child_id: uuid.UUID
    last_on: date
    purpose: str
    units: dict[uuid.UUID, list[str]]


@dataclass(frozen=True)
class _Held:
    asked_at: datetime
    ends: datetime
    purpose: str
    categories: list[str]


def ending_consents(children: Collection[uuid.UUID], actor: Actor) -> list[Ending]:
    """Of each child what ends within 60 days, if it has not been asked for anew: one statement."""
    if not children:
        return []
    scopes = (
        Scope.objects.filter(
            Q(state=State.GIVEN, valid__contains=access_at()) | Q(state=State.WAITING),
            consent__child__in=children,
        )
        .annotate(ends=Func(F("valid"), function="upper", output_field=DateTimeField()))
        .values_list(
            "consent__child", "unit", "state", "consent__asked_at", "ends", "consent__purpose", "categories"
        )
    )
    held: dict[tuple[uuid.UUID, uuid.UUID], _Held] = {}
    asked: dict[tuple[uuid.UUID, uuid.UUID], datetime] = {}
    for child, unit, state, at, ends, purpose, categories in scopes:
        of_unit = (child, unit)
        if state == State.WAITING:
            asked[of_unit] = max(at, asked.get(of_unit, at))
        elif of_unit not in held or held[of_unit].ends < ends:
            held[of_unit] = _Held(at, ends, purpose, categories)
    return _endings(
        {key: one for key, one in held.items() if not asked.get(key, one.asked_at) > one.asked_at}, actor
    )


def _endings(held: dict[tuple[uuid.UUID, uuid.UUID], _Held], actor: Actor) -> list[Ending]:
    """Those that end in time to be told of, together for each child."""
    of_child: dict[uuid.UUID, list[tuple[_Held, uuid.UUID]]] = defaultdict(list)
    for (child, unit), one in held.items():
        if actor.today <= last_day(one.ends) <= actor.today + OFFERED_BEFORE:
            of_child[child].append((one, unit))
    return [_ending(child, found) for child, found in of_child.items()]


def _ending(child: uuid.UUID, found: list[tuple[_Held, uuid.UUID]]) -> Ending:
    first = min((one for one, _unit in found), key=lambda one: (one.ends, one.asked_at))
    return Ending(child, last_day(first.ends), first.purpose, {unit: one.categories for one, unit in found})
