"""A unit's monthly review of its log, and the accesses that it takes up."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from access.actor import Actor
from access.roles import Role
from agencies.models import Unit
from kit.identity import Identified
from reviews.rules import Flag, Judgement


class LogReviewQuerySet(models.QuerySet["LogReview"]):
    """Reviews, in the field's words."""

    def visible_to(self, actor: Actor) -> LogReviewQuerySet:
        """A review is hers if, and only if, she is log reviewer of its unit now."""
        if actor.role is not Role.LOG_REVIEWER:
            return self.none()
        return self.filter(unit__membership=actor.membership_id)


class LogReview(Identified):
    """What a unit's staff opened in one month, to be judged and signed.

    Made by ``access.reviews_make`` alone. ``seed`` is what chance was drawn with: whoever
    has it and the log can draw the same again. ``accesses`` is how many there were to draw from.
    """

    unit = models.ForeignKey(Unit, models.PROTECT)
    month = models.DateField()
    seed = models.CharField(max_length=32)
    accesses = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    due_on = models.DateField()
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[LogReview]] = models.Manager.from_queryset(LogReviewQuerySet)()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "month"], name="one_review_a_month")]

    def __str__(self) -> str:
        return str(self.pk)


class ReviewedAccess(Identified):
    """All that one person opened in one case on one day, and what the reviewer found.

    ``subject`` is the case, or the signal that had none, or nothing where she was turned away many
    times that day, from whatever it was; the child is nowhere here. ``events``
    are the log's own rows, ``drawn`` says that chance took it, ``flags`` which rules did, and
    ``children`` how many she opened that day. The family names behind a flag were compared in
    the database and are not kept.
    """

    review = models.ForeignKey(LogReview, models.CASCADE)
    no = models.PositiveIntegerField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=24)
    subject = models.UUIDField(null=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    events = ArrayField(models.UUIDField())
    drawn = models.BooleanField()
    flags = ArrayField(models.CharField(max_length=16, choices=Flag.choices))
    children = models.PositiveIntegerField()
    judgement = models.CharField(max_length=8, choices=Judgement.choices, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "no"], name="access_numbered_in_its_review"),
            models.CheckConstraint(
                name="judged_by_somebody_else",
                condition=Q(judged_by__isnull=True) | ~Q(judged_by=models.F("account")),
            ),
            models.CheckConstraint(
                name="judged_with_a_reason",
                condition=Q(judgement__in=("", Judgement.FINE)) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
