"""Step 1, and how step 2 begins: a signal, the family's yes, a case."""

from __future__ import annotations

from tests.e2e.story.tale import Tale
from tests.e2e.walking import Walker, part

SEEN = "Säger få ord och pekar när han vill något."
TALKED = "Pratat med Nadia och Elias. De märker samma sak hemma."


def fill_in_notice(walker: Walker, name: str, number: str, seen: str) -> None:
    """The form's first two screens."""
    walker.menu("Uppmärksamma")
    walker.reads("Den här sidan är ingen orosanmälan och blir aldrig en.", "Ring 112")
    walker.link("Nej, gå vidare")
    walker.fill("Barnets namn", name)
    walker.fill(part("Personnummer"), number)
    walker.button("Fortsätt")
    walker.fill("Vad har du sett eller hört?", seen)
    walker.fill(part("Vad fungerar bra?"), "Leker gärna med andra.")
    walker.button("Fortsätt")


def stopped_by_harm(tale: Tale) -> None:
    """The answer that the child may be harmed stops the form and shows the three ways."""
    maj = tale.enter("forskola", part="kan fara illa")
    maj.menu("Uppmärksamma")
    maj.link("Ja, eller jag är osäker")
    maj.heading("orosanmälan")
    maj.reads("112", "Socialjouren", "Lessebo", "0478-000 01", "0478-000 09")
    maj.look()
    assert maj.page.get_by_role("textbox").count() == 0


def noticed_without_a_yes(tale: Tale) -> Walker:
    """It stays with the unit: no case, nobody else sees it, and a task arises."""
    maj = tale.enter("forskola", part="without a yes")
    fill_in_notice(maj, "Milo Tranberg", tale.child[1], SEEN)
    maj.choose("Nej, inte än")
    maj.button("Fortsätt")
    maj.reads("Det stannar i din enhet.")
    maj.button("Spara i min enhet")
    maj.reads("Inget har skickats vidare.", "Prata med familjen")
    assert tale.stack.rows("select 1 from cases_case where child_id = %s", tale.child[0]) == []
    ines = tale.enter("bvc", part="sees nothing yet")
    ines.menu("Enheten")
    ines.misses("Milo")
    return maj


def sent_with_a_yes(tale: Tale) -> None:
    """The task, then the guardians' yes: who and when are noted, and it goes to BVC."""
    maj = tale.enter("forskola", part="with a yes")
    maj.link("Prata med familjen: Milo Tranberg")
    maj.fill("Vem sa ja?", "mamma Nadia och pappa Elias")
    maj.button(part("Skicka till barnets BVC"))
    maj.heading("Det är skickat")
    maj.reads("Det här var ingen orosanmälan.")
    tale.receipt = maj.page.locator("main").inner_text()


def same_receipt_for_a_child_with_a_case(tale: Tale) -> None:
    """Somebody else's signal on Yara, who has a case: the receipt says the same."""
    pelle = tale.enter("polis", part="a child who has a case")
    ((number,),) = tale.stack.rows("select number from people_child where given_name = 'Yara'")
    fill_in_notice(pelle, "Yara Almhage", str(number), "Satt ensam vid busshållplatsen.")
    pelle.choose(part("Ja, och vårdnadshavarna har sagt ja"))
    pelle.fill("Vem sa ja?", "mamma Amira och pappa Sami")
    pelle.fill("Vilken dag?", tale.today)
    pelle.button("Fortsätt")
    pelle.button(part("Skicka till barnets BVC"))
    pelle.heading("Det är skickat")
    receipt = pelle.page.locator("main").inner_text()
    assert receipt.replace("Yara Almhage", "Milo Tranberg") == tale.receipt


def taken_by_bvc(tale: Tale) -> Walker:
    """Ines takes it from the inbox; Maj sees that it is received."""
    ines = tale.enter("bvc", part="case, note, wheel, decision, consent")
    ines.link("Se inkorgen")
    ines.button("Ta emot Milo Tranberg")
    tale.note_case(ines)
    ines.heading("Milo Tranberg")
    ines.reads(SEEN, "mamma Nadia och pappa Elias")
    maj = tale.enter("forskola", part="sees that it is received")
    noticed = maj.page.get_by_role("region", name="Det du har uppmärksammat")
    row = noticed.get_by_role("listitem").filter(has_text="Milo Tranberg")
    assert "Mottaget" in row.inner_text()
    return ines


def found_out_more(ines: Walker) -> None:
    """The talk with the family as a note, and the wheel as the staff see it."""
    ines.link("Skriv en anteckning")
    ines.choose(part("Anteckning"))
    ines.fill("Text", TALKED)
    ines.choose(part("Min enhet och familjen"))
    ines.button("Spara och visa för Elias och Nadia")
    ines.heading("Anteckning")
    ines.link("Översikt")
    ines.link("Fyll i hjulet")
    ines.choose(part("Personal"))
    for area, value in (("Trygg", "5 Bra"), ("Utvecklas", "2 Svårt"), ("Delaktig", "3 Både bra och svårt")):
        ines.choose(value, within=ines.page.get_by_role("group", name=area, exact=True))
    ines.details("Vad fungerar, vad är svårt? Utvecklas")
    ines.fill("Vad är svårt?", "Få ord", within=ines.page.locator("details[open]"))
    ines.choose(part("Min enhet och familjen"))
    ines.button("Spara och visa för Elias och Nadia")
    ines.heading("hjulet")
