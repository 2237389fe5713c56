"""The demo's log reviews: made as beat makes them, an earlier month's signed, the latest begun."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from access.actor import acting_as
from access.policy import midnight
from agencies.models import Membership
from barnensbasta.demo.log import UNIT
from kit.working_days import add_working_days
from people.models import Account
from reviews.models import LogReview, ReviewedAccess
from reviews.queries import accesses_in
from reviews.rules import Judgement, month_before, month_of
from reviews.services import judge, make_reviews, sign

REVIEWER = "granskare"
# Where nobody has done the earlier month's, so that it is late.
LATE = "Socialtjänsten barn och unga"
JUDGED_ALREADY = 3
SIGNED_AFTER = 6  # working days
AT_WORK = timedelta(hours=10, minutes=20)  # after midnight


def review_log(today: date, *, using: str) -> None:
    """Two months' reviews. ``using`` is the loader's connection: it stands in for the county's
    other reviewers, who are nobody in the demo."""
    last = month_before(today)
    made_on = midnight(add_working_days(last, 1))
    at_work = made_on + AT_WORK
    make_reviews(month_before(last), at=made_on)
    make_reviews(last, at=midnight(add_working_days(month_of(today), 0)))
    accounts = Account.objects.using(using)
    reviewer = accounts.get(username=REVIEWER).pk
    others = LogReview.objects.using(using).exclude(unit__name__in=(UNIT, LATE))
    ReviewedAccess.objects.using(using).filter(review__in=others.values("pk")).update(
        judgement=Judgement.FINE, judged_by=reviewer, judged_at=at_work
    )
    others.update(signed_by=reviewer, signed_at=at_work)
    LogReview.objects.using(using).filter(unit__name=LATE, month=last).delete()
    _review_own(
        month_before(last),
        Membership.objects.using(using).get(account=reviewer),
        midnight(add_working_days(last, SIGNED_AFTER)) + AT_WORK,
    )
    _begin_own(last, Membership.objects.using(using).get(account=reviewer))


def _review_own(month: date, membership: Membership, at: datetime) -> None:
    """The earlier month: all fine but one that was asked about; signed."""
    with acting_as(membership.account_id, membership.pk, at=at) as actor:
        review = LogReview.objects.visible_to(actor).get(month=month)
        for number, access in enumerate(accesses_in(review, actor)):
            asked = number == 1
            judge(
                access=access,
                judgement=Judgement.ASKED if asked else Judgement.FINE,
                reason="Kollegan förberedde ett möte och behövde läsa igen." if asked else "",
                by=actor,
            )
        sign(review=review, by=actor)


def _begin_own(month: date, membership: Membership) -> None:
    """The latest month: a few are judged, most are left."""
    with acting_as(membership.account_id, membership.pk) as actor:
        review = LogReview.objects.visible_to(actor).get(month=month)
        for access in accesses_in(review, actor).filter(flags=[])[:JUDGED_ALREADY]:
            judge(access=access, judgement=Judgement.FINE, reason="", by=actor)
