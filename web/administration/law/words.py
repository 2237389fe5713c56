"""A version of a legal ground in words, and how it differs from the one that it replaces."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from access.law import Need, Party, Second
from access.law_words import PARTIES, SECONDS
from agencies.models import StaffMember
from cases.queries.entries import Change, word_changes
from consent.models import LegalBasis, Standing
from kit import dates

NEEDS: dict[Need, str | Promise] = {
    Need.CONSENT: pgettext_lazy("filled in", "A consent in force"),
    Need.SENTENCE: pgettext_lazy("filled in", "Why nobody is harmed"),
    Need.NECESSITY: pgettext_lazy("filled in", "Why the own task can't be done without it"),
    Need.WEIGHING: pgettext_lazy("filled in", "Why the interest obviously weighs heavier"),
    Need.DUTY: pgettext_lazy("filled in", "Which law says that it is to be given"),
    Need.SUPPORT: pgettext_lazy("filled in", "Which care or support it is needed for"),
    Need.RISK: pgettext_lazy("filled in", "The concrete risk of offending"),
    Need.VIOLENCE: pgettext_lazy("filled in", "The concrete risk of violence"),
    Need.INTERVENTION: pgettext_lazy("filled in", "What is to be stopped, or which offence it is about"),
    Need.PURPOSE: pgettext_lazy("filled in", "The purpose, and why nothing weighs heavier against it"),
}
NOBODY_SIGNS = gettext_lazy("Nobody but the one who decides.")


@dataclass(frozen=True)
class Line:
    """One thing that a version says; ``changes`` is how that differs from the version before: word
    by word, or, of a list, one by one."""

    term: str
    now: str
    changes: tuple[Change, ...] = ()
    is_list: bool = False


@dataclass(frozen=True)
class Judged:
    """A version in a list: what it is, from when, who proposed it, and what became of it."""

    no: int
    state: str
    kind: str
    since: str
    proposed: str
    outcome: str
    because: str = ""


def lines_of(row: LegalBasis, before: LegalBasis | None = None) -> list[Line]:
    """What a version says, and what the one before said where that is something else."""
    return [
        _line(term, says(row), says(before) if before else None)
        for term, says in (
            (_("Name"), lambda one: one.name),
            (_("Text"), lambda one: one.text),
            (_("Paragraph"), lambda one: one.provision),
            (_("Whose secrecy it lifts"), lambda one: _parties(one.owners)),
            (_("Who may be shown it"), lambda one: _parties(one.recipients)),
            (_("What must be filled in"), lambda one: [str(NEEDS[n]) for n in Need if n.value in one.needs]),
            (_("Within one authority only"), lambda one: _("Yes") if one.same_authority else _("No")),
            (_("Until the child's age"), lambda one: _age(one.child_under)),
            (_("Who signs besides"), lambda one: str(SECONDS.get(Second(one.second), NOBODY_SIGNS))),
            (_("Offered to lawyers only"), lambda one: _("Yes") if one.lawyer_only else _("No")),
        )
    ]


def starts(row: LegalBasis, today: date) -> str:
    """From when it holds, or would if it were signed."""
    if row.standing != Standing.DECIDED:
        if row.starts_on <= today:
            return _("From the signature.")
        return _("From %(day)s, if it is signed by then; else from the signature.") % {
            "day": dates.in_words(row.starts_on)
        }
    begins = max(row.starts_on, dates.as_day(row.signed_at)) if row.signed_at else row.starts_on
    return _("From %(day)s.") % {"day": dates.in_words(begins)}


def names_of(rows: Iterable[LegalBasis]) -> dict[uuid.UUID, str]:
    """What those are called who have proposed and judged. One statement."""
    people = {
        person
        for row in rows
        for person in (row.proposed_by_id, row.signed_by_id, row.declined_by_id)
        if person
    }
    return dict(StaffMember.objects.filter(account__in=people).values_list("account", "name"))


def judged(row: LegalBasis, names: dict[uuid.UUID, str], *, in_force: LegalBasis, today: date) -> Judged:
    """A version as one of the ground's history."""
    state, kind = _state(row, in_force)
    return Judged(
        no=row.no,
        state=state,
        kind=kind,
        since=starts(row, today),
        proposed=_by(_("Proposed by %(name)s, %(date)s."), row.proposed_by_id, row.proposed_at, names)
        or _("Came with the installation."),
        outcome=_by(_("Signed by %(name)s, %(date)s."), row.signed_by_id, row.signed_at, names)
        or _by(_("Declined by %(name)s, %(date)s."), row.declined_by_id, row.declined_at, names),
        because=row.declined_because,
    )


def _state(row: LegalBasis, in_force: LegalBasis) -> tuple[str, str]:
    if row.pk == in_force.pk:
        return _("In force"), "success"
    if row.standing == Standing.DECLINED:
        return _("Declined"), "closed"
    if row.standing == Standing.WAITING:
        return _("Waits for a lawyer"), "waiting"
    return (_("Begins later"), "info") if row.no > in_force.no else (_("Replaced"), "closed")


def _by(sentence: str, who: uuid.UUID | None, when: object, names: dict[uuid.UUID, str]) -> str:
    return sentence % {"name": names.get(who, ""), "date": dates.in_words(when)} if who else ""  # type: ignore[arg-type]


def _line(term: str, now: str | list[str], before: str | list[str] | None) -> Line:
    text = now if isinstance(now, str) else "; ".join(now) or _("Nothing")
    if before is None or before == now:
        return Line(term, text)
    if isinstance(before, str) or isinstance(now, str):
        return Line(term, text, tuple(word_changes(str(before), str(now))))
    every = [*before, *(one for one in now if one not in before)]
    return Line(term, text, tuple(Change(_kind(one, before, now), one) for one in every), is_list=True)


def _kind(one: str, before: list[str], now: list[str]) -> str:
    return "same" if one in before and one in now else "removed" if one in before else "added"


def _parties(codes: list[str]) -> list[str]:
    return [str(PARTIES[party]) for party in Party if party.value in codes]


def _age(years: int | None) -> str:
    return _("Until the child is %(years)s") % {"years": years} if years else _("At any age")
