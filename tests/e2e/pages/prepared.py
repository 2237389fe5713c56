"""What the pages are looked at with, beyond what the demo starts with."""

from __future__ import annotations

from tests.e2e.pages.facts import Child
from tests.e2e.pages.rounds import Round


def prepare(bvc: Round) -> None:
    """Theo is received and nothing is written; Yara's family is asked, her plan's next version proposed."""
    page = bvc.page
    page.goto("/enheten/")
    if page.get_by_role("button", name="Ta emot Theo").count():
        page.get_by_role("button", name="Ta emot Theo").click()
        page.wait_for_url("**/barn/*/")
    _ask_about_one_more(bvc)
    _propose(bvc)
    _without_number(bvc)
    _keep_to_itself(bvc)
    _link(bvc)


def _link(bvc: Round) -> None:
    """Yara is linked to another child of the same household."""
    case = Child.named(bvc.stack, "Yara").ids["case_id"][0][0]
    bvc.page.goto(f"/barn/{case}/personer/syskon/")
    bvc.page.select_option("[name=other]", index=1)
    bvc.page.get_by_role("radio", name="Bor i samma hushåll").check()
    bvc.page.locator("main").get_by_role("button", name="Koppla barnen").click()
    bvc.page.wait_for_url("**/personer/")


def _keep_to_itself(bvc: Round) -> None:
    """A note hidden from a guardian, one about an orosanmälan, and another adult who may read."""
    page, yara = bvc.page, Child.named(bvc.stack, "Yara")
    case = yara.ids["case_id"][0][0]
    for path in yara.paths("desk:hide", bvc.routes["desk:hide"]):
        if page.request.get(path).status == 200:
            page.goto(path)
            page.locator("[name=guardian]").first.check()
            page.fill("[name=reason]", "Barnet kan fara illa om det kommer fram.")
            page.locator("main").get_by_role("button", name="Dölj", exact=True).click()
            page.wait_for_url("**/anteckning/*/")
            break
    page.goto(f"/barn/{case}/orosanmalan/ny/")
    page.get_by_role("radio", name="Vi gjorde en orosanmälan").check()
    page.fill("[name=reason]", "Vi såg något som oroar.")
    page.locator("main").get_by_role("button", name="Spara", exact=True).click()
    page.wait_for_url("**/orosanmalan/")
    page.goto(f"/barn/{case}/personer/annan-vuxen/")
    page.fill("[name=given_name]", "Frode")
    page.fill("[name=family_name]", "Familjehem")
    page.get_by_role("radio", name="familjehem").check()
    page.get_by_role("checkbox", name="Läsa planen").check()
    page.get_by_role("radio", name="ett beslut som vi har sett").check()
    page.locator("main").get_by_role("button", name="Spara", exact=True).click()
    page.wait_for_url("**/personer/")


def _without_number(bvc: Round) -> None:
    """A child typed by name and day of birth alone: without number and without guardians."""
    page = bvc.page
    page.goto("/uppmarksamma/barnet/")
    page.fill("[name=name]", "Vilja Utannummer")
    page.fill("[name=born_on]", "2024-03-01")
    page.get_by_role("button", name="Fortsätt").click()
    page.wait_for_url("**/iakttagelse/")
    page.fill("[name=seen]", "Sover lite.")
    page.get_by_role("button", name="Fortsätt").click()
    page.wait_for_url("**/familjen/")
    page.get_by_role("radio", name="Ja, och vårdnadshavarna").check()
    page.fill("[name=yes_from]", "mamma Vera")
    page.fill("[name=yes_on]", page.input_value("[name=yes_on]") or "2026-01-07")
    page.get_by_role("button", name="Fortsätt").click()
    page.wait_for_url("**/kontrollera/")
    page.get_by_role("button", name="Skicka till").click()
    page.wait_for_url("**/klart/*/")
    page.goto("/enheten/")
    page.get_by_role("button", name="Ta emot Vilja").click()
    page.wait_for_url("**/barn/*/")


def _ask_about_one_more(bvc: Round) -> None:
    """A question to Yara's guardians that they have not answered."""
    page, yara = bvc.page, Child.named(bvc.stack, "Yara")
    page.goto(next(yara.paths("desk:consent_ask", bvc.routes["desk:consent_ask"])))
    page.locator("summary", has_text="Fler enheter").click()
    page.get_by_role("checkbox", name="Barn- och ungdomshabiliteringen", exact=True).check()
    page.fill("[name=child_view]", "Yara är för liten för att fråga om detta.")
    page.get_by_role("button", name="Ställ frågan").click()
    page.wait_for_url(lambda address: not address.endswith("/samtycke/nytt/"))


def _propose(bvc: Round) -> None:
    """The plan's next version, sent to the units, page by page."""
    page = bvc.page
    case = Child.named(bvc.stack, "Yara").ids["case_id"][0][0]
    page.goto(f"/barn/{case}/plan/")
    if page.get_by_role("button", name="Skriv en ny version").count():
        page.get_by_role("button", name="Skriv en ny version").click()
        page.wait_for_url("**/plan/redigera/")
        bvc.see("desk:plan_edit", page.url)
        page.get_by_role("button", name="Spara utkastet").last.click()
        page.wait_for_url("**/plan/")
        bvc.see("desk:plan", page.url)
        page.get_by_role("link", name="Kasta utkastet").click()
        page.wait_for_url("**/kasta/")
        bvc.see("desk:plan_discard", page.url)
        page.get_by_role("link", name="Nej, gå tillbaka").click()
        page.wait_for_url("**/plan/")
        page.get_by_role("link", name="Skicka till enheterna").click()
        page.wait_for_url("**/foresla/")
        bvc.see("desk:plan_propose", page.url)
        page.get_by_role("button", name="Skicka till enheterna").click()
        page.wait_for_url("**/plan/")


def answer_and_take_back(guardian: Round) -> None:
    """The question answered wrongly, then with yes, then taken back: the pages on the way."""
    page, yara = guardian.page, Child.named(guardian.stack, "Yara")
    for path in yara.paths("family:consent", guardian.routes["family:consent"]):
        page.goto(path)
        if not page.get_by_role("button", name="Ja till alla").count():
            continue
        guardian.sends("family:consent", path, form="main details form")
        page.goto(path)
        page.get_by_role("button", name="Ja till alla").click()
        page.wait_for_url("**/svarat/")
        guardian.see("family:consent_answered", page.url)
        guardian.see("family:consent_withdraw", f"{path}ta-tillbaka/")
        page.goto(f"{path}ta-tillbaka/")
        page.get_by_role("checkbox", name="Barn- och ungdomshabiliteringen").check()
        page.get_by_role("button", name="Gå vidare").click()
        page.wait_for_url("**/ta-tillbaka/?*")
        guardian.see("family:consent_withdraw", page.url)
        page.get_by_role("button", name="Ja, ta tillbaka").click()
        page.wait_for_url("**/tillbakataget/")
        guardian.see("family:consent_withdrawn", page.url)
