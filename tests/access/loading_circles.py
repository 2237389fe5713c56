"""Writes what is closed in a drawn world, whom it is open to, and what was opened in an emergency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases.models import Admission, Emergency, Lock, Named
from kit.dates import as_day
from people.models import Protection
from tests.access.oracle import THE_CHILD

if TYPE_CHECKING:
    from tests.access.loading import Loaded


def load_circles(to: Loaded) -> None:
    """What is closed, whom it is open to, and what was opened in an emergency."""
    drawn, by = to.drawn, to.people["staff0"]
    said = {"reason": "x" * 20}
    for closed in drawn.closed:
        valid, case = to.period(closed.valid), to.rows[("case", closed.case, 0)]
        if closed.how == "locked":
            Lock.objects.create(case=case, locked_by=by, locked_at=to.at, valid=valid, **said)
        else:
            Protection.objects.create(
                child=to.children[closed.case], level=closed.how, source="staff", raised_at=to.at, valid=valid
            )
    Named.objects.bulk_create(
        Named(
            case=to.rows[("case", n.case, 0)],
            account=to.people[f"staff{n.person}"],
            unit=to.cast.units[n.unit],
            asked_at=to.at,
            valid=to.period(n.valid),
            **said,
        )
        for n in drawn.named
    )
    Admission.objects.bulk_create(
        Admission(
            case=to.rows[("case", x.case, 0)],
            child=to.children[x.case],
            guardian=None if x.who == THE_CHILD else to.guardians[x.who],
            youth=to.children[x.case] if x.who == THE_CHILD else None,
            decided_by=by,
            decided_at=to.at,
            valid=to.period(x.valid),
            **said,
        )
        for x in drawn.let_in
    )
    Emergency.objects.bulk_create(
        Emergency(
            case=to.rows[("case", e.case, 0)],
            account=to.people[f"staff{e.person}"],
            unit=to.cast.units[e.unit],
            code="acute",
            text="x" * 20,
            opened_at=to.at,
            valid=to.period(e.valid),
            review_due_on=as_day(to.at),
        )
        for e in drawn.emergencies
    )
