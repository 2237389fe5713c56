"""Small random worlds as plain values, and how hypothesis draws them.

Nothing here touches the database: a description is what the oracle judges by,
and what ``loading.py`` writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

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
    """The first or last version of an entry, shown to one; to a unit on consent, or else on a
    test of harm."""

    entry: int
    newest: bool
    to: Recipient
    valid: Days
    on_consent: bool = True


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
class Closed:
    """A case closed to all but named staff: by its child's protection or by a lock."""

    case: int
    how: str
    valid: Days


@dataclass(frozen=True)
class NamedFor:
    """A person in a unit who is named for a case."""

    person: int
    unit: str
    case: int
    valid: Days


@dataclass(frozen=True)
class LetIn:
    """One of the family, by number or 2 for the child, let in to what is closed."""

    who: int
    case: int
    valid: Days


@dataclass(frozen=True)
class InEmergency:
    """A case that a person in a unit has opened in an emergency."""

    person: int
    unit: str
    case: int
    valid: Days


@dataclass(frozen=True)
class SmallWorld:
    """Two cases and everything that decides who sees what of them."""

    memberships: tuple[Membership, ...]
    custodies: tuple[Custody, ...]
    youth_days: int  # child 1 turned 16 so many days ago (0: today)
    guardian_works: bool  # guardian 0 is also person 0
    youth_has_child: bool  # guardian 1 is also child 1
    held: tuple[Held, ...]
    takes_part: tuple[TakesPart, ...]
    works_on: tuple[WorksOn, ...]
    consented: tuple[Consented, ...]
    entries: tuple[Written, ...]
    shown: tuple[Shown, ...]
    plans: tuple[Planned, ...]
    released: tuple[Released, ...]
    reported: tuple[tuple[int, int], ...] = field(default=())  # plan, row
    hidden: tuple[tuple[int, int], ...] = field(default=())  # entry, guardian
    cited: tuple[tuple[int, int], ...] = field(default=())  # plan, the entry that its goal builds on
    closed: tuple[Closed, ...] = ()
    named: tuple[NamedFor, ...] = ()
    let_in: tuple[LetIn, ...] = ()
    emergencies: tuple[InEmergency, ...] = ()


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

# Mostly current, and mostly among those who take part, so that most worlds show something.
_valid = st.one_of(st.just(CURRENT), st.just(CURRENT), st.sampled_from(PERIODS))
_unit = st.sampled_from(UNITS)
_case = st.sampled_from(CASES)
_guardian = st.sampled_from(GUARDIANS)
_kind = st.sampled_from(("full", "full", "full", "own"))
_role = st.sampled_from(("caseworker", "caseworker", "lead", "unit_administrator"))
_category = st.sampled_from(("basis", "practical"))
_state = st.sampled_from(("given", "given", "waiting", "withdrawn"))


@st.composite
def small_worlds(draw: st.DrawFn) -> SmallWorld:
    """A small world, the parts of which fit together."""
    memberships = [
        Membership(person, unit, draw(_role), draw(_valid))
        for person in STAFF
        for unit in draw(st.lists(_unit, min_size=1, max_size=2, unique=True))
    ]
    # Each is assigned in a unit that she is or was a member of, or, rarely, is not.
    at_work = st.sampled_from([(m.person, m.unit) for m in memberships])
    works_on = [
        WorksOn(person, unit, draw(_case), draw(_valid))
        for person, unit in draw(
            st.lists(
                st.one_of(at_work, at_work, st.tuples(st.sampled_from(STAFF), _unit)), min_size=2, max_size=5
            )
        )
    ]
    takes_part = [
        TakesPart(w.unit, w.case, draw(_kind), draw(_valid)) for w in works_on if draw(st.integers(0, 4))
    ]
    takes_part += draw(st.lists(st.builds(TakesPart, _unit, _case, _kind, _valid), max_size=1))
    entries = draw(st.lists(_written(works_on), min_size=1, max_size=3))
    plans = draw(st.lists(_planned(works_on), max_size=2))
    custodies = draw(st.lists(st.builds(Custody, _guardian, _case, _rarely, _valid), min_size=1, max_size=3))
    youth_has_child = draw(st.booleans())
    return SmallWorld(
        memberships=tuple(memberships),
        # Nobody has custody of herself.
        custodies=tuple(c for c in custodies if not (youth_has_child and (c.guardian, c.child) == (1, 1))),
        youth_days=draw(st.sampled_from((0, -1, 1, 200, -200))),
        guardian_works=draw(st.booleans()),
        youth_has_child=youth_has_child,
        held=tuple(Held(draw(_among(works_on, case)), draw(st.one_of(st.none(), _unit))) for case in CASES),
        takes_part=tuple(takes_part),
        works_on=tuple(works_on),
        consented=tuple(
            Consented(case, unit, draw(_state), draw(_category), draw(_valid))
            for case in CASES
            for unit in draw(st.lists(_unit, min_size=1, max_size=4, unique=True))
        ),
        entries=tuple(entries),
        shown=tuple(draw(st.lists(_shown(works_on, entries), max_size=4))),
        plans=tuple(plans),
        released=tuple(draw(st.lists(_released(works_on, plans), max_size=4))) if plans else (),
        reported=draw(_reports(plans)),
        hidden=tuple(draw(st.lists(st.tuples(_index(entries), _guardian), max_size=2, unique=True))),
        cited=tuple(draw(st.lists(st.tuples(_index(plans), _index(entries)), max_size=2, unique=True)))
        if plans
        else (),
        **draw(_circles(works_on)),
    )


