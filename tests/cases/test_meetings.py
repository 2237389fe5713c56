"""Meetings: who arranges and reads them, how they move the case, and what each change leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from access.actor import Actor
from audit.models import Event
from cases.models import Case, Lock, Meeting, Participation, Process
from cases.queries.family import FamilyMeeting, family_overview
from cases.queries.meetings import meeting_of, meeting_tasks_of, meetings_invited
from cases.queries.work import Todo, When
from cases.services.meetings import (
    Arrangement,
    Interpreter,
    Present,
    arrange_meeting,
    cancel_meeting,
    change_meeting,
    hold_meeting,
)
from kit.errors import Conflict, Refused
from people.models import Guardianship
from tests.database import as_loader
from tests.worlds import World


@pytest.fixture
def case(world: World) -> Case:
    """A case of BVC's that asks for consent, with one that covers the logoped and the police."""
    case = world.open_case(state="consent")
    world.consent(case, "bvc", "logoped", "police")
    world.assign("logoped", "logoped", case)
    world.assign("polis", "police", case)
    return case


def arrangement(world: World, **changes: Any) -> Arrangement:
    """A start meeting in three days with the logoped, the police and the mother."""
    at = world.days(3)
    return replace(
        Arrangement(
            purpose="start", proposed=(at,), starts_at=at, form="place", place="Rum 3",
            units=frozenset(world.units[name].pk for name in ("logoped", "police")),
            guardians=frozenset({world.guardians["mamma"].pk}),
            interpreter=Interpreter("arabiska", "phone"),
        ),
        **changes,
    )  # fmt: skip


def arranged(world: World, case: Case, **changes: Any) -> Meeting:
    with world.act("bvc") as actor:
        return arrange_meeting(case=case, arrangement=arrangement(world, **changes), by=actor)


def state_of(case: Case) -> str:
    with as_loader():
        return Process.objects.get(case=case).state


def told(world: World, who: str, case: Case) -> list[FamilyMeeting]:
    with world.act(who) as actor:
        overview = family_overview(case.child_id, actor)
        assert overview is not None
        return overview.meetings


def todos(actor: Actor) -> list[tuple[Todo, When]]:
    return [(task.todo, task.when) for task in meeting_tasks_of(actor)]


def test_inviting_moves_the_case_and_tells_those_invited(world: World, case: Case) -> None:
    """The logoped reads it whole, the police time, place and purpose, the mother hers; nobody else any."""
    made = arranged(world, case)
    assert (state_of(case), made.state, made.no) == ("invited", "booked", 1)
    assert world.units["bvc"].pk in made.units
    with world.act("logoped") as actor:
        assert [row.pk for row in meeting_of(made.meeting, case.pk, actor)] == [made.pk]
    with world.act("polis") as actor:
        assert meeting_of(made.meeting, case.pk, actor) == []
        (part,) = meetings_invited(actor)
        assert (part.meeting, part.place, part.called, part.holds) == (
            made.meeting,
            "Rum 3",
            "Startmöte",
            False,
        )
        assert not Meeting.objects.exists()
    (mine,) = told(world, "mamma", case)
    assert (mine.is_settled, mine.place, mine.interpreter, mine.times) == (
        True,
        "Rum 3",
        "arabiska",
        [world.days(3)],
    )
    assert set(mine.units) == {
        world.units["bvc"].name,
        world.units["logoped"].name,
        world.units["police"].name,
    }
    assert told(world, "pappa", case) == []
    for stranger in ("bvc2", "bvc-ledare", "soc"):
        with world.act(stranger) as actor:
            assert meetings_invited(actor) == []
    with as_loader():
        assert Event.objects.filter(action="meeting_arranged", object=made.meeting).count() == 1


def test_a_unit_that_is_not_invited_reads_nothing_of_it(world: World, case: Case) -> None:
    """Also of the versions in which it was."""
    made = arranged(world, case)
    with world.act("bvc") as actor:
        at_home = arrangement(world, units=frozenset())
        change_meeting(meeting=made, arrangement=at_home, by=actor)
    for who in ("logoped", "polis"):
        with world.act(who) as actor:
            assert (meetings_invited(actor), meeting_of(made.meeting, case.pk, actor)) == ([], [])


def test_with_those_at_home_alone_the_case_stays_where_it_was(world: World, case: Case) -> None:
    """The question of consent goes on waiting: no other unit is invited."""
    arranged(world, case, units=frozenset())
    assert state_of(case) == "consent"


def test_each_change_is_a_version_and_the_second_of_two_is_told(world: World, case: Case) -> None:
    """Nothing is overwritten, and whoever began from the first is shown who changed it."""
    made = arranged(world, case)
    later = arrangement(world, proposed=(world.days(4), world.days(5)), starts_at=None)
    with world.act("bvc") as actor:
        second = change_meeting(meeting=made, arrangement=later, by=actor)
        assert (second.no, second.state) == (2, "proposed")
        changes: list[Callable[[], Meeting]] = [
            lambda: change_meeting(meeting=made, arrangement=later, by=actor),
            lambda: cancel_meeting(meeting=made, reason="Sjuk.", by=actor),
        ]
        for change in changes:
            with pytest.raises(Conflict, match=actor.name):
                change()
        assert [(row.no, row.starts_at) for row in meeting_of(made.meeting, case.pk, actor)] == [
            (2, None), (1, world.days(3)),
        ]  # fmt: skip
        assert todos(actor) == [(Todo.SETTLE_TIME, When.THIS_WEEK)]
    (mine,) = told(world, "mamma", case)
    assert (mine.is_settled, mine.times) == (False, [world.days(4), world.days(5)])


