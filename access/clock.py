"""The one clock: server time, unless a test or a question about the past moves it.

PostgreSQL's policies read ``access.at()``; the ORM's filters read the same
function, so that both walls always judge by the same instant.
"""

from datetime import datetime

from django.db import connection
from django.db.models import DateTimeField, F, Func, Value
from django.utils import timezone


class access_at(Func):  # noqa: N801 (reads as a function, like django's Now)
    """``access.at()`` in a query."""

    # Once for a statement: the context is verified each time that it is asked.
    template = "(select access.at())"
    output_field = DateTimeField()
    arity = 0


def birthday_of(column: str, age: int) -> Func:
    """``access.birthday(column, age)`` in a query: 00:00 in Sweden on the day of that age."""
    return Func(F(column), Value(age), function="access.birthday", output_field=DateTimeField())


def now() -> datetime:
    """The instant by which this request or task judges; server time where unset."""
    return _moved.get("at") or timezone.now()


_moved: dict[str, datetime] = {}


def move(at: datetime | None) -> None:
    """Move this process's clock; the actor's context carries it to PostgreSQL."""
    if at is None:
        _moved.pop("at", None)
    else:
        _moved["at"] = at


def database_now() -> datetime:
    """What ``access.at()`` says in the current transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select access.at()")
        at: datetime = cursor.fetchone()[0]
    return at
