"""Whether the audit still says what was written into it.

The events are a chain: each digest covers the one before. That shows a change by whoever
can't write the rest of the chain anew. Against whoever can, the last digest of each day is
kept outside the database too, in a file of anchors that only grows (one line of JSON a day,
without personal data); keep it where the database's operator can't write.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper


@dataclass(frozen=True)
class Anchor:
    """The last event of a day that is over: the day, its number that day, its digest."""

    day: date
    no: int
    digest: str

    def line(self) -> str:
        """As it stands in the file."""
        return json.dumps({"day": self.day.isoformat(), "no": self.no, "digest": self.digest})

    @classmethod
    def read(cls, line: str) -> Anchor:
        """From a line of the file."""
        found = json.loads(line)
        return cls(date.fromisoformat(found["day"]), int(found["no"]), str(found["digest"]))


@dataclass(frozen=True)
class Fault:
    """A place where the chain doesn't hold. ``what``: ``missing`` before this event,
    ``changed`` (this event or the place it had), or ``anchor``: not as it was anchored."""

    day: date
    no: int
    what: str


def anchors() -> list[Anchor]:
    """What has been anchored, oldest first."""
    path = Path(settings.AUDIT_ANCHORS)
    if not path.exists():
        return []
    return [Anchor.read(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def anchor() -> int:
    """Anchor the days that are over and not anchored yet; how many. Doing it again adds nothing."""
    known = anchors()
    with _unhurried() as cursor:
        cursor.execute(
            "select day, no, digest from access.audit_heads(%s)", [known[-1].day if known else None]
        )
        new = [Anchor(*row) for row in cursor.fetchall()]
    if new:
        path = Path(settings.AUDIT_ANCHORS)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.writelines(f"{one.line()}\n" for one in new)
    return len(new)


def faults() -> Iterator[Fault]:
    """Every place where the chain or an anchor doesn't hold."""
    with _unhurried() as cursor:
        cursor.execute("select day, no, fault from access.audit_faults()")
        yield from (Fault(*row) for row in cursor.fetchall())
        kept = anchors()
        places = json.dumps([[one.day.isoformat(), one.no] for one in kept])
        cursor.execute("select day, no, digest from access.audit_digests(%s)", [places])
        found = {Anchor(*row) for row in cursor.fetchall()}
    yield from (Fault(one.day, one.no, "anchor") for one in kept if one not in found)


@contextlib.contextmanager
def _unhurried() -> Iterator[CursorWrapper]:
    """A cursor for statements over the whole log, which take longer than a page may (access/roles.sql)."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local statement_timeout = 0")
        yield cursor
        cursor.execute("set local statement_timeout to default")
