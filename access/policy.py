"""The one place that decides. Pure Python: no Django, no database, no clock.

Each decision says why by a code, so that a missing button, a refusal and the
audit row give the same reason; ``access.words`` puts it into words. A decision that opens something also says until
when: the stored period is half-open and already ends at the earliest of
birthday, end of custody and end of consent. Paragraphs: OSL (2009:400),
FB (1949:381), SoL (2025:400).
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from access.facts import (
    ActionFacts,
    ConsentFacts,
    CustodyFacts,
    FamilyFacts,
    FamilyShareFacts,
    ScopeFacts,
    ShareFacts,
)
from access.permissions import Permission
from access.reasons import Reason
from access.roles import FAMILY, ROLES
from access.units import UnitKind

STOCKHOLM = ZoneInfo("Europe/Stockholm")

CHILD_ANSWERS_FROM = 12
YOUTH_READS_FROM = 16
ADULT_AT = 18
BOUNDARY_AGES = (12, 15, 18)
LONGEST_CONSENT_MONTHS = 12


@dataclass(frozen=True)
class Decision:
    """Whether something is allowed, why, and until when if it opens something."""

    allowed: bool
    reason: Reason
    until: datetime | None = None

    def __bool__(self) -> bool:
        return self.allowed


def yes(reason: Reason, until: datetime | None = None) -> Decision:
    """An allowing decision."""
    return Decision(True, reason, until)


def no(reason: Reason) -> Decision:
    """A refusing decision."""
    return Decision(False, reason)


# --- Ages -------------------------------------------------------------------


def birthday(born_on: date, age: int) -> date:
    """The day a person turns ``age``.

    Whoever is born on 29 February turns a year older on 28 February in other
    years: a period that ends on a day the month lacks ends on the month's
    last day (lag 1930:173, 1 §).
    """
    year = born_on.year + age
    last = calendar.monthrange(year, born_on.month)[1]
    return date(year, born_on.month, min(born_on.day, last))


def age_on(born_on: date, on: date) -> int:
    """Whole years on the day ``on``; negative before birth."""
    age = on.year - born_on.year
    return age if birthday(born_on, age) <= on else age - 1


def midnight(on: date) -> datetime:
    """00:00 in Sweden on ``on``, the instant at which every age flips."""
    return datetime.combine(on, time(), STOCKHOLM)


def next_boundary(born_on: date, at: datetime) -> datetime | None:
    """The next birthday that changes who must answer, as an instant."""
    for age in BOUNDARY_AGES:
        instant = midnight(birthday(born_on, age))
        if instant > at:
            return instant
    return None


def months_later(on: date, months: int) -> date:
    """The same day ``months`` later, or the month's last day."""
    total = on.month - 1 + months
    year, month = on.year + total // 12, total % 12 + 1
    return date(year, month, min(on.day, calendar.monthrange(year, month)[1]))


# --- Consent (R1.7) ---------------------------------------------------------


@dataclass(frozen=True)
class Required:
    """Who must answer a consent: which guardians, and whether the child too."""

    guardians: tuple[object, ...]
    child: bool


def who_must_answer(born_on: date, custody: Iterable[CustodyFacts], at: datetime) -> Required:
    """Under 12 all guardians; 12 to 17 all guardians and the child; from 18
    only the person herself (R1.7; FB 6:11, 6:13, SoL 21:1).

    A maturity assessment that lets a youth of 15 decide alone is a deviation
    with a second person, and comes with that procedure.
    """
    age = age_on(born_on, at.astimezone(STOCKHOLM).date())
    if age >= ADULT_AT:
        return Required((), True)
    guardians = tuple(c.guardian for c in custody if not c.contested)
    return Required(guardians, age >= CHILD_ANSWERS_FROM)


def decide_consent(facts: ConsentFacts) -> Decision:
    """Whether a consent can be asked for this period, and when it ends at the
    latest: the period's end, a birthday that changes who must answer, or the
    end of a custody, whichever comes first. Nobody is asked instead of the
    guardians of a child under 18: without any there is no question."""
    starts_on = facts.starts.astimezone(STOCKHOLM).date()
    if facts.ends <= facts.starts:
        return no(Reason.ENDS_BEFORE_IT_STARTS)
    if facts.ends > midnight(months_later(starts_on, LONGEST_CONSENT_MONTHS) + timedelta(days=1)):
        return no(Reason.CONSENT_TOO_LONG)
    required = who_must_answer(facts.born_on, facts.custody, facts.starts)
    if not required.guardians and age_on(facts.born_on, starts_on) < ADULT_AT:
        return no(Reason.NOBODY_CAN_ANSWER)
    ends = [facts.ends]
    boundary = next_boundary(facts.born_on, facts.starts)
    if boundary:
        ends.append(boundary)
    ends += [c.until for c in facts.custody if c.until and not c.contested]
    return yes(Reason.CONSENT_CAN_BE_ASKED, min(ends))


def scope_state(facts: ScopeFacts) -> str:
    """The state of one unit's scope from its required answers.

    Silence is never consent, one no is enough to block, and one withdrawal is
    enough to end (FB 6:11; R1.7).
    """
    if facts.withdrawn:
        return "withdrawn"
    if facts.no and facts.yes:
        return "conflict"
    if facts.no:
        return "refused"
    return "given" if facts.required and facts.yes == facts.required else "waiting"


def consent_state(scopes: Iterable[str]) -> str:
    """The state of a consent from those of its scopes: waiting as long as one waits,
    given or partly while one is given, else what the family has to know first."""
    states = set(scopes)
    if "waiting" in states:
        return "waiting"
    if "given" in states:
        return "given" if len(states) == 1 else "partly"
    order = ("conflict", "withdrawn", "refused", "expired")
    return next((state for state in order if state in states), "waiting")


