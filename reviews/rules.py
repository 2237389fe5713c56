"""What a log review takes up, in numbers, and which days it is due. Pure rules.

PDL 4:3 and HSLF-FS 2016:40 4:9 ask for recurring, documented checks of the log, SoLPuL 10 §
for access by need alone. Neither says how many: these are the defaults.

What is judged is an *access*: all that one person opened in one case on one day.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from access.policy import months_later
from access.units import UnitKind
from kit.dates import day_after
from kit.working_days import is_working_day

# A random sample of the month's accesses: so large a share, but neither fewer nor more.
SHARE = 0.05
LEAST, MOST = 20, 200
# Many: more children in a day than this, and more than twice the reader's own mean of the days
# on which she opened any in the 90 days before the month.
MANY_CHILDREN = 10
# Turned away: so many times within so long, by one person. Once or twice is a mistyped address.
MANY_DENIALS = 10
DENIALS_WITHIN = timedelta(hours=1)
# Units whose work goes on in evenings, nights and weekends: there no hour is odd.
ROUND_THE_CLOCK = (UnitKind.POLICE, UnitKind.LEISURE)
FIRST_HOUR, LAST_HOUR = 6, 20
# So long after it was made a review is to be signed.
DUE_AFTER = timedelta(days=14)


class Flag(models.TextChoices):
    """Why an access is in the review, besides chance."""

    UNASSIGNED = "unassigned", _("Was not assigned")
    SELF_ASSIGNED = "self_assigned", _("Assigned herself")
    # The code is from when surnames alone were compared.
    OWN_FAMILY = "own_name", _("May know the family")
    OFF_HOURS = "off_hours", _("Unusual hour")
    MANY = "many", _("Many children in a day")
    AFTER_CLOSING = "after_closing", _("After the case was closed")
    DENIED = "denied", _("Turned away many times")


WHAT_FLAGS_MEAN = {
    Flag.UNASSIGNED: _(
        "Nobody had assigned the reader: she opened it herself, as head of the unit or in an emergency."
    ),
    Flag.SELF_ASSIGNED: _(
        "The head of the unit has given herself the case. Her reason stands with what was opened."
    ),
    # Not what was alike: it would tell the reviewer, who sees the reader's name, a name of the family's.
    Flag.OWN_FAMILY: _(
        "Something that the system knows of the reader is alike with the family. What it was isn't shown, "
        "since you are not to see whose case it is. Most often it is chance: ask the colleague."
    ),
    Flag.OFF_HOURS: _("Before 6, after 20, or on a weekend or public holiday."),
    Flag.MANY: _("More than ten children in a day, and more than twice as many as is usual for the reader."),
    Flag.AFTER_CLOSING: _("Opened on a later day than that on which the case was closed."),
    Flag.DENIED: _(
        "Ten times or more within an hour the colleague asked for something that is not open to her, or "
        "searched too often."
    ),
}


class Judgement(models.TextChoices):
    """What the reviewer found."""

    FINE = "fine", pgettext_lazy("judgement", "Fine")
    ASKED = "asked", _("I have asked the colleague")
    MISUSE = "misuse", _("I suspect misuse")


def month_of(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def month_before(day: date) -> date:
    """The first day of the month before a day's."""
    return month_of(month_of(day) - timedelta(days=1))


def days_off(month: date) -> list[date]:
    """Weekends and public holidays of a month."""
    day, end, found = month, months_later(month, 1), []
    while day < end:
        if not is_working_day(day):
            found.append(day)
        day = day_after(day)
    return found
