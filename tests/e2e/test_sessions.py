"""A session that ends while one writes, two tabs, and Back after signing out."""

from __future__ import annotations

import json
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


LOOK = "**/stanna-kvar/hur-lange/"
TEXT = "Text"


def end_session(page: Page) -> None:
    """The session is over; the browser is not told."""
    page.context.clear_cookies(name=re.compile("^session"))


def test_the_session_ends_during_a_long_note(sign_in: SignIn) -> None:
    """Nothing is sent, the text stays and the page says what to do; after signing in in another
    tab the same press sends it, with what was typed after the last draft."""
    page = sign_in("mentor", afresh=True)
    begin_note(page, "Tindra Sjöglimt")
    address = page.url
    page.get_by_role("radio", name=part("Anteckning")).check()
    page.get_by_label(TEXT, exact=True).fill(LONG)
    expect(page.locator("[data-draft-status]")).to_have_text(re.compile(r"^Utkast sparat \d\d\.\d\d$"))
    page.get_by_role("radio", name=ONLY_MINE).check()
    end_session(page)
    page.get_by_label(TEXT, exact=True).press_sequentially("Och sedan.")
    expect(page.locator("[data-draft-status]")).to_contain_text("utloggad")
    page.get_by_role("button", name=SAVE).click()
    warning = page.get_by_role("alert")
    expect(warning).to_contain_text("Du är utloggad, så inget skickades")
    expect(warning).to_be_focused()
    expect(page.get_by_label(TEXT, exact=True)).to_have_value(f"{LONG}Och sedan.")
    assert page.url == address
    with page.context.expect_page() as opened:
        warning.get_by_role("link", name="Logga in i en ny flik").click()
    fill_in(opened.value, "mentor")
    # What is typed now is kept again: the page has got the new session's token.
    page.get_by_label(TEXT, exact=True).press_sequentially(" Till sist.")
    expect(page.locator("[data-draft-status]")).to_have_text(re.compile(r"^Utkast sparat \d\d\.\d\d$"))
    page.get_by_role("button", name=SAVE).click()
    expect(page.locator("h1")).to_have_text("Anteckning")
    expect(page.locator("main")).to_contain_text("Och sedan. Till sist.")
    begin_note(page, "Tindra Sjöglimt")
    expect(page.get_by_label(TEXT, exact=True)).to_have_value("")


def test_signing_in_again_from_the_page_brings_the_draft_back(sign_in: SignIn) -> None:
    """Whoever leaves the page for the sign-in page finds the draft in the form."""
    page = sign_in("mentor", afresh=True)
    begin_note(page, "Tindra Sjöglimt")
    address = page.url
    page.get_by_label(TEXT, exact=True).fill(LONG)
    expect(page.locator("[data-draft-status]")).to_have_text(re.compile("^Utkast sparat"))
    end_session(page)
    page.reload()
    expect(page.locator("h1")).to_have_text("Logga in")
    expect(page.locator("body")).not_to_contain_text("Tindra")
    fill_in(page, "mentor")
    assert page.url == address
    expect(page.get_by_label(TEXT, exact=True)).to_have_value(LONG)
    page.get_by_role("button", name="Kasta utkastet").click()


def test_what_was_typed_just_before_the_press_is_kept(sign_in: SignIn) -> None:
    """The draft is saved before the form is sent: a server that fails then loses nothing."""
    page = sign_in("mentor", afresh=True)
    begin_note(page, "Tindra Sjöglimt")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.get_by_role("radio", name=part("Anteckning")).check()
    page.get_by_role("radio", name=ONLY_MINE).check()
    page.get_by_label(TEXT, exact=True).fill("Skrivet i sista stund.")
    address = page.url
    page.get_by_role("button", name=SAVE).click()
    expect(page.locator("main")).to_contain_text("Skrivet i sista stund.")
    expect(page.locator("h1")).to_have_text("Anteckning")
    assert "/utkast/" in sent[-2]
    assert sent[-1] == address


