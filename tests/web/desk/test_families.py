"""The unit that holds a case registers guardians and completes the child's number."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import connection
from django.test import Client

from access.policy import midnight
from cases.models import Case
from people.models import Child, Guardian, GuardianNumber, Guardianship, Protection, SignInAttempt
from people.numbers import LegalSex, make_test_number
from people.rules import SEARCH_WINDOW, SEARCHES
from people.services import wait_for_search
from tests.cases.test_circles import protect
from tests.database import as_loader
from tests.web.desk.test_notice import text_of
from tests.worlds import World

GROWN = make_test_number(date(1990, 5, 6), LegalSex.FEMALE)


@pytest.fixture
def liv(world: World) -> Child:
    """A child of two without number and without guardians."""
    return world.add_child("liv", world.born(2))


@pytest.fixture
def case(world: World, liv: Child) -> Case:
    """Her case, which BVC holds."""
    return world.open_case(liv)


def register(client: Client, case: Case, **values: str) -> int:
    """Register her mother; the status of the answer."""
    who = {
        "given_name": "Nadia", "family_name": "Prov", "number": GROWN.formatted, "phone": "070-1",
        "relation": "mother", "source": "population_register", "since": case.child.born_on.isoformat(),
    }  # fmt: skip
    return int(client.post(f"/barn/{case.pk}/personer/vardnadshavare/", who | values).status_code)


def test_without_a_guardian_there_is_no_question_but_a_way(world: World, case: Case) -> None:
    """No form that can't be sent: the page and the next step say what to do."""
    with as_loader():
        case.process.state = "consent"
        case.process.next_step = "ask"
        case.process.save()
    client = world.client("bvc")
    page = text_of(client.get(f"/barn/{case.pk}/samtycke/nytt/"))
    assert "Ställ frågan" not in page
    way = f'href="/barn/{case.pk}/personer/vardnadshavare/"'
    assert way in page
    assert way in text_of(client.get(f"/barn/{case.pk}/"))
    assert register(client, case) == 302
    assert "Ställ frågan" in text_of(client.get(f"/barn/{case.pk}/samtycke/nytt/"))
    assert f'href="/barn/{case.pk}/samtycke/nytt/"' in text_of(client.get(f"/barn/{case.pk}/"))


def test_a_guardian_is_registered_until_the_child_is_grown(world: World, case: Case, liv: Child) -> None:
    """With relation and source; shown to the unit, and her number to nobody."""
    client = world.client("bvc")
    assert register(client, case) == 302
    with as_loader():
        custody = Guardianship.objects.get(child=liv)
        assert (custody.relation, custody.source) == ("mother", "population_register")
        assert custody.valid.lower == midnight(liv.born_on)
        assert custody.valid.upper == midnight(liv.born_on.replace(year=liv.born_on.year + 18))
        assert GuardianNumber.objects.get().number == GROWN.digits
    page = text_of(client.get(f"/barn/{case.pk}/personer/"))
    assert "Nadia Prov" in page
    assert "Mamma" in page or "mamma" in page
    assert GROWN.digits not in page.replace("-", "")
    assert register(client, case) == 422, "twice"
    assert "Registrerade en vårdnadshavare" in text_of(client.get(f"/barn/{case.pk}/logg/"))


def test_one_number_and_name_is_one_guardian(world: World, case: Case) -> None:
    """Of another child too; with another name nobody is joined and nothing told."""
    client = world.client("bvc")
    register(client, case)
    sibling = world.open_case(world.add_child("lo", world.born(1)))
    assert register(client, sibling, since=sibling.child.born_on.isoformat()) == 302
    with as_loader():
        assert Guardian.objects.filter(given_name="Nadia").count() == 1
    third = world.open_case(world.add_child("my", world.born(3)))
    assert register(client, third, given_name="Nora") == 302
    with as_loader():
        assert Guardian.objects.filter(family_name="Prov").count() == 2


def test_the_number_is_completed_and_says_the_day_of_birth(world: World, case: Case, liv: Child) -> None:
    """A number that is taken is refused with the same words as any other."""
    client, address = world.client("bvc"), f"/barn/{case.pk}/personer/nummer/"
    register(client, case)
    taken = make_test_number(world.born(3), LegalSex.MALE)
    with as_loader():
        Child.objects.filter(pk=world.child.pk).update(number=taken.digits, reserve_number=None)
    answer = client.post(address, {"number": taken.formatted})
    assert answer.status_code == 422
    assert "kunde inte sparas" in text_of(answer)
    number = make_test_number(world.born(2, days_ago=40), LegalSex.FEMALE)
    assert client.post(address, {"number": number.formatted}).status_code == 302
    with as_loader():
        liv.refresh_from_db()
        assert (liv.number, liv.reserve_number, liv.born_on) == (number.digits, None, number.born_on)
        grown = liv.born_on.replace(year=liv.born_on.year + 18)
        assert Guardianship.objects.get(child=liv).valid.upper == midnight(grown)
    assert client.get(address).status_code == 302


