"""A proposed role in words: who, what, when, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from access.actor import Actor
from agencies.models import Appointment
from agencies.queries import Proposed
from kit import dates

KINDS = {
    "": "waiting",
    Appointment.Outcome.CONFIRMED: "success",
    Appointment.Outcome.DECLINED: "closed",
    Appointment.Outcome.TAKEN_BACK: "closed",
}


@dataclass(frozen=True)
class Line:
    """A proposal as one of a list."""

    href: str
    title: str
    meta: str
    state: str
    kind: str


def waiting_line(proposed: Proposed, actor: Actor) -> Line:
    """One that waits: for the reader, or for another than her."""
    row = proposed.appointment
    hers = actor.account_id not in (row.proposed_by_id, row.account_key)
    state = _("Waits for you") if hers else _("Waits for another person")
    return _line(proposed, told(proposed), state)


def decided_line(proposed: Proposed) -> Line:
    """One that is over, with what became of it."""
    return _line(proposed, ended(proposed), str(proposed.appointment.get_outcome_display()))


def told(proposed: Proposed) -> str:
    """Who proposed it, and when."""
    row = proposed.appointment
    return _("Proposed by %(name)s, %(date)s.") % {
        "name": proposed.proposed_by,
        "date": dates.in_words(row.proposed_at),
    }


def ended(proposed: Proposed) -> str:
    """Who decided on it, and when; nothing while it waits."""
    row = proposed.appointment
    sentences = {
        Appointment.Outcome.CONFIRMED: _("Confirmed by %(name)s, %(date)s."),
        Appointment.Outcome.DECLINED: _("Declined by %(name)s, %(date)s."),
        Appointment.Outcome.TAKEN_BACK: _("Taken back by %(name)s, %(date)s."),
    }
    if not row.outcome or row.decided_at is None:
        return ""
    about = {"name": proposed.decided_by, "date": dates.in_words(row.decided_at)}
    return sentences[Appointment.Outcome(row.outcome)] % about


def period(row: Appointment) -> str:
    """From which day, through which."""
    if row.last_on is None:
        return _("From %(day)s.") % {"day": dates.in_words(row.starts_on)}
    days = {"first": dates.in_words(row.starts_on), "last": dates.in_words(row.last_on)}
    return _("From %(first)s through %(last)s.") % days


def _line(proposed: Proposed, meta: str, state: str) -> Line:
    row = proposed.appointment
    what = _("%(name)s, %(role)s") % {"name": proposed.name, "role": row.get_role_display()}
    return Line(
        href=f"/nya-roller/{row.pk}/",
        title=what,
        meta=f"{row.unit.name}. {meta}",
        state=capfirst(state),
        kind=KINDS[row.outcome],
    )
