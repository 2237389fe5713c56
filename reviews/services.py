"""Make the month's reviews, judge what is in one, sign it, and take it out as a file."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from access.actor import Actor, acting_as
from access.facts import ActionFacts
from access.permissions import Permission
from access.policy import decide
from access.words import require
from audit.services import record
from kit.errors import Refused
from reviews import rules
from reviews.models import LogReview, ReviewedAccess
from reviews.rules import Judgement

_MAKE = (
    "select access.reviews_make(%s::date, %s::date[], %s::text[], %s::integer, %s::integer, %s::numeric,"
    " %s::integer, %s::integer, %s::integer, %s::integer, %s::interval, %s::date)"
)


def make_reviews(month: date | None = None, *, at: datetime | None = None) -> int:
    """Make each unit's review of a month that is over, the latest if none is named; return how
    many. As nobody. Doing it again makes nothing: what chance drew stays drawn. ``at`` is for
    the demo, whose past is made in one go."""
    with acting_as(None, at=at) as nobody:
        month = month or rules.month_before(nobody.today)
        with connection.cursor() as cursor:
            cursor.execute(
                _MAKE,
                [
                    month, rules.days_off(month), [kind.value for kind in rules.ROUND_THE_CLOCK],
                    rules.FIRST_HOUR, rules.LAST_HOUR, rules.SHARE, rules.LEAST, rules.MOST,
                    rules.MANY_CHILDREN, rules.MANY_DENIALS, str(rules.DENIALS_WITHIN),
                    nobody.today + rules.DUE_AFTER,
                ],
            )  # fmt: skip
            (made,) = cursor.fetchone()
        if made:
            record(by=nobody, kind="write", action="reviews_made", month=month, count=made)
    return int(made)


def remind() -> int:
    """Queue the mails about reviews that wait; return how many. As nobody."""
    with acting_as(None), connection.cursor() as cursor:
        cursor.execute("select access.reviews_remind()")
        (queued,) = cursor.fetchone()
    return int(queued)


@transaction.atomic
def judge(*, access: ReviewedAccess, judgement: Judgement, reason: str, by: Actor) -> None:
    """Say what the reviewer found. Nobody judges what she opened herself."""
    _require(by)
    if access.account_id == by.account_id:
        raise Refused(_("You can't judge what you have opened yourself. Another log reviewer has to do it."))
    if judgement is not Judgement.FINE and not reason.strip():
        raise Refused(_("Write in a few words what you have found."), field="reason")
    changed = ReviewedAccess.objects.filter(pk=access.pk).update(
        judgement=judgement.value, reason=reason.strip(), judged_by_id=by.account_id, judged_at=by.at
    )
    if changed != 1:
        raise Refused(_("The review is signed. Nothing in it can be changed."))
    record(by=by, kind="write", action="access_judged", object=access.pk, judgement=judgement.value)


@transaction.atomic
def sign(*, review: LogReview, by: Actor) -> None:
    """Sign a review in which everything is judged; from then on it stays as it is."""
    _require(by)
    with connection.cursor() as cursor:
        cursor.execute("select access.review_sign(%s)", [review.pk])
        (signed,) = cursor.fetchone()
    if not signed:
        raise Refused(_("The review can be signed when everything in it is judged, and only once."))
    record(by=by, kind="write", action="review_signed", object=review.pk)


def _require(by: Actor) -> None:
    require(decide(Permission.REVIEW_LOG, ActionFacts(role=by.role)))
