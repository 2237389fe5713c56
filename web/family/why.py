"""*Varför ser jag inte …?* in words, to somebody in the family."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from access.questions import FamilyQuestion, answer_family
from access.words import why
from web.family.page import FamilyPage

WORDS: dict[FamilyQuestion, tuple[str | Promise, str | Promise]] = {
    FamilyQuestion.NOTES: (
        _("everything that somebody has written"),
        _(
            "Those who write choose for each note whether you may read it here. You have the right to ask for "
            "what is written about you and your child: ask the one who wrote, or the service's registrar."
        ),
    ),
    FamilyQuestion.PLAN: (
        _("the plan, or a part of it"),
        _("Ask the one who helps you if something is missing."),
    ),
    FamilyQuestion.CHILDS_WORDS: (
        _("what the child has told"),
        _("The child has a say of its own. What it tells is shown when it has been asked."),
    ),
    FamilyQuestion.OTHERS_ANSWERS: (_("what somebody else in the family has answered"), ""),
    FamilyQuestion.ANSWERS: (
        _("a question about consent to answer"),
        _(
            "A question that waits for you stands under Consent. If none does, you have answered, or nobody has asked."
        ),
    ),
    FamilyQuestion.UNITS: (
        _("everybody who has to do with the child"),
        _("Everything may not always be shown here. It says so to everybody, whatever there is."),
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


def answers_to(page: FamilyPage) -> list[Answer]:
    """Every question with its answer, by custody, age and given rights alone."""
    found = []
    for question, (words, more) in WORDS.items():
        decision = answer_family(question, page.facts)
        found.append(Answer(question.value, str(words), bool(decision), why(decision.reason), str(more)))
    return found
