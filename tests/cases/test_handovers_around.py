"""Around hand-overs: children without anybody, the next one by age, and what the family sees."""

from __future__ import annotations

import pytest
from django.db import connection

from agencies.models import Membership
from cases.models import Assignment, Case, Handover
from cases.queries.family import family_overview
from cases.queries.handovers import without_anybody
from cases.queries.work import Todo
from cases.services.handovers import accept_handover, name_responsible
from kit.errors import Refused
from tests.cases.test_handovers import case as case  # the same case
from tests.cases.test_handovers import holder, tasks_for
from tests.database import as_loader
from tests.worlds import World

# --- Barn utan ansvarig ------------------------------------------------------------------------


def test_a_child_whose_responsible_has_left(world: World, case: Case) -> None:
    """Her role or her assignment ended; the arbetsledare says who, and it is over."""
    with world.act("bvc-ledare") as actor:
        assert without_anybody(actor) == []
    with as_loader():
        Assignment.objects.filter(user=world.accounts["bvc"]).delete()
    with world.act("bvc-ledare") as actor:
        (found,) = without_anybody(actor)
        assert (found.case_id, found.child, found.kind) == (case.pk, case.child.name, "responsibility")
        with pytest.raises(Refused):
            name_responsible(case=case, account_id=world.accounts["mentor"].pk, by=actor)
        with pytest.raises(Refused):
            name_responsible(case=case, account_id=world.accounts["bvc-ledare"].pk, by=actor)
        name_responsible(case=case, account_id=world.accounts["bvc2"].pk, by=actor)
        assert without_anybody(actor) == []
    assert holder(case)[:2] == ("child_health", "bvc2")
    with world.act("bvc2") as actor:
        assert Case.objects.worked_on_by(actor).get() == case
    with as_loader():
        Membership.objects.filter(account=world.accounts["bvc2"]).update(
            valid=world.period((world.days(-9), world.at))
        )
    with world.act("bvc-ledare") as actor:
        assert len(without_anybody(actor)) == 1


@pytest.mark.parametrize("username", ["bvc", "bvc2", "rektor", "soc-ledare", "logoped", "mamma"])
def test_only_the_units_arbetsledare_is_told_and_decides(world: World, case: Case, username: str) -> None:
    """The school takes part and doesn't have it."""
    with as_loader():
        Assignment.objects.filter(user=world.accounts["bvc"]).delete()
    with world.act(username) as actor:
        assert without_anybody(actor) == []
        with pytest.raises(Refused):
            name_responsible(case=case, account_id=world.accounts["bvc2"].pk, by=actor)
        with connection.cursor() as cursor:
            cursor.execute("select access.responsible_name(%s, %s)", [case.pk, world.accounts["bvc2"].pk])
            assert cursor.fetchone() == (False,)
            cursor.execute("select cases from access.count_without_anybody()")
            assert cursor.fetchone() == (0,)


def test_operators_get_a_number(world: World, case: Case) -> None:
    """From background work, and no id."""
    with as_loader():
        Assignment.objects.filter(user=world.accounts["bvc"]).delete()
    with world.act(None), connection.cursor() as cursor:
        cursor.execute("select * from access.count_without_anybody()")
        assert cursor.fetchone() == (1, 0)


# --- The child grows -----------------------------------------------------------------------------


def test_a_hand_over_is_suggested_as_the_child_grows(world: World) -> None:
    """BVC to school three months before; not when it is asked already, nor by somebody else's unit."""
    child = world.add_child("sexar", world.born(6))
    case = world.open_case(child)
    with world.act("bvc") as actor:
        assert [task.todo for task in tasks_for(actor)] == [Todo.NEXT_STAGE]
    world.consent(case, "school")
    world.handover(case, "bvc", "bvc", "school")
    with world.act("bvc") as actor:
        assert [task.todo for task in tasks_for(actor)] == [Todo.WAIT_FOR_HANDOVER]


# --- The family --------------------------------------------------------------------------------


def test_the_family_sees_who_is_responsible_and_since_when(world: World, case: Case) -> None:
    """Nothing before it is accepted; after it the new one, and where it came from."""
    made = world.handover(case, "bvc", "bvc", "school")
    with world.act("mamma") as actor:
        found = family_overview(case.child_id, actor)
        assert found
        assert found.contact
        assert (found.contact.unit, found.handed) == (world.units["bvc"].name, [])
        assert not Handover.objects.visible_to(actor).exists()
    with world.act("mentor") as actor:
        accept_handover(handover=made, by=actor)
    with world.act("mamma") as actor:
        found = family_overview(case.child_id, actor)
        assert found
        assert found.contact
        assert found.contact.unit == world.units["school"].name
        (line,) = found.handed
        assert (line.one, line.other) == (world.units["bvc"].name, world.units["school"].name)
