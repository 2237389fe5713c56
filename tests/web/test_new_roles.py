"""Two people give somebody a role: one proposes, another confirms (threat 20)."""

from __future__ import annotations

import re
import threading
from datetime import date
from typing import Any

import pytest
from django.db import connection

from access.appointing import (
    AppointmentFacts,
    decide_confirmation,
    decide_proposal,
    decide_refusal,
    decide_taking_back,
)
from access.reasons import Reason
from access.roles import ROLES, UNIT_ROLES, Role
from agencies import appointments
from agencies.models import Appointment, Membership, StaffMember
from kit.errors import Refused
from people.models import Account
from tests.database import as_loader
from tests.web.counting import statements
from tests.web.test_administration import last_event, new_colleague, unit_address
from tests.worlds import World

START = "/nya-roller/"


def address(appointment: Appointment) -> str:
    return f"{START}{appointment.pk}/"


def state(appointment: Appointment) -> str:
    with as_loader():
        return Appointment.objects.get(pk=appointment.pk).outcome


# --- The rule -------------------------------------------------------------------------------


def facts(**changes: Any) -> AppointmentFacts:
    day = date(2026, 3, 2)
    found: dict[str, Any] = {
        "role": Role.LEAD, "actor": "chef", "here": True, "proposed_by": "admin", "appointed": "ny",
        "decided": False, "last_on": day, "today": day,
    }  # fmt: skip
    return AppointmentFacts(**found | changes)


@pytest.mark.parametrize(
    ("changes", "confirms", "declines"),
    [
        ({}, Reason.SECOND_PERSON, Reason.SECOND_PERSON),
        ({"role": Role.ADMINISTRATOR}, Reason.SECOND_PERSON, Reason.SECOND_PERSON),
        ({"role": Role.UNIT_ADMINISTRATOR}, Reason.SECOND_PERSON, Reason.SECOND_PERSON),
        ({"role": Role.CASEWORKER}, Reason.ROLE_MAY_NOT, Reason.ROLE_MAY_NOT),
        ({"role": Role.DATA_PROTECTION}, Reason.ROLE_MAY_NOT, Reason.ROLE_MAY_NOT),
        ({"role": None}, Reason.ROLE_MAY_NOT, Reason.ROLE_MAY_NOT),
        ({"here": False}, Reason.ROLE_MAY_NOT, Reason.ROLE_MAY_NOT),
        ({"actor": "ny"}, Reason.ROLE_NOT_ONES_OWN, Reason.ROLE_NOT_ONES_OWN),
        ({"actor": "admin"}, Reason.ROLE_CONFIRMED_BY_ANOTHER, Reason.ROLE_CONFIRMED_BY_ANOTHER),
        ({"decided": True}, Reason.ROLE_DECIDED, Reason.ROLE_DECIDED),
        ({"last_on": None}, Reason.SECOND_PERSON, Reason.SECOND_PERSON),
        ({"last_on": facts().today.replace(day=1)}, Reason.ROLE_PERIOD_OVER, Reason.SECOND_PERSON),
    ],
)
def test_who_may_answer(changes: dict[str, Any], confirms: Reason, declines: Reason) -> None:
    assert decide_confirmation(facts(**changes)).reason is confirms
    assert decide_refusal(facts(**changes)).reason is declines


def test_who_may_propose_and_take_back() -> None:
    for role in ROLES:
        may = decide_proposal(role=role, actor="a", appointed="b", given=Role.CASEWORKER)
        assert bool(may) == (role in {Role.ADMINISTRATOR, Role.UNIT_ADMINISTRATOR}), role
    for given in Role:
        may = decide_proposal(role=Role.ADMINISTRATOR, actor="a", appointed="b", given=given)
        assert bool(may) == (given in UNIT_ROLES), given
    own = decide_proposal(role=Role.ADMINISTRATOR, actor="a", appointed="a", given=Role.LEAD)
    assert own.reason is Reason.ROLE_NOT_ONES_OWN
    assert decide_taking_back(facts(actor="admin"))
    assert decide_taking_back(facts()).reason is Reason.ROLE_TAKEN_BACK_BY_PROPOSER
    assert decide_taking_back(facts(actor="admin", decided=True)).reason is Reason.ROLE_DECIDED


