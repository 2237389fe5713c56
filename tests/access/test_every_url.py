"""Every address tried as every kind of visitor, and what is hidden told from nothing by nothing.

The addresses come from the URL resolver. One that has no row in ``ROWS`` fails the build, and so
does a row whose address is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.door_rows import ROWS
from tests.access.doors import EVERYBODY, Door, Rich, unknown
from tests.worlds import World

NOT_FOUND = 404
# Status is asked for everybody; that hidden and nonexistent are alike, for one of each kind.
ONE_OF_EACH_KIND = frozenset(
    {"bvc2", "bvc-ledare", "logoped", "polis", "soc", "soc-vaxjo", "pappa", "ungdom", "granne", "styrgrupp",
     "admin", "dataskydd"}
)  # fmt: skip
# 403 with the same words whether or not there was anything to take.
TURNED_AWAY = {403, NOT_FOUND}
_CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK")
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|data-session-\w+="\d+"')
_VALUES = re.compile(
    r"ticket\|[^']*|context\|[^']*|[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}|\d{4}-\d\d-\d\d[ T][\d:.+]+"
)


def patterns(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address with its name, through all includes."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, pattern.namespace or space)
        else:
            yield f"{space}:{pattern.name}" if space else str(pattern.pattern), pattern


ADDRESSES = {name: set(pattern.pattern.converters) for name, pattern in patterns()}


def test_i22_every_address_has_a_row() -> None:
    """A new address is decided upon before it opens.

    Red for an address that nobody has put down.
    """
    assert {name for name, _ in patterns()} == set(ROWS)


@pytest.fixture
def rich(world: World) -> Rich:
    """A world in which each thing that an address can name exists."""
    return Rich.load(world)


def address(name: str, values: dict[str, Any]) -> str:
    """The address of a name."""
    return reverse(name, kwargs=values) if ":" in name else f"/{name}"


def knock(client: Client, path: str, door: Door) -> HttpResponse:
    """GET, or POST where only that is taken; whatever it does is undone."""
    with transaction.atomic():
        answer = client.get(path + door.query)
        if answer.status_code == 405:
            answer = client.post(path + door.query, door.data)
        transaction.set_rollback(True)
    return answer  # type: ignore[return-value]


@pytest.mark.parametrize("name", sorted(ROWS))
def test_i8_who_gets_in(rich: Rich, name: str) -> None:
    """Everybody who may gets something. Everybody else is turned away with the very answer that
    something nonexistent gives: same status, same body, same statements (I8).

    Red when hidden is 403 and nonexistent 404.
    """
    door, ids = ROWS[name], ADDRESSES[name]
    values = rich.values(ids, door)
    wrong = []
    for visitor in sorted(EVERYBODY):
        client = rich.world.client(visitor)
        got = _answer(client, address(name, values), door)
        if visitor in door.may:
            wrong += [f"{visitor} gets 404"] if got[0] == NOT_FOUND else []
        elif got[0] not in TURNED_AWAY:
            wrong.append(f"{visitor} gets {got[0]}")
        elif ids - {"step"} and visitor in ONE_OF_EACH_KIND - door.knows:
            nothing = _answer(client, address(name, unknown(values, visitor)), door)
            wrong += [] if got == nothing else [f"{visitor} can tell hidden from nonexistent"]
    assert not wrong, f"{name}: {', '.join(wrong)}"


@pytest.mark.parametrize("name", sorted(ROWS))
def test_the_unknown_are_sent_to_sign_in(rich: Rich, name: str) -> None:
    """Whoever is not signed in is sent to sign in, save where the page is open to all."""
    door = ROWS[name]
    path = address(name, rich.values(ADDRESSES[name], door))
    answer = knock(rich.world.client(), path, door)
    if door.open:
        assert answer.status_code in {200, 302, 503}
    else:
        assert answer.status_code == 302
        assert answer["Location"].startswith("/logga-in/")


def _answer(client: Client, path: str, door: Door) -> tuple[int, bytes, list[str]]:
    """Status, body and the statements, with ids, instants and tokens taken out."""
    with CaptureQueriesContext(connection) as captured:
        answer = knock(client, path, door)
    statements = [q["sql"] for q in captured.captured_queries if not q["sql"].startswith(_CONTROL)]
    return answer.status_code, _TOKEN.sub(b"", answer.content), [_VALUES.sub("…", s) for s in statements]
