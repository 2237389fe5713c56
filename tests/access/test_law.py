"""The legal grounds B1–B15: the matrix in full, what each ground needs, and the same in the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product

import pytest

from access.ages import STOCKHOLM, midnight
from access.law import (
    UNITS,
    BasisFacts,
    Matter,
    Need,
    Party,
    Second,
    advise,
    can_be_lawful,
    decide_basis,
    offered,
    party_of,
    second_person,
)
from access.reasons import Reason
from access.units import UnitKind
from consent.law import basis_of, first_rows, law_at
from consent.models import LegalBasis
from tests.access.definers import as_owner
from tests.database import as_loader
from tests.worlds import World

SOC, FR, HSV, EMI, EH = Party.SOCIAL, Party.COUNSELLING, Party.HEALTH, Party.PUPIL_MEDICAL, Party.PUPIL_HEALTH
SKOLA, FSK, POL, KF, FRI = Party.SCHOOL, Party.PRESCHOOL, Party.POLICE, Party.LEISURE, Party.PRIVATE

AT = datetime(2026, 3, 2, 12, tzinfo=STOCKHOLM)
LATER = AT + timedelta(days=90)
BASES = {row["code"]: basis_of(LegalBasis(**row)) for row in first_rows()}

# Ground → the pairs of owner and recipient between which it can hold, written out from the law
# and not from the file: a pair that is not here is barred.
PUBLIC = UNITS - {FRI, FR}
LAWFUL_BETWEEN: dict[str, set[tuple[Party, Party]]] = {
    "B1": {(o, r) for o in UNITS - {FR} for r in UNITS},
    "B2": {(o, r) for o in PUBLIC for r in UNITS},
    "B3": {(o, r) for o in PUBLIC for r in UNITS},
    "B4": {(o, r) for o in (EH, SKOLA, FSK, POL, KF) for r in UNITS - {FRI}},
    "B5": {(o, SOC) for o in UNITS - {FR}} | {(o, POL) for o in (SOC, EH, SKOLA, FSK, KF, FRI)},
    "B6": {(SOC, SOC), (SOC, HSV), (HSV, SOC), (HSV, HSV), (EMI, SOC), (EMI, HSV)},
    "B7": {(EMI, EH), (EMI, SKOLA)},
    "B8": {(SOC, POL)},
    "B9": {(SOC, POL), (HSV, POL)},
    "B10": {(SOC, POL), (HSV, POL)},
    "B11": {(o, r) for o in (SOC, EH, SKOLA, FSK, POL, KF) for r in UNITS - {FRI}},
    "B12": {(SKOLA, POL), (FRI, POL), (KF, POL)},
    "B13": set(),
    "B14": set(),
    "B15": set(),
}
EVERYTHING = frozenset(Need)


def facts(owner: Party, recipient: Party, **more: object) -> BasisFacts:
    """A child of 10, everything filled in, within one authority, a consent that covers it."""
    usual: dict[str, object] = {
        "born_on": date(2016, 1, 1), "at": AT, "category": "practical", "same_authority": True,
        "consent_until": LATER, "filled": EVERYTHING,
    }  # fmt: skip
    return BasisFacts(owner=owner, recipient=recipient, **{**usual, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize("code", BASES)
def test_i2_the_matrix(code: str) -> None:
    """Every ground between every two: it can hold where the law says so, and nowhere else."""
    found = {
        (owner, recipient)
        for owner, recipient in product(UNITS, UNITS)
        if can_be_lawful(BASES[code], facts(owner, recipient))
    }
    assert found == LAWFUL_BETWEEN[code], found ^ LAWFUL_BETWEEN[code]


# The examples of the decision table: actor, ground, recipient, more → the reason.
TABLE = [
    ("12", SOC, "B4", SKOLA, {}, Reason.BASIS_NOT_FROM_YOU),
    ("13", SKOLA, "B4", SOC, {}, Reason.LAWFUL),
    ("15", SOC, "B6", HSV, {"born_on": date(2009, 1, 1)}, Reason.LAWFUL),
    ("17", SOC, "B8", POL, {"born_on": date(2006, 1, 1)}, Reason.LAWFUL),
    ("19", HSV, "B11", POL, {}, Reason.BASIS_NOT_FROM_YOU),
    ("32", SKOLA, "B1", KF, {}, Reason.LAWFUL),
    ("33", SKOLA, "B1", KF, {"category": "health"}, Reason.PRACTICAL_PLAN_ONLY),
    ("33, on another ground", SKOLA, "B2", KF, {"category": "basis"}, Reason.PRACTICAL_PLAN_ONLY),
    ("B6 to a school", SOC, "B6", SKOLA, {}, Reason.BASIS_NOT_TO_THEM),
    ("B4 from health care", HSV, "B4", SOC, {}, Reason.BASIS_NOT_FROM_YOU),
    ("B4 to an independent school", SKOLA, "B4", FRI, {}, Reason.BASIS_AUTHORITIES_ONLY),
    ("B4 from an independent school", FRI, "B4", SOC, {}, Reason.BASIS_NOT_FROM_YOU),
    ("B8 for a committed crime", SOC, "B8", POL, {"committed_crime": True}, Reason.NOT_FOR_COMMITTED_CRIME),
    ("B8 without the risk", SOC, "B8", POL, {"filled": frozenset()}, Reason.BASIS_WITHOUT_GROUNDS),
    ("B7 to another authority", EMI, "B7", SKOLA, {"same_authority": False}, Reason.BASIS_SAME_AUTHORITY),
    ("B7 from BVC", HSV, "B7", SKOLA, {}, Reason.BASIS_NOT_FROM_YOU),
    ("B1 without consent", SKOLA, "B1", SOC, {"consent_until": None}, Reason.UNIT_NOT_CONSENTED),
    ("B1 about a parent", SKOLA, "B1", SOC, {"beyond_consent": True}, Reason.CONSENT_NOT_ENOUGH),
    ("B4 about a parent", SKOLA, "B4", SOC, {"beyond_consent": True}, Reason.LAWFUL),
    ("B5 without the statute", SKOLA, "B5", SOC, {}, Reason.NAME_THE_DUTY),
    ("B5 with it", SKOLA, "B5", SOC, {"duty": "sol_20_6"}, Reason.LAWFUL),
    ("B5 from an independent school", FRI, "B5", SOC, {"duty": "sol_20_6"}, Reason.LAWFUL),
    ("B5 with another's", SKOLA, "B5", SOC, {"duty": "lag_2025_170"}, Reason.NO_DUTY_TO_THEM),
    ("B5 as a notification", SKOLA, "B5", SOC, {"duty": "sol_19_1"}, Reason.NOTIFY_OUTSIDE),
    ("B5 to school", SOC, "B5", SKOLA, {"duty": "sol_20_6"}, Reason.NO_DUTY_TO_THEM),
    ("B13 to a unit", SOC, "B13", SKOLA, {}, Reason.BASIS_NOT_FOR_UNITS),
    ("B14 to a unit", SOC, "B14", SKOLA, {}, Reason.BASIS_NOT_FOR_UNITS),
    ("B15 to a unit", SOC, "B15", SKOLA, {}, Reason.BASIS_NOT_FOR_UNITS),
    ("family counselling", FR, "B1", SOC, {}, Reason.ABSOLUTE_SECRECY),
    ("B12 from social services", SOC, "B12", POL, {}, Reason.BASIS_NOT_FROM_YOU),
    ("B2 with a sentence", HSV, "B2", SKOLA, {}, Reason.LAWFUL),
    ("B2 without one", HSV, "B2", SKOLA, {"filled": frozenset()}, Reason.BASIS_WITHOUT_GROUNDS),
]  # fmt: skip


@pytest.mark.parametrize(
    ("owner", "code", "recipient", "more", "reason"),
    [row[1:] for row in TABLE],
    ids=[row[0] for row in TABLE],
)
def test_the_decision_table(
    owner: Party, code: str, recipient: Party, more: dict[str, object], reason: Reason
) -> None:
    """What may be shown on which ground, and why not."""
    decision = decide_basis(BASES[code], facts(owner, recipient, **more))
    assert decision.reason is reason
    assert bool(decision) == (reason is Reason.LAWFUL)


@pytest.mark.parametrize(("code", "owner", "recipient", "age"), [("B6", SOC, HSV, 18), ("B8", SOC, POL, 21)])
@pytest.mark.parametrize("born_on", [date(2008, 2, 29), date(2009, 6, 6), date(2007, 12, 31)])
def test_i18_a_ground_ends_at_midnight_of_the_birthday(
    code: str, owner: Party, recipient: Party, age: int, born_on: date
) -> None:
    """I18: to the microsecond, in Swedish time, leap day too; and what is shown ends then."""
    turns = date(born_on.year + age, born_on.month, 28 if born_on.day == 29 else born_on.day)
    before = facts(owner, recipient, born_on=born_on, at=midnight(turns) - timedelta(microseconds=1))
    assert decide_basis(BASES[code], before).until == midnight(turns)
    after = replace(before, at=midnight(turns))
    assert decide_basis(BASES[code], after).reason is Reason.BASIS_CHILD_TOO_OLD


def test_how_long_it_is_shown() -> None:
    """On consent as long as that; on another ground a year at the most."""
    assert decide_basis(BASES["B1"], facts(SKOLA, SOC)).until == LATER
    until = decide_basis(BASES["B4"], facts(SKOLA, SOC)).until
    assert until == midnight(date(2027, 3, 2))


def test_who_signs() -> None:
    """B11 a lawyer; of a child with protected identity always a second person."""
    assert second_person(BASES["B11"], facts(SKOLA, POL)) is Second.LAWYER
    assert second_person(BASES["B11"], facts(SKOLA, POL, protected=True)) is Second.LAWYER
    assert second_person(BASES["B4"], facts(SKOLA, SOC)) is Second.NOBODY
    assert second_person(BASES["B4"], facts(SKOLA, SOC, protected=True)) is Second.COLLEAGUE


OFFERED = [
    (SOC, SKOLA, {"category": "basis"}, ["B1", "B2", "B3"]),
    (SOC, SKOLA, {"consent_until": None}, ["B2", "B3"]),
    (SOC, HSV, {}, ["B1", "B6", "B2"]),
    (SOC, POL, {"consent_until": None}, ["B8", "B9", "B5"]),
    (SOC, POL, {"consent_until": None, "born_on": date(2000, 1, 1)}, ["B9", "B5", "B2"]),
    (SKOLA, SOC, {"consent_until": None}, ["B4", "B5", "B2"]),
    (FRI, SOC, {"consent_until": None}, ["B5"]),
    (FRI, SKOLA, {"consent_until": None}, []),
    (EMI, EH, {"consent_until": None}, ["B7", "B2", "B3"]),
    (FR, SOC, {}, []),
]


@pytest.mark.parametrize(("owner", "recipient", "more", "codes"), OFFERED)
def test_a_page_offers_three_at_most(
    owner: Party, recipient: Party, more: dict[str, object], codes: list[str]
) -> None:
    """Those that can be lawful here and now; the rest only to a lawyer."""
    case = facts(owner, recipient, filled=frozenset(), **more)
    assert [basis.code for basis in offered(BASES.values(), case, to_lawyer=False)] == codes
    lawyers = offered(BASES.values(), case, to_lawyer=True)
    assert {b.code for b in lawyers} == {b.code for b in BASES.values() if can_be_lawful(b, case)}
    assert set(codes) <= {basis.code for basis in lawyers}


@pytest.mark.parametrize(
    ("owner", "recipient", "matter", "holds", "not_"),
    [
        (SKOLA, SOC, Matter.HELP, ["B4", "B2"], ["B6", "B7"]),
        (SOC, SKOLA, Matter.HELP, ["B2"], ["B6", "B7", "B4"]),
        (SOC, POL, Matter.CRIME_RISK, ["B8", "B11"], ["B12"]),
        (HSV, POL, Matter.VIOLENCE, ["B9", "B10"], []),
        (SKOLA, SOC, Matter.AGREED, ["B1"], []),
    ],
)
def test_what_may_i_share(
    owner: Party, recipient: Party, matter: Matter, holds: list[str], not_: list[str]
) -> None:
    """Two questions, an answer: what holds first, what doesn't after it."""
    found = advise(BASES.values(), facts(owner, recipient), matter)
    assert [a.basis.code for a in found if a.decision] == holds
    assert [a.basis.code for a in found if not a.decision] == not_


