"""Who stands around the child, and whether the policy lets each be shown a version.

The pages that offer a choice and the service that carries it out both ask here,
so that what is offered is what is allowed.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import cached_property

from access.actor import Actor
from access.facts import AdultRight, FamilyShareFacts, ShareFacts
from access.policy import (
    YOUTH_READS_FROM,
    Decision,
    age_on,
    decide_child_share,
    decide_family_share,
    decide_share,
    no,
)
from access.reasons import Reason
from access.units import UnitKind
from cases.models import Case, Entry, Hiding, Version
from cases.queries.team import Custody, TeamUnit, team_of, those_with
from cases.wheel import Perspective
from consent.models import Category


@dataclass(frozen=True)
class Audience:
    """Who may read a version: named units, named guardians, and the child.

    ``child_asked`` notes that the child was asked before its own words or
    wheel are shown to a guardian (OSL 12:3).
    """

    units: frozenset[uuid.UUID] = frozenset()
    guardians: frozenset[uuid.UUID] = frozenset()
    to_child: bool = False
    child_asked: bool = False

    def __bool__(self) -> bool:
        return bool(self.units or self.guardians or self.to_child)


@dataclass(frozen=True)
class Content:
    """What matters of a version when somebody is to be shown it. A new entry has no id yet."""

    category: str = Category.BASIS
    childs_own: bool = False
    entry_id: uuid.UUID | None = None
    beyond_consent: bool = False

    @classmethod
    def of(cls, version: Version) -> Content:
        """The same, of a version that exists."""
        childs_own = is_childs_own(version.kind, version.data)
        return cls(version.category, childs_own, version.entry_id, version.beyond_consent)


def is_childs_own(kind: str, data: dict[str, object]) -> bool:
    """The child's own words, or a wheel that is the child's view."""
    return kind == Entry.Kind.CHILD_WORDS or (
        kind == Entry.Kind.WHEEL and data.get("perspective") == Perspective.CHILD
    )


@dataclass(frozen=True)
class Share:
    """A unit that may be shown a version: on which consent, and until when."""

    decision: Decision
    consent_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Around:
    """The units of the team, the guardians and the child, as the actor knows them now."""

    case: Case
    actor: Actor
    team: dict[uuid.UUID, list[TeamUnit]] = field(default_factory=dict)
    guardians: dict[uuid.UUID, Custody] = field(default_factory=dict)

    @property
    def units(self) -> list[TeamUnit]:
        """The other units, each once."""
        return [rows[0] for rows in self.team.values()]

    @property
    def youth_reads(self) -> bool:
        """Whether the child reads herself, from 16."""
        return age_on(self.case.child.born_on, self.actor.today) >= YOUTH_READS_FROM

    def unit_share(self, unit_id: uuid.UUID, content: Content) -> Share:
        """Whether a unit may be shown it; of several consents the one that lasts longest."""
        shares = [self._share(row, content) for row in self.team.get(unit_id, [])]
        if not shares:
            return Share(decide_share(_facts(self.actor, UnitKind.SCHOOL, None, content)))
        allowed = [share for share in shares if share.decision]
        return max(allowed, key=_lasts) if allowed else shares[0]

    def guardian_share(self, guardian_id: uuid.UUID, content: Content, *, child_asked: bool) -> Decision:
        """Whether a guardian may be shown it."""
        custody = self.guardians.get(guardian_id)
        if custody is None:
            return no(Reason.NOT_GUARDIAN_NOW)
        return decide_family_share(
            FamilyShareFacts(
                content.childs_own,
                child_asked,
                custody.until,
                hidden=guardian_id in self.hidden_from(content),
                born_on=self.case.child.born_on,
                at=self.actor.at,
            )
        )

    def child_share(self, content: Content, *, with_guardians: frozenset[uuid.UUID]) -> Decision:
        """Whether the child may be shown it, once these guardians are."""
        return decide_child_share(
            self.case.child.born_on,
            self.actor.at,
            shown_to=with_guardians,
            guardians=frozenset(pk for pk, row in self.guardians.items() if row.decides),
            hidden=bool(self.hidden_from(content)),
        )

    def hidden_from(self, content: Content) -> frozenset[uuid.UUID]:
        """The guardians whom the content's entry is hidden from."""
        return frozenset(self._hidden[content.entry_id]) if content.entry_id else frozenset()

    @cached_property
    def _hidden(self) -> dict[uuid.UUID, set[uuid.UUID]]:
        """Of each entry of the actor's unit in the case, from whom it is hidden: one statement."""
        found: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
        rows = Hiding.objects.visible_to(self.actor).in_force().filter(case=self.case)
        for entry, guardian in rows.values_list("entry", "guardian"):
            found[entry].add(guardian)
        return found

    def _share(self, row: TeamUnit, content: Content) -> Share:
        return Share(decide_share(_facts(self.actor, row.kind, row, content)), row.consent_id)


def around(case: Case, actor: Actor) -> Around:
    """Everybody around the child that the actor may know of: two statements."""
    team: dict[uuid.UUID, list[TeamUnit]] = {}
    for row in team_of(case.pk, actor):
        if row.unit_id != actor.unit_id:
            team.setdefault(row.unit_id, []).append(row)
    return Around(
        case, actor, team, {row.guardian_id: row for row in those_with(AdultRight.SHOWN, case, actor)}
    )


def _facts(actor: Actor, kind: UnitKind, row: TeamUnit | None, content: Content) -> ShareFacts:
    return ShareFacts(
        owner_kind=actor.unit_kind or UnitKind.SCHOOL,
        recipient_kind=kind,
        version_category=content.category,
        consented_categories=row.categories if row else frozenset(),
        consent_until=row.until if row else None,
        beyond_consent=content.beyond_consent,
    )


def _lasts(share: Share) -> datetime:
    assert share.decision.until is not None  # noqa: S101 (a consent always ends)
    return share.decision.until
