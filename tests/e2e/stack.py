"""The whole demo as a newcomer starts it, on a port and in a directory of its own."""

from __future__ import annotations

import contextlib
import email
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import psycopg

from barnensbasta.local import ROOT, Address

PASSWORD = "barnens-basta"
READY_SECONDS = 180
OURS = ("DATABASE_URL", "MIGRATOR_DATABASE_URL", "LOADER_DATABASE_URL", "REDIS_URL",
        "DJANGO_SETTINGS_MODULE", "EMAIL_HOST", "EMAIL_PORT")  # fmt: skip


class Stack:
    """The running demo: its address, its mails, and its database as superuser."""

    def __init__(self, var: Path, port: int) -> None:
        self.var = var
        self.url = f"http://localhost:{port}"

    def mails(self) -> list[Message]:
        """Every mail that the demo's SMTP server has taken."""
        return [
            email.message_from_bytes(path.read_bytes())
            for path in sorted((self.var / "mail").glob("**/*.eml"))
        ]

    def rows(self, query: str, *parameters: object) -> list[tuple[object, ...]]:
        """What the database holds, past every policy: to look at, never to act."""
        with psycopg.connect(Address.of(self.var).superuser_url("barnensbasta")) as connection:
            return connection.execute(query, parameters).fetchall()

    @contextlib.contextmanager
    def register_says(self, username: str, *children: str) -> Iterator[None]:
        """Meanwhile the population register gives a guardian these children, by given name, and
        no others: what no page writes."""
        guardian = (
            "(select id from people_guardian where account_id ="
            " (select id from people_account where username = %s))"
        )
        with psycopg.connect(Address.of(self.var).superuser_url("barnensbasta"), autocommit=True) as register:
            kept = register.execute(
                f"update people_guardianship set contested = true where guardian_id = {guardian}"  # noqa: S608
                " and not contested returning id", [username],
            ).fetchall()  # fmt: skip
            given = register.execute(
                "insert into people_guardianship"  # noqa: S608
                " (id, child_id, guardian_id, source, relation, end_reason, contested, valid)"
                f" select gen_random_uuid(), id, {guardian}, 'population_register', '', '', false,"
                " tstzrange(now(), null)"
                " from people_child where given_name = any(%s) returning id", [username, list(children)],
            ).fetchall() if children else []  # fmt: skip
            try:
                yield
            finally:
                register.execute(
                    "delete from people_guardianship where id = any(%s)", [[x for (x,) in given]]
                )
                register.execute(
                    "update people_guardianship set contested = false where id = any(%s)",
                    [[x for (x,) in kept]],
                )

    def manage(self, *arguments: str) -> str:
        """A management command against this demo."""
        env = {**_environment(self.var), "DJANGO_SETTINGS_MODULE": "barnensbasta.settings.demo"}
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=env,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def health(self) -> dict[str, object]:
        """What /healthz says; empty while nothing answers."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:  # noqa: S310 (our own)
                found: dict[str, object] = json.load(answer)
        except OSError:
            return {}
        return found


@contextlib.contextmanager
def running(var: Path) -> Iterator[Stack]:
    """Start the demo and end it again."""
    port = _free_port()
    with (var / "out.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "barnensbasta.demo_run", "--die-with-parent"],
            cwd=ROOT, env={**_environment(var), "PORT": str(port)}, stdout=log, stderr=log,
        )  # fmt: skip
        stack = Stack(var, port)
        try:
            _wait(stack, process)
            yield stack
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def _environment(var: Path) -> dict[str, str]:
    return {**{k: v for k, v in os.environ.items() if k not in OURS}, "VAR": str(var)}


def _wait(stack: Stack, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None or stack.health():
            break
        time.sleep(0.3)
    if not stack.health():
        raise RuntimeError((stack.var / "out.log").read_text())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
