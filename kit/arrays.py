"""Conditions of the ORM on an array of ids, which is made once for a statement.

Either the database's own (``access.my_…``): where a row that decides may not be read by whom it
concerns – what is hidden from her, or what the others in her family are shown – only the
database knows, and its array is asked. Or what another query finds: ``pk__in`` leaves it to the
planner to ask that query anew for each row, and with a view of the tables that is out of date
it does, so that three hundred notes take minutes instead of milliseconds.
"""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Q, QuerySet
from django.db.models.expressions import RawSQL


class _Array(RawSQL):
    """The array itself: the function is asked once for a statement."""

    def __init__(self, function: str, arguments: tuple[Any, ...]) -> None:
        super().__init__(f"(select {function}({', '.join(['%s'] * len(arguments))}))::uuid[]", arguments)


class _In(Func):
    """``column = any(array)``."""

    template = "%(expressions)s)"
    arg_joiner = " = any("
    output_field = BooleanField()
    arity = 2


def in_array(column: str, function: str, *arguments: Any) -> Q:
    """The column is one of the ids that the function returns, for these arguments."""
    return Q(_In(F(column), _Array(function, arguments)))


def found_by(column: str, query: QuerySet[Any, Any]) -> Q:
    """The column is one of the ids that the query finds; for some hundreds, of one child or one case."""
    return Q(_In(F(column), ArraySubquery(query)))
