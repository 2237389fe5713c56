"""The demo as started: pages, services, and one person signed in."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.conftest import SignIn
from tests.e2e.stack import Stack


def test_everything_runs(demo: Stack) -> None:
    """Web, database, Redis and worker answer."""
    health = demo.health()
    assert all(health[part] for part in ("web", "database", "redis")), health


def test_somebody_signs_in(sign_in: SignIn) -> None:
    """Her name and unit stand on the page."""
    page = sign_in("bvc")
    expect(page.locator("header")).to_contain_text("Ines Flodmark")
    expect(page.locator("header")).to_contain_text("BVC Lessebo")
