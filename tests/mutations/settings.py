"""The data that rules go by – who may what, which ages count – changed entry by entry, in memory."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest


@dataclass(frozen=True)
class Setting:
    """One entry of a table with another value. ``about`` is what it says something of."""

    table: MutableMapping[Any, Any]
    key: Any
    value: Any
    what: str
    done: str
    about: Any = None

    def __str__(self) -> str:
        return f"{self.what}: {self.done}"

    def apply(self, patch: pytest.MonkeyPatch) -> None:
        """Change the entry."""
        patch.setitem(self.table, self.key, self.value)


def memberships(
    what: str, table: MutableMapping[Any, Any], members: Iterable[Any], keys: Iterable[Any] = ()
) -> Iterator[Setting]:
    """A table of sets: each member taken out, and each that isn't there put in."""
    for key in keys or list(table):
        for member in members:
            there = member in table[key]
            value = table[key] - {member} if there else table[key] | {member}
            done = f"{'without' if there else 'with'} {member}"
            yield Setting(table, key, value, f"{what} {key}", done, member)


def others(what: str, table: MutableMapping[Any, Any], values: Iterable[Any]) -> Iterator[Setting]:
    """A table of values: each with the next of the values instead."""
    known = list(values)
    for key, value in list(table.items()):
        other = known[(known.index(value) + 1) % len(known)]
        yield Setting(table, key, other, f"{what} {key}", f"{other} instead of {value}", key)


def constants(module: ModuleType, numbers: Mapping[str, int]) -> Iterator[Everywhere]:
    """A number one more and one less, wherever it has been imported to."""
    for name, number in numbers.items():
        for other in (number - 1, number + 1):
            yield Everywhere(name, number, other, f"{module.__name__}.{name}: {other} instead of {number}")


@dataclass(frozen=True)
class Everywhere:
    """A constant of the program with another value."""

    name: str
    before: int
    value: int
    what: str
    done: str = "another number"
    about: Any = None

    def __str__(self) -> str:
        return self.what

    def apply(self, patch: pytest.MonkeyPatch) -> None:
        """In every module of the house that holds it; the tests keep what they imported."""
        for name, module in list(sys.modules.items()):
            if name.startswith("access.") and getattr(module, self.name, None) == self.before:
                patch.setattr(module, self.name, self.value)
