"""The next summer break of Lessebo's schools."""

from __future__ import annotations

from datetime import date

from agencies.models import SchoolBreak
from barnensbasta.demo.stage import Stage

LESSEBO = "0761"


def tell_breaks(stage: Stage) -> None:
    """From the middle of June to the middle of August."""
    today = stage.moments.today
    year = today.year if today < date(today.year, 6, 1) else today.year + 1
    with stage.rows.area("breaks"):
        stage.rows.add(
            SchoolBreak(
                municipality_id=LESSEBO,
                name="Sommarlov",
                first_on=date(year, 6, 14),
                last_on=date(year, 8, 16),
                added_by=stage.staff.accounts["admin"],
                added_at=stage.moments.at(30, "10.05"),
            )
        )
