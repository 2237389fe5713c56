"""Everything goes without scripts: noticing, a note, the plan, the family's page and its answer."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import SignIn
from tests.e2e.walking import part

AUDIENCE = re.compile(r"^Teamet(?! och familjen)")


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """A button, the first where there are several of the name."""
    page.get_by_role("button", name=name).first.click()


def open_case(page: Page, child: str) -> None:
    """From the list of children."""
    page.goto("/barn/")
    page.get_by_role("link", name=child, exact=True).click()
    expect(page.locator("h1")).to_have_text(child)


def test_notice_a_child(sign_in: SignIn) -> None:
    """Screen by screen, an error on the way, and it stays in the unit."""
    page = sign_in("rektor", scripts=False)
    page.get_by_role("link", name="Uppmärksamma ett barn").click()
    page.get_by_role("link", name="Nej, gå vidare").click()
    page.get_by_label("Barnets namn").fill("Elsa Exempel")
    press(page, "Fortsätt")
    expect(page).to_have_title(re.compile("^Fel:"))
    expect(page.get_by_label("Barnets namn")).to_have_value("Elsa Exempel")
    page.get_by_label(part("Födelsedag")).fill("2022-05-06")
    press(page, "Fortsätt")
    page.get_by_label("Vad har du sett eller hört?").fill("Sitter ofta för sig själv.")
    press(page, "Fortsätt")
    page.get_by_role("radio", name="Nej, inte än").check()
    press(page, "Fortsätt")
    press(page, "Spara i min enhet")
    expect(page.locator("main")).to_contain_text("Inget har skickats vidare.")


def test_write_a_note(sign_in: SignIn) -> None:
    """Who may read hangs on what is ticked: the page comes back with the choices that hold."""
    page = sign_in("bvc", scripts=False)
    open_case(page, "Yara Almhage")
    page.get_by_role("link", name="Skriv en anteckning").click()
    page.get_by_role("radio", name=part("Anteckning")).check()
    page.get_by_label("Text", exact=True).fill("Hörselprovet är gjort.")
    page.get_by_label("Texten innehåller hälsouppgifter").check()
    page.get_by_role("radio", name=AUDIENCE).check()
    press(page, re.compile("^Spara"))
    if page.title().startswith("Fel:"):
        expect(page.get_by_label("Text", exact=True)).to_have_value("Hörselprovet är gjort.")
        page.get_by_role("radio", name=part("Bara min enhet")).check()
        press(page, re.compile("^Spara"))
    if page.locator("[name=looked]").count():
        press(page, "Spara och visa")
    expect(page.locator("h1")).to_have_text("Anteckning")
    expect(page.locator("main")).to_contain_text("Hörselprovet är gjort.")


def test_write_the_plan(sign_in: SignIn) -> None:
    """Buttons add, move and remove rows; what was typed follows along."""
    page = sign_in("bvc", scripts=False)
    open_case(page, "Ivar Dimfjäder")
    page.get_by_role("link", name="Plan", exact=True).click()
    press(page, "Skriv en ny version")
    rows = page.get_by_label("Vad ska göras?")
    expect(rows.first).to_be_visible()
    before = rows.count()
    press(page, part("Lägg till en insats"))
    expect(rows).to_have_count(before + 1)
    added = page.get_by_role("group").filter(has=page.locator("input[autofocus]")).last
    added.get_by_label("Vad ska göras?").fill("Läser tillsammans på fredagar")
    added.get_by_label("Vem ansvarar?").select_option(index=1)
    press(page, "Lägg till ett mål")
    expect(page.locator("input[value='Läser tillsammans på fredagar']")).to_have_count(1)
    page.get_by_role("button", name=part("Ta bort målet")).last.click()
    expect(page.locator("main")).to_contain_text("Borttaget")
    press(page, "Spara utkastet")
    expect(page.locator("h1")).to_have_text("Plan")
    expect(page.locator("main")).to_contain_text("Läser tillsammans på fredagar")


def test_the_family_reads(sign_in: SignIn) -> None:
    """Overview, menu, wheel and the way out are plain links and folds."""
    page = sign_in("a-mamma", phone=True, scripts=False)
    expect(page.locator("h1")).to_have_text("Planen för Yara")
    expect(page.get_by_role("link", name=part("Ring Ines Flodmark")).first).to_be_in_viewport(ratio=1)
    page.locator("summary").filter(has_text="Hjulet").first.click()
    expect(page.get_by_role("img", name=part("Hjulet")).first).to_be_visible()
    exit_link = page.get_by_role("link", name="Lämna sidan snabbt")
    assert str(exit_link.get_attribute("href")).startswith("https://")
    page.locator("summary").filter(has_text="Meny").click()
    page.get_by_role("navigation", name="Meny").get_by_role("link", name="Vem har läst").click()
    expect(page.locator("h1")).to_have_text("Vem har läst")


def test_answer_about_consent(sign_in: SignIn) -> None:
    """A question is put, and a guardian answers about one unit at a time."""
    kim = sign_in("kurator", scripts=False)
    open_case(kim, "Tindra Sjöglimt")
    kim.get_by_role("link", name="Samtycke", exact=True).click()
    kim.get_by_role("link", name="Fråga om ett nytt samtycke").click()
    kim.locator("summary").filter(has_text="Fler enheter").click()
    kim.get_by_role("checkbox", name="Kulturskolan Lessebo", exact=True).check()
    kim.fill("[name=child_view]", "Tindra tycker att det är bra.")
    press(kim, "Ställ frågan")
    expect(kim.locator("main")).to_contain_text("Jon Sjöglimt")
    jon = sign_in("c-pappa", phone=True, scripts=False)
    jon.get_by_role("link", name="Svara på frågan om samtycke").click()
    jon.locator("summary").filter(has_text="Svara för en i taget").click()
    for group in jon.locator("details fieldset").all():
        group.get_by_role("radio", name="Ja", exact=True).check()
    press(jon, "Skicka mina svar")
    expect(jon.locator("h1")).to_contain_text("svar är sparat")
