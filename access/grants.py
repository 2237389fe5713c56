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
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from access.actor import Actor
from access.clock import access_at
from access.whom import Recipient, Whom, ids_of
from kit.arrays import in_array

# Of a unit one asks as whoever works there with the case: what is a person's own holds. No empty
# condition, which an "or" would pass over.
HOLDS = Q(pk__isnull=False)
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


def participates(whom: Whom, *, kinds: tuple[str, ...]) -> Q:
    """A filter on cases: the unit takes part, in one of ``kinds``, now."""
    if isinstance(whom, Recipient):
        # Which others take part is no row that the asker reads; the database says what she may know.
        return in_array("pk", "access.their_cases", whom.unit_id, list(kinds))
    participations = apps.get_model("cases", "Participation")
    return Q(
        Exists(
            participations.objects.filter(
                content_object=OuterRef("pk"),
                group_id=whom.group_id,
                kind__in=kinds,
                valid__contains=access_at(),
            )
        )
    )


def is_assigned(whom: Whom) -> Q:
    """A filter on cases: the actor is assigned, in the unit she acts for, now. A unit is asked
    about as whoever is assigned there."""
    if isinstance(whom, Recipient):
        return HOLDS
    assignments = apps.get_model("cases", "Assignment")
    return Q(
        Exists(
            assignments.objects.filter(
                content_object=OuterRef("pk"),
                user_id=whom.account_id,
                unit_id=whom.unit_id,
                valid__contains=access_at(),
            )
        )
    )


def is_open(whom: Whom) -> Q:
    """A filter on cases: it is not closed to all but named staff, or the actor is named for it. A
    unit is asked about as whoever is named there.

    Whether a case is closed is itself nothing that a table may tell her, so the database says
    only which of her unit's are shut to her.
    """
    if isinstance(whom, Recipient):
        return HOLDS
    return ~in_array("pk", "access.my_shut_cases")


def is_in_emergency(whom: Whom) -> Q:
    """A filter on cases: the actor has opened it in an emergency, now, in the unit she acts for.
    Nothing that a unit does."""
    if isinstance(whom, Recipient):
        return Q(pk__in=[])
    return in_array("pk", "access.my_emergency_cases")


def works_on(whom: Whom) -> Q:
    """A filter on cases: the actor is assigned, or has opened it in an emergency; and it is open."""
    if isinstance(whom, Recipient):
        return HOLDS
    return (is_assigned(whom) & is_open(whom)) | is_in_emergency(whom)


def waits_in_unit() -> Q:
    """A filter on what belongs to a case: the actor's unit takes part in it in full, and it is not
    closed to her. Others of the unit than those who work on the case read no row that says so."""
    return in_array("case", "access.my_unit_cases")


def is_shut_signal(actor: Actor) -> Q:
    """A filter on signals: closed to whoever sent it, as of when its case was closed."""
    return in_array("pk", "access.my_shut_signals")


def is_in_shut_case(actor: Actor) -> Q:
    """A filter on what belongs to a case: its case is closed to the actor."""
    return Q(case__isnull=False) & in_array("case", "access.my_shut_cases")


def is_of_open_child(whom: Whom) -> Q:
    """A filter on cases: of a child of her family about whom she may meet a case."""
    return in_array("child", *ids_of(whom, "open_children"))


def _permission(codename: str) -> Any:
    """The id of one of the two permissions on a case, as a subquery-free value."""
    return Permission.objects.values_list("pk", flat=True).get(
        content_type__app_label="cases", codename=codename
    )
