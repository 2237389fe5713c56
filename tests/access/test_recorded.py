"""I7: every page that shows something about a child is recorded in the same transaction, and
without the record nothing is sent.

The addresses come from the URL resolver, so that a new page is asked too.
"""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from tests.access.door_rows import ROWS
from tests.access.doors import Rich
from tests.access.test_every_url import ADDRESSES, address
from tests.database import as_loader
from tests.worlds import World

# A page, one that is sent back with what to mend, and one with two texts on it.
SHOWS = {200, 409, 422}
OPENINGS = ("read", "print", "export", "emergency")
# What an address names when it is about a child.
ABOUT_A_CHILD = {
    "case_id",
    "child_id",
    "signal_id",
    "invitation_id",
    "review_id",
    "handover_id",
    "meeting_id",
}
# Pages that name a child without an id in their address are lists of heads: name, step and next date.
# Draws what the browser itself has just sent, and nothing that is kept.
ECHOES = {"desk:wheel_picture"}
RECORDED = sorted(name for name, ids in ADDRESSES.items() if ids & ABOUT_A_CHILD and name not in ECHOES)


@pytest.fixture
def rich(world: World) -> Rich:
    """A world in which each thing that an address can name exists."""
    return Rich.load(world)


def openings() -> int:
    """How many openings the audit holds."""
    with as_loader(), connection.cursor() as cursor:
        cursor.execute("select count(*) from audit_event where kind = any(%s)", [list(OPENINGS)])
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("name", RECORDED)
def test_i7_every_page_about_a_child_is_recorded(rich: Rich, name: str) -> None:
    """Whoever is shown anything at such an address, by opening it or by sending a form with
    nothing in it, leaves an opening in the audit.

    Red when nothing is recorded.
    """
    door = ROWS[name]
    path = address(name, rich.values(ADDRESSES[name], door))
    unrecorded = []
    for visitor in sorted(door.may):
        before = openings()
        for method in ("get", "post"):
            with transaction.atomic():
                answer = getattr(rich.world.client(visitor), method)(path + door.query)
                if answer.status_code in SHOWS and openings() == before:
                    unrecorded.append(f"{visitor} by {method}")
                transaction.set_rollback(True)
    assert not unrecorded, f"{name} shows {', '.join(unrecorded)} something and records nothing"


@pytest.mark.parametrize("name", RECORDED)
def test_i7_without_a_record_nothing_is_sent(rich: Rich, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The audit can't be written: 503, whatever the page."""

    def fails(_: object) -> None:
        raise DatabaseError

    door = ROWS[name]
    path = address(name, rich.values(ADDRESSES[name], door))
    clients = {visitor: rich.world.client(visitor) for visitor in sorted(door.may)}
    monkeypatch.setattr("access.actor.flush_events", fails)
    for visitor, client in clients.items():
        answer = client.get(path + door.query)
        assert answer.status_code in {302, 405, 503}, visitor
        assert rich.world.child.family_name.encode() not in answer.content
