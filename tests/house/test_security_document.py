"""``docs/security.md`` says only what is there: each test that it names exists, each invariant has a row, and
each row a test or a reason."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from barnensbasta.local import ROOT
from tests.test_consistency import table_rows

DOCUMENT = "docs/security.md"
NODE = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
INVARIANTS = [f"I{number}" for number in range(1, 27)]
# The threats of the access model, two of which share a row.
THREATS = 32
REASON = re.compile(r"^(Partly|Not yet): .{40,}")


@cache
def names_in(path: str) -> frozenset[str]:
    """The names of the tests in a file, read and not imported."""
    file = ROOT / path
    if not file.exists():
        return frozenset()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def rows(first: str) -> list[list[str]]:
    """The rows of the tables whose first cell matches."""
    return [row for row in table_rows(DOCUMENT) if re.fullmatch(first, row[0])]


def named() -> list[tuple[str, str]]:
    """Every test that the page names."""
    return NODE.findall((ROOT / DOCUMENT).read_text(encoding="utf-8"))


def missing(nodes: list[tuple[str, str]]) -> list[str]:
    """Those that don't exist, or whose names are no test's."""
    return [
        f"{path}::{name}"
        for path, name in nodes
        if name not in names_in(path) or not name.startswith("test_")
    ]


def unheld(row: list[str]) -> bool:
    """Neither a test of its own nor a reason why not."""
    number = row[0].lower()
    own = [name for _, name in NODE.findall(row[2]) if name.startswith(f"test_{number}_")]
    return not own and not REASON.match(row[3])


def test_every_test_that_it_names_exists() -> None:
    assert missing(named()) == []
    assert len(set(named())) > 80


def test_every_invariant_has_a_row_with_a_test_or_a_reason() -> None:
    found = rows(r"I\d+")
    assert [row[0] for row in found] == INVARIANTS
    assert [row[0] for row in found if len(row) != 4 or not all(row) or unheld(row)] == []


def test_every_threat_has_a_row_that_says_what_is_left() -> None:
    found = rows(r"[\d, ]+")
    numbers = [int(number) for row in found for number in re.findall(r"\d+", row[0])]
    assert numbers == list(range(1, THREATS + 1))
    for row in found:
        assert len(row) == 4, row
        assert all(row), row
        assert NODE.search(row[2]) or re.search(r"\bI\d+\b", row[2]) or "Later" in row[3], row


def test_every_item_of_the_standard_has_a_test() -> None:
    items = rows(r"\d+\.\d+\.\d+.*")
    assert len(items) > 40
    assert [row[0] for row in items if not NODE.search(row[2])] == []


@pytest.mark.parametrize(
    ("row", "is_unheld"),
    [
        ("| I3 | x | `tests/a.py::test_i3_x` | Run |", False),
        ("| I3 | x | `tests/a.py::test_i4_x` | Run |", True),
        ("| I3 | x | – | Run |", True),
        ("| I3 | x | – | Not yet: " + "why, and who must check until then, at some length |", False),
    ],
)
def test_a_row_without_either_is_found(row: str, is_unheld: bool) -> None:
    assert unheld([cell.strip() for cell in row.strip("|").split("|")]) == is_unheld


def test_a_test_that_does_not_exist_is_found() -> None:
    assert missing([("tests/house/test_security_document.py", "test_that_is_not_there")])
    assert missing([("tests/house/nowhere.py", "test_x")])
    assert missing([("tests/house/test_security_document.py", "rows")])
    assert not missing(
        [("tests/house/test_security_document.py", "test_a_test_that_does_not_exist_is_found")]
    )


def test_every_test_that_is_named_after_an_invariant_stands_there_or_is_one_of_several() -> None:
    """A new invariant number in a test's name has a row."""
    numbers = {
        match[1]
        for path in (ROOT / "tests").rglob("test_*.py")
        for match in re.finditer(r"^def test_i(\d+)_", path.read_text(encoding="utf-8"), re.M)
    }
    assert {f"I{number}" for number in numbers} <= set(INVARIANTS)
