"""The browser tests' fixtures: the whole demo running, Chromium, and people signed in to it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, sync_playwright

from tests import services
from tests.e2e.stack import PASSWORD, Stack, running

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All on one worker: they share one demo, and the story goes step by step."""
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The demo county, started as ``make demo`` does."""
    with running(tmp_path_factory.mktemp("demo")) as stack:
        yield stack


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real browser; without one a failure in CI, a named skip elsewhere."""
    with sync_playwright() as playwright:
        browser = _launch(playwright)
        yield browser
        browser.close()


def _launch(playwright: Playwright) -> Browser:
    try:
        return playwright.chromium.launch(executable_path=services.chromium(), args=FLAGS)
    except Error as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"no browser here: {error.message.splitlines()[0]}")


SignIn = Callable[..., Page]


@pytest.fixture
def sign_in(demo: Stack, chromium: Browser) -> Iterator[SignIn]:
    """``sign_in("bvc")`` → a page of that person; ``phone=True``, ``scripts=False``."""
    contexts: list[BrowserContext] = []

    def signed_in(username: str, *, phone: bool = False, scripts: bool = True, **options: Any) -> Page:
        context = chromium.new_context(
            base_url=demo.url, locale="sv-SE", viewport=PHONE if phone else DESKTOP,
            java_script_enabled=scripts, accept_downloads=True, **options,
        )  # fmt: skip
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.goto("/logga-in/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda address: "/logga-in/" not in address)
        return page

    yield signed_in
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The axe script from the npm package."""
    path = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
    return path.read_text(encoding="utf-8")
