"""Which cases, entries and versions an actor may see: the second of the three walls.

Each ``visible_to`` reads stored facts only: grants, periods and disclosures.
Row-level security says the same in ``policies.sql``; a test holds them together.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from access import grants
from access.actor import Actor
from access.clock import access_at
from access.policy import sees_others

if TYPE_CHECKING:
    from cases.models import Case, Entry, Process, Signal, Version  # noqa: F401 (named in the classes' bases)


class CaseQuerySet(QuerySet["Case"]):
    """Cases, in the field's words."""

    def worked_on_by(self, actor: Actor) -> CaseQuerySet:
        """The actor works on a case if, and only if, she is assigned in the unit
        she acts for and that unit takes part in full, both now."""
        if not actor.is_staff:
            return self.none()
        return self.filter(grants.is_assigned(actor), grants.participates(actor, kinds=("full",)))

    def remembered_by(self, actor: Actor) -> CaseQuerySet:
        """The actor's unit keeps only its own entries if, and only if, its
        participation is ``own`` now and she is still assigned there."""
        if not actor.is_staff:
            return self.none()
        return self.filter(
            grants.is_assigned(actor),
            grants.participates(actor, kinds=("own",)),
            ~grants.participates(actor, kinds=("full",)),
        )

    def led_by(self, actor: Actor) -> CaseQuerySet:
        """The actor leads a case if, and only if, she is arbetsledare of a unit
        that takes part in full now. She sees its head, not its content."""
        if not actor.is_lead:
            return self.none()
        return self.filter(grants.participates(actor, kinds=("full",)))

    def of_family(self, actor: Actor) -> CaseQuerySet:
        """A case is the actor's family's if, and only if, she is the child's
        guardian now, or the child herself from 16."""
        if not actor.is_family:
            return self.none()
        return self.filter(
            Q(child=actor.child_id)
            | Q(
                Exists(
                    apps.get_model("people", "Guardianship").objects.filter(
                        child=OuterRef("child"),
                        guardian=actor.guardian_id,
                        contested=False,
                        valid__contains=access_at(),
                    )
                )
            )
        )

    def visible_to(self, actor: Actor) -> CaseQuerySet:
        """That a case exists is visible if, and only if, the actor works on it,
        keeps own entries in it, leads it, or is of its family."""
        if actor.is_family:
            return self.of_family(actor)
        if not actor.is_staff:
            return self.none()
        takes_part = grants.participates(actor, kinds=("full", "own"))
        mine = Q(takes_part) & Q(grants.is_assigned(actor))
        if actor.is_lead:
            mine |= Q(grants.participates(actor, kinds=("full",)))
        return self.filter(mine)


class ProcessQuerySet(QuerySet["Process"]):
    """Where cases stand, in the field's words."""

    def visible_to(self, actor: Actor) -> ProcessQuerySet:
        """Where a case stands is visible if, and only if, the actor works on it or leads
        it, and her unit sees the others; or her unit holds it."""
        if not actor.is_staff:
            return self.none()
        cases = apps.get_model("cases", "Case").objects
        working = Q(case__in=cases.worked_on_by(actor))
        if not sees_others(actor.unit_kind):
            return self.filter(working, Q(responsible_unit=actor.unit_id) | Q(coordinator_unit=actor.unit_id))
        return self.filter(working | Q(case__in=cases.led_by(actor)))


