"""How long somebody stays signed in, and what the database keeps of it.

A session ends when nothing has been asked for half an hour, for staff twenty minutes and in a
unit whose computers are shared five; at the latest ten hours after it began, however much is
done in it; and at once when the workplace that it is for is no longer hers (GDPR art. 32;
ASVS 7.3.1, 7.3.2, 7.4.1). Both limits stand in the session's row: when it ends as things are
now in ``expire_date``, when it began among its data.

The row's key is a digest of the one that the browser has, so that nobody who reads the table
can be anybody; and the app reads the table through functions only, which want the digest. A
key is 32 random letters and digits, so that a plain SHA-256 can't be turned back.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import connection, transaction
from django.utils import timezone

from access.actor import Actor

BEGAN_KEY = "began"
# Activity is written down at most this often, so that not every page writes a row.
WRITTEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Left:
    """How many seconds a session lasts if nothing is done, and at the longest."""

    seconds: int
    longest: int


def idle_of(actor: Actor) -> timedelta:
    """How long somebody may do nothing: families, staff, and staff at a shared computer."""
    if actor.shared_computers:
        return timedelta(seconds=settings.SESSION_SHARED_AGE)
    if actor.account_id is None or actor.is_family or actor.role is None:
        return timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return timedelta(seconds=settings.SESSION_STAFF_AGE)


def digest(session_key: str | None) -> str:
    """What the table holds of a session's key. As long as the column."""
    return hashlib.sha256((session_key or "").encode()).hexdigest()[:40]


class SessionStore(SessionBase):
    """Django's session, under a digest, with a limit for idleness and one for its whole life."""

    # How long whoever acts may do nothing; said in each request (access.middleware).
    idle: timedelta = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    _ends_at: datetime | None = None

    def prolong(self) -> None:
        """Somebody is there: idleness begins anew, as long as she has now. Only when it ends is
        written, so that what another tab has put into the session meanwhile stays."""
        data = self._session  # type: ignore[attr-defined]  # not in the stubs
        until = self._end_of(data)
        if self._ends_at is None:
            return
        for_good = _began(data) + _longest()
        if until < for_good and timedelta(0) <= until - self._ends_at < WRITTEN_EVERY:
            return
        _call("select access.session_move(%s, %s)", [digest(self.session_key), until])
        self._ends_at = until

    def left(self) -> Left:
        """How long it lasts as things are now, without prolonging it."""
        data = self._session  # type: ignore[attr-defined]  # not in the stubs
        ends_at, now = self._ends_at or self._end_of(data), timezone.now()
        longest = _began(data) + _longest() - now
        return Left(max(0, int((ends_at - now).total_seconds())), max(0, int(longest.total_seconds())))

    # --- What Django asks of a session's store ------------------------------------------

    def load(self) -> dict[str, Any]:
        """Its data; one that is over or unknown begins anew, without a key."""
        row = _call("select data, ends_at from access.session_find(%s)", [digest(self.session_key)])
        if row is None or row[1] <= timezone.now():
            self._session_key = None
            return {}
        self._ends_at = row[1]
        return self.decode(row[0])

    def exists(self, session_key: str) -> bool:
        """Whether the key is taken."""
        return _call("select 1 from access.session_find(%s)", [digest(session_key)]) is not None

    def create(self) -> None:
        """A new key, with nothing in it yet."""
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Store it; its life begins with the first time."""
        if self.session_key is None:
            return self.create()
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        data.setdefault(BEGAN_KEY, timezone.now().timestamp())
        ends_at = self._end_of(data)
        what = "session_add" if must_create else "session_change"
        with transaction.atomic():
            (done,) = _call(
                f"select access.{what}(%s, %s, %s)", [digest(self.session_key), self.encode(data), ends_at]
            ) or (False,)
        if not done:
            raise CreateError if must_create else UpdateError
        self._ends_at = ends_at
        return None

    def delete(self, session_key: str | None = None) -> None:
        """It is over."""
        key = session_key or self.session_key
        if key is not None:
            _call("select access.session_end(%s)", [digest(key)])

    @classmethod
    def clear_expired(cls) -> None:
        """Done by the sweep (plans.retention), which alone may."""

    def _end_of(self, data: dict[str, Any]) -> datetime:
        """When a session with these data ends if nothing is done from now on."""
        return min(timezone.now() + self.idle, _began(data) + _longest())


def _began(data: dict[str, Any]) -> datetime:
    began = data.get(BEGAN_KEY)
    return datetime.fromtimestamp(began, UTC) if began is not None else timezone.now()


def _longest() -> timedelta:
    return timedelta(seconds=settings.SESSION_LONGEST)


def _call(sql: str, values: list[Any]) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row
