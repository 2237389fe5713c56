"""Which cases, entries and versions an actor may see: the second of the three walls.

Each ``visible_to`` reads stored facts only: grants, periods and disclosures.
Row-level security says the same in ``policies.sql``; a test holds them together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual

from access import grants
from access.actor import Actor
from access.ages import PLAN_FOR_CHILD_FROM
from access.clock import access_at, birthday_of
from access.facts import AdultRight
from access.policy import sees_others
from access.whom import Whom, ids_of
from kit.arrays import found_by, in_array

if TYPE_CHECKING:
    from cases.models import Case, Entry, Process, Signal, Version  # noqa: F401 (named in the classes' bases)


class CaseQuerySet(QuerySet["Case"]):
    """Cases, in the field's words."""

    def worked_on_by(self, actor: Whom) -> CaseQuerySet:
        """The actor works on a case if, and only if, she is assigned in the unit
        she acts for and, where the case is closed, named for it, or has opened it in
        an emergency; and that unit takes part in full; all now."""
        if not actor.is_staff:
            return self.none()
        return self.filter(grants.works_on(actor), grants.participates(actor, kinds=("full",)))

    def remembered_by(self, actor: Whom) -> CaseQuerySet:
        """The actor's unit keeps only its own entries if, and only if, its
        participation is ``own`` now and she is still assigned there."""
        if not actor.is_staff:
            return self.none()
        return self.filter(
            grants.is_assigned(actor),
            grants.is_open(actor),
            grants.participates(actor, kinds=("own",)),
            ~grants.participates(actor, kinds=("full",)),
        )

    def led_by(self, actor: Actor) -> CaseQuerySet:
        """The actor leads a case if, and only if, she is arbetsledare of a unit
        that takes part now, in full or with what is its own, and, where it is closed, named
        for it. She sees its head, not its content, and says who works on it."""
        if not actor.is_lead:
            return self.none()
        return self.filter(grants.is_open(actor), grants.participates(actor, kinds=("full", "own")))

    def led_in_full_by(self, actor: Actor) -> CaseQuerySet:
        """Of those that the actor leads: her unit takes part in full, so that it may know how the
        case stands with others."""
        return self.led_by(actor).filter(grants.participates(actor, kinds=("full",)))

    def of_family(self, actor: Whom) -> CaseQuerySet:
        """A case is the actor's family's if, and only if, she is the child's
        guardian now, or the child herself from 16, or has been given a right in the child's
        affairs; and, where a case of the child is closed, she has been let in."""
        if not actor.is_family:
            return self.none()
        return self.filter(
            grants.is_of_open_child(actor), Q(child=actor.child_id) | self._stands_for_child(actor)
        )

    def of_guardian(self, actor: Whom, *, right: AdultRight) -> CaseQuerySet:
        """A case is the actor's as guardian if, and only if, she is the child's guardian now or
        has been given this right; and, where a case of the child is closed, she has been let in."""
        if not actor.is_family:
            return self.none()
        return self.filter(grants.is_of_open_child(actor), self._stands_for_child(actor, right))

    def _stands_for_child(self, actor: Whom, right: AdultRight | None = None) -> Q:
        mine = {"child": OuterRef("child"), "valid__contains": access_at()}
        custody = apps.get_model("people", "Guardianship").objects.filter(
            **mine, guardian=actor.guardian_id, contested=False
        )
        given = apps.get_model("cases", "OtherAdult").objects.filter(**mine, person=actor.guardian_id)
        if right is not None:
            given = given.filter(rights__contains=[right])
        return Q(Exists(custody)) | Q(Exists(given))

    def visible_to(self, actor: Whom) -> CaseQuerySet:
        """That a case exists is visible if, and only if, the actor works on it,
        keeps own entries in it, leads it, or is of its family."""
        if actor.is_family:
            return self.of_family(actor)
        if not actor.is_staff:
            return self.none()
        takes_part = grants.participates(actor, kinds=("full", "own"))
        mine = takes_part & grants.is_assigned(actor) & grants.is_open(actor)
        mine |= grants.participates(actor, kinds=("full",)) & grants.is_in_emergency(actor)
        if isinstance(actor, Actor) and actor.is_lead:
            mine |= takes_part & grants.is_open(actor)
        return self.filter(mine)


class ProcessQuerySet(QuerySet["Process"]):
    """Where cases stand, in the field's words."""

    def visible_to(self, actor: Actor) -> ProcessQuerySet:
        """Where a case stands is visible if, and only if, the actor works on it or leads
        it, her unit takes part in full and sees the others; or her unit holds it."""
        if not actor.is_staff:
            return self.none()
        cases = apps.get_model("cases", "Case").objects
        working = Q(case__in=cases.worked_on_by(actor))
        if not sees_others(actor.unit_kind):
            return self.filter(working, Q(responsible_unit=actor.unit_id) | Q(coordinator_unit=actor.unit_id))
        return self.filter(working | Q(case__in=cases.led_in_full_by(actor)))


