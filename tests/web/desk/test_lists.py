"""Barn: the list, its search by POST, its filters, and its pages by key."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from audit.models import Event
from cases.queries.lists import Chosen
from kit.identity import reference_of
from people.models import Child, SignInAttempt
from people.numbers import LegalSex, make_test_number
from people.rules import SEARCH_WINDOW, SEARCHES
from tests.database import as_loader
from tests.web.counting import statements
from tests.worlds import Teamwork, World
from web.desk.forms.lists import FilterForm, SearchForm


def names(response: Any) -> list[str]:
    """The children in the list's order."""
    return re.findall(r'rowheader" scope="row"><a href="[^"]+"><bdi>([^<]+)<', response.content.decode())


def text_of(response: Any) -> str:
    """The page."""
    return str(response.content.decode())


def search(client: Client, text: str) -> Any:
    """Look for a name or number."""
    return client.post("/barn/", {"name_or_number": text})


def add(world: World, name: str, **process: Any) -> Any:
    """One more child of BVC's with a case."""
    return world.open_case(world.add_child(name, world.born(4)), **process)


def test_only_those_one_works_with_stand_there(world: World) -> None:
    """Not a colleague's, not another unit's; an arbetsledare sees her unit's."""
    add(world, "alva")
    add(world, "bo", responsible=None)
    assert names(world.client("bvc").get("/barn/")) == ["Alva Familjesson"]
    assert names(world.client("bvc-ledare").get("/barn/")) == ["Alva Familjesson", "Bo Familjesson"]
    for other in ("bvc2", "soc", "soc-ledare", "soc-vaxjo", "polis"):
        page = text_of(world.client(other).get("/barn/"))
        assert "Du har inga barn här än" in page
        assert "Familjesson" not in page


def test_search_finds_ones_own_alone_and_leaves_no_trace_in_the_address(world: World) -> None:
    """By a part of the name in any case, or by the whole number; others' children are not there."""
    case = add(world, "alva")
    add(world, "alvar", responsible=None)
    add(world, "åsa")
    number = make_test_number(case.child.born_on, LegalSex.FEMALE)
    with as_loader():
        Child.objects.filter(pk=case.child_id).update(number=number.digits, reserve_number=None)
    client = world.client("bvc")
    for text in ("alv", "ALVA fam", number.formatted, number.digits[2:]):
        answer = search(client, text)
        assert names(answer) == ["Alva Familjesson"], text
        assert answer.status_code == 200
        assert "Location" not in answer
    assert names(search(client, "ÅS")) == ["Åsa Familjesson"]
    assert "Inget av dina barn passar" in text_of(search(client, "%"))
    assert "Inget av dina barn passar" in text_of(search(client, "_lva"))
    other = make_test_number(case.child.born_on, LegalSex.MALE)
    assert "Inget av dina barn passar" in text_of(search(client, other.formatted))
    assert names(client.get("/barn/?name_or_number=alv")) == ["Alva Familjesson", "Åsa Familjesson"]


@pytest.mark.parametrize("text", ["", "2022", "20220709-2399", "a1"])
def test_a_slip_of_the_finger_is_said(world: World, text: str) -> None:
    """422 and the whole list below, not "no children"."""
    add(world, "alva")
    answer = search(world.client("bvc"), text)
    assert answer.status_code == 422
    assert "<title>Fel:" in text_of(answer)
    assert names(answer) == ["Alva Familjesson"]


def test_filters(world: World) -> None:
    """Step, responsible, late and ended; what can't be understood is left out."""
    late = world.day(-2)
    add(world, "alva", state="implementing", next_on=late)
    add(world, "bo", state="dialogue", next_on=world.today)
    world.assign("bvc", "bvc", add(world, "cia", responsible="bvc2"))
    add(world, "dan", state="closed", closed_at=world.at)
    client = world.client("bvc")
    given = {
        "": ["Alva", "Bo", "Cia"],
        "?steg=follow_up": ["Alva"],
        "?steg=notice": ["Bo", "Cia"],
        "?mina=on": ["Alva", "Bo"],
        "?sena=on": ["Alva"],
        "?avslutade=on": ["Alva", "Bo", "Cia", "Dan"],
        "?steg=follow_up&mina=on&sena=on": ["Alva"],
        "?steg=nonsense": ["Alva", "Bo", "Cia"],
        "?steg=collaborate": [],
    }
    for query, wanted in given.items():
        answer = client.get(f"/barn/{query}")
        assert [name.split()[0] for name in names(answer)] == wanted, query
    assert "Ta bort ett filter" in text_of(client.get("/barn/?steg=collaborate"))
    assert names(search(client, "dan")) == ["Dan Familjesson"]


