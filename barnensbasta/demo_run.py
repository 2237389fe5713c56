"""The demo: ``make demo``. Starts everything, says where it is, and ends all of it with itself.

Each child gets a signal when this process dies, however it dies; Ctrl-C ends them in order. A
child of ours that dies is started again; PostgreSQL and Redis are not, so that one can see what
the pages do without them.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from barnensbasta.local import (
    ROOT,
    LocalServiceError,
    Services,
    die_with_parent,
    prepare_database,
)
from barnensbasta.start import command

DATABASE_VARIABLES = ("DATABASE_URL", "MIGRATOR_DATABASE_URL", "LOADER_DATABASE_URL")
# What a reset removes: what the demo made, and nothing else that may lie in VAR.
MADE = ("postgres", "redis", "mail", "static", "log", "env", "secret_key",
        "celerybeat-schedule", "pulse", "audit-anchors.jsonl")  # fmt: skip
STOP_SECONDS = 10
# A child that ends sooner than this after its start, so many times in a row, is given up.
QUICKLY = 5.0
QUICK_ENDS = 3


@dataclass
class Child:
    """A process of ours that runs as long as the demo does."""

    name: str
    command: Sequence[str]
    # Nobody waits any more when the demo was killed: end at once.
    orphaned: int = signal.SIGTERM
    pass_fds: Sequence[int] = ()
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    started: float = field(default=0.0, init=False)
    quick_ends: int = field(default=0, init=False)

    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def start(self, env: Mapping[str, str], logs: Path) -> None:
        self.quick_ends = self.quick_ends + 1 if time.monotonic() - self.started < QUICKLY else 0
        if self.quick_ends > QUICK_ENDS:
            raise LocalServiceError(f"{self.name} keeps ending; see {logs / self.name}.log")
        self.started = time.monotonic()
        with (logs / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=self.pass_fds,
                start_new_session=True,  # Ctrl-C is for this process; it tells the others
                preexec_fn=die_with_parent(self.orphaned),
            )


class Demo:
    """Everything that runs between ``make demo`` and Ctrl-C."""

    def __init__(self, var: Path, port: int) -> None:
        self.var = var
        self.port = port
        self.logs = var / "log"
        self.children: list[Child] = []
        self.mail: socket.socket | None = None
        self.env = {
            **os.environ,
            "VAR": str(var),
            "PORT": str(port),
            "DJANGO_SETTINGS_MODULE": "barnensbasta.settings.demo",
            "PYTHONUNBUFFERED": "1",
            "BIND": f"127.0.0.1:{port}",
            "WEB_WORKERS": "2",
            "BEAT_SCHEDULE": str(var / "celerybeat-schedule"),
            "PULSE": str(var / "pulse"),
        }

    def run(self) -> None:
        began = time.monotonic()
        self.check_port()
        services = self.services()
        with contextlib.ExitStack() as stack:
            if services:
                services.start()
                stack.callback(services.stop)
                self.use(services)
            stack.callback(self.stop)
            self.children = self.plan(self.mail_socket())
            self.write_env()
            self.manage("prepare", "--demo")
            for child in self.children:
                child.start(self.env, self.logs)
            self.wait_for_pages()
            print(
                f"\n  http://localhost:{self.port}/\n\nReady in {time.monotonic() - began:.0f} s."
                f" · Mails: {self.var / 'mail'} · Stop: Ctrl-C",
                flush=True,
            )
            self.watch(services)

    def check_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
            except OSError:
                raise LocalServiceError(
                    f"Port {self.port} is taken: make demo PORT={self.port + 1}"
                ) from None

    def services(self) -> Services | None:
        """Our own servers, save those that the environment names."""
        given = [name for name in DATABASE_VARIABLES if os.environ.get(name)]
        if given and len(given) < len(DATABASE_VARIABLES):
            raise LocalServiceError(f"Set all of {', '.join(DATABASE_VARIABLES)}, or none.")
        redis = not os.environ.get("REDIS_URL")
        self.var.mkdir(parents=True, exist_ok=True)
        self.logs.mkdir(exist_ok=True)
        (self.var / "pulse").mkdir(exist_ok=True)
        return Services(self.var, postgres=not given, redis=redis) if redis or not given else None

    def use(self, services: Services) -> None:
        if services.postgres:
            prepare_database(services.address)
        for name, value in services.address.environment().items():
            if not self.env.get(name):
                self.env[name] = value

    def mail_socket(self) -> socket.socket:
        # Kept open here, so that a mail server that is started again gets the same port.
        self.mail = listener = socket.create_server(("127.0.0.1", 0))
        self.env |= {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(listener.getsockname()[1])}
        return listener

    def plan(self, mail: socket.socket) -> list[Child]:
        python = sys.executable
        return [
            Child(
                "mail",
                (python, "-m", "barnensbasta.mailbox", str(mail.fileno()), str(self.var / "mail")),
                pass_fds=(mail.fileno(),),
            ),
            # As in production, but for its refusals: a demo is what they refuse.
            Child("web", command("web", self.env), orphaned=signal.SIGQUIT),
            Child("worker", command("worker", self.env), orphaned=signal.SIGQUIT),
            Child("beat", command("beat", self.env)),
        ]

    def write_env(self) -> None:
        """What settings.demo reads, so that ``manage.py`` in another terminal finds the servers."""
        names = (*DATABASE_VARIABLES, "REDIS_URL", "EMAIL_HOST", "EMAIL_PORT", "PORT")
        path = self.var / "env"
        path.touch(mode=0o600)
        path.write_text("".join(f"{name}='{self.env[name]}'\n" for name in names))

    def manage(self, *arguments: str) -> None:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.env,
            check=False,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )
        if done.returncode:
            raise LocalServiceError(f"manage.py {' '.join(arguments)} failed")

    def wait_for_pages(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            self.revive()
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5):
                    return
            except urllib.error.HTTPError:
                return  # it answers
            except OSError:
                time.sleep(0.1)
        raise LocalServiceError(f"No page within a minute; see {self.logs / 'web.log'}")

    def revive(self) -> None:
        for child in self.children:
            if child.has_ended():
                print(f"{child.name} ended; starting it again", flush=True)
                child.start(self.env, self.logs)

    def watch(self, services: Services | None) -> None:
        said = False
        while True:
            time.sleep(1)
            self.revive()
            try:
                if services and not said:
                    services.check()
            except LocalServiceError as error:
                said = True
                print(f"{error}\nStop with Ctrl-C and start again.", flush=True)

    def stop(self) -> None:
        for signal_number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signal_number, signal.SIG_IGN)  # already stopping
        running = [child.process for child in self.children if child.process and not child.has_ended()]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                # Its own session, so this is the whole of it and nothing else.
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def reset(var: Path) -> None:
    """Remove what an earlier demo left, while none runs."""
    if not var.exists():
        return
    # Starting takes the lock, so this waits for or refuses a running demo.
    Services(var, postgres=False, redis=False).start()
    for name in MADE:
        path = var / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reset", action="store_true", help="start over with a new county")
    parser.add_argument("--die-with-parent", action="store_true", help="end when make is killed")
    options = parser.parse_args()
    var = Path(os.environ.get("VAR") or "var").expanduser()
    port = int(os.environ.get("PORT") or 8000)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    # Said aloud, because a shell starts its background jobs with Ctrl-C ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if options.die_with_parent:
        die_with_parent(signal.SIGTERM, parent=os.getppid())()
    try:
        if options.reset:
            reset((ROOT / var).resolve())
        Demo((ROOT / var).resolve(), port).run()
    except LocalServiceError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
