"""Step 7: a guardian takes a yes back, and what that closes, everywhere and at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.e2e.story import consenting, noticing, planning, sharing
from tests.e2e.story.tale import Tale
from tests.e2e.walking import Walker, part

CANNOT = "Sidan går inte att visa"
OTHERS = (
    sharing.TRAINING, sharing.CORRECTED, sharing.HEARING, noticing.TALKED, noticing.SEEN, planning.GOAL,
    "Ines", "Flodmark", "Maj Trollvik", "Trollsländan", "Nadia", "Elias", consenting.DECIDED,
)  # fmt: skip


def withdrawn(tale: Tale) -> None:
    """Nadia takes her yes back for two units and gets a receipt of what closed."""
    nadia = tale.enter("ny-mamma", part="takes back her yes", phone=True)
    nadia.menu("Samtycke")
    nadia.link("Ta tillbaka ett ja")
    for unit in consenting.UNITS:
        nadia.tick(part(unit))
    nadia.button("Gå vidare")
    nadia.reads("Det här stängs genast", *consenting.UNITS)
    nadia.button("Ja, ta tillbaka")
    for unit, words in zip(consenting.UNITS, ("måste de behålla det enligt lag",) * 2, strict=True):
        receipt = nadia.page.get_by_role("listitem").filter(has_text=unit)
        expect(receipt).to_contain_text("går inte längre att läsa där")
        expect(receipt).to_contain_text(words)
    nadia.look()


@contextmanager
def open_tabs(tale: Tale) -> Iterator[Walker]:
    """What Loke has on his screens when it happens; afterwards none of it can be read on."""
    loke = tale.enter("logoped", part="after the withdrawal")
    loke.link("Milo Tranberg")
    loke.link(part("Iakttagelse"), within=loke.page.get_by_role("listitem").filter(has_text=sharing.TRAINING))
    loke.reads(sharing.TRAINING)
    writing, left = (loke.page.context.new_page() for _ in range(2))
    writing.goto(tale.case_page("anteckning/ny/"))
    left.goto(loke.page.url)
    expect(left.locator("main")).to_contain_text(sharing.TRAINING)
    left.goto("/mitt-arbete/")
    yield loke
    loke.link("Plan")
    _closed(loke.page)
    # The choice asks who may read, and so leads away: nothing is left to be checked.
    writing.get_by_role("radio", name=part("Bedömning")).click()
    _closed(writing)
    left.go_back()
    _closed(left)
    for page in (writing, left):
        page.close()


def _closed(page: Page) -> None:
    expect(page.locator("h1")).to_have_text(CANNOT)
    _without_others(page)


def _without_others(page: Page) -> None:
    text = page.locator("body").inner_text()
    assert not [word for word in OTHERS if word in text], text


def own_stays(tale: Tale, loke: Walker) -> None:
    """What his own unit wrote, in list, search and case, without a trace of the others."""
    loke.open("/barn/")
    expect(loke.page.get_by_role("row").filter(has_text="Milo Tranberg")).to_contain_text(
        "Bara din enhets anteckningar"
    )
    loke.fill("Namn eller personnummer", tale.child[1])
    loke.button("Sök")
    _without_others(loke.page)
    loke.link("Milo Tranberg")
    loke.reads(sharing.OWN)
    _without_others(loke.page)
    loke.link("Händelser")
    loke.reads(sharing.OWN)
    _without_others(loke.page)
    for address in (tale.case_page("plan/"), tale.case_page("vem-ser-vad/"), tale.document):
        assert loke.open(address).status == 404, address
    loke.open("/mitt-arbete/")
    _without_others(loke.page)


def no_mail_any_more(tale: Tale) -> None:
    """The day after the follow-up was due Ines is reminded, Loke is not."""
    on = date.fromisoformat(tale.today) + planning.FOLLOW_UP + timedelta(days=1)
    tale.stack.manage("send_reminders", "--as-of", on.isoformat())
    reminded = tale.stack.rows(
        "select a.username from notices_reminder r join people_account a on a.id = r.recipient_id"
        " where r.subject = %s and r.stage = 'day_after'",
        tale.version_id,
    )
    names = {name for (name,) in reminded}
    assert "bvc" in names
    assert "logoped" not in names


def the_others_go_on(tale: Tale) -> None:
    """A unit that wrote nothing gets 404; the preschool reads as before."""
    embla = tale.enter("tva-enheter", part="her unit wrote nothing")
    sharing.in_her_other_unit(embla)
    for below in ("", "handelser/", "plan/"):
        assert embla.open(tale.case_page(below)).status == 404
    embla.open("/barn/")
    embla.misses("Milo")
    maj = tale.enter("forskola", part="goes on")
    maj.link("Milo Tranberg", within=maj.page.get_by_role("region", name="Dina barn"))
    maj.reads(sharing.TRAINING)
    maj.link("Plan")
    maj.reads(planning.GOAL)
