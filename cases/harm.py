"""The test of harm (menprövning) that stands behind each disclosure (R1.3; OSL 10 kap.)."""

from __future__ import annotations

from access.units import UnitKind
from cases.rules import Outcome

# Who reads about herself or her child is judged by one provision, whoever wrote it.
OWN_RIGHT = "OSL 12:1, 12:3"


def harm_of(owner: UnitKind, category: str, outcome: Outcome = Outcome.LIFTED) -> dict[str, str]:
    """Rule, kind of test and outcome of what a unit has written, as columns of a disclosure.
    What no provision keeps secret is not secret, whatever it is shown on."""
    rule = owner.rule_for(category)
    if rule.test == "none" and outcome is not Outcome.REFUSED:
        outcome = Outcome.NOT_SECRET
    return {"rule": rule.provision, "test": rule.test, "outcome": outcome.value}


def harm_to_family(owner: UnitKind, category: str) -> dict[str, str]:
    """The same, of what the family itself is shown."""
    return {"rule": OWN_RIGHT, "test": owner.rule_for(category).test, "outcome": Outcome.LIFTED.value}
