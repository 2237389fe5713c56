"""Step 2: the decision, the question, two answers, and what may be done meanwhile."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.story.tale import Tale
from tests.e2e.walking import Walker, part

DECIDED = "Milo behöver att flera hjälps åt."
UNITS = ("Logopedmottagningen", "Familjecentralen Lessebo")


def decided_and_asked(ines: Walker) -> None:
    """The consent starts from the decision, with purpose, units and period filled in."""
    ines.link("Översikt")
    ines.link("Bestäm")
    ines.choose(part("samverkan"))
    ines.fill(part("Barnets bästa"), DECIDED)
    ines.button("Spara beslutet")
    ines.heading("Fråga om samtycke")
    purpose = ines.page.get_by_label("Vad är det till för?", exact=True)
    assert "Milo" in purpose.input_value()
    expect(ines.page.get_by_role("checkbox", name="Förskolan Trollsländan", exact=True)).to_be_checked()
    assert ines.page.get_by_label("Från och med", exact=True).input_value()
    assert ines.page.get_by_label("Till och med", exact=True).input_value()
    ines.details("Fler enheter")
    for unit in UNITS:
        ines.tick(unit)
    ines.tick("Vi har frågat barnet")
    ines.fill(part("Vad tycker barnet"), "Milo vill att mamma och pappa är med.")
    ines.button("Ställ frågan")
    ines.heading("Samtycke")
    ines.reads("Svaret från Elias Tranberg, Nadia Tranberg saknas.", "Under tiden kan ni fortsätta")


def noted_on_paper(ines: Walker) -> None:
    """Nadia has answered on paper; now only Elias is missing, and nothing is shared."""
    ines.link(part("anteckna svaret Nadia"))
    yes = ines.page.get_by_role("button", name="Ja till alla", exact=True).bounding_box()
    no = ines.page.get_by_role("button", name="Nej till alla", exact=True).bounding_box()
    assert yes
    assert no
    assert (round(yes["width"]), round(yes["height"])) == (round(no["width"]), round(no["height"]))
    ines.choose("På papper")
    ines.button("Ja till alla")
    ines.reads("Svaret från Elias Tranberg saknas. Inget delas innan dess.")
    ines.link("Översikt")
    ines.reads("Vi väntar på svar från Elias")
    ines.link("Skriv en anteckning")
    ines.reads("Samtycket väntar på svar från Elias. Inget delas innan dess.")
    expect(ines.page.get_by_role("radio", name=part("Teamet"))).to_have_count(0)


def answered_on_the_phone(tale: Tale) -> None:
    """Elias answers for himself on the family's page."""
    elias = tale.enter("ny-pappa", part="answers", phone=True)
    elias.heading("Stödet till Milo")
    elias.reads("Vi väntar på ditt svar")
    elias.link("Svara på frågan om samtycke")
    elias.reads("Förskolan Trollsländan", *UNITS, "Om ni säger nej")
    elias.button("Ja till alla")
    elias.heading("Ditt svar är sparat")
    elias.look()
    nadia = tale.enter("ny-mamma", part="reads", phone=True)
    nadia.reads("De här får visa varandra vad de skriver", *UNITS)
    assert nadia.row.clicks == 0


def invitations_wait(tale: Tale) -> None:
    """A consent alone opens nothing: the units see an invitation, not the case."""
    loke = tale.enter("logoped", part="invited only")
    loke.menu("Barn")
    loke.misses("Milo")
    assert loke.open(tale.case_page()).status == 404
