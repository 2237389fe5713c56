"""What a unit keeps to itself about a case: what is hidden from one guardian, and its notes
of orosanmälningar. Nobody outside the unit, and nobody of the family, reads any of it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.utils.translation import gettext_lazy as _

from access.clock import access_at
from agencies.models import Unit
from kit.identity import Identified
from people.models import Guardian

if TYPE_CHECKING:
    from access.actor import Actor


class HidingQuerySet(models.QuerySet["Hiding"]):
    """Decisions to hide, in the field's words."""

    def visible_to(self, actor: Actor) -> HidingQuerySet:
        """A decision is visible if, and only if, the actor's unit owns the entry and she
        works on the case (or her unit keeps its own there)."""
        from cases.models import Version

        return self.filter(entry__in=Version.objects.written_by_unit_of(actor).values("entry"))

    def in_force(self) -> HidingQuerySet:
        """Decided and not lifted. A decision never lifts by itself: no day ends it."""
        return self.filter(valid__contains=access_at())


class Hiding(Identified):
    """That an entry is hidden from one guardian, by decision of the unit that owns it.

    A guardian's right to what is secret about her child ends where the child would suffer
    considerable harm from it (OSL 12:3 p. 1). ``reason`` says why, for the owner's unit only.
    To be looked over by ``review_on``, at most six months away; it goes on until it is lifted
    by hand. Looked over and kept, it is lifted and decided anew with the reason of today.
    """

    entry = models.ForeignKey("cases.Entry", models.PROTECT, related_name="hidings")
    case = models.ForeignKey("cases.Case", models.PROTECT)
    owner_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    guardian = models.ForeignKey(Guardian, models.PROTECT, related_name="+")
    reason = models.TextField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_by_name = models.CharField(max_length=120)
    decided_at = models.DateTimeField()
    review_on = models.DateField()
    valid = DateTimeRangeField()
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager[Hiding]] = models.Manager.from_queryset(HidingQuerySet)()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["entry", "guardian"], name="hiding_of_entry")]

    def __str__(self) -> str:
        return str(self.pk)


class ConcernQuerySet(models.QuerySet["Concern"]):
    """Notes of orosanmälningar, in the field's words."""

    def visible_to(self, actor: Actor) -> ConcernQuerySet:
        """A note is visible if, and only if, the actor's unit wrote it and she works on the
        case (or her unit keeps its own there)."""
        from cases.querysets import cases_with_own_entries

        if not actor.is_staff:
            return self.none()
        return self.filter(owner_unit=actor.unit_id, case__in=cases_with_own_entries(actor))

    def newest_of_each(self) -> ConcernQuerySet:
        """Of those selected, the newest version of each note."""
        return self.order_by("note", "-no").distinct("note")


class Concern(Identified):
    """One version of a unit's note that it made or considered an orosanmälan (SoL 19:1).

    The notification itself is made to socialtjänsten by telephone or its e-service, outside
    this system, at once and without asking anybody; here stands only that, when and why. No
    consent is needed for it, none taken back removes it, and it is no entry: it is shown to
    nobody (OSL 12:3, 40:7 g). ``note`` is the same in all its versions.
    """

    class What(models.TextChoices):
        MADE = "made", _("We made an orosanmälan")
        CONSIDERED = "considered", _("We considered one and did not make it")

    class Reply(models.TextChoices):
        """The three answers that the law allows socialtjänsten to give the one who made it
        (OSL 26:9 a, SoL 19:6)."""

        OPENED = "opened", _("An investigation is opened")
        NOT_OPENED = "not_opened", _("No investigation is opened")
        ONGOING = "ongoing", _("An investigation was going on already")

    note = models.UUIDField(default=uuid.uuid4)
    no = models.PositiveIntegerField()
    case = models.ForeignKey("cases.Case", models.PROTECT)
    owner_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    what = models.CharField(max_length=12, choices=What.choices)
    happened_on = models.DateField()
    reason = models.TextField()
    consulted = models.BooleanField(default=False)
    reply = models.CharField(max_length=12, choices=Reply.choices, blank=True)
    reply_on = models.DateField(null=True, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=120)
    author_title = models.CharField(max_length=80)
    written_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Concern]] = models.Manager.from_queryset(ConcernQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["note", "no"], name="version_number_of_a_concern"),
            models.CheckConstraint(
                name="reply_to_what_was_made",
                condition=models.Q(reply="", reply_on__isnull=True)
                | models.Q(what="made", reply_on__isnull=False) & ~models.Q(reply=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
