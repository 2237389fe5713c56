"""Lists, timeline and tasks: nothing beyond what the actor may know, by the ORM wall alone too."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction

from cases.facts import standing
from cases.models import Case, Disclosure
from cases.queries.head import case_of, consent_head, contact_of, process_of
from cases.queries.inbox import invitations_waiting, signal_of, signals_waiting
from cases.queries.lists import PAGE, Chosen, cases_of, colleagues, has_cases, working_here
from cases.queries.log import unit_log
from cases.queries.people import family_of, listed_with
from cases.queries.team import team_of, units_around
from cases.queries.timeline import events_of, latest_of_kinds, notes_asking
from cases.queries.work import Task, Todo, When, one_line_each, tasks_of, when_of
from consent.models import Consent, Scope
from plans.queries.work import plan_tasks_of
from tests.database import as_loader
from tests.worlds import Teamwork, World

Loader = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def team(world: World) -> Teamwork:
    """A team around the child."""
    return world.teamwork()


def test_the_orm_wall_holds_without_the_database_wall(
    world: World, team: Teamwork, db_as_loader: Loader
) -> None:
    """As the loader, whom no policy stops, a stranger's queries still return nothing."""
    signal = world.signal(to_unit="bvc", case=team.case, taken_by="bvc")
    world.invitation(team.case, team.consent, "preschool")
    for username in ("soc", "soc-ledare", "bvc2", "styrgrupp", "mamma"):
        with world.act(username) as actor, db_as_loader():
            assert case_of(team.case.pk, actor) is None or username == "mamma"
            assert cases_of(actor, Chosen()).rows == [] or username == "mamma"
            assert (signals_waiting(actor), invitations_waiting(actor)) == ([], [])
            assert signal_of(signal.pk, actor) is None
            assert [event for event in events_of(team.case, actor).events if username != "mamma"] == []
            assert (tasks_of(actor), plan_tasks_of(actor)) == ([], [])
            assert notes_asking(actor) == []


def test_events_by_the_orm_wall_alone(world: World, team: Teamwork, db_as_loader: Loader) -> None:
    """The logoped: her own and the one shown; the preschool, whom nothing is shown: nothing."""
    with world.act("logoped") as actor, db_as_loader():
        events = events_of(team.case, actor).events
        assert {event.version for event in events} == {team.note, team.logoped_note}
        assert {d.to_unit_id for event in events for d in event.shown} == {
            world.units["logoped"].pk,
            world.units["bvc"].pk,
        }
        assert latest_of_kinds(team.case, actor) == {}
    with world.act("forskola") as actor, db_as_loader():
        assert events_of(team.case, actor).events == []


def test_without_marks_nothing_says_to_whom(world: World, team: Teamwork) -> None:
    """For a unit that keeps only its own."""
    with world.act("bvc") as actor:
        assert any(event.shown for event in events_of(team.case, actor).events)
        assert not any(event.shown for event in events_of(team.case, actor, marks=False).events)


def test_the_adult_wheel_is_the_latest_and_never_the_childs(world: World, team: Teamwork) -> None:
    """Of one day the professional's goes first; the child's own is not an adult's."""
    today = world.day(-1)
    made = {
        name: world.entry(
            "bvc", "bvc", team.case, "wheel", data={"perspective": name, "sectors": {}}, happened_on=day
        )
        for name, day in (
            ("professional", today),
            ("guardian", today),
            ("child", today + timedelta(days=1)),
        )
    }
    older = world.entry(
        "bvc", "bvc", team.case, "wheel",
        data={"perspective": "professional", "sectors": {}}, happened_on=today - timedelta(days=9),
    )  # fmt: skip
    with world.act("bvc") as actor:
        latest = latest_of_kinds(team.case, actor)
    assert latest["wheel"] == made["professional"] != older
    assert latest["child_words"] == team.child_words


def test_a_correction_is_behind_for_guardians_too(world: World, team: Teamwork) -> None:
    """Each who was shown the old one counts, once it is not shown the new one."""
    new = world.version(team.note.entry, 2, "bvc")
    with world.act("bvc") as actor:
        assert notes_asking(actor) == [new]
        assert notes_asking(actor, case=team.case) == [new]
    world.show(new, to_unit="logoped", consent=team.consent)
    with world.act("bvc") as actor:
        assert notes_asking(actor) == [new]  # mamma still has the old one
    world.show(new, to_guardian="mamma")
    with world.act("bvc") as actor:
        assert notes_asking(actor) == []
    third = world.version(team.note.entry, 3, "bvc")
    with world.act("bvc") as actor:
        assert notes_asking(actor) == [third]


def test_consent_in_the_header(world: World) -> None:
    """Nothing asked, waiting, given, taken back; the others know of their own alone."""
    case = world.open_case()
    with world.act("bvc") as actor:
        how = standing(case.pk, actor)
        assert consent_head(case, how, actor).state == ""
    world.consent(case, "bvc", "logoped", state="waiting")
    with world.act("bvc") as actor:
        head = consent_head(case, standing(case.pk, actor), actor)
        assert (head.state, head.waiting_for) == ("waiting", ("Mamma", "Pappa"))
    world.consent(case, "bvc", "preschool")
    world.assign("forskola", "preschool", case)
    with world.act("forskola") as actor:
        head = consent_head(case, standing(case.pk, actor), actor)
        assert (head.state, head.waiting_for) == ("given", ())
        assert head.in_force


