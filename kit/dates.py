"""Dates in words, Swedish local days and half-open periods; working days stand in ``kit.working_days``.

A period is half-open everywhere in the project: its first day belongs to it, its end does not. What people
read is the last day that belongs, "till och med". Days are those of Europe/Stockholm, whatever the server's
clock is set to.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def local(value: datetime) -> datetime:
    """An aware instant on the Swedish clock; a naive one is a programming error."""
    if timezone.is_naive(value):
        message = "an instant without a time zone"
        raise ValueError(message)
    return value.astimezone(STOCKHOLM)


def as_day(value: date | datetime) -> date:
    """The Swedish calendar day of a date or an instant."""
    return local(value).date() if isinstance(value, datetime) else value


def today() -> date:
    """The calendar day in Sweden now."""
    return as_day(timezone.now())


def midnight(day: date) -> datetime:
    """The instant at which a day begins in Sweden."""
    return datetime.combine(day, time.min, tzinfo=STOCKHOLM)


def day_after(last: date) -> date:
    """The exclusive end of a period whose last day is given."""
    return last + timedelta(days=1)


def last_day(end: date | datetime) -> date:
    """The last day inside a half-open period, given its exclusive end.

    An end at local midnight excludes that day; an end later in the day has that day as its last.
    """
    if isinstance(end, datetime):
        return (local(end) - timedelta(microseconds=1)).date()
    return end - timedelta(days=1)


def in_words(value: date | datetime) -> str:
    """2 december 2026."""
    return format_date(as_day(value), "j F Y")


def day_month(value: date | datetime) -> str:
    """2 december."""
    return format_date(as_day(value), "j F")


def with_weekday(value: date | datetime) -> str:
    """Onsdag 2 december 2026, with a small letter as Swedish has it."""
    return format_date(as_day(value), "l j F Y")


def clock(value: datetime) -> str:
    """10.42 on the Swedish clock."""
    return format_date(local(value), "H.i")


def instant(value: datetime) -> str:
    """2 december 2026 klockan 10.42."""
    return _("%(date)s at %(time)s") % {"date": in_words(value), "time": clock(value)}


def relative(value: date | datetime, *, today: date | None = None) -> str:
    """I dag, i morgon, i går, om 3 dagar, för 3 dagar sedan. ``today`` is given where the clock is frozen."""
    days = _days_until(value, today)
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days == -1:
        return _("yesterday")
    if days > 0:
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    return ngettext("%(days)d day ago", "%(days)d days ago", -days) % {"days": -days}


def due(value: date | datetime, *, today: date | None = None) -> str:
    """The word beside a date by which something was to be done: Försenad 7 dagar, I dag, Om 3 dagar."""
    days = _days_until(value, today)
    if days < 0:
        return ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}
    text = relative(value, today=today)
    return text[:1].upper() + text[1:]


def through(end: date | datetime) -> str:
    """Till och med 1 december 2026, given the exclusive end."""
    return _("up to and including %(date)s") % {"date": in_words(last_day(end))}


def period(start: date | datetime, end: date | datetime | None) -> str:
    """Från 2 december 2026 till och med 1 december 2027; without an end only its beginning."""
    first = _("from %(date)s") % {"date": in_words(start)}
    return first if end is None else f"{first} {through(end)}"


def _days_until(value: date | datetime, reference: date | None) -> int:
    return (as_day(value) - (reference or today())).days
