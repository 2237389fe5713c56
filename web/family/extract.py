"""Loggutdrag: who has read, for a period, on paper (PDL 8:5; GDPR art. 15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.queries.readings import Reading, readings_of
from kit import dates, pdf
from kit.forms import BaseForm, DateField
from web.family.page import FamilyPage

# More lines than this take too long to draw while somebody waits, and nobody reads them.
MOST_LINES = 400


class PeriodForm(BaseForm):
    """From and up to which day. Both may be empty: then everything."""

    fran = DateField(
        label=gettext_lazy("From"),
        required=False,
        help_text=gettext_lazy("Leave it empty to begin with the oldest."),
    )
    till = DateField(
        label=gettext_lazy("Up to and including"),
        required=False,
        help_text=gettext_lazy("Leave it empty to end with today."),
    )

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("fran"), cleaned.get("till")
        if first and last and last < first:
            raise ValidationError({"till": _("The last day can't be before the first day")})
        return cleaned

    @property
    def chosen(self) -> Chosen:
        """The period, once valid; everything where nothing was chosen."""
        data = getattr(self, "cleaned_data", {}) if self.is_bound and self.is_valid() else {}
        return Chosen(data.get("fran"), data.get("till"))


@dataclass(frozen=True)
class Chosen:
    """A period as somebody chose it: its first and its last day."""

    first: date | None = None
    last: date | None = None

    @property
    def period(self) -> tuple[datetime | None, datetime | None]:
        """Half-open, from midnight to midnight in Sweden."""
        starts = dates.midnight(self.first) if self.first else None
        return starts, dates.midnight(dates.day_after(self.last)) if self.last else None

    @property
    def query(self) -> str:
        """As an address holds it, to go on with."""
        parts = [("fran", self.first), ("till", self.last)]
        return "".join(f"&{name}={day.isoformat()}" for name, day in parts if day)

    def in_words(self, today: date) -> str:
        """The period for the head of the paper."""
        last = dates.in_words(self.last or today)
        if self.first is None:
            return _("From the beginning, up to and including %(last)s") % {"last": last}
        return _("From %(first)s, up to and including %(last)s") % {
            "first": dates.in_words(self.first),
            "last": last,
        }


class TooMuch(Exception):
    """More than a paper is made of."""


def paper_of(page: FamilyPage, chosen: Chosen) -> pdf.Pdf:
    """The extract as a PDF, made while the reader waits and kept nowhere."""
    found = readings_of(page.child.pk, page.actor, most=MOST_LINES, period=chosen.period)
    if found.more:
        raise TooMuch
    return pdf.render("pdf/log_extract.html", context_of(page, chosen, found.rows))


def context_of(page: FamilyPage, chosen: Chosen, rows: list[Reading]) -> dict[str, Any]:
    """What the template shows."""
    contact = page.overview.contact if page.overview else None
    return {
        "name": page.name,
        "reader": page.actor.name,
        "is_me": page.is_me,
        "made": dates.instant(page.actor.at),
        "period": chosen.in_words(page.actor.today),
        "rows": rows,
        "contact": contact,
        "language": settings.LANGUAGE_CODE,
        "direction": "ltr",
        "footer": _("Barnens bästa. Who has read, as it was on %(date)s.")
        % {"date": dates.in_words(page.actor.at)},
    }
