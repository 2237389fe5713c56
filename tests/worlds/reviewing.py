"""Log reviews of a month that is over."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Model

from access.policy import STOCKHOLM
from agencies.models import Unit
from kit.dates import as_day
from reviews.models import LogReview, ReviewedAccess
from reviews.rules import DUE_AFTER, month_before
from tests.database import as_loader
from tests.worlds.planning import Planning


class Reviewing(Planning):
    """Reviews, as the database makes them."""

    @property
    def last_month(self) -> date:
        """The first day of the month that was over last."""
        return month_before(self.today)

    def clock(self, day: date, hour: int, minute: int = 0) -> datetime:
        """An hour of a day in Sweden."""
        return datetime.combine(day, time(hour, minute), STOCKHOLM)

    def review(
        self, unit: str | Unit = "bvc", *accesses: ReviewedAccess, signed_by: str = "", **values: Any
    ) -> LogReview:
        """A review of last month with the accesses given; ``values`` are other columns' own."""
        with as_loader():
            usual: dict[str, Any] = {
                "unit": self.unit(unit),
                "month": self.last_month,
                "seed": "0" * 32,
                "accesses": max(len(accesses), 1),
                "made_at": self.days(-3),
                "due_on": as_day(self.days(-3) + DUE_AFTER),
                "signed_by": self.accounts[signed_by] if signed_by else None,
                "signed_at": self.days(-1) if signed_by else None,
            }
            review = LogReview.objects.create(**usual | values)
            for no, access in enumerate(accesses, start=1):
                access.review, access.no = review, no
                access.save()
        return review

    def reviews_of_two_units(self) -> dict[str, Model]:
        """BVC's, one to be judged and one that is signed, and the school's; by name."""
        one, own = self.access(), self.access("granskare", flags=("off_hours",))
        signed, school = self.access(judged_by="granskare"), self.access("mentor")
        review = self.review("bvc", one, own, month=self.last_month - timedelta(days=365))
        return {
            "review": review,
            "access": one,
            "access_own": own,
            "review_signed": self.review("bvc", signed, signed_by="granskare"),
            "access_signed": signed,
            "review_school": self.review("school", school),
            "access_school": school,
        }

    def access(
        self, reader: str = "bvc", *, flags: tuple[str, ...] = (), judged_by: str = "", **values: str
    ) -> ReviewedAccess:
        """One access, to be put into a review."""
        at = self.clock(self.last_month, 10)
        return ReviewedAccess(
            account=self.accounts[reader],
            role="caseworker",
            subject=uuid.uuid4(),
            first_at=at,
            last_at=at,
            events=[uuid.uuid4()],
            drawn=not flags,
            flags=list(flags),
            children=1,
            judgement="fine" if judged_by else "",
            judged_by=self.accounts[judged_by] if judged_by else None,
            judged_at=self.days(-2) if judged_by else None,
            **values,
        )
