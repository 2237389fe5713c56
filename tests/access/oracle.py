"""Who may see and write what in a small world, from the rules and nothing else.

Written from the access model (section 4), independently of querysets and
policies: it knows neither Django nor SQL, only the drawn description.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.access.small_worlds import Recipient, SmallWorld, in_force

Key = tuple[str, int, int]  # what, which, and which part of it
THE_CHILD = 2  # beside the guardians 0 and 1


@dataclass(frozen=True)
class Hat:
    """A person as she acts: for a unit, or as family. All empty: nobody."""

    person: int | None = None
    unit: str | None = None
    leads: bool = False
    guardian: int | None = None
    youth: int | None = None


def works_on(world: SmallWorld, hat: Hat, case: int) -> bool:
    """Assigned in the unit she acts for, which takes part in full."""
    return _assigned(world, hat, case) and _takes_part(world, hat.unit, case, "full")


def keeps_own(world: SmallWorld, hat: Hat, case: int) -> bool:
    """Assigned, and the unit has kept its own entries."""
    return _assigned(world, hat, case) and _takes_part(world, hat.unit, case, "own")


def leads(world: SmallWorld, hat: Hat, case: int) -> bool:
    """Arbetsledare of a unit that takes part in full."""
    return hat.leads and _takes_part(world, hat.unit, case, "full")


def holds(world: SmallWorld, hat: Hat, case: int) -> bool:
    """Works on it in the unit that is responsible or coordinates."""
    held = world.held[case]
    return works_on(world, hat, case) and hat.unit in (held.responsible, held.coordinator)


def is_family(world: SmallWorld, hat: Hat, child: int) -> bool:
    """The child herself from 16, or a guardian whose custody nobody contests."""
    return has_custody(world, hat, child) or hat.youth == child


def has_custody(world: SmallWorld, hat: Hat, child: int) -> bool:
    """A guardian now whose custody nobody contests."""
    return any(
        c.guardian == hat.guardian and c.child == child and not c.contested and in_force(c.valid)
        for c in world.custodies
    )


def readable(world: SmallWorld, hat: Hat) -> set[Key]:
    """All that the hat may read."""
    seen: set[Key] = set()
    for case in (0, 1):
        works, own, led = works_on(world, hat, case), keeps_own(world, hat, case), leads(world, hat, case)
        if works or own or led or is_family(world, hat, case):
            seen.add(("case", case, 0))
        own_part = hat.unit == "leisure"  # it learns nothing of the other units (R1.2)
        if (works or led) and (not own_part or holds(world, hat, case)):
            seen.add(("process", case, 0))
    return seen | _entries(world, hat) | _plans(world, hat)


def _entries(world: SmallWorld, hat: Hat) -> set[Key]:
    seen: set[Key] = set()
    for number, entry in enumerate(world.entries):
        works = works_on(world, hat, entry.case)
        owner = hat.unit == entry.owner and (works or keeps_own(world, hat, entry.case))
        versions = set(range(entry.versions)) if owner else set()
        for index, shown in enumerate(world.shown):
            if shown.entry != number:
                continue
            mine = _is_to(world, hat, shown.to, entry.case)
            if owner or mine:
                seen.add(("disclosure", index, 0))
            if mine and in_force(shown.valid):
                versions.add(entry.versions - 1 if shown.newest else 0)
        seen |= {("version", number, version) for version in versions}
        if versions:
            seen.add(("entry", number, 0))
    return seen


def _plans(world: SmallWorld, hat: Hat) -> set[Key]:
    seen: set[Key] = set()
    for number, plan in enumerate(world.plans):
        writes = hat.unit == plan.owner and works_on(world, hat, plan.case)
        shown_whole, shown_own, releases = _released(world, hat, number)
        rows = {
            row
            for row, unit in enumerate(plan.rows)
            if writes or shown_whole or (shown_own and unit == hat.unit)
        }
        if writes or shown_whole or shown_own:
            seen |= {("plan", number, 0), ("plan_version", number, 0)}
        if writes or shown_whole:
            seen.add(("goal", number, 0))
        every = {index for index, r in enumerate(world.released) if r.plan == number}
        seen |= {("release", index, 0) for index in (every if writes else releases)}
        seen |= {("insats", number, row) for row in rows}
    return seen | _statuses(world, hat)


def _released(world: SmallWorld, hat: Hat, number: int) -> tuple[bool, bool, set[int]]:
    """Whether a plan is shown to the hat now whole, or its own rows; and by which releases, ever."""
    case = world.plans[number].case
    mine = {i: r for i, r in enumerate(world.released) if r.plan == number and _is_to(world, hat, r.to, case)}
    now = {r.rows for r in mine.values() if in_force(r.valid)}
    return "all" in now, "own" in now, set(mine)


def _statuses(world: SmallWorld, hat: Hat) -> set[Key]:
    """How an insats goes is read by its own unit, by those who are shown the row, and by
    whoever holds the case."""
    seen: set[Key] = set()
    for index, (number, row) in enumerate(world.reported):
        plan = world.plans[number]
        shown_whole, shown_own, _ = _released(world, hat, number)
        own = plan.rows[row] == hat.unit
        if (
            shown_whole
            or (own and (shown_own or works_on(world, hat, plan.case)))
            or holds(world, hat, plan.case)
        ):
            seen.add(("status", index, 0))
    return seen


# --- Writes ---------------------------------------------------------------------------------


def may_write_entry(world: SmallWorld, hat: Hat, case: int, owner: str) -> bool:
    """For her own unit, in a case she works on."""
    return owner == hat.unit and works_on(world, hat, case)


def may_show(world: SmallWorld, hat: Hat, entry: int, unit: str) -> bool:
    """What her unit wrote, to a unit that a consent in force covers for that category."""
    written = world.entries[entry]
    covered = any(
        c.case == written.case
        and c.unit == unit
        and c.state == "given"
        and c.category == written.category
        and in_force(c.valid)
        for c in world.consented
    )
    practical_only = unit == "leisure"  # it has no secrecy of its own (R1.2)
    if practical_only and written.category != "practical":
        return False
    if hat.unit == "leisure" and not holds(world, hat, written.case):
        return False  # it knows of no other unit
    return may_write_entry(world, hat, written.case, written.owner) and covered


def may_show_guardian(world: SmallWorld, hat: Hat, entry: int, guardian: int, child_asked: bool) -> bool:
    """What her unit wrote, to a guardian now; the child's words only when the child was asked."""
    written = world.entries[entry]
    custody = is_family(world, Hat(guardian=guardian), written.case)
    asked = child_asked or written.kind != "child_words"
    return may_write_entry(world, hat, written.case, written.owner) and custody and asked


