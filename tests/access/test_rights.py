"""``decide`` for everybody at work, against the rights as they are written down by hand."""

from __future__ import annotations

from functools import cache
from itertools import product

import pytest

from access.facts import ActionFacts, Circle
from access.permissions import Permission
from access.policy import decide
from access.reasons import Reason
from access.roles import FAMILY, Role
from tests.access.rights import RIGHTS, refusal

YES_OR_NO = (False, True)
CIRCLES = (Circle(), Circle(closed=True), Circle(closed=True, named=True))
AT_WORK = [None, *(role for role in Role if role not in FAMILY)]


@cache
def every_standing(role: Role | None) -> list[ActionFacts]:
    """Every way in which a case can stand to somebody of the role."""
    return [
        ActionFacts(
            role=role, unit_participates=part, assigned=assigned, holds_case=holds, closed=closed,
            circle=circle, emergency=emergency, leads_holder=leads,
        )
        for part, circle in product(("", "own", "full"), CIRCLES)
        for assigned, holds, closed, emergency, leads in product(*[YES_OR_NO] * 5)
    ]  # fmt: skip


@pytest.mark.parametrize("permission", Permission)
def test_who_may_at_work(permission: Permission) -> None:
    """Whoever may, may; everybody else is told the first thing that is missing."""
    for role in AT_WORK:
        for facts in every_standing(role):
            decision, missing = decide(permission, facts), refusal(permission, facts)
            assert bool(decision) == (missing is None), (facts, missing)
            assert missing in {None, decision.reason}, facts


@pytest.mark.parametrize("permission", Permission)
def test_what_the_family_may_at_the_most(permission: Permission) -> None:
    """Nothing that is for people at work; whatever it may goes by custody and age."""
    for role in FAMILY:
        refused = decide(permission, ActionFacts(role)).reason is Reason.ROLE_MAY_NOT
        assert refused == (role not in RIGHTS[permission].roles)


def test_every_permission_is_written_down() -> None:
    """A new permission is decided upon here too."""
    assert set(RIGHTS) == set(Permission)
