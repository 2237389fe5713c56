"""With the keyboard alone: the way through a page, the way out of an error, the way away."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import SignIn
from tests.e2e.pages.facts import Child
from tests.e2e.stack import Stack

MOST_STOPS = 150
# Where the focus is: what stands there, whether it shows, is in view and comes after the one before.
STOP = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const frames = [e, e.closest(".ds-field"), e.parentElement, e.closest("label, li, td, th")].filter(Boolean);
  const ringed = s => (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== "none";
  const shows = frames.some(f => ringed(getComputedStyle(f))) || ringed(getComputedStyle(e, "::after"));
  const box = e.getBoundingClientRect();
  const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0;
  const [x, y] = [box.left + Math.min(box.width / 2, 20), box.top + Math.min(box.height / 2, 10)];
  const top = document.elementFromPoint(Math.max(x, 0), Math.max(Math.min(y, innerHeight - 1), 0));
  const covered = Boolean(top && !e.contains(top) && !top.contains(e) && !top.closest("label"));
  const walked = (document.walked ??= {last: null, stops: new Set()});
  const same = walked.last === e;  // the parts of a date
  const forward = same || !walked.last ||
    Boolean(walked.last.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING);
  const again = !same && walked.stops.has(e);
  walked.stops.add(e);
  walked.last = e;
  return {name: (e.innerText || e.getAttribute("aria-label") || e.name || "").trim().slice(0, 40),
          tag: e.localName, shows, inView, covered, forward, again, same};
}"""
# What a keyboard should reach: one stop for each group of radio buttons.
STOPS = """() => {
  const groups = new Set();
  const controls = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']");
  return [...controls].filter(e => {
    if (e.disabled || e.type === "hidden" || e.tabIndex < 0 || !e.checkVisibility()) return false;
    if (e.type !== "radio") return true;
    const seen = groups.has(e.name);
    groups.add(e.name);
    return !seen;
  }).length;
}"""

PAGES = (
    ("", "/logga-in/", None),
    ("bvc", "/mitt-arbete/", None),
    ("bvc", "/enheten/", None),
    ("bvc", "/barn/", None),
    ("bvc", "/uppmarksamma/barnet/", None),
    ("bvc", "/barn/{case}/", "Yara"),
    ("bvc", "/barn/{case}/anteckning/ny/", "Yara"),
    ("bvc", "/barn/{case}/hjul/nytt/", "Yara"),
    ("bvc", "/barn/{case}/samtycke/nytt/", "Yara"),
    ("bvc", "/barn/{case}/vem-ser-vad/", "Yara"),
    ("bvc", "/barn/{case}/plan/folj-upp/", "Yara"),
    ("a-mamma", "/familj/{child}/", "Yara"),
    ("a-mamma", "/familj/{child}/samtycke/", "Yara"),
    ("styrgrupp", "/styrgrupp/", None),
    ("admin", "/administration/kommunen/", None),
)


@pytest.mark.parametrize(("who", "path", "child"), PAGES)
def test_tab_through(sign_in: SignIn, demo: Stack, who: str, path: str, child: str | None) -> None:
    """The skip link first, then every control in order, each one seen, and out again at the end."""
    page = sign_in(who, phone=who == "a-mamma") if who else sign_in("bvc")
    if not who:
        page.context.clear_cookies()
    page.goto(named(demo, path, child))
    wanted: int = page.evaluate(STOPS)
    stops = list(walk(page))
    assert stops[0]["name"] == "Hoppa till innehållet"
    for stop in stops:
        assert stop["shows"], f"no visible focus: {stop}"
        assert stop["inView"] and not stop["covered"], f"out of sight: {stop}"  # noqa: PT018
        assert stop["forward"], f"a jump backwards: {stop}"
    assert len(stops) == wanted, f"{len(stops)} stops, {wanted} controls"


def walk(page: Page) -> Any:
    """Stop by stop until the page is left or begins anew."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or stop["again"]:
            return
        if not stop["same"]:
            yield stop
    raise AssertionError("the page does not let go of the focus")


def named(demo: Stack, path: str, child: str | None) -> str:
    """The address with the child's ids in it."""
    if not child:
        return path
    ids = Child.named(demo, child).ids
    return path.format(case=ids["case_id"][0][0], child=ids["child_id"][0][0])


def test_the_way_out_of_an_error(sign_in: SignIn) -> None:
    """Enter sends the form; the summary has the focus; its link leads to the field; then it goes through."""
    page = sign_in("polis")
    page.goto("/uppmarksamma/barnet/")
    page.get_by_label("Barnets namn").press("Enter")
    expect(page).to_have_title(re.compile("^Fel: "))
    expect(page.locator(".ds-error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skriv barnets namn")).to_be_focused()
    page.keyboard.press("Enter")
    name = page.get_by_label("Barnets namn")
    expect(name).to_be_focused()
    expect(name).to_have_attribute("aria-invalid", "true")
    described = str(name.get_attribute("aria-describedby")).split()
    words = " ".join(page.locator(f"[id='{one}']").inner_text() for one in described)
    assert "Skriv barnets namn" in words
    page.keyboard.type("Vide Exempel")
    page.get_by_label(re.compile("Födelsedag")).fill("2023-04-05")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Det du har sett")


def test_shift_three_times_leaves(sign_in: SignIn) -> None:
    """Another page at once, signed out, and Back leads to nothing of the family's."""
    page = sign_in("c-mamma", phone=True, afresh=True)
    expect(page.locator("h1")).to_contain_text("Tindra")
    page.context.route(re.compile(r"^https://"), elsewhere)
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(re.compile(r"^https://"))
    page.unroute_all()
    page.goto("/")
    expect(page.locator("h1")).to_have_text("Logga in")
    page.go_back()
    expect(page.locator("body")).not_to_contain_text("Tindra")


def elsewhere(route: Route) -> None:
    """No test asks a stranger."""
    route.fulfill(body="<title>Vädret</title>", content_type="text/html")
