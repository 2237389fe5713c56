"""Plans and what hangs on them: rows, releases, replies, follow-ups, documents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from agencies.models import Unit
from cases.models import Case, Version
from consent.models import Consent
from notices.models import Delivery, Outbox, Reminder
from people.models import Child, Guardian
from plans.models import (
    Citation,
    Document,
    FamilyReply,
    FollowUp,
    Goal,
    GoalResult,
    Insats,
    InsatsResult,
    Plan,
    PlanVersion,
    Release,
    Status,
    UnitReply,
)
from tests.database import as_loader
from tests.worlds.cast import Period
from tests.worlds.meeting import Meetings


class Planning(Meetings):
    """Adds plans. An agreed version is immutable, so its rows are made first."""

    def plan(
        self,
        case: Case,
        unit: str | Unit = "bvc",
        author: str = "bvc",
        *,
        rows: tuple[str | Unit | None, ...] = ("bvc",),
        agreed: bool = True,
        child_words: Version | None = None,
        plan: Plan | None = None,
        no: int = 1,
    ) -> PlanVersion:
        """A version of a plan with one goal and an insats for each of ``rows``;
        ``None`` is a row of the family's own."""
        owner = self.unit(unit)
        with as_loader():
            plan = plan or Plan.objects.create(
                case=case,
                owner_unit=owner,
                state="agreed" if agreed else "draft",
                created_by=self.accounts[author],
                created_at=self.days(-1),
            )
            version = PlanVersion.objects.create(
                plan=plan,
                case=case,
                owner_unit=owner,
                no=no,
                edited_at=self.days(-1),
                child_words=child_words,
                next_follow_up_on=self.day(60),
            )
            goal = Goal.objects.create(
                version=version, case=case, owner_unit=owner, position=1, text="Bli förstådd på förskolan"
            )
            for position, row in enumerate(rows, start=1):
                unit_of_row = self.unit(row) if row else None
                Insats.objects.create(
                    version=version,
                    case=case,
                    owner_unit=owner,
                    goal=goal,
                    position=position,
                    what="Språklek varje dag",
                    unit=unit_of_row,
                    unit_name=unit_of_row.name if unit_of_row else "",
                )
            if agreed:
                version.agreed_at = self.days(-1)
                version.agreed_by = self.accounts[author]
                version.save(update_fields=["agreed_at", "agreed_by"])
        return version

    def goal(
        self, version: PlanVersion, text: str, *, cites: Version | None = None, unit: str | Unit | None = None
    ) -> Goal:
        """One more goal, with what it builds on and an insats of ``unit``; also in a version
        that is agreed, as if it had stood there."""
        of = {"version": version, "case": version.case, "owner_unit": version.owner_unit}
        with as_loader():
            goal = Goal.objects.create(
                **of, position=Goal.objects.filter(version=version).count() + 1, text=text
            )
            if cites:
                Citation.objects.create(**of, goal=goal, cited=cites)
            if unit:
                of_unit = self.unit(unit)
                what = f"Insats för: {text}"
                Insats.objects.create(
                    **of, goal=goal, position=goal.position, what=what, unit=of_unit, unit_name=of_unit.name
                )
        return goal

    def row_of(self, version: PlanVersion, unit: str | Unit | None) -> Insats:
        """The unit's first insats of a version."""
        with as_loader():
            found: Insats | None = Insats.objects.filter(
                version=version, unit=self.unit(unit) if unit else None
            ).first()
        assert found is not None
        return found

    def release(
        self,
        version: PlanVersion,
        *,
        to_unit: str | Unit | None = None,
        to_guardian: str | Guardian | None = None,
        to_child: Child | None = None,
        rows: str = "all",
        consent: Consent | None = None,
        valid: Period | None = None,
    ) -> Release:
        """The version is shown to one unit or one person of the family."""
        with as_loader():
            return Release.objects.create(
                version=version,
                case=version.case,
                owner_unit=version.owner_unit,
                to_unit=self.unit(to_unit) if to_unit else None,
                to_guardian=self.guardian(to_guardian) if to_guardian else None,
                to_child=to_child,
                rows=rows,
                basis="B1" if to_unit else "B14",
                consent=consent,
                released_at=self.days(-1),
                valid=self.period(valid),
            )

    def release_to_youth(self, version: PlanVersion, *, but: tuple[str, ...] = ()) -> Release:
        """To the youth and, as that asks for, to each of her guardians; ``but`` these."""
        for guardian in {"mor", "far"} - set(but):
            self.release(version, to_guardian=guardian)
        return self.release(version, to_child=version.case.child)

    def status(self, row: Insats, username: str, value: str = "ongoing") -> Status:
        """How an insats goes, said by its unit."""
        assert row.unit is not None
        with as_loader():
            return Status.objects.create(
                case=row.case,
                lineage=row.lineage,
                unit=row.unit,
                value=value,
                set_by=self.accounts[username],
                set_by_name=f"{username.title()} Testsson",
                set_at=self.days(-1),
            )

    def unit_reply(self, version: PlanVersion, unit: str | Unit, username: str) -> UnitReply:
        """The unit agrees to its rows."""
        with as_loader():
            return UnitReply.objects.create(
                version=version,
                case=version.case,
                owner_unit=version.owner_unit,
                unit=self.unit(unit),
                agrees=True,
                replied_by=self.accounts[username],
                replied_by_name=f"{username.title()} Testsson",
                replied_at=self.days(-1),
            )

    def family_reply(
        self,
        version: PlanVersion,
        *,
        guardian: str | None = None,
        child: Child | None = None,
        value: str = "yes",
        comment: str = "",
    ) -> FamilyReply:
        """A guardian's or the youth's answer to a version, given yesterday."""
        with as_loader():
            return FamilyReply.objects.create(
                version=version,
                case=version.case,
                owner_unit=version.owner_unit,
                child=child,
                value=value,
                comment=comment,
                guardian=self.guardians[guardian] if guardian else None,
                replied_at=self.days(-1),
            )

    def follow_up(self, version: PlanVersion, username: str) -> FollowUp:
        """A follow-up of a version, held yesterday."""
        with as_loader():
            return FollowUp.objects.create(
                version=version,
                case=version.case,
                owner_unit=version.owner_unit,
                due_on=self.day(-1),
                held_on=self.day(-1),
                outcome="continue",
                held_by=self.accounts[username],
                held_at=self.days(-1),
            )

    def results(
        self, follow_up: FollowUp, of: Goal | Insats, value: str = "", reason: str = ""
    ) -> GoalResult | InsatsResult:
        """What came of one goal or one insats at a follow-up."""
        about = {
            "follow_up": follow_up,
            "version": follow_up.version,
            "case": follow_up.case,
            "owner_unit": follow_up.owner_unit,
            "held_on": follow_up.held_on,
            "written_at": follow_up.held_at,
        }
        with as_loader():
            if isinstance(of, Goal):
                return GoalResult.objects.create(**about, goal=of, value=value or "partly")
            return InsatsResult.objects.create(**about, insats=of, value=value or "ongoing", reason=reason)

    def document(self, release: Release, *, pages: int = 1, rendered_at: datetime | None = None) -> Document:
        """The PDF of a release; not a real one. Emptied where it has no pages."""
        with as_loader():
            return Document.objects.create(
                release=release,
                pdf=b"%PDF-" if pages else b"",
                sha256="0" * 64,
                pages=pages,
                rendered_at=rendered_at or self.days(-1),
            )

    def outbox(self, username: str, kind: str = "news_mail", **values: Any) -> Outbox:
        """A piece of work that waits for a recipient, with a reminder and a delivery."""
        with as_loader():
            waiting = Outbox.objects.create(
                recipient=self.accounts[username],
                kind=kind,
                key="test",
                created_at=self.days(-1),
                due_at=self.days(-1),
                **values,
            )
            Reminder.objects.create(
                recipient=waiting.recipient,
                subject=waiting.pk,
                stage="before",
                due_on=self.day(3),
                digest=waiting,
            )
            Delivery.objects.create(
                outbox=waiting,
                recipient=waiting.recipient,
                kind=waiting.kind,
                at=self.days(-1),
                result="failed",
            )
        return waiting
