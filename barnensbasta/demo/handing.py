"""Hand-overs in the demo, as the services and ``cases/handover.sql`` would have left them."""

from __future__ import annotations

from datetime import datetime

from barnensbasta.demo.planning import PlanStory
from barnensbasta.demo.staff import Worker
from cases.models import Handover
from kit.dates import as_day


def ask(story: PlanStory, giver: Worker, taker: Worker, kind: str, note: str, at: datetime) -> Handover:
    """One unit asks another to take over; it waits."""
    made = story.rows.add(
        Handover(
            case=story.case,
            kind=kind,
            from_unit=giver.unit,
            proposed_by=giver.account,
            proposed_by_name=giver.name,
            to_unit=taker.unit,
            to_account=taker.account,
            note=note,
            starts_on=as_day(at),
            proposed_at=at,
        )
    )
    story.trace(giver, at, "write", "handover_proposed", made.pk)
    return made


def accept(story: PlanStory, made: Handover, taker: Worker, at: datetime) -> None:
    """The taker accepts holding the work together: from that instant it is hers."""
    made.outcome, made.answered_at = Handover.Outcome.ACCEPTED, at
    made.answered_by, made.answered_by_name = taker.account, taker.name
    story.process.coordinator_unit, story.process.coordinator = taker.unit, taker.account
    story.trace(taker, at, "write", "handover_accepted", made.pk)