def test_pages_of_25_by_key(world: World) -> None:
    """Each child once, in the order of names; the key is an id that says nothing to others."""
    for number in range(60):
        add(world, f"barn{number:02}")
    client, seen, address = world.client("bvc"), [], "/barn/?mina=on"
    for size in (25, 25, 10):
        page = client.get(address)
        assert len(names(page)) == size
        seen += names(page)
        following = re.search(r'href="(/barn/\?[^"]*efter=[^"]+)"', text_of(page))
        address = following[1].replace("&amp;", "&") if following else ""
        assert "barn" not in address.removeprefix("/barn/").lower()
    assert address == ""
    assert seen == sorted(seen)
    assert len(set(seen)) == 60
    foreign = add(world, "annans", responsible=None)
    assert len(names(client.get(f"/barn/?efter={foreign.pk}"))) == 25
    assert len(names(client.get("/barn/?efter=nonsense"))) == 25


def test_the_number_of_statements_does_not_grow(world: World) -> None:
    """At most 12, the same for one row and a thousand, context and audit included."""
    add(world, "alva")
    client = world.client("bvc")
    client.get("/barn/")
    one = statements(client, "/barn/")
    for number in range(40):
        add(world, f"barn{number}", next_on=world.today)
    assert len(statements(client, "/barn/")) == len(one) <= 12


def test_where_consent_has_ended_there_is_a_name_and_no_trace(world: World) -> None:
    """Neither step nor responsible nor next date, and no filter finds it by them."""
    case = world.open_case(state="implementing", next_on=world.day(-1))
    world.participate("logoped", case, "own")
    world.assign("logoped", "logoped", case)
    client = world.client("logoped")
    page = text_of(client.get("/barn/"))
    assert "Barn Familjesson" in page
    assert "Bara din enhets anteckningar" in page
    assert "Bvc Testsson" not in page
    for query in ("?steg=follow_up", "?sena=on", "?mina=on"):
        assert names(client.get(f"/barn/{query}")) == []
    assert names(search(client, "Barn")) == ["Barn Familjesson"]


def test_searching_has_its_limit(world: World) -> None:
    """Thirty in five minutes; then one waits, whatever is looked for, and it is recorded without it."""
    world.open_case()
    client = world.client("bvc")
    for _ in range(SEARCHES):
        assert search(client, "Alva").status_code == 200
    response = search(client, "Nils-Holgersson")
    page = response.content.decode()
    assert response.status_code == 429
    assert "Du har sökt många gånger på kort tid" in page
    assert "Nils-Holgersson" in page  # what was typed stays
    assert search(world.client("bvc2"), "Alva").status_code == 200
    with as_loader():
        (event,) = Event.objects.filter(action="search_held_back")
        assert "Holgersson" not in str(vars(event))
        SignInAttempt.objects.update(at=world.at - SEARCH_WINDOW)
    assert search(client, "Alva").status_code == 200


# --- What can be searched by (I11) -----------------------------------------------------------

WRITTEN = "Kanelbullar"


def test_i11_only_a_name_a_number_or_a_reference_finds_a_case(world: World) -> None:
    """2001:637 § 15: nothing that is written about a child, its family or who helps finds it; the answer is
    that of a search without a hit. What narrows a list says nothing of anybody (DSL 3:3).

    Red when the search looks into notes too.
    """
    team = world.teamwork()
    plant(world, team)
    browser = world.client("bvc")
    nothing = strip(search(browser, "Semla"), "Semla")
    for word in (WRITTEN, "Mamma", "mamma@example.invalid", "logoped", "health", "note"):
        assert strip(search(browser, word), word) == nothing, word
    assert names(search(browser, "Barn Familjesson")) == ["Barn Familjesson"]
    assert names(search(browser, reference_of(team.case.pk))) == ["Barn Familjesson"]
    assert set(SearchForm.base_fields) == {"name_or_number"}
    assert set(FilterForm.base_fields) == {"steg", "mina", "sena", "avslutade"}
    for name in (field.name for field in fields(Chosen)):
        assert strip(browser.get(f"/barn/?{name}=Semla"), "") == strip(browser.get("/barn/"), "")


def plant(world: World, team: Teamwork) -> None:
    """The word in everything written about the child, and the names of those around it."""
    world.show(
        world.entry("logoped", "logoped", team.case, body=WRITTEN), to_unit="bvc", consent=team.consent
    )
    world.entry("bvc", "bvc", team.case, "observation", body=WRITTEN, category="health")
    world.signal(to_unit="bvc", case=team.case, seen=WRITTEN)
    world.draft("bvc", "bvc", team.case)
    with as_loader(), connection.cursor() as cursor:
        for column in (
            *("agencies_unit.does", "agencies_staffmember.name"),
            *("people_guardian.family_name", "people_guardian.phone"),
        ):
            table, name = column.split(".")
            cursor.execute(f"update {table} set {name} = %s", [WRITTEN])  # noqa: S608


def strip(response: Any, word: str) -> str:
    """The page without what was searched for and what is drawn anew."""
    text = text_of(response).replace(f'value="{word}"', "")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|data-session-\w+="\d+"', "", text)
