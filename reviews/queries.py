"""Reading a unit's reviews, and for those who follow them whether they are done."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Count, Q, QuerySet

from access.actor import Actor
from access.facts import ActionFacts
from access.permissions import Permission
from access.policy import decide
from access.roles import Role
from reviews.models import LogReview, ReviewedAccess
from reviews.rules import Judgement

FOLLOWERS = frozenset({Role.LEAD, Role.DATA_PROTECTION})


@dataclass(frozen=True)
class Progress:
    """A review and how far it has come. ``own`` are the reader's own accesses, which
    somebody else must judge."""

    review: LogReview
    taken: int
    drawn: int
    flagged: int
    judged: int
    asked: int
    misuse: int
    own: int

    @property
    def left(self) -> int:
        """How many are not judged."""
        return self.taken - self.judged

    @property
    def is_ready(self) -> bool:
        """Everything is judged, and nobody has signed."""
        return not self.left and self.review.signed_at is None


@dataclass(frozen=True)
class Opened:
    """One event of an access: when, and what kind of page; the reason that goes with it, if one does."""

    at: datetime
    kind: str
    action: str
    basis: str
    reason: str = ""


@dataclass(frozen=True)
class Followed:
    """A review that is late, or that nobody can do: ``why`` is then ``no_reviewer``, where the unit has no
    log reviewer, or ``her_own``, where what is left is what its only one has opened herself."""

    unit: str
    month: date
    due_on: date
    late: bool
    why: str


@dataclass(frozen=True)
class Figures:
    """A review as numbers."""

    unit: str
    month: date
    accesses: int
    taken: int
    drawn: int
    flagged: int
    judged: int
    asked: int
    misuse: int
    due_on: date
    signed_at: datetime | None


def reviews_of(actor: Actor) -> list[Progress]:
    """The reviews of the actor's unit, the latest month first: one statement."""
    return [_progress(review) for review in _counted(actor).order_by("-month")]


def review_of(review_id: uuid.UUID, actor: Actor) -> Progress | None:
    """One of them."""
    review = _counted(actor).filter(pk=review_id).first()
    return _progress(review) if review else None


def accesses_in(review: LogReview, actor: Actor) -> QuerySet[ReviewedAccess]:
    """What a review takes up, in the order in which it happened, with the readers' names."""
    found = ReviewedAccess.objects.filter(review__in=LogReview.objects.visible_to(actor), review=review)
    return found.select_related("account__staffmember", "judged_by__staffmember").order_by("no")


def events_of(access: ReviewedAccess) -> list[Opened]:
    """What was opened at one access."""
    with connection.cursor() as cursor:
        cursor.execute("select at, kind, action, basis, reason from access.review_events(%s)", [access.pk])
        return [Opened(*row) for row in cursor.fetchall()]


def reviews_to_follow(actor: Actor) -> list[Followed]:
    """Those that are late or that nobody can do, for the unit's arbetsledare and the dataskyddsombud."""
    if actor.role not in FOLLOWERS:
        return []
    with connection.cursor() as cursor:
        cursor.execute("select unit, month, due_on, late, why from access.reviews_to_follow()")
        return [Followed(*row) for row in cursor.fetchall()]


def figures(actor: Actor) -> list[Figures]:
    """How the reviews go, as numbers, for the dataskyddsombud: one statement."""
    if not decide(Permission.FOLLOW_REVIEWS, ActionFacts(role=actor.role)):
        return []
    with connection.cursor() as cursor:
        cursor.execute("select * from access.review_figures()")
        return [Figures(*row) for row in cursor.fetchall()]


def _counted(actor: Actor) -> QuerySet[LogReview]:
    judged = ~Q(reviewedaccess__judgement="")
    return (
        LogReview.objects.visible_to(actor)
        .select_related("unit", "signed_by__staffmember")
        .annotate(
            taken=Count("reviewedaccess"),
            drawn=Count("reviewedaccess", filter=Q(reviewedaccess__drawn=True)),
            flagged=Count("reviewedaccess", filter=~Q(reviewedaccess__flags=[])),
            judged=Count("reviewedaccess", filter=judged),
            asked=Count("reviewedaccess", filter=Q(reviewedaccess__judgement=Judgement.ASKED)),
            misuse=Count("reviewedaccess", filter=Q(reviewedaccess__judgement=Judgement.MISUSE)),
            own=Count(
                "reviewedaccess",
                filter=Q(reviewedaccess__account=actor.account_id, reviewedaccess__judgement=""),
            ),
        )
    )


def _progress(review: LogReview) -> Progress:
    names = ("taken", "drawn", "flagged", "judged", "asked", "misuse", "own")
    return Progress(review, **{name: getattr(review, name) for name in names})
