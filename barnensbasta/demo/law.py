"""A new version of a legal ground that waits for the lawyer. What it says is invented."""

from __future__ import annotations

from barnensbasta.demo.stage import Stage
from consent.law import first_rows
from consent.models import LegalBasis


def tell_law(stage: Stage) -> None:
    """The administrator has proposed it; nothing is changed until the lawyer has signed."""
    with stage.rows.area("law"):
        first = next(row for row in first_rows() if row["code"] == "B10")
        at = stage.moments.at(2, "13.20")
        new = {
            "no": 2,
            "text": "Uppgiften behövs för att polisen ska kunna ingripa omedelbart, eller gäller ett brott mot den som "
            "är under 18 som lagen räknar upp.",
            "starts_on": stage.moments.today,
            "why": "Övningsexempel: den ändrade lydelsen av OSL 10:21 och 10:23 är genomgången, så texten kan "
            "sägas rakt ut.",
            "proposed_by": stage.staff.accounts["admin"],
            "proposed_at": at,
        }
        stage.rows.add(LegalBasis(**first | new))
