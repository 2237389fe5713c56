"""The one place that decides: its decision tables."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import QuerySet
from hypothesis import given
from hypothesis import strategies as st

from access.facts import (
    ActionFacts,
    Circle,
    ConsentFacts,
    CustodyFacts,
    FamilyFacts,
    FamilyShareFacts,
    ScopeFacts,
    ShareFacts,
)
from access.permissions import Permission
from access.policy import (
    consent_state,
    decide,
    decide_consent,
    decide_family_share,
    decide_share,
    may_print,
    midnight,
    scope_state,
    who_must_answer,
)
from access.reasons import Reason
from access.roles import ROLES, Role
from access.units import UnitKind
from consent.models import Answer, Scope
from tests.access.definers import as_owner
from tests.database import as_loader
from tests.worlds import World

MICRO = timedelta(microseconds=1)
CUSTODY = (CustodyFacts("mamma"), CustodyFacts("pappa"))


# --- Consent (R1.7) ------------------------------------------------------------------------------


def test_who_does_not_answer() -> None:
    """A guardian whose custody is contested; and without any, nobody can."""
    contested = (CustodyFacts("mamma"), CustodyFacts("pappa", contested=True))
    at = datetime(2026, 3, 1, tzinfo=UTC)
    assert who_must_answer(date(2020, 1, 1), contested, at).guardians == ("mamma",)
    assert not decide_consent(_asked(custody=()))
    assert not decide_consent(_asked(custody=(CustodyFacts("pappa", contested=True),)))


def test_a_consent_lasts_twelve_months_at_most() -> None:
    """Through the same day a year later, and not a microsecond more."""
    last = midnight(date(2027, 3, 2))
    assert decide_consent(_asked(ends=last)).until == last
    assert not decide_consent(_asked(ends=last + MICRO))
    assert not decide_consent(_asked(ends=midnight(date(2026, 3, 1))))  # ends as it starts


@pytest.mark.parametrize(
    ("custody_until", "born", "until"),
    [
        (None, "2020-01-01", "2026-09-01"),  # the period asked for
        ("2026-06-01", "2020-01-01", "2026-06-01"),  # the end of a custody
        (None, "2014-05-17", "2026-05-17"),  # twelve: the child must answer too
        (None, "2011-05-17", "2026-05-17"),  # fifteen
        (None, "2008-05-17", "2026-05-17"),  # eighteen
        ("2026-04-01", "2008-05-17", "2026-04-01"),  # the earliest of all
    ],
)
def test_a_consent_ends_at_the_earliest(custody_until: str | None, born: str, until: str) -> None:
    """End of the period, a birthday that changes who must answer, or the end of a custody."""
    end = midnight(date.fromisoformat(custody_until)) if custody_until else None
    facts = _asked(
        ends=midnight(date(2026, 9, 1)),
        born=date.fromisoformat(born),
        custody=(CustodyFacts("mamma", until=end), CustodyFacts("pappa")),
    )
    assert decide_consent(facts).until == midnight(date.fromisoformat(until))


def _asked(
    *,
    ends: datetime | None = None,
    born: date = date(2020, 1, 1),
    custody: tuple[CustodyFacts, ...] = CUSTODY,
) -> ConsentFacts:
    starts = midnight(date(2026, 3, 1))
    return ConsentFacts(born, custody, starts, ends or midnight(date(2026, 6, 1)))


REPLIES = ("", "yes", "no", "withdrawn")
DIFFERENT = {
    ("yes", "yes"): "given",
    ("yes", ""): "waiting",  # silence is never consent
    ("", ""): "waiting",
    ("yes", "no"): "conflict",
    ("no", "no"): "refused",
    ("no", ""): "refused",  # one no is enough
    ("yes", "withdrawn"): "withdrawn",  # one withdrawal is enough
    ("no", "withdrawn"): "withdrawn",
    (): "waiting",  # nobody was asked
}


@pytest.mark.parametrize(("replies", "state"), DIFFERENT.items())
def test_scope_state(replies: tuple[str, ...], state: str) -> None:
    """From the answers that are required (decisions 22 and 23)."""
    assert scope_state(_counted(replies)) == state


@given(st.lists(st.tuples(st.sampled_from(REPLIES), st.booleans()), max_size=2))
def test_scope_state_is_the_same_in_the_database(world: World, answers: list[tuple[str, bool]]) -> None:
    """``access_owner.scope_state`` says what ``access.policy.scope_state`` says, and neither
    hears an answer that isn't required."""
    scope = _scope(world)
    with as_loader():
        Answer.objects.filter(scope=scope).delete()
        for guardian, (reply, required) in zip(("mamma", "pappa"), answers, strict=False):
            Answer.objects.create(
                scope=scope, guardian=world.guardians[guardian], reply=reply, required=required
            )
    required_replies = tuple(reply for reply, required in answers if required)
    assert as_owner("scope_state", scope.pk) == scope_state(_counted(required_replies))