@pytest.mark.parametrize(("username", "unit"), [("logoped", "logoped"), ("polis", "police")])
def test_only_who_holds_the_case_registers(world: World, case: Case, username: str, unit: str) -> None:
    """The others of the team are refused."""
    world.assign(username, unit, case)
    world.participate(unit, case)
    client = world.client(username)
    for below in ("vardnadshavare/", "nummer/"):
        assert client.get(f"/barn/{case.pk}/personer/{below}").status_code == 403
    assert register(client, case) == 403
    assert "Registrera en vårdnadshavare" not in text_of(client.get(f"/barn/{case.pk}/personer/"))


def test_the_database_asks_the_same(world: World, case: Case) -> None:
    """Past the pages too: nobody but the holder adds a guardian or a number, or gets another's list."""
    world.assign("logoped", "logoped", case)
    world.participate("logoped", case)
    who = {"given": "A", "family": "B", "number": "", "phone": "", "relation": "", "source": "staff"}
    guardian = json.dumps(who | {"since": case.child.born_on.isoformat()})
    for username in ("logoped", "bvc2", "mamma", "admin", None):
        with world.act(username), connection.cursor() as cursor:
            cursor.execute("select access.guardian_add(%s, %s::jsonb)", [case.pk, guardian])
            assert cursor.fetchone() == (None,), username
            cursor.execute("select access.child_number_add(%s, %s, now()::date)", [case.pk, GROWN.digits])
            assert cursor.fetchone() == (False,), username
            cursor.execute("select * from access.unit_children()")
            assert cursor.fetchall() == [], username


def test_a_colleague_who_does_not_work_on_it_finds_nothing(world: World, case: Case) -> None:
    assert register(world.client("bvc2"), case) == 404


# --- What isn't kept, and what isn't guessed ---------------------------------------------------


@pytest.mark.parametrize(("level", "kept"), [("marked", True), ("registered", False), ("assumed", True)])
def test_of_skyddad_folkbokforing_nobody_is_asked_for_a_phone(
    world: World, case: Case, level: str, kept: bool
) -> None:
    """Neither a guardian's nor another adult's; and what is sent in all the same is not kept."""
    protect(world, case, Protection.Level(level))
    browser = world.client("bvc")
    for page in ("vardnadshavare", "annan-vuxen"):
        form = text_of(browser.get(f"/barn/{case.pk}/personer/{page}/"))
        assert "Förnamn" in form
        assert ('name="phone"' in form) is kept
    assert register(browser, case) == 302
    with as_loader():
        assert (Guardian.objects.get(given_name="Nadia").phone != "") is kept


@pytest.mark.parametrize("page", ["vardnadshavare/", "annan-vuxen/", "nummer/"])
def test_numbers_can_not_be_tried_without_end(world: World, case: Case, page: str) -> None:
    """They are compared with those of everybody known, so they count with the searches: thirty in
    five minutes. What was typed stays, and nothing is saved."""
    who = {
        "given_name": "Nadia", "family_name": "Prov", "number": GROWN.formatted, "phone": "",
        "relation": "mother", "source": "population_register", "since": case.child.born_on.isoformat(),
    }  # fmt: skip
    if page == "annan-vuxen/":
        who |= {"kind": "foster_home", "rights": "plan", "source": "decision"}
    if page == "nummer/":
        who = {"number": make_test_number(case.child.born_on, LegalSex.FEMALE).formatted}
    browser = world.client("bvc")
    with world.act("bvc") as actor:
        for _ in range(SEARCHES):
            assert wait_for_search(by=actor) is None
    answer = browser.post(f"/barn/{case.pk}/personer/{page}", who)
    assert answer.status_code == 429
    assert "Du har provat många nummer på kort tid" in text_of(answer)
    assert who["number"] in text_of(answer)
    with as_loader():
        assert not Guardian.objects.filter(given_name="Nadia").exists()
        assert not Child.objects.get(pk=case.child_id).number
        SignInAttempt.objects.update(at=world.at - SEARCH_WINDOW)
    assert browser.post(f"/barn/{case.pk}/personer/{page}", who).status_code == 302
