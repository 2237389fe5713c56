"""Loggutdrag: changes beside readings, a period, and the PDF after the warning."""

from __future__ import annotations

import io
import re
import uuid
from datetime import timedelta
from typing import Any

import pikepdf
import pytest

from audit.models import Event
from audit.services import record
from kit.dates import as_day
from tests.database import as_loader
from tests.papers import paper_text
from tests.web.family.support import Home, body, read_by, rows, seen, text_of


def address_of(home: Home, below: str = "") -> str:
    return home.address + "vem-har-last/" + below


def happens(home: Home, who: str, kind: str, action: str, **found: Any) -> None:
    with home.world.act(who) as actor:
        record(by=actor, kind=kind, action=action, child=home.world.child.pk, **found)


def text_of_pdf(made: bytes) -> str:
    return re.sub(r"\s+", " ", paper_text(made))


def saved(home: Home, who: str = "mamma", **period: str) -> Any:
    return home.world.client(who).post(address_of(home, "spara/"), period)


# --- What stands there -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "action", "words"),
    [
        ("print", "printed_plan", "Skrev ut något"),
        ("export", "saved_plan", "Sparade en fil"),
        ("emergency", "emergency_opened", "ppnade barnets sida i en nödsituation (nödöppning)"),
        ("write", "case_closed", "Avslutade arbetet"),
    ],
)
def test_each_kind_in_words(home: Home, kind: str, action: str, words: str) -> None:
    happens(home, "bvc", kind, action)
    assert words in seen(home.world.client("mamma"), address_of(home))


def test_a_change_is_shown_to_whom_it_can_be_seen_by(home: Home) -> None:
    """The note is shown to mamma alone; the plan to both; a consent to both who are asked."""
    happens(home, "bvc", "write", "entry_corrected", object=home.team.note.pk)
    happens(home, "bvc", "write", "plan_agreed", object=home.team.plan.pk)
    happens(home, "bvc", "write", "consent_asked", object=home.team.consent.pk)
    mamma = seen(home.world.client("mamma"), address_of(home))
    pappa = seen(home.world.client("pappa"), address_of(home))
    assert "Rättade en anteckning som ni kan läsa" in mamma
    assert "anteckning" not in pappa
    for text in (mamma, pappa):
        assert "Beslutade om planen" in text
        assert "Frågade om samtycke" in text


def test_what_is_withheld_leaves_no_trace(home: Home) -> None:
    """I5: page, count, number of pages and PDF are those of a world without it: the child's own
    words, a note that is not shown, and that something was shown to the other guardian."""
    read_by(home.world, "bvc", "opened_plan")
    browser = home.world.client("pappa")
    before = main_of(browser.get(address_of(home)))
    paper = text_of_pdf(saved(home, "pappa").content)
    given = rows_of_disclosures(home, to="mamma")
    for _ in range(70):
        happens(home, "bvc", "read", "opened_entry", object=home.team.child_words.pk)
        happens(home, "bvc", "write", "entry_written", object=home.team.closed_note.pk)
        happens(home, "bvc", "write", "entry_corrected", object=home.team.note.pk)
        happens(home, "bvc", "write", "version_shown", object=home.team.note.pk, disclosure=given)
        happens(home, "bvc", "write", "version_shown", object=home.team.note.pk)
        happens(home, "soc", "emergency", "emergency_opened")
    assert main_of(browser.get(address_of(home))) == before
    assert re.sub(r"\d\d\.\d\d", "", text_of_pdf(saved(home, "pappa").content)) == re.sub(
        r"\d\d\.\d\d", "", paper
    )


def main_of(response: Any) -> str:
    """The page without its frame, which says how many seconds the session lasts."""
    page = body(response).decode()
    return page[page.index("<main") : page.index("</main>")]


def rows_of_disclosures(home: Home, *, to: str) -> uuid.UUID:
    from cases.models import Disclosure

    found: Disclosure = rows(Disclosure, version=home.team.note, to_guardian=home.world.guardians[to])[0]
    return found.pk


# --- A period --------------------------------------------------------------------------------------


@pytest.fixture
def spread(home: Home) -> Home:
    """One reading each day for five days."""
    for _ in range(5):
        read_by(home.world, "bvc", "opened_plan")
    with as_loader():
        for number, event in enumerate(Event.objects.filter(action="opened_plan")):
            Event.objects.filter(pk=event.pk).update(at=home.world.at - timedelta(days=number))
    return home


def lines(response: Any) -> int:
    return int(response.content.decode().count("bb-readings__day"))


