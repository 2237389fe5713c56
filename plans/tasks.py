"""Background work on plans that beat starts. Each task acts as nobody and learns ids and
dates only; what it finds is queued in the outbox and done as its recipient."""

from __future__ import annotations

from datetime import date

import structlog
from celery import shared_task
from django.db import connection

from access.actor import acting_as
from cases.services import emergency
from notices import services as notices
from plans import retention
from plans.deliveries import reminders_due

logger = structlog.get_logger(__name__)


@shared_task(ignore_result=True)
def queue_digests(as_of: str | None = None) -> int:
    """Queue today's digest (or that of ``as_of``, an ISO date) for each who has something new
    in it and no digest of that day. Doing it again changes nothing."""
    with acting_as(None) as nobody:
        on = date.fromisoformat(as_of) if as_of else nobody.today
        recipients = sorted({reminder.account for reminder in reminders_due(on)})
        queued = notices.queue_digests(recipients=recipients, day=on)
    logger.info("digests_queued", count=queued)
    return queued


@shared_task(ignore_result=True)
def end_lapsed() -> None:
    """Name the consents that have expired and remove grants whose period is over."""
    with acting_as(None), connection.cursor() as cursor:
        cursor.execute("select access.consents_expire(), access.grants_end_lapsed()")
        expired, removed = cursor.fetchone()
    logger.info("lapsed_ended", consents=expired, grants=removed)


@shared_task(ignore_result=True)
def count_without_anybody() -> None:
    """Say in the log how many open cases nobody answers for (barn utan ansvarig): numbers only. Of
    those with a unit that has no arbetsledare, nobody is told by any page."""
    with acting_as(None), connection.cursor() as cursor:
        cursor.execute("select cases, without_lead from access.count_without_anybody()")
        cases, without_lead = cursor.fetchone()
    log = logger.warning if cases else logger.info
    log("cases_without_anybody", cases=cases, without_lead=without_lead)


@shared_task(ignore_result=True)
def escalate_emergencies() -> None:
    """Tell the dataskyddsombud of each nödöppning that nobody has reviewed in time, once."""
    with acting_as(None):
        queued = emergency.escalate_emergencies()
    logger.info("emergencies_escalated", mails=queued)


@shared_task(ignore_result=True)
def remove_old() -> None:
    """Remove what is kept no longer; ids of nothing are logged."""
    removed = retention.remove_old()
    logger.info("old_removed", **{kind: count for kind, count in removed.items() if count})
