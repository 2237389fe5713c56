"""Reading the steering group's figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection

from access.actor import Actor
from access.facts import ActionFacts
from access.permissions import Permission
from access.policy import decide


@dataclass(frozen=True)
class Figures:
    """Six figures on a whole municipality; ``None`` is a figure too small to show.

    Counts are rounded to 5, ``followed_up_in_time`` is percent rounded to 5,
    ``days_to_plan`` whole days. ``until`` is the last day of the period.
    """

    since: date
    until: date
    signals: int | None
    cases_opened: int | None
    days_to_plan: int | None
    plans_in_force: int | None
    followed_up_in_time: int | None
    goals_reached: int | None

    @property
    def is_empty(self) -> bool:
        """Whether every figure is too small to show."""
        return not any(
            (
                self.signals,
                self.cases_opened,
                self.days_to_plan is not None,
                self.plans_in_force,
                self.followed_up_in_time is not None,
                self.goals_reached,
            )
        )


def figures(actor: Actor) -> Figures | None:
    """The figures of the actor's municipality if, and only if, she acts for its
    steering group; the database asks again and computes them."""
    if not decide(Permission.READ_FIGURES, ActionFacts(role=actor.role)):
        return None
    with connection.cursor() as cursor:
        cursor.execute("select * from access.steering_figures()")
        row = cursor.fetchone()
    return Figures(*row) if row else None
