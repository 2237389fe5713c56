"""Small random worlds as plain values, and how hypothesis draws them.

Nothing here touches the database: a description is what the oracle judges by,
and what ``loading.py`` writes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

UNITS = ("bvc", "logoped", "school", "leisure")
STAFF = (0, 1, 2)
GUARDIANS = (0, 1)
CASES = (0, 1)  # case n is child n's

Days = tuple[float | None, float | None]

# Half-open, in days from the instant judged by: ended, current, current with an end, to come,
# and the two instants that are easily judged wrong.
PERIODS: tuple[Days, ...] = ((-20, -1), (-1, None), (-1, 10), (1, None), (0, None), (-1, 0))
CURRENT: Days = (-1, None)


@dataclass(frozen=True)
class Membership:
    """A person's role in a unit."""

    person: int
    unit: str
    role: str
    valid: Days


@dataclass(frozen=True)
class Custody:
    """A guardian's of a child."""

    guardian: int
    child: int
    contested: bool
    valid: Days


@dataclass(frozen=True)
class TakesPart:
    """A unit in a case."""

    unit: str
    case: int
    kind: str
    valid: Days


@dataclass(frozen=True)
class WorksOn:
    """A person on a case, in a unit."""

    person: int
    unit: str
    case: int
    valid: Days


@dataclass(frozen=True)
class Held:
    """Who holds a case."""

    responsible: str
    coordinator: str | None


@dataclass(frozen=True)
class Consented:
    """A unit of the case's consent."""

    case: int
    unit: str
    state: str
    category: str
    valid: Days


@dataclass(frozen=True)
class Written:
    """An entry with one or two versions."""

    case: int
    owner: str
    kind: str
    category: str
    versions: int


@dataclass(frozen=True)
class Recipient:
    """One unit, guardian or child."""

    unit: str | None = None
    guardian: int | None = None
    child: int | None = None


@dataclass(frozen=True)
class Shown:
    """The first or last version of an entry, shown to one."""

    entry: int
    newest: bool
    to: Recipient
    valid: Days


@dataclass(frozen=True)
class Planned:
    """A plan of one version with a row for each of ``rows``."""

    case: int
    owner: str
    agreed: bool
    rows: tuple[str | None, ...]


@dataclass(frozen=True)
class Released:
    """A plan's version, shown to one, whole or with the unit's own rows."""

    plan: int
    to: Recipient
    rows: str
    valid: Days


@dataclass(frozen=True)
class SmallWorld:
    """Two cases and everything that decides who sees what of them."""

    memberships: tuple[Membership, ...]
    custodies: tuple[Custody, ...]
    youth_days: int  # child 1 turned 16 so many days ago (0: today)
    guardian_works: bool  # guardian 0 is also person 0
    held: tuple[Held, ...]
    takes_part: tuple[TakesPart, ...]
    works_on: tuple[WorksOn, ...]
    consented: tuple[Consented, ...]
    entries: tuple[Written, ...]
    shown: tuple[Shown, ...]
    plans: tuple[Planned, ...]
    released: tuple[Released, ...]
    reported: tuple[tuple[int, int], ...] = field(default=())  # plan, row


def born_on(world: SmallWorld, today: date) -> dict[int, date]:
    """Child 0 is ten; child 1 turned, or will turn, sixteen."""
    sixteenth = today - timedelta(days=world.youth_days)
    if (sixteenth.month, sixteenth.day) == (2, 29):
        sixteenth -= timedelta(days=1)
    return {0: today.replace(year=today.year - 10, day=1), 1: sixteenth.replace(year=sixteenth.year - 16)}


def in_force(valid: Days, day: float = 0) -> bool:
    """Whether a half-open period covers an instant, in days from now."""
    lower, upper = valid
    return (lower is None or lower <= day) and (upper is None or day < upper)


def instant(at: datetime, days: float | None) -> datetime | None:
    """So many days from ``at``."""
    return None if days is None else at + timedelta(days=days)


# --- How they are drawn ---------------------------------------------------------------------

