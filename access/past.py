"""Who could see a version at an instant, by the policy and stored facts. Pure Python.

What ``access.policy`` decides of a case is asked as it stood then; what is left is whether this
very version was theirs or shown to them (access model, section 4: owner, disclosure, subject).
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from access.ages import ADULT_AT, PLAN_FOR_CHILD_FROM, birthday, midnight
from access.decisions import Decision, no, yes
from access.facts import ActionFacts, AdultRight, FamilyFacts
from access.family import Notes, family_view
from access.permissions import Permission
from access.policy import decide
from access.reasons import Reason

BY_CONSENT = "B1"


@dataclass(frozen=True)
class PastActor:
    """Somebody in one capacity: in a unit, as a guardian, or as the child herself."""

    account: uuid.UUID | None
    action: ActionFacts
    unit: uuid.UUID | None = None
    guardian: uuid.UUID | None = None
    child: uuid.UUID | None = None
    membership: uuid.UUID | None = None


@dataclass(frozen=True)
class PastShown:
    """A disclosure, or a release of a plan's version, that was in force."""

    id: uuid.UUID
    basis: str
    at: datetime
    until: datetime | None = None
    unit: uuid.UUID | None = None
    guardian: uuid.UUID | None = None
    child: uuid.UUID | None = None


@dataclass(frozen=True)
class PastVersion:
    """A version of an entry or of a plan: whose, from whom hidden, to whom shown."""

    what: str
    id: uuid.UUID
    of: uuid.UUID
    no: int
    owner: uuid.UUID
    hidden: frozenset[uuid.UUID] = frozenset()
    shown: tuple[PastShown, ...] = field(default_factory=tuple)

    @property
    def is_plan(self) -> bool:
        """Of a plan, and not of an entry."""
        return self.what == "plan_version"


def decide_version(
    actor: PastActor, version: PastVersion, deciding: frozenset[uuid.UUID] = frozenset()
) -> Decision:
    """Whether the version was hers to read, and why. ``deciding`` are those who decided for the
    child then: the youth is shown no more than each of them."""
    may = decide(Permission.READ_CONTENT, actor.action)
    if not may:
        return may
    if actor.action.family is not None:
        return _family(actor, actor.action.family, version, deciding)
    own = actor.action.unit_participates == "own"
    if version.owner == actor.unit:
        return no(Reason.OWN_ENTRIES_ONLY) if own and version.is_plan else may
    shown = [s for s in version.shown if s.unit is not None and s.unit == actor.unit]
    if own:
        shown = [s for s in shown if s.basis != BY_CONSENT and not version.is_plan]
    return _by(shown)


def _family(
    actor: PastActor, facts: FamilyFacts, version: PastVersion, deciding: frozenset[uuid.UUID]
) -> Decision:
    view = family_view(facts)
    if actor.child is not None:
        shown = [s for s in version.shown if s.child == actor.child]
        grown = facts.at >= midnight(birthday(facts.born_on, ADULT_AT))
        if not shown or grown:
            return _by(shown)
        if version.hidden:
            return no(Reason.HIDDEN_FROM_GUARDIAN)
        guardians = {s.guardian for s in version.shown}
        return _by(shown) if deciding <= guardians else no(Reason.NOT_MORE_THAN_GUARDIANS)
    shown = [s for s in version.shown if s.guardian is not None and s.guardian == actor.guardian]
    if version.is_plan:
        return _by(shown) if view.plan else no(Reason.RIGHT_NOT_FOR_THEM)
    if view.notes is Notes.NONE:
        return no(Reason.RIGHT_NOT_FOR_THEM)
    if actor.guardian in version.hidden:
        return no(Reason.HIDDEN_FROM_GUARDIAN)
    thirteen = midnight(birthday(facts.born_on, PLAN_FOR_CHILD_FROM))
    if shown and view.notes is Notes.SINCE_THIRTEEN:
        shown = [s for s in shown if s.at >= thirteen]
        if not shown:
            return no(Reason.ONLY_SINCE_THIRTEEN)
    return _by(shown)


def _by(shown: list[PastShown]) -> Decision:
    """By what it was shown: a consent, another ground, or one's own right."""
    if not shown:
        return no(Reason.NOT_SHOWN)
    first = min(shown, key=lambda s: s.at)
    if first.unit is None:
        return yes(Reason.OWN_RIGHT, first.until)
    return yes(Reason.CONSENTED if first.basis == BY_CONSENT else Reason.LAWFUL, first.until)


def decides_for_child(actor: PastActor) -> bool:
    """Whether she was one of those who decide for the child: custody that nobody contests, or a
    right to answer in a guardian's place."""
    facts = actor.action.family
    if facts is None or actor.guardian is None:
        return False
    custody, adult = facts.custody, facts.adult
    return bool(custody and not custody.contested) or bool(adult and AdultRight.ANSWERS in adult.rights)