class SignalQuerySet(QuerySet["Signal"]):
    """Signals, in the field's words."""

    def waiting_for(self, actor: Actor) -> SignalQuerySet:
        """In the inbox of the actor's unit, taken by nobody. Nobody's unit has none: what was sent to
        no unit yet is in no inbox."""
        if actor.unit_id is None:
            return self.none()
        return self.filter(to_unit=actor.unit_id, taken_by__isnull=True)

    def sent_by(self, actor: Actor) -> SignalQuerySet:
        """What the actor herself noticed, in the unit she acts for."""
        return self.filter(from_unit=actor.unit_id, sent_by=actor.account_id)

    def visible_to(self, actor: Actor) -> SignalQuerySet:
        """A signal's head is visible if, and only if, the actor sent it, leads
        the unit that sent or received it, or it lies untaken in her unit's
        inbox, or its case is hers. Where its case is closed: only who is named for it,
        and whoever sent it after that, who is not to notice."""
        if not actor.is_staff:
            return self.none()
        sent = Q(from_unit=actor.unit_id, sent_by=actor.account_id)
        inbox = Q(to_unit=actor.unit_id, taken_by__isnull=True)
        cases = apps.get_model("cases", "Case").objects
        taken = Q(to_unit=actor.unit_id, case__in=cases.worked_on_by(actor))
        received = inbox | taken
        if actor.is_lead:
            sent |= Q(from_unit=actor.unit_id)
            received |= Q(to_unit=actor.unit_id)
        return self.filter(
            (sent & ~grants.is_shut_signal(actor)) | (received & ~grants.is_in_shut_case(actor))
        )


def _disclosed_to(actor: Whom) -> Q:
    """A condition on disclosures: in force, and to the actor."""
    cases = apps.get_model("cases", "Case").objects
    if actor.is_family:
        as_guardian = Q(case__in=cases.of_guardian(actor, right=AdultRight.SHOWN))
        to_me = Q(to_guardian=actor.guardian_id) & as_guardian if actor.guardian_id else Q(pk__in=[])
        if actor.child_id:
            # The child is shown no more than each of her guardians, until she is of age.
            to_me |= Q(to_child=actor.child_id) & in_array("version", *ids_of(actor, "child_versions"))
        # What is hidden from her (OSL 12:3) is not shown, whatever disclosure there may be.
        open_to_me = ~in_array("version__entry", *ids_of(actor, "hidden_entries"))
        # From the child's 13 a guardian reads what was decided since.
        thirteenth = birthday_of("case__child__born_on", PLAN_FOR_CHILD_FROM)
        open_to_me &= (
            Q(to_child__isnull=False)
            | Q(GreaterThan(thirteenth, access_at()))
            | Q(GreaterThanOrEqual(F("decided_at"), thirteenth))
        )
        return to_me & open_to_me & Q(valid__contains=access_at(), case__in=cases.of_family(actor))
    working = Q(case__in=cases.worked_on_by(actor)) | Q(consent=None, case__in=cases.remembered_by(actor))
    return Q(to_unit=actor.unit_id, valid__contains=access_at()) & working


def _shown_to(actor: Whom) -> Q:
    """A condition on versions: a disclosure of it, in force, is to the actor. A unit may be shown tens of
    thousands in all its cases, somebody in a family some hundreds."""
    disclosures = apps.get_model("cases", "Disclosure").objects
    versions = disclosures.filter(_disclosed_to(actor)).values("version")
    return found_by("pk", versions) if actor.is_family else Q(pk__in=versions)


class VersionQuerySet(QuerySet["Version"]):
    """Versions of entries, in the field's words."""

    def written_by_unit_of(self, actor: Whom) -> VersionQuerySet:
        """Owned by the unit the actor acts for, in a case she works on or in
        which her unit keeps its own."""
        if not actor.is_staff:
            return self.none()
        return self.filter(owner_unit=actor.unit_id, case__in=cases_with_own_entries(actor))

    def shown_to(self, actor: Whom) -> VersionQuerySet:
        """Shown by their owner: a disclosure of this very version to the actor's
        unit, to her as guardian or to her as the child, is in force."""
        if not (actor.is_staff or actor.is_family):
            return self.none()
        return self.filter(_shown_to(actor))

    def visible_to(self, actor: Whom) -> VersionQuerySet:
        """A version is visible if, and only if, the actor's unit owns it and she
        works on the case (or her unit keeps its own there), or its owner shows
        this very version to her now."""
        if actor.is_family:
            return self.shown_to(actor)
        if not actor.is_staff:
            return self.none()
        own = Q(owner_unit=actor.unit_id, case__in=cases_with_own_entries(actor))
        return self.filter(own | _shown_to(actor))

    def newest_of_each(self) -> VersionQuerySet:
        """Of those selected, the newest of each entry."""
        return self.order_by("entry", "-no").distinct("entry")


class EntryQuerySet(QuerySet["Entry"]):
    """Entries, in the field's words."""

    def visible_to(self, actor: Whom) -> EntryQuerySet:
        """An entry is visible if, and only if, one of its versions is, or the
        actor's unit owns it and she works on the case."""
        versions = apps.get_model("cases", "Version").objects
        return self.filter(
            Q(owner_unit=actor.unit_id, case__in=cases_with_own_entries(actor))
            | Q(pk__in=versions.shown_to(actor).values("entry"))
        )


def cases_with_own_entries(actor: Whom) -> QuerySet[Case]:
    """Cases in which the actor may read what her own unit wrote."""
    cases = apps.get_model("cases", "Case").objects
    if not actor.is_staff:
        return cases.none()
    own = grants.is_assigned(actor) & grants.is_open(actor)
    return cases.filter(
        own | grants.is_in_emergency(actor), grants.participates(actor, kinds=("full", "own"))
    )
