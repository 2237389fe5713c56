"""Write and correct what a unit knows. Saving is sharing: the save is the
owner's decision on that very version, and nothing opens by itself (R2.2)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from access.actor import Actor
from audit.services import record
from cases.models import Case, Disclosure, Entry, Version
from cases.queries.audience import Audience as Audience
from cases.services.disclosing import disclose, require_to_show, tell_shown
from cases.services.drafts import discard_draft
from cases.wheel import FIRST_EDITION, HIGHEST, LOWEST, Wheel
from cases.wheel_words import Asked, words_of
from consent.models import Category
from kit import dates
from kit.errors import Conflict, Refused

LONGEST_TEXT = 20_000
LONGEST_SECTOR_TEXT = 2_000
EARLIEST = timedelta(days=366)  # before birth: what maternity care may have written


@dataclass(frozen=True)
class Written:
    """The content of a version. ``data`` holds a wheel or an outcome."""

    kind: str
    body: str
    happened_on: date
    category: str = Category.BASIS
    data: dict[str, Any] = field(default_factory=dict)
    beyond_consent: bool = False


@transaction.atomic
def write_entry(*, case: Case, written: Written, audience: Audience, by: Actor) -> Version:
    """Save a new entry of the actor's unit and show it to its audience."""
    require_to_show(case.pk, audience, by)
    _check(written, case, by)
    account, unit = _acting(by)
    entry = Entry.objects.create(
        case=case,
        owner_unit_id=unit,
        kind=written.kind,
        happened_on=written.happened_on,
        created_by_id=account,
        created_at=by.at,
    )
    version = _new_version(entry, 1, written, by)
    made = disclose(version=version, case=case, audience=audience, by=by)
    _tell_written("entry_written", version, case, made, by)
    discard_draft(case_id=case.pk, target=draft_target(written.kind), by=by)
    return version


@transaction.atomic
def correct_entry(*, entry: Entry, written: Written, audience: Audience, based_on: int, by: Actor) -> Version:
    """Save a corrected version. Those not shown it keep the one they have.

    ``based_on`` is the version number the writer started from; if somebody
    else has saved meanwhile, nothing is overwritten and :class:`Conflict` says
    who and when. Kind and, of a wheel, perspective stay as they were: a
    child's own words never become something else.
    """
    require_to_show(entry.case_id, audience, by)
    if entry.owner_unit_id != by.unit_id:
        raise Refused(_("Only the unit that wrote this can correct it."))
    _check(written, entry.case, by)
    newest = Version.objects.filter(entry=entry).order_by("-no").first()
    if newest is None or newest.no != based_on:
        raise Conflict(_by_whom(newest))
    if written.kind != entry.kind or _perspective(written.data) != _perspective(newest.data):
        raise Refused(_("What kind of note it is can't be changed. Write a new one."))
    version = _next_version(entry, based_on + 1, written, by)
    made = disclose(version=version, case=entry.case, audience=audience, by=by)
    _tell_written("entry_corrected", version, entry.case, made, by)
    discard_draft(case_id=entry.case_id, target=f"correct:{entry.pk}", by=by)
    return version


def draft_target(kind: str) -> str:
    """The name of the form that a new entry of this kind is typed into."""
    return "wheel:new" if kind == Entry.Kind.WHEEL else "entry:new"


# --- What may be written ------------------------------------------------------------


def _acting(by: Actor) -> tuple[uuid.UUID, uuid.UUID]:
    """Account and unit of whoever works for a unit; nobody else comes this far."""
    if by.account_id is None or by.unit_id is None:
        raise Refused(_("Only those who work for a unit can write."))
    return by.account_id, by.unit_id


def _check(written: Written, case: Case, by: Actor) -> None:
    """The content is whole and believable, whatever the form let through."""
    if written.kind not in Entry.Kind.values or written.category not in Category.values:
        raise Refused(_("That kind of note does not exist."))
    if written.happened_on > by.today:
        raise Refused(_("The day can't be in the future."), field="happened_on")
    if written.happened_on < case.child.born_on - EARLIEST:
        raise Refused(_("The day is before the child was born. Check the year."), field="happened_on")
    _check_text(written.body, LONGEST_TEXT)
    if written.kind == Entry.Kind.WHEEL:
        _check_wheel(written.data)
    elif not written.body.strip():
        raise Refused(_("Write what you want to save."), field="body")


def _check_wheel(data: dict[str, Any]) -> None:
    try:
        wheel = Wheel.of(data)
    except (KeyError, TypeError, ValueError):
        raise Refused(_("Choose who tells about the wheel."), field="speaker") from None
    if wheel.edition != FIRST_EDITION and wheel.edition not in words_of([wheel]):
        raise Refused(_("The wheel is worded in another way now. Read it again and save."))
    if wheel.asked not in Asked.values:
        raise Refused(_("Choose a version of the wheel."), field="asked")
    for score in wheel.scores:
        if score.value is not None and score.value not in range(LOWEST, HIGHEST + 1):
            raise Refused(_("Choose a number from 1 to 5, or not talked about."))
        _check_text(score.works, LONGEST_SECTOR_TEXT)
        _check_text(score.hard, LONGEST_SECTOR_TEXT)


def _check_text(text: str, longest: int) -> None:
    if len(text) > longest:
        raise Refused(_("The text is too long. Shorten it to %(number)d characters.") % {"number": longest})
    if "\x00" in text:
        raise Refused(_("The text holds a character that can't be saved."))


def _perspective(data: dict[str, Any]) -> str:
    return str(data.get("perspective", ""))


def _by_whom(newest: Version | None) -> str:
    if newest is None:
        return ""
    return _("%(name)s corrected this %(when)s.") % {
        "name": newest.author_name,
        "when": dates.instant(newest.written_at),
    }


# --- Versions -----------------------------------------------------------------------


def _next_version(entry: Entry, no: int, written: Written, by: Actor) -> Version:
    """One more version; whoever came first at the very same moment keeps hers."""
    try:
        with transaction.atomic():
            return _new_version(entry, no, written, by)
    except IntegrityError:
        raise Conflict(_by_whom(Version.objects.filter(entry=entry, no=no).first())) from None


def _new_version(entry: Entry, no: int, written: Written, by: Actor) -> Version:
    return Version.objects.create(
        entry=entry,
        case_id=entry.case_id,
        owner_unit_id=entry.owner_unit_id,
        no=no,
        kind=written.kind,
        category=written.category,
        body=written.body,
        data=written.data,
        beyond_consent=written.beyond_consent,
        author_id=_acting(by)[0],
        author_name=by.name,
        author_title=by.title,
        unit_name=by.unit_name,
        happened_on=written.happened_on,
        written_at=by.at,
    )


def _tell_written(action: str, version: Version, case: Case, made: list[Disclosure], by: Actor) -> None:
    """The events of a save: what was written, and to whom it was shown."""
    record(by=by, kind="write", action=action, child=case.child_id, case=case.pk, object=version.pk)
    tell_shown(version, case, made, by)