# Mostly current, so that most drawn worlds show something to somebody.
_valid = st.one_of(st.just(CURRENT), st.sampled_from(PERIODS))
_unit = st.sampled_from(UNITS)
_case = st.sampled_from(CASES)
_recipient = st.one_of(
    st.builds(Recipient, unit=_unit),
    st.builds(Recipient, guardian=st.sampled_from(GUARDIANS)),
    st.builds(Recipient, child=st.sampled_from(CASES)),
)


def _some(of: st.SearchStrategy[object], least: int, most: int) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(of, min_size=least, max_size=most).map(tuple)


@st.composite
def small_worlds(draw: st.DrawFn) -> SmallWorld:
    """A small world, the parts of which fit together."""
    role = st.sampled_from(("caseworker", "caseworker", "lead", "unit_administrator"))
    memberships = [
        Membership(person, unit, draw(role), draw(_valid))
        for person in STAFF
        for unit in draw(st.lists(_unit, min_size=1, max_size=2, unique=True))
    ]
    entries = draw(
        _some(
            st.builds(
                Written,
                case=_case,
                owner=_unit,
                kind=st.sampled_from(("note", "child_words")),
                category=st.sampled_from(("basis", "practical")),
                versions=st.integers(1, 2),
            ),
            1,
            3,
        )
    )
    row = st.one_of(_unit, st.none())
    plans = draw(
        _some(st.builds(Planned, case=_case, owner=_unit, agreed=st.booleans(), rows=_some(row, 1, 3)), 0, 2)  # type: ignore[arg-type]
    )
    shown = st.builds(Shown, st.integers(0, len(entries) - 1), st.booleans(), _recipient, _valid)
    number = st.integers(0, max(len(plans) - 1, 0))
    released = st.builds(Released, number, _recipient, st.sampled_from(("all", "own")), _valid).filter(
        lambda release: release.rows == "all" or release.to.unit is not None  # the family gets the whole
    )
    # Each assignment is in a unit the person has had a membership in, or, rarely, has not.
    of_staff = st.sampled_from([(m.person, m.unit) for m in memberships])
    anywhere = st.tuples(st.sampled_from(STAFF), _unit)
    works_on = [
        WorksOn(person, unit, draw(_case), draw(_valid))
        for person, unit in draw(st.lists(st.one_of(of_staff, of_staff, anywhere), min_size=1, max_size=5))
    ]
    # A unit that somebody is assigned in takes part, mostly.
    takes_part = [
        TakesPart(w.unit, w.case, draw(st.sampled_from(("full", "full", "own"))), draw(_valid))
        for w in works_on
        if draw(st.integers(0, 3))
    ]
    takes_part += draw(
        _some(st.builds(TakesPart, _unit, _case, st.sampled_from(("full", "own")), _valid), 0, 2)  # type: ignore[arg-type]
    )
    return SmallWorld(
        memberships=tuple(memberships),
        custodies=draw(
            _some(st.builds(Custody, st.sampled_from(GUARDIANS), _case, st.booleans(), _valid), 1, 3)  # type: ignore[arg-type]
        ),
        youth_days=draw(st.sampled_from((0, -1, 1, 200, -200))),
        guardian_works=draw(st.booleans()),
        held=tuple(Held(draw(_unit), draw(st.one_of(st.none(), _unit))) for _ in CASES),
        takes_part=tuple(takes_part),
        works_on=tuple(works_on),
        consented=tuple(
            Consented(
                case,
                unit,
                draw(st.sampled_from(("given", "given", "waiting", "withdrawn"))),
                draw(st.sampled_from(("basis", "practical"))),
                draw(_valid),
            )
            for case in CASES
            for unit in draw(st.lists(_unit, max_size=3, unique=True))
        ),
        entries=entries,  # type: ignore[arg-type]
        shown=draw(_some(shown, 0, 4)),  # type: ignore[arg-type]
        plans=plans,  # type: ignore[arg-type]
        released=draw(_some(released, 0, 4)) if plans else (),  # type: ignore[arg-type]
        reported=draw(_reports(plans)) if plans else (),  # type: ignore[arg-type]
    )


def _reports(plans: tuple[Planned, ...]) -> st.SearchStrategy[tuple[tuple[int, int], ...]]:
    rows = [(p, r) for p, plan in enumerate(plans) for r, unit in enumerate(plan.rows) if unit]
    return st.lists(st.sampled_from(rows), max_size=2).map(tuple) if rows else st.just(())
