"""Signals through the services: they go by age and yes, are taken once, and wait in words."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from cases.models import Case, Participation, Process, Signal
from cases.queries.inbox import (
    invitations_waiting,
    is_late,
    own_signals,
    signal_of,
    signal_of_case,
    signals_waiting,
)
from cases.services.signals import Noticed, forward_signal, send_signal, take_invitation, take_signal
from kit.dates import STOCKHOLM
from kit.errors import Refused
from tests.database import as_loader
from tests.worlds import World


def noticed(world: World, **changes: object) -> Noticed:
    """What somebody saw of a child that nobody knows."""
    today = world.today
    values: dict[str, object] = {
        "name": "Alva Provlind",
        "number": "",
        "born_on": world.born(4),
        "municipality_code": "0761",
        "seen": "Talar lite.",
        "seen_on": today,
        "works": "",
        "family_knows": True,
        "yes_from": "mamma",
        "yes_on": today,
    }
    return Noticed(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(("age", "unit"), [(1, "bvc"), (4, "bvc"), (9, "school"), (15, "school")])
def test_it_goes_to_the_unit_by_age(world: World, age: int, unit: str) -> None:
    """BVC until förskoleklass, then the school; the unit takes part and nobody is assigned."""
    with world.act("forskola") as actor:
        signal_id = send_signal(noticed=noticed(world, born_on=world.born(age)), by=actor)
    with as_loader():
        signal = Signal.objects.get(pk=signal_id)
        assert signal.to_unit == world.units[unit]
        assert Participation.objects.get().group == world.units[unit].group
        assert Process.objects.get().responsible is None


def test_it_goes_where_the_child_is_listed(world: World) -> None:
    """The child's own BVC before the municipality's default one."""
    other = world.add_unit("bvc-hovmantorp", "child_health", "Region Kronoberg", "0761")
    with as_loader():
        world.child.number, world.child.reserve_number = "202204052388", None
        world.child.save()
    world.listing(world.child, other)
    with world.act("forskola") as actor:
        send_signal(noticed=noticed(world, number="202204052388"), by=actor)
    with as_loader():
        assert Signal.objects.get().to_unit == other


def test_a_second_signal_joins_the_open_case(world: World) -> None:
    """The unit that holds the case gets it; there is never a second case."""
    with as_loader():
        world.child.number, world.child.reserve_number = "202204052388", None
        world.child.save()
    case = world.open_case(world.child, "school", "rektor")
    with world.act("forskola") as actor:
        send_signal(noticed=noticed(world, number="202204052388"), by=actor)
    with as_loader():
        signal = Signal.objects.get()
        assert (signal.case, signal.to_unit) == (case, world.units["school"])
        assert Case.objects.count() == 1
    with world.act("rektor") as actor:
        assert take_signal(signal_id=signal.pk, by=actor) == case.pk


@pytest.mark.parametrize(
    "username", ["styrgrupp", "admin", "dataskydd", "enhetsadmin", "granskare", "mamma", None]
)
def test_others_send_and_take_nothing(world: World, username: str | None) -> None:
    """The role may not, whatever is asked."""
    case = world.open_case(responsible=None)
    signal = world.signal(to_unit="bvc", case=case)
    with world.act(username) as actor:
        with pytest.raises(Refused):
            send_signal(noticed=noticed(world), by=actor)
        with pytest.raises(Refused):
            take_signal(signal_id=signal.pk, by=actor)
        with pytest.raises(Refused):
            take_invitation(invitation_id=signal.pk, by=actor)
        assert (signals_waiting(actor), invitations_waiting(actor), own_signals(actor)) == ([], [], [])
        assert signal_of(signal.pk, actor) is None


def test_what_has_not_been_is_refused(world: World) -> None:
    """A day to come can't have been seen."""
    tomorrow = world.day(1)
    with world.act("forskola") as actor, pytest.raises(Refused, match="framtiden"):
        send_signal(noticed=noticed(world, seen_on=tomorrow), by=actor)


def test_only_the_sender_sends_on_and_only_once(world: World) -> None:
    """A colleague of the same unit can't, and a second yes changes nothing."""
    world.add_staff("forskola2", "preschool")
    with world.act("forskola") as actor:
        signal_id = send_signal(noticed=noticed(world, yes_from="", yes_on=None), by=actor)
    day = world.today
    for username, passes in (("forskola2", False), ("bvc", False), ("forskola", True), ("forskola", False)):
        with world.act(username) as actor:
            values = {"signal_id": signal_id, "born_on": world.born(4), "yes_from": "mamma", "yes_on": day}
            if passes:
                forward_signal(**values, by=actor)  # type: ignore[arg-type]
            else:
                with pytest.raises(Refused):
                    forward_signal(**values, by=actor)  # type: ignore[arg-type]


def test_the_text_follows_who_may_read_it(world: World) -> None:
    """The sender and her lead; for the receiver only who works on the case, after taking it."""
    case = world.open_case()
    world.add_staff("forskole-ledare", "preschool", role="lead")
    signal = world.signal(to_unit="bvc", case=case)
    readers = {"forskola": True, "forskole-ledare": True, "bvc": True, "bvc2": False, "bvc-ledare": False}
    for username, reads in readers.items():
        with world.act(username) as actor:
            assert (signal_of(signal.pk, actor) is not None) is reads, username
    with world.act("bvc") as actor:
        assert signal_of_case(case, actor) is None
        take_signal(signal_id=signal.pk, by=actor)
        text = signal_of_case(case, actor)
        assert text is not None
        assert text.seen == "Pratar lite."
    with world.act("forskola") as actor:
        view = signal_of(signal.pk, actor)
        assert view is not None
        assert (view.is_mine, view.is_taken, view.waits_for_yes) == (True, True, False)


@pytest.mark.parametrize(
    ("delivered", "today", "late"),
    [
        (date(2026, 11, 16), date(2026, 11, 17), False),  # Monday to Tuesday
        (date(2026, 11, 16), date(2026, 11, 18), True),
        (date(2026, 11, 20), date(2026, 11, 23), False),  # over a weekend
        (date(2026, 11, 20), date(2026, 11, 24), True),
        (date(2026, 12, 23), date(2026, 12, 28), False),  # Christmas Eve, two holidays on a weekend
        (date(2026, 12, 23), date(2026, 12, 29), True),
    ],
)
def test_late_after_one_working_day(delivered: date, today: date, late: bool) -> None:
    """The whole of the next working day is in time."""
    instant = datetime(delivered.year, delivered.month, delivered.day, 15, tzinfo=STOCKHOLM)
    assert is_late(instant, today) is late
    assert is_late(None, today) is False
