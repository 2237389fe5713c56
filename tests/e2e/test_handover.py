"""A hand-over is accepted from Mitt arbete on one screen with two clicks."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import SignIn
from tests.e2e.stack import Stack

WHO = """
    select a.username from cases_process s join people_child c on c.id = s.child_id
    join people_account a on a.id = s.coordinator_id where c.given_name = 'Tindra'"""


def accept(page: Page) -> tuple[int, int]:
    """From Mitt arbete to it being hers: how many screens on the way, and how many clicks."""
    page.goto("/mitt-arbete/")
    seen: list[str] = []
    page.on("domcontentloaded", lambda there: seen.append(there.url))
    page.get_by_role("link", name=re.compile("^Ta emot uppdraget")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("hålla ihop arbetet")
    page.get_by_role("button", name="Ta emot", exact=True).click()
    page.wait_for_url(re.compile(r"/barn/[0-9a-f-]{36}/$"))
    return len(seen) - 1, 2  # the last screen is the child's page, where she goes on


def test_accepting_takes_one_screen_and_two_clicks(demo: Stack, sign_in: SignIn) -> None:
    """The head of the school takes over; hands it back by the pages; and the counsellor has it again,
    as the other tests know her."""
    head, counsellor = sign_in("rektor"), sign_in("kurator")
    assert demo.rows(WHO) == [("kurator",)]
    assert accept(head) == (1, 2)
    assert demo.rows(WHO) == [("rektor",)]
    expect(head.get_by_text("Din enhet håller ihop arbetet från och med nu")).to_be_visible()
    head.goto(f"{head.url}lamna-over/")
    _hand_over(head, "Elevhälsan Furulundsskolan")
    assert accept(counsellor) == (1, 2)
    assert demo.rows(WHO) == [("kurator",)]
    counsellor.goto(f"{counsellor.url}lamna-over/")
    _hand_over(counsellor, "Furulundsskolan")


def _hand_over(page: Page, unit: str) -> None:
    page.get_by_role("radio", name="Att hålla ihop arbetet").check()
    label = page.get_by_label("Till vem?").locator("option", has_text=re.compile(f"^{unit}"))
    page.get_by_label("Till vem?").select_option(index=label.first.evaluate("option => option.index"))
    page.get_by_label("Varför, och vad behöver de veta?").fill("Vi byter tillbaka.")
    with page.expect_navigation():
        page.get_by_role("button", name="Be dem ta emot").click()
    expect(page.get_by_text("Skickat.").first).to_be_visible()