def may_report(world: SmallWorld, hat: Hat, plan: int, row: int) -> bool:
    """How an insats goes: its unit, in a case she works on, once the version is agreed and
    shown to the unit (or the unit's own)."""
    planned = world.plans[plan]
    shown = planned.owner == hat.unit or any(
        r.plan == plan and r.to.unit == hat.unit and in_force(r.valid) for r in world.released
    )
    return (
        planned.rows[row] is not None
        and planned.rows[row] == hat.unit
        and planned.agreed
        and works_on(world, hat, planned.case)
        and shown
    )


def may_answer(world: SmallWorld, hat: Hat, consented: int, person: int) -> str:
    """How somebody's answer about one unit of a consent may be changed: "electronic" by herself
    while she is the child's guardian or the child, "paper" by the unit that asked and holds the
    case, "" not at all. What all have said yes to is taken back, which is more than an answer;
    what was taken back stays so."""
    asked = world.consented[consented]
    if asked.state != "waiting":
        return ""
    hers = hat.youth == asked.case if person == THE_CHILD else person == hat.guardian
    if hers and is_family(world, hat, asked.case):
        return "electronic"
    asks = hat.unit is not None and hat.unit == world.held[asked.case].responsible
    return "paper" if asks and holds(world, hat, asked.case) else ""


def may_reply(world: SmallWorld, hat: Hat, plan: int, person: int) -> bool:
    """To a plan that is shown to her now: as guardian about her child's, as the child about her own."""
    case = world.plans[plan].case
    as_child = person == THE_CHILD and hat.youth == case
    as_guardian = person == hat.guardian and has_custody(world, hat, case)
    return (as_child or as_guardian) and _released(world, hat, plan)[0]


# --- Facts ----------------------------------------------------------------------------------


def _assigned(world: SmallWorld, hat: Hat, case: int) -> bool:
    return hat.unit is not None and any(
        w.person == hat.person and w.unit == hat.unit and w.case == case and in_force(w.valid)
        for w in world.works_on
    )


def _takes_part(world: SmallWorld, unit: str | None, case: int, kind: str) -> bool:
    return any(
        t.unit == unit and t.case == case and t.kind == kind and in_force(t.valid) for t in world.takes_part
    )


def _is_to(world: SmallWorld, hat: Hat, to: Recipient, case: int) -> bool:
    """Whether something in a case was shown to the hat: as unit, as guardian or as the child."""
    if to.unit is not None:
        return to.unit == hat.unit and works_on(world, hat, case)
    me = (to.guardian is not None and to.guardian == hat.guardian) or (
        to.child is not None and to.child == hat.youth
    )
    return me and is_family(world, hat, case)
