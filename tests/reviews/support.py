"""What happened in the month before, and the review that is made of it."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

from audit.services import record
from cases.models import Case
from kit.working_days import is_working_day
from reviews.models import LogReview, ReviewedAccess
from reviews.services import make_reviews
from tests.database import as_loader
from tests.worlds import World


def workday(world: World, number: int = 1) -> date:
    """The so-manieth working day of the month that was over last."""
    day = world.last_month
    while True:
        number -= is_working_day(day)
        if not number:
            return day
        day += timedelta(days=1)


def opens(
    world: World,
    who: str,
    case: Case | None,
    at: datetime,
    *,
    action: str = "opened_case",
    kind: str = "read",
    object: uuid.UUID | None = None,
    head: bool = False,
) -> None:
    """Somebody opens something in a case at an instant."""
    with world.act(who, at=at) as actor:
        child = None if head or case is None else case.child_id
        record(by=actor, kind=kind, action=action, case=case.pk if case else None, child=child, object=object)


def long_assigned(world: World, who: str = "bvc", unit: str = "bvc", **case: object) -> Case:
    """A case that somebody has worked on since long before the month."""
    found = world.open_case(**case)  # type: ignore[arg-type]
    with as_loader():
        found.assignment_set.filter(user=world.accounts[who]).update(
            valid=world.period((world.days(-300), None))
        )
    return found


def made(world: World, unit: str = "bvc") -> tuple[LogReview, list[ReviewedAccess]]:
    """The unit's review of the month, made now, and what it takes up."""
    make_reviews()
    with as_loader():
        review = LogReview.objects.get(unit=world.units[unit], month=world.last_month)
        return review, list(ReviewedAccess.objects.filter(review=review).order_by("no"))


def flags(world: World, unit: str = "bvc") -> list[list[str]]:
    """Which rules found what, access by access."""
    return [access.flags for access in made(world, unit)[1]]
