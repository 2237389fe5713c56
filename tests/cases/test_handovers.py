"""Responsibility and coordination change hands when, and only when, the receiver accepts."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from access.actor import Actor
from audit.models import Event
from cases.models import Assignment, Case, GrantPeriod, Handover, Lock, Participation, Process
from cases.queries.handovers import (
    handover_tasks_in,
    handover_tasks_of,
    receivers_of,
    waiting_in_unit,
)
from cases.queries.work import Task, Todo, When
from cases.services.handovers import (
    Proposal,
    accept_handover,
    decline_handover,
    propose_handover,
    withdraw_handover,
)
from kit.errors import Refused
from tests.database import as_loader
from tests.worlds import World

KIND = Handover.Kind


@pytest.fixture
def case(world: World) -> Case:
    """A case of BVC's, with a consent that covers BVC, the school and the police."""
    case = world.open_case()
    world.consent(case, "bvc", "school", "police")
    return case


def proposal(world: World, kind: str = "responsibility", to: str = "school", **changes: object) -> Proposal:
    """A whole one."""
    said = {"note": "Börjar skolan.", "starts_on": world.today, **changes}
    return Proposal(kind, world.units[to].pk, **said)  # type: ignore[arg-type]


def tasks_for(actor: Actor) -> list[Task]:
    """As Mitt arbete asks; and as the child's page does, for whoever works on it: the same of the giver's."""
    found = handover_tasks_of(actor, waiting=waiting_in_unit(actor))
    for each in Case.objects.worked_on_by(actor).select_related("child", "process"):
        here = [task for task in found if task.case_id == each.pk]
        assert set(here) <= set(handover_tasks_in(each, actor))
    return found


def holder(case: Case) -> tuple[str, str | None, str | None, str | None]:
    """Responsible unit and person, coordinating unit and person."""
    with as_loader():
        row = Process.objects.select_related("responsible", "coordinator", "responsible_unit").get(case=case)
        return (
            row.responsible_unit.kind,
            row.responsible.username if row.responsible else None,
            row.coordinator_unit.kind if row.coordinator_unit else None,
            row.coordinator.username if row.coordinator else None,
        )


def takes_part(case: Case, world: World, unit: str) -> list[tuple[str, bool]]:
    """How a unit takes part: kind, and whether on consent."""
    with as_loader():
        rows = Participation.objects.filter(content_object=case, group=world.units[unit].group)
        return [(row.kind, row.consent_id is not None) for row in rows]


def test_the_giver_is_responsible_until_it_is_accepted(world: World, case: Case) -> None:
    """Before: nothing has changed. After: the school and its mentor; BVC stays on its consent."""
    with world.act("bvc") as actor:
        made = propose_handover(case=case, proposal=proposal(world), by=actor)
    assert holder(case) == ("child_health", "bvc", None, None)
    with world.act("mentor") as actor:
        assert not Case.objects.visible_to(actor).exists()
        accept_handover(handover=made, by=actor)
    assert holder(case) == ("school", "mentor", None, None)
    assert takes_part(case, world, "school") == [("full", False)]
    assert takes_part(case, world, "bvc") == [("full", True)]
    with world.act("mentor") as actor:
        assert Case.objects.worked_on_by(actor).get() == case
    with world.act("bvc") as actor:
        assert Case.objects.worked_on_by(actor).get() == case
        with pytest.raises(Refused):
            propose_handover(case=case, proposal=proposal(world), by=actor)
    with as_loader():
        row = Handover.objects.get()
        assert (row.outcome, row.answered_by) == ("accepted", world.accounts["mentor"])
        assert GrantPeriod.objects.filter(unit=world.units["school"], what="participation").count() == 1
        event = Event.objects.get(action="handover_accepted")
        assert (event.case, event.child, event.object) == (case.pk, case.child_id, made.pk)


def test_without_a_consent_the_giver_keeps_its_own(world: World) -> None:
    """Nobody is thrown out, and nobody goes on reading others without a yes."""
    case = world.open_case()
    world.consent(case, "school")
    made = world.handover(case, "bvc", "bvc", "school")
    with world.act("mentor") as actor:
        accept_handover(handover=made, by=actor)
    assert takes_part(case, world, "bvc") == [("own", False)]


