"""The private servers: nobody's port, no litter, no orphans."""

from __future__ import annotations

import fcntl
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from barnensbasta.local import ROOT, Address, LocalServiceError, Services, prepare_database
from tests.skipping import skip_unless_ci


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Servers whose data lie in a path with a space."""
    running = Services(tmp_path_factory.mktemp("a path with") / "å space", careless=True).start()
    yield running
    running.stop()


def test_they_listen_on_no_port_and_in_a_private_directory(services: Services) -> None:
    with psycopg.connect(services.address.superuser_url()) as connection:
        shown = connection.execute("show listen_addresses").fetchone()
    assert shown == ("",)
    assert services.address.directory.stat().st_mode & 0o077 == 0


def test_swedish_order_and_letters(services: Services) -> None:
    prepare_database(services.address)
    with psycopg.connect(services.address.superuser_url("barnensbasta")) as connection:
        rows = connection.execute(
            "select x from unnest(array['ö', 'z', 'å', 'ä', 'a']) x order by x"
        ).fetchall()
        similar = connection.execute("select similarity('Åsa', 'åsa'), similarity('Åäö', 'xyz')").fetchone()
    assert [letter for (letter,) in rows] == ["a", "z", "å", "ä", "ö"]
    assert similar == (1, 0)


def test_no_serving_role_is_above_the_policies(services: Services) -> None:
    prepare_database(services.address)
    prepare_database(services.address)  # as often as one likes
    with psycopg.connect(services.address.superuser_url("barnensbasta")) as connection:
        rows = connection.execute(
            "select rolname, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb, rolcanlogin,"
            " has_schema_privilege(oid, 'public', 'create') from pg_roles where rolname like 'barnensbasta%'"
        ).fetchall()
    assert sorted(rows) == [
        ("barnensbasta_app", False, True, False),
        ("barnensbasta_loader", False, True, False),
        ("barnensbasta_migrator", False, True, False),
        ("barnensbasta_owner", False, False, True),
    ]


def test_a_second_start_on_the_same_data_is_refused(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("barnensbasta.local.LOCK_SECONDS", 0.2)
    with pytest.raises(LocalServiceError, match="is in use"):
        Services(services.var, careless=True).start()


def test_killed_without_warning_nothing_is_left(tmp_path: Path) -> None:
    if sys.platform != "linux":
        skip_unless_ci("only Linux tells a child of its parent's death")
    var = tmp_path / "var"
    command = [sys.executable, "-m", "barnensbasta.local", "--careless", "--var", str(var)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()  # the first export: all is up
        process.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    with (var / "lock").open("ab") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break  # the last of them has ended: each holds the lock while it lives
            except BlockingIOError:
                assert time.monotonic() < deadline, "something still runs"
                time.sleep(0.05)
    # And a start right after it finds nothing in its way.
    again = Services(var, careless=True).start()
    again.stop()
    assert not again.address.directory.exists()


def test_a_directory_that_others_may_enter_is_not_used(tmp_path: Path) -> None:
    directory = Address.of(tmp_path).directory
    directory.mkdir()
    directory.chmod(0o750)
    try:
        with pytest.raises(LocalServiceError, match="not ours alone"):
            Services(tmp_path, postgres=False, redis=False).start()
    finally:
        directory.rmdir()
