"""Fråga utan namn from the page after sign-in: one screen, at most three clicks, typing aside."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.conftest import SignIn

MOST_CLICKS = 3


def test_one_screen_and_three_clicks(sign_in: SignIn) -> None:
    """The link, the unit, send; what is typed is no click."""
    page = sign_in("logoped")
    page.goto("/mitt-arbete/")
    clicks = ["link"]
    page.locator("main").get_by_role("link", name="Fråga utan namn").click()
    page.wait_for_url("**/fraga-utan-namn/")
    clicks.append("unit")
    page.get_by_label("Vilken enhet frågar du?").select_option(label="BVC Lessebo")
    page.get_by_label("Vad undrar du över?").fill("Hur länge kan ett barn vara tyst?")
    clicks.append("send")
    page.get_by_role("button", name="Skicka frågan").click()
    expect(page.locator("main h1")).to_have_text("Fråga utan namn")
    expect(page.locator("body")).to_contain_text("Din fråga är skickad")
    assert len(clicks) <= MOST_CLICKS