def test_one_summary_of_several_consents(world: World) -> None:
    """A unit that a newer consent covers is covered, and the latest end is the end: the same
    for the holder and for each of the team."""
    case = world.open_case()
    older = world.consent(case, "bvc", "logoped", "preschool")
    world.consent(case, "preschool", "logoped", opens=False)
    for username, unit in (("logoped", "logoped"), ("forskola", "preschool")):
        world.assign(username, unit, case)
    with as_loader():
        Scope.objects.filter(consent=older, unit=world.units["preschool"]).update(state="withdrawn")
    heads = set()
    for username in ("bvc", "logoped", "forskola"):
        with world.act(username) as actor:
            heads.add(consent_head(case, standing(case.pk, actor), actor))
    assert [head.state for head in heads] == ["given"]


def test_each_of_the_team_once_whatever_the_number_of_consents(world: World) -> None:
    """Two consents that cover the same units."""
    case = world.open_case()
    world.consent(case, "bvc", "logoped")
    world.consent(case, "bvc", "logoped", opens=False)
    world.assign("logoped", "logoped", case)
    with world.act("bvc") as actor:
        assert len(team_of(case.pk, actor)) == 4
        units = units_around(case.pk, actor)
    assert [unit.name for unit in units] == ["bvc", "logoped"]
    assert [person.name for unit in units for person in unit.people] == ["Bvc Testsson", "Logoped Testsson"]


@pytest.mark.parametrize(("username", "unit"), [("fritid", "leisure"), ("polis", "police")])
def test_nothing_of_the_other_units(world: World, username: str, unit: str) -> None:
    """Police and leisure see their own part: their own scope, their own people, whom to ring."""
    team = world.teamwork()
    with world.act(username) as actor:
        how = standing(team.case.pk, actor)
        assert not how.sees_others
        assert [each.unit_id for each in units_around(team.case.pk, actor)] == [world.units[unit].pk]
        assert [scope.unit_id for scope in Scope.objects.all()] == [world.units[unit].pk]
        assert not Consent.objects.exists()
        found = case_of(team.case.pk, actor)
        assert found is not None
        assert process_of(found, how) is None
        assert consent_head(found, how, actor).in_force
        assert contact_of(found, actor).name == "Bvc Testsson"
        (row,) = cases_of(actor, Chosen()).rows
        assert (row.process, row.own_part) == (None, True)
        shown = Disclosure(
            version=world.entry(unit, username, team.case, category="practical"), case=team.case,
            owner_unit=world.units[unit], to_unit=world.units["bvc"], consent=team.consent, basis="B1",
            decided_by=world.accounts[username], decided_at=world.at, valid=(world.at, world.days(1)),
        )  # fmt: skip
        with pytest.raises(ProgrammingError), transaction.atomic():
            shown.save(force_insert=True)
    browser = world.client(username)
    # One way to save only, so there is nothing to choose.
    assert re.search(
        r'value="unit"[^>]*checked', browser.get(f"/barn/{team.case.pk}/anteckning/ny/").content.decode()
    )
    for page in ("", "handelser/", "personer/", "samtycke/", "vem-ser-vad/", "plan/", "logg/"):
        text = browser.get(f"/barn/{team.case.pk}/{page}").content.decode()
        for other in ("logoped", "Logoped", "preschool", "Forskola", "Gemensamt stöd"):
            assert other not in text, (page, other)


@pytest.mark.parametrize(
    ("state", "shown"), [("refused", "refused"), ("conflict", "conflict"), ("withdrawn", "withdrawn")]
)
def test_consent_that_is_no_yes(world: World, state: str, shown: str) -> None:
    """The state stands as it was settled."""
    case = world.open_case()
    world.consent(case, "bvc", "logoped", state=state)
    with world.act("bvc") as actor:
        head = consent_head(case, standing(case.pk, actor), actor)
    assert (head.state, head.in_force) == (shown, False)


def test_consent_that_has_run_out(world: World) -> None:
    """Given once, but its period is over."""
    case = world.open_case()
    world.consent(case, "bvc", "logoped", valid=(world.days(-90), world.days(-1)), opens=False)
    with world.act("bvc") as actor:
        assert consent_head(case, standing(case.pk, actor), actor).state == "expired"


def test_family_and_listing(world: World, team: Teamwork) -> None:
    """Guardians for those who see more than their own rows; the listing for the holder."""
    world.listing(world.child, "preschool")
    for username, relatives, listings in (
        ("bvc", 2, 1),
        ("logoped", 2, 0),
        ("polis", 0, 0),
        ("fritid", 0, 0),
    ):
        with world.act(username) as actor:
            assert len(family_of(team.case, actor)) == relatives, username
            assert len(listed_with(team.case, actor)) == listings, username