def test_a_withdrawal_later_leaves_nobody_without(world: World, case: Case) -> None:
    """The school takes part because it is responsible: a yes taken back closes what it was shown,
    and the child still has somebody."""
    made = world.handover(case, "bvc", "bvc", "school")
    with world.act("mentor") as actor:
        accept_handover(handover=made, by=actor)
        with connection.cursor() as cursor:
            cursor.execute("select id from consent_consent")
            (consent,) = cursor.fetchone()  # the new holder knows of the consent it took over
    with world.act("mentor") as actor, connection.cursor() as cursor:
        cursor.execute(
            "select access.consent_withdraw(%s, %s, %s, null, 'paper')",
            [consent, [world.units["school"].pk], world.guardians["mamma"].pk],
        )
        assert cursor.fetchone()[0] is not None
    assert takes_part(case, world, "school") == [("full", False)]
    assert holder(case)[:2] == ("school", "mentor")


def test_coordination_leaves_the_responsible_where_she_is(world: World, case: Case) -> None:
    """Ville's case: the rektor is responsible, another unit holds the work together (on consent)."""
    made = world.handover(case, "bvc", "bvc", "school", kind="coordination")
    with world.act("mentor") as actor:
        accept_handover(handover=made, by=actor)
    assert holder(case) == ("child_health", "bvc", "school", "mentor")
    assert takes_part(case, world, "school") == [("full", True)]
    assert takes_part(case, world, "bvc") == [("full", False)]
    with world.act("mentor") as actor:
        with pytest.raises(Refused):
            propose_handover(case=case, proposal=proposal(world, to="bvc"), by=actor)
        back = propose_handover(case=case, proposal=proposal(world, "coordination", "bvc"), by=actor)
    with world.act("bvc") as actor:
        accept_handover(handover=back, by=actor)
    assert holder(case) == ("child_health", "bvc", "child_health", "bvc")


def test_who_coordinates_goes_on_when_the_responsibility_goes(world: World, case: Case) -> None:
    """BVC is explicitly the one who holds it together: it stays in full, without consent."""
    with as_loader():
        Process.objects.update(coordinator_unit=world.units["bvc"], coordinator=world.accounts["bvc"])
    made = world.handover(case, "bvc", "bvc", "school")
    with world.act("mentor") as actor:
        accept_handover(handover=made, by=actor)
    assert holder(case) == ("school", "mentor", "child_health", "bvc")
    assert takes_part(case, world, "bvc") == [("full", False)]


def test_only_units_that_the_family_said_yes_to(world: World, case: Case) -> None:
    """Not the police, who see their own part; not a unit that doesn't take part, nor one's own."""
    with world.act("bvc") as actor:
        assert [each.name for each in receivers_of(case, actor)] == [world.units["school"].name]
        for unit in ("police", "logoped", "bvc"):
            with pytest.raises(Refused, match="familjen har sagt ja"):
                propose_handover(case=case, proposal=proposal(world, to=unit), by=actor)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"note": "  "}, "note"), ({"note": "x" * 4001}, "note"), ({"kind": "insats"}, "kind")],
)
def test_what_is_wrong_is_said(world: World, case: Case, changes: dict[str, str], field: str) -> None:
    """Before the database says it."""
    with world.act("bvc") as actor, pytest.raises(Refused) as refused:
        propose_handover(case=case, proposal=proposal(world, **changes), by=actor)
    assert refused.value.field == field


def test_not_before_its_day_and_never_in_the_past(world: World, case: Case) -> None:
    """It waits until the day, and is nobody's meanwhile but the giver's."""
    with world.act("bvc") as actor:
        with pytest.raises(Refused):
            propose_handover(case=case, proposal=proposal(world, starts_on=world.day(-1)), by=actor)
        made = propose_handover(case=case, proposal=proposal(world, starts_on=world.day(3)), by=actor)
    with world.act("mentor") as actor, pytest.raises(Refused, match="Dagen har inte kommit"):
        accept_handover(handover=made, by=actor)
    with world.act("mentor") as actor, connection.cursor() as cursor:
        cursor.execute("select access.handover_accept(%s, %s, 'x')", [made.pk, actor.account_id])
        assert cursor.fetchone() == (None,)
    with world.act("mentor", at=world.at + timedelta(days=3)) as actor:
        accept_handover(handover=made, by=actor)
    assert holder(case)[0] == "school"


