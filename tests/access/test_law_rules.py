"""The rules about legal grounds and units, part by part: what the tables of ``test_law`` and
``test_policy`` don't ask. The mutants of ``tests/mutations`` say that nothing is missing."""

from __future__ import annotations

from typing import Any

import pytest

from access.facts import ShareFacts
from access.law import Need, Party, can_be_lawful, decide_basis, duties_between, party_of
from access.permissions import Permission
from access.policy import decide_share, sees_others
from access.reasons import Reason
from access.roles import Role, has_permission
from access.units import PRESCHOOL, SCHOOL_OTHER, SCHOOL_SUPPORT, UnitKind
from tests.access.test_law import BASES, EH, EMI, FR, FRI, FSK, HSV, KF, LATER, POL, SKOLA, SOC, facts

# owner, ground, recipient, more → the reason.
TABLE: list[tuple[Party, str, Party, dict[str, Any], Reason]] = [
    # To the one whom it is about no unit's matrix applies.
    (SOC, "B14", Party.PERSON, {}, Reason.LAWFUL),
    (SOC, "B13", Party.NOTIFIER, {}, Reason.LAWFUL),
    # Only B7 stays within one authority.
    (SKOLA, "B4", SOC, {"same_authority": False}, Reason.LAWFUL),
    (EMI, "B7", SKOLA, {}, Reason.LAWFUL),
    # The police are shown the practical on consent; on another ground what that ground says.
    (SKOLA, "B1", POL, {"category": "health"}, Reason.PRACTICAL_PLAN_ONLY),
    (SKOLA, "B1", POL, {}, Reason.LAWFUL),
    (SKOLA, "B4", POL, {"category": "health"}, Reason.LAWFUL),
    (SKOLA, "B1", SOC, {"category": "health"}, Reason.LAWFUL),
    # What has been committed is told on B10, not on a risk.
    (SOC, "B10", POL, {"committed_crime": True}, Reason.LAWFUL),
    (SOC, "B8", POL, {"committed_crime": True}, Reason.NOT_FOR_COMMITTED_CRIME),
    # Only consent needs consent; and what is asked for is enough.
    (SKOLA, "B4", SOC, {"consent_until": None}, Reason.LAWFUL),
    (SKOLA, "B4", SOC, {"filled": frozenset({Need.WEIGHING})}, Reason.LAWFUL),
    (SKOLA, "B4", SOC, {"filled": frozenset(Need) - {Need.WEIGHING}}, Reason.BASIS_WITHOUT_GROUNDS),
    # A consent and a statute are no words that somebody fills in.
    (SKOLA, "B1", SOC, {"filled": frozenset()}, Reason.LAWFUL),
    (SKOLA, "B5", SOC, {"filled": frozenset(), "duty": "sol_20_6"}, Reason.LAWFUL),
]


@pytest.mark.parametrize(("owner", "code", "recipient", "more", "reason"), TABLE)
def test_each_part_of_a_ground(
    owner: Party, code: str, recipient: Party, more: dict[str, Any], reason: Reason
) -> None:
    assert decide_basis(BASES[code], facts(owner, recipient, **more)).reason is reason


def test_what_bars_is_said_before_what_is_missing() -> None:
    """Family counselling is not told to ask for consent."""
    refused = can_be_lawful(BASES["B1"], facts(FR, SOC, consent_until=None))
    assert refused.reason is Reason.ABSOLUTE_SECRECY


def test_a_notification_is_no_duty_of_this_system() -> None:
    """It is made outside it, at once (R1.6)."""
    assert {duty.code for duty in duties_between(BASES["B5"], facts(SKOLA, SOC))} >= {"sol_20_6"}
    assert "sol_19_1" not in {duty.code for duty in duties_between(BASES["B5"], facts(SKOLA, SOC))}
    assert duties_between(BASES["B5"], facts(HSV, KF)) == []


