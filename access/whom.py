"""For whom something is computed, apart from who asks.

The second wall asks what somebody may see. Most often that is whoever asks; for a preview
(*Förhandsvisa som …*) it is a unit or somebody in the family. The same QuerySets take either, so
that a preview can't come to say something else than the page. Row-level security goes on
asking who acts: what comes out is what both may see. Nobody's account is taken over.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from access.actor import Actor
from access.units import UnitKind


@dataclass(frozen=True)
class Recipient:
    """A unit, as whoever works there with the case; a guardian, or the youth herself."""

    unit_id: uuid.UUID | None = None
    unit_kind: UnitKind | None = None
    guardian_id: uuid.UUID | None = None
    child_id: uuid.UUID | None = None

    @property
    def is_staff(self) -> bool:
        """A unit."""
        return self.unit_id is not None

    @property
    def is_family(self) -> bool:
        """Guardian or youth."""
        return self.unit_id is None and bool(self.guardian_id or self.child_id)


Whom = Actor | Recipient


def ids_of(whom: Whom, what: str) -> tuple[str, *tuple[Any, ...]]:
    """The function of the database that names something for her, and its arguments: ``my_…`` for
    the one that acts, its twin ``their_…`` for somebody else in the family."""
    if isinstance(whom, Recipient):
        return f"access.their_{what}", whom.guardian_id, whom.child_id
    return (f"access.my_{what}",)