def test_one_at_a_time_of_each_kind(world: World, case: Case) -> None:
    """A second is refused until the first is taken back; the other kind is its own."""
    with world.act("bvc") as actor:
        first = propose_handover(case=case, proposal=proposal(world), by=actor)
        with pytest.raises(Refused, match="redan"):
            propose_handover(case=case, proposal=proposal(world), by=actor)
        propose_handover(case=case, proposal=proposal(world, "coordination"), by=actor)
        withdraw_handover(handover=first, by=actor)
        with pytest.raises(Refused, match="redan svarat"):
            withdraw_handover(handover=first, by=actor)
        propose_handover(case=case, proposal=proposal(world), by=actor)
    with world.act("mentor") as actor, pytest.raises(Refused, match="finns inte längre"):
        accept_handover(handover=first, by=actor)
    assert holder(case) == ("child_health", "bvc", None, None)


def test_declining_says_why_and_goes_back(world: World, case: Case) -> None:
    """Without having ever worked on the case; the giver reads why for two weeks."""
    made = world.handover(case, "bvc", "bvc", "school")
    with world.act("mentor") as actor:
        with pytest.raises(Refused):
            decline_handover(handover=made, reason=" ", by=actor)
        decline_handover(handover=made, reason="Vi har ingen plats.", by=actor)
        with pytest.raises(Refused, match="redan svarat"):
            decline_handover(handover=made, reason="Igen.", by=actor)
        assert not Handover.objects.visible_to(actor).exists()
    with world.act("bvc") as actor:
        assert [task.todo for task in tasks_for(actor)] == [Todo.HANDOVER_DECLINED]
        assert Handover.objects.visible_to(actor).get().reason == "Vi har ingen plats."
    with world.act("bvc", at=world.at + timedelta(days=15)) as actor:
        assert tasks_for(actor) == []
    assert holder(case)[:2] == ("child_health", "bvc")


@pytest.mark.parametrize(
    "username", ["bvc", "bvc2", "logoped", "polis", "soc-ledare", "mamma", "enhetsadmin"]
)
def test_nobody_else_answers(world: World, case: Case, username: str) -> None:
    """Neither the giver, another unit, the family nor who administers."""
    made = world.handover(case, "bvc", "bvc", "school")
    with world.act(username) as actor:
        assert waiting_in_unit(actor) == []
        with pytest.raises(Refused):
            accept_handover(handover=made, by=actor)
        with pytest.raises(Refused):
            decline_handover(handover=made, reason="Nej.", by=actor)
        with connection.cursor() as cursor:
            cursor.execute("select access.handover_accept(%s, %s, 'x')", [made.pk, actor.account_id])
            assert cursor.fetchone() == (None,)
    assert holder(case)[:2] == ("child_health", "bvc")


def test_an_arbetsledare_chooses_a_colleague_and_nobody_else_does(world: World, case: Case) -> None:
    """Only somebody who works in the unit."""
    made = world.handover(case, "bvc", "bvc", "school")
    mentor, rektor = world.accounts["mentor"].pk, world.accounts["rektor"].pk
    with world.act("mentor") as actor, pytest.raises(Refused):
        accept_handover(handover=made, account_id=rektor, by=actor)
    with world.act("rektor") as actor:
        with pytest.raises(Refused):
            accept_handover(handover=made, account_id=world.accounts["bvc2"].pk, by=actor)
        accept_handover(handover=made, account_id=mentor, by=actor)
    assert holder(case)[:2] == ("school", "mentor")
    with as_loader():
        assert not Assignment.objects.filter(user=rektor).exists()


def test_a_unit_whose_consent_has_ended_can_not_accept(world: World, case: Case) -> None:
    """What it could know of is over, and so is this."""
    made = world.handover(case, "bvc", "bvc", "school")
    with as_loader():
        Participation.objects.filter(group=world.units["school"].group).delete()
    with world.act("mentor") as actor:
        assert waiting_in_unit(actor) == []
        with pytest.raises(Refused, match="finns inte längre"):
            accept_handover(handover=made, by=actor)


