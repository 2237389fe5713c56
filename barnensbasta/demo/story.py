"""A case told step by step, as the services would have written it.

Every step is later than the one before. What the policy refuses raises
:class:`ImpossibleStep`, so that the demo can't hold what the service would not.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from access.facts import FamilyShareFacts, ShareFacts
from access.grants import ParticipationKind
from access.policy import Decision, decide_family_share, decide_share
from access.units import UnitKind
from agencies.models import Unit
from barnensbasta.demo.families import Family
from barnensbasta.demo.moments import Moments, due, period
from barnensbasta.demo.rows import Rows, Trace
from barnensbasta.demo.staff import Worker
from cases.harm import harm_of, harm_to_family
from cases.models import (
    Assignment,
    Case,
    Disclosure,
    Entry,
    GrantPeriod,
    Participation,
    Process,
    Signal,
    SignalText,
    Version,
)
from cases.process import may_move, next_step_in
from cases.rules import CloseReason, ProcessState
from consent.models import Category, Scope
from kit.dates import as_day
from people.models import Account, Guardian

Kind = Entry.Kind
MINUTES_BETWEEN = timedelta(minutes=15)


class ImpossibleStep(Exception):
    """A step of a story that the rules don't allow."""


def require(decision: Decision) -> datetime | None:
    """Until when an allowed thing lasts."""
    if not decision:
        raise ImpossibleStep(decision.reason)
    return decision.until


