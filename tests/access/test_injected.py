"""What SQL that somebody slips into a statement can do: no more than the person whose request it is in.

Threat 17 of the access model. The tests play the attacker: they have a cursor on the app's own
connection, in the middle of a request or of none, and run what they like. What they must not get: a row
that the signed actor may not read, another actor, the key, a session, a password hash.
"""

from __future__ import annotations

import time
from typing import Any

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from access import actor as actors
from access import rls, ticket
from access.actor import FAMILY_HAT, acting_as, flush_events, renew
from access.ticket import Kind
from audit.models import Event
from audit.services import record
from cases.models import Case
from people.models import SignInAttempt
from tests import services
from tests.access.fixed_world import FixedWorld, build
from tests.database import as_loader
from tests.worlds import World

REFUSED = "28000"
NO_RIGHT = "42501"
NEAR_ITS_END = 5  # seconds that a ticket still lasts: enough to begin with it on a slow machine


@pytest.fixture
def fixed(world: World) -> FixedWorld:
    """The rich world of fixed_world.py."""
    return build(world)


def run(statement: str, *values: Any) -> list[Any] | str:
    """What an injected statement answers: its rows, or the error's code. What it set stays set."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []
    except DatabaseError as error:
        return str(getattr(error.__cause__, "sqlstate", error))


def value(statement: str, *values: Any) -> Any:
    """The one value that it answers."""
    rows = run(statement, *values)
    assert isinstance(rows, list), rows
    return rows[0][0]


def seen() -> dict[str, int]:
    """How many rows of each table can be read now; public places and the law aside."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace"
        )
        tables = sorted(name for (name,) in cursor.fetchall())
    counts = {}
    for table in tables:
        if table not in {"agencies_municipality", "agencies_unit", "consent_legalbasis"}:
            rows = run(f'select count(*) from "{table}"')  # noqa: S608
            counts[table] = 0 if rows == NO_RIGHT else int(rows[0][0])
    return counts


def context_of(world: World, username: str) -> str:
    """The sealed context that a person's request had, as an earlier statement may have read it."""
    with world.act(username):
        return str(value("select current_setting('app.actor')"))


# --- Being somebody else --------------------------------------------------------------------


@pytest.mark.parametrize("setting", ["app.account", "app.membership", "app.at", "app.actor"])
def test_writing_the_settings_makes_nobody_of_anybody(fixed: FixedWorld, setting: str) -> None:
    """Whatever is written into a setting: not one row of the other's, and most often none at all."""
    world = fixed.world
    account, hat = world.accounts["soc"].pk, world.memberships["soc"].pk
    body = f"context|page|{account}|{hat}||{value('select pg_backend_pid()')}|9999999999|"
    began = value("select extract(epoch from transaction_timestamp())::text")
    forged = [
        str(account),
        str(hat),
        f"{body}{began}|",
        f"{body}{began}|" + "0" * 64,
        "context|",
        "|||||||||",
        "x",
    ]
    with world.act("bvc"):
        own = seen()
        assert own["cases_case"]
        for text in forged:
            value("select set_config(%s, %s, true)", setting, text)
            assert seen() == (own if setting != "app.actor" else dict.fromkeys(own, 0)), text


