"""Words that several desk pages use: ages, consent, kinds of events."""

from __future__ import annotations

import uuid
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from access.policy import age_on
from cases.queries.head import ConsentHead
from consent.models import State
from kit import dates

MONTHS_UNTIL = 2


def age_words(born_on: date, today: date) -> str:
    """4 år; for the smallest in months; for the unborn the day expected."""
    if born_on > today:
        return _("expected %(date)s") % {"date": dates.in_words(born_on)}
    years = age_on(born_on, today)
    if years < MONTHS_UNTIL:
        months = (today.year - born_on.year) * 12 + today.month - born_on.month - (today.day < born_on.day)
        return ngettext("%(months)d month old", "%(months)d months old", months) % {"months": months}
    return ngettext("%(years)d year old", "%(years)d years old", years) % {"years": years}


def language_words(code: str) -> str:
    """A language as people call it; its code where it is none of the usual."""
    return {
        "sv": _("Swedish"),
        "en": _("English"),
        "ar": _("Arabic"),
        "so": _("Somali"),
        "ti": _("Tigrinya"),
        "uk": _("Ukrainian"),
        "fa": _("Persian"),
        "prs": _("Dari"),
        "ps": _("Pashto"),
        "ckb": _("Sorani"),
        "kmr": _("Kurmanji"),
        "ur": _("Urdu"),
        "am": _("Amharic"),
        "pl": _("Polish"),
    }.get(code, code)


def and_list(names: list[str] | tuple[str, ...]) -> str:
    """Anna, Ali och Bo."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def consent_words(head: ConsentHead) -> str:
    """How the consent stands, in words for the header."""
    if head.state == State.WAITING:
        if head.waiting_for:
            return _("Waiting for an answer from %(names)s") % {"names": and_list(head.waiting_for)}
        return _("Waiting for an answer")
    if head.state in {State.GIVEN, State.PARTLY}:
        return _given(head)
    words = {
        "": _("Not asked yet"),
        State.CONFLICT: _("The answers differ"),
        State.REFUSED: _("No"),
        State.WITHDRAWN: _("Taken back"),
        State.EXPIRED: _("Has ended"),
    }
    return words[State(head.state) if head.state else ""]


def _given(head: ConsentHead) -> str:
    word = _("Yes") if head.state == State.GIVEN else _("Yes to some")
    return f"{word}, {dates.through(head.ends_at)}" if head.ends_at else word


def after_of(request: HttpRequest) -> uuid.UUID | None:
    """The key of the last row of the page before, from the address; an id, never a name."""
    try:
        return uuid.UUID(request.GET["efter"])
    except (KeyError, ValueError):
        return None
