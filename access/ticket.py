"""The server's word to the database for who acts, sealed so that nobody else can give it.

Row-level security trusts a context, and whoever can run a statement on the app's connection
can write any setting. So the context is made in the database from a *ticket*, which this
module seals with HMAC-SHA-256: the kind of work, the account, the workplace that was asked
for, the instant to judge by, the backend that it is for and its end, a minute away. The
database verifies it with the same key, which stands in a table that no role that serves can
read. Injected SQL can seal nothing, and what it can read holds for its own backend and its
own person only (docs/adr/0013-a-context-that-cannot-be-forged.md).
"""

from __future__ import annotations

import hashlib
import hmac
import time
import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import connections

LASTS_SECONDS = 60


class Kind(StrEnum):
    """What a ticket opens."""

    PAGE = "page"  # a request, by somebody or by nobody
    WORK = "work"  # a task or a command
    SIGN_IN = "sign_in"  # the password hash of one user name, to compare with


def keys() -> list[bytes]:
    """The key that seals, and after it those that still verify while they are being replaced.

    From ``ACTOR_KEY``, or where that isn't set from ``SECRET_KEY``; never one of them itself, so
    that what the database holds opens nothing else.
    """
    secrets: list[str] = [settings.ACTOR_KEY, *settings.ACTOR_KEY_FALLBACKS]
    if not settings.ACTOR_KEY:
        secrets = [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
    return [hmac.digest(secret.encode(), b"access.ticket", "sha256") for secret in secrets]


def for_actor(
    kind: Kind,
    account: uuid.UUID | None,
    membership: uuid.UUID | None = None,
    at: datetime | None = None,
    *,
    using: str = "default",
) -> str:
    """That this account, or nobody, acts on this connection from now on, for a minute."""
    return sealed(
        kind, _text(account), _text(membership), at.isoformat() if at else "", pid=backend_of(using)
    )


def for_sign_in(username: str, *, using: str = "default") -> str:
    """That somebody has typed this user name and a password to try."""
    return sealed(Kind.SIGN_IN, hashlib.sha256(username.encode()).hexdigest(), "", "", pid=backend_of(using))


def sealed(kind: Kind, subject: str, membership: str, at: str, *, pid: int) -> str:
    """The ticket as the database reads it (``access_owner.ticket``)."""
    ends = int(clock()) + LASTS_SECONDS
    text = "|".join(("ticket", kind, subject, membership, at, str(pid), str(ends), ""))
    return text + hmac.new(keys()[0], text.encode(), "sha256").hexdigest()


def backend_of(using: str) -> int:
    """The backend that serves the connection; asks nothing of the database."""
    connection = connections[using]
    connection.ensure_connection()
    driver: Any = connection.connection
    return int(driver.info.backend_pid)


def _text(value: uuid.UUID | None) -> str:
    return str(value) if value else ""


# Replaced by the tests that move Python's clock: the database's own can't be moved.
clock = time.time
