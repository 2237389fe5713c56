"""What ages, custody and hiding decide: who answers, who reads, from when. Pure Python.

Part of ``access.policy``, which names all of it. Paragraphs: FB (1949:381), OSL (2009:400),
SoL (2025:400).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from access.ages import (
    ADULT_AT,
    CHILD_ANSWERS_FROM,
    MATURITY_FROM,
    PLAN_FOR_CHILD_FROM,
    STOCKHOLM,
    YOUTH_READS_FROM,
    age_on,
    birthday,
    midnight,
    months_later,
    next_boundary,
)
from access.decisions import Decision, no, yes
from access.facts import (
    AdultKind,
    AdultRight,
    ConsentFacts,
    CustodyFacts,
    FamilyFacts,
    FamilyShareFacts,
    HidingFacts,
    MaturityFacts,
    ScopeFacts,
)
from access.permissions import Permission
from access.reasons import Reason

LONGEST_CONSENT_MONTHS = 12
HIDING_REVIEW_MONTHS = 6

# --- Consent (R1.7) ---------------------------------------------------------


@dataclass(frozen=True)
class Required:
    """Who must answer a consent: which guardians, and whether the child too."""

    guardians: tuple[object, ...]
    child: bool


def who_must_answer(
    born_on: date, custody: Iterable[CustodyFacts], at: datetime, *, decides_alone: bool = False
) -> Required:
    """Under 12 all guardians; 12 to 17 all guardians and the child; from 18
    only the person herself (R1.7; FB 6:11, 6:13, SoL 21:1).

    ``decides_alone``: from 15 a maturity assessment that another person has signed
    (:func:`decide_maturity`) lets the youth decide without her guardians.
    """
    age = age_on(born_on, at.astimezone(STOCKHOLM).date())
    if age >= ADULT_AT or (decides_alone and age >= MATURITY_FROM):
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


def child_view_is_asked(born_on: date, at: datetime) -> bool:
    """Under 12 the child does not answer, and it is noted what she thinks, or why she was
    not asked (R1.7; barnkonventionen art. 12)."""
    return age_on(born_on, at.astimezone(STOCKHOLM).date()) < CHILD_ANSWERS_FROM


def decide_maturity(facts: MaturityFacts) -> Decision:
    """Whether a youth decides alone: from 15 and under 18, by an assessment with its reason
    that one person has noted and another of the unit has signed (R1.7: a deviation)."""
    age = age_on(facts.born_on, facts.at.astimezone(STOCKHOLM).date())
    if not MATURITY_FROM <= age < ADULT_AT:
        return no(Reason.NOT_OF_THAT_AGE)
    if not facts.reason.strip():
        return no(Reason.REASON_MISSING)
    if facts.signed_by is None:
        return no(Reason.SECOND_PERSON_MISSING)
    if facts.signed_by == facts.noted_by:
        return no(Reason.NOT_ONES_OWN)
    return yes(Reason.SIGNED_BY_ANOTHER)


# --- What a guardian and the child are shown ---------------------------------------


def decide_family_share(facts: FamilyShareFacts) -> Decision:
    """Whether a version may be shown to a guardian or the youth (B14, OSL 12:3).

    Nothing that is hidden from her. The child's own words and wheel are closed to a guardian
    until the child was asked and the release to that guardian decided. What was shown before
    the child turned 13 is shown until then: from that day she reads the agreed plan, and what
    somebody decides anew to show her.
    """
    if facts.hidden:
        return no(Reason.HIDDEN_FROM_GUARDIAN)
    if facts.is_childs_own and not facts.to_the_child and not facts.child_asked:
        return no(Reason.ASK_THE_CHILD_FIRST)
    ends = [end for end in (facts.custody_until, _narrows_at(facts)) if end]
    return yes(Reason.OWN_RIGHT, min(ends, default=None))


def _narrows_at(facts: FamilyShareFacts) -> datetime | None:
    """The thirteenth birthday, while it is to come."""
    if facts.born_on is None or facts.at is None or facts.to_the_child:
        return None
    narrows = midnight(birthday(facts.born_on, PLAN_FOR_CHILD_FROM))
    return narrows if narrows > facts.at else None


def decide_child_share(
    born_on: date,
    at: datetime,
    *,
    shown_to: frozenset[object],
    guardians: frozenset[object],
    hidden: bool,
) -> Decision:
    """Whether the child may be shown a version of an entry or a plan: from 16, and until she is of age nothing
    that is hidden from a guardian or not shown to each of them, her own words included. A
    guardian may be able to use the child's e-identification."""
    age = age_on(born_on, at.astimezone(STOCKHOLM).date())
    if age < YOUTH_READS_FROM:
        return no(Reason.CHILD_READS_LATER)
    if age < ADULT_AT and (hidden or not shown_to >= guardians):
        return no(Reason.NOT_MORE_THAN_GUARDIANS)
    return yes(Reason.CHILDS_OWN_RIGHT)


def decide_hiding(facts: HidingFacts) -> Decision:
    """Whether the owner of an entry may hide it from a guardian: with a reason, and to be
    looked over within six months (OSL 12:3 p. 1). It never ends by itself."""
    if not facts.owner:
        return no(Reason.OWNER_ONLY)
    if not facts.is_guardian:
        return no(Reason.NOT_GUARDIAN_NOW)
    if not facts.reason.strip():
        return no(Reason.REASON_MISSING)
    if not facts.today < facts.review_on <= months_later(facts.today, HIDING_REVIEW_MONTHS):
        return no(Reason.REVIEW_WITHIN_SIX_MONTHS)
    return yes(Reason.HIDDEN_FROM_GUARDIAN)


