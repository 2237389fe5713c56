"""Sign-in: slowing down guesses, recording who came in, and one's own password."""

from __future__ import annotations

import ipaddress
import uuid
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from access import ticket
from access.actor import Actor
from audit.services import record
from kit.errors import Refused
from people.models import Account
from people.rules import (
    FAILURES_OF_A_NAME,
    FAILURES_OF_AN_ADDRESS,
    SEARCH_WINDOW,
    SEARCHES,
    WINDOW,
    search_waits_until,
    waits_until,
)


def account_to_sign_in(username: str) -> Account | None:
    """The active account of a user name, with the hash of its password to compare with."""
    row = _row(
        "select id, stamp, hash from access.account_to_sign_in(%s, %s)",
        [username, ticket.for_sign_in(username)],
    )
    if row is None:
        return None
    account = Account(id=row[0], stamp=row[1], username=username)
    account.password = row[2]
    return account


@transaction.atomic
def wait_for_sign_in(*, username: str, address: str, by: Actor) -> datetime | None:
    """Until when this user name or this address has to wait, ``None`` if not at all.

    Holds a lock on the user name until the transaction ends, so that guesses
    sent at the same time queue up instead of all being counted as the first.
    """
    name_key, address_key = _key(username.lower()), _key(_network(address))
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 2))", [name_key])
        cursor.execute(
            "select of_name, at from access.attempts_recent(%s, %s, %s, %s, %s)",
            [name_key, address_key, by.at - WINDOW, FAILURES_OF_A_NAME, FAILURES_OF_AN_ADDRESS],
        )
        recent = cursor.fetchall()
    until = waits_until(
        [at for of_name, at in recent if of_name], [at for of_name, at in recent if not of_name]
    )
    if until is not None:
        record(by=by, kind="sign_in", action="held_back", account=_account_id(username))
    return until


@transaction.atomic
def note_failed_sign_in(*, username: str, address: str, by: Actor) -> None:
    """Count a failure for the user name and the address; old ones are forgotten."""
    _row("select access.attempt_failed(%s, %s)", [_key(username.lower()), _key(_network(address))])
    record(by=by, kind="sign_in", action="failed", account=_account_id(username))


@transaction.atomic
def note_sign_in(*, username: str, by: Actor) -> None:
    """Record that the actor has signed in; her user name's failures are forgotten."""
    _row("select access.attempts_forget(%s)", [_key(username.lower())])
    record(by=by, kind="sign_in", action="ok")


@transaction.atomic
def wait_for_search(*, by: Actor) -> datetime | None:
    """Count a search for a person, by name or number; until when the actor has to wait with it,
    ``None`` if not at all. What was searched for is kept nowhere."""
    key = _key(f"search {by.account_id}")
    with connection.cursor() as cursor:
        cursor.execute(
            "select at from access.attempts_recent(%s, '', %s, %s, 0)", [key, by.at - SEARCH_WINDOW, SEARCHES]
        )
        until = search_waits_until([at for (at,) in cursor.fetchall()])
    if until is not None:
        record(by=by, kind="denied", action="search_held_back")
        return until
    _row("select access.attempt_failed(%s, '')", [key])
    return None


@transaction.atomic
def renew_password_hash(*, account: Account, by: Actor) -> None:
    """Keep the hash of a newer kind that checking the password has made, if it has."""
    if account.outdated is not None:
        _set_password(account.outdated, account)
        account.outdated = None


@sensitive_variables("password")
@transaction.atomic
def change_password(*, account: Account, password: str, by: Actor) -> None:
    """Give the actor herself a new password, and the account a new stamp: every other session
    of hers is over (ASVS 7.4.3)."""
    stored = account.outdated or account.password
    account.set_password(password)
    if account.pk != by.account_id or not _set_password(stored, account):
        raise Refused(_("The password could not be changed. Nothing has changed."))
    (account.stamp,) = _row("select access.sessions_end()", []) or (None,)
    record(by=by, kind="account", action="password_changed")


def _set_password(stored: str, account: Account) -> bool:
    row = _row("select access.password_set(%s, %s)", [stored, account.password])
    return bool(row and row[0])


def _row(sql: str, values: list[Any]) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def note_sign_out(*, by: Actor) -> None:
    """Record that the actor has signed out."""
    record(by=by, kind="sign_in", action="out")


def note_workplace(*, membership_id: uuid.UUID, by: Actor) -> None:
    """Record which of her workplaces the actor acts for from now on."""
    record(by=by, kind="sign_in", action="chose_workplace", object=membership_id)


def _account_id(username: str) -> uuid.UUID | str:
    """The account that somebody tried to sign in as; empty where there is none."""
    found = Account.objects.filter(username=username).values_list("pk", flat=True).first()
    return found or ""


def _key(value: str) -> str:
    """A keyed hash, so that the table tells neither names nor addresses."""
    return salted_hmac("people.SignInAttempt", value, algorithm="sha256").hexdigest()


def _network(address: str) -> str:
    """An address as one subscriber holds it: IPv4 whole, IPv6 its /64."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    return str(ipaddress.ip_network((parsed, 64), strict=False))
