"""What a decision needs to know, and nothing more: plain frozen values."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from access.roles import Role
from access.units import UnitKind


@dataclass(frozen=True)
class CustodyFacts:
    """One guardian's custody: whose, and when it ends if that is known."""

    guardian: object
    until: datetime | None = None
    contested: bool = False


class AdultKind(StrEnum):
    """An adult who is no guardian and can be let read: what she is to the child."""

    GOD_MAN = "god_man"
    FOSTER_HOME = "foster_home"
    PARENT = "parent"


class AdultRight(StrEnum):
    """What such an adult can be let do, each named for itself."""

    PLAN = "plan"
    SHOWN = "shown"
    ANSWERS = "answers"


@dataclass(frozen=True)
class AdultFacts:
    """What one adult without custody has been let do, and until when."""

    kind: AdultKind
    rights: frozenset[AdultRight]
    until: datetime | None = None


@dataclass(frozen=True)
class FamilyFacts:
    """How somebody in a family stands to one child, at an instant.

    ``custody`` is her own of that child, if she has any; ``adult`` what she has been let do
    without. The same person can be one
    child's guardian and another child herself: the facts are of one child at a time.
    ``let_in`` is false where a case of the child is closed and nobody has decided for her.
    """

    born_on: date
    at: datetime
    custody: CustodyFacts | None = None
    is_the_child: bool = False
    adult: AdultFacts | None = None
    let_in: bool = True


@dataclass(frozen=True)
class Circle:
    """Whether a case is closed to all but named staff, and whether she is one of them."""

    closed: bool = False
    named: bool = False


@dataclass(frozen=True)
class EmergencyFacts:
    """A nödöppning that somebody wants to make: of a case of her own unit, or of none that is."""

    role: Role | None
    unit_participates: str = ""
    circle: Circle = Circle()
    assigned: bool = False
    suspended: bool = False


@dataclass(frozen=True)
class ActionFacts:
    """Who wants to do something with a case, and how the case stands to her.

    ``unit_participates`` is ``"full"``, ``"own"`` or ``""``; ``holds_case`` is
    whether her unit is responsible for the case or coordinates it, and she works on it;
    ``leads_holder`` whether she is arbetsledare of such a unit. ``circle`` is
    whether named staff alone may know of the case, ``emergency`` that she has opened it
    in an emergency that still lasts. ``family`` is set where she acts for her family.
    """

    role: Role | None
    unit_participates: str = ""
    assigned: bool = False
    holds_case: bool = False
    closed: bool = False
    family: FamilyFacts | None = None
    circle: Circle = Circle()
    emergency: bool = False
    leads_holder: bool = False


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
    beyond_consent: bool = False


@dataclass(frozen=True)
class FamilyShareFacts:
    """A version that its owner wants to show to a guardian or the youth. ``hidden``: its
    entry is hidden from her. ``born_on`` and ``at``: whose, and now."""

    is_childs_own: bool
    child_asked: bool
    custody_until: datetime | None
    to_the_child: bool = False
    hidden: bool = False
    born_on: date | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class HidingFacts:
    """An entry that is about to be hidden from a guardian."""

    owner: bool
    is_guardian: bool
    reason: str
    today: date
    review_on: date


@dataclass(frozen=True)
class MaturityFacts:
    """An assessment that a youth can decide alone: by whom, and who signed it."""

    born_on: date
    at: datetime
    reason: str
    noted_by: object
    signed_by: object | None = None