STATES = ("waiting", "given", "refused", "conflict", "withdrawn")


@given(st.lists(st.sampled_from(STATES), min_size=1, max_size=4))
def test_consent_state_is_the_same_in_the_database(world: World, states: list[str]) -> None:
    """``access_owner.consent_state`` says what ``access.policy.consent_state`` says."""
    scope = _scope(world)
    with as_loader():
        Scope.objects.filter(consent=scope.consent).exclude(pk=scope.pk).delete()
        Scope.objects.filter(pk=scope.pk).update(state=states[0])
        for unit, state in zip(("logoped", "social", "school"), states[1:], strict=False):
            Scope.objects.create(
                consent=scope.consent, unit=world.units[unit], categories=[], state=state, ends_at=world.at
            )
    assert as_owner("consent_state", scope.consent_id) == consent_state(states)


@pytest.mark.parametrize(
    ("states", "whole"),
    [
        (["given", "given"], "given"),
        (["given", "waiting"], "waiting"),
        (["given", "refused"], "partly"),
        (["given", "conflict"], "partly"),
        (["refused", "conflict"], "conflict"),
        (["withdrawn", "refused"], "withdrawn"),
        (["refused", "expired"], "refused"),
        (["withdrawn"], "withdrawn"),
    ],
)
def test_consent_state(states: list[str], whole: str) -> None:
    """Of the whole, from its units."""
    assert consent_state(states) == whole


def _counted(replies: tuple[str, ...]) -> ScopeFacts:
    count = Counter(replies)
    return ScopeFacts(len(replies), count["yes"], count["no"], count["withdrawn"])


def _scope(world: World) -> Scope:
    """The world's one scope, made at the first example."""
    with as_loader():
        found: Scope | None = _scopes(world).first()
        if found is None:
            world.consent(world.open_case(), "preschool", state="waiting")
            found = _scopes(world).get()
    return found


def _scopes(world: World) -> QuerySet[Scope]:
    return Scope.objects.filter(unit=world.units["preschool"]).select_related("consent")


# --- Sharing ---------------------------------------------------------------------------------------

UNTIL = midnight(date(2026, 6, 1))
CONSENTED = frozenset({"plan", "basis"})


@pytest.mark.parametrize(
    ("recipient", "category", "until", "allowed"),
    [
        (UnitKind.HEALTH_CARE, "basis", UNTIL, True),
        (UnitKind.HEALTH_CARE, "health", UNTIL, False),  # the consent doesn't cover it
        (UnitKind.HEALTH_CARE, "basis", None, False),  # no consent for that unit
        (UnitKind.LEISURE, "basis", UNTIL, False),  # decision 33
        (UnitKind.POLICE, "plan", UNTIL, False),
        (UnitKind.LEISURE, "practical", UNTIL, False),  # not consented
    ],
)
def test_decide_share(recipient: UnitKind, category: str, until: datetime | None, allowed: bool) -> None:
    """B1: a consent in force for that unit that covers the category (OSL 12:2, R1.2)."""
    facts = ShareFacts(UnitKind.CHILD_HEALTH, recipient, category, CONSENTED, until)
    decision = decide_share(facts)
    assert bool(decision) is allowed
    assert decision.until == (until if allowed else None)


@pytest.mark.parametrize("recipient", [UnitKind.LEISURE, UnitKind.POLICE, UnitKind.SCHOOL])
def test_everybody_may_be_shown_the_practical_plan(recipient: UnitKind) -> None:
    """Decision 32."""
    facts = ShareFacts(UnitKind.CHILD_HEALTH, recipient, "practical", frozenset({"practical"}), UNTIL)
    assert decide_share(facts)


