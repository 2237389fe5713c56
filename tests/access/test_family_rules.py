"""The rules about the family, bound by bound and part by part: what the tables of ``test_family``
and ``test_policy`` don't ask. The mutants of ``tests/mutations`` say that nothing is missing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from access.ages import birthday, midnight
from access.facts import (
    ActionFacts,
    AdultFacts,
    AdultKind,
    AdultRight,
    ConsentFacts,
    CustodyFacts,
    FamilyFacts,
    FamilyShareFacts,
    HidingFacts,
)
from access.family import FamilyView, Notes, family_view
from access.permissions import Permission
from access.policy import consent_state, decide, decide_consent, decide_family_share, decide_hiding
from access.reasons import Reason
from access.roles import Role

MICRO = timedelta(microseconds=1)
BORN = date(2008, 2, 29)
PLAN, SHOWN, ANSWERS = AdultRight.PLAN, AdultRight.SHOWN, AdultRight.ANSWERS
READ, ANSWER, REPLY = Permission.READ_CONTENT, Permission.ANSWER_CONSENT, Permission.REPLY_TO_PLAN


def at(age: int) -> datetime:
    return midnight(birthday(BORN, age))


def adult(kind: AdultKind, *rights: AdultRight, age: int = 9, **more: Any) -> FamilyFacts:
    """Somebody without custody of a child of that age."""
    return FamilyFacts(BORN, at(age), adult=AdultFacts(kind, frozenset(rights), **more))


def decided(permission: Permission, facts: FamilyFacts) -> Reason:
    return decide(permission, ActionFacts(Role.GUARDIAN, family=facts)).reason


# --- A consent that is about to be asked for -----------------------------------------------------


def test_whoever_is_of_age_is_asked_herself() -> None:
    """From the very day: no guardian is needed, and no birthday ends it."""
    ends = at(18) + timedelta(days=30)
    decision = decide_consent(ConsentFacts(BORN, (), at(18), ends))
    assert (bool(decision), decision.until) == (True, ends)
    assert decide_consent(ConsentFacts(BORN, (), at(17), at(17) + timedelta(days=30))).reason == (
        Reason.NOBODY_CAN_ANSWER
    )


def test_custody_that_is_contested_ends_no_consent() -> None:
    """It opens none either; whoever answers without it goes on."""
    ends = at(9) + timedelta(days=60)
    custody = (CustodyFacts("g"), CustodyFacts("h", until=at(9) + timedelta(days=9), contested=True))
    assert decide_consent(ConsentFacts(BORN, custody, at(9), ends)).until == ends


def test_a_consent_all_of_which_ran_out() -> None:
    assert consent_state(["expired", "expired"]) == "expired"


# --- What is shown, and what is hidden --------------------------------------------------------------


def shown_until(*, to_the_child: bool = False, born: date | None = BORN, now: datetime | None = None) -> Any:
    facts = FamilyShareFacts(False, True, None, to_the_child, born_on=born, at=now)
    return decide_family_share(facts).until


def test_what_a_guardian_is_shown_before_thirteen_narrows_then() -> None:
    """To the microsecond; not what the child is shown, nor where no age is known."""
    assert shown_until(now=at(13) - MICRO) == at(13)
    assert shown_until(now=at(13)) is None
    assert shown_until(now=at(12), to_the_child=True) is None
    assert shown_until(now=at(12), born=None) is None
    assert shown_until(now=None) is None


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({}, Reason.HIDDEN_FROM_GUARDIAN),
        ({"owner": False}, Reason.OWNER_ONLY),
        ({"is_guardian": False}, Reason.NOT_GUARDIAN_NOW),
        ({"reason": " "}, Reason.REASON_MISSING),
    ],
)
def test_who_hides_from_whom_and_why(more: dict[str, Any], reason: Reason) -> None:
    """The owner, from a guardian, with a reason (OSL 12:3)."""
    usual: dict[str, Any] = {"owner": True, "is_guardian": True, "reason": "Far illa."}
    facts = HidingFacts(**usual | more, today=date(2026, 1, 10), review_on=date(2026, 2, 10))
    decision = decide_hiding(facts)
    assert (decision.reason, bool(decision)) == (reason, not more)


# --- Adults without custody ----------------------------------------------------------------------------

GOD_MAN, FOSTER, PARENT = AdultKind.GOD_MAN, AdultKind.FOSTER_HOME, AdultKind.PARENT


@pytest.mark.parametrize(
    ("facts", "view"),
    [
        (adult(GOD_MAN, PLAN), FamilyView(plan=True)),
        (adult(GOD_MAN, ANSWERS), FamilyView(answers=True, log=True)),
        (adult(GOD_MAN, PLAN, ANSWERS), FamilyView(plan=True, answers=True, replies=True, log=True)),
        (adult(GOD_MAN, SHOWN), FamilyView(notes=Notes.ALL)),
        (adult(FOSTER, PLAN), FamilyView(plan=True)),
        # Of twelve, so that the child herself must answer: she doesn't.
        (adult(FOSTER, PLAN, SHOWN, age=12), FamilyView(plan=True, notes=Notes.ALL)),
        (adult(PARENT, SHOWN, age=13), FamilyView(notes=Notes.SINCE_THIRTEEN)),
        (adult(PARENT, PLAN, until=at(9)), FamilyView()),
        (adult(PARENT, PLAN, until=at(9) + MICRO), FamilyView(plan=True)),
        (adult(PARENT, PLAN, age=18), FamilyView()),
        (
            FamilyFacts(BORN, at(18) - MICRO, adult=AdultFacts(PARENT, frozenset({PLAN}))),
            FamilyView(plan=True),
        ),
    ],
)
def test_each_right_is_given_by_itself(facts: FamilyFacts, view: FamilyView) -> None:
    assert family_view(facts) == view


def test_a_parent_whose_custody_is_contested_does_not_answer() -> None:
    """Not by what else she has been let do."""
    facts = FamilyFacts(
        BORN,
        at(9),
        custody=CustodyFacts("g", contested=True),
        adult=AdultFacts(PARENT, frozenset({PLAN})),
    )
    assert family_view(facts) == FamilyView(plan=True)


@pytest.mark.parametrize(
    ("facts", "read", "reply"),
    [
        (adult(FOSTER, PLAN), Reason.OF_THE_FAMILY, Reason.RIGHT_NOT_FOR_THEM),
        (adult(FOSTER, SHOWN), Reason.OF_THE_FAMILY, Reason.RIGHT_NOT_FOR_THEM),
        (adult(GOD_MAN, PLAN, ANSWERS), Reason.OF_THE_FAMILY, Reason.OF_THE_FAMILY),
        (adult(FOSTER), Reason.NOT_OF_THE_FAMILY, Reason.NOT_OF_THE_FAMILY),
    ],
)
def test_what_an_adult_without_custody_may(facts: FamilyFacts, read: Reason, reply: Reason) -> None:
    """She reads without being the child, and replies only in a guardian's place."""
    assert (decided(READ, facts), decided(REPLY, facts)) == (read, reply)


# --- A case that is closed to all but named staff ------------------------------------------------------


@pytest.mark.parametrize(
    "how",
    [
        {"custody": CustodyFacts("g")},
        {"is_the_child": True},
        {"adult": AdultFacts(GOD_MAN, frozenset({PLAN}))},
    ],
)
def test_whoever_is_not_let_in_is_a_stranger(how: dict[str, Any]) -> None:
    """Each of the family, until it is decided for her: nothing tells that there is a case."""
    facts = FamilyFacts(BORN, at(17), let_in=False, **how)
    assert family_view(facts) == FamilyView()
    assert {decided(permission, facts) for permission in (READ, ANSWER, REPLY)} == {Reason.NOT_OF_THE_FAMILY}


@pytest.mark.parametrize(
    ("view", "something"),
    [
        (FamilyView(), False),
        (FamilyView(plan=True), True),
        (FamilyView(answers=True), True),
        (FamilyView(notes=Notes.SINCE_THIRTEEN), True),
    ],
)
def test_a_view_of_nothing_is_none(view: FamilyView, something: bool) -> None:
    assert bool(view) is something