# --- The pages --------------------------------------------------------------------------------


def test_nothing_is_opened_before_another_has_confirmed(world: World) -> None:
    """Neither account nor role, and nobody has seen a password."""
    form = new_colleague(world)
    admin = world.client("enhetsadmin")
    page = admin.post(unit_address(world, "bvc", "ny-kollega/"), form, follow=True).content.decode()
    assert "måste bekräfta rollen innan den gäller" in page
    assert "Nya Kollegan, handläggare" in page
    assert "Väntar på någon annan" in page
    assert "<code>" not in page
    with as_loader():
        assert not Account.objects.filter(pk=form["key"]).exists()
        assert not StaffMember.objects.filter(name="Nya Kollegan").exists()
        assert not Membership.objects.filter(account=form["key"]).exists()


def test_the_proposer_can_not_confirm(world: World) -> None:
    waiting = world.appointment("bvc", by="enhetsadmin")
    admin = world.client("enhetsadmin")
    page = admin.get(address(waiting)).content.decode()
    assert "Någon annan än den som föreslog rollen måste bekräfta" in page
    assert "Bekräfta rollen" not in page
    assert "Avböj" not in page
    assert admin.post(address(waiting), {"confirm": "1"}).status_code == 403
    assert admin.post(address(waiting), {"decline": "1", "because": "x"}).status_code == 403
    assert state(waiting) == ""


def test_the_head_of_the_unit_sees_it_and_confirms(world: World) -> None:
    waiting = world.appointment("bvc", by="enhetsadmin", phone="010-000 00 09")
    head = world.client("bvc-ledare")
    assert "1 ny roll i enheten väntar på att du bekräftar den" in head.get("/mitt-arbete/").content.decode()
    listed = head.get(START).content.decode()
    assert "Nya Kollegan, handläggare" in listed
    assert "Väntar på dig" in listed
    page = head.get(address(waiting)).content.decode()
    assert "Föreslaget av Enhetsadmin Testsson" in page
    assert "010-000 00 09" in page
    response = head.post(address(waiting), {"confirm": "1"})
    username, password = re.findall(r"<code>(.+?)</code>", response.content.decode())
    assert response["Cache-Control"] == "no-store"
    browser = world.client()
    assert browser.post("/logga-in/", {"username": username, "password": password}).status_code == 302
    assert browser.get("/")["Location"] == "/mitt-arbete/"
    event = last_event("colleague_added")
    assert event.account == world.accounts["bvc-ledare"].pk
    assert "Nya" not in str(event.detail)
    assert password not in head.get(address(waiting)).content.decode()
    assert "Bekräftat av Bvc-Ledare Testsson" in head.get(START).content.decode()
    assert "ny roll i enheten" not in head.get("/mitt-arbete/").content.decode()


def test_a_second_answer_is_refused(world: World) -> None:
    waiting = world.appointment("bvc", by="enhetsadmin", of="soc2")
    head = world.client("bvc-ledare")
    assert head.post(address(waiting), {"confirm": "1"})["Location"] == START
    again = head.post(address(waiting), {"confirm": "1"})
    assert again.status_code == 403
    assert "redan avgjort" in again.content.decode()
    with as_loader():
        assert Membership.objects.filter(appointment=waiting).count() == 1


def test_a_no_says_why_to_the_proposer(world: World) -> None:
    waiting = world.appointment("bvc", by="enhetsadmin", of="soc2")
    head = world.client("bvc-ledare")
    empty = head.post(address(waiting), {"decline": "1", "because": " "})
    assert empty.status_code == 422
    assert "Skriv varför du avböjer" in empty.content.decode()
    assert "<title>Fel:" in empty.content.decode()
    assert head.post(address(waiting), {"decline": "1", "because": "Arbetar inte här."})["Location"] == START
    assert "Arbetar inte här." in world.client("enhetsadmin").get(address(waiting)).content.decode()
    event = last_event("role_declined")
    assert "Arbetar" not in str(event.detail)
    assert state(waiting) == "declined"


