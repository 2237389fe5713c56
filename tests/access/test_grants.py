"""Participation and assignment: neither alone opens anything, and both only for a while."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, transaction

from access import grants
from cases.models import Case, GrantPeriod
from tests.database import as_loader
from tests.worlds import World


def worked_on(world: World, username: str, membership: str | None = None) -> int:
    """How many cases the person works on, by the ORM and by PostgreSQL."""
    chosen = world.memberships[membership] if membership else None
    with world.act(username, membership=chosen) as actor:
        by_orm = Case.objects.worked_on_by(actor).count()
        assert by_orm == Case.objects.count()
    return by_orm


def test_both_are_needed(world: World) -> None:
    """The unit takes part AND the person is assigned in the unit that she acts for."""
    case = world.open_case(responsible=None)
    assert worked_on(world, "bvc") == 0  # the unit takes part, she is not assigned
    world.assign("bvc", "bvc", case)
    assert worked_on(world, "bvc") == 1
    world.assign("logoped", "logoped", case)
    assert worked_on(world, "logoped") == 0  # assigned, but the unit takes no part


def test_an_assignment_counts_in_its_own_unit_only(world: World) -> None:
    """Somebody in two units that both take part: assigned in one, she acts for the other."""
    case = world.open_case(responsible=None)
    world.participate("pupil_health", case)
    world.assign("tva-enheter", "bvc", case)
    assert worked_on(world, "tva-enheter", "tva-enheter") == 1
    assert worked_on(world, "tva-enheter", "tva-enheter/pupil_health") == 0
    world.assign("tva-enheter", "pupil_health", case)  # guardian's own uniqueness would forbid this
    assert worked_on(world, "tva-enheter", "tva-enheter/pupil_health") == 1


@pytest.mark.parametrize(("starts", "ends", "counts"), [(-2, -1, 0), (1, None, 0), (-1, 0, 0), (0, 1, 1)])
def test_a_period_is_half_open(world: World, starts: float, ends: float | None, counts: int) -> None:
    """Ended, to come, ending now and beginning now."""
    case = world.open_case(responsible=None)
    valid = (world.days(starts), world.days(ends) if ends is not None else None)
    world.assign("bvc", "bvc", case, valid=valid)
    assert worked_on(world, "bvc") == counts


def test_a_lead_assigns_and_ends(world: World) -> None:
    """For 24 hours and on her unit's case; the closed period is kept, with its reason."""
    case = world.open_case()
    with world.act("bvc-ledare") as actor:
        account = world.accounts["bvc2"].pk
        grants.assign(
            case_id=case.pk, account_id=account, by=actor, until=world.days(1), reason="Täcker semester"
        )
    assert worked_on(world, "bvc2") == 1
    with world.act("bvc2", at=world.days(1)):
        assert not Case.objects.exists()
    with world.act("bvc-ledare") as actor:
        assert grants.end_assignment(case_id=case.pk, account_id=account, by=actor) == 1
    assert worked_on(world, "bvc2") == 0
    with as_loader():
        period = GrantPeriod.objects.get(account=account)
    assert (period.what, period.case_id, period.reason) == ("assignment", case.pk, "Täcker semester")


def test_only_a_lead_assigns(world: World) -> None:
    """Whoever works on a case can't bring in a colleague: the database refuses."""
    case = world.open_case()
    account = world.accounts["bvc2"].pk
    with (
        world.act("bvc") as actor,
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        grants.assign(case_id=case.pk, account_id=account, by=actor, until=None, reason="Hjälper till")
