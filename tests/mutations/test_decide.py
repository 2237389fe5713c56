"""Each rule of the policy, dropped and widened in turn, turns a decision table red."""

from __future__ import annotations

import importlib
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from access import ages, family, law, policy, shield, units
from access.facts import AdultRight
from access.law import Party
from access.permissions import Permission
from access.roles import ROLES, has_permission
from access.units import UnitKind
from tests.access.rights import FAMILY, RIGHTS
from tests.mutations import report, settings
from tests.mutations.mutants import applied, mutants_of
from tests.mutations.tables import Row, first_red, rows_of

TABLES = ("rights", "policy", "shield", "family", "family_rules", "law", "law_rules", "ages")
PARTS: dict[str, list[Callable[..., Any] | property]] = {
    "the policy": [
        policy.decide_share,
        policy.sees_others,
        policy.decide,
        policy._decide_as_assigned,
        has_permission,
        UnitKind.rule_for,
        UnitKind.practical_rows_only,
    ],
    "closed circles and emergencies": [
        shield.decide_circle,
        shield.opened_in_emergency,
        shield.decide_emergency,
        shield.may_end_closing,
    ],
    "the family": [
        family.who_must_answer,
        family.decide_consent,
        family.scope_state,
        family.consent_state,
        family.child_view_is_asked,
        family.decide_maturity,
        family.decide_family_share,
        family._narrows_at,
        family.decide_child_share,
        family.decide_hiding,
        family.decide_rights,
        family.FamilyView.__bool__,
        family.family_view,
        family.decide_as_family,
        family._has_custody,
        family._rights,
        family._must_answer,
    ],
    "legal grounds": [
        law.party_of,
        law.Duty.holds,
        law.decide_basis,
        law.second_person,
        law.offered,
        law.can_be_lawful,
        law.duties_between,
        law.advise,
        law._barred,
        law._circumstances,
        law._missing,
        law._until,
    ],
    "ages": [ages.age_on, ages.birthday, ages.midnight, ages.next_boundary, ages.months_later],
}
_AGES = ("CHILD_ANSWERS_FROM", "PLAN_FOR_CHILD_FROM", "MATURITY_FROM", "YOUTH_READS_FROM", "ADULT_AT")
_MONTHS = ("LONGEST_CONSENT_MONTHS", "HIDING_REVIEW_MONTHS")
_LAW = ("LONGEST_SHARE_MONTHS", "MOST_OFFERED")
# The permissions about which each set is asked.
_AT_WORK = [p for p, right in RIGHTS.items() if right.roles != FAMILY]
_ASSIGNED = [p for p in _AT_WORK if RIGHTS[p].assigned]
# What the rules go by.
DATA: dict[str, Callable[[], Iterator[Any]]] = {
    "who may what": lambda: itertools.chain(
        settings.memberships("may", ROLES, Permission),
        settings.memberships("policy", vars(policy), _AT_WORK, ("_WITHOUT_CASE",)),
        settings.memberships("policy", vars(policy), _ASSIGNED, ("_HOLDER_ONLY", "_ON_CLOSED")),
        settings.memberships("shield", vars(shield), _ASSIGNED, ("OPENED_IN_EMERGENCY",)),
        settings.memberships("may be given", family.RIGHTS_OF, AdultRight),
    ),
    "ages, periods and kinds": lambda: itertools.chain(
        settings.constants(ages, {name: getattr(ages, name) for name in _AGES}),
        settings.constants(family, {name: getattr(family, name) for name in _MONTHS}),
        settings.constants(law, {name: getattr(law, name) for name in _LAW}),
        settings.others("party of", law._PARTIES, Party),
        settings.others("rule of", units._RULES, dict.fromkeys(units._RULES.values())),
    ),
}
# Mutants that are the same rule in other words: nobody could tell them from it.
EQUIVALENT: dict[str, str] = {
    "access.family._must_answer: without family.custody in `family.custody and _has_custody(family)`": (
        "_has_custody asks it too; it stands there for the types"
    ),
    "access.law._until: without facts.consent_until is not None in "
    "`Need.CONSENT in basis.needs and facts.consent_until is not None`": (
        "a ground that needs consent was refused before, without one; it stands there for the types"
    ),
}


def mutants(part: str) -> Iterator[Any]:
    """Of all functions of the part, or of its data."""
    if part in DATA:
        yield from DATA[part]()
    for function in PARTS.get(part, ()):
        yield from mutants_of(function)


@pytest.fixture(scope="module")
def tables() -> list[Row]:
    """Every row of the decision tables, all green."""
    modules = [importlib.import_module(f"tests.access.test_{name}") for name in TABLES]
    rows = [row for module in modules for row in rows_of(module)]
    assert len(rows) >= 200, "the tables are not read right"
    assert first_red(rows) is None, "red without any change"
    return rows


@pytest.mark.parametrize("part", [*PARTS, *DATA])
def test_every_rule_is_needed(part: str, tables: list[Row]) -> None:
    """Some row of some table must end otherwise."""
    found = report.Report(part, EQUIVALENT)
    for mutant in mutants(part):
        with applied(mutant):
            found.add(str(mutant), mutant.done, first_red(tables, mutant.about))
    found.write()
    assert not found.wrong(), "\n".join(found.wrong())
