"""What a decision needs to know, and nothing more: plain frozen values."""

from dataclasses import dataclass, field
from datetime import date, datetime

from access.roles import Role
from access.units import UnitKind


@dataclass(frozen=True)
class CustodyFacts:
    """One guardian's custody: whose, and when it ends if that is known."""

    guardian: object
    until: datetime | None = None
    contested: bool = False


@dataclass(frozen=True)
class FamilyFacts:
    """How somebody in a family stands to one child, at an instant.

    ``custody`` is her own of that child, if she has any. The same person can be one
    child's guardian and another child herself: the facts are of one child at a time.
    """

    born_on: date
    at: datetime
    custody: CustodyFacts | None = None
    is_the_child: bool = False


@dataclass(frozen=True)
class ActionFacts:
    """Who wants to do something with a case, and how the case stands to her.

    ``unit_participates`` is ``"full"``, ``"own"`` or ``""``; ``holds_case`` is
    whether her unit is responsible for the case or coordinates it. ``family`` is
    set where she acts for her family.
    """

    role: Role | None
    unit_participates: str = ""
    assigned: bool = False
    holds_case: bool = False
    closed: bool = False
    family: FamilyFacts | None = None


@dataclass(frozen=True)
class ConsentFacts:
    """A consent that is about to be asked for."""

    born_on: date
    custody: tuple[CustodyFacts, ...]
    starts: datetime
    ends: datetime


@dataclass(frozen=True)
class ScopeFacts:
    """A unit within a consent, as its answers stand."""

    required: int
    yes: int
    no: int
    withdrawn: int


@dataclass(frozen=True)
class ShareFacts:
    """A version that its owner wants to show to another unit on consent."""

    owner_kind: UnitKind
    recipient_kind: UnitKind
    version_category: str
    consented_categories: frozenset[str] = field(default_factory=frozenset)
    consent_until: datetime | None = None


@dataclass(frozen=True)
class FamilyShareFacts:
    """A version that its owner wants to show to a guardian or the youth."""

    is_childs_own: bool
    child_asked: bool
    custody_until: datetime | None
    to_the_child: bool = False
