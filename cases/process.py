"""The process as one table: what each state is, who enters it, by when, and where it leads.

The table is the rule. ``cases/process.sql`` holds the same in the database, where a trigger refuses
what it doesn't allow and sets the day that comes with it; ``docs/process.md`` is drawn from it, and
the page *Så går det till* reads it. Tests hold the four together (domain description, section 4).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from access.permissions import Permission
from cases.deadlines import Deadline
from cases.rules import CloseReason, NextStep, ProcessState, Step

_S, _C, _P = ProcessState, CloseReason, Permission


@dataclass(frozen=True)
class Stage:
    """One state of the process.

    ``entry`` says who enters it and when, in words; ``by`` holds the permissions of which whoever
    enters it has one (none: only a rule of the database takes it there). ``next_step`` comes by
    itself, and is to be done within ``deadline`` unless a day is chosen. ``exits`` are the states it
    may lead to, ``closes`` the reasons for which a case may be closed from it.
    """

    step: Step
    entry: str | Promise
    by: frozenset[Permission]
    next_step: NextStep | None
    deadline: Deadline | None
    exits: frozenset[ProcessState]
    closes: frozenset[CloseReason]


# Reasons that may come up whenever a case is open.
_ALWAYS = frozenset(
    {_C.ORDINARY_SERVICE, _C.HANDED_OVER, _C.INVESTIGATION, _C.FAMILY_DECLINES, _C.MOVED, _C.TURNED_18}
)
_EARLY = _ALWAYS | {_C.REGISTERED_BY_MISTAKE}
_ASKED = _ALWAYS | {_C.CONSENT_WITHDRAWN, _C.SIP}
_PLANNED = _ASKED | {_C.GOALS_REACHED}
# Only what was agreed can have been reached, but own support has its goal too.
_ASSESSED = _EARLY | {_C.GOALS_REACHED}

PROCESS: dict[ProcessState, Stage] = {
    _S.NOTICED: Stage(
        Step.NOTICE,
        _("Somebody has noticed something, and the family has said yes to sending it on."),
        frozenset(),
        None,
        Deadline.RECEIVE,
        frozenset({_S.DIALOGUE, _S.CLOSED}),
        _EARLY,
    ),
    _S.DIALOGUE: Stage(
        Step.NOTICE,
        _("The unit that is responsible by the child's age has received it."),
        frozenset({_P.TAKE_SIGNAL, _P.CLOSE_CASE}),
        NextStep.TALK,
        Deadline.DECIDE,
        frozenset({_S.GATHERING, _S.ASSESSMENT, _S.CONSENT, _S.CLOSED}),
        _EARLY,
    ),
    _S.GATHERING: Stage(
        Step.FIND_OUT,
        _("Whoever is responsible finds out more, of what her own unit knows."),
        frozenset({_P.DECIDE_COLLABORATION}),
        NextStep.FIND_OUT,
        Deadline.DECIDE,
        frozenset({_S.ASSESSMENT, _S.CONSENT, _S.CLOSED}),
        _EARLY,
    ),
    _S.ASSESSMENT: Stage(
        Step.FIND_OUT,
        _("Whoever is responsible has decided what is needed, and it is not to work together."),
        frozenset({_P.DECIDE_COLLABORATION}),
        NextStep.FIND_OUT,
        Deadline.DECIDE,
        frozenset({_S.CONSENT, _S.CLOSED, _S.DORMANT}),
        _ASSESSED,
    ),
    _S.CONSENT: Stage(
        Step.COLLABORATE,
        _("Two or more are needed. The family is asked for consent."),
        frozenset({_P.DECIDE_COLLABORATION, _P.ASK_CONSENT}),
        NextStep.ASK,
        Deadline.ACT,
        frozenset({_S.INVITED, _S.PLANNING, _S.ASSESSMENT, _S.CLOSED, _S.DORMANT}),
        _ASKED,
    ),
    _S.INVITED: Stage(
        Step.COLLABORATE,
        _("All who decide have said yes to at least one unit, or a meeting with another unit is called."),
        frozenset({_P.ARRANGE_MEETING}),
        NextStep.PLAN,
        Deadline.MEET,
        frozenset({_S.MET, _S.PLANNING, _S.CONSENT, _S.CLOSED, _S.DORMANT}),
        _ASKED,
    ),
    _S.MET: Stage(
        Step.COLLABORATE,
        _("The meeting has been held."),
        frozenset({_P.ARRANGE_MEETING}),
        NextStep.PLAN,
        Deadline.MEET,
        frozenset({_S.PLANNING, _S.CLOSED, _S.DORMANT}),
        _ASKED,
    ),
    _S.PLANNING: Stage(
        Step.COLLABORATE,
        _("The unit that holds it together drafts the plan with the family."),
        frozenset({_P.EDIT_PLAN}),
        NextStep.PLAN,
        Deadline.MEET,
        frozenset({_S.IMPLEMENTING, _S.CONSENT, _S.CLOSED, _S.DORMANT}),
        _PLANNED,
    ),
    _S.IMPLEMENTING: Stage(
        Step.FOLLOW_UP,
        _("The plan is agreed, with a day on which it is followed up."),
        frozenset({_P.AGREE_PLAN, _P.EDIT_PLAN}),
        NextStep.FOLLOW_UP,
        None,
        frozenset({_S.FOLLOW_UP, _S.PLANNING, _S.CLOSED, _S.DORMANT}),
        _PLANNED,
    ),
    _S.FOLLOW_UP: Stage(
        Step.FOLLOW_UP,
        _("The plan has been followed up and is being changed."),
        frozenset({_P.EDIT_PLAN}),
        NextStep.FOLLOW_UP,
        None,
        frozenset({_S.IMPLEMENTING, _S.PLANNING, _S.CLOSED, _S.DORMANT}),
        _PLANNED,
    ),
    _S.DORMANT: Stage(
        Step.FOLLOW_UP,
        _("It rests for a reason, until a day on which it is looked at again."),
        frozenset({_P.CLOSE_CASE}),
        NextStep.LOOK_AGAIN,
        None,
        frozenset({_S.DIALOGUE, _S.CONSENT, _S.PLANNING, _S.IMPLEMENTING, _S.CLOSED}),
        _PLANNED,
    ),
    _S.CLOSED: Stage(
        Step.FOLLOW_UP,
        _("It is closed, with a reason. What was written stays with those who wrote it."),
        frozenset({_P.CLOSE_CASE}),
        None,
        None,
        frozenset({_S.DIALOGUE}),
        frozenset(),
    ),
}

STEP_OF: dict[ProcessState, Step] = {state: stage.step for state, stage in PROCESS.items()}

# A case in one of these has no agreed plan, so nothing is to be followed up before it is closed.
BEFORE_A_PLAN = frozenset(
    {_S.NOTICED, _S.DIALOGUE, _S.GATHERING, _S.ASSESSMENT, _S.CONSENT, _S.INVITED, _S.MET}
)

# What is decided, or waited for, within a state has a day of its own.
_DEADLINE_OF_STEP = {
    NextStep.CLOSE: Deadline.ACT,
    NextStep.HAND_OVER: Deadline.ACT,
    NextStep.SUPPORT: None,
    NextStep.ANSWER: Deadline.ANSWER,
}


# What is done on its day; everything else is begun at once, whatever day it is to be done by.
WAITS_FOR_ITS_DAY = frozenset({NextStep.FOLLOW_UP, NextStep.SUPPORT, NextStep.LOOK_AGAIN})


def may_move(current: ProcessState, new: ProcessState) -> bool:
    """Whether the process can go from one state to another."""
    return new in PROCESS[current].exits


def may_close(current: ProcessState, reason: CloseReason) -> bool:
    """Whether a case in this state can be closed for this reason."""
    return reason in PROCESS[current].closes


def next_step_in(state: ProcessState) -> NextStep | None:
    """What is to be done in a state unless something else is decided."""
    return PROCESS[state].next_step


def deadline_of(state: ProcessState, step: str) -> Deadline | None:
    """Within which time the next step of a case is to be done; ``None`` where a day is chosen.

    A step that follows from a decision goes before the state.
    """
    if step in _DEADLINE_OF_STEP:
        return _DEADLINE_OF_STEP[NextStep(step)]
    return PROCESS[state].deadline