@st.composite
def family_worlds(draw: st.DrawFn) -> SmallWorld:
    """A small world with a plan that is shown to some of the family too."""
    world = draw(small_worlds())
    plans = world.plans or (Planned(draw(_case), "bvc", True, ("bvc",)),)
    # What the family is shown of what is written, and what is hidden of it.
    shown = tuple(
        Shown(number, True, to, draw(_valid))
        for number, entry in enumerate(world.entries)
        for to in (*(Recipient(guardian=n) for n in GUARDIANS), Recipient(child=entry.case))
        if draw(st.booleans())
    )
    world = replace(world, shown=world.shown + shown)
    released = tuple(
        Released(number, to, "all", draw(_valid))
        for number, plan in enumerate(plans)
        for to in (*(Recipient(guardian=n) for n in GUARDIANS), Recipient(child=plan.case))
        if draw(st.booleans())
    )
    cited = tuple(draw(st.lists(st.tuples(_index(plans), _index(world.entries)), max_size=2, unique=True)))
    return replace(world, plans=plans, released=world.released + released, cited=cited)


def _index(things: Sequence[object]) -> st.SearchStrategy[int]:
    return st.integers(0, len(things) - 1)


_rarely = st.sampled_from((False, False, False, True))


@st.composite
def _circles(draw: st.DrawFn, works_on: list[WorksOn]) -> dict[str, tuple[Any, ...]]:
    """Now and then a closed case, whom it is open to, and what was opened in an emergency."""
    how = st.sampled_from(("marked", "registered", "assumed", "locked"))
    closed = draw(st.one_of(st.just([]), st.lists(st.builds(Closed, _case, how, _valid), max_size=2)))
    closed = [c for n, c in enumerate(closed) if (c.case, c.how == "locked") not in
              {(o.case, o.how == "locked") for o in closed[:n]}]  # fmt: skip
    at_work = st.sampled_from([(w.person, w.unit, w.case) for w in works_on])
    someone = st.one_of(at_work, at_work, st.tuples(st.sampled_from(STAFF), _unit, _case))
    named = draw(st.lists(st.tuples(someone, _valid), max_size=3)) if closed else []
    let_in = draw(st.lists(st.builds(LetIn, st.sampled_from((0, 1, 2)), _case, _valid), max_size=3))
    opened = draw(st.one_of(st.just([]), st.lists(st.tuples(someone, _valid), max_size=2)))
    return {
        "closed": tuple(closed),
        "named": tuple(NamedFor(*who, valid) for who, valid in named),
        "let_in": tuple(let_in) if closed else (),
        "emergencies": tuple(InEmergency(*who, valid) for who, valid in opened),
    }


def _among(works_on: list[WorksOn], case: int) -> st.SearchStrategy[str]:
    """A unit, mostly one in which somebody works on the case."""
    units = [w.unit for w in works_on if w.case == case]
    return st.one_of(st.sampled_from(units), st.sampled_from(units), _unit) if units else _unit


@st.composite
def _written(draw: st.DrawFn, works_on: list[WorksOn]) -> Written:
    case = draw(_case)
    kind = draw(st.sampled_from(("note", "child_words")))
    return Written(case, draw(_among(works_on, case)), kind, draw(_category), draw(st.integers(1, 2)))


@st.composite
def _planned(draw: st.DrawFn, works_on: list[WorksOn]) -> Planned:
    case = draw(_case)
    unit = _among(works_on, case)
    rows = draw(st.lists(st.one_of(unit, unit, st.none()), min_size=1, max_size=3))
    return Planned(case, draw(unit), draw(st.booleans()), tuple(rows))


@st.composite
def _recipient(draw: st.DrawFn, works_on: list[WorksOn], case: int) -> Recipient:
    kind = draw(st.integers(0, 4))
    if kind < 3:
        return Recipient(unit=draw(_among(works_on, case)))
    return Recipient(guardian=draw(_guardian)) if kind == 3 else Recipient(child=draw(_case))


@st.composite
def _shown(draw: st.DrawFn, works_on: list[WorksOn], entries: list[Written]) -> Shown:
    number = draw(st.integers(0, len(entries) - 1))
    to = draw(_recipient(works_on, entries[number].case))
    return Shown(number, draw(st.booleans()), to, draw(_valid), draw(st.booleans()))


@st.composite
def _released(draw: st.DrawFn, works_on: list[WorksOn], plans: list[Planned]) -> Released:
    number = draw(st.integers(0, len(plans) - 1))
    to = draw(_recipient(works_on, plans[number].case))
    # The family is always shown the whole.
    rows = draw(st.sampled_from(("all", "own"))) if to.unit else "all"
    return Released(number, to, rows, draw(_valid))


def _reports(plans: list[Planned]) -> st.SearchStrategy[tuple[tuple[int, int], ...]]:
    rows = [(p, r) for p, plan in enumerate(plans) for r, unit in enumerate(plan.rows) if unit]
    return st.lists(st.sampled_from(rows), max_size=2).map(tuple) if rows else st.just(())
