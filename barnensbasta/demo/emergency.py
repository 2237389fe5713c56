"""Somebody opens a case in an emergency (nödöppning), and nobody has looked it over yet."""

from __future__ import annotations

from datetime import timedelta

from access.shield import REVIEW_WITHIN
from barnensbasta.demo.moments import period
from barnensbasta.demo.planning import PlanStory
from barnensbasta.demo.stage import Stage
from cases.models import Emergency
from kit.dates import as_day
from kit.working_days import add_working_days


def opened_in_emergency(stage: Stage, story: PlanStory) -> None:
    """Yesterday afternoon a colleague of the adviser's opened the case; her head has yet to review it."""
    who, at = stage.staff.persona("soc2"), stage.moments.at(1, "15.40")
    made = story.rows.add(
        Emergency(
            account=who.account,
            unit=who.unit,
            case=story.case,
            code=Emergency.Code.STAND_IN,
            text="Jon ringde och sökte kollegan, som är sjuk. Han behövde veta vem som möter Tindra i dag.",
            opened_at=at,
            valid=period(at, at + timedelta(minutes=20)),
            review_due_on=add_working_days(as_day(at), REVIEW_WITHIN),
        )
    )
    story.trace(who, at, "emergency", "emergency_opened", made.pk)
    story.trace(who, at + timedelta(minutes=1), "read", "opened_case", None)
    story.trace(who, at + timedelta(minutes=20), "emergency", "emergency_ended", made.pk)
