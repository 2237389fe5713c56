"""Händelser: narrowed by kind, unit and period among what the reader may read, and nothing else."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from cases.queries.timeline import PAGE
from tests.web.counting import statements
from tests.worlds import Teamwork, World


@pytest.fixture
def team(world: World) -> Teamwork:
    """A team around the child."""
    return world.teamwork()


def page_of(world: World, team: Teamwork, username: str, query: str = "", status: int = 200) -> str:
    """The page of events as somebody meets it."""
    answer: Any = world.client(username).get(f"/barn/{team.case.pk}/handelser/{query}")
    assert answer.status_code == status
    return str(answer.content.decode())


def kinds_in(page: str) -> list[str]:
    """The kinds that are to be chosen."""
    links = page.split("bb-filter")[1].split("</nav>")[0]
    return re.findall(r'href="[^"]*handelser/(?:\?sort=(\w+)[^"]*)?"', links)


def units_in(page: str) -> list[str]:
    """The units that are to be chosen."""
    return re.findall(r"<option[^>]*>([^<]+)", page)


def test_only_what_the_reader_has_is_offered(world: World, team: Teamwork) -> None:
    """A kind or a unit that she reads nothing of is not there, and asked for it tells nothing:
    the same answer whether others have it or nobody."""
    ours = page_of(world, team, "bvc")
    assert {"", "observation", "note", "child_words"} <= set(kinds_in(ours))
    assert "wheel" not in kinds_in(ours)
    theirs = page_of(world, team, "logoped")
    assert "child_words" not in kinds_in(theirs)
    assert "wheel" not in kinds_in(theirs)
    hidden, nobodys = (page_of(world, team, "logoped", f"?sort={kind}") for kind in ("child_words", "wheel"))
    assert "Jag vill leka med Bo." not in hidden
    for page in (hidden, nobodys):
        assert "0 av " in page
        assert "Inget som du får läsa passar" in page
    nonsense = page_of(world, team, "logoped", "?sort=nonsense&enhet=nonsense")
    assert shown(nonsense) == shown(theirs)
    mine = world.units["bvc"].pk
    alone = page_of(world, team, "forskola", f"?enhet={mine}")
    assert shown(alone) == shown(page_of(world, team, "forskola"))


def shown(page: str) -> str:
    """The page from its heading to its foot, where no query is repeated."""
    return page.split("<h1>")[1].split("</main>")[0]


def test_by_unit_and_period_with_the_count(world: World, team: Teamwork) -> None:
    """Together with the kind; the first and the last day are in the period."""
    for back in (10, 11, 12):
        world.entry("bvc", "bvc", team.case, body=f"Dag {back}.", happened_on=world.day(-back))
    whole = page_of(world, team, "bvc")
    total = int(re.findall(r"(\d+) händelser<", whole)[0])
    span = f"?fran={world.day(-11)}&till={world.day(-10)}"
    page = page_of(world, team, "bvc", span)
    assert ("Dag 10." in page, "Dag 11." in page, "Dag 12." in page) == (True, True, False)
    assert f"2 av {total} händelser passar det du har valt." in page
    assert f"?sort=note&amp;{span[1:].replace('&', '&amp;')}" in page
    bvc, logoped = world.units["bvc"].pk, world.units["logoped"].pk
    assert f"2 av {total}" in page_of(world, team, "bvc", f"{span}&enhet={bvc}&sort=note")
    none = page_of(world, team, "bvc", f"{span}&enhet={logoped}")
    assert f"0 av {total}" in none
    assert "Inget som du får läsa passar" in none
    assert f'href="/barn/{team.case.pk}/handelser/"' in none
    assert units_in(whole) == ["Alla enheter", "bvc", "logoped"]


def test_days_the_wrong_way_round_are_told_of(world: World, team: Teamwork) -> None:
    """What was typed stays, and the list is whole meanwhile."""
    page = page_of(world, team, "bvc", f"?fran={world.day(-1)}&till={world.day(-9)}", status=422)
    assert "Sista dagen kan inte vara före första dagen" in page
    assert f'value="{world.day(-9)}"' in page
    assert "Pratar lite." in page
    assert "Skriv datumet" in page_of(world, team, "bvc", "?fran=snart", status=422)


def test_pages_keep_what_is_chosen_and_cost_the_same(world: World, team: Teamwork) -> None:
    """The next page is of the same choice, and no row costs a statement."""
    address = f"/barn/{team.case.pk}/handelser/"
    client = world.client("bvc")
    bvc = world.units["bvc"].pk
    query = f"?sort=note&enhet={bvc}&fran={world.day(-60)}"
    few = len(statements(client, address + query))
    for back in range(PAGE + 5):
        world.entry("bvc", "bvc", team.case, body=f"Not {back}.", happened_on=world.day(-back - 2))
    world.entry("bvc", "bvc", team.case, "observation", body="Aldrig.", happened_on=world.day(-PAGE - 4))
    assert len(statements(client, address + query)) == few == len(statements(client, address))
    first = page_of(world, team, "bvc", query)
    following = unescape(re.findall(r'href="([^"]*efter=[^"]+)"', first)[0])
    assert f"sort=note&enhet={bvc}&fran=" in following
    second = str(client.get(following).content.decode())
    assert f"Not {PAGE + 4}." in second
    assert f"Not {PAGE + 4}." not in first
    assert "Aldrig." not in second