def test_a_period_has_its_first_and_its_last_day(spread: Home) -> None:
    browser, today = spread.world.client("mamma"), as_day(spread.world.at)
    days = [(today - timedelta(days=n)).isoformat() for n in range(6)]
    for first, last, expected in (
        ("", "", 5), (days[3], "", 4), ("", days[3], 2), (days[3], days[1], 3), (days[2], days[2], 1),
        (days[5], days[5], 0),
    ):  # fmt: skip
        found = browser.get(address_of(spread), {"fran": first, "till": last})
        assert (found.status_code, lines(found)) == (200, expected), (first, last)
    assert "Ingen har läst något under den perioden" in text_of(found)


def test_pages_keep_the_period(spread: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.family.views.reading.PER_PAGE", 2)
    first = (as_day(spread.world.at) - timedelta(days=4)).isoformat()
    browser = spread.world.client("mamma")
    page = browser.get(address_of(spread), {"fran": first})
    assert f"?sida=2&amp;fran={first}" in page.content.decode()
    assert lines(browser.get(address_of(spread), {"fran": first, "sida": "3"})) == 1


@pytest.mark.parametrize("wrong", [{"fran": "igår"}, {"fran": "2026-02-02", "till": "2026-02-01"}])
def test_a_wrong_period_is_said(home: Home, wrong: dict[str, str]) -> None:
    browser = home.world.client("mamma")
    for answer in (browser.get(address_of(home), wrong), browser.post(address_of(home, "spara/"), wrong)):
        assert answer.status_code == 422
        assert "<title>Fel:" in answer.content.decode()
        assert wrong["fran"] in answer.content.decode()


# --- The paper -------------------------------------------------------------------------------------


def test_the_warning_comes_before_the_paper(home: Home) -> None:
    """By GET there is only the warning; the PDF is what its form answers."""
    page = seen(home.world.client("mamma"), address_of(home, "spara/"))
    assert "Filen sparas där du är inloggad" in page
    answer = saved(home)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Disposition"] == f'attachment; filename="loggutdrag-{home.world.today}.pdf"'
    (event,) = rows(Event, kind="export")
    assert (event.action, event.child, event.account) == (
        "family_saved_extract", home.world.child.pk, home.world.accounts["mamma"].pk,
    )  # fmt: skip


def test_the_paper_says_what_it_must(spread: Home) -> None:
    """For whom, about whom, which period, when, whom to ask; and the sentence that always stands there."""
    text = text_of_pdf(saved(spread).content)
    name = spread.world.child.given_name
    for words in (
        f"Om {name}. Sparad av Mamma", "Från början till och med", "Gjord ", "dataskyddsombud",
        "Enligt lag får inte alltid allt visas", "Läste planen", "BVC-sjuksköterska, bvc",
    ):  # fmt: skip
        assert words in text, words
    assert text.count("Läste planen") == 5
    assert "Bvc Testsson" not in text.split("Om du undrar")[0]
    today = as_day(spread.world.at).isoformat()
    assert text_of_pdf(saved(spread, fran=today, till=today).content).count("Läste planen") == 1


def test_an_empty_paper_says_so_and_that_not_all_may_be_shown(home: Home) -> None:
    text = text_of_pdf(saved(home).content)
    assert "Ingen har läst något under den perioden." in text
    assert "Enligt lag får inte alltid allt visas" in text


def test_the_youth_is_du_on_paper(home: Home) -> None:
    world = home.world
    world.open_case(world.youth, "pupil_health", "kurator")
    answer = world.client("ungdom").post(f"/familj/{world.youth.pk}/vem-har-last/spara/")
    assert f"Om dig, {world.youth.given_name}." in text_of_pdf(answer.content)


def test_it_is_tagged(spread: Home) -> None:
    """PDF/UA: language, title, one h1, and a table with heads."""
    document = pikepdf.open(io.BytesIO(saved(spread).content))
    assert document.Root.Lang == "sv"
    assert document.Root.MarkInfo.Marked
    assert document.docinfo["/Title"] == "Vem har läst"
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    tags = [
        str(one.get("/S")) for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one
    ]
    assert tags.count("/H1") == 1
    assert {"/Table", "/TH", "/TD"} <= set(tags)


def test_more_than_fits_asks_for_a_shorter_period(spread: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.family.extract.MOST_LINES", 4)
    answer = saved(spread)
    assert answer.status_code == 422
    assert "Välj en kortare period" in text_of(answer)
    assert rows(Event, kind="export") == []


def test_without_a_record_there_is_no_paper(spread: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """I7: what can't be recorded isn't sent."""
    from django.db import DatabaseError

    def fails(_: object) -> None:
        raise DatabaseError

    browser = spread.world.client("mamma")
    monkeypatch.setattr("access.actor.flush_events", fails)
    answer = browser.post(address_of(spread, "spara/"))
    assert answer.status_code == 503
    assert b"%PDF" not in answer.content
