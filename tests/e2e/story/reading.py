"""Steps 5 and 8: the family's mail, phone and PDF; and who has read."""

from __future__ import annotations

import io
import re
from email.header import decode_header, make_header
from email.message import Message
from pathlib import Path

import pikepdf
from playwright.sync_api import expect

from tests.e2e.album import HOME
from tests.e2e.story import planning, sharing
from tests.e2e.story.tale import Tale, wait_for
from tests.e2e.walking import Walker, part

# What no mail may hold: the child, the people, the agencies, and what they do.
CANARIES = (
    "Milo", "Tranberg", "Nadia", "Elias", "Ines", "Flodmark", "Loke", "Asperud", "Maj", "Trollvik", "BVC",
    "Logoped", "Förskola", "Trollsländan", "Lessebo", "Region", "Familjecentral", "Plan", "Samtycke", "Ärende",
)  # fmt: skip
GUARDIANS = ("ny-mamma", "ny-pappa")


def mailed(tale: Tale) -> None:
    """Both guardians get a mail that says only that there is something to read."""

    def of_both() -> list[Message] | None:
        mine = [m for m in tale.stack.mails() if str(m["To"]).split("@")[0] in GUARDIANS]
        return mine if len({str(m["To"]) for m in mine}) == len(GUARDIANS) else None

    for mail in wait_for(of_both, "the guardians' mails"):
        text = _whole(mail)
        for canary in (*CANARIES, tale.child[1], str(tale.child[0]), tale.case_id, tale.version_id):
            assert not re.search(rf"\b{re.escape(canary)}", text, re.IGNORECASE), (canary, text)


def _whole(mail: Message) -> str:
    """As it was sent, and with headers and body decoded. Whom it is to is not asked."""
    del mail["To"]
    body = mail.get_payload(decode=True)
    assert isinstance(body, bytes)
    heads = [f"{name}: {make_header(decode_header(value))}" for name, value in mail.items()]
    return "\n".join([mail.as_string(), *heads, body.decode()])


def read_on_the_phone(tale: Tale) -> Walker:
    """What happens now, the next step and whom to ring stand in the first view."""
    nadia = tale.enter("ny-mamma", part="reads the overview, saves the PDF", phone=True)
    nadia.heading("Planen för Milo")
    expect(nadia.page.get_by_role("heading", name="Just nu")).to_be_in_viewport()
    expect(nadia.page.get_by_text("Nästa steg", exact=True)).to_be_in_viewport()
    expect(nadia.page.get_by_role("link", name=part("Ring Ines Flodmark")).first).to_be_in_viewport(ratio=1)
    nadia.reads("Det här har vi bestämt", planning.GOAL, *(what for what, _ in planning.ROWS))
    nadia.reads("Vilka hjälper er", "Loke Asperud", "Maj Trollvik", planning.FAMILY_STEP, sharing.TRAINING)
    nadia.misses(sharing.HEARING, sharing.OWN)
    nadia.details(part("Hjulet som"))
    expect(nadia.page.get_by_role("img", name=part("Hjulet")).first).to_be_visible()
    return nadia


def saved_as_pdf(tale: Tale, nadia: Walker) -> None:
    """Rendered by the worker; the phone keeps what one downloads, and says so first."""
    nadia.link(part("Spara planen som"))
    wait_for(lambda: _made(nadia), "the PDF")
    nadia.reads("Andra som använder samma telefon eller dator")
    link = nadia.page.get_by_role("link", name=re.compile("^Spara planen"))
    tale.document = str(link.get_attribute("href"))
    nadia.look()
    with nadia.page.expect_download() as download:
        link.click()
    nadia.row.clicks += 1
    assert re.fullmatch(r"plan-\d{4}-\d\d-\d\d\.pdf", download.value.suggested_filename)
    path = HOME / "plan.pdf"
    download.value.save_as(path)
    check_pdf(path)


def _made(nadia: Walker) -> bool:
    if nadia.page.get_by_role("link", name=re.compile("^Spara planen")).count():
        return True
    nadia.page.reload()
    return False


def check_pdf(path: Path) -> None:
    """The markers of PDF/UA-1: language, tags, title, figures with words, fonts inside."""
    with pikepdf.open(io.BytesIO(path.read_bytes())) as pdf:
        root = pdf.Root
        assert str(root.Lang).startswith("sv")
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"]
        tags = [item for item in pdf.objects if _is(item, "/StructElem")]
        kinds = [str(tag.get("/S")) for tag in tags]
        assert kinds.count("/H1") == 1
        figures = [tag for tag in tags if str(tag.get("/S")) == "/Figure"]
        assert figures
        assert all(str(tag.get("/Alt", "")) for tag in figures)
        assert not [item for page in pdf.pages for item in page.get_images()], "the wheel is a vector"
        fonts = [item for item in pdf.objects if _is(item, "/FontDescriptor")]
        assert fonts
        assert all("Noto" in str(font.FontName) for font in fonts)
        assert all(any(key in font for key in ("/FontFile", "/FontFile2", "/FontFile3")) for font in fonts)


def _is(item: object, kind: str) -> bool:
    return isinstance(item, pikepdf.Dictionary) and str(item.get("/Type", "")) == kind


def who_has_read(tale: Tale) -> None:
    """Every opening that the guardian may know of: date, unit, role and what."""
    nadia = tale.enter("ny-mamma", part="sees who has read", phone=True)
    nadia.menu("Vem har läst")
    nadia.heading("Vem har läst")
    rows = [row.inner_text() for row in nadia.page.locator("main li").all()]
    for role, unit in (
        ("BVC-sjuksköterska", "BVC Lessebo"),
        ("Logoped", "Logopedmottagningen"),
        ("Specialpedagog", "Förskolan Trollsländan"),
    ):
        mine = [row for row in rows if role in row and unit in row]
        assert any("planen" in row for row in mine), (role, rows)
        assert all(re.search(r"\d{1,2} \w+ \d{4}", row) for row in mine), mine
    assert any("anteckning" in row for row in rows if "Logoped" in row)
    assert not any("Vårdnadshavare" in row for row in rows)
    nadia.misses("Ines Flodmark, ", sharing.OWN)
