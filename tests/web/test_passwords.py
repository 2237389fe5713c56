"""One's own password: changed by oneself, with the old one, and by no other way."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.db import Error, connection, transaction
from django.test import Client, override_settings

from people import services
from people.models import Account, Password
from people.rules import FAILURES_OF_A_NAME
from tests.access.test_every_url import ADDRESSES
from tests.database import as_loader
from tests.web.counting import statements
from tests.web.test_guessing import attempts
from tests.web.test_public import PASSWORD, events, keyed, sign_in
from tests.worlds import World

__all__ = ["keyed"]  # the fixture

ADDRESS = "/byt-losenord/"
NEW = "häst kaffe moln"


def signed_in(username: str = "bvc") -> Client:
    browser = Client()
    assert sign_in(browser, username).status_code == 302
    return browser


def change(browser: Client, old: str = PASSWORD, new: str = NEW, again: str | None = None) -> Any:
    form = {"old_password": old, "new_password1": new, "new_password2": new if again is None else again}
    return browser.post(ADDRESS, form)


def stored(username: str = "bvc") -> str:
    with as_loader():
        return Password.objects.get(account__username=username).hash


def test_it_is_changed_and_only_the_new_one_signs_in(keyed: World) -> None:
    browser = signed_in()
    assert change(browser)["Location"] == "/"
    page = browser.get("/", follow=True).content.decode()
    assert "Ditt lösenord är bytt. Du är utloggad överallt utom här." in page
    assert sign_in(Client(), "bvc").status_code == 422
    assert sign_in(Client(), "bvc", NEW).status_code == 302
    assert sign_in(Client(), "logoped").status_code == 302


def test_other_sessions_are_over_and_this_one_goes_on(keyed: World) -> None:
    """Whoever has the old password, or an open page of hers, is out."""
    here, there, colleague = signed_in(), signed_in(), signed_in("logoped")
    before = here.session.session_key
    change(here)
    assert here.get("/byt-enhet/").status_code == 200
    assert here.session.session_key != before
    assert there.get("/byt-enhet/").status_code == 302
    assert colleague.get("/byt-enhet/").status_code == 200


def test_it_is_recorded_without_what_was_typed(keyed: World) -> None:
    change(signed_in())
    (event,) = events(action="password_changed")
    assert (event.kind, event.account, event.detail) == ("account", keyed.accounts["bvc"].pk, {})


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"old": "fel"}, "Det är inte ditt nuvarande lösenord"),
        ({"old": ""}, "Skriv ditt nuvarande lösenord"),
        ({"again": "annat"}, "De två nya lösenorden är olika"),
        ({"new": ""}, "Skriv ett nytt lösenord"),
        ({"new": "kort"}, "minst 12 tecken"),
        ({"new": "123456789012345"}, "enbart numeriskt"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(keyed: World, typed: dict[str, str], says: str) -> None:
    browser, before = signed_in(), stored()
    response = change(browser, **typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Fel:" in page
    assert says in page
    assert page.count("<h1>") == 1
    assert not [value for value in (PASSWORD, NEW, "kort") if f'value="{value}"' in page]
    assert stored() == before
    assert events(action="password_changed") == []


def test_an_open_page_is_no_way_to_guess(keyed: World) -> None:
    """Wrong old passwords are counted with failed sign-ins, and then even the right one waits."""
    browser = signed_in()
    for number in range(FAILURES_OF_A_NAME):
        assert change(browser, old=f"fel {number}").status_code == 422
    assert len(attempts()) == FAILURES_OF_A_NAME
    response = change(browser)
    assert response.status_code == 429
    assert "för många försök" in response.content.decode()
    assert sign_in(Client(), "bvc").status_code == 429


@pytest.mark.parametrize("username", ["bvc", "mamma", "ungdom", "styrgrupp", "admin", "dataskydd"])
def test_everybody_finds_it_where_her_name_stands(world: World, username: str) -> None:
    browser = world.client(username)
    page = browser.get("/", follow=True).content.decode()
    assert f'href="{ADDRESS}"' in page
    assert browser.get(ADDRESS).status_code == 200
    assert "public:change_password" in ADDRESSES


def test_who_is_not_signed_in_is_asked_to(db: None) -> None:
    assert Client().get(ADDRESS)["Location"] == "/logga-in/?next=%2Fbyt-losenord%2F"
    assert f'href="{ADDRESS}"' not in Client().get("/hjalp/").content.decode()


def test_the_page_asks_the_database_a_fixed_number_of_times(keyed: World) -> None:
    assert len(statements(keyed.client("bvc"), ADDRESS)) == 4


# --- The database ----------------------------------------------------------------------------


def refused(sql: str, *values: Any) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            transaction.set_rollback(True)
    except Error:
        return True
    return False


@pytest.mark.parametrize("username", [None, "bvc", "admin"])
def test_the_app_may_write_nobodys_hash(keyed: World, username: str | None) -> None:
    """An injected statement gives nobody a password, closes no account and ends no session of others."""
    with keyed.act(username):
        assert refused("select from people_password")
        assert refused("update people_password set hash = 'x'")
        assert refused("update people_account set stamp = gen_random_uuid()")
        assert refused("update people_account set username = 'x'")
        assert refused("update people_account set is_active = true")
        assert refused("delete from people_account")


@pytest.mark.parametrize(
    ("username", "old", "done"),
    [("bvc", None, True), ("bvc", "x", False), ("admin", None, False), (None, None, False)],
)
def test_one_sets_ones_own_instead_of_the_one_that_was_seen(
    keyed: World, username: str | None, old: str | None, done: bool
) -> None:
    with as_loader():
        Password.objects.filter(account__username="bvc").update(hash=make_password("hennes eget"))
    seen = old or stored()
    with keyed.act(username), connection.cursor() as cursor:
        cursor.execute("select access.password_set(%s, %s)", [seen, "new"])
        assert cursor.fetchone() == (done,)
    assert (stored() == "new") == done
    assert stored("admin") != "new"


def test_nobody_changes_anothers(keyed: World) -> None:
    from kit.errors import Refused

    with keyed.act("admin") as actor, pytest.raises(Refused):
        services.change_password(account=Account.objects.get(username="bvc"), password=NEW, by=actor)
    assert sign_in(Client(), "bvc").status_code == 302


HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.MD5PasswordHasher",
]


@override_settings(PASSWORD_HASHERS=HASHERS)
def test_a_hash_of_an_older_kind_is_renewed_by_signing_in(
    keyed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once she has signed in, past no grant; the session made meanwhile is good, another's row is left."""
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 2)
    assert stored().startswith("md5$")
    browser = signed_in()
    assert stored().startswith("pbkdf2_sha256$2$")
    assert stored("logoped").startswith("md5$")
    assert browser.get("/byt-enhet/").status_code == 200
    assert sign_in(Client(), "bvc", "fel").status_code == 422
    assert sign_in(Client(), "bvc").status_code == 302
    assert change(browser).status_code == 302
