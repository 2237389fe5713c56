"""What the two questions about access share: ids and instants from the command line."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from access import clock
from access.past import PastActor
from access.policy import STOCKHOLM


def the_id(text: str) -> uuid.UUID:
    """An id. Names and numbers are never asked with: they would stay in the shell's history."""
    try:
        return uuid.UUID(text)
    except ValueError:
        raise CommandError(_("That is not an id (UUID).")) from None


def the_instant(text: str | None) -> datetime:
    """An instant in Swedish time where nothing else is said; now where none is given."""
    if not text:
        return clock.now()
    try:
        at = parse_datetime(text)
    except ValueError:
        at = None
    if at is None:
        raise CommandError(_("Write the time as 2026-01-31T14:00."))
    return at if timezone.is_aware(at) else at.replace(tzinfo=STOCKHOLM)


def capacity(actor: PastActor) -> str:
    """In which capacity: codes and ids alone."""
    where = f" unit={actor.unit}" if actor.unit else ""
    return f"account={actor.account} role={actor.action.role}{where}"


def without_history() -> str:
    """What no table keeps of the past, so that the answer says what it rests on."""
    return _(
        "Without history, and so as it is now: which unit is responsible or coordinates, whether a custody is "
        "contested, whether an account is active, the goals and rows of a plan that is a draft. What has been "
        "removed by its retention can't be answered about."
    )
