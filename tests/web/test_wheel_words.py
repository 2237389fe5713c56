"""The wheel's words: a new edition by an administrator, and old wheels as they were written."""

from __future__ import annotations

from typing import Any

import pytest

from audit.models import Event
from cases.models import WheelEdition
from cases.wheel import Perspective, Sector, SectorScore, Wheel
from cases.wheel_words import first_words, of_row
from tests.database import as_loader
from tests.web.desk.test_entries import base, text_of
from tests.worlds import World

START = "/administration/hjulet/"
NEW = START + "nya-ord/"


def typed(response: Any, **values: str) -> dict[str, str]:
    form = response.context["form"]
    return {name: str(form[name].value() or "") for name in form.fields} | values


def test_a_new_edition_is_saved_with_its_reason(world: World) -> None:
    browser = world.client("admin")
    posted = typed(browser.get(NEW), safe_name="Tryggt läge", scale_1="Jättesvårt", why="Handledningen 2026.")
    assert browser.post(NEW, posted).status_code == 302
    with as_loader():
        row = WheelEdition.objects.get()
        event = Event.objects.get(action="wheel_worded")
    words = of_row(row)
    assert (row.no, row.why, row.made_by_id) == (2, "Handledningen 2026.", world.accounts["admin"].pk)
    assert words.sectors[Sector.SAFE].name == "Tryggt läge"
    assert words.scale[0] == "Jättesvårt"
    assert (event.object, event.detail) == (row.pk, {"version": "2"})
    page = text_of(browser.get(START))
    assert "Tryggt läge" in page
    assert "Handledningen 2026." in page


def test_an_old_wheel_reads_as_it_was_written(world: World) -> None:
    team = world.teamwork()
    data = Wheel(Perspective.CHILD, tuple(SectorScore(s, 1) for s in Sector)).data()
    old = world.entry("bvc", "bvc", team.case, "wheel", body="", data=data, happened_on=world.day(-30))
    admin, bvc = world.client("admin"), world.client("bvc")
    admin.post(NEW, typed(admin.get(NEW), safe_name="Tryggt läge", scale_1="Jättesvårt", why="Nytt."))
    assert "Tryggt läge" not in text_of(bvc.get(base(team.case) + "hjul/"))
    assert "Jättesvårt" in text_of(bvc.get(base(team.case) + "hjul/nytt/"))
    new = world.entry("bvc", "bvc", team.case, "wheel", body="", data={**data, "edition": 2})
    page = text_of(bvc.get(f"{base(team.case)}hjul/jamfor/?before={old.entry_id}&after={new.entry_id}"))
    assert "Hjulets ord har ändrats däremellan" in page
    assert "Tryggt läge" in page
    assert "Mycket svårt" in page
    assert "Jättesvårt" in page


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"why": " "}, "Skriv varför det ändras"),
        ({"safe_name": ""}, "Skriv något här"),
        ({"safe_name": "x" * 29}, "28"),
        ({"active_name": "Delaktig", "included_name": "Delaktig"}, "Två områden har samma namn."),
        ({"based_on": "7", "safe_name": "Annat"}, "Någon annan har ändrat orden under tiden."),
        ({}, "Inget är ändrat."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    world: World, wrong: dict[str, str], message: str
) -> None:
    browser = world.client("admin")
    answer = browser.post(NEW, typed(browser.get(NEW), **{"why": "Vårt beslut.", **wrong}))
    assert answer.status_code == 422
    assert message in text_of(answer)
    assert "Vårt beslut." in text_of(answer) or "why" in wrong
    with as_loader():
        assert not WheelEdition.objects.exists()


@pytest.mark.parametrize("who", ["bvc", "jurist", "enhetsadmin", "dataskydd", "mamma"])
def test_nobody_else_words_it(world: World, who: str) -> None:
    browser = world.client(who)
    assert browser.get(START).status_code == 404
    assert browser.post(NEW, {"why": "x"}).status_code == 404


def test_the_first_edition_is_whole() -> None:
    words = first_words()
    assert len({one.name for one in words.sectors.values()}) == 8
    assert len(words.scale) == 5
    assert words.value(3, "younger") == words.faces[1]
    assert words.value(2, "younger") == words.scale[1], "an answer without a face keeps its word"