def test_held_moves_the_case_on_and_says_who_came(world: World, case: Case) -> None:
    """Not before its day, not without anybody, and not with somebody who was not invited."""
    made = arranged(world, case)
    logoped, school = (world.units[name].pk for name in ("logoped", "school"))
    with world.act("bvc") as actor, pytest.raises(Refused, match="inte kommit"):
        hold_meeting(meeting=made, present=Present(units=frozenset({logoped})), by=actor)
    after = world.days(3) + timedelta(hours=2)
    with world.act("bvc", at=after) as actor:
        assert todos(actor) == [(Todo.NOTE_MEETING, When.TODAY)]
        for wrong in (Present(), Present(units=frozenset({school})), Present(youth=True)):
            with pytest.raises(Refused):
                hold_meeting(meeting=made, present=wrong, by=actor)
        held = hold_meeting(meeting=made, present=Present(units=frozenset({logoped})), by=actor)
        assert (held.state, held.present_units, held.units) == ("held", [logoped], made.units)
        with pytest.raises(Refused, match="redan genomfört"):
            cancel_meeting(meeting=held, reason="x", by=actor)
        assert todos(actor) == []
    assert state_of(case) == "met"
    with world.act("logoped", at=after) as actor:
        assert todos(actor) == []


def test_cancelled_with_a_reason_that_the_family_does_not_read(world: World, case: Case) -> None:
    made = arranged(world, case)
    with world.act("bvc") as actor:
        with pytest.raises(Refused, match="varför"):
            cancel_meeting(meeting=made, reason=" ", by=actor)
        cancel_meeting(meeting=made, reason="Pappa var arg.", by=actor)
    (mine,) = told(world, "mamma", case)
    assert mine.is_cancelled
    assert "arg" not in repr(mine)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"purpose": "x"}, "Välj vad mötet"),
        ({"purpose": "other"}, "Skriv vad mötet"),
        ({"proposed": ()}, "minst en tid"),
        ({"form": "x"}, "hur ni träffas"),
        ({"units": frozenset(), "guardians": frozenset()}, "minst en att kalla"),
        ({"interpreter": Interpreter(" ", "phone")}, "vilket språk"),
    ],
)
def test_what_is_not_whole_is_refused(
    world: World, case: Case, changes: dict[str, object], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        arranged(world, case, **changes)


def test_only_those_who_have_to_do_with_the_child_are_invited(world: World, case: Case) -> None:
    """A unit without the family's yes, another child's guardian, a time that has passed."""
    for wrong in (
        {"units": frozenset({world.units["school"].pk})},
        {"guardians": frozenset({world.guardians["granne"].pk})},
        {"proposed": (world.days(-1),), "starts_at": world.days(-1)},
        {"starts_at": world.days(9)},
    ):
        with pytest.raises(Refused):
            arranged(world, case, **wrong)


@pytest.mark.parametrize("who", ["logoped", "polis", "bvc2", "bvc-ledare", "mamma"])
def test_only_the_unit_that_holds_the_case_arranges(world: World, case: Case, who: str) -> None:
    made = arranged(world, case)
    with world.act(who) as actor:
        attempts: list[Callable[[], Meeting]] = [
            lambda: arrange_meeting(case=case, arrangement=arrangement(world), by=actor),
            lambda: cancel_meeting(meeting=made, reason="x", by=actor),
            lambda: hold_meeting(meeting=made, present=Present(), by=actor),
        ]
        for attempt in attempts:
            with pytest.raises(Refused):
                attempt()


def test_what_ends_takes_the_meeting_along(world: World, case: Case) -> None:
    """A unit's part, a guardian's custody, and a case that is locked to all but those named."""
    made = arranged(world, case)
    with as_loader():
        Participation.objects.filter(content_object=case, group=world.units["logoped"].group).delete()
        Guardianship.objects.filter(child=case.child, guardian=world.guardians["mamma"]).update(
            valid=world.period((world.days(-30), world.days(-1)))
        )
    with world.act("logoped") as actor:
        assert (meetings_invited(actor), meeting_of(made.meeting, case.pk, actor)) == ([], [])
    with world.act("mamma") as actor:
        assert family_overview(case.child_id, actor) is None
    with as_loader():
        Lock.objects.create(
            case=case, reason="x", locked_by=world.accounts["bvc"], locked_at=world.days(-1),
            valid=world.period(None),
        )  # fmt: skip
    with world.act("bvc") as actor:
        assert meetings_invited(actor) == []
        assert not Meeting.objects.visible_to(actor).exists()


def test_todays_meeting_is_a_line_of_everybody_invited(world: World, case: Case) -> None:
    """Far away it is none."""
    world.meeting(case, "bvc", "bvc", units=("logoped", "police"), at=world.days(0) + timedelta(hours=1))
    world.meeting(case, "bvc", "bvc", units=("logoped",), at=world.days(30))
    for who in ("bvc", "logoped", "polis"):
        with world.act(who) as actor:
            assert (Todo.MEET, When.TODAY) in todos(actor)
            assert (Todo.MEET, When.THIS_WEEK) not in todos(actor)
