"""What the demo leaves for those who try it to sign or review."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from access.law import BasisFacts, Need, decide_basis, party_of, second_person
from access.policy import midnight
from access.shield import EMERGENCY_TEXT_FROM
from access.units import UnitKind
from agencies.models import Appointment, Membership
from barnensbasta.demo.county import build
from barnensbasta.demo.rows import Rows
from cases.models import Disclosure, Emergency, Named, Participation
from consent.law import basis_of, first_rows
from consent.models import LegalBasis
from people.models import Account

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def rows() -> Rows:
    return build(TODAY, password="a hash")


def test_one_waits_for_a_signature(rows: Rows) -> None:
    """Of the protected child: on a ground that holds, by one of the two nurses who are named, so
    that the other can sign."""
    (row,) = [row for row in rows.of(Disclosure) if row.second]
    assert row.to_unit is not None and row.ends_at is not None  # noqa: PT018
    bases = {one["code"]: basis_of(LegalBasis(**one)) for one in first_rows()}
    facts = BasisFacts(
        owner=party_of(UnitKind(row.owner_unit.kind), is_public=True),
        recipient=party_of(UnitKind(row.to_unit.kind), is_public=True),
        born_on=row.case.child.born_on,
        at=row.decided_at,
        category=row.version.category,
        filled=frozenset({Need.SUPPORT}),
        protected=True,
    )
    decision = decide_basis(bases[row.basis], facts)
    assert decision and decision.until == row.ends_at  # noqa: PT018
    assert second_person(bases[row.basis], facts) == row.second
    assert row.valid.isempty and row.signed_by is None  # noqa: PT018
    named = {one.account for one in rows.of(Named) if one.case is row.case}
    assert row.decided_by in named
    assert {one.username for one in named - {row.decided_by}} == {"bvc"}


def test_one_new_colleague_waits_for_the_head_of_the_unit(rows: Rows) -> None:
    """Proposed by somebody else, who administers the unit; she has neither account nor role."""
    (row,) = rows.of(Appointment)
    assert row.outcome == ""
    heads = {m.account.username for m in rows.of(Membership) if m.unit is row.unit and m.role == "lead"}
    assert "soc-ledare" in heads
    assert row.proposed_by.username == "admin"
    assert row.account_key not in {account.pk for account in rows.of(Account)}
    assert row.starts_on >= TODAY


def test_one_emergency_waits_for_its_review(rows: Rows) -> None:
    """Over, and not late: the head of the unit, who is somebody else, has some days left."""
    (row,) = rows.of(Emergency)
    assert row.valid.upper <= midnight(TODAY)
    assert row.valid.upper - row.valid.lower <= timedelta(hours=1)
    assert row.review_due_on >= TODAY
    assert len(row.text) >= EMERGENCY_TEXT_FROM
    assert row.account.username == "soc2" and row.reviewed_at is None  # noqa: PT018
    assert any(p.content_object is row.case and p.group is row.unit.group for p in rows.of(Participation))


def test_one_version_of_the_law_waits(rows: Rows) -> None:
    """Proposed by the administrator, as the first version of its ground but for its text."""
    (row,) = rows.of(LegalBasis)
    assert row.proposed_by is not None and row.proposed_by.username == "admin"  # noqa: PT018
    assert row.signed_at is None and row.declined_at is None  # noqa: PT018
    first = next(one for one in first_rows() if one["code"] == row.code)
    assert basis_of(row) != basis_of(LegalBasis(**first)), "its number at least"
    assert row.text != first["text"]
    assert row.starts_on >= TODAY
