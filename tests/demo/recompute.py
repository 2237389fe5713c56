"""The demo's rows, seen without the stories that made them."""

from __future__ import annotations

import calendar
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model

from access.facts import CustodyFacts, ScopeFacts
from agencies.models import Unit
from barnensbasta.demo.rows import Rows
from consent.models import Answer, Consent, Scope
from people.models import Child, Guardianship


@dataclass
class Book:
    """Rows by what they belong to."""

    rows: Rows
    custody: dict[uuid.UUID, list[Guardianship]] = field(default_factory=lambda: defaultdict(list))
    scopes: dict[tuple[uuid.UUID, uuid.UUID], Scope] = field(default_factory=dict)
    answers: dict[uuid.UUID, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    unit_of_group: dict[str, Unit] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row in self.rows.of(Guardianship):
            self.custody[row.child.pk].append(row)
        for scope in self.rows.of(Scope):
            self.scopes[scope.consent.pk, scope.unit.pk] = scope
        for answer in self.rows.of(Answer):
            self.answers[answer.scope.pk].append(answer)
        for unit in self.rows.of(Unit):
            self.unit_of_group[unit.group.name] = unit

    def custody_facts(self, child: Child) -> tuple[CustodyFacts, ...]:
        """What the policy needs to know of a child's guardians."""
        return tuple(
            CustodyFacts(row.guardian.pk, row.valid.upper, row.contested) for row in self.custody[child.pk]
        )

    def scope_facts(self, scope: Scope) -> ScopeFacts:
        """What the policy needs to know of a scope's answers."""
        replies = [answer.reply for answer in self.answers[scope.pk] if answer.required]
        counted = (replies.count(word) for word in ("yes", "no", "withdrawn"))
        return ScopeFacts(len(replies), *counted)

    def scopes_of(self, consent: Consent) -> list[Scope]:
        """The units of a consent."""
        return [scope for (of, _), scope in self.scopes.items() if of == consent.pk]


def plain(rows: Rows) -> dict[str, list[dict[str, Any]]]:
    """All rows as plain values, to be compared."""
    return {model.__name__: [_values(row) for row in rows.of(model)] for model in rows.models()}


def _values(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def instants(row: Model) -> list[Any]:
    """The moments and beginnings of periods of a row."""
    found = []
    for name, value in _values(row).items():
        value = getattr(value, "lower", value)
        if hasattr(value, "hour") and name != "ends_at":
            found.append(value)
    return found


def years(born_on: date, on: date) -> int:
    """Whole years, counted another way than the project does; whoever is born on the
    leap day is a year older on the last of February."""
    leaps = (born_on.month, born_on.day) == (2, 29) and not calendar.isleap(on.year)
    day = 28 if leaps else born_on.day
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, day))
