"""An arbetsledare opens and assigns through the services."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from access import grants
from audit.models import Event
from cases.models import Assignment, Case, GrantPeriod, Version
from cases.services.leading import OPEN_FOR, assign_colleague, open_as_lead
from kit.errors import Refused
from tests.database import as_loader
from tests.worlds import World

PURPOSE = "Vikarierar för Ines."


@pytest.fixture
def case(world: World) -> Case:
    """A case of BVC's with a note."""
    case = world.open_case()
    world.entry("bvc", "bvc", case)
    return case


def test_opening_lasts_a_day_to_the_microsecond(world: World, case: Case) -> None:
    """Half-open: readable until, but not at, the end; the reason is kept."""
    with world.act("bvc-ledare") as actor:
        assert not Version.objects.visible_to(actor).exists()
        open_as_lead(case=case, purpose=PURPOSE, by=actor)
        assert Version.objects.visible_to(actor).exists()
    end = world.at + OPEN_FOR
    with world.act("bvc-ledare", at=end - timedelta(microseconds=1)) as actor:
        assert Version.objects.visible_to(actor).exists()
    with world.act("bvc-ledare", at=end) as actor:
        assert not Version.objects.visible_to(actor).exists()
    with as_loader():
        assert Assignment.objects.get(user=world.accounts["bvc-ledare"]).reason == PURPOSE
        assert not GrantPeriod.objects.exists()


@pytest.mark.parametrize("username", ["bvc", "bvc2", "soc-ledare", "enhetsadmin", "mamma"])
def test_nobody_else_opens(world: World, case: Case, username: str) -> None:
    """Neither the unit's others nor another unit's lead."""
    with world.act(username) as actor, pytest.raises(Refused):
        open_as_lead(case=case, purpose=PURPOSE, by=actor)


@pytest.mark.parametrize("purpose", ["", "  nej    ", "x" * 9])
def test_a_purpose_is_some_words(world: World, case: Case, purpose: str) -> None:
    """Spaces don't count."""
    with world.act("bvc-ledare") as actor, pytest.raises(Refused):
        open_as_lead(case=case, purpose=purpose, by=actor)


def test_only_colleagues_of_now_are_assigned(world: World, case: Case) -> None:
    """Not another unit's, nobody who has left, no unit administrator."""
    world.add_account("slutat")
    world.add_membership("slutat", unit="bvc", valid=(world.days(-9), world.days(-1)))
    with world.act("bvc-ledare") as actor:
        for wrong in ("soc", "slutat", "enhetsadmin"):
            with pytest.raises(Refused):
                assign_colleague(case=case, account_id=world.accounts[wrong].pk, by=actor)
        assign_colleague(case=case, account_id=world.accounts["bvc2"].pk, by=actor)
    with world.act("bvc2") as actor:
        assert case in Case.objects.worked_on_by(actor)


def test_twice_assigned_is_assigned_once(world: World, case: Case) -> None:
    """A second click makes no second row."""
    with world.act("bvc-ledare") as actor:
        for _ in range(2):
            assign_colleague(case=case, account_id=world.accounts["bvc2"].pk, by=actor)
    with as_loader():
        assert Assignment.objects.filter(user=world.accounts["bvc2"]).count() == 1


@pytest.mark.parametrize("reason", ["", "  nej    ", "x" * 9])
def test_she_who_assigns_herself_says_why(world: World, case: Case, reason: str) -> None:
    """As where she opens for a day; nothing is kept of what was refused."""
    me = world.accounts["bvc-ledare"].pk
    with world.act("bvc-ledare") as actor, pytest.raises(Refused) as refused:
        assign_colleague(case=case, account_id=me, reason=reason, by=actor)
    assert refused.value.field == "reason"
    with as_loader():
        assert not Assignment.objects.filter(user=me).exists()
        assert not Event.objects.filter(action="assigned_herself").exists()


def test_her_reason_stands_with_the_assignment_and_not_in_the_audit(world: World, case: Case) -> None:
    me = world.accounts["bvc-ledare"].pk
    with world.act("bvc-ledare") as actor:
        assign_colleague(case=case, account_id=me, reason=f" {PURPOSE} ", by=actor)
        assert case in Case.objects.worked_on_by(actor)
    with as_loader():
        kept = Assignment.objects.get(user=me)
        assert (kept.reason, kept.valid.upper) == (PURPOSE, None)
        event = Event.objects.get(action="assigned_herself")
        assert (event.kind, event.case, event.child) == ("read", case.pk, case.child_id)
        assert PURPOSE not in str(event.detail)
        assert not Event.objects.filter(action="assigned").exists()


@pytest.mark.parametrize("reason", ["assigned", "         "])
def test_the_database_asks_her_too(world: World, case: Case, reason: str) -> None:
    """Row-level security: a lead's assignment of herself with no reason is no row."""
    with world.act("bvc-ledare") as actor:
        for account, allowed in (("bvc2", True), ("bvc-ledare", False)):
            row: dict[str, Any] = {
                "case_id": case.pk, "account_id": world.accounts[account].pk,
                "by": actor, "until": None, "reason": reason,
            }  # fmt: skip
            with contextlib.ExitStack() as stack:
                if not allowed:
                    stack.enter_context(pytest.raises(ProgrammingError, match="row-level security"))
                stack.enter_context(transaction.atomic())
                grants.assign(**row)


def test_twice_opened_is_opened_once(world: World, case: Case) -> None:
    """While it is open, opening again changes nothing."""
    with world.act("bvc-ledare") as actor:
        for _ in range(2):
            open_as_lead(case=case, purpose=PURPOSE, by=actor)
    with as_loader():
        assert Assignment.objects.filter(user=world.accounts["bvc-ledare"]).count() == 1
