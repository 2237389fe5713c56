"""The whole service on real parts of its own, so that a test may kill any of them.

A PostgreSQL and a Redis of its own, gunicorn, a Celery worker and beat as the demo starts them,
and an SMTP server in this process that can be told to hang.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path
from threading import Event
from typing import Any

import psycopg
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.db import connections, transaction

from barnensbasta import start
from barnensbasta.local import DATABASE, ROOT, Services, die_with_parent, prepare_database
from tests.worlds import Teamwork, World


@dataclass
class Mailbox:
    """Every mail that reached the server, answered or not."""

    message_ids: list[str] = field(default_factory=list)
    answers: Event = field(default_factory=Event)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take the mail; say so only when told to."""
        import asyncio

        content = envelope.content
        assert isinstance(content, bytes)
        self.message_ids.append(str(message_from_bytes(content)["Message-ID"]))
        while not self.answers.is_set():
            await asyncio.sleep(0.05)
        return "250 OK"


@dataclass
class Stage:
    """The servers and processes of one run."""

    var: Path
    mailbox: Mailbox = field(default_factory=Mailbox)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    postgres: Services = field(init=False)
    redis: Services = field(init=False)
    env: dict[str, str] = field(init=False)
    port: int = field(init=False)

    def start(self) -> None:
        """PostgreSQL with our tables and policies, Redis, and the mail server."""
        # Two, so that each can be stopped and started without the other.
        self.postgres = Services(self.var / "postgres", careless=True, redis=False).start()
        self.redis = Services(self.var / "redis", postgres=False).start()
        self.mail = Controller(self.mailbox, hostname="127.0.0.1", port=_free_port())
        self.mail.start()
        self.mailbox.answers.set()
        self.port = _free_port()
        prepare_database(self.postgres.address, DATABASE, ROOT / "tests/roles.sql")
        self.env = {
            **os.environ,
            **self.postgres.address.environment(),
            "REDIS_URL": self.redis.address.redis_url(),
            "VAR": str(self.var),
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(self.mail.port),
            "DJANGO_SETTINGS_MODULE": "barnensbasta.settings.demo",
            # Of the tests' settings, with which web runs, and this process.
            "ACTOR_KEY": settings.SECRET_KEY,
            "BIND": f"127.0.0.1:{self.port}",
            "WEB_WORKERS": "1",
            "WEB_THREADS": "2",
            "BEAT_SCHEDULE": str(self.var / "beat"),
            "PULSE": str(self.var),
        }
        subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=self.env, check=True)

    def stop(self) -> None:
        """End everything that this stage started."""
        for name in list(self.processes):
            self.kill(name)
        self.mailbox.answers.set()
        self.mail.stop()
        self.redis.stop()
        self.postgres.stop()

    # --- Processes ----------------------------------------------------------------------

    def run(self, name: str) -> None:
        """Start one of web, worker and beat, in a session of its own."""
        # Static files without their being collected; otherwise as in the demo.
        module = "test" if name == "web" else "demo"
        with (self.var / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                start.command(name, self.env),
                cwd=ROOT,
                env={**self.env, "DJANGO_SETTINGS_MODULE": f"barnensbasta.settings.{module}"},
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGKILL),
            )

    def kill(self, name: str) -> None:
        """SIGKILL a process and its children."""
        process = self.processes.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def log(self, name: str) -> str:
        """What a process has said so far."""
        return (self.var / f"{name}.log").read_text()

    # --- Looking ------------------------------------------------------------------------

    def get(self, path: str, cookie: str = "") -> tuple[int, str]:
        """Status and body of a page."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={"Cookie": cookie})
        try:
            with urllib.request.urlopen(request, timeout=15) as answer:  # noqa: S310
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def health(self) -> tuple[int, dict[str, str]]:
        """What /healthz says."""
        status, body = self.get("/healthz")
        return status, json.loads(body)

    def superuser(self) -> psycopg.Connection[tuple[Any, ...]]:
        """Sees everything, and may hold a lock in somebody's way."""
        return psycopg.connect(self.postgres.address.superuser_url(DATABASE))

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a query says."""
        with self.superuser() as connection:
            return connection.execute(sql).fetchall()

    @contextlib.contextmanager
    def connected(self) -> Iterator[None]:
        """This process's own connection goes to the stage's database."""
        settings = connections["default"].settings_dict
        usual = settings["HOST"], settings["NAME"]
        connections["default"].close()
        settings["HOST"], settings["NAME"] = str(self.postgres.address.directory), DATABASE
        try:
            yield
        finally:
            connections["default"].close()
            settings["HOST"], settings["NAME"] = usual

    def load(self) -> tuple[World, Teamwork]:
        """A world, committed."""
        with self.connected(), transaction.atomic():
            world = World.load()
            return world, world.teamwork()


def wait_for(what: Callable[[], object], seconds: float) -> float:
    """Wait until something is so; return how many seconds it took."""
    began = time.monotonic()
    while not what():
        if time.monotonic() - began > seconds:
            raise AssertionError(f"not within {seconds} s")
        time.sleep(0.1)
    return time.monotonic() - began


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
