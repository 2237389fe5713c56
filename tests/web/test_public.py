"""The public door: coming in, choosing a workplace, going out, and the footer's pages."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.test import Client, override_settings

from access.actor import FAMILY_HAT
from access.sessions import digest
from audit.models import Event
from people.models import Account, Password
from tests.database import as_loader
from tests.web.counting import statements
from tests.worlds import World
from web.addresses import own_path
from web.public import accessibility, personas

PASSWORD = "ett långt lösenord"
WRONG = "Användarnamnet eller lösenordet stämmer inte"


@pytest.fixture
def keyed(world: World) -> World:
    """The world, with a password for everybody."""
    with as_loader():
        Password.objects.update(hash=make_password(PASSWORD))
    return world


def sign_in(browser: Client, username: str, password: str = PASSWORD, **extra: Any) -> Any:
    return browser.post("/logga-in/", {"username": username, "password": password}, **extra)


def events(**conditions: Any) -> list[Event]:
    with as_loader():
        return list(Event.objects.filter(**conditions).order_by("sequence"))


def kept_sessions() -> set[str]:
    """The keys that the table holds."""
    with as_loader():
        return set(Session.objects.values_list("session_key", flat=True))


# --- Where each begins --------------------------------------------------------------


@pytest.mark.parametrize(
    ("username", "address"),
    [
        ("bvc", "/mitt-arbete/"),
        ("rektor", "/mitt-arbete/"),
        ("mamma", "/familj/"),
        ("ungdom", "/familj/"),
        ("styrgrupp", "/styrgrupp/"),
        ("admin", "/administration/"),
        ("enhetsadmin", "/administration/"),
        ("dataskydd", "/administration/"),
        (None, "/logga-in/"),
    ],
)
def test_each_is_sent_to_her_own_start(world: World, username: str | None, address: str) -> None:
    response = world.client(username).get("/")
    assert response.status_code == 302
    assert response["Location"] == address


def test_an_account_that_is_tied_to_nothing_is_told_so(world: World) -> None:
    world.add_account("ny")
    response = world.client("ny").get("/")
    assert response.status_code == 200
    assert "Det finns inget för dig här just nu" in response.content.decode()


# --- Signing in -----------------------------------------------------------------------


def test_signing_in_leads_to_the_start_and_is_recorded(keyed: World) -> None:
    browser = Client()
    response = sign_in(browser, "bvc")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert browser.get("/")["Location"] == "/mitt-arbete/"
    (event,) = events(kind="sign_in")
    assert (event.action, event.account, event.unit) == ("ok", keyed.accounts["bvc"].pk, keyed.unit("bvc").pk)


@pytest.mark.parametrize(
    ("username", "password"),
    [("bvc", "fel"), ("finns-inte", PASSWORD), ("", ""), ("bvc", ""), ("x" * 151, "y")],
)
def test_a_failure_keeps_the_name_and_does_not_tell_which_was_wrong(
    keyed: World, username: str, password: str
) -> None:
    response = sign_in(Client(), username, password)
    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Fel:" in page
    assert f'value="{username}"' in page or not username
    assert (WRONG in page) == bool(username and password and len(username) < 150)
    assert PASSWORD not in page


def test_the_page_is_the_same_for_a_name_that_exists_and_one_that_does_not(keyed: World) -> None:
    pages = []
    for username in ("bvc", "xxx"):
        page = sign_in(Client(), username, "fel").content.decode().replace(username, "namn")
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page))
    assert pages[0] == pages[1]


def test_a_failure_is_recorded_without_what_was_typed(keyed: World) -> None:
    sign_in(Client(), "bvc", "fel")
    sign_in(Client(), "hemligt-ord", "fel")
    known, unknown = events(kind="sign_in", action="failed")
    assert known.detail == {"account": str(keyed.accounts["bvc"].pk)}
    assert unknown.detail == {"account": ""}
    assert "hemligt-ord" not in str([unknown.__dict__])


def test_an_inactive_account_stays_outside(keyed: World) -> None:
    with as_loader():
        Account.objects.filter(username="bvc").update(is_active=False)
    assert sign_in(Client(), "bvc").status_code == 422


def test_a_session_from_before_is_not_carried_in(keyed: World) -> None:
    browser = Client()
    session = browser.session
    session["planted"] = "by somebody else"
    session["membership"] = str(keyed.memberships["soc"].pk)
    session.save()
    planted = str(session.session_key)
    browser.cookies[settings.SESSION_COOKIE_NAME] = planted
    sign_in(browser, "bvc")
    assert browser.session.session_key != planted
    assert "planted" not in browser.session
    assert browser.session["membership"] == str(keyed.memberships["bvc"].pk)
    assert digest(planted) not in kept_sessions()


def test_signing_in_as_another_leaves_nothing_of_the_first(keyed: World) -> None:
    browser = Client()
    sign_in(browser, "tva-enheter")
    browser.post("/byt-enhet/", {"membership": str(keyed.memberships["tva-enheter/pupil_health"].pk)})
    sign_in(browser, "mamma")
    assert browser.get("/")["Location"] == "/familj/"


def test_signing_in_needs_the_token_against_forgery(keyed: World) -> None:
    response = sign_in(Client(enforce_csrf_checks=True), "bvc")
    assert response.status_code == 403
    assert "Sidan hade varit öppen för länge" in response.content.decode()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_do_nothing(world: World, method: str) -> None:
    assert getattr(Client(), method)("/logga-in/").status_code == 405


# --- Where to, afterwards ----------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "https://ond.example/",
        "//ond.example/",
        "/\\ond.example",
        "///ond.example",
        "javascript:alert(1)",
        "http:ond.example",
        "\t//ond.example",
        "ond.example",
        "/logga-in/?next=/",
        "/\n/ond.example",
        "",
    ],
)
def test_nobody_is_sent_to_another_site(keyed: World, address: str) -> None:
    browser = Client()
    form = {"username": "bvc", "password": PASSWORD, "next": address}
    assert browser.post("/logga-in/", form)["Location"] == "/"
    page = Client().get("/logga-in/", {"next": address}).content.decode()
    assert '<input type="hidden" name="next" value="">' in page


def test_own_pages_are_remembered(keyed: World) -> None:
    wanted = "/barn/?steg=samverka"
    assert own_path(wanted) == wanted
    page = Client().get("/logga-in/", {"next": wanted}).content.decode()
    assert f'name="next" value="{wanted}"' in page
    form = {"username": "bvc", "password": PASSWORD, "next": wanted}
    assert Client().post("/logga-in/", form)["Location"] == wanted
    # A failure in between does not lose it.
    again = Client().post("/logga-in/", {**form, "password": "fel"}).content.decode()
    assert f'name="next" value="{wanted}"' in again


# --- Out again, or still there -------------------------------------------------------------


def test_signing_out_ends_the_session_and_clears_the_browser(keyed: World) -> None:
    browser = keyed.client("bvc")
    key = browser.session.session_key
    response = browser.post("/logga-ut/")
    assert (response.status_code, response["Location"]) == (302, "/logga-in/")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert digest(key) not in kept_sessions()
    assert "Du har loggat ut." in browser.get("/logga-in/").content.decode()
    assert events(kind="sign_in", action="out")[0].account == keyed.accounts["bvc"].pk


def test_signing_out_is_a_post(world: World) -> None:
    browser = world.client("bvc")
    assert browser.get("/logga-ut/").status_code == 405
    assert browser.get("/").headers["Location"] == "/mitt-arbete/"
    assert Client().post("/logga-ut/").status_code == 302


def test_a_session_that_ran_out_comes_back_to_its_page(world: World) -> None:
    browser = world.client("bvc")
    browser.session.delete()
    response = browser.get("/byt-enhet/?a=b")
    assert response["Location"] == "/logga-in/?next=%2Fbyt-enhet%2F%3Fa%3Db&utgangen=1"
    page = browser.get(response["Location"]).content.decode()
    assert "Du har loggats ut. Utkast som hann sparas finns kvar." in page


def test_a_form_sent_too_late_comes_back_to_the_page_that_it_stood_on(world: World) -> None:
    browser = world.client("bvc")
    browser.session.delete()
    headers = {"Referer": "http://testserver/barn/"}
    response = browser.post("/byt-enhet/", headers=headers)
    assert response["Location"] == "/logga-in/?next=%2Fbarn%2F&utgangen=1"
    response = browser.post("/byt-enhet/", headers={"Referer": "http://ond.example/barn/"})
    assert "next" not in response["Location"]


def test_a_script_is_told_that_the_session_is_over(world: World) -> None:
    response = Client().get("/byt-enhet/", headers={"HX-Request": "true"})
    assert (response.status_code, response.content) == (401, b"")


# --- Which workplace -------------------------------------------------------------------


def test_one_chooses_among_her_own_workplaces(world: World) -> None:
    browser = world.client("tva-enheter")
    other = world.memberships["tva-enheter/pupil_health"]
    page = browser.get("/byt-enhet/").content.decode()
    assert page.count('type="radio"') == 2
    assert "Skolsköterska" in page
    assert browser.post("/byt-enhet/", {"membership": str(other.pk)})["Location"] == "/"
    page = browser.get("/hjalp/").content.decode()
    assert "Tva-Enheter Testsson" in page
    assert "pupil_health" in page
    assert events(action="chose_workplace")[0].object == other.pk


@pytest.mark.parametrize("choice", ["soc", "nonsense", ""])
def test_the_workplace_of_another_cannot_be_chosen(world: World, choice: str) -> None:
    browser = world.client("tva-enheter")
    chosen = str(world.memberships[choice].pk) if choice == "soc" else choice
    assert browser.post("/byt-enhet/", {"membership": chosen}).status_code == 422
    assert browser.session["membership"] == str(world.memberships["tva-enheter"].pk)


def test_staff_who_are_guardians_can_put_on_the_familys_hat(world: World) -> None:
    with as_loader():
        world.guardians["mamma"].account = world.accounts["bvc2"]
        world.guardians["mamma"].save()
    browser = world.client("bvc2")
    page = browser.get("/byt-enhet/").content.decode()
    assert "Min familj" in page
    assert "/byt-enhet/" in browser.get("/hjalp/").content.decode()
    browser.post("/byt-enhet/", {"membership": str(FAMILY_HAT)})
    assert browser.get("/")["Location"] == "/familj/"
    browser.post("/byt-enhet/", {"membership": str(world.memberships["bvc2"].pk)})
    assert browser.get("/")["Location"] == "/mitt-arbete/"


def test_whoever_has_one_workplace_is_offered_no_choice(world: World) -> None:
    assert "/byt-enhet/" not in world.client("bvc").get("/hjalp/").content.decode()
    assert world.client("bvc").get("/byt-enhet/").status_code == 200
    for username in ("mamma", "ungdom"):
        page = world.client(username).get("/byt-enhet/").content.decode()
        assert "Ditt konto hör bara till ett ställe." in page


# --- The demo -------------------------------------------------------------------------------


def test_the_demo_shows_those_who_have_an_account(keyed: World) -> None:
    page = Client().get("/demo/").content.decode()
    assert 'name="username" value="bvc"' in page
    assert 'value="ny-mamma"' not in page
    assert page.count("<h1>") == 1


def test_the_demo_says_what_to_do_when_it_is_empty(db: None) -> None:
    assert "make demo" in Client().get("/demo/").content.decode()


@override_settings(DEMO=False)
def test_outside_the_demo_there_is_no_such_page(db: None) -> None:
    assert Client().get("/demo/").status_code == 404
    assert "/demo/" not in Client().get("/logga-in/").content.decode()


def test_every_card_says_what_to_try() -> None:
    assert len(personas.PERSONAS) == len(personas.BY_NAME) == 26
    for persona in personas.PERSONAS:
        assert str(persona.does).endswith(".")
        assert persona.called
        assert persona.where
        assert bool(persona.title and persona.place) is not persona.is_family


# --- The footer's pages ------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/tillganglighet/", "/personuppgifter/", "/hjalp/", "/be-om-atkomst/"])
@pytest.mark.parametrize("username", [None, "bvc", "mamma", "styrgrupp", "admin"])
def test_the_footers_pages_open_for_all(world: World, address: str, username: str | None) -> None:
    response = world.client(username).get(address)
    assert response.status_code == 200
    assert response.content.decode().count("<h1>") == 1


def test_the_accessibility_statement_was_reviewed_within_a_year() -> None:
    assert date.today() - accessibility.REVIEWED_ON < timedelta(days=365)  # noqa: DTZ011
    assert accessibility.ASSESSED_ON <= accessibility.REVIEWED_ON


def test_the_statement_lists_every_known_gap(db: None) -> None:
    page = Client().get("/tillganglighet/").content.decode()
    assert page.count("<li><p>") == len(accessibility.GAPS)
    assert "delvis förenlig" in page
    assert "digg.se/tdosanmalan" in page


def test_whom_to_ask_is_ones_own_arbetsledare(world: World) -> None:
    page = world.client("bvc2").get("/be-om-atkomst/").content.decode()
    assert "Bvc-Ledare Testsson" in page
    assert "Soc-Ledare" not in page
    assert "Testsson" not in world.client("mamma").get("/be-om-atkomst/").content.decode()


# --- What every page costs -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "username", "count"),
    [
        ("/logga-in/", None, 1),
        ("/hjalp/", None, 1),
        ("/hjalp/", "bvc", 3),
        ("/byt-enhet/", "tva-enheter", 3),
        ("/be-om-atkomst/", "bvc", 4),
        ("/demo/", None, 6),
    ],
)
def test_pages_ask_the_database_a_fixed_number_of_times(
    world: World, address: str, username: str | None, count: int
) -> None:
    asked = statements(world.client(username), address)
    assert len(asked) == count, asked
