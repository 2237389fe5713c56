"""``python -m bench``: servers of its own, a county, and every page beside its floor.

Real gunicorn over loopback, also for one user, so that both sides pay the same for threads, sockets and
the interpreter's lock; the floors are in the same server. The browsers are threads of this process and
take a little of the same cores, on both sides alike.
"""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from barnensbasta.local import DATABASE, ROOT, Services, die_with_parent, prepare_database
from bench import chain, data
from bench.asking import HOST, Browser, Question, answer, prepare, times
from bench.looking import look
from bench.pages import PAGES, TABLES, Page, Person
from bench.report import Row, table

SCALES = {"small": 5_000, "full": 50_000}
USERS = (1, 16)
SIDES = ("page", "floor", "bare")
ROUNDS = 2
# Answers to each question, in each round, by how many ask at once.
ASKED = {"small": {1: 12, 16: 16}, "full": {1: 50, 16: 320}}
WARM = 16
# Events of the audit whose chain is checked.
EVENTS = {"small": 20_000, "full": 100_000}


class Bench:
    """The servers of one run, and what was measured so far."""

    def __init__(self, scale: str, only: str, *, looks: bool = False) -> None:
        self.scale = scale
        self.only = only
        self.looks = looks
        self.chain = ""
        self.pages = [page for page in PAGES.values() if only in page.name]
        self.var = ROOT / "var/bench" / scale
        shutil.rmtree(self.var / "postgres", ignore_errors=True)
        self.services = Services(self.var, careless=True)
        self.port = _free_port()
        address = self.services.address
        self.env = {
            **os.environ,
            **address.environment(),
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "SECRET_KEY": secrets.token_urlsafe(64),
            "ALLOWED_HOSTS": HOST,
            "SERVICE_URL": f"https://{HOST}/",
            "DEFAULT_FROM_EMAIL": f"noreply@{HOST}",
            "EMAIL_HOST": "localhost",
            "AUDIT_ANCHORS": str(self.var / "anchors"),
            "BENCH_SUPERUSER_URL": address.superuser_url(DATABASE),
            "BIND": f"127.0.0.1:{self.port}",
            "WEB_WORKERS": "2",
            "WEB_THREADS": "8",
        }

    def run(self) -> list[Row]:
        """Everything, from nothing."""
        self.services.start()
        try:
            self.load()
            with (self.var / "web.log").open("wb") as log:
                web = subprocess.Popen(
                    # Browsers keep their lines while others are measured.
                    [sys.executable, "-m", "gunicorn", "--config", "python:barnensbasta.serving",
                     "--keep-alive", "75", "bench.wsgi"],
                    cwd=ROOT, env=self.env, stdout=log, stderr=log, preexec_fn=die_with_parent(signal.SIGTERM),
                )  # fmt: skip
            try:
                self.wait()
                if self.looks:
                    read = [page for page in self.pages if not page.posted]
                    print(*(look(page, session(page.who)) for page in read), sep="\n\n")
                    return []
                rows = [row for page in self.pages for row in self.measure(page)]
                self.chain = "" if self.only else chain.cost(self.url, EVENTS[self.scale])
                return rows
            finally:
                web.terminate()
                web.wait(60)
        finally:
            self.services.stop()

    def load(self) -> None:
        """Tables, policies, the county, and Django in this process for the sessions."""
        prepare_database(self.services.address)
        self.url = self.services.address.superuser_url(DATABASE)
        subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=self.env, check=True)
        began = time.monotonic()
        count = data.load(self.url, SCALES[self.scale])
        import psycopg

        with psycopg.connect(self.url) as connection:
            connection.execute(TABLES)
        data.analyse(self.url)
        print(f"{SCALES[self.scale]} cases, {count} rows in {time.monotonic() - began:.0f} s", flush=True)
        os.environ.update(self.env)
        import django

        django.setup()

    def wait(self) -> None:
        """Until it answers."""
        deadline = time.monotonic() + 60
        while True:
            try:
                Browser(self.port, "").ask("GET", "/healthz")
                return
            except OSError:
                if time.monotonic() > deadline:
                    raise RuntimeError((self.var / "web.log").read_text()) from None
                time.sleep(0.1)

    def measure(self, page: Page) -> list[Row]:
        """One page for one user and for many, with walls and without, each round anew."""
        browsers = [Browser(self.port, session(page.who)) for _ in range(max(USERS))]
        asked = [prepare(browser, page) for browser in browsers]
        equal = self.warm(browsers, asked)
        found: dict[tuple[int, str], list[float]] = {}
        for _ in range(ROUNDS):
            for walls in (True, False):
                data.set_walls(self.url, on=walls)
                times(browsers, [of for of, _ in asked], WARM)  # plans are made anew
                for users in USERS:
                    sides = {"page": 0, "floor": 1} if walls else {"bare": 0}
                    for side, place in sides.items():
                        some = [pair[place] for pair in asked[:users]]
                        took = times(browsers[:users], some, ASKED[self.scale][users])
                        found.setdefault((users, side), []).extend(took)
        data.set_walls(self.url, on=True)
        for browser in browsers:
            browser.line.close()
        rows = [
            Row(
                page.name,
                page.who.name,
                users,
                found[users, "page"],
                found[users, "floor"],
                found[users, "bare"],
                equal,
            )
            for users in USERS
        ]
        for row in rows:
            print(" · ".join(row.cells()), flush=True)
        return rows

    def warm(self, browsers: list[Browser], asked: list[tuple[Question, Question]]) -> bool:
        """Both sides in each process; and whether floor and page say the same, sign by sign."""
        for place in (0, 1):
            times(browsers, [pair[place] for pair in asked], 2 * WARM)
        pages = {answer(browser, of) for browser, (of, _) in zip(browsers, asked, strict=True)}
        floors = {answer(browser, floor) for browser, (_, floor) in zip(browsers, asked, strict=True)}
        return pages == floors


def session(person: Person) -> str:
    """The key of a new session of hers, made as signing in makes it."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from access.middleware import MEMBERSHIP_KEY
    from access.sessions import SessionStore
    from people.models import Account

    account = Account.objects.get(pk=person.account)
    store: Any = SessionStore()
    store[SESSION_KEY] = str(account.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    if person.membership:
        store[MEMBERSHIP_KEY] = str(person.membership)
    store.create()
    return str(store.session_key)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _machine() -> str:
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return f"{os.cpu_count()} cores, load at the end {load}"


def main() -> int:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", choices=SCALES, default=os.environ.get("SCALE") or "full")
    parser.add_argument("--only", default="", help="pages whose name holds this")
    parser.add_argument("--look", action="store_true", help="instead: where their time goes")
    options = parser.parse_args()
    began = time.monotonic()
    bench = Bench(options.scale, options.only, looks=options.look)
    rows = bench.run()
    if not rows:
        return 0
    at = datetime.now(UTC)
    head = (
        f"# {at:%Y-%m-%d %H:%M} UTC, {SCALES[options.scale]} cases, {_machine()}\n\n"
        "Milliseconds, medians unless said. No walls: row-level security off in the database, the "
        "queries' own visible_to kept. All of one run; other runs' figures can't be compared with these.\n\n"
    )
    path: Path = ROOT / "var/bench" / f"{at:%Y%m%d-%H%M}-{options.scale}.md"
    found = f"{table(rows)}\n{bench.chain}"
    path.write_text(head + found, encoding="utf-8")
    print(f"\n{found}\n{path.relative_to(ROOT)}, {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
