"""The legal grounds as rows: which version of each holds, and the first ones as they come."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Q

from access.ages import swedish_day
from access.law import Basis, Duty, Matter, Need, Party, Second
from consent.models import LegalBasis

FIRST = Path(__file__).with_name("legal_bases.toml")
# SoL (2025:400) begins to hold; whatever the paragraphs say, nothing here is older.
FIRST_DAY = date(2025, 7, 1)


@dataclass(frozen=True)
class Law:
    """The grounds in force at an instant: as the policy judges them, and as people read them.

    ``versions`` are those that are or have been in force by then, so that what was decided on an
    older one is told in its words.
    """

    rows: dict[str, LegalBasis]
    bases: dict[str, Basis]
    versions: dict[tuple[str, int], LegalBasis]

    def all(self) -> list[Basis]:
        """In the order in which they are offered."""
        return sorted(self.bases.values(), key=lambda basis: basis.rank)

    def version(self, code: str, no: int) -> LegalBasis:
        """The version that something was decided on."""
        return self.versions[code, no]

    def duty_name(self, code: str, duty: str, no: int | None = None) -> str:
        """What a statute is called, in a version or in the one in force."""
        row = self.versions[code, no] if no else self.rows[code]
        return next((str(d["name"]) for d in row.duties if d["code"] == duty), duty)


def law_at(at: datetime) -> Law:
    """Of each ground the latest version that has begun; one that is not the first holds only
    from its signature. One statement."""
    begun = LegalBasis.objects.filter(starts_on__lte=swedish_day(at)).filter(Q(no=1) | Q(signed_at__lte=at))
    found = list(begun.order_by("code", "no"))
    rows = {row.code: row for row in found}
    versions = {(row.code, row.no): row for row in found}
    return Law(rows, {code: basis_of(row) for code, row in rows.items()}, versions)


def basis_of(row: LegalBasis) -> Basis:
    """A row as the policy reads it."""
    return Basis(
        code=row.code,
        no=row.no,
        provision=row.provision,
        owners=frozenset(map(Party, row.owners)),
        recipients=frozenset(map(Party, row.recipients)),
        needs=frozenset(map(Need, row.needs)),
        matters=frozenset(map(Matter, row.matters)),
        duties=tuple(_duty(duty) for duty in row.duties),
        same_authority=row.same_authority,
        child_under=row.child_under,
        second=Second(row.second),
        lawyer_only=row.lawyer_only,
        rank=row.rank,
    )


@cache
def first_rows() -> tuple[dict[str, Any], ...]:
    """The first version of each ground, as values of :class:`LegalBasis`."""
    return tuple(
        {"no": 1, "starts_on": FIRST_DAY, **basis}
        for basis in tomllib.loads(FIRST.read_text(encoding="utf-8"))["basis"]
    )


def _duty(duty: dict[str, Any]) -> Duty:
    return Duty(
        code=duty["code"],
        owners=frozenset(map(Party, duty["owners"])),
        to=frozenset(map(Party, duty["to"])),
        outside=bool(duty.get("outside")),
    )