class CaseStory:
    """The case itself: signal, process, who takes part, entries and who is shown them."""

    def __init__(
        self, rows: Rows, moments: Moments, family: Family, ago: int, *, traced: bool = False
    ) -> None:
        self.rows = rows
        self.moments = moments
        self.family = family
        self.child = family.child
        self.ago = ago
        self.traced = traced
        self.scopes: list[Scope] = []
        self.participations: list[tuple[Unit, Participation]] = []
        self.assignments: list[Assignment] = []
        self.disclosures: list[Disclosure] = []
        self.entries: list[Entry] = []
        self.case: Case
        self.process: Process
        self.signal_row: Signal
        self._last = moments.at(ago + 30, any_day=True)

    # --- Time -------------------------------------------------------------------

    def at(self, day: int, clock: str = "9.00", *, any_day: bool = False) -> datetime:
        """So many days after the signal, and after what happened before."""
        moment = self.moments.at(self.ago - day, clock, any_day=any_day)
        self._last = max(moment, self._last + MINUTES_BETWEEN)
        return self._last

    def on(self, day: int) -> date:
        """The date so many days after the signal, past or coming."""
        return self.moments.day(self.ago - day)

    # --- Signal and process -------------------------------------------------------

    def signal(
        self, by: Worker, to: Unit, seen: str, works: str, *, clock: str = "9.15", family_knows: bool = True
    ) -> None:
        """Somebody notices; with the family's yes a case arises."""
        at = self.at(0, clock)
        yes = " och ".join(guardian.name for guardian in self.family.guardians)
        head, text = add_signal(
            self.rows, self.family, by, at, seen, works, yes=yes, family_knows=family_knows
        )
        self.signal_row = head
        self.case = self.rows.add(Case(child=self.child, opened_at=at))
        self.process = self.rows.add(
            Process(
                case=self.case,
                child=self.child,
                state=ProcessState.NOTICED,
                responsible_unit=to,
                state_since=at,
            )
        )
        self.participate(to, ParticipationKind.FULL, at, None, "responsible by age")
        head.to_unit, head.case, head.delivered_at = to, self.case, at
        text.to_unit, text.case = to, self.case
        self.trace(by, at, "write", "signal_sent", self.signal_row.pk, case=False)

    def take_signal(self, by: Worker, day: int, clock: str = "10.20") -> None:
        """Somebody of the responsible unit takes it and becomes responsible."""
        at = self.at(day, clock)
        self.signal_row.taken_by, self.signal_row.taken_at = by.account, at
        self.process.responsible = by.account
        self.assign(by, at, "took the signal")
        self.move(ProcessState.DIALOGUE, at)
        self.trace(by, at, "write", "signal_taken", self.signal_row.pk)

    def move(self, to: ProcessState, at: datetime, *, next_on: date | None = None) -> None:
        """Another state of the process."""
        if not may_move(ProcessState(self.process.state), to):
            raise ImpossibleStep(f"{self.process.state} to {to}")
        self.process.state, self.process.state_since = to, at
        self.process.next_step = next_step_in(to) or ""
        self.process.next_on = next_on or due(to, self.process.next_step, at)

    def close(self, by: Worker, day: int, reason: CloseReason, clock: str = "15.00") -> None:
        """The case is closed."""
        at = self.at(day, clock)
        self.move(ProcessState.CLOSED, at)
        self.process.closed_at, self.process.close_reason = at, reason
        self.trace(by, at, "write", "case_closed", None)

    # --- Who takes part -------------------------------------------------------------

    def participate(
        self,
        unit: Unit,
        kind: str,
        at: datetime,
        until: datetime | None,
        reason: str,
        scope: Scope | None = None,
    ) -> None:
        """The unit takes part, in full or with its own entries."""
        made = Participation(
            group=unit.group,
            content_object=self.case,
            kind=kind,
            consent=scope.consent if scope else None,
            valid=period(at, until),
            granted_at=at,
            reason=reason,
        )
        self.participations.append((unit, self.rows.add(made)))

    def participations_of(self, unit: Unit) -> list[Participation]:
        """How the unit takes part now; one row for each ground."""
        return [row for owner, row in self.participations if owner is unit]

    def end_participation(self, unit: Unit, row: Participation, at: datetime) -> None:
        """The participation ends; its closed period is kept."""
        self.participations.remove((unit, row))
        self.rows.remove(row)
        self._keep_period(GrantPeriod.What.PARTICIPATION, unit, row, at, kind=row.kind)

    def assign(self, worker: Worker, at: datetime, reason: str, by: Worker | None = None) -> None:
        """The person works on the case in her unit."""
        self.assignments.append(
            self.rows.add(
                Assignment(
                    user=worker.account,
                    content_object=self.case,
                    unit=worker.unit,
                    valid=period(at, None),
                    granted_by=(by or worker).account,
                    granted_at=at,
                    reason=reason,
                )
            )
        )

    def is_assigned(self, unit: Unit) -> bool:
        """Whether somebody of the unit works on the case."""
        return any(row.unit is unit for row in self.assignments)

    def end_assignments(self, unit: Unit, at: datetime) -> None:
        """Nobody of the unit works on the case any more."""
        for row in [row for row in self.assignments if row.unit is unit]:
            self.assignments.remove(row)
            self.rows.remove(row)
            self._keep_period(GrantPeriod.What.ASSIGNMENT, unit, row, at, account=row.user)

    def _keep_period(
        self, what: str, unit: Unit, row: Participation | Assignment, at: datetime, *,
        kind: str = "", account: Account | None = None,
    ) -> None:  # fmt: skip
        self.rows.add(
            GrantPeriod(
                what=what,
                case=self.case,
                unit=unit,
                account=account,
                kind=kind,
                valid=period(row.valid.lower, at),
                reason=row.reason,
            )
        )

    # --- Entries and who is shown them ----------------------------------------------

    def entry(
        self, by: Worker, day: int, kind: str, body: str, *,
        category: str = Category.BASIS, data: dict[str, object] | None = None, clock: str = "14.00", late: int = 0,
    ) -> Version:  # fmt: skip
        """A new entry of the writer's unit; ``late`` is how many days after it happened."""
        at = self.at(day, clock)
        happened_on = self.on(day - late)
        entry = self.rows.add(
            Entry(
                case=self.case,
                owner_unit=by.unit,
                kind=kind,
                happened_on=happened_on,
                created_by=by.account,
                created_at=at,
            )
        )
        self.entries.append(entry)
        version = self._version(entry, 1, by, at, body, category, data or {})
        self.trace(by, at, "write", "entry_written", version.pk)
        return version

    def correct(self, version: Version, by: Worker, day: int, body: str, clock: str = "15.30") -> Version:
        """A corrected version; whoever had the old one keeps it until shown the new."""
        at = self.at(day, clock)
        made = self._version(version.entry, version.no + 1, by, at, body, version.category, version.data)
        self.trace(by, at, "write", "entry_corrected", made.pk)
        return made

    def _version(
        self,
        entry: Entry,
        no: int,
        by: Worker,
        at: datetime,
        body: str,
        category: str,
        data: dict[str, object],
    ) -> Version:
        return self.rows.add(
            Version(
                entry=entry,
                case=self.case,
                owner_unit=by.unit,
                no=no,
                kind=entry.kind,
                category=category,
                body=body,
                data=data,
                author=by.account,
                author_name=by.name,
                author_title=by.title,
                unit_name=by.unit.name,
                happened_on=entry.happened_on,
                written_at=at,
            )
        )

    def show(
        self, version: Version, by: Worker, day: int | None = None, *, units: Iterable[Unit] = (),
        guardians: Iterable[Guardian] = (), to_child: bool = False, child_asked: bool = False,
    ) -> None:  # fmt: skip
        """The owner shows this very version: to units on consent, to the family by right.

        Without a day it is shown in the act of saving.
        """
        at = version.written_at if day is None else self.at(day, "16.00")
        for unit in units:
            if unit is not by.unit:
                self._show_unit(version, by, at, unit)
        own = version.kind == Kind.CHILD_WORDS or version.data.get("perspective") == "child"
        for guardian in guardians:
            custody = next(row for row in self.family.custody if row.guardian is guardian)
            facts = FamilyShareFacts(own, child_asked, custody.valid.upper)
            until = require(decide_family_share(facts))
            self._disclose(version, by, at, until, to_guardian=guardian, basis="B14", child_asked=child_asked)
        if to_child:
            until = require(decide_family_share(FamilyShareFacts(own, True, None, to_the_child=True)))
            self._disclose(version, by, at, until, to_child=self.child, basis="B14", child_asked=True)

    def _show_unit(self, version: Version, by: Worker, at: datetime, unit: Unit) -> None:
        scope = self.scope_in_force(unit, at, version.category)
        until = require(
            decide_share(
                ShareFacts(
                    UnitKind(by.unit.kind),
                    UnitKind(unit.kind),
                    version.category,
                    frozenset(scope.categories) if scope else frozenset(),
                    scope.valid.upper if scope and scope.valid else None,
                )
            )
        )
        consent = scope.consent if scope else None
        self._disclose(version, by, at, until, to_unit=unit, basis="B1", consent=consent)

    def _disclose(
        self, version: Version, by: Worker, at: datetime, until: datetime | None, **to: object
    ) -> None:
        harm = harm_of if "to_unit" in to else harm_to_family
        made = Disclosure(
            version=version,
            case=self.case,
            owner_unit=by.unit,
            decided_by=by.account,
            decided_at=at,
            valid=period(at, until),
            **harm(UnitKind(by.unit.kind), version.category),
            **to,
        )
        self.disclosures.append(self.rows.add(made))
        self.trace(by, at, "write", "version_shown", version.pk)

    def scope_in_force(self, unit: Unit, at: datetime, category: str = "") -> Scope | None:
        """The newest consent that lets the unit be shown the category now, or anything."""
        found = [
            s for s in self.scopes if s.unit is unit and s.state == "given" and s.valid and at in s.valid
        ]
        covering = [scope for scope in found if category in scope.categories]
        fitting = covering or found
        return fitting[-1] if fitting else None

    # --- The audit chain ----------------------------------------------------------------

    def read(self, by: Worker, day: int, action: str = "opened_case", what: uuid.UUID | None = None) -> None:
        """Somebody opens a page with content."""
        self.trace(by, self.at(day, "8.40"), "read", action, what)

    def trace(
        self, by: Worker | None, at: datetime, kind: str, action: str, what: uuid.UUID | None, *,
        account: Account | None = None, role: str = "", case: bool = True,
    ) -> None:  # fmt: skip
        """An event, where the story is one that people read."""
        actor = by.account if by else account
        if not self.traced or actor is None:
            return
        self.rows.traces.append(
            Trace(
                at=at,
                account=actor.pk,
                membership=by.membership.pk if by else None,
                role=by.membership.role if by else role,
                kind=kind,
                action=action,
                child=self.child.pk,
                case=self.case.pk if case else None,
                object=what,
                id=self.rows.new_id(),
            )
        )


def add_signal(
    rows: Rows, family: Family, by: Worker, at: datetime, seen: str, works: str, *,
    yes: str, family_knows: bool = True,
) -> tuple[Signal, SignalText]:  # fmt: skip
    """What somebody noticed; without a yes it stays with the unit that wrote it."""
    child = family.child
    signal = rows.add(
        Signal(
            from_unit=by.unit,
            sent_by=by.account,
            sent_at=at,
            municipality_id=child.municipality_code,
            typed_name=child.name,
            typed_number=child.number or "",
            born_on=child.born_on,
            yes_from=yes,
            yes_on=as_day(at) if yes else None,
            yes_noted_by=by.account if yes else None,
        )
    )
    text = SignalText(
        signal=signal,
        from_unit=by.unit,
        sent_by=by.account,
        seen=seen,
        seen_on=as_day(at),
        works=works,
        family_knows=family_knows,
    )
    return signal, rows.add(text)
