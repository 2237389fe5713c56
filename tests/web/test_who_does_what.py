"""Vem gör vad: what is expected of whom, worded by the municipality, read by staff and families."""

from __future__ import annotations

from typing import Any

import pytest

from audit.models import Event
from cases.expectations import PARTIES, Expectation, Party, first_wordings
from cases.rules import Step
from cases.services.expectations import word_expectation
from kit.errors import Refused
from tests.database import as_loader
from tests.web.counting import statements
from tests.web.desk.test_entries import text_of
from tests.worlds import Teamwork, World

LIST = "/administration/vem-gor-vad/"
FORM = f"{LIST}follow_up/family/"
NEW: dict[str, Any] = {
    "text": "Gör sin del och ringer när något inte fungerar.",
    "why": "Familjerna bad om det.",
    "based_on": 1,
}


@pytest.fixture
def team(world: World) -> Teamwork:
    """A case with a plan that is carried out."""
    return world.teamwork()


def wordings() -> list[Expectation]:
    with as_loader():
        return list(Expectation.objects.order_by("no"))


def test_each_party_of_each_step_has_a_first_wording() -> None:
    """And none that nobody is shown: the file and the table say the same of who has something to do."""
    assert set(first_wordings()) == {(step, party) for step, who in PARTIES.items() for party in who}
    assert set(PARTIES) == set(Step)
    assert all(text.endswith(".") for text in first_wordings().values())


def test_a_municipality_words_its_own(world: World, team: Teamwork) -> None:
    """The list, the form, the receipt; staff and family read it at once, another municipality does not."""
    admin = world.client("admin")
    assert first_wordings()[Step.FOLLOW_UP, Party.FAMILY] in text_of(admin.get(LIST))
    shown = text_of(admin.get(FORM))
    assert first_wordings()[Step.FOLLOW_UP, Party.FAMILY] in shown
    assert "Ingen har ändrat texten" in shown
    answer = admin.post(FORM, NEW, follow=True)
    assert "Den nya texten gäller från och med nu." in text_of(answer)
    assert NEW["text"] in text_of(answer)
    history = text_of(admin.get(FORM))
    assert "Familjerna bad om det." in history
    assert "Admin" in history
    for reader, address in (("bvc", f"/barn/{team.case.pk}/"), ("mamma", f"/familj/{world.child.pk}/")):
        text = text_of(world.client(reader).get(address))
        assert "Vem gör vad nu" in text, reader
        assert NEW["text"] in text, reader
    with as_loader():
        (event,) = Event.objects.filter(action="expectation_worded")
        world.child.municipality_code = "0780"
        world.child.save()
    assert event.detail["no"] == "2"
    assert "Familjerna" not in str(event.detail)
    assert NEW["text"] not in text_of(world.client("bvc").get(f"/barn/{team.case.pk}/"))


def test_the_reader_is_first_and_called_what_she_is(world: World, team: Teamwork) -> None:
    """A parent reads of "Ni i familjen" first; the child by name."""
    text = text_of(world.client("mamma").get(f"/familj/{world.child.pk}/"))
    now = text[text.index("Vem gör vad nu") :]
    assert now.index("Ni i familjen") < now.index("Den som är ansvarig") < now.index("Varje verksamhet")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"text": ""}, "Skriv vad som gäller"),
        ({"text": "   "}, "Skriv vad som gäller"),
        ({"why": ""}, "Skriv varför du ändrar"),
        ({"text": "x" * 401}, "400"),
        ({"text": first_wordings()[Step.FOLLOW_UP, Party.FAMILY]}, "Så står det redan"),
    ],
)
def test_what_is_wrong_is_said_and_kept(world: World, change: dict[str, Any], says: str) -> None:
    answer = world.client("admin").post(FORM, NEW | change)
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert (NEW | change)["why"] in text_of(answer)
    assert wordings() == []


def test_two_at_once(world: World) -> None:
    """The second is told, keeps what she typed, and can save it once she has read the first."""
    admin = world.client("admin")
    admin.post(FORM, NEW)
    late = admin.post(FORM, NEW | {"text": "Gör sin del."})
    assert late.status_code == 422
    assert "Någon annan har ändrat det" in text_of(late)
    assert "Gör sin del." in text_of(late)
    assert NEW["text"] in text_of(late)
    admin.post(FORM, NEW | {"text": "Gör sin del.", "based_on": 2})
    assert [(row.no, row.text) for row in wordings()] == [(2, NEW["text"]), (3, "Gör sin del.")]


@pytest.mark.parametrize(
    "path", ["nope/family/", "notice/services/", "follow_up/nope/", "follow_up/noticer/"]
)
def test_what_does_not_exist(world: World, path: str) -> None:
    assert world.client("admin").get(LIST + path).status_code == 404
    assert world.client("admin").post(LIST + path, NEW).status_code == 404


def test_it_is_the_municipalitys_alone(world: World) -> None:
    """No caseworker and no administrator of one unit words it, by page or past it."""
    for name in ("bvc", "enhetsadmin", "mamma", "jurist"):
        assert world.client(name).get(LIST).status_code in {403, 404}, name
        assert world.client(name).post(FORM, NEW).status_code in {403, 404}, name
    assert wordings() == []
    place = world.units["preschool"].municipality
    assert place is not None
    with world.act("bvc") as actor, pytest.raises(Refused):
        word_expectation(
            municipality=place, step=Step.NOTICE, party=Party.FAMILY, text="x", why="y", based_on=1, by=actor
        )


def test_reading_costs_one_statement(world: World, team: Teamwork) -> None:
    """However many wordings there have been."""
    browser, address = world.client("bvc"), f"/barn/{team.case.pk}/"
    before = len(statements(browser, address))
    admin = world.client("admin")
    for no in range(1, 5):
        admin.post(FORM, NEW | {"text": f"Text {no}.", "based_on": no})
    assert len(wordings()) == 4
    assert len(statements(browser, address)) == before
