"""Reasons, roles and kinds in words: none is without, and the rules know no words."""

from __future__ import annotations

import ast

import pytest
from django.utils import translation

from access.permissions import Permission
from access.policy import no, yes
from access.reasons import Reason
from access.roles import Role
from access.units import UnitKind
from access.words import KINDS, REASONS, ROLES_IN_WORDS, require, role_label, why
from barnensbasta.local import ROOT
from kit.errors import Refused

PURE = (
    *(
        "ages",
        "decisions",
        "facts",
        "family",
        "law",
        "law_change",
        "permissions",
        "policy",
        "reasons",
        "roles",
        "shield",
    ),
    "units",
    "unnamed",
)


def test_every_code_has_its_words() -> None:
    """In Swedish, and each its own: two reasons that sound alike are one reason."""
    assert set(REASONS) == set(Reason)
    assert set(ROLES_IN_WORDS) == set(Role)
    assert set(KINDS) == set(UnitKind)
    said = {why(reason) for reason in Reason}
    assert len(said) == len(Reason)
    assert all(sentence.endswith(".") for sentence in said)
    assert all(role_label(role) and str(ROLES_IN_WORDS[role].description).endswith(".") for role in Role)


@pytest.mark.parametrize(
    ("reason", "swedish", "english"),
    [
        (Reason.NOT_ASSIGNED, "Du är inte tilldelad.", "You are not assigned."),
        (
            Reason.CONSENT_TOO_LONG,
            "Ett samtycke kan gälla högst 12 månader.",
            "A consent can hold for 12 months at most.",
        ),
        (
            Reason.CHILD_READS_LATER,
            "Barnet läser själv här först från 16 år.",
            "The child reads here herself only from 16.",
        ),
    ],
)
def test_words_follow_the_readers_language(reason: Reason, swedish: str, english: str) -> None:
    assert why(reason) == swedish
    with translation.override("en"):
        assert why(reason) == english


def test_a_refusal_carries_words_and_code() -> None:
    """The words for the page, the code for the audit."""
    require(yes(Reason.ROLE_MAY))
    with pytest.raises(Refused, match=r"Ärendet är avslutat\.") as caught:
        require(no(Reason.CASE_CLOSED))
    assert caught.value.code == "case_closed"


def test_codes_are_stable_words() -> None:
    """They lie in the audit for years: lower case, short enough for any column."""
    for code in (*Reason, *Role, *UnitKind, *Permission):
        assert code == code.lower().replace(" ", "_")
        assert len(code) <= 64


@pytest.mark.parametrize("module", PURE)
def test_the_rules_are_pure_python(module: str) -> None:
    """No Django and no words in what decides."""
    tree = ast.parse((ROOT / f"access/{module}.py").read_text(encoding="utf-8"))
    named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    allowed = {f"access.{name}" for name in PURE}
    assert not {name for name in named if name.startswith(("django", "access", "kit"))} - allowed
