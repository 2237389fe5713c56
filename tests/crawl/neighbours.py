"""Who is in the demo, or on the list of those who must be tried, and has no like in the fixed world.

Some more people, and for those who are there already what else they may be to a child: a unit
that keeps its own notes and hasn't assigned anybody, a locked case, a protected child, an
independent school. With the readers of each row, by hand, as ``READERS`` has them.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from agencies.models import Organisation
from cases.models import Case, Lock, Named, Process
from people.models import Protection
from plans.models import Goal, Release
from tests.access.fixed_world import FixedWorld
from tests.access.readers import TEAM_Y, WHOLE_PLAN
from tests.database import as_loader
from tests.worlds import World

# user name → unit: new colleagues, of whom the last two have no case at all.
STAFF = {"friskola": "friskolan", "familjecentral": "family_centre", "polis-vaxjo": "police_vaxjo"}
FAMILY = {"ny-mamma", "ny-pappa", "lasmamma"}
UNITS = {
    "friskolan": ("independent_school", "Friskolan Eken AB", "0761"),
    "family_centre": ("family_centre", "Lessebo socialnämnd", "0761"),
    "police_vaxjo": ("police", "Polismyndigheten", "0780"),
}

Found = tuple[dict[str, Model], dict[str, set[str]]]


def neighbours(world: World, fixed: FixedWorld) -> Found:
    """Their rows by name, and the readers of each."""
    _people(world)
    rows: dict[str, Model] = {}
    readers: dict[str, set[str]] = {"row_logoped": WHOLE_PLAN}  # as every row of a unit with the whole plan
    for rows_of, readers_of in (
        _taking_part(world),
        _keeping_own(world),
        _independent(world),
        _locked(world),
        _protected(world),
        _youths_plan(world, fixed),
    ):
        rows |= rows_of
        readers |= readers_of
    return rows, readers


def _people(world: World) -> None:
    name = "Friskolan Eken AB"
    world.organisations[name] = world._add(Organisation(name=name, municipality_id="0761", is_public=False))
    for unit, (kind, organisation, municipality) in UNITS.items():
        world.add_unit(unit, kind, organisation, municipality, phone="010-000 00 03")
    for username, unit in STAFF.items():
        world.add_staff(username, unit)
    for username in sorted(FAMILY):
        world.add_guardian(username)
    world.add_child("nyfödd", world.born(4), ("ny-mamma", "ny-pappa"))


def _case(world: World, name: str, unit: str, responsible: str, guardians: tuple[str, ...] = ()) -> Case:
    return world.open_case(world.add_child(name, world.born(9), guardians), unit, responsible)


def _rows(world: World, name: str, case: Case, unit: str, author: str) -> dict[str, Model]:
    """The case with a note of the unit that holds it."""
    note = world.entry(unit, author, case)
    with as_loader():
        process = Process.objects.get(case=case)
    return {
        f"child_{name}": case.child,
        f"case_{name}": case,
        f"process_{name}": process,
        f"entry_{name}": note.entry,
        f"note_{name}": note,
    }


def _readers(name: str, *, knows: set[str], works: set[str], reads: set[str]) -> dict[str, set[str]]:
    """Who knows of the case, who works on it or leads it, and who reads the holder's note."""
    return {
        f"child_{name}": knows,
        f"case_{name}": knows,
        f"process_{name}": works,
        f"entry_{name}": reads,
        f"note_{name}": reads,
    }


def _taking_part(world: World) -> Found:
    """Held by the school; others take part, some of them with somebody assigned and some without."""
    case = _case(world, "deltagande", "school", "mentor")
    for unit in (
        "pupil_health",
        "social",
        "logoped",
        "leisure",
        "preschool",
        "family_centre",
        "social_vaxjo",
    ):
        world.participate(unit, case)
    world.assign("kurator", "pupil_health", case)
    world.assign("soc", "social", case)
    rows = _rows(world, "part", case, "school", "mentor")
    rows["note_soc"] = note = world.entry("social", "soc", case)
    rows["entry_soc"] = note.entry
    works = {"mentor", "kurator", "soc"} | {"rektor", "soc-ledare"}
    readers = _readers("part", knows=works, works=works, reads={"mentor"})
    return rows, readers | {"note_soc": {"soc"}, "entry_soc": {"soc"}}


