"""Correcting notes on the desk: the former audience, two people at once, drafts."""

from __future__ import annotations

import re

import pytest

from cases.models import Version
from tests.database import as_loader
from tests.web.desk.test_entries import choices, filled, page_of, saved, shown_to, text_of
from tests.worlds import Teamwork, World


@pytest.fixture
def team(world: World) -> Teamwork:
    return world.teamwork()


def test_a_correction_offers_the_former_audience(world: World, team: Teamwork) -> None:
    browser = world.client("bvc")
    page = browser.get(page_of(team.note, "ratta/"))
    assert 'data-submit-text="Spara och visa för logopeden och Mamma"' in text_of(page)
    assert re.search(r'value="former-[0-9a-f]+"[^>]*checked', text_of(page))
    posted = filled(page, "former", body="Pratar mer.", based_on="1")
    assert browser.post(page_of(team.note, "ratta/"), posted).status_code == 302
    new = saved(team.case, "Pratar mer.")
    assert new.no == 2
    assert new.kind == "observation"
    assert shown_to(new) == {"logoped", "mamma"}


def test_a_correction_kept_back_says_so_and_can_be_shown_later(world: World, team: Teamwork) -> None:
    browser = world.client("bvc")
    page = browser.get(page_of(team.note, "ratta/"))
    browser.post(page_of(team.note, "ratta/"), filled(page, "unit", body="Pratar mer.", based_on="1"))
    shown = text_of(browser.get(page_of(team.note)))
    assert "Rättelsen är sparad. Andra ser den inte förrän du visar den för dem." in shown
    assert "Bara din enhet kan läsa det." not in shown
    assert "Rättad, inte delad" in shown
    assert "2 läsare ser fortfarande en äldre version." in shown
    assert re.search(r"<del>.*?lite\..*?</del>", shown, re.S)
    assert re.search(r"<ins>.*?mer\..*?</ins>", shown, re.S)
    other = text_of(world.client("logoped").get(page_of(team.note)))
    assert "Pratar lite." in other
    assert "mer." not in other
    assert "Tidigare versioner" not in other


def test_two_people_at_once_lose_nothing(world: World, team: Teamwork) -> None:
    world.assign("bvc2", "bvc", team.case)
    first, second = world.client("bvc"), world.client("bvc2")
    page = first.get(page_of(team.note, "ratta/"))
    mine = filled(second.get(page_of(team.note, "ratta/")), "unit", body="Min text.", based_on="1")
    first.post(page_of(team.note, "ratta/"), filled(page, "unit", body="Hennes text.", based_on="1"))
    answer = second.post(page_of(team.note, "ratta/"), mine)
    assert answer.status_code == 409
    assert "Hennes text." in text_of(answer)
    assert "Min text." in text_of(answer)
    assert "Bvc Testsson rättade det här" in text_of(answer)
    assert 'name="based_on" value="2"' in text_of(answer)
    again = second.post(page_of(team.note, "ratta/"), {**mine, "based_on": "2"})
    assert again.status_code == 302
    with as_loader():
        bodies = (
            Version.objects.filter(entry=team.note.entry_id).order_by("no").values_list("body", flat=True)
        )
        assert list(bodies) == ["Pratar lite.", "Hennes text.", "Min text."]


def test_a_correction_of_the_childs_words_is_not_for_guardians_at_once(world: World, team: Teamwork) -> None:
    page = world.client("bvc").get(page_of(team.child_words, "ratta/"))
    assert set(choices(page)) == {"unit", "team"}


def test_a_draft_typed_against_an_older_version_meets_the_newer(world: World, team: Teamwork) -> None:
    browser = world.client("bvc")
    target = f"/utkast/?target=correct:{team.note.entry_id}&case={team.case.pk}"
    browser.post(target, {"body": "Mitt utkast.", "based_on": "1", "happened_on": "2026-01-02"})
    world.version(team.note.entry, 2, "bvc", body="Någon annans rättelse.")
    page = browser.get(page_of(team.note, "ratta/"))
    assert "Mitt utkast." in text_of(page)
    posted = filled(page, "unit", body="Mitt utkast.", based_on="1")
    answer = browser.post(page_of(team.note, "ratta/"), posted)
    assert answer.status_code == 409
    assert "Någon annans rättelse." in text_of(answer)