def test_every_ground_is_there_once() -> None:
    """B1 to B15."""
    assert [row["code"] for row in first_rows()] == [f"B{n}" for n in range(1, 16)]


# --- Rows and the database -----------------------------------------------------------------------


def test_a_party_is_the_same_in_the_database(world: World) -> None:
    """``access_owner.party`` says what ``party_of`` says, of every kind, public and private."""
    public = world.units["bvc"].organisation
    with as_loader():
        private = type(public).objects.create(
            name="Privat", municipality=public.municipality, is_public=False
        )
    world.organisations[private.name] = private
    for kind, organisation in product(UnitKind, (public, private)):
        unit = world.add_unit(f"{kind} {organisation.name}", kind.value, organisation.name, "0761")
        wanted = party_of(kind, is_public=organisation.is_public)
        assert as_owner("party", unit.pk) == wanted, (kind, organisation.name)


def test_a_later_version_holds_when_it_is_signed(world: World) -> None:
    """The law as it was, and as it is from the day and the signature on."""
    account, other = world.accounts["admin"], world.accounts["bvc2"]
    with as_loader():
        first = LegalBasis.objects.get(code="B6", no=1)
        second = LegalBasis.objects.create(
            **{
                f.name: getattr(first, f.name)
                for f in LegalBasis._meta.fields
                if f.name not in {"id", "no", "child_under", "starts_on"}
            }
            | {"no": 2, "child_under": 20, "starts_on": world.today, "proposed_by": account}
        )
        assert law_at(world.at).bases["B6"].child_under == 18
        LegalBasis.objects.filter(pk=second.pk).update(signed_by=other, signed_at=world.days(-1))
        assert law_at(world.at).bases["B6"].child_under == 20
        assert law_at(world.days(-2)).bases["B6"].child_under == 18
