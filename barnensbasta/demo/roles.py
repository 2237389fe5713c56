"""A new colleague whom the administrator has proposed, and the head of the unit has not answered yet."""

from __future__ import annotations

from datetime import timedelta

from agencies.models import Appointment
from barnensbasta.demo.stage import Stage

UNIT = "Socialtjänsten barn och unga"


def tell_roles(stage: Stage) -> None:
    """She is invented, and gets no account before it is confirmed."""
    with stage.rows.area("roles"):
        stage.rows.add(
            Appointment(
                unit=stage.places.unit(UNIT),
                account_key=stage.rows.new_id(),
                is_new=True,
                name="Signe Brunnholm",
                role="caseworker",
                title="socialsekreterare",
                starts_on=stage.moments.today + timedelta(days=5),
                proposed_by=stage.staff.accounts["admin"],
                proposed_at=stage.moments.at(1, "10.05"),
            )
        )
