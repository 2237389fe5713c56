"""The rows of the demo while they are made: in memory, with ids from a seed."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar, cast

from django.db.models import Model, UUIDField

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Trace:
    """An event of the audit chain: who did or read what, when."""

    at: datetime
    account: uuid.UUID
    membership: uuid.UUID | None
    role: str
    kind: str
    action: str
    child: uuid.UUID | None
    case: uuid.UUID | None
    object: uuid.UUID | None
    id: uuid.UUID


@dataclass
class Rows:
    """All rows, by model, in the order in which they were made.

    Each area has its own stream of ids and chances, so that a change in one
    leaves the others as they were.
    """

    seed: str
    chance: random.Random = field(init=False)
    traces: list[Trace] = field(default_factory=list)
    _made: dict[type[Model], list[Model]] = field(default_factory=dict)
    _ids: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._start("")

    def add(self, row: M) -> M:
        """Keep the row and give it its id."""
        if isinstance(row._meta.pk, UUIDField):
            row.pk = self.new_id()
        self._made.setdefault(type(row), []).append(row)
        return row

    def remove(self, row: Model) -> None:
        """Take a row back: what the database would delete."""
        self._made[type(row)].remove(row)

    def of(self, model: type[M]) -> list[M]:
        """The rows of a model."""
        return cast("list[M]", self._made.get(model, []))

    def models(self) -> set[type[Model]]:
        """The models that have rows."""
        return set(self._made)

    def new_id(self) -> uuid.UUID:
        """The next id of the area."""
        return uuid.UUID(int=self._ids.getrandbits(128), version=4)

    @contextmanager
    def area(self, name: str) -> Iterator[None]:
        """Within it, ids and chances come from the area's own stream."""
        before = (self.chance, self._ids)
        self._start(name)
        yield
        self.chance, self._ids = before

    def _start(self, name: str) -> None:
        self.chance = random.Random(f"{self.seed}/{name}/chance")  # noqa: S311 (nothing is secret here)
        self._ids = random.Random(f"{self.seed}/{name}/ids")  # noqa: S311