# --- Other adults -------------------------------------------------------------------

# What an adult who is no guardian can be let do at most. A god man of an unaccompanied child
# stands in a guardian's place (lag 2005:429, 2–3 §§); a familjehem and a parent without custody
# decide nothing.
RIGHTS_OF: dict[AdultKind, frozenset[AdultRight]] = {
    AdultKind.GOD_MAN: frozenset(AdultRight),
    AdultKind.FOSTER_HOME: frozenset({AdultRight.PLAN, AdultRight.SHOWN}),
    AdultKind.PARENT: frozenset({AdultRight.PLAN, AdultRight.SHOWN}),
}


def decide_rights(kind: AdultKind, rights: Iterable[AdultRight]) -> Decision:
    """Whether an adult of this kind can be given these rights."""
    chosen = frozenset(rights)
    if not chosen:
        return no(Reason.RIGHT_MISSING)
    return yes(Reason.RIGHTS_GIVEN) if chosen <= RIGHTS_OF[kind] else no(Reason.RIGHT_NOT_FOR_THEM)


# --- What somebody in the family may do ------------------------------------------------


class Notes(StrEnum):
    """Which notes somebody in the family reads, of those shown to her."""

    ALL = "all"
    SINCE_THIRTEEN = "since_thirteen"
    SHOWN_TO_ALL = "shown_to_all"
    NONE = "none"


@dataclass(frozen=True)
class FamilyView:
    """What somebody in a family has of one child, at an instant."""

    plan: bool = False
    notes: Notes = Notes.NONE
    answers: bool = False
    replies: bool = False
    log: bool = False

    def __bool__(self) -> bool:
        return self.plan or self.answers or self.notes != Notes.NONE


def family_view(facts: FamilyFacts) -> FamilyView:
    """By custody, age and given rights: the table of ``docs/who-sees-what.md`` is this rule.

    A guardian has it all until 18, and from the child's 13 of the notes only those that
    somebody has decided to show since. The child answers about consent from 12 and reads here
    herself from 16, nothing that is hidden from a guardian. Contested custody, custody that
    has ended and a right that has ended give nothing; nor does any where a case of the child
    is closed, until it is decided that she is let in.
    """
    if not facts.let_in:
        return FamilyView()
    age = _age(facts)
    asked = _must_answer(facts)
    if facts.is_the_child:
        if age >= ADULT_AT:
            return FamilyView(plan=True, notes=Notes.ALL, answers=True, replies=True, log=True)
        if age >= YOUTH_READS_FROM:
            return FamilyView(plan=True, notes=Notes.SHOWN_TO_ALL, answers=asked, replies=True, log=True)
        return FamilyView(answers=asked)
    notes = Notes.ALL if age < PLAN_FOR_CHILD_FROM else Notes.SINCE_THIRTEEN
    if _has_custody(facts):
        return FamilyView(plan=True, notes=notes, answers=asked, replies=True, log=True)
    rights = _rights(facts)
    stands_in = AdultRight.ANSWERS in rights
    return FamilyView(
        plan=AdultRight.PLAN in rights,
        notes=notes if AdultRight.SHOWN in rights else Notes.NONE,
        answers=asked,
        replies=stands_in and AdultRight.PLAN in rights,
        log=stands_in,
    )


def decide_as_family(permission: Permission, family: FamilyFacts | None) -> Decision:
    """The part of ``access.policy.decide`` for a child's family: its guardians while they
    have custody (FB 6:2), other adults by the rights given them, and the child herself. Whoever
    is not let in to a closed case is refused as a stranger is, so that nothing tells."""
    if family is None or not family.let_in:
        return no(Reason.NOT_OF_THE_FAMILY)
    if not (_has_custody(family) or family.is_the_child or _rights(family)):
        return no(Reason.NOT_OF_THE_FAMILY)
    view = family_view(family)
    if permission is Permission.ANSWER_CONSENT:
        return yes(Reason.ANSWERS_FOR_THE_CHILD) if view.answers else no(Reason.NOT_ASKED)
    if family.is_the_child and not view.plan:
        return no(Reason.READS_LATER)
    if permission is Permission.REPLY_TO_PLAN:
        return yes(Reason.OF_THE_FAMILY) if view.replies else no(Reason.RIGHT_NOT_FOR_THEM)
    return yes(Reason.OF_THE_FAMILY)


def _has_custody(family: FamilyFacts) -> bool:
    """Custody that nobody contests, that has not ended, of a child under 18."""
    custody = family.custody
    if custody is None or custody.contested or _age(family) >= ADULT_AT:
        return False
    return custody.until is None or family.at < custody.until


def _rights(family: FamilyFacts) -> frozenset[AdultRight]:
    """The rights of an adult without custody, while they hold and the child is under 18."""
    adult = family.adult
    if adult is None or _age(family) >= ADULT_AT or (adult.until is not None and family.at >= adult.until):
        return frozenset()
    return adult.rights & RIGHTS_OF[adult.kind]


def _must_answer(family: FamilyFacts) -> bool:
    """Whether :func:`who_must_answer` names her, as guardian, in a guardian's place or as
    the child."""
    custody = (family.custody,) if family.custody and _has_custody(family) else ()
    if AdultRight.ANSWERS in _rights(family):
        custody = (CustodyFacts("stands in"),)
    required = who_must_answer(family.born_on, custody, family.at)
    return bool(required.guardians) or (required.child and family.is_the_child)


def _age(family: FamilyFacts) -> int:
    return age_on(family.born_on, family.at.astimezone(STOCKHOLM).date())
