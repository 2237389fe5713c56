"""The process: one table that the code, the database, the document and the pages follow."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from access.permissions import Permission
from cases.deadlines import FIRST_DAYS, Deadline, DeadlineSetting
from cases.management.commands import process_document as command
from cases.models import Case, Process
from cases.process import PROCESS, deadline_of, may_close, may_move
from cases.rules import CloseReason, NextStep, ProcessState
from cases.services.decisions import Outcome, close_case, decide_outcome, move_process
from cases.services.entries import Audience
from kit.errors import Refused
from kit.working_days import add_working_days, is_working_day
from tests.database import as_loader, asked_as_owner
from tests.worlds import World

REFUSED = "BB004"


def process_of(case: Case) -> Process:
    with as_loader():
        return Process.objects.get(case=case)


def set_state(case: Case, state: str, **others: object) -> None:
    with as_loader():
        Process.objects.filter(case=case).update(state=state, **others)


# --- The table and the database say the same -------------------------------------------------------


def test_every_state_is_in_the_table_and_can_be_reached() -> None:
    """And from each there is a way to the end."""
    assert list(PROCESS) == list(ProcessState)
    reached = {ProcessState.NOTICED}.union(*(stage.exits for stage in PROCESS.values()))
    assert reached == set(ProcessState)
    for state, stage in PROCESS.items():
        assert state is ProcessState.CLOSED or ProcessState.CLOSED in stage.exits
    assert set(CloseReason) == set().union(*(stage.closes for stage in PROCESS.values()))


def test_the_database_has_the_same_table() -> None:
    """Each pair of states, each reason, each step's deadline."""
    states = [state.value for state in ProcessState]
    pairs = {
        (a, b): found
        for a, b, found in asked_as_owner(
            "select a, b, access_owner.leads_to(a, b) from unnest(%s::text[]) a, unnest(%s::text[]) b",
            states,
            states,
        )
    }
    assert pairs == {(a.value, b.value): may_move(a, b) for a, b in product(ProcessState, ProcessState)}
    reasons = [reason.value for reason in CloseReason]
    closing = {
        (a, b): found
        for a, b, found in asked_as_owner(
            "select a, b, access_owner.closes_for(a, b) from unnest(%s::text[]) a, unnest(%s::text[]) b",
            states,
            reasons,
        )
    }
    assert closing == {(a.value, b.value): may_close(a, b) for a, b in product(ProcessState, CloseReason)}
    steps = ["", *(step.value for step in NextStep)]
    due = {
        (a, b): found
        for a, b, found in asked_as_owner(
            "select a, b, access_owner.deadline_of(a, b) from unnest(%s::text[]) a, unnest(%s::text[]) b",
            states,
            steps,
        )
    }
    assert due == {(a.value, b): deadline_of(a, b) for a, b in product(ProcessState, steps)}


def test_the_database_has_the_same_days() -> None:
    """The first numbers, thirty years of working days, and where so many of them lead."""
    numbers = asked_as_owner(
        "select d, access_owner.working_days('0761', d) from unnest(%s::text[]) d",
        [d.value for d in Deadline],
    )
    assert dict(numbers) == {deadline.value: number for deadline, number in FIRST_DAYS.items()}
    days = asked_as_owner(
        "select d::date, access_owner.is_working_day(d::date)"
        " from generate_series('2020-01-01'::date, '2049-12-31', interval '1 day') d"
    )
    assert len(days) == 10_958
    assert [day for day, found in days if is_working_day(day) is not found] == []
    starts = [date(2026, 12, 18) + timedelta(days=n) for n in range(20)] + [
        date(2027, 3, 20),
        date(2027, 6, 20),
    ]
    for number in (0, 1, 5, 60):
        found = asked_as_owner(
            "select d, access_owner.add_working_days(d, %s) from unnest(%s::date[]) d", number, starts
        )
        assert dict(found) == {day: add_working_days(day, number) for day in starts}


