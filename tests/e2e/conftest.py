"""The browser tests' fixtures: the whole demo running, Chromium, and people signed in to it.

While writing tests, keep a demo running and name it: ``E2E_URL=http://localhost:8200`` and
``E2E_VAR=<its VAR>``. The story needs one in which nobody has noticed Milo yet.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, Playwright, sync_playwright

from tests import services
from tests.e2e.stack import Stack, running
from tests.e2e.visitors import Visitors
from tests.skipping import skip_unless_ci

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All on one worker: they share one demo, and the story goes first, step by step, on an
    untouched county."""
    items.sort(key=lambda item: "e2e" in item.path.parts and item.path.stem != "test_story")
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The demo county, started as ``make demo`` does."""
    if url := os.environ.get("E2E_URL"):
        yield Stack(Path(os.environ["E2E_VAR"]), int(url.rsplit(":", 1)[1]))
        return
    with running(tmp_path_factory.mktemp("demo")) as stack:
        yield stack


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """A real browser; without one a failure in CI, a named skip elsewhere.

    Ended with the package: while Playwright's loop runs in this process, Django refuses to talk
    to the database, and the tests of other packages would fail.
    """
    with sync_playwright() as playwright:
        browser = _launch(playwright)
        yield browser
        browser.close()


def _launch(playwright: Playwright) -> Browser:
    try:
        return playwright.chromium.launch(executable_path=services.chromium(), args=FLAGS)
    except Error as error:
        skip_unless_ci(f"no browser here: {error.message.splitlines()[0]}")


SignIn = Callable[..., Page]


@pytest.fixture(scope="package")
def visitors(demo: Stack, chromium: Browser) -> Visitors:
    """Everybody's browser, for what lasts longer than one test."""
    return Visitors(demo, chromium)


@pytest.fixture
def sign_in(visitors: Visitors) -> Iterator[SignIn]:
    """``sign_in("bvc")`` → a page of that person; ``phone=True``, ``scripts=False``, ``afresh=True``."""
    opened: list[Page] = []

    def signed_in(username: str, **options: Any) -> Page:
        opened.append(visitors.enter(username, **options))
        return opened[-1]

    yield signed_in
    for page in opened:
        page.context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The axe script from the npm package."""
    path = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
    return path.read_text(encoding="utf-8")
