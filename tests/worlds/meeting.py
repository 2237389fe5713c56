"""Meetings, and feedback to whoever noticed."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from cases.models import Case, Feedback, Kin, Meeting, Signal
from tests.database import as_loader
from tests.worlds.keeping import Keeping


class Meetings(Keeping):
    """Builds them."""

    def meeting(
        self,
        case: Case,
        unit: str,
        by: str,
        *,
        units: tuple[str, ...] = (),
        guardians: tuple[str, ...] = (),
        at: datetime | None = None,
        before: Meeting | None = None,
        **said: Any,
    ) -> Meeting:
        """A meeting that the unit has arranged: booked in three days. With ``before`` its next version."""
        times = [at or self.days(3)]
        row: dict[str, Any] = {
            "meeting": before.meeting if before else uuid.uuid4(),
            "no": before.no + 1 if before else 1,
            "case": case,
            "unit": self.unit(unit),
            "state": "booked",
            "purpose": "start",
            "proposed": times,
            "starts_at": times[0],
            "form": "place",
            "place": "Bokskolan, rum 3",
            "units": [self.unit(name).pk for name in (unit, *units)],
            "guardians": [self.guardians[name].pk for name in guardians],
            "written_by": self.accounts[by],
            "written_by_name": by,
            "written_at": self.days(-1),
        }
        with as_loader():
            return Meeting.objects.create(**row | said)

    def feedback(self, signal: Signal, unit: str, by: str, what: str = "talked") -> Feedback:
        """The unit that received a signal has told its sender what came of it."""
        with as_loader():
            return Feedback.objects.create(
                signal=signal,
                case=signal.case,  # type: ignore[misc]
                unit=self.unit(unit),
                what=what,
                given_by=self.accounts[by],
                given_by_name=by,
                given_at=self.days(-1),
            )

    def kin(self, one: Case, other: Case, unit: str, by: str, *, ended: bool = False) -> Kin:
        """Two cases are linked, or were."""
        first, second = sorted((one, other), key=lambda each: each.pk)
        values: dict[str, Any] = {
            "unit": self.unit(unit), "added_by": self.accounts[by], "added_by_name": by, "added_at": self.days(-1),
        }  # fmt: skip
        if ended:
            values |= {"ended_by": self.accounts[by], "ended_at": self.days(-1), "end_reason": "Fel barn."}
        with as_loader():
            return Kin.objects.create(one=first, other=second, relation="sibling", **values)
