"""Who may see and write what in a small world, from the rules and nothing else.

Written from the access model (section 4), independently of querysets and
policies: it knows neither Django nor SQL, only the drawn description.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.access.small_worlds import Recipient, SmallWorld, Written, in_force

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


def is_closed(world: SmallWorld, case: int) -> bool:
    """Its child's identity is protected, or it is locked."""
    return any(c.case == case and in_force(c.valid) for c in world.closed)


def is_open(world: SmallWorld, hat: Hat, case: int) -> bool:
    """Not closed, or she is named for it in the unit she acts for."""
    return not is_closed(world, case) or any(
        (n.person, n.unit, n.case) == (hat.person, hat.unit, case) and in_force(n.valid) for n in world.named
    )


def in_emergency(world: SmallWorld, hat: Hat, case: int) -> bool:
    """She has opened it, her unit takes part in full, and nothing closes it."""
    opened = any(
        (e.person, e.unit, e.case) == (hat.person, hat.unit, case) and in_force(e.valid)
        for e in world.emergencies
    )
    full = _takes_part(world, hat.unit, case, "full")
    return hat.unit is not None and opened and full and not is_closed(world, case)


def meets(world: SmallWorld, hat: Hat, child: int) -> bool:
    """Of the child's family and, where a case of the child is closed, let in."""
    let_in = any(
        x.case == child and in_force(x.valid)
        and ((x.who == THE_CHILD and hat.youth == child) or (x.who != THE_CHILD and x.who == hat.guardian))
        for x in world.let_in
    )  # fmt: skip
    return is_family(world, hat, child) and (not is_closed(world, child) or let_in)


def assigned_to(world: SmallWorld, hat: Hat, case: int) -> bool:
    """Assigned in the unit she acts for, which takes part in full, and named where it is closed."""
    full = _takes_part(world, hat.unit, case, "full")
    return _assigned(world, hat, case) and full and is_open(world, hat, case)


def works_on(world: SmallWorld, hat: Hat, case: int) -> bool:
    """Assigned, or has opened it in an emergency."""
    return assigned_to(world, hat, case) or in_emergency(world, hat, case)


def keeps_own(world: SmallWorld, hat: Hat, case: int) -> bool:
    """Assigned, and the unit has kept its own entries."""
    own = _takes_part(world, hat.unit, case, "own")
    return _assigned(world, hat, case) and own and is_open(world, hat, case)


def leads(world: SmallWorld, hat: Hat, case: int) -> bool:
    """Arbetsledare of a unit that takes part, in full or with what is its own."""
    takes_part = leads_in_full(world, hat, case) or _takes_part(world, hat.unit, case, "own")
    return hat.leads and takes_part and is_open(world, hat, case)


def leads_in_full(world: SmallWorld, hat: Hat, case: int) -> bool:
    """Of one that takes part in full, and so may know how the case stands with others."""
    return hat.leads and _takes_part(world, hat.unit, case, "full") and is_open(world, hat, case)


def holds(world: SmallWorld, hat: Hat, case: int) -> bool:
    """Assigned to it in the unit that is responsible or coordinates."""
    held = world.held[case]
    return assigned_to(world, hat, case) and hat.unit in (held.responsible, held.coordinator)


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
        if works or own or led or meets(world, hat, case):
            seen.add(("case", case, 0))
        own_part = hat.unit == "leisure"  # it learns nothing of the other units (R1.2)
        if (works or leads_in_full(world, hat, case)) and (not own_part or holds(world, hat, case)):
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
            if not shown.on_consent and in_force(shown.valid):
                # Also where her unit keeps just its own, or takes part only to read this.
                mine = mine or (hat.unit == shown.to.unit and keeps_own(world, hat, entry.case))
            if shown.to.child is not None:
                mine = mine and _child_reads(world, index)
            elif shown.to.guardian is not None:
                mine = mine and not is_hidden(world, hat, number)
            if owner or mine:
                seen.add(("disclosure", index, 0))
            if mine and in_force(shown.valid):
                versions.add(entry.versions - 1 if shown.newest else 0)
        seen |= {("version", number, version) for version in versions}
        if versions:
            seen.add(("entry", number, 0))
    return seen


def is_hidden(world: SmallWorld, hat: Hat, number: int) -> bool:
    """Whether no trace of an entry may reach somebody in the family (OSL 12:3): it is hidden
    from her, or for the child from any guardian; or it is the child's own words, which are
    not shown to her."""
    entry = world.entries[number]
    if not is_family(world, hat, entry.case):
        return False
    from_whom = {guardian for hidden, guardian in world.hidden if hidden == number}
    if hat.guardian in from_whom or (hat.youth == entry.case and from_whom):
        return True
    if entry.kind != "child_words":
        return False
    to_her = [i for i, s in enumerate(world.shown) if s.entry == number and in_force(s.valid)]
    as_guardian = any(hat.guardian is not None and world.shown[i].to.guardian == hat.guardian for i in to_her)
    as_child = any(
        hat.youth is not None and world.shown[i].to.child == hat.youth and _child_reads(world, i)
        for i in to_her
    )
    return not (as_guardian or as_child)


