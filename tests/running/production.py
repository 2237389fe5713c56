"""The service as it is run for real, but for the containers: the start scripts on a PostgreSQL and a
Redis of its own, with production's settings, secrets from the environment, and somebody's browser
behind a proxy that ends TLS."""

from __future__ import annotations

import http.client
import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg

from barnensbasta.local import DATABASE, ROOT, Services, die_with_parent, prepare_database

HOST = "barnensbasta.example"
# What must not reach a production process from the one that tests.
OURS = re.compile(r"DATABASE_URL|REDIS_URL|DJANGO_|EMAIL_|BARNENSBASTA_|PYTEST|VAR$|SECRET|DEMO")


@dataclass
class Production:
    """Servers, and the services that a test starts and stops."""

    var: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    env: dict[str, str] = field(init=False)
    services: Services = field(init=False)

    def open(self) -> None:
        """Both servers and the roles, as docker/database.sh makes them; nothing else yet."""
        self.services = Services(self.var / "servers", careless=True).start()
        prepare_database(self.services.address)
        address = self.services.address
        self.env = {
            **{name: value for name, value in os.environ.items() if not OURS.search(name)},
            "DJANGO_SETTINGS_MODULE": "barnensbasta.settings.production",
            "SECRET_KEY": secrets.token_urlsafe(64),
            "ALLOWED_HOSTS": HOST,
            "SERVICE_URL": f"https://{HOST}/",
            "DEFAULT_FROM_EMAIL": f"noreply@{HOST}",
            "EMAIL_HOST": "127.0.0.1",
            "AUDIT_ANCHORS": str(self.var / "anchors.jsonl"),
            "STATIC_ROOT": str(self.var / "static"),
            "DATABASE_URL": address.database_url("barnensbasta_app"),
            "REDIS_URL": address.redis_url(),
            "WEB_WORKERS": "2",
            "WEB_THREADS": "2",
            "BEAT_SCHEDULE": str(self.var / "schedule"),
            "PULSE": str(self.var),
        }

    def close(self) -> None:
        """End what was started."""
        for process in self.processes.values():
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.services.stop()

    # --- The start scripts ---------------------------------------------------------------

    def start_script(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """One that ends by itself: prepare, health, or a start that is refused."""
        return self._run("-m", "barnensbasta.start", *arguments, **variables)

    def manage(self, *arguments: str, said: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
        """A management command, with something typed into it."""
        return self._run("manage.py", *arguments, said=said, **variables)

    def _run(self, *arguments: str, said: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT, env={**self.env, **variables}, input=said, capture_output=True, text=True,
            timeout=180, check=False,
        )  # fmt: skip

    def as_migrator(self) -> dict[str, str]:
        """What the migrations' container is told besides."""
        return {"MIGRATOR_DATABASE_URL": self.services.address.database_url("barnensbasta_migrator")}

    def run(self, name: str, service: str, **variables: str) -> None:
        """Start web, worker or beat and leave it running."""
        with (self.var / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", "barnensbasta.start", service],
                cwd=ROOT, env={**self.env, **variables}, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, preexec_fn=die_with_parent(signal.SIGKILL),
            )  # fmt: skip

    def tell_to_stop(self, name: str) -> None:
        """SIGTERM to the service itself, as its container gets it."""
        self.processes[name].send_signal(signal.SIGTERM)

    def ended(self, name: str, seconds: float = 60) -> int:
        """Wait for its end; how it ended."""
        return self.processes[name].wait(seconds)

    def log(self, name: str) -> str:
        """What a service has said so far."""
        return (self.var / f"{name}.log").read_text()

    # --- Looking --------------------------------------------------------------------------

    def superuser(self) -> psycopg.Connection[tuple[Any, ...]]:
        """To look, or to hold a lock in somebody's way."""
        return psycopg.connect(self.services.address.superuser_url(DATABASE))

    def value(self, query: str) -> Any:
        """The one value of a query."""
        with self.superuser() as connection:
            row = connection.execute(query).fetchone()
        return row[0] if row else None


@dataclass
class Answer:
    """What a page answered."""

    status: int
    headers: dict[str, str]
    body: str


@dataclass
class Browser:
    """A browser on the other side of the proxy: TLS to there, and the proxy's headers from there."""

    cookies: dict[str, str] = field(default_factory=dict)
    set_cookies: list[str] = field(default_factory=list)

    def get(self, port: int, path: str) -> Answer:
        """A page of the replica on that port."""
        return self._ask(port, "GET", path)

    def post(self, port: int, path: str, **fields: str) -> Answer:
        """A form, with the token of the page that it stands on."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(port, path).body)
        assert token
        return self._ask(port, "POST", path, urlencode({**fields, "csrfmiddlewaretoken": token[1]}))

    def _ask(self, port: int, method: str, path: str, body: str | None = None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "192.0.2.7",
            "Referer": f"https://{HOST}{path}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                self.set_cookies.append(value)
                self.cookies |= {key: cookie.value for key, cookie in SimpleCookie(value).items()}
        return Answer(response.status, dict(response.getheaders()), text)


def health(port: int) -> dict[str, str]:
    """What a replica's /healthz says; empty while it does not answer."""
    try:
        answer = Browser().get(port, "/healthz")
    except OSError:
        return {}
    found: dict[str, str] = json.loads(answer.body)
    return found


def until(what: Any, seconds: float = 90) -> None:
    """Wait for something to be so: as long as a crowded machine may take."""
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.1)


def free_port() -> int:
    """One that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
