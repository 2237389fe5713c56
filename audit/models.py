"""Append-only events: who did or read what, where, when and why."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models


class Event(models.Model):
    """One event of the chain. It holds ids, never names, numbers or content.

    Written only by the definer ``access.audit_append``; ``digest`` is the
    SHA-256 of the previous event's digest and this row's canonical text.
    """

    class Kind(models.TextChoices):
        READ = "read"
        WRITE = "write"
        DENIED = "denied"
        SIGN_IN = "sign_in"

    sequence = models.BigAutoField(primary_key=True)
    id = models.UUIDField(default=uuid.uuid4, unique=True)
    at = models.DateTimeField()
    account = models.UUIDField(null=True)
    unit = models.UUIDField(null=True)
    role = models.CharField(max_length=24, blank=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    action = models.CharField(max_length=64)
    child = models.UUIDField(null=True)
    case = models.UUIDField(null=True)
    object = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)
    request = models.UUIDField(null=True)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["child", "at"], name="event_of_child"),
        ]

    def __str__(self) -> str:
        return str(self.id)
