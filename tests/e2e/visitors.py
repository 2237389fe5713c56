"""People's browsers: one context each, signed in by the real form once and remembered."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.stack import PASSWORD, Stack

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
PATIENCE = 15_000


class Visitors:
    """Whoever the demo knows, each with a browser of her own when she comes."""

    def __init__(self, demo: Stack, chromium: Browser) -> None:
        self.demo = demo
        self.chromium = chromium
        self.states: dict[str, Any] = {}

    def context(self, *, phone: bool = False, scripts: bool = True, **options: Any) -> BrowserContext:
        """A browser that nobody has signed in with."""
        context = self.chromium.new_context(
            **{
                "base_url": self.demo.url,
                "locale": "sv-SE",
                "viewport": PHONE if phone else DESKTOP,
                "java_script_enabled": scripts,
                "accept_downloads": True,
                **options,
            }
        )
        context.set_default_timeout(PATIENCE)
        return context

    def enter(self, username: str, *, afresh: bool = False, **options: Any) -> Page:
        """Somebody on her start page; ``afresh`` with a session of her own."""
        if not afresh and username in self.states:
            options["storage_state"] = self.states[username]
        page = self.context(**options).new_page()
        page.goto("/")
        if "/logga-in/" in page.url:
            sign_in(page, username)
            if not afresh:
                self.states[username] = page.context.storage_state()
        return page


def sign_in(page: Page, username: str) -> None:
    """Fill in the form that the page shows."""
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda address: "/logga-in/" not in address)