# --- Sharing ----------------------------------------------------------------


def decide_share(facts: ShareFacts) -> Decision:
    """Whether a version may be shown to a unit on consent (B1, OSL 12:2).

    A consent opens nothing by itself; it must be in force for that unit and
    cover the version's category. A unit without secrecy of its own gets
    category praktisk plan only (R1.2), police likewise.
    """
    if facts.consent_until is None:
        return no(Reason.UNIT_NOT_CONSENTED)
    if facts.recipient_kind.practical_rows_only and facts.version_category != "practical":
        return no(Reason.PRACTICAL_PLAN_ONLY)
    if facts.version_category not in facts.consented_categories:
        return no(Reason.CATEGORY_NOT_CONSENTED)
    return yes(Reason.CONSENTED, facts.consent_until)


def decide_family_share(facts: FamilyShareFacts) -> Decision:
    """Whether a version may be shown to a guardian or the youth (B14, OSL 12:3).

    The child's own words and wheel are closed to a guardian until the child
    was asked and the release to that guardian decided.
    """
    if facts.is_childs_own and not facts.to_the_child and not facts.child_asked:
        return no(Reason.ASK_THE_CHILD_FIRST)
    return yes(Reason.OWN_RIGHT, facts.custody_until)


# --- What a unit learns of the other units -----------------------------------


def sees_others(unit_kind: UnitKind | None, *, holds_case: bool = False) -> bool:
    """Whether a unit that takes part learns which others do, on what consent, and how
    the case stands with them.

    A unit without secrecy of its own, and the police, see their own rows, their own
    unit's consent, their own people and whom to ring (R1.2); that another unit is
    involved is secret in itself. Whoever holds the case sees it whole.
    """
    if unit_kind is None:
        return False
    return holds_case or not unit_kind.practical_rows_only


# --- Actions ----------------------------------------------------------------

_HOLDER_ONLY = frozenset(
    {
        Permission.DECIDE_COLLABORATION,
        Permission.REGISTER_FAMILY,
        Permission.ASK_CONSENT,
        Permission.NOTE_ANSWER,
        Permission.EDIT_PLAN,
        Permission.AGREE_PLAN,
        Permission.CLOSE_CASE,
    }
)
_WITHOUT_CASE = frozenset(
    {Permission.NOTICE_CHILD, Permission.READ_FIGURES, Permission.MANAGE_UNITS, Permission.TAKE_SIGNAL}
)
_ON_CLOSED = frozenset(
    {Permission.READ_CONTENT, Permission.SEE_CASE_HEAD, Permission.OPEN_AS_LEAD, Permission.WRITE_ENTRY}
)


def decide(permission: Permission, facts: ActionFacts) -> Decision:
    """Whether the action is open: the role may, the unit takes part, the
    person is assigned, the unit holds the case where that is asked, and the
    case is open where something is to change. In a family it is custody and
    age that decide instead."""
    if facts.role is None or permission not in ROLES[facts.role]:
        return no(Reason.ROLE_MAY_NOT)
    if facts.role in FAMILY:
        return _decide_as_family(permission, facts.family)
    if permission in _WITHOUT_CASE:
        return yes(Reason.ROLE_MAY)
    if not facts.unit_participates:
        return no(Reason.UNIT_TAKES_NO_PART)
    if permission in {
        Permission.SEE_CASE_HEAD,
        Permission.OPEN_AS_LEAD,
        Permission.ASSIGN,
        Permission.TAKE_INVITATION,
    }:
        return yes(Reason.UNIT_TAKES_PART)
    return _decide_as_assigned(permission, facts)


def _decide_as_assigned(permission: Permission, facts: ActionFacts) -> Decision:
    """The part of :func:`decide` for those who work on the case."""
    if not facts.assigned:
        return no(Reason.NOT_ASSIGNED)
    if facts.unit_participates == "own" and permission is not Permission.READ_CONTENT:
        return no(Reason.OWN_ENTRIES_ONLY)
    if permission in _HOLDER_ONLY and not facts.holds_case:
        return no(Reason.HOLDER_ONLY)
    if facts.closed and permission not in _ON_CLOSED:
        return no(Reason.CASE_CLOSED)
    return yes(Reason.ASSIGNED)


def _decide_as_family(permission: Permission, family: FamilyFacts | None) -> Decision:
    """The part of :func:`decide` for a child's family: its guardians while they
    have custody (FB 6:2), who read and answer for it, and the child herself. She
    answers about consent from 12 and reads here, and so answers the plan, from 16."""
    if family is None or not (_has_custody(family) or family.is_the_child):
        return no(Reason.NOT_OF_THE_FAMILY)
    if permission is Permission.ANSWER_CONSENT:
        return yes(Reason.ANSWERS_FOR_THE_CHILD) if _must_answer(family) else no(Reason.NOT_ASKED)
    if family.is_the_child and _age(family) < YOUTH_READS_FROM:
        return no(Reason.READS_LATER)
    return yes(Reason.OF_THE_FAMILY)


def _has_custody(family: FamilyFacts) -> bool:
    """Custody that nobody contests, that has not ended, of a child under 18."""
    custody = family.custody
    if custody is None or custody.contested or _age(family) >= ADULT_AT:
        return False
    return custody.until is None or family.at < custody.until


def _must_answer(family: FamilyFacts) -> bool:
    """Whether :func:`who_must_answer` names her, as guardian or as the child."""
    custody = (family.custody,) if family.custody and _has_custody(family) else ()
    required = who_must_answer(family.born_on, custody, family.at)
    return bool(required.guardians) or (required.child and family.is_the_child)


def _age(family: FamilyFacts) -> int:
    return age_on(family.born_on, family.at.astimezone(STOCKHOLM).date())
