"""The decision tables of ``tests/access`` and ``tests/steering``, run without a database.

A test of the pure rules takes nothing but its own parameters, so it can be called as it stands.
They are asked again for each mutant: what catches it is a test of the suite and nothing else.
"""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from _pytest.mark import ParameterSet


@dataclass(frozen=True)
class Row:
    """A test with one row of its parameters."""

    name: str
    call: Callable[..., Any]
    values: dict[str, Any]

    def holds(self) -> bool:
        """Whether it passes. A rule that falls over is no rule."""
        try:
            self.call(**self.values)
        except Exception:
            return False
        return True


def rows_of(module: ModuleType) -> Iterator[Row]:
    """The module's tests that need no fixture, row by row."""
    for name, test in vars(module).items():
        if not name.startswith("test_") or hasattr(test, "hypothesis"):
            continue
        marks = getattr(test, "pytestmark", [])
        if any(mark.name in {"django_db", "browser"} for mark in marks):
            continue
        tables = [list(_table(mark)) for mark in marks if mark.name == "parametrize"]
        for number, combined in enumerate(itertools.product(*tables)):
            values = {key: value for row in combined for key, value in row.items()}
            if set(inspect.signature(test).parameters) == set(values):
                place = f"{module.__name__.removeprefix('tests.')}.{name}"
                yield Row(f"{place}[{number}]" if tables else place, test, values)


def _table(mark: Any) -> Iterator[dict[str, Any]]:
    names, table = mark.args[:2]
    keys = [key.strip() for key in names.split(",")] if isinstance(names, str) else list(names)
    for row in table:
        values = row.values if isinstance(row, ParameterSet) else (row,) if len(keys) == 1 else row
        yield dict(zip(keys, values, strict=True))


def first_red(rows: list[Row], about: Any = None) -> str | None:
    """The first that fails, those first that ask about the very thing; whoever catches is asked
    first the next time."""
    asked = [row for row in rows if about is not None and about in row.values.values()]
    for row in (*asked, *rows):
        if not row.holds():
            rows.remove(row)
            rows.insert(0, row)
            return row.name
    return None