def _child_reads(world: SmallWorld, index: int) -> bool:
    """Whether what is shown to the child is hidden from none of her guardians, and that very
    version shown to each of them now."""
    shown = world.shown[index]
    entry = world.entries[shown.entry]
    newest = entry.versions - 1
    version = newest if shown.newest else 0
    guardians = {
        c.guardian for c in world.custodies if c.child == entry.case and not c.contested and in_force(c.valid)
    }
    reading = {
        s.to.guardian
        for s in world.shown
        if s.entry == shown.entry and in_force(s.valid) and (newest if s.newest else 0) == version
    }
    hidden = any(number == shown.entry for number, _ in world.hidden)
    return in_force(shown.valid) and shown.to.child == entry.case and not hidden and guardians <= reading


def _goal_is_hidden(world: SmallWorld, hat: Hat, plan: int) -> bool:
    """What derives from a hidden entry inherits it."""
    return any(number == plan and is_hidden(world, hat, entry) for number, entry in world.cited)


def _plans(world: SmallWorld, hat: Hat) -> set[Key]:
    seen: set[Key] = set()
    for number, plan in enumerate(world.plans):
        writes = hat.unit == plan.owner and works_on(world, hat, plan.case)
        shown_whole, shown_own, releases = _released(world, hat, number)
        hides = _goal_is_hidden(world, hat, number)
        rows = {
            row
            for row, unit in enumerate(plan.rows)
            if writes or (shown_whole and not hides) or (shown_own and unit == hat.unit)
        }
        if writes or shown_whole or shown_own:
            seen |= {("plan", number, 0), ("plan_version", number, 0)}
        if writes or (shown_whole and not hides):
            seen.add(("goal", number, 0))
        every = {index for index, r in enumerate(world.released) if r.plan == number}
        seen |= {("release", index, 0) for index in (every if writes else releases)}
        seen |= {("insats", number, row) for row in rows}
    return seen | _statuses(world, hat)


def _released(world: SmallWorld, hat: Hat, number: int) -> tuple[bool, bool, set[int]]:
    """Whether a plan is shown to the hat now whole, or its own rows; and by which releases that she
    finds: those to her unit or to her as a guardian ever, those to her as the child while she reads."""
    case = world.plans[number].case
    mine = {
        i: r
        for i, r in enumerate(world.released)
        if r.plan == number
        and _is_to(world, hat, r.to, case)
        and (r.to.child is None or _child_reads_plan(world, i))
    }
    now = {r.rows for r in mine.values() if in_force(r.valid)}
    return "all" in now, "own" in now, set(mine)


def _child_reads_plan(world: SmallWorld, index: int) -> bool:
    """No more than each guardian is shown the plan, until she is of age, which nobody here is."""
    released = world.released[index]
    child = world.plans[released.plan].case
    guardians = {
        c.guardian for c in world.custodies if c.child == child and not c.contested and in_force(c.valid)
    }
    reading = {r.to.guardian for r in world.released if r.plan == released.plan and in_force(r.valid)}
    return in_force(released.valid) and released.to.child == child and guardians <= reading


def _statuses(world: SmallWorld, hat: Hat) -> set[Key]:
    """How an insats goes is read by its own unit, by those who are shown the row, and by
    whoever holds the case."""
    seen: set[Key] = set()
    for index, (number, row) in enumerate(world.reported):
        plan = world.plans[number]
        shown_whole, shown_own, _ = _released(world, hat, number)
        own = plan.rows[row] == hat.unit
        if (
            (shown_whole and not _goal_is_hidden(world, hat, number))
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
        # It knows of no other unit than the one that asked, and of that by its own consent.
        known = any(
            c.case == written.case and c.unit == "leisure" and c.state == "given" and in_force(c.valid)
            for c in world.consented
        )
        if not known or unit != world.held[written.case].responsible:
            return False
    return may_disclose(world, hat, written) and covered and unit != hat.unit  # she reads it already


def may_show_guardian(world: SmallWorld, hat: Hat, entry: int, guardian: int, child_asked: bool) -> bool:
    """What her unit wrote, to a guardian now; the child's words only when the child was asked."""
    written = world.entries[entry]
    custody = is_family(world, Hat(guardian=guardian), written.case)
    asked = (child_asked or written.kind != "child_words") and (entry, guardian) not in world.hidden
    return may_disclose(world, hat, written) and custody and asked


def may_disclose(world: SmallWorld, hat: Hat, written: Written) -> bool:
    """What her unit wrote in a case that she is assigned to: an emergency shows nobody anything, and
    of a child with protected identity nobody shows anything alone (§3)."""
    protected = any(c.case == written.case and c.how != "locked" and in_force(c.valid) for c in world.closed)
    return written.owner == hat.unit and assigned_to(world, hat, written.case) and not protected


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
        and assigned_to(world, hat, planned.case)
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
    if hers and meets(world, hat, asked.case):
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
    # Who is both is shown as a guardian what she is of that child's guardian.
    as_guardian = to.guardian is not None and to.guardian == hat.guardian and has_custody(world, hat, case)
    as_child = to.child is not None and to.child == hat.youth
    return (as_guardian or as_child) and meets(world, hat, case)
