"""The outbox: what is to be sent or made in the background, and what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kit.identity import Identified


class Outbox(Identified):
    """One piece of background work, claimed with a lease by the beat sweep.

    ``key`` makes a piece of work unique for its recipient, so that asking
    twice does it once. ``subject`` is the id of what it is about; neither may
    say anything of a person. The web writes these rows and never talks to
    Redis.
    """

    class Kind(models.TextChoices):
        NEWS_MAIL = "news_mail", _("Something new to read")
        DIGEST_MAIL = "digest_mail", _("Reminders of the day")
        PLAN_DOCUMENT = "plan_document", _("The plan as PDF")
        REVIEW_MAIL = "review_mail", _("A log review waits")
        EMERGENCY_MAIL = "emergency_mail", _("A nödöppning to review")

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    unit = models.UUIDField(null=True, blank=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    key = models.CharField(max_length=200)
    subject = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recipient", "kind", "key"], name="outbox_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=models.Q(done_at__isnull=True), name="outbox_waiting")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Reminder(Identified):
    """That a recipient has been told of one due thing at one stage.

    The pair never repeats, so that no reminder stands in two digests.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    subject = models.UUIDField()
    stage = models.CharField(max_length=24)
    due_on = models.DateField()
    digest = models.ForeignKey(Outbox, models.CASCADE)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recipient", "subject", "due_on", "stage"], name="reminder_once")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Delivery(Identified):
    """One attempt to do a piece of work and how it ended, without content.

    It says itself for whom, of which kind and about what, because it is kept
    as a log long after the piece of work is gone from the outbox.
    """

    class Result(models.TextChoices):
        SENT = "sent", _("Sent")
        DROPPED = "dropped", _("No longer concerned")
        FAILED = "failed", _("Failed")

    outbox = models.ForeignKey(Outbox, models.SET_NULL, null=True, blank=True)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    kind = models.CharField(max_length=16, choices=Outbox.Kind.choices)
    subject = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()
    result = models.CharField(max_length=8, choices=Result.choices)
    message_id = models.CharField(max_length=200, blank=True)
    error = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return str(self.pk)


class Heartbeat(models.Model):
    """When background work last ran, so that the web knows without asking Redis."""

    name = models.CharField(max_length=16, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
