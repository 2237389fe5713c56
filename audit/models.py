"""Append-only events: who did or read what, where, when and why."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models


class Event(models.Model):
    """One event of the chain. It holds ids, never names, numbers or content.

    Written only by the definer ``access.audit_append``. Each day's events are
    numbered from 1 without a gap. ``digest`` is the SHA-256 of the digest of the
    event before, over midnight too, and this row's canonical text, which the
    function ``access_owner.audit_line`` makes of all its other columns. ``detail`` says what
    a kind needs besides: the basis on which something could be read or was shown, the
    disclosure, a reason's code.
    """

    class Kind(models.TextChoices):
        READ = "read"  # a page that shows something
        PRINT = "print"  # a page made for paper
        EXPORT = "export"  # a file that leaves the system: a PDF, a list
        EMERGENCY = "emergency"  # nödöppning: one's own unit's case, without being assigned
        WRITE = "write"
        DENIED = "denied"
        SIGN_IN = "sign_in"  # in, out, refused, and which workplace
        ACCOUNT = "account"  # opened, or its password changed
        ROLE = "role"  # given or ended: to whom, which, and where, by ids

    sequence = models.BigAutoField(primary_key=True)
    day = models.DateField()  # on which it was added, in Sweden; ``at`` may lie before
    no = models.PositiveIntegerField()
    id = models.UUIDField(default=uuid.uuid4, unique=True)
    at = models.DateTimeField()
    account = models.UUIDField(null=True)
    unit = models.UUIDField(null=True)
    role = models.CharField(max_length=24, blank=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
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
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "no"], name="event_numbered_within_its_day"),
        ]

    def __str__(self) -> str:
        return str(self.id)
