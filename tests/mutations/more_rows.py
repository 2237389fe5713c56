"""The fixed world and some rows more: what is over, shown on another ground, or somebody else's."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from agencies.models import Membership
from cases.models import Case, Hiding, Process
from people.models import Guardianship
from plans.models import Insats, Release
from tests.access.fixed_world import FixedWorld, build
from tests.access.readers import READERS, TEAM_Y, WHOLE_PLAN
from tests.database import as_loader
from tests.worlds import World

# Rows beside the fixed world's, each for a filter that none of its own tells of.
MORE_READERS: dict[str, set[str]] = {
    "case_b": READERS["case_b"] | {"soc-ledare"},  # her unit keeps its own notes there
    "signal_of_two_units": {"tva-enheter/pupil_health"},  # sent for one unit, by whoever has two
    "signal_of_colleague": {"bvc2", "bvc-ledare"},
    "note_shown_before": {"bvc"},
    "note_shown_without_consent": {"mentor", "kurator"},
    "note_shown_on_consent": {"mentor"},  # the consent ended: the unit keeps its own
    "note_of_childhood": TEAM_Y,  # shown to the mother before thirteen
    "note_of_both": TEAM_Y | {"mor", "ungdom"},
    "case_contested": {"bvc2", "bvc-ledare", "granne"},
    "plan_of_youth": TEAM_Y | {"mor", "ungdom"},
    "draft_of_youth": TEAM_Y | {"mor", "ungdom"},
    "row_without_goal": WHOLE_PLAN,
    "row_of_leisure_in_draft": {"bvc"},  # leisure is shown its own rows of what is agreed
    "follow_up_of_draft": {"bvc"},
    "process_led_by_leisure": {"fritid"},
    "process_with_leisure": {"fritid", "soc", "soc-ledare"},
    "process_without_fritid": {"soc", "soc-ledare"},
    # Whoever holds the case reads a meeting that its unit is not invited to, leisure too.
    "meeting_led_by_leisure": {"fritid"},
    "meeting_with_leisure": {"fritid", "soc"},
    "meeting_without_fritid": {"soc"},
}


def fixed_world(world: World) -> FixedWorld:
    """The fixed world, with what no filter finds because it is over, and ``MORE_READERS``."""
    fixed = build(world)
    rows, over = fixed.rows, (world.days(-20), world.days(-1))
    with as_loader():
        rows["membership_ended"] = Membership.objects.create(
            account=world.accounts["soc2"], unit=world.units["bvc"], role="caseworker", title="vikarie",
            valid=world.period(over),
        )  # fmt: skip
        lifted = Hiding.objects.get(pk=fixed.key("hiding"))
        lifted.pk, lifted._state.adding, lifted.valid = uuid.uuid4(), True, world.period(over)
        lifted.save(force_insert=True)
    rows["hiding_lifted"] = lifted
    case_a, case_b, case_y = (Case(pk=fixed.key(name)) for name in ("case_a", "case_b", "case_y"))
    # A unit that keeps its own notes leads the case; one that takes part in full keeps no less for it.
    world.participate("social", case_b, "own")
    world.participate("logoped", case_a, "own")
    # Left from before she became log reviewer: it opens nothing.
    world.assign("granskare", "bvc", case_a)
    rows["signal_of_two_units"] = world.signal("pupil_health", "tva-enheter")
    rows["signal_of_colleague"] = world.signal("bvc", "bvc2")
    rows["note_shown_before"] = before = world.entry("bvc", "bvc", case_a)
    world.show(before, to_unit="logoped", consent=rows["consent_a"], valid=over)  # type: ignore[arg-type]
    world.show(before, to_guardian="mamma", valid=over)
    rows["note_shown_without_consent"] = without = world.entry("school", "mentor", case_b)
    world.show(without, to_unit="pupil_health", basis="B2")
    rows["note_shown_on_consent"] = with_consent = world.entry("school", "mentor", case_b)
    world.show(with_consent, to_unit="pupil_health", consent=rows["consent_b"])  # type: ignore[arg-type]
    before_thirteen = world.at - timedelta(days=6 * 365)
    rows["note_of_childhood"] = childhood = world.entry("pupil_health", "kurator", case_y)
    world.show(childhood, to_guardian="mor", valid=(before_thirteen, None), decided_at=before_thirteen)
    rows["note_of_both"] = both = world.entry("pupil_health", "kurator", case_y)
    world.show(both, to_guardian="mor")
    world.show(both, to_child=world.youth, valid=(before_thirteen, None), decided_at=before_thirteen)
    # Custody that is contested, of whoever may read the plan all the same; a right of somebody else.
    world.add_guardian("släkting")
    world.other_adult("släkting", world.child, "bvc", "bvc", rights=("shown",))
    world.show(before, to_guardian="familjehem")
    child = world.add_child("omstritt", world.born(5), ("granne",))
    with as_loader():
        Guardianship.objects.filter(child=child).update(contested=True)
    rows["case_contested"] = world.open_case(child, "bvc", "bvc2")
    world.other_adult("granne", child, "bvc", "bvc", kind="parent", rights=("plan",))
    rows |= _held_by_leisure(world) | _plans(world, fixed, case_y)
    rows["custody_ended"] = world.add_guardianship("granne", world.children["vaxjobarn"], valid=over)
    world.other_adult("mor", world.children["vaxjobarn"], "social_vaxjo", "soc-vaxjo", valid=over)
    return fixed


def _plans(world: World, fixed: FixedWorld, case: Case) -> dict[str, Any]:
    """The youth's plan, agreed and as a draft, and what is shown of both; a row without a goal."""
    agreed = world.plan(case, "pupil_health", "kurator", rows=("pupil_health",))
    draft = world.plan(case, "pupil_health", "kurator", rows=(), agreed=False, plan=agreed.plan, no=2)
    # She is shown no more than each who decides for her; the father's custody is contested.
    for shown in (agreed, draft):
        world.release(shown, to_guardian="mor")
    over = (world.days(-20), world.days(-1))
    version: Any = fixed.rows["plan_agreed"]
    proposal: Any = fixed.rows["plan_draft"]
    consent: Any = fixed.rows["consent_a"]
    with as_loader():
        bare = Insats.objects.create(
            version=version, case=version.case, owner_unit=version.owner_unit, position=9, what="Utan mål"
        )
        goal: Any = fixed.rows["goal_draft"]
        proposed = Insats.objects.create(
            version=proposal, case=proposal.case, owner_unit=proposal.owner_unit, goal=goal, position=9,
            what="Läxhjälp", unit=world.units["leisure"],
        )  # fmt: skip
        fathers = Release.objects.get(version=version, to_guardian=world.guardians["pappa"])
    return {
        "plan_of_youth": agreed,
        "draft_of_youth": draft,
        "release_youth": world.release(agreed, to_child=world.youth),
        "release_school": world.release(agreed, to_unit="school"),
        "release_of_draft": world.release(draft, to_child=world.youth),
        "release_over": world.release(version, to_guardian="mamma", valid=over),
        "release_over_to_unit": world.release(proposal, to_unit="logoped", consent=consent, valid=over),
        "row_without_goal": bare,
        "row_of_leisure_in_draft": proposed,
        # Newer than the mother's, so that whoever takes the newest of all takes it.
        "document_of_father": world.document(fathers, rendered_at=world.at),
        "follow_up_of_draft": world.follow_up(proposal, "bvc"),
    }


def _held_by_leisure(world: World) -> dict[str, Any]:
    """Cases that leisure is responsible for, or coordinates, with and without its worker."""
    found: dict[str, Any] = {}
    for number, (name, responsible) in enumerate(
        (("led_by_leisure", "leisure"), ("with_leisure", "social"), ("without_fritid", "social"))
    ):
        child = world.add_child(f"fritidsbarn{number}", world.born(8))
        case = world.open_case(child, responsible, "fritid" if responsible == "leisure" else "soc")
        if responsible == "social":
            world.participate("leisure", case)
        if name == "with_leisure":
            world.assign("fritid", "leisure", case)
        with as_loader():
            process = Process.objects.get(case=case)
            if responsible == "social":
                Process.objects.filter(pk=process.pk).update(coordinator_unit=world.units["leisure"])
        found[f"process_{name}"] = process
        found[f"meeting_{name}"] = world.meeting(case, "social", "soc")
    return found
