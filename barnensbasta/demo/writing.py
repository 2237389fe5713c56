"""Stores the demo's rows as the loader, in one transaction, each table in one go."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from django.contrib.auth.models import Group, Permission
from django.db import connections, models, transaction

from access import ticket
from access.grants import TAKES_PART, WORKS_ON
from access.ticket import Kind
from agencies.models import (
    Appointment,
    Listing,
    Membership,
    Municipality,
    Organisation,
    SchoolBreak,
    StaffMember,
    Unit,
)
from barnensbasta.demo.rows import Rows, Trace
from cases.models import (
    Admission,
    Assignment,
    Case,
    Concern,
    Disclosure,
    Emergency,
    Entry,
    Feedback,
    GrantPeriod,
    Handover,
    Invitation,
    Lock,
    Meeting,
    Named,
    Participation,
    Process,
    ProtectionReview,
    Signal,
    SignalText,
    UnnamedMessage,
    UnnamedQuestion,
    Version,
)
from consent.models import Answer, Consent, LegalBasis, Scope
from notices.models import Outbox
from people.models import Account, Child, Guardian, Guardianship, Password, Protection, YouthContact
from plans.models import (
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

# Each after those that it points to.
ORDER: tuple[type[models.Model], ...] = (
    *(
        Municipality,
        Organisation,
        Group,
        Unit,
        Account,
        Password,
        StaffMember,
        Appointment,
        SchoolBreak,
        Membership,
    ),
    *(LegalBasis, Guardian, Child, Protection, YouthContact, Guardianship, Listing),
    *(Consent, Scope, Answer, Case, Process, Signal, SignalText),
    *(Participation, Assignment, GrantPeriod, Invitation, Entry, Version, Disclosure),
    *(
        Concern,
        Feedback,
        Handover,
        Meeting,
        Lock,
        Named,
        Admission,
        ProtectionReview,
        Emergency,
        UnnamedQuestion,
        UnnamedMessage,
    ),
    *(Plan, PlanVersion, Goal, Insats, Status, Release, UnitReply, FamilyReply, FollowUp),
    *(GoalResult, InsatsResult, Outbox),
)
BATCH = 2000
BAR = 40

_CHAIN = """
with actor as materialized (select access.actor_begin(%s))
select access.audit_append(%s::jsonb) from actor
"""


class Progress:
    """A bar in a terminal, a line for each quarter elsewhere."""

    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        self.total = max(total, 1)
        self.done = 0
        self.stream = stream or sys.stderr
        self._shown = -1

    def step(self, count: int, what: str) -> None:
        """So many rows more are stored."""
        self.done += count
        percent = 100 * self.done // self.total
        if self.stream.isatty():
            full = BAR * self.done // self.total
            self.stream.write(f"\rDemo county [{'#' * full}{'.' * (BAR - full)}] {percent:3} % {what:<16}")
            self.stream.write("\n" if self.done == self.total else "")
            self.stream.flush()
        elif percent // 25 > self._shown:
            self._shown = percent // 25
            self.stream.write(f"Demo county {percent} %\n")


def is_loaded(using: str) -> bool:
    """Whether the database has the demo, or anything else that it must not touch."""
    return Account.objects.using(using).exists()


def write(rows: Rows, *, using: str, stream: TextIO | None = None) -> int:
    """Store all rows and chain the events; return how many rows there are."""
    if left := rows.models() - set(ORDER):
        raise LookupError(f"no place in the order for {left}")
    total = sum(len(rows.of(model)) for model in ORDER)
    progress = Progress(total + len(rows.traces), stream)
    with transaction.atomic(using=using):
        _name_permissions(rows, using)
        for model in ORDER:
            made = rows.of(model)
            model._default_manager.using(using).bulk_create(made, batch_size=BATCH)
            if model is Group:
                _number_groups(rows)
            progress.step(len(made), model.__name__)
        _chain(sorted(rows.traces, key=lambda trace: trace.at), using)
        progress.step(len(rows.traces), "events")
    return total


def _name_permissions(rows: Rows, using: str) -> None:
    """Participation and assignment name the permission that they grant."""
    ids = dict(
        Permission.objects.using(using)
        .filter(content_type__app_label="cases", codename__in=(TAKES_PART, WORKS_ON))
        .values_list("codename", "pk")
    )
    for participation in rows.of(Participation):
        participation.permission_id = ids[TAKES_PART]
    for assignment in rows.of(Assignment):
        assignment.permission_id = ids[WORKS_ON]


def _number_groups(rows: Rows) -> None:
    """Groups get their number from the database; those that name one learn it."""
    for unit in rows.of(Unit):
        unit.group_id = unit.group.pk
    for participation in rows.of(Participation):
        participation.group_id = participation.group.pk


def _chain(traces: Iterable[Trace], using: str) -> None:
    """Each event as its actor, at its instant, through the same function as in service."""

    def statements() -> Iterator[tuple[str, str]]:
        # Sealed as they are sent: there are more of them than a ticket lasts for.
        for t in traces:
            sealed = ticket.for_actor(Kind.WORK, t.account, t.membership, t.at, using=using)
            yield sealed, json.dumps([_event(t)])

    with connections[using].cursor() as cursor:
        cursor.executemany(_CHAIN, statements())  # type: ignore[arg-type]  # any iterable will do
        cursor.execute("select access.actor_begin(%s)", [ticket.for_actor(Kind.WORK, None, using=using)])


def _event(trace: Trace) -> dict[str, Any]:
    return {
        "id": str(trace.id),
        "role": trace.role,
        "kind": trace.kind,
        "action": trace.action,
        "child": str(trace.child) if trace.child else None,
        "case": str(trace.case) if trace.case else None,
        "object": str(trace.object) if trace.object else None,
        "detail": {},
        "request": None,
    }
