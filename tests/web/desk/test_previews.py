"""Looking at a case as somebody else sees it, the whole at the first share, and why one doesn't see."""

from __future__ import annotations

import pytest

from audit.models import Event
from tests.database import as_loader
from tests.web.desk.test_entries import base, filled, page_of, saved, shown_to, text_of, without_token
from tests.web.desk.test_sharing import to
from tests.worlds import Teamwork, World


@pytest.fixture
def team(world: World) -> Teamwork:
    return world.teamwork()


def preview(world: World, team: Teamwork, who: str, name: str) -> str:
    answer = world.client(who).get(f"{base(team.case)}forhandsvisa/?som={to(world, name)}")
    assert answer.status_code == 200
    return text_of(answer)


def test_a_unit_is_seen_in_the_form_of_its_timeline(world: World, team: Teamwork) -> None:
    page = preview(world, team, "bvc", "logoped")
    assert "Så här ser det ut för logoped" in page
    assert "Pratar lite." in page
    assert "Språkstörning?" in page
    assert "Språklek varje dag" in page
    assert "Bara för oss." not in page
    assert "Jag vill leka med Bo." not in page


def test_a_unit_with_its_own_rows_sees_them_alone(world: World, team: Teamwork) -> None:
    """The holder knows that the police take part; nothing but their rows is shown to them."""
    goal = world.goal(team.plan, "Ett mål som polisen inte ser")
    page = preview(world, team, "bvc", "police")
    assert "Språklek varje dag" in page
    assert goal.text not in page
    assert "Pratar lite." not in page


def test_the_newest_that_she_has_and_not_the_newest(world: World, team: Teamwork) -> None:
    world.version(team.note.entry, 2, "bvc", body="Rättad, inte delad.")
    page = preview(world, team, "bvc", "logoped")
    assert "Pratar lite." in page
    assert "Rättad, inte delad." not in page


@pytest.mark.parametrize(("name", "sees"), [("mamma", True), ("pappa", False)])
def test_a_guardian_is_seen_in_the_form_of_the_familys_page(
    world: World, team: Teamwork, name: str, *, sees: bool
) -> None:
    page = preview(world, team, "bvc", name)
    assert ("Pratar lite." in page, "Jag vill leka med Bo." in page) == (sees, sees)
    assert "Bli förstådd på förskolan" in page


def test_what_is_hidden_from_her_leaves_no_trace(world: World, team: Teamwork) -> None:
    """The note that a goal was written from, and the goal."""
    goal = world.goal(team.plan, "Prata utan mamma", cites=team.note)
    before = preview(world, team, "bvc", "mamma")
    assert goal.text in before
    world.hide(team.note, "mamma")
    after = preview(world, team, "bvc", "mamma")
    assert goal.text not in after
    assert "Pratar lite." not in after
    assert goal.text in preview(world, team, "bvc", "pappa")


def test_nothing_that_the_asker_may_not_read(world: World, team: Teamwork) -> None:
    """The logoped as the preschool: not what BVC has shown the preschool and not her."""
    world.show(team.closed_note, to_unit="preschool", consent=team.consent)
    world.entry("preschool", "forskola", team.case, body="Förskolans egen.")
    page = preview(world, team, "logoped", "preschool")
    assert "Bara för oss." not in page
    assert "Förskolans egen." not in page


@pytest.mark.parametrize("name", ["bvc", "school", "police", "granne"])
def test_only_those_whom_one_knows_of(world: World, team: Teamwork, name: str) -> None:
    """For the preschool, BVC is of the team, so it is there; her own unit and strangers are not."""
    browser = world.client("logoped")
    answer = browser.get(f"{base(team.case)}forhandsvisa/?som={to(world, name)}")
    assert answer.status_code == (200 if name == "bvc" else 404)
    choose = text_of(browser.get(f"{base(team.case)}forhandsvisa/"))
    assert (to(world, name) in choose) == (name == "bvc")


def test_a_preview_is_an_event_of_its_own(world: World, team: Teamwork) -> None:
    preview(world, team, "bvc", "logoped")
    with as_loader():
        event = Event.objects.get(action="previewed_as")
    assert event.kind == "read"
    assert event.account == world.accounts["bvc"].pk
    assert event.detail["as_unit"] == str(world.units["logoped"].pk)


