"""The one place that decides. Pure Python: no Django, no database, no clock.

Each decision says why by a code, so that a missing button, a refusal and the
audit row give the same reason; ``access.words`` puts it into words. A decision that opens something also says until
when: the stored period is half-open and already ends at the earliest of
birthday, end of custody and end of consent. What ages, custody and hiding decide stands in
``access.family`` and is named here too. Paragraphs: OSL (2009:400),
FB (1949:381), SoL (2025:400).
"""

from __future__ import annotations

from access.ages import ADULT_AT as ADULT_AT
from access.ages import BOUNDARY_AGES as BOUNDARY_AGES
from access.ages import CHILD_ANSWERS_FROM as CHILD_ANSWERS_FROM
from access.ages import MATURITY_FROM as MATURITY_FROM
from access.ages import STOCKHOLM as STOCKHOLM
from access.ages import YOUTH_READS_FROM as YOUTH_READS_FROM
from access.ages import age_on as age_on
from access.ages import birthday as birthday
from access.ages import midnight as midnight
from access.ages import months_later as months_later
from access.ages import next_boundary as next_boundary
from access.decisions import Decision as Decision
from access.decisions import no as no
from access.decisions import yes as yes
from access.facts import ActionFacts, ShareFacts
from access.family import LONGEST_CONSENT_MONTHS as LONGEST_CONSENT_MONTHS
from access.family import Required as Required
from access.family import consent_state as consent_state
from access.family import decide_as_family
from access.family import decide_child_share as decide_child_share
from access.family import decide_consent as decide_consent
from access.family import decide_family_share as decide_family_share
from access.family import decide_hiding as decide_hiding
from access.family import decide_maturity as decide_maturity
from access.family import decide_rights as decide_rights
from access.family import scope_state as scope_state
from access.family import who_must_answer as who_must_answer
from access.permissions import Permission
from access.reasons import Reason
from access.roles import FAMILY, ROLES
from access.shield import decide_circle, opened_in_emergency
from access.units import UnitKind
from access.unnamed import decide_unnamed as decide_unnamed

# --- Sharing ----------------------------------------------------------------


def decide_share(facts: ShareFacts) -> Decision:
    """Whether a version may be shown to a unit on consent (B1, OSL 12:2).

    A consent opens nothing by itself; it must be in force for that unit and
    cover the version's category. A unit without secrecy of its own gets
    category praktisk plan only (R1.2), police likewise. What family counselling
    writes is never shown (OSL 26:3), and what tells of somebody else, of who
    notified or of an investigation not on the child's consent (R1.8). Other
    grounds: :func:`access.law.decide_basis`.
    """
    if facts.owner_kind.rule.test == "absolute":
        return no(Reason.ABSOLUTE_SECRECY)
    if facts.consent_until is None:
        return no(Reason.UNIT_NOT_CONSENTED)
    if facts.recipient_kind.practical_rows_only and facts.version_category != "practical":
        return no(Reason.PRACTICAL_PLAN_ONLY)
    if facts.version_category not in facts.consented_categories:
        return no(Reason.CATEGORY_NOT_CONSENTED)
    if facts.beyond_consent:
        return no(Reason.CONSENT_NOT_ENOUGH)
    return yes(Reason.CONSENTED, facts.consent_until)


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


# --- Paper ------------------------------------------------------------------------


def may_print(unit_kind: UnitKind | None, facts: ActionFacts) -> bool:
    """Whether a page of a case is made for paper.

    For whoever is assigned, in a unit with secrecy of its own: from one without it a sheet goes
    out that nothing protects (R1.2: view only). Not of a case that is closed to others, whose plan
    alone is printed and for a reason; and not in an emergency, which is to read and to note.
    """
    if unit_kind is None or unit_kind.rule.test == "none":
        return False
    return facts.assigned and bool(facts.unit_participates) and not facts.circle.closed


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
        Permission.ARRANGE_MEETING,
        Permission.HAND_OVER,
        Permission.CLOSE_CIRCLE,
    }
)
_WITHOUT_CASE = frozenset(
    {
        Permission.NOTICE_CHILD,
        Permission.ASK_UNNAMED,
        Permission.ANSWER_UNNAMED,
        Permission.READ_FIGURES,
        Permission.MANAGE_UNITS,
        Permission.CONFIRM_ROLE,
        Permission.TAKE_SIGNAL,
        Permission.TAKE_HANDOVER,
        Permission.REVIEW_LOG,
        Permission.FOLLOW_REVIEWS,
        Permission.OPEN_IN_EMERGENCY,
        Permission.REVIEW_EMERGENCY,
        Permission.PROPOSE_LAW,
        Permission.SIGN_LAW,
        Permission.WORD_WHEEL,
    }
)
_ON_CLOSED = frozenset(
    {
        Permission.READ_CONTENT,
        Permission.WRITE_ENTRY,
        Permission.HIDE_FROM_GUARDIAN,
        Permission.CLOSE_CIRCLE,
    }
)


def decide(permission: Permission, facts: ActionFacts) -> Decision:
    """Whether the action is open: the role may, the unit takes part, the
    person is named where the case is closed to others, she is assigned (or has
    opened it in an emergency), the unit holds the case where that is asked, and the
    case is open where something is to change. In a family it is custody and
    age that decide instead."""
    if facts.role is None or permission not in ROLES[facts.role]:
        return no(Reason.ROLE_MAY_NOT)
    if facts.role in FAMILY:
        return decide_as_family(permission, facts.family)
    if permission in _WITHOUT_CASE:
        return yes(Reason.ROLE_MAY)
    if not facts.unit_participates:
        return no(Reason.UNIT_TAKES_NO_PART)
    circle = decide_circle(facts.circle)
    if not circle:
        return circle
    if permission in {
        Permission.SEE_CASE_HEAD,
        Permission.OPEN_AS_LEAD,
        Permission.ASSIGN,
        Permission.TAKE_INVITATION,
    }:
        return yes(Reason.UNIT_TAKES_PART)
    if permission is Permission.CLOSE_CIRCLE and facts.leads_holder:
        return yes(Reason.UNIT_TAKES_PART)
    return _decide_as_assigned(permission, facts)


def _decide_as_assigned(permission: Permission, facts: ActionFacts) -> Decision:
    """The part of :func:`decide` for those who work on the case."""
    if not facts.assigned and facts.emergency:
        return opened_in_emergency(permission)
    if not facts.assigned:
        return no(Reason.NOT_ASSIGNED)
    if facts.unit_participates == "own" and permission is not Permission.READ_CONTENT:
        return no(Reason.OWN_ENTRIES_ONLY)
    if permission in _HOLDER_ONLY and not facts.holds_case:
        return no(Reason.HOLDER_ONLY)
    if facts.closed and permission not in _ON_CLOSED:
        return no(Reason.CASE_CLOSED)
    return yes(Reason.ASSIGNED)
