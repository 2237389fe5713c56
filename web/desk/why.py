"""*Varför ser jag inte …?* in words, to somebody who works on a case."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from access.questions import Asker, Question, answer
from access.units import UnitKind
from access.words import why
from cases.queries.team import team_of
from web.desk.case_page import CasePage

# The question, and what one does about it.
WORDS: dict[Question, tuple[str | Promise, str | Promise]] = {
    Question.NOTES: (
        _("a note that another unit has written"),
        _(
            "A yes from the family opens nothing by itself: whoever wrote decides for each note. Ring the unit "
            "if you need to know something."
        ),
    ),
    Question.HEALTH: (
        _("what is written about health"),
        _("It is shown only where the consent says so, and the one who wrote has decided to show it."),
    ),
    Question.ABOUT_OTHERS: (
        _("what is written about somebody else, about who notified, or about an investigation"),
        _("It is shown only on another ground than consent, judged each time."),
    ),
    Question.COUNSELLING: (_("what is said in family counselling"), ""),
    Question.PLAN: (
        _("the plan, or a part of it"),
        _("You see the plan that has been shown to your unit: whole, or your own rows."),
    ),
    Question.ANSWERS: (_("what each person in the family has answered about consent"), ""),
    Question.OTHER_UNITS: (
        _("which other units take part"),
        _("A unit is seen by those who are covered by the same consent."),
    ),
    Question.FAMILY: (_("who the guardians are"), ""),
    Question.NAME: (
        _("the child's real name or number"),
        _(
            "Where an identity is protected another name stands here (OSL 21:3). Whoever is named for the case "
            "can see the real one, and that is noted."
        ),
    ),
    Question.CONCERNS: (_("another unit's notification of concern"), ""),
    Question.ANOTHER_CHILD: (
        _("another child, whom I look for"),
        _(
            "That is the answer whether or not there is a case of that child. Ask your arbetsledare if you need "
            "it in your work."
        ),
    ),
}


@dataclass(frozen=True)
class Answer:
    """A question with the policy's decision and its reason."""

    code: str
    question: str
    allowed: bool
    reason: str
    more: str


def answers_to(page: CasePage) -> list[Answer]:
    """Every question with its answer: of how the case stands to her and what her own unit is
    covered by, never of what lies there."""
    actor = page.actor
    mine = [row for row in team_of(page.case.pk, actor) if row.unit_id == actor.unit_id]
    asker = Asker(
        page.standing.facts,
        actor.unit_kind or UnitKind.SCHOOL,
        frozenset().union(*(row.categories for row in mine)),
        max((row.until for row in mine if row.until), default=None),
    )
    found = []
    for question, (words, more) in WORDS.items():
        decision = answer(question, asker)
        found.append(Answer(question.value, str(words), bool(decision), why(decision.reason), str(more)))
    return found
