"""I13 on the real servers: gunicorn's log with its access lines, and PostgreSQL's with every statement."""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from barnensbasta import start
from barnensbasta.local import ROOT, die_with_parent
from people.models import Password
from people.numbers import LegalSex, PersonalNumber
from tests import services
from tests.access.turning_red import superuser
from tests.canaries.planted import CHILD, FAMILY, TEXTS, canaries, plant
from tests.canaries.story import PASSWORD
from tests.database import as_loader
from tests.running.production import free_port, until
from tests.worlds import World

# On one worker: the server's log is everybody's, and the superuser's control writes into it.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("server-log")]

SERVER_LOG = Path(os.environ[services.SHARED]) / "log/postgres.log"


@dataclass
class Served:
    """A gunicorn of the tests' database, and a browser."""

    port: int
    log: Path
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def get(self, path: str, **fields: str) -> tuple[int, str]:
        """A page, or the answer to a form on it, with where it leads."""
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        url = f"http://127.0.0.1:{self.port}{path}"
        headers = {"Referer": url, "User-Agent": "canary"}
        if fields:
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path)[1])
            assert token
            fields["csrfmiddlewaretoken"] = token[1]
        data = urllib.parse.urlencode(fields).encode() if fields else None
        try:
            with opener.open(urllib.request.Request(url, data, headers), timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


@pytest.fixture
def statements() -> Iterator[None]:
    """As an operator might set it up: the server logs every statement of this database."""
    name = sql.Identifier(services.database_name())
    with superuser() as owner:
        owner.execute(sql.SQL("alter database {} set log_statement = 'all'").format(name))
        yield
        owner.execute(sql.SQL("alter database {} reset log_statement").format(name))


@pytest.fixture
def served(statements: None, transactional_db: None, tmp_path: Path) -> Iterator[Served]:
    """Gunicorn with an access log in its own format, which has address, query, referrer and browser."""
    port, log = free_port(), tmp_path / "web.log"
    env = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "tests.canaries.served_settings",
        "BIND": f"127.0.0.1:{port}", "WEB_WORKERS": "1", "WEB_THREADS": "1",
    }  # fmt: skip
    command = (*start.command("web", env), "--access-logfile", "-", "--log-level", "debug")
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=out, stderr=out, start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGKILL),
        )  # fmt: skip
    made = Served(port, log)
    try:
        until(lambda: _answers(made))
        yield made
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _answers(served: Served) -> bool:
    try:
        return served.get("/healthz")[0] in {200, 503}
    except OSError:
        return False


def test_i13_neither_gunicorns_log_nor_postgresqls_holds_anything_of_anybody(
    world: World, served: Served
) -> None:
    """Signed in, searched, written, read, not found, and failed in the database while a page is made.

    Red when values stand in the statements (``server_side_binding`` off), when the role's ``log_…`` settings
    are not those of access/roles.sql, or when exceptions are logged with their texts.
    """
    number = plant(world, LegalSex.MALE)
    birds = canaries(number)
    began = SERVER_LOG.stat().st_size
    shown = a_days_work(world, served, number)
    assert birds.found_in(shown) >= {CHILD, FAMILY, TEXTS["anteckning"], TEXTS["delad"], "phone"}
    said = served.log.read_text()
    assert '"GET /barn/' in said
    assert "request_finished" in said
    assert "request_failed" in said
    assert not birds.found_in(said)
    logged = since(began)
    assert "cases_version" in logged
    assert "permission denied for table cases_version" in logged
    assert logged.count("execute") > 100
    assert not birds.found_in(logged)


def a_days_work(world: World, served: Served, number: PersonalNumber) -> str:
    """All the pages that were shown."""
    with as_loader():
        account = world.accounts["bvc"]
        account.set_password(PASSWORD)
        Password.objects.filter(account=account).update(hash=account.password)
    team = world.teamwork()
    world.show(
        world.entry("logoped", "logoped", team.case, body=TEXTS["delad"]), to_unit="bvc", consent=team.consent
    )
    pages = [served.get("/logga-in/", username="bvc", password=f"{PASSWORD}{CHILD}")]
    pages += [served.get("/logga-in/", username="bvc", password=PASSWORD)]
    for typed in (CHILD, number.formatted):
        pages += [served.get("/barn/", name_or_number=typed)]
    base = f"/barn/{team.case.pk}/"
    new = f"{base}anteckning/ny/"
    audience = re.findall(r'name="audience" value="(unit[^"]*)"', served.get(new)[1])[0]
    note = {"kind": "note", "happened_on": "2026-01-02", "body": TEXTS["anteckning"], "audience": audience}
    pages += [served.get(new, **note)]
    pages += [served.get(base + below) for below in ("", "handelser/", "personer/", "plan/", "finns-inte/")]
    with superuser() as owner:
        owner.execute("revoke select on cases_version from barnensbasta_app")
        try:
            failed = [served.get(base + below) for below in ("", "handelser/")]
        finally:
            owner.execute("grant select on cases_version to barnensbasta_app")
    assert {status for status, _ in failed} <= {500, 503}
    assert not canaries(number).found_in("".join(page for _, page in failed))
    assert [status for status, _ in pages].count(200) >= 7
    return "\n".join(page for _, page in pages)


def since(began: int) -> str:
    """What the server has logged."""
    with SERVER_LOG.open("rb") as log:
        log.seek(began)
        return log.read().decode(errors="replace")


REFUSED = {
    "a value that is there already": "insert into people_child select (jsonb_populate_record(c,"
    " jsonb_build_object('id', gen_random_uuid()))).* from people_child c where number = %s",
    "a row that fails": "update people_child set given_name = null where number = %s",
}


@pytest.mark.parametrize("what", sorted(REFUSED))
@pytest.mark.parametrize("role", ["barnensbasta_loader", "postgres"])
def test_i13_what_the_database_refuses_is_logged_without_its_values(
    world: World, what: str, role: str
) -> None:
    """Errors whose details quote the row. As the superuser, for whom nothing is set, they are there: so the
    looking looks in the right place."""
    number = plant(world, LegalSex.MALE)
    began = SERVER_LOG.stat().st_size
    url = services.address().database_url(role, services.database_name())
    with psycopg.connect(url) as connection, pytest.raises(psycopg.IntegrityError):
        connection.execute(sql.SQL(REFUSED[what]), [number.digits])
    until(lambda: "people_child" in since(began), 10)
    found = canaries(number).found_in(since(began))
    assert bool(found) == (role == "postgres"), found
