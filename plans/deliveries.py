"""What the outbox does for a recipient, acting as her: mails and the plan's document.

Each looks anew at what she may see when it runs, however long the work waited, and is
dropped where there is nothing left.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import date
from functools import partial

from django.db import connection
from django.db.models import Q, QuerySet

from access.actor import Actor
from access.clock import access_at
from agencies.models import StaffMember
from audit.services import record
from cases.models import Case, Invitation, Signal, Version
from consent.models import Consent
from kit import pdf
from kit.dates import as_day
from notices import mail
from notices.services import move_digest, note_reminders
from notices.work import Handler, Outcome, Work, dropped, sent
from people.models import Child, Guardian, YouthContact
from plans.document import context_of
from plans.models import Document, PlanVersion, Release
from plans.reminders import Due, Kind, Reminder, new_reminders


def send_news(work: Work, actor: Actor) -> Outcome:
    """Tell the recipient that there is something to read, if there still is for her."""
    if _is_quiet(work.subject):
        return dropped("quiet")
    if not _is_readable(work.subject, actor):
        return dropped("nothing_to_see")
    return _send(work, actor, "news")


def send_digest(work: Work, actor: Actor, *, exactly: date | None = None) -> Outcome:
    """Tell the recipient once of all that is due for her now.

    A digest that waited is that of the day on which it is sent. ``exactly`` keeps it that
    of another day: the command's ``--as-of``.
    """
    on = exactly or max(date.fromisoformat(work.key), actor.today)
    if not move_digest(digest=work.id, day=on):
        return dropped("has_one_for_the_day")
    if actor.is_family or not _address(actor):
        # Without noting it: her reminders are not used up by a mail that was never sent.
        return dropped("no_address")
    items = json.dumps([_item(reminder) for reminder in reminders_due(on)])
    if not note_reminders(digest=work.id, items=items):
        return dropped("nothing_due")
    return _send(work, actor, "digest")


def send_emergency(work: Work, actor: Actor) -> Outcome:
    """Tell a reviewer that there is a nödöppning to review, if there still is for her."""
    with connection.cursor() as cursor:
        cursor.execute("select access.emergency_concerns_me(%s)", [work.subject])
        (concerns,) = cursor.fetchone()
    return _send(work, actor, "emergency") if concerns else dropped("nothing_to_see")


def send_digest_of(day: date) -> Handler:
    """As :func:`send_digest`, for exactly that day."""
    return partial(send_digest, exactly=day)


def make_document(work: Work, actor: Actor) -> Outcome:
    """Render the released version as the recipient may see it, and keep the PDF.

    One that was emptied is made again in its place, as of the day it bore: a new date would
    tell that something has been hidden since (OSL 12:3).
    """
    if _is_quiet(work.subject):
        return dropped("quiet")
    with connection.cursor() as cursor:
        cursor.execute("select access.document_alone(%s)", [work.subject])
    release = _releases_to(actor).filter(pk__in=[work.subject]).first()
    if release is None:
        return dropped("not_released")
    document = Document.objects.filter(release=release, pages=0).first() or Document(
        release=release, rendered_at=actor.at
    )
    made = pdf.render("pdf/plan.html", context_of(release, actor, on=as_day(document.rendered_at)))
    document.pdf, document.pages = made, made.pages
    document.sha256 = hashlib.sha256(made).hexdigest()
    if document._state.adding:
        document.save(force_insert=True)
    else:
        document.save(update_fields=["pdf", "sha256", "pages"])
    record(
        by=actor, kind="write", action="document_made",
        child=release.case.child_id, case=release.case_id, object=document.pk,
    )  # fmt: skip
    return sent()


def reminders_due(on: date) -> list[Reminder]:
    """What is new to be reminded of on a day: the actor's own, and everybody's as nobody."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select account, subject, kind, due_on, as_lead, told from access.due_reminders(%s)", [on]
        )
        rows = cursor.fetchall()
    due = [
        Due(account, subject, Kind(kind), due_on, as_lead, frozenset(told))
        for account, subject, kind, due_on, as_lead, told in rows
    ]
    return new_reminders(due, on)


def _send(work: Work, actor: Actor, template: str) -> Outcome:
    address = _address(actor)
    if not address:
        return dropped("no_address")
    return sent(mail.send(to=address, template=template, work=work.id))


def _address(actor: Actor) -> str:
    """The recipient's own address, read as herself: the work address of staff, a guardian's
    or a youth's own."""
    person: Guardian | YouthContact | StaffMember | None
    if actor.guardian_id:
        person = Guardian.objects.filter(pk=actor.guardian_id).first()
    elif actor.is_family:
        person = YouthContact.objects.filter(pk=actor.child_id).first()
    else:
        person = StaffMember.objects.filter(pk__in=[actor.account_id]).first()
    return person.email if person else ""


def _releases_to(actor: Actor) -> QuerySet[Release]:
    """Releases in force to the actor, as guardian and as youth."""
    mine = Release.objects.filter(
        valid__contains=access_at(), version__in=PlanVersion.objects.agreed().visible_to(actor)
    ).select_related("case", "version__plan")
    to_me = Q(to_guardian=actor.guardian_id) if actor.guardian_id else Q(pk__in=[])
    if actor.child_id:
        to_me |= Q(to_child=actor.child_id)
    return mine.filter(to_me)


def _is_quiet(subject: uuid.UUID | None) -> bool:
    """Whether it is about a case that is closed to all but named staff: nothing is ever sent."""
    if subject is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute("select access.is_quiet(%s)", [subject])
        (quiet,) = cursor.fetchone()
    return bool(quiet)


def _is_readable(subject: uuid.UUID | None, actor: Actor) -> bool:
    """Whether what the mail is about is there to be read by the actor now.

    Without a subject: whether she is still somebody's guardian, or works anywhere.
    """
    if subject is None:
        return actor.unit_id is not None or Child.objects.of_guardian(actor).exists()
    return any(
        found.filter(pk=subject).exists()
        for found in (
            _releases_to(actor),
            PlanVersion.objects.visible_to(actor),
            Version.objects.visible_to(actor),
            Case.objects.visible_to(actor),
            Signal.objects.visible_to(actor),
            # Row-level security alone says whose these are.
            Consent.objects.all(),
            Invitation.objects.filter(taken_by=None),
        )
    )


def _item(reminder: Reminder) -> dict[str, str]:
    return {"subject": str(reminder.subject), "due_on": reminder.due_on.isoformat(), "stage": reminder.stage}