def test_the_document_is_drawn_from_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Red when the table changes and nobody draws it anew."""
    call_command("process_document", check=True)
    monkeypatch.setattr(command, "process_document", lambda: "# Something else\n")
    with pytest.raises(CommandError, match="old"):
        call_command("process_document", check=True)


# --- The database holds it, whoever writes ---------------------------------------------------------


def test_the_process_goes_no_other_way(world: World) -> None:
    """Past the services, as the one who holds the case; what the table knows goes through."""
    case = world.open_case(state="dialogue", next_step="talk")
    with world.act("bvc"):
        for wrong in ("implementing", "met", "noticed", "dormant"):
            with pytest.raises(DatabaseError) as error, transaction.atomic():
                Process.objects.filter(case=case).update(state=wrong)
            assert getattr(error.value.__cause__, "sqlstate", "") == REFUSED, wrong
        assert Process.objects.filter(case=case).update(state="gathering") == 1
    assert process_of(case).state == "gathering"


def test_a_case_is_closed_only_for_a_reason_that_its_state_knows(world: World) -> None:
    """By the service with words, past it by the database; nothing has changed then."""
    case = world.open_case(state="dialogue", next_step="talk")
    with world.act("bvc") as actor:
        with pytest.raises(Refused, match="så här långt"):
            close_case(case=case, reason=CloseReason.GOALS_REACHED, by=actor)
        with pytest.raises(Refused, match="inte fyllt 18"):
            close_case(case=case, reason=CloseReason.TURNED_18, by=actor)
        with pytest.raises(DatabaseError), transaction.atomic():
            Process.objects.filter(case=case).update(
                state="closed", closed_at=actor.at, close_reason="goals_reached"
            )
        assert Process.objects.get(case=case).closed_at is None
        close_case(case=case, reason=CloseReason.MOVED, by=actor)
    assert process_of(case).close_reason == "moved"


def test_who_may_not_move_a_case_does_not(world: World) -> None:
    """``by`` of the table is asked, beside what each service asks."""
    case = world.open_case(state="dialogue", next_step="talk")
    assert Permission.DECIDE_COLLABORATION in PROCESS[ProcessState.ASSESSMENT].by
    with world.act("logoped") as actor, pytest.raises(Exception):  # noqa: B017, PT011 (404 or refusal)
        move_process(case=case, to=ProcessState.ASSESSMENT, by=actor)
    assert process_of(case).state == "dialogue"


# --- Days ------------------------------------------------------------------------------------------


def test_a_step_gets_its_day_and_keeps_it_within_the_same_deadline(world: World) -> None:
    """To find out is part of deciding; what is decided has a day of its own."""
    case = world.open_case(state="noticed", next_step="")
    with world.act("bvc"):
        Process.objects.filter(case=case).update(state="dialogue", next_step="talk", next_on=None)
    decided_by = add_working_days(world.today, FIRST_DAYS[Deadline.DECIDE])
    assert process_of(case).next_on == decided_by
    set_state(case, "dialogue", next_on=world.day(3))
    with world.act("bvc") as actor:
        move_process(case=case, to=ProcessState.GATHERING, by=actor)
        assert Process.objects.get(case=case).next_on == world.day(3)
        decide_outcome(
            case=case, outcome=Outcome.COLLABORATE, reasons="Flera behövs.", audience=Audience(), by=actor
        )
    assert process_of(case).next_on == add_working_days(world.today, FIRST_DAYS[Deadline.ACT])


def test_a_municipality_sets_its_own_for_what_begins_after_it(world: World) -> None:
    """A day that is set stays."""
    before = world.open_case(state="noticed", next_step="")
    after = world.open_case(world.add_child("alva", world.born(4)), state="noticed", next_step="")
    with world.act("bvc"):
        Process.objects.filter(case=before).update(state="dialogue", next_step="talk", next_on=None)
    with as_loader():
        DeadlineSetting.objects.create(
            municipality_id=world.child.municipality_code, deadline="decide", no=2, working_days=4,
            why="Fortare.", set_by=world.accounts["admin"], set_at=world.at,
        )  # fmt: skip
    with world.act("bvc"):
        Process.objects.filter(case=after).update(state="dialogue", next_step="talk", next_on=None)
    assert process_of(before).next_on == add_working_days(world.today, 10)
    assert process_of(after).next_on == add_working_days(world.today, 4)


# --- To rest ---------------------------------------------------------------------------------------


def test_a_case_rests_until_a_day_and_goes_on(world: World) -> None:
    """Not one that has just begun, not without a day; its reasons are a note of the unit's own."""
    case = world.open_case(state="dialogue", next_step="talk")

    def decide(outcome: Outcome, on: date | None = None) -> None:
        with world.act("bvc") as actor:
            decide_outcome(
                case=case, outcome=outcome, reasons="Familjen vill vänta.", audience=Audience(),
                follow_up_on=on, by=actor,
            )  # fmt: skip

    with pytest.raises(Refused, match="just har börjat"):
        decide(Outcome.REST, world.day(30))
    set_state(case, "assessment", next_step="support", next_on=world.day(3))
    with pytest.raises(Refused, match="när ni ser över"):
        decide(Outcome.REST)
    decide(Outcome.REST, world.day(30))
    resting = process_of(case)
    assert (resting.state, resting.next_step, resting.next_on) == ("dormant", "look_again", world.day(30))
    decide(Outcome.REST, world.day(60))
    assert process_of(case).next_on == world.day(60)
    decide(Outcome.COLLABORATE)
    assert process_of(case).state == "consent"