def test_no_ticket_can_be_made_or_used_again(fixed: FixedWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not without the key, not altered, not for another backend, not after its end, not of another kind."""
    world = fixed.world
    account, hat = str(world.accounts["soc"].pk), str(world.memberships["soc"].pk)
    pid = ticket.backend_of("default")
    good = ticket.sealed(Kind.PAGE, account, hat, "", pid=pid)
    of_bvc = ticket.sealed(Kind.PAGE, str(world.accounts["bvc"].pk), "", "", pid=pid)
    with monkeypatch.context() as patch:
        patch.setattr(ticket, "clock", lambda: time.time() - ticket.LASTS_SECONDS - 1)
        ended = ticket.sealed(Kind.PAGE, account, hat, "", pid=pid)
    with monkeypatch.context() as patch:
        patch.setattr(ticket, "keys", lambda: [b"guessed"])
        guessed = ticket.sealed(Kind.PAGE, account, hat, "", pid=pid)
    bad = {
        "no seal": good[:-64],
        "another seal": good[:-64] + of_bvc[-64:],
        "another account": of_bvc.replace(str(world.accounts["bvc"].pk), account),
        "another kind": of_bvc.replace("|page|", "|work|"),
        "a later end": of_bvc.replace(of_bvc.split("|")[6], "9999999999"),
        "another backend": ticket.sealed(Kind.PAGE, account, hat, "", pid=pid + 1),
        "ended": ended,
        "guessed key": guessed,
        "a sign-in's": ticket.for_sign_in("soc"),
        "a context": context_of(world, "soc"),
        "empty": "",
        "nothing": None,
    }
    with world.act("bvc"):
        own = seen()
        for name, text in bad.items():
            assert run("select access.actor_begin(%s)", text) == REFUSED, name
            assert seen() == own, name
        assert run("select access.actor_begin(%s)", good) != REFUSED  # what the test would miss otherwise


def test_a_context_is_for_one_transaction_on_one_backend(fixed: FixedWorld) -> None:
    """What an attacker has read of a context is worth nothing in the next request or elsewhere."""
    world = fixed.world
    earlier = context_of(world, "soc")
    parts = earlier.split("|")
    altered = {
        "another backend": [*parts[:5], str(int(parts[5]) + 1), *parts[6:]],
        "another transaction": [*parts[:7], "1.5", parts[8]],
        "another membership": [*parts[:3], str(world.memberships["bvc"].pk), *parts[4:]],
        "another instant": [*parts[:4], "2020-01-01T00:00:00+00:00", *parts[5:]],
        "a later end": [*parts[:6], "9999999999", *parts[7:]],
    }
    with world.act("bvc"):
        for name, text in altered.items():
            value("select set_config('app.actor', %s, true)", "|".join(text))
            assert not any(seen().values()), name


@pytest.mark.django_db(transaction=True)
def test_a_context_kept_past_its_transaction_opens_nothing(world: World) -> None:
    """Put into the session instead of the transaction, where the next request could find it."""
    case = world.open_case()
    with world.act("bvc"):
        run("select set_config('app.actor', current_setting('app.actor'), false)")
        assert Case.objects.filter(pk=case.pk).exists()
    assert run("select count(*) from cases_case") == [(0,)]
    with transaction.atomic():
        assert run("select count(*) from cases_case") == [(0,)]
    run("select set_config('app.actor', '', false)")


@pytest.mark.django_db(transaction=True)
def test_a_context_sealed_for_another_backend_opens_nothing(world: World) -> None:
    """The same words with a true seal, on a second connection of the app."""
    world.open_case()
    url = services.address().database_url("barnensbasta_app", services.database_name())
    with transaction.atomic():
        actor = actors.begin(world.accounts["bvc"].pk)
        assert Case.objects.exists()
        mine = value("select current_setting('app.actor')")
        my_ticket = ticket.for_actor(Kind.PAGE, actor.account_id)
        with psycopg.connect(url) as other:
            other.execute("select set_config('app.actor', %s, true)", [mine])
            assert other.execute("select count(*) from cases_case").fetchone() == (0,)
            with pytest.raises(psycopg.errors.InvalidAuthorizationSpecification):
                other.execute("select access.actor_begin(%s)", [my_ticket])


def test_a_hat_cannot_be_changed_within_a_request(world: World) -> None:
    """A colleague who is a guardian too reads as the one or as the other, as she chose."""
    world.open_case()
    with as_loader():
        world.guardians["mamma"].account = world.accounts["soc"]
        world.guardians["mamma"].save()
    with world.act("soc", membership=FAMILY_HAT):
        assert Case.objects.exists()
    with world.act("soc"):
        context = value("select current_setting('app.actor')")
        parts = context.split("|")
        value("select set_config('app.actor', %s, true)", "|".join([*parts[:3], "", *parts[4:]]))
        assert not Case.objects.exists()


# --- What a context ends with -----------------------------------------------------------------


def test_after_a_minute_nothing_is_read_until_it_is_renewed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the server's clock; and what was done is still recorded as hers."""
    case = world.open_case()
    with acting_as(world.accounts["bvc"].pk, at=world.at) as actor:
        assert Case.objects.filter(pk=case.pk).exists()
        with monkeypatch.context() as patch:
            patch.setattr(ticket, "clock", lambda: time.time() - ticket.LASTS_SECONDS + NEAR_ITS_END)
            renew(actor)
        time.sleep(NEAR_ITS_END + 0.1)
        assert not any(seen().values())
        actor.began[:] = [time.monotonic() - ticket.LASTS_SECONDS]
        record(by=actor, kind="read", action="opened_case", case=case.pk)
        flush_events(actor)
        assert Case.objects.filter(pk=case.pk).exists()
        assert value("select access.at()") == world.at
    with as_loader():
        assert Event.objects.get().account == world.accounts["bvc"].pk


def test_the_clock_of_a_request_cannot_be_moved(world: World) -> None:
    """``access.at()`` is the ticket's, or the transaction's: a look into the past takes a ticket."""
    with world.act("bvc", at=world.days(3)):
        run("select set_config('app.at', '2020-01-01', true)")
        assert value("select access.at()") == world.days(3)
    with world.act("bvc"):
        assert value("select access.at()") == value("select now()")


# --- Background work and the audit ---------------------------------------------------------------

BACKGROUND = {
    "select * from access.outbox_claim(10, interval '1 minute', null)": [],
    "select count(*) from access.due_reminders(current_date)": [(0,)],
    "select access.digest_put(array[gen_random_uuid()], current_date)": [(0,)],
    "select access.consents_expire()": [(0,)],
    "select access.grants_end_lapsed()": [(0,)],
    "select access.sweep_sessions(100)": [(0,)],
    "select access.sweep_attempts(100)": [(0,)],
    "select access.sweep_drafts(100)": [(0,)],
}


@pytest.mark.parametrize("username", [None, "bvc", "mamma"])
def test_a_page_is_no_background_work(world: World, username: str | None) -> None:
    """Who is signed in, who is not, and who has thrown the context away: none is a task."""
    world.client("bvc"), world.outbox("mamma")
    with as_loader():
        Session.objects.update(expire_date=world.days(-2))
        SignInAttempt.objects.create(name_key="x", address_key="y", at=world.days(-2))
    account = world.accounts[username].pk if username else None
    for throws_away in (False, True):
        for statement, answer in BACKGROUND.items():
            actors.begin(account)
            if throws_away:
                run("select set_config('app.actor', '', true)")
            assert run(statement) == answer, (statement, throws_away)
    with world.act(None):
        assert run("select access.sweep_sessions(100), access.sweep_attempts(100)") == [(1, 1)]
        assert run("select count(*) from access.outbox_claim(10, interval '1 minute', null)") == [(1,)]


def test_nobody_writes_into_the_audit_unless_somebody_acts(world: World) -> None:
    """Nor in another's name: the account is the context's."""
    event = (
        """[{"id": "6c1b7d5e-0000-4000-8000-000000000001", "kind": "read", "action": "x", "account": "%s"}]"""
    )
    liar = event % world.accounts["polis"].pk
    run("select set_config('app.actor', '', true)")
    assert run("select access.audit_append(%s::jsonb)", liar) == REFUSED
    with world.act("bvc"):
        run("select access.audit_append(%s::jsonb)", liar)
    actors.begin(None)
    run("select access.audit_append(%s::jsonb)", liar.replace("0001", "0002"))
    with as_loader():
        assert [event.account for event in Event.objects.order_by("sequence")] == [
            world.accounts["bvc"].pk,
            None,
        ]


# --- The keys -----------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True, databases=["default", "migrator"])
def test_a_key_is_replaced_without_a_pause(world: World, settings: Any) -> None:
    """The old one verifies until it is taken away; the new one seals."""
    old = ticket.for_actor(Kind.PAGE, None)
    try:
        settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new one"
        with pytest.raises(DatabaseError):
            run_begin(ticket.for_actor(Kind.PAGE, None))  # not installed yet: nobody acts, loudly
        call_command("install_actor_keys")
        run_begin(ticket.for_actor(Kind.PAGE, None))
        run_begin(old)
        settings.SECRET_KEY_FALLBACKS = []
        call_command("install_actor_keys")
        run_begin(ticket.for_actor(Kind.PAGE, None))
        with pytest.raises(DatabaseError):
            run_begin(old)
    finally:
        settings.SECRET_KEY = "only-for-tests"
        rls.install_keys()


def run_begin(sealed: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select access.actor_begin(%s)", [sealed])


def test_the_key_opens_nothing_else(settings: Any) -> None:
    """The database holds neither of the settings' secrets, and another for each of them."""
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "one", ["two"]
    first = ticket.keys()
    settings.ACTOR_KEY, settings.ACTOR_KEY_FALLBACKS = "three", []
    assert len({*first, *ticket.keys()}) == 3
    assert all(len(key) == 32 for key in first)