def test_the_proposer_takes_it_back(world: World) -> None:
    waiting = world.appointment("bvc", by="enhetsadmin", of="soc2")
    assert world.client("bvc-ledare").post(address(waiting), {"take_back": "1"}).status_code == 403
    assert world.client("enhetsadmin").post(address(waiting), {"take_back": "1"})["Location"] == START
    assert state(waiting) == "taken_back"
    assert world.client("bvc-ledare").post(address(waiting), {"confirm": "1"}).status_code == 403


def test_nobody_answers_about_herself_or_elsewhere(world: World) -> None:
    own = world.appointment("bvc", by="enhetsadmin", of="bvc-ledare", role="lawyer")
    head = world.client("bvc-ledare")
    assert "Du kan inte ge dig själv en roll" in head.get(address(own)).content.decode()
    assert head.post(address(own), {"confirm": "1"}).status_code == 403
    elsewhere = world.appointment("preschool", by="admin", of="soc2")
    for username in ("bvc-ledare", "enhetsadmin", "bvc", "dataskydd", "mamma", "soc2"):
        assert world.client(username).post(address(elsewhere), {"confirm": "1"}).status_code == 404, username
    assert (state(own), state(elsewhere)) == ("", "")


def test_a_role_begins_now_where_its_day_has_passed_and_not_at_all_where_it_is_over(world: World) -> None:
    begun = world.appointment("bvc", by="enhetsadmin", of="soc2", starts_on=world.day(-5))
    over = world.appointment(
        "bvc", by="enhetsadmin", of="soc", starts_on=world.day(-5), last_on=world.day(-2)
    )
    head = world.client("bvc-ledare")
    assert head.post(address(begun), {"confirm": "1"}).status_code == 302
    with as_loader():
        membership = Membership.objects.get(appointment=begun)
        assert membership.valid.lower == Appointment.objects.get(pk=begun.pk).decided_at
    assert "Sista dagen har passerat" in head.get(address(over)).content.decode()
    assert head.post(address(over), {"confirm": "1"}).status_code == 403
    assert head.post(address(over), {"decline": "1", "because": "För sent."}).status_code == 302


def test_a_list_costs_the_same_for_one_and_for_many(world: World) -> None:
    world.appointment("bvc", by="enhetsadmin", of="soc2")
    browser = world.client("bvc-ledare")
    few = len(statements(browser, START))
    for name in ("soc", "polis", "logoped", "forskola", "kurator"):
        world.appointment("bvc", by="enhetsadmin", of=name)
        world.appointment("bvc", by="enhetsadmin", of=name, confirmed_by="bvc-ledare", role="lawyer")
    assert len(statements(browser, START)) == few + 1  # the names of those decided


def test_the_services_refuse_whatever_page_calls_them(world: World) -> None:
    waiting = world.appointment("bvc", by="enhetsadmin", of="soc2")
    for username in ("bvc", "enhetsadmin", "admin", "styrgrupp", "mamma"):
        with world.act(username) as actor, pytest.raises(Refused):
            appointments.confirm(appointment=waiting, by=actor)
    assert state(waiting) == ""


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_make_one_role(world: World) -> None:
    waiting = world.appointment("bvc", by="enhetsadmin", of="soc2")
    world.add_staff("ledare-2", "bvc", role="lead")
    browsers = [world.client(name) for name in ("bvc-ledare", "ledare-2")]
    found: list[int] = []

    def ask(browser: Any) -> None:
        found.append(browser.post(address(waiting), {"confirm": "1"}).status_code)
        connection.close()

    threads = [threading.Thread(target=ask, args=(browser,)) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [302, 403]
    with as_loader():
        assert Membership.objects.filter(appointment=waiting).count() == 1
