"""What happens beside a plan in force: a new draft, a yes taken back, the end of it all."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection

from cases.models import Disclosure, Participation, Process
from cases.queries.timeline import notes_asking
from cases.queries.work import Todo
from cases.rules import CloseReason
from consent.models import Consent, Route, Scope
from kit.errors import Refused
from plans.models import FollowUp, Goal, Insats, PlanVersion, Release, Status
from plans.queries.editing import plan_version
from plans.queries.follow_ups import held_follow_ups
from plans.queries.view import newest_versions, plan_view
from plans.queries.work import plan_tasks_of
from plans.services.agreeing import propose_plan
from plans.services.doing import Came, Held, hold_follow_up, look_over_plan
from plans.services.drafting import discard_plan, start_plan
from plans.services.withdrawing import note_withdrawal
from tests.database import as_loader
from tests.worlds import Teamwork, World


@pytest.fixture
def team(world: World) -> Teamwork:
    """A plan in force that is followed up in 60 days."""
    team = world.teamwork()
    with as_loader():
        Process.objects.update(next_step="follow_up", next_on=team.plan.next_follow_up_on)
    return team


def step(team: Teamwork) -> tuple[str, str, object]:
    with as_loader():
        process = Process.objects.get(case=team.case)
    return process.state, process.next_step, process.next_on


def test_a_new_draft_changes_nothing_for_anybody(world: World, team: Teamwork) -> None:
    before = step(team)
    with world.act("bvc") as actor:
        start_plan(case=team.case, kind="childs_plan", by=actor)
    assert step(team) == before
    with world.act("mamma"), connection.cursor() as cursor:
        cursor.execute("select access.family_overview(%s)", [world.child.pk])
        (facts,) = cursor.fetchone()
    found = json.loads(facts) if isinstance(facts, str) else facts
    assert (found["state"], found["next_step"]) == ("implementing", "follow_up")
    assert found["next_on"] == str(team.plan.next_follow_up_on)


def test_a_draft_that_is_decided_on_at_a_follow_up_changes_nothing_either(
    world: World, team: Teamwork
) -> None:
    later = world.day(90)
    with world.act("bvc") as actor:
        held = Held(held_on=actor.today, outcome="change", next_on=later)
        hold_follow_up(version=team.plan, held=held, by=actor)
    assert step(team) == ("implementing", "follow_up", later)


def test_a_follow_up_that_is_over_is_not_copied(world: World, team: Teamwork) -> None:
    second = world.plan(team.case, agreed=False, plan=team.plan.plan, no=2)
    with as_loader():
        PlanVersion.objects.filter(pk=second.pk).update(
            next_follow_up_on=world.day(-3), agreed_at=world.days(-1)
        )
    with world.act("bvc") as actor:
        draft = start_plan(case=team.case, kind="childs_plan", by=actor)
    assert draft.next_follow_up_on is None


def test_a_draft_that_nobody_was_shown_is_thrown_away(world: World, team: Teamwork) -> None:
    """Its text goes; the next draft copies the version in force and has a number of its own."""
    with world.act("bvc") as actor:
        draft = start_plan(case=team.case, kind="childs_plan", by=actor)
        discard_plan(version=draft, by=actor)
        assert newest_versions(team.case.pk, actor) == (team.plan, None)
        assert plan_version(team.case.pk, draft.pk, actor) is None
        again = start_plan(case=team.case, kind="childs_plan", by=actor)
        with pytest.raises(Refused):
            discard_plan(version=draft, by=actor)
    with as_loader():
        assert not Insats.objects.filter(version=draft).exists()
        assert not Goal.objects.filter(version=draft).exists()
        assert Insats.objects.filter(version=again).count() == 6
    assert again.no == 3


def test_what_units_were_shown_of_a_draft_stays_closed(world: World, team: Teamwork) -> None:
    """Who was shown what is kept, and nobody reads it any more."""
    with as_loader():
        draft = world.plan(team.case, agreed=False, plan=team.plan.plan, no=2, rows=("bvc", "logoped"))
    with world.act("bvc") as actor:
        propose_plan(version=draft, by=actor)
    with world.act("logoped") as actor:
        assert newest_versions(team.case.pk, actor)[1] == draft
        assert [task.todo for task in plan_tasks_of(actor)] == [Todo.REPLY_TO_PLAN]
    with world.act("bvc") as actor:
        discard_plan(version=draft, by=actor)
    with world.act("logoped") as actor:
        assert newest_versions(team.case.pk, actor)[1] is None
        assert plan_tasks_of(actor) == []
    with as_loader():
        assert Release.objects.filter(version=draft).exists()
        assert Insats.objects.filter(version=draft).count() == 2


def test_an_agreed_version_is_never_thrown_away(world: World, team: Teamwork) -> None:
    with world.act("bvc") as actor, pytest.raises(Refused):
        discard_plan(version=team.plan, by=actor)
    with as_loader():
        assert Insats.objects.filter(version=team.plan).count() == 6


def take_back(world: World, team: Teamwork) -> None:
    """Mamma takes back her yes for the logoped; BVC notes it."""
    with world.act("bvc") as actor:
        note_withdrawal(
            consent=team.consent, unit_ids=[world.units["logoped"].pk],
            guardian_id=world.guardians["mamma"].pk, child_id=None, route=Route.PHONE, by=actor,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "shown"), [("done", "done"), ("not_done", "not_done"), ("ongoing", "paused")]
)
def test_what_is_ended_stays_as_it_ended(world: World, team: Teamwork, said: str, shown: str) -> None:
    """A row that goes on is paused, and the plan holds without it."""
    world.status(world.row_of(team.plan, "logoped"), "logoped", said)
    take_back(world, team)
    covered = frozenset({world.units["bvc"].pk, world.units["preschool"].pk})
    with world.act("bvc") as actor:
        plan = newest_versions(team.case.pk, actor)[0]
        assert plan
        view = plan_view(plan, actor, units_in_force=covered)
    row = next(row for row in view.rows if row.insats.unit_id == world.units["logoped"].pk)
    assert row.value == Status.Value(shown)
    assert view.in_force


def test_the_responsible_is_asked_to_look_over_the_plan(world: World, team: Teamwork) -> None:
    """Until she says that she has, and without saying whose yes it was."""
    with world.act("bvc") as actor:
        assert Todo.CONSENT_CHANGED not in [task.todo for task in plan_tasks_of(actor)]
    take_back(world, team)
    with world.act("bvc") as actor:
        found = [task for task in plan_tasks_of(actor) if task.todo is Todo.CONSENT_CHANGED]
        assert [(task.case_id, task.names) for task in found] == [(team.case.pk, ())]
        look_over_plan(plan=team.plan.plan, by=actor)
        assert Todo.CONSENT_CHANGED not in [task.todo for task in plan_tasks_of(actor)]
    with world.act("forskola") as actor:
        assert Todo.CONSENT_CHANGED not in [task.todo for task in plan_tasks_of(actor)]


def close(world: World, team: Teamwork) -> None:
    with world.act("bvc") as actor:
        lineage = Goal.objects.get(version=team.plan).lineage
        held = Held(
            held_on=actor.today, outcome="close", goals={lineage: "reached"}, note="Det går bra.",
            close_reason=CloseReason.GOALS_REACHED,
        )  # fmt: skip
        hold_follow_up(version=team.plan, held=held, by=actor)


def test_the_consents_end_with_the_case(world: World, team: Teamwork) -> None:
    """What they had opened closes; who wrote keeps her own, the holder keeps the case."""
    waiting = world.consent(team.case, "bvc", "social", state="waiting")
    close(world, team)
    with as_loader():
        assert set(Consent.objects.values_list("state", flat=True)) == {"expired"}
        assert set(Scope.objects.filter(consent=waiting).values_list("state", flat=True)) == {"expired"}
        now = Participation.objects.filter(content_object=team.case)
        groups = {p.group_id: p.kind for p in now}
        assert groups == {world.units["bvc"].group_id: "full", world.units["logoped"].group_id: "own"}
        open_still = Disclosure.objects.filter(valid__endswith=None, to_unit=world.units["logoped"])
        assert not open_still.exists()
    assert world.client("bvc").get(f"/barn/{team.case.pk}/plan/").status_code == 200
    assert world.client("forskola").get(f"/barn/{team.case.pk}/plan/").status_code == 404


def test_only_whoever_holds_a_closed_case_ends_its_consents(world: World, team: Teamwork) -> None:
    for name, closed in (("bvc", False), ("logoped", True), ("mamma", True)):
        with as_loader():
            Process.objects.update(closed_at=world.at if closed else None)
        with world.act(name), connection.cursor() as cursor:
            cursor.execute("select access.consents_end_with_case(%s)", [team.case.pk])
            assert cursor.fetchone() == (0,), name


def test_a_closed_case_says_when_and_why(world: World, team: Teamwork) -> None:
    """On the plan, in the head, and without a task that can't be done."""
    close(world, team)
    page = world.client("bvc").get(f"/barn/{team.case.pk}/plan/").content.decode()
    assert "Planen är avslutad den" in page
    assert "Mål uppnått" in page
    assert "Samtycket gäller inte längre" not in page
    assert "Pausad" not in page
    assert "Det går bra." in page
    overview = world.client("bvc").get(f"/barn/{team.case.pk}/").content.decode()
    assert "Mål uppnått" in overview


