"""Participation and assignment: the only module that imports django-guardian.

A unit takes part in a case (group × case) and a person works on it (account ×
case, naming the unit she acts for). Neither alone opens anything: the rule is
that the unit participates AND the person is assigned in the unit that she acts
for now, both for a period that covers the instant judged by. guardian's own
shortcuts don't say that, so rows are written and read here and nowhere else.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from access.actor import Actor
from access.clock import access_at

TAKES_PART = "take_part_case"
WORKS_ON = "work_on_case"


class ParticipationKind(models.TextChoices):
    """``own`` is what a unit keeps after consent ended: its own entries only."""

    FULL = "full", _("takes part")
    OWN = "own", _("own notes")


class ParticipationBase(GroupObjectPermissionBase):
    """A unit's group on a case, with who granted it, when and why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=ParticipationKind.choices)
    valid = DateTimeRangeField()
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    granted_at = models.DateTimeField()
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        abstract = True
        unique_together: ClassVar[list[str]] = []


class AssignmentBase(UserObjectPermissionBase):
    """A person on a case; the concrete model adds the unit she acts for."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    valid = DateTimeRangeField()
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    granted_at = models.DateTimeField()
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        abstract = True
        unique_together: ClassVar[list[str]] = []


def assign(
    *, case_id: uuid.UUID, account_id: uuid.UUID, by: Actor, until: datetime | None, reason: str
) -> None:
    """Assign a person of the actor's unit to a case until an instant, or on."""
    assignments = apps.get_model("cases", "Assignment")
    assignments.objects.create(
        content_object_id=case_id,
        user_id=account_id,
        unit_id=by.unit_id,
        permission_id=_permission(WORKS_ON),
        valid=(by.at, until),
        granted_by_id=by.account_id,
        granted_at=by.at,
        reason=reason,
    )


def end_assignment(*, case_id: uuid.UUID, account_id: uuid.UUID, by: Actor) -> int:
    """End a colleague's assignment now; a trigger keeps the closed period."""
    assignments = apps.get_model("cases", "Assignment")
    ended, _ = assignments.objects.filter(
        content_object_id=case_id, user_id=account_id, unit_id=by.unit_id
    ).delete()
    return int(ended)


def participates(actor: Actor, *, kinds: tuple[str, ...]) -> Exists:
    """A filter on cases: the actor's unit takes part, in one of ``kinds``, now."""
    participations = apps.get_model("cases", "Participation")
    return Exists(
        participations.objects.filter(
            content_object=OuterRef("pk"),
            group_id=actor.group_id,
            kind__in=kinds,
            valid__contains=access_at(),
        )
    )


def is_assigned(actor: Actor) -> Exists:
    """A filter on cases: the actor is assigned, in the unit she acts for, now."""
    assignments = apps.get_model("cases", "Assignment")
    return Exists(
        assignments.objects.filter(
            content_object=OuterRef("pk"),
            user_id=actor.account_id,
            unit_id=actor.unit_id,
            valid__contains=access_at(),
        )
    )


def _permission(codename: str) -> Any:
    """The id of one of the two permissions on a case, as a subquery-free value."""
    return Permission.objects.values_list("pk", flat=True).get(
        content_type__app_label="cases", codename=codename
    )
