"""School breaks of a municipality: then nobody at its schools is reminded, and no consent ends."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from access.actor import Actor, NobodyActs
from access.facts import ActionFacts
from access.permissions import Permission
from access.policy import decide
from access.words import require
from agencies.models import Municipality, SchoolBreak
from audit.services import record
from kit.errors import Refused

LONGEST_BREAK = timedelta(days=120)
# So long after a break a consent that would end in it is proposed to end: everybody is back.
BACK_FOR = timedelta(days=14)


def breaks_of(municipality_code: str, *, since: date) -> list[SchoolBreak]:
    """Those that end on a day or later, the next first: one statement."""
    found = SchoolBreak.objects.filter(municipality=municipality_code, last_on__gte=since)
    return list(found.order_by("first_on"))


def break_on(municipality_code: str, day: date) -> SchoolBreak | None:
    """The break that the day lies in, if any: one statement."""
    found = SchoolBreak.objects.filter(municipality=municipality_code, first_on__lte=day, last_on__gte=day)
    return found.order_by("first_on").first()


def outside_breaks(municipality_code: str, day: date, *, latest: date) -> date:
    """The day itself, or where it lies in a break a day two weeks after it; the day before the break
    where that would be later than ``latest``."""
    found = break_on(municipality_code, day)
    if found is None:
        return day
    after = found.last_on + BACK_FOR
    return after if after <= latest else found.first_on - timedelta(days=1)


@transaction.atomic
def add_break(
    *, municipality: Municipality, name: str, first_on: date, last_on: date, by: Actor
) -> SchoolBreak:
    """A break to come; none begins on the day on which another one does."""
    if by.account_id is None:
        raise NobodyActs
    require(decide(Permission.MANAGE_UNITS, ActionFacts(role=by.role)))
    if not name.strip():
        raise Refused(_("Write what the break is called."), field="name")
    if last_on < first_on or last_on - first_on > LONGEST_BREAK:
        raise Refused(
            _("The last day must come after the first, at most four months later."), field="last_on"
        )
    others = SchoolBreak.objects.filter(
        municipality=municipality, first_on__lte=last_on, last_on__gte=first_on
    )
    if others.exists():
        raise Refused(_("There is a break on those days already."), field="first_on")
    row = SchoolBreak.objects.create(
        municipality=municipality, name=name.strip(), first_on=first_on, last_on=last_on,
        added_by_id=by.account_id, added_at=by.at,
    )  # fmt: skip
    record(by=by, kind="write", action="break_added", object=row.pk, municipality=municipality.pk)
    return row


@transaction.atomic
def remove_break(*, break_: SchoolBreak, by: Actor) -> None:
    """A break that was written wrong. What has ended meanwhile stays as it is."""
    require(decide(Permission.MANAGE_UNITS, ActionFacts(role=by.role)))
    removed, _rows = SchoolBreak.objects.filter(pk=break_.pk).delete()
    if not removed:
        raise Refused(_("It has been removed already."))
    record(by=by, kind="write", action="break_removed", object=break_.pk, municipality=break_.municipality_id)