def test_corrections_of_closed_cases_are_no_tasks(world: World, team: Teamwork) -> None:
    world.version(team.note.entry, 2, "bvc", body="Rättat.")
    with world.act("bvc") as actor:
        assert notes_asking(actor)
    close(world, team)
    with world.act("bvc") as actor:
        assert notes_asking(actor) == []


def test_follow_ups_can_be_read_afterwards(world: World, team: Teamwork) -> None:
    """By those who are shown the whole plan, as things stood then."""
    row = world.row_of(team.plan, "logoped")
    world.status(row, "logoped", "ongoing")
    with world.act("bvc") as actor:
        lineage = Goal.objects.get(version=team.plan).lineage
        later = actor.today + timedelta(days=30)
        held = Held(
            held_on=actor.today, outcome="continue", goals={lineage: "partly"}, note="Ord för ord.",
            rows={row.lineage: Came("done")}, next_on=later,
        )  # fmt: skip
        hold_follow_up(version=team.plan, held=held, by=actor)
    with world.act("forskola") as actor:
        (one,) = held_follow_ups(team.case.pk, actor)
        assert [result.value for result in one.goals] == ["partly"]
        assert {result.insats_id: result.value for result in one.rows} == {row.pk: "done"}
    for name in ("fritid", "bvc2"):
        with world.act(name) as actor:
            assert held_follow_ups(team.case.pk, actor) == []
            assert not FollowUp.objects.exists(), name
    for page in ("plan/", "handelser/", "handelser/?sort=follow_up"):
        assert "Ord för ord." in world.client("forskola").get(f"/barn/{team.case.pk}/{page}").content.decode()
    assert (
        "Ord för ord."
        not in world.client("forskola").get(f"/barn/{team.case.pk}/handelser/?sort=note").content.decode()
    )
