"""I25: to whoever isn't named, every page is what it would be in a world without the child.

The same people look at the same pages twice, once with a child whose identity is protected (or whose
case is locked, for the family) and once without it. Bodies must be equal but for tokens and ids that are
drawn anew for each request.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cases.services import circle
from people.models import Child, Protection
from people.numbers import LegalSex, make_test_number
from tests.database import as_loader
from tests.worlds import World

DESK = (
    "/mitt-arbete/",
    "/enheten/",
    "/barn/",
    "/uppmarksamma/barnet/",
    "/enheten/utse/",
    "/nodoppning/granska/",
)
STAFF = ("bvc2", "bvc-ledare", "logoped", "forskola", "fritid", "polis", "rektor", "mentor", "soc-ledare")
FAMILY = ("mamma", "pappa")
_DRAWN_ANEW = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|data-session-\w+="\d+"')
# Values of a statement, and the names that Django gives to savepoints.
_OF_THE_REQUEST = re.compile(r"'[^']*'|\"s\d+_x\d+\"")


@pytest.fixture
def others(world: World) -> World:
    """Everybody has another child to work with, so that the lists aren't merely empty."""
    case = world.open_case(world.children["grannbarn"], "bvc", "bvc2")
    consent = world.consent(case, "bvc", "logoped", "preschool", "leisure", "police")
    for username, unit in (
        ("logoped", "logoped"), ("forskola", "preschool"), ("fritid", "leisure"), ("polis", "police")
    ):  # fmt: skip
        world.assign(username, unit, case)
    world.show(world.entry("bvc", "bvc2", case), to_unit="logoped", consent=consent)
    world.listing(world.children["grannbarn"], "preschool")
    world.signal()
    return world


def seen_by(
    world: World, username: str, numbers: tuple[str, ...]
) -> Iterator[tuple[str, int, bytes, list[str]]]:
    """Each page as she gets it, and a search by name and number, with its statements."""
    browser = world.client(username)
    pages = DESK if username in STAFF else ("/familj/", f"/familj/{world.child.pk}/")
    for page in pages:
        response = browser.get(page)
        yield page, response.status_code, _stripped(response.content), []
    for asked in numbers if username in STAFF else ():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = browser.post("/barn/", {"name_or_number": asked})
        statements = [_OF_THE_REQUEST.sub("?", q["sql"]) for q in queries.captured_queries]
        yield f"search {numbers.index(asked)}", response.status_code, _stripped(response.content), statements


def _stripped(content: bytes) -> bytes:
    return _DRAWN_ANEW.sub(b"", content)


def looks(
    world: World, people: tuple[str, ...], numbers: tuple[str, ...]
) -> dict[tuple[str, str], tuple[int, bytes, list[str]]]:
    """All that these people see."""
    return {
        (username, page): (status, body, statements)
        for username in people
        for page, status, body, statements in seen_by(world, username, numbers)
    }


@pytest.mark.parametrize("level", list(Protection.Level))
def test_i25_a_protected_child_is_nowhere(others: World, level: Protection.Level) -> None:
    """Lists, counts, inbox, choices, searches by name and number: equal, statement by statement.

    Red when a protected child's case is not closed.
    """
    world = others
    number = make_test_number(world.child.born_on, LegalSex.FEMALE).digits
    asked = (number, world.child.name, "Barn Familjesson")
    without = looks(world, STAFF, asked)
    with transaction.atomic():
        with as_loader():
            Child.objects.filter(pk=world.child.pk).update(number=number, reserve_number=None)
        team = world.teamwork()
        world.listing(world.child, "preschool")
        world.signal(to_unit="bvc", case=team.case)
        world.invitation(team.case, world.consent(team.case, "school", opens=False), "school")
        assert looks(world, STAFF, asked) != without, "nothing to hide"
        with world.act("bvc") as actor:
            circle.raise_protection(case=team.case, level=level, source=Protection.Source.STAFF, by=actor)
        after = looks(world, STAFF, asked)
        assert [key for key in without if after[key] != without[key]] == []
        transaction.set_rollback(True)


@pytest.mark.parametrize("closed_by", ["lock", "protection"])
def test_the_family_meets_no_case(others: World, closed_by: str) -> None:
    """Locked: as if there were no case. Protected: not the child either."""
    world = others
    without = looks(world, FAMILY, ())
    with transaction.atomic():
        team = world.teamwork()
        assert looks(world, FAMILY, ()) != without, "nothing to hide"
        with world.act("bvc") as actor:
            if closed_by == "lock":
                circle.lock_case(case=team.case, reason="Skyddsläge, beslut i dag.", by=actor)
            else:
                source = Protection.Source.POLICE
                circle.raise_protection(
                    case=team.case, level=Protection.Level.MARKED, source=source, by=actor
                )
        after = looks(world, FAMILY, ())
        if closed_by == "lock":
            assert [key for key in without if after[key] != without[key]] == []
        else:
            found = {value[0] for (_who, page), value in after.items() if str(world.child.pk) in page}
            assert found == {404}
        transaction.set_rollback(True)
