"""The start scripts that docker-compose.yml runs, run: prepared, started, signed in to, stopped.

One test, because it is one production: servers and services of its own, which start once.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running.production import Answer, Browser, Production, free_port, health, until

PASSWORD = "Lingon under granen 7"
WAITS = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query ilike '%{}%'"


@pytest.fixture
def production() -> Iterator[Production]:
    """Servers with roles and nothing else, as a new machine has them."""
    # Short, since a socket's path may hold 107 bytes only.
    var = Path(tempfile.mkdtemp(prefix="running-"))
    made = Production(var)
    try:
        made.open()
        yield made
    finally:
        made.close()
        shutil.rmtree(var, ignore_errors=True)


def test_from_an_empty_database_to_a_graceful_stop(production: Production) -> None:
    nothing_starts_before_it_is_prepared(production)
    it_is_prepared(production)
    somebody_gets_in(production)
    ports = everything_starts(production)
    somebody_signs_in_at_either_replica(ports)
    a_background_task_runs(production, ports)
    each_says_that_it_lives(production, ports)
    a_request_in_flight_ends(production, ports)
    a_task_in_flight_ends(production)
    for name in production.processes:
        said = production.log(name)
        assert "Traceback" not in said, said
        assert named_in(said, production) == [], name


def nothing_starts_before_it_is_prepared(production: Production) -> None:
    refused = production.start_script("web")
    assert refused.returncode == 1
    assert "web does not start: The database's policies are missing" in refused.stderr


def it_is_prepared(production: Production) -> None:
    prepared = production.start_script("prepare", **production.as_migrator())
    assert prepared.returncode == 0, prepared.stderr
    assert production.value("select count(*) from people_account") == 0
    # The image does this when it is built.
    collected = production.manage("collectstatic", "--noinput", "--verbosity", "0")
    assert collected.returncode == 0, collected.stderr
    checked = production.manage("check", "--deploy", "--database", "default", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stderr


def somebody_gets_in(production: Production) -> None:
    who = ("--username", "a7k2m9", "--name", "Ture Ekvall", "--organisation", "Lessebo kommun")
    weak = production.manage("first_administrator", *who, said="kort\n", **production.as_migrator())
    assert weak.returncode != 0
    assert production.value("select count(*) from people_account") == 0
    made = production.manage("first_administrator", *who, said=f"{PASSWORD}\n", **production.as_migrator())
    assert made.returncode == 0, made.stderr
    assert PASSWORD not in made.stdout + made.stderr
    again = production.manage("first_administrator", *who, said=f"{PASSWORD}\n", **production.as_migrator())
    assert "That user name is taken" in again.stderr
    for name, done in (("b8m3n2", True), ("c9p4r5", False)):
        another = ("--username", name, "--name", "Una Grenlid", "--organisation", "Lessebo kommun")
        more = production.manage(
            "first_administrator", *another, said=f"{PASSWORD}\n", **production.as_migrator()
        )
        assert (more.returncode == 0) == done, more.stderr
    assert "There are two administrators already" in more.stderr
    assert production.value("select count(*) from people_account") == 2
    assert production.value("select count(*) from audit_event where action = 'first_administrator'") == 2
    held = production.manage("verify_audit")
    assert held.returncode == 0, held.stderr


def everything_starts(production: Production) -> tuple[int, int]:
    ports = (free_port(), free_port())
    for number, port in enumerate(ports):
        production.run(f"web{number}", "web", BIND=f"127.0.0.1:{port}")
    production.run("worker", "worker")
    production.run("beat", "beat")
    for port in ports:
        until(lambda port=port: health(port).get("web") == "ok")
    return ports


def somebody_signs_in_at_either_replica(ports: tuple[int, int]) -> None:
    """In at the one, known at the other: sessions are in the database."""
    browser = Browser()
    plain = browser.get(ports[0], "/administration/")
    assert (plain.status, plain.headers["Location"]) == (302, "/logga-in/?next=%2Fadministration%2F")
    page = browser.get(ports[0], "/logga-in/")
    assert page.status == 200
    assert "barnens-basta" not in page.body  # the demo's password
    assert browser.get(ports[0], "/demo/").status == 404
    wrong = browser.post(ports[0], "/logga-in/", username="a7k2m9", password="barnens-basta")
    assert wrong.status == 422
    right = browser.post(ports[0], "/logga-in/", username="a7k2m9", password=PASSWORD)
    assert right.status == 302, right.body
    assert [name for name in browser.cookies if not name.startswith("__Host-")] == []
    assert all("Secure" in cookie for cookie in browser.set_cookies)
    for port in ports:
        known = browser.get(port, "/administration/")
        assert known.status == 200
        assert "Ture Ekvall" in known.body
        assert "no-store" in known.headers["Cache-Control"]
        assert known.headers["Strict-Transport-Security"]
    style = known.body.partition('<link rel="stylesheet" href="')[2].partition('"')[0]
    assert browser.get(ports[1], style).status == 200
    assert Browser().get(ports[1], "/administration/").status == 302


def a_background_task_runs(production: Production, ports: tuple[int, int]) -> None:
    """Beat sends, Redis carries, a worker does it, and the database keeps that it did."""
    everything = {"web": "ok", "database": "ok", "redis": "ok", "worker": "ok"}
    until(lambda: all(health(port) == everything for port in ports))
    before = production.value("select max(at) from notices_heartbeat")
    until(lambda: production.value("select max(at) from notices_heartbeat") > before)


def each_says_that_it_lives(production: Production, ports: tuple[int, int]) -> None:
    """What the containers' health checks ask; and where nothing runs, no."""
    here = f"127.0.0.1:{ports[1]}"
    for service in ("web", "worker", "beat"):
        asked = production.start_script("health", service, BIND=here)
        assert asked.returncode == 0, asked.stderr
    elsewhere = {"BIND": f"127.0.0.1:{free_port()}", "PULSE": "/nonexistent"}
    for service in ("web", "worker", "beat"):
        assert production.start_script("health", service, **elsewhere).returncode == 1