# --- At the first share -----------------------------------------------------------------------


def test_the_first_share_shows_the_whole(world: World, team: Teamwork) -> None:
    """The logoped has been shown something before, the preschool never."""
    world.release(team.plan, to_unit="preschool", consent=team.consent)
    browser, address = world.client("bvc"), page_of(team.closed_note, "dela/")
    chosen = browser.post(address, {"to": [to(world, "preschool"), to(world, "logoped")]})
    check = text_of(browser.get(chosen["Location"]))
    assert "Så här ser det ut för preschool" in check
    assert "Så här ser det ut för logoped" not in check
    assert "Språklek varje dag" in check
    browser.post(address, {"to": [to(world, "preschool")], "confirm": "1"})
    again = text_of(browser.get(f"{page_of(team.note, 'dela/')}?to={to(world, 'preschool')}"))
    assert "Så här ser det ut för" not in again


def test_saving_for_the_team_shows_the_whole_first(world: World, team: Teamwork) -> None:
    browser, address = world.client("bvc"), base(team.case) + "anteckning/ny/"
    posted = filled(browser.get(address), "team", body="Ny & <viktig>.")
    look = browser.post(address, posted)
    page = text_of(look)
    assert look.status_code == 200
    assert "Så här ser det ut för preschool" in page
    assert "Ny &amp; &lt;viktig&gt;." in page
    assert not team.case.version_set.filter(body=posted["body"]).exists()
    back = browser.post(address, {**posted, "change": "1"})
    assert "Ny &amp; &lt;viktig&gt;." in text_of(back)
    looked = page.split('name="looked" value="')[1].split('"')[0]
    assert browser.post(address, {**posted, "looked": "x"}).status_code == 200
    assert browser.post(address, {**posted, "looked": looked}).status_code == 302
    assert shown_to(saved(team.case, posted["body"])) == {"logoped", "preschool"}
    again = filled(browser.get(address), "team", body="En till.")
    assert browser.post(address, again).status_code == 302


# --- Varför ser jag inte …? -----------------------------------------------------------------


def why(world: World, team: Teamwork, who: str) -> str:
    answer = world.client(who).get(base(team.case) + "varfor/")
    assert answer.status_code == 200
    return without_token(answer)


def test_the_answers_are_the_policys(world: World, team: Teamwork) -> None:
    """To the unit that holds the case, and to one that sees its own part."""
    mine, theirs = why(world, team, "bvc"), why(world, team, "polis")
    assert "Samtycke finns (OSL 12:2)." in mine
    assert "aldrig för andra verksamheter (OSL 26:3)" in mine
    assert "OSL 40:7 g" in mine
    assert "Din enhet ser sin egen del." not in mine
    assert "Din enhet ser sin egen del." in theirs
    assert "får bara se praktisk plan" in theirs
    assert "Bara den enhet som är ansvarig eller samordnar" in theirs


@pytest.mark.parametrize("who", ["bvc", "logoped", "polis"])
def test_the_answer_is_the_same_whatever_there_is(world: World, team: Teamwork, who: str) -> None:
    before = why(world, team, who)
    others = world.entry("preschool", "forskola", team.case, body="Hemlig.")
    world.show(others, to_guardian="pappa")
    world.concern("preschool", "forskola", team.case)
    world.hide(others, "mamma")
    world.participate("social", team.case)
    world.open_case(child=world.children["grannbarn"])
    assert why(world, team, who) == before


def test_a_guardian_asks_too(world: World, team: Teamwork) -> None:
    address = f"/familj/{world.child.pk}/varfor/"
    before = world.client("mamma").get(address)
    assert before.status_code == 200
    assert "De som skriver väljer för varje anteckning" in text_of(before)
    world.hide(team.note, "mamma")
    world.entry("preschool", "forskola", team.case, body="Hemlig.")
    assert without_token(world.client("mamma").get(address)) == without_token(before)
    assert world.client("granne").get(address).status_code == 404


def test_from_the_404_one_general_explanation(world: World, team: Teamwork) -> None:
    hidden = world.client("granne").get(base(team.case) + "varfor/")
    assert hidden.status_code == 404
    assert "Vilket av dem det är säger vi aldrig här" in text_of(hidden)
