"""One meeting in words, with the times that it has had."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.utils.translation import gettext as _

from access.permissions import Permission
from cases.models import Meeting
from cases.queries.meetings import Names, names_in
from kit import dates
from web.desk.case_page import CasePage


def when_words(at: datetime) -> str:
    """Tisdag 8 december 2026 klockan 13.30."""
    words = _("%(day)s at %(time)s") % {"day": dates.with_weekday(at), "time": dates.clock(at)}
    return words[:1].upper() + words[1:]


@dataclass(frozen=True)
class MeetingPage:
    """The newest version, and the ones before it."""

    versions: list[Meeting]
    names: Names
    page: CasePage

    @classmethod
    def of(cls, versions: list[Meeting], page: CasePage) -> Self:
        """With the names of everybody in them."""
        return cls(versions, names_in(versions), page)

    @property
    def now(self) -> Meeting:
        """As it stands."""
        return self.versions[0]

    @property
    def when(self) -> str:
        """The time that holds; empty while there are only proposed ones."""
        return when_words(self.now.starts_at) if self.now.starts_at else ""

    @property
    def proposed(self) -> list[str]:
        """The times to choose from."""
        return [when_words(at) for at in self.now.proposed]

    @property
    def invited(self) -> list[str]:
        """Who is invited, as far as the reader may know them."""
        return self.names.of(self.now.units, self.now.guardians, youth=self.now.youth)

    @property
    def present(self) -> list[str]:
        """Who of them came."""
        now = self.now
        return self.names.of(now.present_units, now.present_guardians, youth=now.present_youth)

    @property
    def interpreter(self) -> str:
        """In which language, how, and whether one is booked; empty where none is needed."""
        now = self.now
        if not now.interpreter_language:
            return ""
        how = str(Meeting.Form(now.interpreter_form).label).lower()
        booked = _("booked") if now.interpreter_booked else _("not booked yet")
        return f"{now.interpreter_language}, {how}, {booked}"

    @property
    def may_arrange(self) -> bool:
        """Whether the reader changes it: it is still to be held, and hers to arrange."""
        return self.now.is_open and bool(self.page.may(Permission.ARRANGE_MEETING))

    @property
    def may_be_held(self) -> bool:
        """Its day has come."""
        at = self.now.starts_at
        return self.may_arrange and at is not None and dates.as_day(at) <= self.page.actor.today

    @property
    def earlier(self) -> list[tuple[str, Meeting]]:
        """What it was before, the latest first: its time in words."""
        return [
            (
                when_words(each.starts_at) if each.starts_at else "; ".join(map(when_words, each.proposed)),
                each,
            )
            for each in self.versions[1:]
        ]
