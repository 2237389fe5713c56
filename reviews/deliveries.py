"""The mail that says that a review waits, and nothing of it."""

from __future__ import annotations

from django.db import connection

from access.actor import Actor
from agencies.models import StaffMember
from notices import mail
from notices.work import Outcome, Work, dropped, sent


def send_review(work: Work, actor: Actor) -> Outcome:
    """Tell a reviewer that there is a review, or those who follow it that it is late, if that
    still is so when the mail is sent."""
    with connection.cursor() as cursor:
        cursor.execute("select access.review_concerns_me(%s)", [work.subject])
        (concerns,) = cursor.fetchone()
    if not concerns:
        return dropped("nothing_waits")
    colleague = StaffMember.objects.filter(pk=actor.account_id).first()
    if colleague is None or not colleague.email:
        return dropped("no_address")
    return sent(mail.send(to=colleague.email, template="review", work=work.id))
