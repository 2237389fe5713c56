"""The steering group's page."""

from __future__ import annotations

import pytest

from tests.steering.town import Town
from tests.web.counting import statements
from tests.worlds import World

ADDRESS = "/styrgrupp/"


def page(world: World) -> str:
    response = world.client("styrgrupp").get(ADDRESS)
    assert response.status_code == 200
    return response.content.decode()


def test_everybody_else_gets_404_or_the_sign_in_page(world: World) -> None:
    for username in world.accounts:
        expected = 200 if username == "styrgrupp" else 404
        assert world.client(username).get(ADDRESS).status_code == expected, username
    assert world.client().get(ADDRESS)["Location"] == "/logga-in/?next=%2Fstyrgrupp%2F"


def test_a_membership_of_the_steering_group_without_a_municipality_gets_404(world: World) -> None:
    odd = world.add_membership("bvc2", role="steering", unit="bvc")
    assert world.client("bvc2", membership=odd).get(ADDRESS).status_code == 404


def test_an_empty_municipality_says_so_six_times(world: World) -> None:
    text = page(world)
    assert "Det har hänt för lite för att visa" in text
    assert text.count("bb-figure__hidden") == 6
    assert text.count("färre än 5<") == 4
    assert "färre än 5 planer" in text
    assert "färre än 30 uppföljningar" in text


def test_figures_are_shown_rounded_with_their_words(world: World) -> None:
    town = Town(world)
    for number in range(13):
        case = town.case(10)
        town.signal(10, case)
        town.plan(case, 30 + number)
        town.consent(case, 0, 400)
    town.followed_up(27, 4)
    text = page(world)
    assert "Det har hänt för lite" not in text
    assert "<span>ungefär</span> <strong>15</strong>" in text
    assert "<strong>26</strong> <span>dagar</span>" in text
    assert "<strong>85</strong> <span>%</span>" in text
    assert text.count("Säger inte:") == 6
    assert "13" not in text.split("<main")[1].split("</main>")[0]


def test_the_page_says_what_it_is_and_that_more_comes(world: World) -> None:
    text = page(world)
    assert text.count("<h1>") == 1
    assert "<title>Kommunen i siffror – Barnens bästa</title>" in text
    assert "Lessebo" in text
    assert "kommer senare" in text
    assert len(text.encode()) < 100_000


@pytest.mark.parametrize("query", ["?kommun=0780", "?enhet=bvc", "?from=2020-01-01"])
def test_nothing_can_be_filtered(world: World, query: str) -> None:
    browser = world.client("styrgrupp")
    pages = [browser.get(address).content.decode() for address in (ADDRESS, ADDRESS + query)]
    assert pages[0].split("<main")[1] == pages[1].split("<main")[1]


def test_only_reading_is_possible(world: World) -> None:
    assert world.client("styrgrupp").post(ADDRESS).status_code == 405


def test_it_takes_the_same_few_statements_whatever_there_is(world: World) -> None:
    browser = world.client("styrgrupp")
    before = statements(browser, ADDRESS)
    town = Town(world)
    for _ in range(6):
        town.signal(10, town.case(10))
    assert len(statements(browser, ADDRESS)) == len(before) == 4
