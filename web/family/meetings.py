"""The meetings that one of the family is invited to, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from cases.models import Meeting
from cases.queries.family import FamilyMeeting
from kit import dates
from web.family.words import and_list


@dataclass(frozen=True)
class MeetingShown:
    """A meeting in words: when, where, with whom and the interpreter."""

    title: str
    when: list[str]
    where: str
    who: str
    interpreter: str
    settled: bool
    cancelled: bool


def meeting_shown(meeting: FamilyMeeting, today: date) -> MeetingShown:
    """For whoever is invited; of the others in the family nothing."""
    forms = {
        Meeting.Form.PLACE: meeting.place,
        Meeting.Form.PHONE: _("By telephone. %(how)s") % {"how": meeting.place},
        Meeting.Form.SCREEN: _("On screen. %(how)s") % {"how": meeting.place},
    }
    booked = _("An interpreter comes: %(language)s.") % {"language": meeting.interpreter}
    to_book = _("We book an interpreter: %(language)s.") % {"language": meeting.interpreter}
    return MeetingShown(
        title=meeting.purpose,
        when=[_moment(time, today) for time in meeting.times],
        where=forms[Meeting.Form(meeting.form)].strip(),
        who=_("Who comes from the services: %(units)s.") % {"units": and_list(meeting.units)}
        if meeting.units
        else "",
        interpreter=(booked if meeting.interpreter_booked else to_book) if meeting.interpreter else "",
        settled=meeting.is_settled,
        cancelled=meeting.is_cancelled,
    )


def _moment(at: datetime, today: date) -> str:
    text = _("%(day)s at %(time)s") % {"day": dates.with_weekday(at), "time": dates.clock(at)}
    return f"{text[:1].upper()}{text[1:]} ({dates.relative(at, today=today)})"