@pytest.mark.parametrize(
    ("own", "asked", "to_child", "allowed"),
    [
        (False, False, False, True),
        (True, False, False, False),
        (True, True, False, True),
        (True, False, True, True),  # to the child herself
    ],
)
def test_decide_family_share(own: bool, asked: bool, to_child: bool, allowed: bool) -> None:
    """B14; the child's own words only when the child was asked (OSL 12:3)."""
    decision = decide_family_share(FamilyShareFacts(own, asked, UNTIL, to_child))
    assert bool(decision) is allowed
    assert decision.until == (UNTIL if allowed else None)


# --- Actions ------------------------------------------------------------------------------------------

ON_CASE = sorted(
    set(Permission)
    - {Permission.NOTICE_CHILD, Permission.READ_FIGURES, Permission.MANAGE_UNITS, Permission.TAKE_SIGNAL}
    - {Permission.REVIEW_LOG, Permission.FOLLOW_REVIEWS, Permission.OPEN_IN_EMERGENCY}
    - {
        Permission.REVIEW_EMERGENCY,
        Permission.TAKE_HANDOVER,
        Permission.ASK_UNNAMED,
        Permission.ANSWER_UNNAMED,
    }
    - {Permission.PROPOSE_LAW, Permission.SIGN_LAW, Permission.WORD_WHEEL, Permission.CONFIRM_ROLE}
)
HEAD = {Permission.SEE_CASE_HEAD, Permission.OPEN_AS_LEAD, Permission.ASSIGN, Permission.TAKE_INVITATION}
HOLDER = {
    Permission.DECIDE_COLLABORATION,
    Permission.REGISTER_FAMILY,
    Permission.ASK_CONSENT,
    Permission.NOTE_ANSWER,
    Permission.EDIT_PLAN,
    Permission.AGREE_PLAN,
    Permission.CLOSE_CASE,
    Permission.CLOSE_CIRCLE,
    Permission.HAND_OVER,
    Permission.ARRANGE_MEETING,
}
WORKER = {
    Permission.SHARE_WITH_UNIT,
    Permission.SHARE_WITH_GUARDIAN,
    Permission.SIGN_DISCLOSURE,
    Permission.UPDATE_OWN_ROW,
}

WRITES = {Permission.READ_CONTENT, Permission.WRITE_ENTRY, Permission.HIDE_FROM_GUARDIAN}

# unit takes part, assigned, holds, closed → what a lead, who has every permission on a case, may do
CASES = [
    ("", False, False, False, set()),
    ("", True, True, False, set()),
    ("full", False, False, False, HEAD),
    ("full", True, False, False, HEAD | WORKER | WRITES),
    ("full", True, True, False, HEAD | WORKER | HOLDER | WRITES),
    (
        "full",
        True,
        True,
        True,
        HEAD | WRITES | {Permission.CLOSE_CIRCLE},
    ),
    ("own", True, False, False, HEAD | {Permission.READ_CONTENT}),
]


@pytest.mark.parametrize(("takes_part", "assigned", "holds", "closed", "allowed"), CASES)
def test_decide_for_a_lead(
    takes_part: str, assigned: bool, holds: bool, closed: bool, allowed: set[Permission]
) -> None:
    """Role, participation, assignment, holding and an open case, in that order."""
    facts = ActionFacts(Role.LEAD, takes_part, assigned, holds, closed)
    assert {p for p in ON_CASE if decide(p, facts)} == allowed


@pytest.mark.parametrize("role", [None, *Role])
def test_no_role_exceeds_itself(role: Role | None) -> None:
    """With everything else in her favour, a role may what it lists and nothing else (I14)."""
    family = FamilyFacts(date(2020, 1, 1), UNTIL, CustodyFacts("mamma"))
    facts = ActionFacts(role, "full", assigned=True, holds_case=True, family=family)
    allowed = {p for p in Permission if decide(p, facts)}
    assert allowed == (ROLES[role] if role else frozenset())


CHILD: dict[str, Any] = {"is_the_child": True}
HERS: dict[str, Any] = {"custody": CustodyFacts("mamma")}
READ, ANSWER, REPLY = Permission.READ_CONTENT, Permission.ANSWER_CONSENT, Permission.REPLY_TO_PLAN


