"""``docs/permissions.md`` says what the policy says, and an old one is found out."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from access.permission_tables import AT_WORK, conditions
from access.permissions import Permission
from access.policy import decide
from access.roles import ROLES, Role
from tests.access.test_rights import every_standing


@pytest.mark.parametrize("permission", Permission)
def test_the_conditions_are_all_there_is(permission: Permission) -> None:
    """They say of everybody at work, however a case stands to her, what ``decide`` says."""
    for role in AT_WORK:
        needed = conditions(permission, role)
        for facts in every_standing(role):
            assert bool(needed and needed.hold(facts)) == bool(decide(permission, facts)), (role, facts)


def test_an_old_table_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """When somebody is let do more."""
    call_command("access_tables", check=True)
    more: Any = ROLES[Role.STEERING] | {Permission.READ_CONTENT}
    monkeypatch.setitem(ROLES, Role.STEERING, more)
    with pytest.raises(CommandError, match=r"docs/permissions\.md is old"):
        call_command("access_tables", check=True)
