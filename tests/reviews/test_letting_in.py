"""Whoever let herself in is taken up by the review: as head of the unit, or in an emergency."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.models import Case
from cases.services.leading import assign_colleague, open_as_lead
from reviews.queries import events_of
from tests.database import as_loader
from tests.reviews.support import flags, long_assigned, made, opens, workday
from tests.worlds import World


@pytest.fixture
def case(world: World) -> Case:
    """A case that "bvc" has worked on all the time."""
    return long_assigned(world)


def test_the_lead_who_let_herself_in(world: World, case: Case) -> None:
    """An opening with a purpose is an assignment, and all the same taken up."""
    with as_loader():
        case.participation_set.update(valid=world.period((world.days(-300), None)))
    at = world.clock(workday(world), 9)
    with world.act("bvc-ledare", at=at) as actor:
        open_as_lead(case=case, purpose="Ines är sjuk och familjen har ringt.", by=actor)
    opens(world, "bvc-ledare", case, at + timedelta(hours=1))
    assert flags(world) == [["unassigned"]]


def test_the_lead_who_assigned_herself(world: World, case: Case) -> None:
    """Taken up on the day that she did it, with her reason for the reviewer; then she works there
    as anybody, and a colleague whom she assigns is nothing odd."""
    with as_loader():
        case.participation_set.update(valid=world.period((world.days(-300), None)))
    at, why = world.clock(workday(world), 9), "Tar över efter Ines, som har slutat."
    with world.act("bvc-ledare", at=at) as actor:
        for who, reason in (("bvc-ledare", why), ("bvc2", "")):
            assign_colleague(case=case, account_id=world.accounts[who].pk, by=actor, reason=reason)
    opens(world, "bvc-ledare", case, world.clock(workday(world, 2), 9))
    opens(world, "bvc2", case, world.clock(workday(world, 3), 9))
    _review, accesses = made(world)
    assert [one.flags for one in accesses] == [["self_assigned"], [], []]
    with world.act("granskare"):
        assert [(one.action, one.reason) for one in events_of(accesses[0])] == [("assigned_herself", why)]


def test_an_emergency_opening(world: World, case: Case) -> None:
    at = world.clock(workday(world), 9)
    world.assign("bvc2", "bvc", case, valid=(at, at + timedelta(hours=1)))
    opens(world, "bvc2", case, at, kind="emergency", action="emergency_opened")
    opens(world, "bvc2", case, at + timedelta(minutes=5))
    assert flags(world) == [["unassigned"]]