@pytest.mark.parametrize(
    ("age", "how", "allowed"),
    [
        (4, HERS, {READ, ANSWER, REPLY}),
        (17, HERS, {READ, ANSWER, REPLY}),
        (18, HERS, set()),  # custody ends (FB 6:2)
        (4, {"custody": CustodyFacts("pappa", contested=True)}, set()),
        (4, {"custody": CustodyFacts("pappa", until=UNTIL)}, set()),  # ended at this very instant
        (4, {"custody": CustodyFacts("pappa", until=UNTIL + MICRO)}, {READ, ANSWER, REPLY}),
        (4, {}, set()),  # a stranger, or a guardian of another child
        (11, CHILD, set()),
        (12, CHILD, {ANSWER}),
        (15, CHILD, {ANSWER}),
        (16, CHILD, {READ, ANSWER, REPLY}),
        (18, CHILD, {READ, ANSWER, REPLY}),
        (40, CHILD, {READ, ANSWER, REPLY}),
    ],
)
@pytest.mark.parametrize("role", [Role.GUARDIAN, Role.YOUTH])
def test_decide_for_a_family(role: Role, age: int, how: dict[str, Any], allowed: set[Permission]) -> None:
    """Custody and age decide, of one child at a time, and the hat's name does not:
    a youth of 17 wears the guardian's when she has a child of her own."""
    facts = FamilyFacts(date(2026 - age, 6, 1), UNTIL, **how)
    assert {p for p in Permission if decide(p, ActionFacts(role, family=facts))} == allowed


@pytest.mark.parametrize("age", range(20))
@pytest.mark.parametrize("how", [HERS, CHILD])
def test_whoever_must_answer_may(age: int, how: dict[str, Any]) -> None:
    """``decide`` and ``who_must_answer`` never differ, so nobody is asked who can't answer."""
    born = date(2026 - age, 6, 1)
    required = who_must_answer(born, (CustodyFacts("mamma"),), UNTIL)
    asked = required.child if how is CHILD else bool(required.guardians)
    facts = ActionFacts(Role.GUARDIAN, family=FamilyFacts(born, UNTIL, **how))
    assert bool(decide(ANSWER, facts)) is asked


def test_a_family_is_never_told_of_units() -> None:
    """She is told what concerns her: custody and age."""
    said = {
        decide(permission, ActionFacts(role, family=family)).reason
        for permission in (READ, ANSWER, REPLY)
        for role in (Role.GUARDIAN, Role.YOUTH)
        for family in (None, *(FamilyFacts(date(2026 - age, 6, 1), UNTIL, **CHILD) for age in (4, 13)))
    }
    assert said == {
        Reason.NOT_OF_THE_FAMILY, Reason.READS_LATER, Reason.NOT_ASKED, Reason.ANSWERS_FOR_THE_CHILD,
    }  # fmt: skip


@pytest.mark.parametrize(
    "role",
    [Role.UNIT_ADMINISTRATOR, Role.LOG_REVIEWER, Role.STEERING, Role.ADMINISTRATOR, Role.DATA_PROTECTION],
)
def test_no_child_for_administration_and_steering(role: Role) -> None:
    """Decision 39: no case content, and nobody can be assigned by them."""
    assert not ROLES[role] & set(ON_CASE)


def test_roles_are_data() -> None:
    """A data protection officer can read them: each role says what it may do."""
    assert set(ROLES) == set(Role)


@pytest.mark.parametrize("kind", list(UnitKind))
def test_who_prints(kind: UnitKind) -> None:
    """Whoever is assigned, in a unit with secrecy of its own; no closed case, and nothing in an emergency."""
    role = Role.CASEWORKER
    assigned = ActionFacts(role=role, unit_participates="full", assigned=True)
    assert may_print(kind, assigned) == (kind is not UnitKind.LEISURE)
    assert may_print(kind, replace(assigned, unit_participates="own")) == (kind is not UnitKind.LEISURE)
    assert not may_print(kind, replace(assigned, circle=Circle(closed=True, named=True)))
    assert not may_print(kind, replace(assigned, assigned=False))
    assert not may_print(kind, replace(assigned, assigned=False, emergency=True))
    assert not may_print(kind, replace(assigned, unit_participates=""))
    assert not may_print(None, assigned)
