"""Feedback in the demo: three working days after a signal was received its sender was told."""

from __future__ import annotations

from datetime import datetime, time

from agencies.models import StaffMember
from barnensbasta.demo.stage import Stage
from cases.models import Feedback, Lock, Signal
from kit.dates import STOCKHOLM, as_day
from kit.working_days import add_working_days
from people.models import Protection

TOLD_AFTER = 3  # working days


def tell_senders(stage: Stage) -> None:
    """Of closed cases only that it was received; of the others that somebody talked with the family."""
    rows = stage.rows
    with rows.area("feedback"):
        closed = {row.case.child for row in rows.of(Lock)} | {row.child for row in rows.of(Protection)}
        names = {row.account: row.name for row in rows.of(StaffMember)}
        for signal in rows.of(Signal):
            if signal.taken_at is None or signal.taken_by is None or signal.from_unit == signal.to_unit:
                continue
            assert signal.case is not None  # noqa: S101 (it was received)
            assert signal.to_unit is not None  # noqa: S101 (it was received)
            day = add_working_days(as_day(signal.taken_at), TOLD_AFTER)
            if day >= stage.moments.today:
                continue
            what = Feedback.What.RECEIVED if signal.case.child in closed else Feedback.What.TALKED
            rows.add(
                Feedback(
                    signal=signal,
                    case=signal.case,
                    unit=signal.to_unit,
                    what=what,
                    given_by=signal.taken_by,
                    given_by_name=names[signal.taken_by],
                    given_at=datetime.combine(day, time(15, 30), STOCKHOLM),
                )
            )
