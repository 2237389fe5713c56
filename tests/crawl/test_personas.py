"""Whoever is in the demo has her like among those who crawl (§6: "as every persona").

The demo's people and those of the fixed world are not the same. What counts for who may see what
is a person's role, her kind of unit and what she is to a case or a child: each such combination of
a persona's must be some visitor's, and so must those that the list of personas names beside.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

import pytest

from access.policy import STOCKHOLM
from access.roles import Role
from access.units import UnitKind
from barnensbasta.demo.county import build
from kit.dates import today
from tests.access.fixed_world import build as build_fixed
from tests.crawl.likeness import Likeness, People
from tests.crawl.marked import VISITORS, marked_world
from tests.database import as_loader
from tests.worlds import World
from web.public.personas import PERSONAS

# Who must crawl though the demo has no such person.
BESIDE = {
    (Role.CASEWORKER, UnitKind.INDEPENDENT_SCHOOL),
    (Role.CASEWORKER, UnitKind.LEISURE),
    (Role.LAWYER, UnitKind.SOCIAL_SERVICES),
    (Role.UNIT_ADMINISTRATOR, UnitKind.CHILD_HEALTH),
    (Role.STEERING, "municipality"),
    (Role.DATA_PROTECTION, "organisation"),
}


@pytest.fixture
def visitors(world: World) -> set[Likeness]:
    """All that the crawler's visitors are to anybody."""
    marked_world(world)
    return _all_that_are(world)


def _all_that_are(world: World) -> set[Likeness]:
    with as_loader():
        found = People(lambda model: list(model._base_manager.all()), world.at).likenesses()
    names = {visitor.partition("/")[0] for visitor in VISITORS}
    return set().union(*(what for who, what in found.items() if who in names))


def personas() -> Iterator[tuple[str, Likeness]]:
    """The demo's people with all that each of them is."""
    county = build(today(), password="a hash")
    noon = datetime.combine(today(), time(12), STOCKHOLM)
    found = People(county.of, noon).likenesses()
    for persona in PERSONAS:
        assert found[persona.username], f"{persona.username} is nothing to anybody"
        yield from ((persona.username, what) for what in sorted(found[persona.username]))


def without_like(visitors: set[Likeness]) -> list[str]:
    return [f"{who}: {what}" for who, what in personas() if what not in visitors]


def test_every_persona_has_her_like(visitors: set[Likeness]) -> None:
    lonely = without_like(visitors)
    assert not lonely, "nobody crawls as\n" + "\n".join(lonely)


def test_so_has_whoever_the_demo_lacks(visitors: set[Likeness]) -> None:
    assert {(what.role, what.place) for what in visitors} >= BESIDE
    assert Likeness("several workplaces", "", "") in visitors
    # All roles there are.
    assert set(Role) <= {what.role for what in visitors}


def test_a_persona_without_her_like_is_seen(world: World) -> None:
    """Without its neighbours the fixed world lacks some of the demo's people, in work and family."""
    build_fixed(world)
    lonely = {line.partition(":")[0] for line in without_like(_all_that_are(world))}
    assert lonely >= {"rektor", "soc", "tva-enheter", "polis", "ny-mamma"}