def test_a_closed_case_is_not_handed_over_to_who_is_not_named(world: World, case: Case) -> None:
    """Neither seen nor accepted, and no name of it."""
    made = world.handover(case, "bvc", "bvc", "school")
    with as_loader():
        Lock.objects.create(case=case, reason="Barnahus", locked_by=world.accounts["bvc"], locked_at=world.at,
                            valid=world.period((world.days(-1), None)))  # fmt: skip
    with world.act("mentor") as actor:
        assert waiting_in_unit(actor) == []
        with pytest.raises(Refused, match="finns inte längre"):
            accept_handover(handover=made, by=actor)


def test_an_ended_case_is_not_handed_over(world: World, case: Case) -> None:
    """It waits for nobody any more."""
    made = world.handover(case, "bvc", "bvc", "school")
    with as_loader():
        Process.objects.update(state="closed", closed_at=world.at)
    with world.act("mentor") as actor:
        assert waiting_in_unit(actor) == []
        with pytest.raises(Refused):
            accept_handover(handover=made, by=actor)
    with world.act("bvc") as actor:
        assert tasks_for(actor) == []


def test_who_finds_it_on_mitt_arbete(world: World, case: Case) -> None:
    """The one in mind; where nobody is, who works on the case; the rest in the inbox. Late for both."""
    made = world.handover(case, "bvc", "bvc", "school")
    with world.act("mentor") as actor:
        assert len(waiting_in_unit(actor)) == 1
        assert tasks_for(actor) == []
    world.assign("mentor", "school", case)
    with world.act("mentor") as actor:
        (task,) = tasks_for(actor)
        assert (task.todo, task.when, task.target) == (Todo.ACCEPT_RESPONSIBILITY, When.TODAY, made.pk)
        assert task.child == case.child.name
    with world.act("bvc") as actor:
        (task,) = tasks_for(actor)
        assert (task.todo, task.when) == (Todo.WAIT_FOR_HANDOVER, When.OTHERS)
    later = world.at + timedelta(days=9)
    for username in ("bvc", "mentor", "rektor"):
        with world.act(username, at=later) as actor:
            assert [task.when for task in tasks_for(actor)] == [When.LATE], username
    with world.act("bvc") as actor:
        withdraw_handover(handover=made, by=actor)
    world.handover(case, "bvc", "bvc", "school", to="rektor")
    with world.act("mentor") as actor:
        assert tasks_for(actor) == []
    with world.act("rektor") as actor:
        assert len(tasks_for(actor)) == 1


def test_the_giver_past_the_services_stays_responsible(world: World, case: Case) -> None:
    """Nobody who serves writes who answers for a case, whoever holds it."""
    for column, value in (
        ("responsible_unit_id", world.units["school"].pk), ("responsible_id", None),
        ("coordinator_unit_id", world.units["school"].pk), ("coordinator_id", world.accounts["mentor"].pk),
    ):  # fmt: skip
        with (
            world.act("bvc"),
            pytest.raises(ProgrammingError),
            transaction.atomic(),
            connection.cursor() as c,
        ):
            c.execute(f"update cases_process set {column} = %s", [value])  # noqa: S608


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_has_it(world: World) -> None:
    """One process, one assignment, one receipt; the other is told, on a page that helps."""
    case = world.open_case()
    world.consent(case, "bvc", "school")
    made = world.handover(case, "bvc", "bvc", "school")
    browsers = [world.client(name) for name in ("mentor", "rektor")]
    found: list[tuple[int, str]] = []

    def accept(browser: Client) -> None:
        answer = browser.post(f"/enheten/lamna-over/{made.pk}/", {}, follow=True)
        first = answer.redirect_chain[0][0] if answer.redirect_chain else ""
        found.append((answer.status_code, first))
        connection.close()

    threads = [threading.Thread(target=accept, args=(browser,)) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(first == f"/barn/{case.pk}/" for _, first in found) == 1, found
    assert {status for status, first in found if first != f"/barn/{case.pk}/"} <= {200, 422}
    with as_loader():
        assert Assignment.objects.filter(content_object=case, unit=world.units["school"]).count() == 1
        assert (
            Participation.objects.filter(content_object=case, group=world.units["school"].group).count() == 1
        )
        assert Event.objects.filter(action="handover_accepted").count() == 1
