"""What happens around a child: cases, signals, consents, entries and who is shown them."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import Permission

from access.policy import STOCKHOLM, who_must_answer
from agencies.models import Unit
from cases.models import (
    Assignment,
    Case,
    Disclosure,
    Draft,
    Entry,
    Invitation,
    Participation,
    Process,
    Signal,
    SignalText,
    Version,
)
from consent.models import Answer, Category, Consent, Scope
from people.models import Account, Child, Guardian
from tests.database import as_loader
from tests.worlds.cast import Cast, Period

EVERYTHING = tuple(Category.values)


class Casework(Cast):
    """Adds cases and what hangs on them. Units and people are named or given."""

    def open_case(
        self,
        child: Child | None = None,
        unit: str | Unit = "bvc",
        responsible: str | None = "bvc",
        *,
        state: str = "dialogue",
        closed_at: datetime | None = None,
        **process: Any,
    ) -> Case:
        """A case of the child, held by the unit; the responsible is assigned."""
        child = child or self.child
        with as_loader():
            case = Case.objects.create(child=child, opened_at=self.days(-1))
            Process.objects.create(
                case=case,
                child=child,
                state=state,
                responsible_unit=self.unit(unit),
                responsible=self.accounts[responsible] if responsible else None,
                state_since=self.days(-1),
                closed_at=closed_at,
                **process,
            )
        self.participate(unit, case)
        if responsible:
            self.assign(responsible, unit, case)
        return case

    def participate(
        self,
        unit: str | Unit,
        case: Case,
        kind: str = "full",
        *,
        valid: Period | None = None,
        consent: Consent | None = None,
    ) -> Participation:
        """The unit takes part in the case: in full, or with its own entries only."""
        with as_loader():
            made: Participation = Participation.objects.create(
                group=self.unit(unit).group,
                permission=_permission("take_part_case"),
                content_object=case,
                kind=kind,
                valid=self.period(valid),
                consent=consent,
                granted_at=self.days(-1),
            )
        return made

    def assign(
        self, account: str | Account, unit: str | Unit, case: Case, *, valid: Period | None = None
    ) -> Assignment:
        """The person works on the case in that unit."""
        with as_loader():
            made: Assignment = Assignment.objects.create(
                user=self.account(account),
                unit=self.unit(unit),
                permission=_permission("work_on_case"),
                content_object=case,
                valid=self.period(valid),
                granted_at=self.days(-1),
            )
        return made

    def consent(
        self,
        case: Case,
        *units: str | Unit,
        state: str = "given",
        categories: tuple[str, ...] = EVERYTHING,
        valid: Period | None = None,
        from_unit: str | Unit = "bvc",
        asked_by: str = "bvc",
        opens: bool = True,
    ) -> Consent:
        """A consent for the units, with an answer from each who must answer.

        If it is given, ``opens`` makes each unit take part, as the database
        does, but for the unit that asks.
        """
        period = self.period(valid or (self.days(-1), self.days(180)))
        with as_loader():
            consent = Consent.objects.create(
                child=case.child,
                from_unit=self.unit(from_unit),
                purpose="Gemensamt stöd",
                valid=period,
                state=state,
                asked_by=self.accounts[asked_by],
                asked_at=self.days(-1),
            )
            for unit in units:
                scope = Scope.objects.create(
                    consent=consent,
                    unit=self.unit(unit),
                    categories=list(categories),
                    state=state,
                    ends_at=period.upper,
                    valid=period if state == "given" else None,
                )
                self._answers(scope, case.child, state)
        for unit in units:
            if state == "given" and opens and self.unit(unit) != self.unit(from_unit):
                self.participate(unit, case, consent=consent, valid=(period.lower, period.upper))
        return consent

    def _answers(self, scope: Scope, child: Child, state: str) -> None:
        with_custody = Guardian.objects.filter(
            guardianship__child=child, guardianship__contested=False, guardianship__valid__contains=self.at
        ).order_by("given_name")
        today = self.today
        required = who_must_answer(child.born_on, (), datetime.combine(today, datetime.min.time(), STOCKHOLM))
        people: list[dict[str, Any]] = [{"guardian": guardian} for guardian in with_custody]
        people += [{"child": child}] if required.child else []
        for number, person in enumerate(people):
            reply = {"given": "yes", "refused": "no", "withdrawn": "withdrawn"}.get(state, "")
            if state == "conflict":
                reply = "no" if number else "yes"
            Answer.objects.create(
                scope=scope,
                **person,
                reply=reply,
                route="paper" if reply else "",
                replied_at=self.days(-1) if reply else None,
            )

    def invitation(
        self, case: Case, consent: Consent, to_unit: str | Unit, *, taken_by: str | None = None
    ) -> Invitation:
        """What a unit that consent covers finds in its inbox."""
        with as_loader():
            return Invitation.objects.create(
                case=case,
                consent=consent,
                from_unit=consent.from_unit,
                to_unit=self.unit(to_unit),
                child_name=case.child.name,
                purpose=consent.purpose,
                sent_at=self.days(-1),
                taken_by=self.accounts[taken_by] if taken_by else None,
                taken_at=self.days(-1) if taken_by else None,
            )

    def signal(
        self,
        from_unit: str | Unit = "preschool",
        sent_by: str = "forskola",
        *,
        to_unit: str | Unit | None = None,
        case: Case | None = None,
        taken_by: str | None = None,
        seen: str = "Pratar lite.",
    ) -> Signal:
        """What somebody noticed; delivered if a receiving unit and a case are given."""
        sent: dict[str, Any] = {"from_unit": self.unit(from_unit), "sent_by": self.accounts[sent_by]}
        to = self.unit(to_unit) if to_unit else None
        with as_loader():
            signal = Signal.objects.create(
                **sent,
                sent_at=self.days(-1),
                municipality_id="0761",
                typed_name=self.child.name,
                born_on=self.child.born_on,
                yes_from="Mamma och pappa" if to else "",
                to_unit=to,
                case=case,
                delivered_at=self.days(-1) if to else None,
                taken_by=self.accounts[taken_by] if taken_by else None,
                taken_at=self.days(-1) if taken_by else None,
            )
            SignalText.objects.create(
                signal=signal,
                **sent,
                to_unit=to,
                case=case,
                seen=seen,
                seen_on=self.day(-2),
            )
        return signal

    def entry(
        self,
        unit: str | Unit,
        author: str,
        case: Case,
        kind: str = "note",
        *,
        body: str = "En anteckning.",
        category: str = "basis",
        data: dict[str, Any] | None = None,
        happened_on: date | None = None,
    ) -> Version:
        """The first version of a new entry, owned by the unit."""
        happened_on = happened_on or self.day(-1)
        with as_loader():
            entry = Entry.objects.create(
                case=case,
                owner_unit=self.unit(unit),
                kind=kind,
                happened_on=happened_on,
                created_by=self.accounts[author],
                created_at=self.days(-1),
            )
        return self.version(entry, 1, author, body=body, category=category, data=data)

    def version(
        self,
        entry: Entry,
        no: int,
        author: str,
        *,
        body: str = "En rättad anteckning.",
        category: str = "basis",
        data: dict[str, Any] | None = None,
    ) -> Version:
        """One more version of an entry."""
        with as_loader():
            return Version.objects.create(
                entry=entry,
                case=entry.case,
                owner_unit=entry.owner_unit,
                no=no,
                kind=entry.kind,
                category=category,
                body=body,
                data=data or {},
                author=self.accounts[author],
                author_name=f"{author.title()} Testsson",
                author_title="handläggare",
                unit_name=entry.owner_unit.name,
                happened_on=entry.happened_on,
                written_at=self.days(-1),
            )

    def show(
        self,
        version: Version,
        *,
        to_unit: str | Unit | None = None,
        to_guardian: str | Guardian | None = None,
        to_child: Child | None = None,
        consent: Consent | None = None,
        valid: Period | None = None,
        child_asked: bool = True,
        **more: Any,
    ) -> Disclosure:
        """The owner shows this very version to one unit (on a consent, or with ``basis`` on
        another ground) or one person."""
        with as_loader():
            return Disclosure.objects.create(
                version=version,
                case=version.case,
                owner_unit=version.owner_unit,
                to_unit=self.unit(to_unit) if to_unit else None,
                to_guardian=self.guardian(to_guardian) if to_guardian else None,
                to_child=to_child,
                consent=consent,
                child_asked=child_asked,
                valid=self.period(valid),
                **{
                    "basis": "B1" if to_unit else "B14",
                    "decided_by": version.author,
                    "decided_at": self.days(-1),
                    **more,
                },
            )

    def draft(
        self, username: str, unit: str | Unit | None, case: Case | None, target: str = "entry:note"
    ) -> Draft:
        """What somebody has typed and not saved."""
        with as_loader():
            return Draft.objects.create(
                id=uuid.uuid4(),
                account=self.accounts[username],
                unit=self.unit(unit) if unit else None,
                case=case,
                target=target,
                fields={"body": "Ett utkast."},
                saved_at=self.days(-1),
            )


def _permission(codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label="cases", codename=codename)