class SignalQuerySet(QuerySet["Signal"]):
    """Signals, in the field's words."""

    def waiting_for(self, actor: Actor) -> SignalQuerySet:
        """In the inbox of the actor's unit, taken by nobody."""
        return self.filter(to_unit=actor.unit_id, taken_by__isnull=True)

    def sent_by(self, actor: Actor) -> SignalQuerySet:
        """What the actor herself noticed, in the unit she acts for."""
        return self.filter(from_unit=actor.unit_id, sent_by=actor.account_id)

    def visible_to(self, actor: Actor) -> SignalQuerySet:
        """A signal's head is visible if, and only if, the actor sent it, leads
        the unit that sent or received it, or it lies untaken in her unit's
        inbox, or its case is hers."""
        if not actor.is_staff:
            return self.none()
        sent = Q(from_unit=actor.unit_id, sent_by=actor.account_id)
        inbox = Q(to_unit=actor.unit_id, taken_by__isnull=True)
        cases = apps.get_model("cases", "Case").objects
        taken = Q(to_unit=actor.unit_id, case__in=cases.worked_on_by(actor))
        visible = sent | inbox | taken
        if actor.is_lead:
            visible |= Q(from_unit=actor.unit_id) | Q(to_unit=actor.unit_id)
        return self.filter(visible)


def _disclosed_to(actor: Actor) -> Q:
    """A condition on disclosures: in force, and to the actor."""
    cases = apps.get_model("cases", "Case").objects
    if actor.is_family:
        to_me = Q(to_guardian=actor.guardian_id) if actor.guardian_id else Q(pk__in=[])
        if actor.child_id:
            to_me |= Q(to_child=actor.child_id)
        return to_me & Q(valid__contains=access_at(), case__in=cases.of_family(actor))
    return Q(to_unit=actor.unit_id, valid__contains=access_at(), case__in=cases.worked_on_by(actor))


class VersionQuerySet(QuerySet["Version"]):
    """Versions of entries, in the field's words."""

    def written_by_unit_of(self, actor: Actor) -> VersionQuerySet:
        """Owned by the unit the actor acts for, in a case she works on or in
        which her unit keeps its own."""
        if not actor.is_staff:
            return self.none()
        return self.filter(owner_unit=actor.unit_id, case__in=_cases_with_own_entries(actor))

    def shown_to(self, actor: Actor) -> VersionQuerySet:
        """Shown by their owner: a disclosure of this very version to the actor's
        unit, to her as guardian or to her as the child, is in force."""
        if not (actor.is_staff or actor.is_family):
            return self.none()
        disclosures = apps.get_model("cases", "Disclosure").objects
        return self.filter(pk__in=disclosures.filter(_disclosed_to(actor)).values("version"))

    def visible_to(self, actor: Actor) -> VersionQuerySet:
        """A version is visible if, and only if, the actor's unit owns it and she
        works on the case (or her unit keeps its own there), or its owner shows
        this very version to her now."""
        if actor.is_family:
            return self.shown_to(actor)
        if not actor.is_staff:
            return self.none()
        disclosures = apps.get_model("cases", "Disclosure").objects
        return self.filter(
            Q(owner_unit=actor.unit_id, case__in=_cases_with_own_entries(actor))
            | Q(pk__in=disclosures.filter(_disclosed_to(actor)).values("version"))
        )

    def newest_of_each(self) -> VersionQuerySet:
        """Of those selected, the newest of each entry."""
        return self.order_by("entry", "-no").distinct("entry")


class EntryQuerySet(QuerySet["Entry"]):
    """Entries, in the field's words."""

    def visible_to(self, actor: Actor) -> EntryQuerySet:
        """An entry is visible if, and only if, one of its versions is, or the
        actor's unit owns it and she works on the case."""
        versions = apps.get_model("cases", "Version").objects
        return self.filter(
            Q(owner_unit=actor.unit_id, case__in=_cases_with_own_entries(actor))
            | Q(pk__in=versions.shown_to(actor).values("entry"))
        )

    def owned_by(self, unit_id: uuid.UUID | None) -> EntryQuerySet:
        """Written by the unit."""
        return self.filter(owner_unit=unit_id)


def _cases_with_own_entries(actor: Actor) -> QuerySet[Case]:
    """Cases in which the actor may read what her own unit wrote."""
    cases = apps.get_model("cases", "Case").objects
    if not actor.is_staff:
        return cases.none()
    return cases.filter(grants.is_assigned(actor), grants.participates(actor, kinds=("full", "own")))