def _keeping_own(world: World) -> Found:
    """Held by the school, whose head works on it herself; others keep what they wrote, and
    nobody there is assigned any more. Who leads one of them answers for it, and sees its head."""
    case = _case(world, "egna", "school", "rektor")
    world.participate("pupil_health", case)
    rows: dict[str, Model] = _rows(world, "own", case, "school", "rektor")
    readers = _readers("own", knows={"rektor", "soc-ledare"}, works={"rektor"}, reads={"rektor"})
    for unit, author in (("social", "soc"), ("preschool", "forskola"), ("family_centre", "familjecentral"),
                         ("social_vaxjo", "soc-vaxjo")):  # fmt: skip
        world.participate(unit, case, "own")
        rows[f"note_own_{unit}"] = world.entry(unit, author, case)
        readers[f"note_own_{unit}"] = set()
    return rows, readers


def _independent(world: World) -> Found:
    """Held by an independent school."""
    case = _case(world, "friskolebarn", "friskolan", "friskola")
    mine = {"friskola"}
    rows = _rows(world, "independent", case, "friskolan", "friskola")
    return rows, _readers("independent", knows=mine, works=mine, reads=mine)


def _locked(world: World) -> Found:
    """Locked to the mentor and the head; the mother isn't let in."""
    case = _case(world, "låst", "school", "mentor", ("lasmamma",))
    world.assign("rektor", "school", case)
    world.participate("preschool", case)
    rows = _rows(world, "locked", case, "school", "mentor")
    plan = world.plan(case, "school", "mentor", rows=("school",))
    with as_loader():
        rows |= {
            "plan_locked": plan.plan,
            "plan_version_locked": plan,
            "goal_locked": Goal.objects.get(version=plan),
        }
    world.show(rows["note_locked"], to_guardian="lasmamma")  # type: ignore[arg-type]
    _close(world, case, "school", "mentor", "rektor")
    named = {"mentor", "rektor"}
    with as_loader():
        Lock.objects.create(
            case=case, reason="x" * 20, locked_by=world.accounts["mentor"], locked_at=world.at,
            valid=world.period(),
        )  # fmt: skip
    readers = _readers("locked", knows=named, works=named, reads=named)
    return rows, readers | dict.fromkeys(("plan_locked", "plan_version_locked", "goal_locked"), named)


def _protected(world: World) -> Found:
    """Of a child whose identity is protected: only whoever is named."""
    case = _case(world, "skyddad", "bvc", "bvc")
    world.assign("bvc2", "bvc", case)
    rows = _rows(world, "protected", case, "bvc", "bvc")
    _close(world, case, "bvc", "bvc")
    named = {"bvc"}
    with as_loader():
        Protection.objects.create(
            child=case.child, level="marked", source="staff", raised_at=world.at, valid=world.period()
        )
    return rows, _readers("protected", knows=named, works=named, reads=named)


def _close(world: World, case: Case, unit: str, *named: str) -> None:
    with as_loader():
        for username in named:
            Named.objects.create(
                case=case, reason="x" * 20, account=world.accounts[username], unit=world.units[unit],
                asked_at=world.at, valid=world.period(),
            )  # fmt: skip


def _youths_plan(world: World, fixed: FixedWorld) -> Found:
    """The youth's plan, with a paper for her and one for her mother; and the other parent's of case A."""
    plan = world.plan(Case(pk=fixed.key("case_y")), "pupil_health", "kurator", rows=("pupil_health",))
    mothers, own = world.release(plan, to_guardian="mor"), world.release(plan, to_child=world.youth)
    with as_loader():
        goal = Goal.objects.get(version=plan)
        fathers = Release.objects.get(
            version=fixed.key("plan_agreed"), to_guardian=world.guardians["pappa"], valid__contains=world.at
        )
    rows: dict[str, Any] = {
        "plan_y": plan.plan,
        "plan_version_y": plan,
        "goal_y": goal,
        "document_mor": world.document(mothers),
        "document_ungdom": world.document(own),
        "document_pappa": world.document(fathers),
    }
    everybody = TEAM_Y | {"mor", "ungdom"}
    return rows, {
        "plan_y": everybody,
        "plan_version_y": everybody,
        "goal_y": everybody,
        "document_mor": {"mor"},
        "document_ungdom": {"ungdom"},
        "document_pappa": {"pappa"},
    }
