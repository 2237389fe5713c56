"""*Varför ser jag inte …?*: what the policy answers, of kinds of things and never of one thing.

Pure Python. An answer rests on who asks and on what her own unit is covered by, so it is the
same whether or not there is anything of the kind that she doesn't see (I1). Paragraphs: OSL
(2009:400).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from access.decisions import Decision, no, yes
from access.facts import ActionFacts, FamilyFacts, ShareFacts
from access.family import Notes, decide_as_family, family_view
from access.permissions import Permission
from access.policy import decide, decide_share, sees_others
from access.reasons import Reason
from access.shield import decide_circle
from access.units import UnitKind


class Question(StrEnum):
    """What somebody at work may wonder why she doesn't see."""

    NOTES = "notes"
    HEALTH = "health"
    ABOUT_OTHERS = "about_others"
    COUNSELLING = "counselling"
    PLAN = "plan"
    ANSWERS = "answers"
    OTHER_UNITS = "other_units"
    FAMILY = "family"
    NAME = "name"
    CONCERNS = "concerns"
    ANOTHER_CHILD = "another_child"


class FamilyQuestion(StrEnum):
    """What somebody in the family may wonder why she doesn't see."""

    NOTES = "notes"
    PLAN = "plan"
    CHILDS_WORDS = "childs_words"
    OTHERS_ANSWERS = "others_answers"
    ANSWERS = "answers"
    UNITS = "units"


@dataclass(frozen=True)
class Asker:
    """Who wonders, of a case that she has: how it stands to her, and what consents in force let
    her own unit be shown."""

    action: ActionFacts
    unit_kind: UnitKind
    categories: frozenset[str] = frozenset()
    until: datetime | None = None


_CATEGORY = {Question.HEALTH: "health", Question.PLAN: "plan"}


def answer(question: Question, asker: Asker) -> Decision:
    """Whether such things can be hers to see, and why: what others have to decide is not asked."""
    if question is Question.ANOTHER_CHILD:
        # As of a case that she is not assigned to, and so of one that isn't there.
        return decide(Permission.READ_CONTENT, ActionFacts(asker.action.role))
    if question is Question.NAME:
        return decide_circle(asker.action.circle)
    if question is Question.CONCERNS:
        return no(Reason.STAYS_WITH_UNIT)
    if question is Question.ANSWERS:
        return decide(Permission.NOTE_ANSWER, asker.action)
    if asker.action.unit_participates == "own":
        return no(Reason.OWN_ENTRIES_ONLY)
    if question in {Question.OTHER_UNITS, Question.FAMILY}:
        whole = sees_others(asker.unit_kind, holds_case=asker.action.holds_case)
        return yes(Reason.UNIT_TAKES_PART) if whole else no(Reason.OWN_PART_ONLY)
    if question is Question.PLAN and (
        asker.action.holds_case or (asker.unit_kind.practical_rows_only and "practical" in asker.categories)
    ):
        return decide(Permission.READ_CONTENT, asker.action)
    counselling = question is Question.COUNSELLING
    return decide_share(
        ShareFacts(
            owner_kind=UnitKind.FAMILY_COUNSELLING if counselling else UnitKind.SCHOOL,
            recipient_kind=asker.unit_kind,
            version_category=_CATEGORY.get(question, "basis"),
            consented_categories=asker.categories,
            consent_until=asker.until,
            beyond_consent=question is Question.ABOUT_OTHERS,
        )
    )


def answer_family(question: FamilyQuestion, facts: FamilyFacts) -> Decision:
    """The same to somebody in the family."""
    view = family_view(facts)
    if question is FamilyQuestion.ANSWERS:
        return decide_as_family(Permission.ANSWER_CONSENT, facts)
    if question is FamilyQuestion.PLAN:
        return yes(Reason.OF_THE_FAMILY) if view.plan else no(Reason.RIGHT_NOT_FOR_THEM)
    if question is FamilyQuestion.CHILDS_WORDS:
        return yes(Reason.CHILDS_OWN_RIGHT) if facts.is_the_child else no(Reason.ASK_THE_CHILD_FIRST)
    if question in {FamilyQuestion.OTHERS_ANSWERS, FamilyQuestion.UNITS}:
        return no(Reason.ANOTHERS_OWN)
    if view.notes is Notes.NONE:
        return no(Reason.RIGHT_NOT_FOR_THEM)
    if view.notes is Notes.SHOWN_TO_ALL:
        return no(Reason.NOT_MORE_THAN_GUARDIANS)
    if view.notes is Notes.SINCE_THIRTEEN:
        return no(Reason.ONLY_SINCE_THIRTEEN)
    return yes(Reason.OWN_RIGHT)
