"""Consent in a story: asked, answered, withdrawn, lapsed, with the policy's own periods."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from access.facts import ConsentFacts, CustodyFacts, ScopeFacts
from access.grants import ParticipationKind
from access.policy import (
    STOCKHOLM,
    consent_state,
    decide_consent,
    midnight,
    months_later,
    scope_state,
    who_must_answer,
)
from access.units import UnitKind
from agencies.models import Unit
from barnensbasta.demo.families import Family
from barnensbasta.demo.moments import Moments, period
from barnensbasta.demo.rows import Rows
from barnensbasta.demo.staff import Worker
from barnensbasta.demo.story import CaseStory, require
from cases.models import Disclosure, Invitation
from cases.rules import ProcessState
from consent.models import Answer, Category, Consent, Route, Scope, State
from people.models import Account, Child, Guardian
from plans.models import Release

EVERYTHING = (Category.PLAN, Category.BASIS, Category.HEALTH)
NO_HEALTH = (Category.PLAN, Category.BASIS)
PRACTICAL = (Category.PRACTICAL,)
WITHDRAWN = "withdrawn"


def usual_categories(unit: Unit) -> tuple[Category, ...]:
    """What a unit of the kind is usually asked for."""
    return PRACTICAL if UnitKind(unit.kind).practical_rows_only else EVERYTHING


class ConsentStory(CaseStory):
    """A case whose family is asked about consent."""

    def __init__(
        self, rows: Rows, moments: Moments, family: Family, ago: int, *, traced: bool = False
    ) -> None:
        super().__init__(rows, moments, family, ago, traced=traced)
        self.all_answers: list[Answer] = []
        self.invitations: list[Invitation] = []
        self.releases: list[Release] = []

    def ask(
        self, by: Worker, day: int, purpose: str, units: Mapping[Unit, Iterable[Category]] | Iterable[Unit],
        *, months: int = 12, clock: str = "13.00",
    ) -> Consent:  # fmt: skip
        """Put the question to all who must answer, for the asking unit and the others."""
        asked = (
            dict(units) if isinstance(units, Mapping) else {unit: usual_categories(unit) for unit in units}
        )
        asked.setdefault(by.unit, usual_categories(by.unit))
        at = self.at(day, clock)
        first = at.astimezone(STOCKHOLM).date()
        ends = midnight(months_later(first, months) + timedelta(days=1))
        custody = tuple(CustodyFacts(row.guardian.pk, row.valid.upper) for row in self.family.custody)
        until = require(decide_consent(ConsentFacts(self.child.born_on, custody, at, ends))) or ends
        consent = self.rows.add(
            Consent(
                child=self.child,
                from_unit=by.unit,
                purpose=purpose,
                valid=period(at, ends),
                asked_by=by.account,
                asked_at=at,
            )
        )
        required = who_must_answer(self.child.born_on, custody, at)
        people: list[Guardian | Child] = [g for g in self.family.guardians if g.pk in required.guardians]
        people += [self.child] if required.child else []
        for unit, categories in asked.items():
            scope = Scope(consent=consent, unit=unit, categories=sorted(categories), ends_at=until)
            self.scopes.append(self.rows.add(scope))
            for person in people:
                self.all_answers.append(self.rows.add(_answer_row(scope, person)))
        if self.process.state != ProcessState.IMPLEMENTING and self.process.state != ProcessState.CONSENT:
            self.move(ProcessState.CONSENT, at)
        self.trace(by, at, "write", "consent_asked", consent.pk)
        return consent

    def reply(
        self, consent: Consent, person: Guardian | Child, day: int, *, reply: str = Answer.Reply.YES,
        route: str = Route.ELECTRONIC, noted_by: Worker | None = None, clock: str = "19.30",
        units: Iterable[Unit] | None = None,
    ) -> None:  # fmt: skip
        """One person answers for all units or some, at any hour of any day."""
        at = self.at(day, clock, any_day=noted_by is None)
        for answer in self.answers(consent):
            if _is_by(answer, person) and (units is None or answer.scope.unit in units):
                answer.reply, answer.route, answer.replied_at = reply, route, at
                answer.noted_by = noted_by.account if noted_by else None
        self._trace_family(person, noted_by, at, "consent_answered", consent.pk)
        self._settle(consent, at)

    def withdraw(
        self, consent: Consent, person: Guardian | Child, unit: Unit, day: int, *, clock: str = "20.10"
    ) -> None:
        """One person's withdrawal is enough; what others showed the unit is gone."""
        at = self.at(day, clock, any_day=True)
        for answer in self.answers(consent):
            if answer.scope.unit is unit and _is_by(answer, person):
                answer.reply, answer.route, answer.replied_at = WITHDRAWN, Route.ELECTRONIC, at
                answer.noted_by = None
                answer.scope.state = WITHDRAWN
                answer.scope.valid = period(answer.scope.valid.lower, at)
        self.close_unit(consent, unit, at)
        consent.state = consent_state(scope.state for scope in self.scopes_of(consent))
        self._trace_family(person, None, at, "consent_withdrawn", consent.pk)

    def join(self, worker: Worker, day: int, clock: str = "9.40") -> None:
        """Somebody of an invited unit takes the invitation."""
        at = self.at(day, clock)
        invitation = self._invitations(worker.unit)[-1]
        invitation.taken_by, invitation.taken_at = worker.account, at
        self.assign(worker, at, "took the invitation")
        self.trace(worker, at, "write", "invitation_taken", invitation.pk)

    def finish(self) -> None:
        """What has lapsed by now has ended, as the nightly sweep would have ended it."""
        now = self.moments.now
        lapsed = [s for s in self.scopes if s.state == State.GIVEN and s.valid and s.valid.upper <= now]
        for scope in lapsed:
            scope.state = State.EXPIRED
            self.close_unit(scope.consent, scope.unit, scope.valid.upper)
        for consent in {id(s.consent): s.consent for s in lapsed}.values():
            consent.state = consent_state(scope.state for scope in self.scopes_of(consent))

    # --- What follows from the answers -------------------------------------------------

    def scopes_of(self, consent: Consent) -> list[Scope]:
        """The units of a consent."""
        return [scope for scope in self.scopes if scope.consent is consent]

    def answers(self, consent: Consent) -> list[Answer]:
        """The answers of a consent."""
        return [answer for answer in self.all_answers if answer.scope.consent is consent]

    def close_unit(self, consent: Consent, unit: Unit, at: datetime) -> None:
        """End what the consent opened for the unit; it keeps what it wrote itself."""
        opened: list[Disclosure | Release] = [*self.disclosures, *self.releases]
        for shown in opened:
            if shown.to_unit is unit and shown.consent is consent and at in shown.valid:
                shown.valid = period(shown.valid.lower, at)
        for invitation in self._invitations(unit):
            if invitation.consent is consent:
                self.invitations.remove(invitation)
                self.rows.remove(invitation)
        ended = [row for row in self.participations_of(unit) if row.consent is consent]
        for row in ended:
            self.end_participation(unit, row, at)
        if not ended or self.participations_of(unit):
            return
        if any(entry.owner_unit is unit for entry in self.entries):
            self.participate(unit, ParticipationKind.OWN, at, None, "consent ended")
        else:
            self.end_assignments(unit, at)

    def _settle(self, consent: Consent, at: datetime) -> None:
        for scope in self.scopes_of(consent):
            state = scope_state(_facts(self.answers(consent), scope))
            if scope.state in {State.GIVEN, State.WITHDRAWN}:
                continue
            scope.state = state
            if state == State.GIVEN:
                scope.valid = period(max(at, consent.valid.lower), max(scope.ends_at, at))
                self._open(scope, at)
        consent.state = consent_state(scope.state for scope in self.scopes_of(consent))
        if self.process.state == ProcessState.CONSENT and consent.state in {State.GIVEN, State.PARTLY}:
            self.move(ProcessState.INVITED, at)

    def _open(self, scope: Scope, at: datetime) -> None:
        """The unit takes part, and is invited unless somebody there works on the case."""
        unit = scope.unit
        before = self.participations_of(unit)
        if any(row.consent is None and row.kind == ParticipationKind.FULL for row in before):
            return
        for row in [row for row in before if row.kind == ParticipationKind.OWN]:
            self.end_participation(unit, row, at)
        self.participate(unit, ParticipationKind.FULL, at, scope.valid.upper, "consent", scope)
        if not self.is_assigned(unit):
            invitation = Invitation(
                case=self.case,
                consent=scope.consent,
                from_unit=scope.consent.from_unit,
                to_unit=unit,
                child_name=self.child.name,
                purpose=scope.consent.purpose,
                sent_at=at,
            )
            self.invitations.append(self.rows.add(invitation))

    def _invitations(self, unit: Unit) -> list[Invitation]:
        return [row for row in self.invitations if row.to_unit is unit]

    def _trace_family(
        self, person: Guardian | Child, noted_by: Worker | None, at: datetime, action: str, what: uuid.UUID
    ) -> None:
        account: Account | None = person.account
        role = "youth" if isinstance(person, Child) else "guardian"
        self.trace(noted_by, at, "write", action, what, account=account, role=role)


def _answer_row(scope: Scope, person: Guardian | Child) -> Answer:
    if isinstance(person, Child):
        return Answer(scope=scope, child=person)
    return Answer(scope=scope, guardian=person)


def _is_by(answer: Answer, person: Guardian | Child) -> bool:
    return answer.child is person if isinstance(person, Child) else answer.guardian is person


def _facts(answers: Iterable[Answer], scope: Scope) -> ScopeFacts:
    replies = [answer.reply for answer in answers if answer.scope is scope and answer.required]
    return ScopeFacts(len(replies), replies.count("yes"), replies.count("no"), replies.count(WITHDRAWN))
