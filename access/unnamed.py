"""A question from one unit to another about a child whom nobody names: who may read and write.

No secrecy is broken, since nothing says which child it is (OSL 12 kap. protects the individual).
Whose eyes see it is kept narrow all the same: the one who asked, and the unit that she asked.
"""

from __future__ import annotations

from dataclasses import dataclass

from access.decisions import Decision, no, yes
from access.permissions import Permission
from access.reasons import Reason
from access.roles import ROLES, Role

# A question, an answer, one more question, one more answer.
MOST_MESSAGES = 4


@dataclass(frozen=True)
class UnnamedFacts:
    """A question as it stands to somebody.

    ``asks``: she asked it, and acts for the unit that she asked it for. ``answers``: she works in
    the unit that was asked. ``messages``: how many there are.
    """

    role: Role | None
    asks: bool
    answers: bool
    messages: int
    closed: bool = False


def decide_unnamed(permission: Permission, facts: UnnamedFacts) -> Decision:
    """Whether she may write the next message, as the one who asks or the one who answers.

    They take turns: the first and third are the asker's, the second and fourth the unit's.
    """
    if facts.role is None or permission not in ROLES[facts.role]:
        return no(Reason.ROLE_MAY_NOT)
    asking = permission is Permission.ASK_UNNAMED
    if asking and facts.answers:
        return no(Reason.QUESTION_TO_ONESELF)
    if not (facts.asks if asking else facts.answers):
        return no(Reason.QUESTION_OF_OTHERS)
    if facts.closed:
        return no(Reason.QUESTION_CLOSED)
    if facts.messages >= MOST_MESSAGES:
        return no(Reason.QUESTION_FULL)
    if (facts.messages % 2 == 0) is not asking:
        return no(Reason.QUESTION_NOT_ONES_TURN)
    return yes(Reason.ROLE_MAY)