# R1.1: as whom the law knows each kind of unit, and the provision that keeps secret what it writes.
KINDS = {
    UnitKind.MATERNITY_CARE: (HSV, "OSL 25:1", "reversed"),
    UnitKind.CHILD_HEALTH: (HSV, "OSL 25:1", "reversed"),
    UnitKind.HEALTH_CARE: (HSV, "OSL 25:1", "reversed"),
    UnitKind.PRESCHOOL: (FSK, "OSL 23:1", "reversed"),
    UnitKind.SCHOOL: (SKOLA, "OSL 23:2 st. 2", "straight"),
    UnitKind.PUPIL_HEALTH: (EH, "OSL 23:2 st. 1", "reversed"),
    UnitKind.PUPIL_MEDICAL: (EMI, "OSL 25:1", "reversed"),
    UnitKind.INDEPENDENT_SCHOOL: (FRI, "SkolL 29:14", "reversed"),
    UnitKind.SOCIAL_SERVICES: (SOC, "OSL 26:1", "reversed"),
    UnitKind.FAMILY_CENTRE: (SOC, "OSL 26:1", "reversed"),
    UnitKind.FAMILY_COUNSELLING: (FR, "OSL 26:3", "absolute"),
    UnitKind.LEISURE: (KF, "", "none"),
    UnitKind.POLICE: (POL, "OSL 35:1", "reversed"),
    UnitKind.YOUTH_FOLLOW_UP: (SKOLA, "OSL 23:2 st. 2", "straight"),
}


@pytest.mark.parametrize("kind", UnitKind)
def test_each_kind_of_unit_before_the_law(kind: UnitKind) -> None:
    """Whoever is run privately is no authority, whatever it does."""
    party, provision, test = KINDS[kind]
    assert party_of(kind, is_public=True) is party
    assert party_of(kind, is_public=False) is FRI
    assert (kind.rule.provision, kind.rule.test) == (provision, test)


# --- Consent, units and roles -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("owner", "recipient", "more", "reason"),
    [
        (UnitKind.CHILD_HEALTH, UnitKind.SCHOOL, {}, Reason.CONSENTED),
        (UnitKind.FAMILY_COUNSELLING, UnitKind.SCHOOL, {}, Reason.ABSOLUTE_SECRECY),
        (UnitKind.CHILD_HEALTH, UnitKind.SCHOOL, {"consent_until": None}, Reason.UNIT_NOT_CONSENTED),
        (UnitKind.CHILD_HEALTH, UnitKind.LEISURE, {}, Reason.PRACTICAL_PLAN_ONLY),
        (
            UnitKind.CHILD_HEALTH,
            UnitKind.SCHOOL,
            {"version_category": "health"},
            Reason.CATEGORY_NOT_CONSENTED,
        ),
        (UnitKind.CHILD_HEALTH, UnitKind.SCHOOL, {"beyond_consent": True}, Reason.CONSENT_NOT_ENOUGH),
    ],
)
def test_what_consent_lets_be_shown(
    owner: UnitKind, recipient: UnitKind, more: dict[str, Any], reason: Reason
) -> None:
    """B1, each condition with its reason (OSL 12:2; R1.2; R1.8)."""
    usual: dict[str, Any] = {
        "version_category": "basis", "consented_categories": frozenset({"basis"}), "consent_until": LATER,
    }  # fmt: skip
    decision = decide_share(ShareFacts(owner, recipient, **usual | more))
    assert (decision.reason, bool(decision)) == (reason, not more and reason is Reason.CONSENTED)


@pytest.mark.parametrize("kind", UnitKind)
def test_who_learns_of_the_others(kind: UnitKind) -> None:
    """All but leisure and the police; they too where they hold the case (R1.2)."""
    assert sees_others(kind) == (kind not in {UnitKind.LEISURE, UnitKind.POLICE})
    assert sees_others(kind, holds_case=True)


def test_whoever_works_nowhere_learns_of_nobody() -> None:
    assert not sees_others(None)
    assert not sees_others(None, holds_case=True)


def test_what_a_school_writes_is_kept_secret_by_what_it_is_about() -> None:
    """Support and discipline by the straight test, the practical by the weak one (OSL 23:2)."""
    assert UnitKind.SCHOOL.rule_for("basis") is SCHOOL_SUPPORT
    assert UnitKind.SCHOOL.rule_for("practical") is SCHOOL_OTHER
    assert UnitKind.PRESCHOOL.rule_for("practical") is PRESCHOOL


def test_a_role_lists_its_permissions() -> None:
    assert has_permission(Role.LEAD, Permission.ASSIGN)
    assert not has_permission(Role.CASEWORKER, Permission.ASSIGN)
    assert not has_permission(None, Permission.ASSIGN)
