"""How long somebody stays signed in.

A session ends when nothing has been asked for half an hour, and at the latest ten
hours after it began, however much is done in it (GDPR art. 32; ASVS 7.3.1, 7.3.2).
Both stand in the session's row: when it ends as things are now in ``expire_date``,
when it began among its data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.utils import timezone

BEGAN_KEY = "began"
# Activity is written down at most this often, so that not every page writes a row.
WRITTEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Left:
    """How many seconds a session lasts if nothing is done, and at the longest."""

    seconds: int
    longest: int


class SessionStore(db.SessionStore):
    """Django's session in the database, with a limit for idleness and one for its whole life."""

    _ends_at: datetime | None = None

    def prolong(self) -> None:
        """Somebody is there: idleness begins anew. Only this column is written, so that what
        another tab has put into the session meanwhile stays."""
        data = self._session  # type: ignore[attr-defined]  # not in the stubs
        until = _end_of(data)
        if self._ends_at is None or self._ends_at >= until:
            return
        for_good = _began(data) + _longest()
        if until < for_good and until - self._ends_at < WRITTEN_EVERY:
            return
        self.model.objects.filter(session_key=self.session_key).update(expire_date=until)
        self._ends_at = until

    def left(self) -> Left:
        """How long it lasts as things are now, without prolonging it."""
        data = self._session  # type: ignore[attr-defined]  # not in the stubs
        ends_at, now = self._ends_at or _end_of(data), timezone.now()
        longest = _began(data) + _longest() - now
        return Left(max(0, int((ends_at - now).total_seconds())), max(0, int(longest.total_seconds())))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row as it is saved: its life begins with the first saving."""
        data.setdefault(BEGAN_KEY, timezone.now().timestamp())
        row: Any = super().create_model_instance(data)
        row.expire_date = self._ends_at = _end_of(data)
        return row

    def _get_session_from_db(self) -> Any:
        row = super()._get_session_from_db()  # type: ignore[misc]  # not in the stubs
        self._ends_at = row.expire_date if row else None
        return row


def _end_of(data: dict[str, Any]) -> datetime:
    """When a session with these data ends if nothing is done from now on."""
    idle = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return min(idle, _began(data) + _longest())


def _began(data: dict[str, Any]) -> datetime:
    began = data.get(BEGAN_KEY)
    return datetime.fromtimestamp(began, UTC) if began is not None else timezone.now()


def _longest() -> timedelta:
    return timedelta(seconds=settings.SESSION_LONGEST)