def a_request_in_flight_ends(production: Production, ports: tuple[int, int]) -> None:
    """SIGTERM while a page waits for the database: it is answered, and then gunicorn ends."""
    browser, answers = Browser(), list[Answer]()

    def guess() -> None:
        answers.append(browser.post(ports[0], "/logga-in/", username="nobody", password="not hers"))

    with production.superuser() as in_the_way:
        in_the_way.execute("lock table people_signinattempt in access exclusive mode")
        asking = threading.Thread(target=guess)
        asking.start()
        until(lambda: production.value(WAITS.format("attempts_recent")) == 1)
        production.tell_to_stop("web0")
        until(lambda: "Handling signal: term" in production.log("web0"))
        assert health(ports[1])["web"] == "ok"
        assert not answers
    asking.join(60)
    assert [answer.status for answer in answers] == [422]
    assert production.ended("web0") == 0


def a_task_in_flight_ends(production: Production) -> None:
    """SIGTERM to a worker whose sweep waits for the database: it is done before the worker ends."""
    when = "select max(at) from notices_heartbeat"
    with production.superuser() as in_the_way:
        in_the_way.execute("lock table notices_heartbeat in exclusive mode")  # which may still be read
        before = production.value(when)
        until(lambda: production.value(WAITS.format("heartbeat_put")) >= 1)
        production.tell_to_stop("beat")
        assert production.ended("beat") == 0
        production.tell_to_stop("worker")
        assert production.value(when) == before
        assert production.processes["worker"].poll() is None
    assert production.ended("worker") == 0
    assert production.value(when) > before


def named_in(said: str, production: Production) -> list[str]:
    """What a log tells of somebody, or of what is secret."""
    secret = (PASSWORD, "a7k2m9", "Ekvall", "192.0.2.7", production.env["SECRET_KEY"])
    return [word for word in secret if word in said]