def test_colleagues_and_who_works_here(world: World, team: Teamwork) -> None:
    """The unit's own alone; the lead's 24 hours don't count as working there."""
    with world.act("bvc-ledare") as actor:
        assert {name for _, name, _ in colleagues(actor)} == {
            "Bvc Testsson",
            "Bvc2 Testsson",
            "Bvc-Ledare Testsson",
            "Tva-Enheter Testsson",
        }
        assert [name for _, name, _ in working_here(team.case.pk, actor)] == ["Bvc Testsson"]
    world.assign("bvc-ledare", "bvc", team.case, valid=(world.days(-0.5), world.days(0.5)))
    with world.act("bvc") as actor:
        assert [name for _, name, _ in working_here(team.case.pk, actor)] == ["Bvc Testsson"]


def test_a_unit_that_keeps_its_own_knows_no_process(world: World) -> None:
    """Though the case has one."""
    case = world.open_case()
    world.participate("logoped", case, "own")
    world.assign("logoped", "logoped", case)
    with world.act("logoped") as actor:
        how = standing(case.pk, actor)
        found = case_of(case.pk, actor)
        assert found is not None
        assert process_of(found, how) is None
        assert has_cases(actor)
        assert unit_log(case.pk, actor) == []
        assert cases_of(actor, Chosen()).rows[0].process is None


def test_the_next_page_begins_after_the_last_row(world: World) -> None:
    """Two children of the same name are both there."""
    for number in range(PAGE + 2):
        world.open_case(world.add_child(f"b{number // 2}", world.born(4)))
    with world.act("bvc") as actor:
        first = cases_of(actor, Chosen())
        second = cases_of(actor, Chosen(), after=first.following)
        assert (len(first.rows), len(second.rows)) == (PAGE, 2)
        assert len({row.case.pk for row in first.rows + second.rows}) == PAGE + 2
        assert second.following is None
        assert cases_of(actor, Chosen(), after=uuid4()).rows[0] == first.rows[0]


def test_one_line_for_each_child() -> None:
    """The most urgent task stands, the rest are counted, what lies far ahead is left out."""
    case, other = uuid4(), uuid4()

    def task(todo: Todo, when: When, case_id: object = case) -> Task:
        return Task(todo, "Alva", when, case_id)  # type: ignore[arg-type]

    lines = one_line_each(
        [
            task(Todo.WAIT_FOR_ANSWER, When.OTHERS),
            task(Todo.OWN_ROW, When.LATE),
            task(Todo.PLAN, When.TODAY),
            task(Todo.FOLLOW_UP, When.LATER, other),
        ]
    )
    assert list(lines) == [When.LATE]
    (line,) = lines[When.LATE]
    assert (line.task.todo, line.more) == (Todo.OWN_ROW, 2)


def test_when(world: World) -> None:
    """A day before is late, the day is today, within seven is this week."""
    today = world.today
    days = {-1: When.LATE, 0: When.TODAY, 1: When.THIS_WEEK, 7: When.THIS_WEEK, 8: When.LATER}
    for number, group in days.items():
        assert when_of(today + timedelta(days=number), today) is group
    assert when_of(None, today) is When.THIS_WEEK


def test_the_baton_is_the_coordinators(world: World) -> None:
    """Where there is a coordinator the step is hers, not the responsible's."""
    case = world.open_case(next_step="follow_up", next_on=world.today)
    with world.act("bvc") as actor:
        assert [task.todo for task in tasks_of(actor)] == [Todo.FOLLOW_UP]
    other: Case = world.open_case(
        world.add_child("alva", world.born(4)), next_step="follow_up", next_on=world.today,
        coordinator=world.accounts["logoped"], coordinator_unit=world.units["logoped"],
    )  # fmt: skip
    world.participate("logoped", other)
    world.assign("logoped", "logoped", other)
    with world.act("bvc") as actor:
        assert [task.case_id for task in tasks_of(actor)] == [case.pk]
    with world.act("logoped") as actor:
        assert [task.case_id for task in tasks_of(actor)] == [other.pk]


def test_own_rows_that_are_due(world: World) -> None:
    """Late or due within a week, until done or given up; only the contact's own."""
    case = world.open_case(state="implementing")
    consent = world.consent(case, "bvc", "logoped")
    world.assign("logoped", "logoped", case)
    version = world.plan(case, rows=("logoped",), agreed=False)
    row = world.row_of(version, "logoped")
    world.release(version, to_unit="logoped", consent=consent)

    def tasks(username: str = "logoped") -> list[When]:
        with world.act(username) as actor:
            return [task.when for task in plan_tasks_of(actor, case=case)]

    with as_loader():
        row.contact = world.accounts["logoped"]
        row.due_on = world.day(-1)
        row.save(update_fields=["contact", "due_on"])
    assert tasks() == []  # a draft
    with as_loader():
        version.agreed_at = world.at
        version.save(update_fields=["agreed_at"])
    assert tasks() == [When.LATE]
    assert tasks("bvc") == []
    world.status(row, "logoped", value="done")
    assert tasks() == []
