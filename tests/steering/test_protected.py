"""Children whose identity is protected are in no figure of a municipality (I25)."""

from __future__ import annotations

import pytest

from people.models import Protection
from tests.database import as_loader
from tests.steering.test_figures import read
from tests.steering.town import Town
from tests.worlds import World


@pytest.mark.parametrize("level", list(Protection.Level))
def test_i25_a_protected_child_is_not_counted(world: World, level: Protection.Level) -> None:
    """Five children are shown as five, four as too few: one that is protected takes the figure away, and
    its signal without a case too."""
    town = Town(world)
    cases = [town.case(10) for _ in range(5)]
    for case in cases[:4]:
        town.signal(10, case)
    town.signal(11, number="202001012399")
    found = read(town)
    assert (found.signals, found.cases_opened) == (5, 5)
    with as_loader():
        child = cases[4].child
        Protection.objects.create(
            child=child,
            level=level,
            source="staff",
            raised_at=world.at,
            valid=world.period(),
            number="202001012399",
        )
    found = read(town)
    assert (found.signals, found.cases_opened) == (None, None)
