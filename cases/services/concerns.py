"""A unit notes that it made or considered an orosanmälan (SoL 19:1). Nothing is sent by it.

The notification is made to socialtjänsten by telephone or its e-service, outside this system,
without anybody's consent. Here stands for the unit itself that, when and why, and which of the
three lawful answers came back.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from access.actor import Actor
from access.permissions import Permission
from audit.services import record
from cases.facts import standing
from cases.models import Case, Concern
from kit.errors import Conflict, Refused

LONGEST_REASON = 8_000


@dataclass(frozen=True)
class ConcernText:
    """What is noted. ``consulted``: social services were asked without a name being said.
    ``reply``: what they answered whoever made it, and when."""

    what: str
    happened_on: date
    reason: str
    consulted: bool = False
    reply: str = ""
    reply_on: date | None = None


@transaction.atomic
def note_concern(*, case: Case, text: ConcernText, by: Actor) -> Concern:
    """A first version. Needs no consent, and no question to anybody."""
    standing(case.pk, by).require(Permission.WRITE_ENTRY)
    _check(text, by)
    return _add(case, uuid.uuid4(), 1, text, by)


@transaction.atomic
def correct_concern(*, concern: Concern, text: ConcernText, by: Actor) -> Concern:
    """One more version; the one before it stays. Also for the answer that came later.

    ``concern`` is the version that the writer started from; if somebody else has written one
    meanwhile, :class:`Conflict` says who.
    """
    standing(concern.case_id, by).require(Permission.WRITE_ENTRY)
    _check(text, by)
    try:
        with transaction.atomic():
            newest = Concern.objects.visible_to(by).filter(note=concern.note).order_by("-no").first()
            if newest is None or newest.no != concern.no:
                raise Conflict(newest.author_name if newest else "")
            return _add(concern.case, concern.note, concern.no + 1, text, by)
    except IntegrityError:
        raise Conflict("") from None


def _check(text: ConcernText, by: Actor) -> None:
    if text.what not in Concern.What.values:
        raise Refused(_("Choose whether you made one or considered it."), field="what")
    if text.happened_on > by.today:
        raise Refused(_("The day can't be in the future."), field="happened_on")
    if not text.reason.strip():
        raise Refused(_("Write why."), field="reason")
    if len(text.reason) > LONGEST_REASON:
        raise Refused(
            _("The text is too long. Shorten it to %(number)d characters.") % {"number": LONGEST_REASON},
            field="reason",
        )
    if not text.reply:
        return
    if text.what != Concern.What.MADE or text.reply not in Concern.Reply.values:
        raise Refused(_("Only an orosanmälan that was made is answered."), field="reply")
    if text.reply_on is None or not text.happened_on <= text.reply_on <= by.today:
        raise Refused(_("Fill in the day of the answer: not before the notification, not to come."),
                      field="reply_on")  # fmt: skip


def _add(case: Case, note: uuid.UUID, no: int, text: ConcernText, by: Actor) -> Concern:
    account, unit = by.writes_as
    made = Concern.objects.create(
        note=note,
        no=no,
        case=case,
        owner_unit_id=unit,
        what=text.what,
        happened_on=text.happened_on,
        reason=text.reason,
        consulted=text.consulted,
        reply=text.reply,
        reply_on=text.reply_on if text.reply else None,
        author_id=account,
        author_name=by.name,
        author_title=by.title,
        written_at=by.at,
    )
    # Named by the case alone: nothing that is kept of the child's own log tells of it.
    record(by=by, kind="write", action="concern_noted", case=case.pk, object=made.pk)
    return made
