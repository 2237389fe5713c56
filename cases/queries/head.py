"""The head of a case: who the child is, where the case stands, what consent says."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from access.actor import Actor
from cases.facts import Standing
from cases.models import Case, Process
from consent.models import Answer, State
from kit.arrays import in_array


@dataclass(frozen=True)
class ConsentHead:
    """How the consent stands, as far as the actor may know.

    ``state`` is empty where nothing has been asked; ``waiting_for`` names those
    whose answer is missing; ``ends_at`` is when the last given scope ends; ``covers_own``
    is whether one in force covers the actor's own unit.
    """

    state: str = ""
    waiting_for: tuple[str, ...] = ()
    ends_at: datetime | None = None
    covers_own: bool = False

    @property
    def in_force(self) -> bool:
        """Somebody may be shown something on consent now."""
        return self.state in {State.GIVEN, State.PARTLY}


def case_of(case_id: uuid.UUID, actor: Actor) -> Case | None:
    """The case with child and process, if the actor may know that it exists.

    The process is ``None``-safe through :func:`process_of`: row-level security
    hides it from a unit that keeps only its own entries.
    """
    return (
        Case.objects.visible_to(actor)
        .select_related(
            "child",
            "process",
            "process__responsible_unit",
            "process__coordinator_unit",
            "process__responsible__staffmember",
            "process__coordinator__staffmember",
        )
        .filter(pk=case_id)
        .first()
    )


def process_of(case: Case, standing: Standing) -> Process | None:
    """The process, for whoever works on the case or leads its unit, and sees the others."""
    return getattr(case, "process", None) if standing.sees_others else None


def keeper_of(case_id: uuid.UUID) -> uuid.UUID | None:
    """The unit that holds the work together, and so keeps the plan, as far as the actor may know."""
    row = Process.objects.filter(pk=case_id).values_list("coordinator_unit", "responsible_unit").first()
    return (row[0] or row[1]) if row else None


def holder_name(process: Process | None) -> str:
    """Who holds the baton: the coordinator where there is one, else the responsible."""
    if process is None:
        return ""
    account = process.coordinator or process.responsible
    staff = getattr(account, "staffmember", None)
    return staff.name if staff else ""


def consent_head(case: Case, standing: Standing, actor: Actor) -> ConsentHead:
    """How consent stands over all consents of the case, the same for all who see the
    others: a unit that any of them covers is covered. Two statements for the holder,
    one for the others."""
    with connection.cursor() as cursor:
        cursor.execute("select access.consent_now(%s)", [case.pk])
        (found,) = cursor.fetchone()
    facts: dict[str, Any] = json.loads(found) if isinstance(found, str) else found
    waiting = tuple(_waiting_for(case, standing, actor))
    own = bool(facts["mine"])
    if facts["waiting"] and waiting:
        return ConsentHead(State.WAITING, waiting, covers_own=own)
    if facts["covered"] and (own or standing.facts.holds_case):
        state = State.GIVEN if facts["covered"] == facts["asked"] else State.PARTLY
        return ConsentHead(state, (), datetime.fromisoformat(facts["ends"]), own)
    return ConsentHead(facts["latest"]["state"]) if facts["latest"] else ConsentHead()


@dataclass(frozen=True)
class Contact:
    """Whom to ring about a case, for a unit that sees only its own part of it."""

    name: str = ""
    phone: str = ""


def contact_of(case: Case, actor: Actor) -> Contact:
    """The one who holds the case, by name and phone, and nothing of her unit."""
    if not actor.is_staff:
        return Contact()
    with connection.cursor() as cursor:
        cursor.execute("select access.case_contact(%s)", [case.pk])
        row = cursor.fetchone()
    found = json.loads(row[0]) if isinstance(row[0], str) else row[0]
    return Contact(**found) if found else Contact()


def _waiting_for(case: Case, standing: Standing, actor: Actor) -> list[str]:
    """The given names of those whose answer is missing, each once."""
    if not standing.facts.holds_case:
        return []
    rows = (
        Answer.objects.filter(
            in_array("scope__consent", "access.my_kept_consents"),
            scope__consent__child=case.child_id,
            required=True,
            reply="",
            scope__state=State.WAITING,
        )
        .order_by("guardian__given_name")
        .values_list("guardian__given_name", "child__given_name")
    )
    return list(dict.fromkeys(guardian or child for guardian, child in rows))
