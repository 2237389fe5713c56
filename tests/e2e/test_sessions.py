"""A session that ends while one writes, two tabs, and Back after signing out."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import SignIn
from tests.e2e.visitors import sign_in as fill_in
from tests.e2e.walking import part

LONG = "Mamma ringde i dag. " * 60
ONLY_MINE = part("Bara min enhet")
SAVE = re.compile("^Spara")


def begin_note(page: Page, child: str) -> None:
    """An empty note on a child of hers."""
    page.goto("/barn/")
    page.get_by_role("link", name=child, exact=True).click()
    page.get_by_role("link", name="Skriv en anteckning").click()
    expect(page.locator("h1")).to_have_text("Ny anteckning")


def test_the_session_ends_during_a_long_note(sign_in: SignIn) -> None:
    """What was typed is kept on the server; after signing in again it stands in the form."""
    page = sign_in("mentor", afresh=True)
    begin_note(page, "Tindra Sjöglimt")
    address = page.url
    page.get_by_role("radio", name=part("Anteckning")).check()
    page.get_by_label("Text", exact=True).fill(LONG)
    expect(page.locator("[data-draft-status]")).to_have_text(re.compile(r"^Utkast sparat \d\d\.\d\d$"))
    page.context.clear_cookies(name=re.compile("^session"))
    page.get_by_label("Text", exact=True).press_sequentially("Och")
    expect(page.locator("[data-draft-status]")).to_contain_text("utloggad")
    page.get_by_role("radio", name=ONLY_MINE).check()
    page.get_by_role("button", name=SAVE).click()
    expect(page.locator("h1")).to_have_text("Logga in")
    expect(page.locator("body")).not_to_contain_text("Tindra")
    fill_in(page, "mentor")
    assert page.url == address
    expect(page.get_by_label("Text", exact=True)).to_have_value(LONG.strip())
    expect(page.get_by_role("radio", name=part("Anteckning"))).to_be_checked()
    page.get_by_role("radio", name=ONLY_MINE).check()
    page.get_by_role("button", name=SAVE).click()
    expect(page.locator("h1")).to_have_text("Anteckning")
    begin_note(page, "Tindra Sjöglimt")
    expect(page.get_by_label("Text", exact=True)).to_have_value("")


def test_two_tabs(sign_in: SignIn) -> None:
    """Each saves its own; signed out in one, the other keeps nothing open."""
    one = sign_in("mentor", afresh=True)
    begin_note(one, "Tindra Sjöglimt")
    two = one.context.new_page()
    two.goto(one.url)
    for page, text in ((one, "Från den första fliken."), (two, "Från den andra fliken.")):
        page.get_by_label("Text", exact=True).fill(text)
        page.get_by_role("radio", name=ONLY_MINE).check()
    for page, text in ((one, "Från den första fliken."), (two, "Från den andra fliken.")):
        page.get_by_role("button", name=SAVE).click()
        expect(page.locator("main")).to_contain_text(text)
    one.get_by_role("button", name="Logga ut").click()
    expect(one.locator("h1")).to_have_text("Logga in")
    two.get_by_role("link", name="Händelser").click()
    expect(two.locator("h1")).to_have_text("Logga in")
    two.go_back()
    expect(two.locator("body")).not_to_contain_text("Tindra")


def test_back_after_signing_out(sign_in: SignIn) -> None:
    """The browser shows nothing of what was open."""
    page = sign_in("mentor", afresh=True)
    page.goto("/barn/")
    page.get_by_role("link", name="Tindra Sjöglimt", exact=True).click()
    expect(page.locator("h1")).to_have_text("Tindra Sjöglimt")
    page.get_by_role("button", name="Logga ut").click()
    expect(page.locator("h1")).to_have_text("Logga in")
    for _ in range(2):
        page.go_back()
        expect(page.locator("h1")).to_have_text("Logga in")
        expect(page.locator("body")).not_to_contain_text("Tindra")
