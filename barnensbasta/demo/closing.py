"""Protected identities and locked cases in the demo, as ``cases/circle.sql`` would have left them."""

from __future__ import annotations

from datetime import datetime

from barnensbasta.demo.moments import period
from barnensbasta.demo.staff import Worker
from barnensbasta.demo.story import CaseStory
from cases.models import Admission, Lock, Named
from people.models import Guardian, Protection


def lock(story: CaseStory, by: Worker, at: datetime, reason: str) -> None:
    """The case is locked, and whoever locked it is named."""
    story.rows.add(
        Lock(case=story.case, reason=reason, locked_by=by.account, locked_at=at, valid=period(at, None))
    )
    story.trace(by, at, "write", "case_locked", None)
    name(story, by, by, at, "locked the case")


def name(story: CaseStory, who: Worker, by: Worker, at: datetime, reason: str) -> None:
    """Somebody is named for the closed case."""
    story.rows.add(
        Named(
            case=story.case,
            account=who.account,
            unit=who.unit,
            reason=reason,
            asked_by=by.account,
            asked_at=at,
            given_by=by.account,
            given_at=at,
            valid=period(at, None),
        )
    )
    story.trace(by, at, "write", "named", None)


def let_in(story: CaseStory, guardian: Guardian, by: Worker, at: datetime, reason: str) -> None:
    """One guardian is let in, decided for her alone."""
    story.rows.add(
        Admission(
            case=story.case,
            child=story.child,
            guardian=guardian,
            reason=reason,
            decided_by=by.account,
            decided_at=at,
            valid=period(at, None),
        )
    )
    story.trace(by, at, "write", "family_let_in", None)


def protect(story: CaseStory, by: Worker, at: datetime, level: Protection.Level, alias: str) -> None:
    """The child's name and number move to the protection's row; phones and e-mail go."""
    child = story.child
    story.rows.add(
        Protection(
            child=child,
            level=level,
            source=Protection.Source.POPULATION_REGISTER,
            raised_by=by.account,
            raised_at=at,
            valid=period(at, None),
            given_name=child.given_name,
            family_name=child.family_name,
            number=child.number or "",
        )
    )
    child.given_name, child.family_name = "Barn", alias
    child.number, child.reserve_number = None, f"R{child.pk.hex[:12].upper()}"
    story.signal_row.typed_name, story.signal_row.typed_number = child.name, ""
    story.signal_row.yes_from = ""
    if level is Protection.Level.REGISTERED:
        for guardian in story.family.guardians:
            guardian.phone = guardian.email = ""
    story.trace(by, at, "write", "circle_closed", None)
    name(story, by, by, at, "raised the protection")
