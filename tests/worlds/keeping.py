"""What waits for a signature, is hidden, or is kept by one unit; adults without custody."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from agencies.models import Appointment, SchoolBreak, Unit
from cases.models import (
    Case,
    Concern,
    Disclosure,
    Handover,
    Hiding,
    Journaled,
    OtherAdult,
    UnnamedMessage,
    UnnamedQuestion,
    Version,
)
from consent.models import LegalBasis
from people.models import Child, Guardian
from tests.database import as_loader
from tests.worlds.casework import Casework
from tests.worlds.cast import Period


class Keeping(Casework):
    """Builds them."""

    def waits_for_signature(
        self,
        version: Version,
        to_unit: str,
        *,
        by: str,
        second: str,
        decided_at: datetime | None = None,
    ) -> Disclosure:
        """Somebody has decided to show it on a test of harm; nobody has signed yet."""
        with as_loader():
            return Disclosure.objects.create(
                version=version,
                case=version.case,
                owner_unit=version.owner_unit,
                to_unit=self.unit(to_unit),
                basis="B2",
                outcome="not_secret",
                grounds="Det skadar ingen.",
                second=second,
                ends_at=self.days(30),
                decided_by=self.accounts[by],
                decided_at=decided_at or self.days(-1),
                valid=DateTimeTZRange(empty=True),
            )

    def handover(
        self,
        case: Case,
        from_unit: str,
        by: str,
        to_unit: str,
        *,
        kind: str = "responsibility",
        to: str | None = None,
        proposed_at: datetime | None = None,
        starts_on: date | None = None,
        outcome: str = "",
        answered_by: str | None = None,
        reason: str = "",
    ) -> Handover:
        """One unit asks another to take over; it waits unless it has been answered."""
        with as_loader():
            return Handover.objects.create(
                case=case,
                kind=kind,
                from_unit=self.unit(from_unit),
                proposed_by=self.accounts[by],
                proposed_by_name=by,
                to_unit=self.unit(to_unit),
                to_account=self.accounts[to] if to else None,
                note="Börjar förskoleklass i augusti.",
                starts_on=starts_on or self.today,
                proposed_at=proposed_at or self.days(-1),
                outcome=outcome,
                answered_by=self.accounts[answered_by] if answered_by else None,
                answered_by_name=answered_by or "",
                answered_at=self.days(-1) if outcome else None,
                reason=reason,
            )

    def law_version(
        self, code: str, no: int = 2, *, signed: bool = False, declined: bool = False, **says: Any
    ) -> LegalBasis:
        """A later version of a legal ground, proposed by the administrator: it waits, unless the
        lawyer has signed or declined it."""
        with as_loader():
            first = LegalBasis.objects.get(code=code, no=1)
            kept = {f.attname: getattr(first, f.attname) for f in LegalBasis._meta.fields}
            new = {
                "id": uuid.uuid4(),
                "no": no,
                "why": "Lagen har ändrats.",
                "starts_on": self.day(-1),
                "proposed_by_id": self.accounts["admin"].pk,
                "proposed_at": self.days(-1),
            }
            if signed:
                new |= {"signed_by_id": self.accounts["jurist"].pk, "signed_at": self.at}
            if declined:
                new |= {
                    "declined_by_id": self.accounts["jurist"].pk,
                    "declined_at": self.at,
                    "declined_because": "Inte än.",
                }
            return LegalBasis.objects.create(**kept | new | says)

    def school_break(self, first: int = 200, last: int = 260, name: str = "Sommarlov") -> SchoolBreak:
        """A school break in Lessebo, by days from today."""
        with as_loader():
            return SchoolBreak.objects.create(
                municipality_id="0761",
                name=name,
                first_on=self.day(first),
                last_on=self.day(last),
                added_by=self.accounts["admin"],
                added_at=self.days(-1),
            )

    def appointment(
        self, unit: str, *, by: str, of: str = "", confirmed_by: str = "", **says: Any
    ) -> Appointment:
        """That somebody is to have a role in a unit, from today: somebody new, or ``of`` an account."""
        key = self.accounts[of].pk if of else uuid.uuid4()
        new: dict[str, Any] = {
            "unit": self.unit(unit),
            "account_key": key,
            "is_new": not of,
            "name": "" if of else "Nya Kollegan",
            "role": "caseworker",
            "title": "vikarie",
            "starts_on": self.today,
            "proposed_by": self.accounts[by],
            "proposed_at": self.at,
        }
        if confirmed_by:
            new |= {
                "outcome": "confirmed",
                "decided_by": self.accounts[confirmed_by],
                "decided_at": self.at,
            }
        with as_loader():
            return Appointment.objects.create(**new | says)

    def hide(
        self,
        version: Version,
        from_guardian: str | Guardian,
        *,
        review_on: date | None = None,
        valid: Period | None = None,
    ) -> Hiding:
        """The owner hides the version's entry from a guardian. Ends nothing by itself: what
        she was shown before stays as a row, so that a test sees that it opens nothing."""
        with as_loader():
            return Hiding.objects.create(
                entry=version.entry,
                case=version.case,
                owner_unit=version.owner_unit,
                guardian=self.guardian(from_guardian),
                reason="Barnet kan fara illa om det kommer fram.",
                decided_by=version.author,
                decided_by_name=version.author_name,
                decided_at=self.days(-1),
                review_on=review_on or self.day(90),
                valid=self.period(valid),
            )

    def concern(self, unit: str | Unit, author: str, case: Case, **values: Any) -> Concern:
        """The unit's note that it considered an orosanmälan, or made one."""
        with as_loader():
            return Concern.objects.create(
                **{
                    "no": 1,
                    "case": case,
                    "owner_unit": self.unit(unit),
                    "what": "considered",
                    "happened_on": self.day(-1),
                    "reason": "Vi övervägde.",
                    "author": self.accounts[author],
                    "author_name": f"{author.title()} Testsson",
                    "author_title": "handläggare",
                    "written_at": self.days(-1),
                    **values,
                }
            )

    def journaled(self, version: Version, unit: str, by: str) -> Journaled:
        """The unit has copied the version into its own record."""
        with as_loader():
            return Journaled.objects.create(
                version=version,
                case=version.case,
                owner_unit=version.owner_unit,
                unit=self.unit(unit),
                noted_by=self.accounts[by],
                noted_by_name=f"{by.title()} Testsson",
                noted_at=self.days(-1),
            )

    def other_adult(
        self,
        username: str,
        child: Child,
        unit: str | Unit,
        given_by: str,
        *,
        kind: str = "foster_home",
        rights: tuple[str, ...] = ("plan", "shown"),
        valid: Period | None = None,
    ) -> OtherAdult:
        """What an adult without custody has been let do for the child."""
        with as_loader():
            return OtherAdult.objects.create(
                child=child,
                person=self.guardians[username],
                kind=kind,
                rights=list(rights),
                source="decision",
                unit=self.unit(unit),
                given_by=self.accounts[given_by],
                given_at=self.days(-1),
                valid=self.period(valid),
            )

    def question(
        self,
        by: str = "forskola",
        from_unit: str = "preschool",
        to_unit: str = "bvc",
        *,
        answered_by: str = "",
        asked_at: datetime | None = None,
        **values: Any,
    ) -> UnnamedQuestion:
        """A question about a child whom nobody names, answered or not."""
        at = asked_at or self.days(-1)
        with as_loader():
            made = UnnamedQuestion.objects.create(
                from_unit=self.unit(from_unit), asked_by=self.accounts[by], to_unit=self.unit(to_unit),
                age="3-5", asked_at=at, **values,
            )  # fmt: skip
        self.message(made, 1, by, "Hur kan vi hjälpa ett barn som biter?", at)
        if answered_by:
            self.message(made, 2, answered_by, "Ge barnet ord för det.", at)
        return made

    def message(
        self, question: UnnamedQuestion, no: int, author: str, text: str, at: datetime | None = None
    ) -> UnnamedMessage:
        """One message of it."""
        with as_loader():
            return UnnamedMessage.objects.create(
                question=question, no=no, text=text, author=self.accounts[author],
                author_name=f"{author.title()} Testsson", author_title="handläggare",
                written_at=at or self.days(-1),
            )  # fmt: skip
