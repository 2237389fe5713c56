"""The chain shows every event that was changed, removed, inserted or put elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit import chain
from audit.services import record
from audit.tasks import anchor
from tests.worlds import World

AsLoader = Callable[[], AbstractContextManager[None]]
EVENTS = 6
# What somebody with every right to the table could do to its rows 1 to 6 of today.
TAMPERED = {
    "changed": ("update audit_event set action = 'other' where no = 3", {(3, "changed")}),
    "detail": ("""update audit_event set detail = '{"no": "9"}' where no = 3""", {(3, "changed")}),
    "somebody else": ("update audit_event set account = gen_random_uuid() where no = 3", {(3, "changed")}),
    "another time": ("update audit_event set at = at + interval '1 us' where no = 3", {(3, "changed")}),
    "removed": ("delete from audit_event where no = 3", {(4, "missing")}),
    "removed and numbered anew": (
        "delete from audit_event where no = 3;"
        "update audit_event set no = no + 100 where no > 3; update audit_event set no = no - 101 where no > 100",
        {(3, "changed"), (4, "changed"), (5, "changed")},
    ),
    "inserted": (
        "insert into audit_event (id, at, kind, action, role, detail, digest, day, no)"
        " select gen_random_uuid(), at, kind, 'made_up', '', '{}', digest, day, 7 from audit_event where no = 6",
        {(7, "changed")},
    ),
    "reordered": (
        "update audit_event set no = 100 where no = 3; update audit_event set no = 3 where no = 4;"
        "update audit_event set no = 4 where no = 100",
        {(3, "changed"), (4, "changed"), (5, "changed")},
    ),
}


@pytest.fixture
def written(world: World, settings: LazySettings, tmp_path: Path) -> World:
    """Six events of today; no anchor yet."""
    settings.AUDIT_ANCHORS = tmp_path / "anchors" / "audit.jsonl"
    for no in range(EVENTS):
        with world.act("bvc") as actor:
            record(by=actor, kind="read", action="opened_case", no=no)
    return world


def faults() -> set[tuple[int, str]]:
    """Where the chain doesn't hold, by number."""
    return {(one.no, one.what) for one in chain.faults()}


def run(as_loader: AsLoader, statements: str) -> None:
    """What the loader may do, and nobody who serves."""
    with as_loader(), connection.cursor() as cursor:
        for statement in statements.split(";"):
            cursor.execute(statement)


def test_an_untouched_chain_holds(written: World) -> None:
    """Every event numbered from 1, each linked to the one before."""
    assert faults() == set()
    said = StringIO()
    call_command("verify_audit", stdout=said)
    assert said.getvalue() == "The audit holds. Anchored days: 0.\n"


@pytest.mark.parametrize("how", TAMPERED)
def test_i9_what_was_done_to_it_is_named(written: World, db_as_loader: AsLoader, how: str) -> None:
    """Changed, removed, inserted, reordered: each by its number.

    Red when a digest is over the id alone.
    """
    statements, expected = TAMPERED[how]
    run(db_as_loader, statements)
    assert faults() == expected
    said = StringIO()
    with pytest.raises(CommandError, match=f"in {len(expected)} places"):
        call_command("verify_audit", stdout=said)
    assert all(f"no {no}: " in said.getvalue() for no, _ in expected)


@pytest.fixture
def yesterday(written: World, db_as_loader: AsLoader) -> AsLoader:
    """The same six events, as if they had been written a day ago, and anchored."""
    rewrite(db_as_loader, "update audit_event set day = day - 1")
    anchor()
    assert faults() == set()
    return db_as_loader


def rewrite(as_loader: AsLoader, statements: str) -> None:
    """Change what is there and write the whole chain anew after it, as an attacker would who knows how."""
    with as_loader(), connection.cursor() as cursor:
        for statement in statements.split(";"):
            cursor.execute(statement)
        cursor.execute("select sequence from audit_event order by day, no")
        before = None
        for (sequence,) in cursor.fetchall():
            before = _link(before, sequence)


def _link(before: str | None, sequence: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "update audit_event e set digest = encode(sha256(convert_to(coalesce(%s, '') ||"
            " jsonb_build_object('sequence', e.sequence, 'day', e.day, 'no', e.no, 'id', e.id,"
            " 'at', extract(epoch from e.at), 'account', e.account, 'unit', e.unit, 'role', e.role,"
            " 'kind', e.kind, 'action', e.action, 'child', e.child, 'case', e.\"case\", 'object', e.object,"
            " 'detail', e.detail, 'request', e.request)::text, 'UTF8')), 'hex')"
            " where e.sequence = %s returning digest",
            [before, sequence],
        )
        (digest,) = cursor.fetchone()
    return str(digest)


def test_i9_a_chain_written_anew_is_found_by_its_anchor(yesterday: AsLoader) -> None:
    """Whoever can write the whole chain anew can't write the file."""
    rewrite(yesterday, "update audit_event set action = 'other' where no = 2")
    assert faults() == {(EVENTS, "anchor")}


def test_an_emptied_end_is_found_by_its_anchor(yesterday: AsLoader) -> None:
    """The last events removed leave a chain that holds, but not what was anchored."""
    run(yesterday, "delete from audit_event where no > 4")
    assert faults() == {(EVENTS, "anchor")}


def test_the_whole_log_may_take_longer_than_a_page(written: World) -> None:
    """A year's events are read by one statement, past the limit that a page has (access/roles.sql)."""
    for read in (lambda: list(chain.faults()), chain.anchor):
        with CaptureQueriesContext(connection) as statements:
            read()
        said = [statement["sql"] for statement in statements if "SAVEPOINT" not in statement["sql"]]
        assert said[0] == "set local statement_timeout = 0"
        assert said[-1] == "set local statement_timeout to default"
    with connection.cursor() as cursor:
        cursor.execute("show statement_timeout")
        assert cursor.fetchone() == ("30s",)


def test_each_day_is_anchored_once(yesterday: AsLoader, written: World, settings: LazySettings) -> None:
    """Today is not over; doing it again adds nothing; midnight is linked over."""
    before = settings.AUDIT_ANCHORS.read_text()
    with written.act("bvc") as actor:
        record(by=actor, kind="read", action="opened_case")
    anchor()
    assert settings.AUDIT_ANCHORS.read_text() == before
    assert before.count("\n") == 1
    assert faults() == set()
    run(yesterday, "delete from audit_event where day < (select max(day) from audit_event)")
    assert (1, "changed") in faults()
