"""On which legal grounds a version could be shown to a unit, here and now."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from access.actor import Actor
from access.law import Basis, BasisFacts, Need, offered, party_of
from access.units import UnitKind
from agencies.models import Unit
from cases.models import Disclosure, Version
from cases.queries.audience import Content, around
from cases.queries.circle import is_protected
from cases.rules import Outcome
from consent.law import Law, law_at

MOST = 100


@dataclass(frozen=True)
class Grounds:
    """A version, a unit, and what the law says of the two."""

    version: Version
    to_unit: Unit
    owner: Unit
    actor: Actor
    law: Law
    consent_id: uuid.UUID | None
    consent_until: datetime | None
    protected: bool

    @classmethod
    def of(cls, version: Version, to_unit: Unit, actor: Actor) -> Grounds:
        """With the consent that covers the unit for this version, if one does."""
        share = around(version.case, actor).unit_share(to_unit.pk, Content.of(version))
        covered = share.decision.until if share.decision else None
        return cls(
            version=version,
            to_unit=to_unit,
            owner=Unit.objects.select_related("organisation").get(pk=actor.writes_as[1]),
            actor=actor,
            law=law_at(actor.at),
            consent_id=share.consent_id if covered else None,
            consent_until=covered,
            protected=is_protected(version.case.child_id),
        )

    def facts(
        self, *, filled: frozenset[Need] = frozenset(), duty: str = "", committed_crime: bool = False
    ) -> BasisFacts:
        """What the policy needs to know of the two units, the child and what is shown."""
        return BasisFacts(
            owner=party_of(UnitKind(self.owner.kind), is_public=self.owner.organisation.is_public),
            recipient=party_of(UnitKind(self.to_unit.kind), is_public=self.to_unit.organisation.is_public),
            same_authority=self.owner.organisation_id == self.to_unit.organisation_id,
            born_on=self.version.case.child.born_on,
            at=self.actor.at,
            category=self.version.category,
            beyond_consent=self.version.beyond_consent,
            consent_until=self.consent_until,
            filled=filled,
            duty=duty,
            committed_crime=committed_crime,
            protected=self.protected,
        )

    def offered(self, *, to_lawyer: bool) -> list[Basis]:
        """The grounds that a page offers: three at most, to a lawyer all that can hold."""
        return offered(self.law.all(), self.facts(), to_lawyer=to_lawyer)

    def basis(self, code: str, *, to_lawyer: bool) -> Basis | None:
        """A ground by its code, if whoever acts may choose it."""
        basis = self.law.bases.get(code)
        return basis if basis and (to_lawyer or not basis.lawyer_only) else None


def unsigned(case_id: uuid.UUID, disclosure_id: uuid.UUID, actor: Actor) -> Disclosure | None:
    """What the actor's unit has decided to show in this case and nobody has signed."""
    return (
        Disclosure.objects.filter(pk=disclosure_id, case=case_id, owner_unit=actor.unit_id)
        .filter(valid__isempty=True, signed_at__isnull=True)
        .exclude(second="")
        .exclude(outcome=Outcome.REFUSED)
        .select_related("version__entry", "to_unit", "case__child")
        .first()
    )


def tests_of_harm(case_id: uuid.UUID, entry_id: uuid.UUID, actor: Actor) -> list[Disclosure]:
    """Every test of harm that the actor's unit has made for this entry, the latest first."""
    return list(
        Disclosure.objects.filter(case=case_id, version__entry=entry_id, owner_unit=actor.unit_id)
        .select_related("version", "to_unit", "to_guardian", "to_child")
        .defer("version__body", "version__data")
        .order_by("-decided_at")[:MOST]
    )


def other_units(actor: Actor) -> list[Unit]:
    """Units that something can be shown to on another ground: those of the municipality, and
    those that are for several municipalities. That they exist is public. One statement."""
    near = Q(municipality=actor.municipality_code) | Q(municipality__isnull=True)
    return list(
        Unit.objects.filter(near)
        .exclude(pk=actor.writes_as[1])
        .select_related("organisation")
        .order_by("name")
    )
