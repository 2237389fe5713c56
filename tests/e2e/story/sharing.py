"""Step 3: invitations, saving is sharing, a correction, and who sees what."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.story.noticing import TALKED
from tests.e2e.story.tale import Tale
from tests.e2e.walking import Walker, part

HEARING = "Hörseln är kontrollerad och bra."
CORRECTED = "Hörseln är kontrollerad i september och bra."
TRAINING = "Milo får språkträning i en liten grupp."
OWN = "Språktest bokat hos oss."
TEAM = re.compile(r"^Teamet(?! och familjen)")
SAVE = re.compile(r"^Spara")


def invitations_taken(tale: Tale) -> Walker:
    """Loke takes his, Maj hers; Embla does in her other unit and writes nothing there."""
    maj = tale.enter("forskola", part="takes the invitation")
    maj.link("Se inkorgen")
    maj.button("Ta emot Milo Tranberg")
    embla = tale.enter("tva-enheter", part="takes the invitation in her other unit")
    in_her_other_unit(embla)
    embla.menu("Enheten")
    embla.button("Ta emot Milo Tranberg")
    loke = tale.enter("logoped", part="takes the invitation, reads, writes")
    loke.link("Se inkorgen")
    loke.button("Ta emot Milo Tranberg")
    loke.heading("Milo Tranberg")
    loke.misses(TALKED, "Milo behöver att flera hjälps åt.")
    return loke


def in_her_other_unit(embla: Walker) -> None:
    """Embla works in two places and chooses the one that she acts for."""
    if "/byt-enhet/" not in embla.page.url:
        embla.link(part("Byt enhet"))
    embla.choose(part("Familjecentralen Lessebo"))
    embla.button("Arbeta här")
    expect(embla.page.locator("header")).to_contain_text("Familjecentralen Lessebo")


def write(walker: Walker, text: str, audience: re.Pattern[str], *, health: bool = False) -> str:
    """A note that ends in *Vem får läsa?*; what the button said."""
    walker.link("Översikt")
    walker.link("Skriv en anteckning")
    walker.fill("Text", text)
    if health:
        walker.tick(part("hälsouppgifter"))
        walker.reads("Samtycket gäller inte den här sortens uppgifter.")
    walker.choose(audience)
    button = walker.page.get_by_role("button", name=SAVE)
    said = button.inner_text()
    walker.button(SAVE)
    if walker.page.locator("[name=looked]").count():
        # The first time with a unit: the whole as it will see it, and then yes.
        walker.reads("Så här ser det ut för", text)
        walker.button("Spara och visa")
    expect(walker.page.locator("main")).to_contain_text(text)
    return said


def saving_is_sharing(tale: Tale, ines: Walker) -> None:
    """The button says by name who may read, and that is what happens."""
    ines.link("Milo Tranberg")
    assert write(ines, HEARING, TEAM, health=True) == "Spara och visa för logopeden"
    said = write(ines, TRAINING, re.compile("^Teamet och familjen"))
    for name in ("logopeden", "specialpedagogen", "Elias", "Nadia"):
        assert name in said, said
    write(ines, "Ring Loke på torsdag.", re.compile("^Bara min enhet"))


def reads_exactly_those(loke: Walker) -> None:
    """Each marked with the day on which it was shared."""
    loke.page.reload()
    loke.reads(HEARING, TRAINING)
    loke.misses(TALKED, "Ring Loke på torsdag.")
    shown = loke.page.get_by_role("listitem").filter(has_text=HEARING).first
    expect(shown).to_contain_text(re.compile(r"[Dd]elad \d+ \w+"))
    write(loke, OWN, re.compile("^Bara min enhet"))


def corrected(tale: Tale, ines: Walker, loke: Walker) -> None:
    """The former audience is offered; until it is shared Loke keeps the old version."""
    ines.link("Händelser")
    ines.link(part("Iakttagelse"), within=ines.page.get_by_role("listitem").filter(has_text=HEARING))
    ines.link("Rätta")
    ines.fill("Text", CORRECTED)
    expect(ines.page.get_by_role("radio", name=part("Samma som förut"))).to_be_checked()
    expect(ines.page.get_by_role("button", name=SAVE)).to_have_text("Spara och visa för logopeden")
    ines.choose(part("Bara min enhet"))
    ines.button(SAVE)
    ines.reads("Rättad, inte delad")
    loke.open(tale.case_page("handelser/"))
    loke.reads(HEARING)
    loke.misses(CORRECTED)
    ines.menu("Mitt arbete")
    ines.reads("Rättad, inte delad")
    ines.link("Visa rättelsen: Milo Tranberg")
    expect(ines.page.get_by_role("checkbox", name=part("Logopedmottagningen"))).to_be_checked()
    ines.button("Fortsätt")
    ines.reads(CORRECTED, "Logopedmottagningen")
    ines.button("Dela")
    loke.page.reload()
    loke.reads(CORRECTED)


def who_sees_what(ines: Walker) -> None:
    """Rows × units and guardians, in words."""
    ines.link("Vem ser vad")
    table = ines.page.get_by_role("table", name="Vem ser vad")
    for column in ("Förskolan Trollsländan", "Logopedmottagningen", "Elias Tranberg", "Nadia Tranberg"):
        expect(table.get_by_role("columnheader", name=part(column))).to_have_count(1)
    row = table.get_by_role("row").filter(has_text="version 2")
    cells = row.get_by_role("cell").all_inner_texts()
    assert [cell.startswith("Ser inte") for cell in cells].count(False) == 1, cells
    ines.look()