def test_nothing_is_sent_as_somebody_else(sign_in: SignIn) -> None:
    """Another has signed in in another tab: her name is not put under the text."""
    page = sign_in("mentor", afresh=True)
    begin_note(page, "Tindra Sjöglimt")
    page.get_by_role("radio", name=part("Anteckning")).check()
    page.get_by_label(TEXT, exact=True).fill("Mentorns ord.")
    page.get_by_role("radio", name=ONLY_MINE).check()
    expect(page.locator("[data-draft-status]")).to_have_text(re.compile("^Utkast sparat"))
    end_session(page)
    other = page.context.new_page()
    other.goto("/logga-in/")
    fill_in(other, "rektor")
    page.get_by_role("button", name=SAVE).click()
    expect(page.get_by_role("alert")).to_contain_text("inloggad som någon annan")
    expect(page.get_by_label(TEXT, exact=True)).to_have_value("Mentorns ord.")


def test_without_an_answer_the_text_stays(sign_in: SignIn) -> None:
    """No connection: said in the form; when it is back the same press sends it."""
    page = sign_in("mentor", afresh=True)
    begin_note(page, "Tindra Sjöglimt")
    page.get_by_role("radio", name=part("Anteckning")).check()
    page.get_by_label(TEXT, exact=True).fill("På tåget.")
    page.get_by_role("radio", name=ONLY_MINE).check()
    page.context.set_offline(True)
    page.get_by_role("button", name=SAVE).click()
    expect(page.get_by_role("alert")).to_contain_text("Det kom inget svar, så inget skickades")
    page.context.set_offline(False)
    page.get_by_role("button", name=SAVE).click()
    expect(page.locator("h1")).to_have_text("Anteckning")
    expect(page.locator("main")).to_contain_text("På tåget.")


def test_a_familys_answer_is_not_lost_either(sign_in: SignIn) -> None:
    """Its forms have no drafts; the text stays in the page."""
    page = sign_in("c-mamma", afresh=True)
    page.goto("/familj/")
    page.locator("a[href$='/svar/']").first.click()
    text = page.locator("main textarea").first
    text.fill("Vi vill ses på kvällen.")
    end_session(page)
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_role("alert")).to_contain_text("inget skickades")
    expect(text).to_have_value("Vi vill ses på kvällen.")


def answering(page: Page, **session: object) -> None:
    """The server says this of the session from now on; without anything that it is over."""
    page.unroute(LOOK)
    status = 200 if session else 401
    page.route(LOOK, lambda route: route.fulfill(status=status, body=json.dumps(session)))


def test_the_warning_says_what_is_so(sign_in: SignIn) -> None:
    """None while other tabs keep the session alive; idleness can be broken, the last hour not."""
    page = sign_in("mentor", afresh=True)
    page.clock.install()
    page.goto("/mitt-arbete/")
    bar, stay = page.locator(".bb-session"), page.get_by_role("button", name="Stanna kvar")
    who = bar.get_attribute("data-session-who")
    answering(page, seconds=1500, longest=30000, who=who, token="x")
    with page.expect_response(LOOK):
        page.clock.fast_forward("28:00")
    expect(bar).to_be_hidden()
    answering(page, seconds=120, longest=28000, who=who, token="x")
    with page.expect_response(LOOK):
        page.clock.fast_forward("23:00")
    page.clock.run_for(200)
    expect(bar).to_contain_text(re.compile(r"Du loggas ut klockan \d\d\.\d\d om du inte gör något"))
    expect(stay).to_be_visible()
    page.unroute(LOOK)
    with page.expect_response("**/stanna-kvar/") as prolonged:
        stay.click()
    assert prolonged.value.status == 204
    expect(bar).to_be_hidden()
    answering(page, seconds=100, longest=100, who=who, token="x")
    with page.expect_response(LOOK):
        page.clock.fast_forward("28:00")
    page.clock.run_for(200)
    expect(bar).to_contain_text("tio timmar sedan du loggade in")
    expect(stay).to_be_hidden()
    answering(page)
    with page.expect_response(LOOK):
        page.clock.fast_forward("01:42")
    page.clock.run_for(200)
    expect(bar).to_contain_text("Du är utloggad. Det du har skrivit står kvar här.")
    expect(bar.get_by_role("link", name="Logga in i en ny flik")).to_be_visible()


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
