"""The head of a case: who the child is, where the case stands, what consent says."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from access.actor import Actor
from access.clock import access_at
from cases.facts import Standing
from cases.models import Case, Process
from consent.models import Answer, Scope, State


@dataclass(frozen=True)
class ConsentHead:
    """How the consent stands, as far as the actor may know.

    ``state`` is empty where nothing has been asked; ``waiting_for`` names those
    whose answer is missing; ``ends_at`` is when the last given scope ends; ``covers_own``
    is whether one in force covers the actor's own unit.
    """

    state: str = ""
    consent_id: uuid.UUID | None = None
    waiting_for: tuple[str, ...] = ()
    ends_at: date | None = None
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
    """The process, for whoever works on the case or leads its unit."""
    if standing.facts.unit_participates != "full":
        return None
    return getattr(case, "process", None)


def holder_name(process: Process | None) -> str:
    """Who holds the baton: the coordinator where there is one, else the responsible."""
    if process is None:
        return ""
    account = process.coordinator or process.responsible
    staff = getattr(account, "staffmember", None)
    return staff.name if staff else ""


def consent_head(case: Case, standing: Standing, actor: Actor) -> ConsentHead:
    """How the consent stands: two statements for the holder, one for the others."""
    scopes = list(_scopes(case, standing, actor).select_related("consent").order_by("-consent__asked_at"))
    waiting = tuple(_waiting_for(case, standing, actor))
    if not scopes:
        return ConsentHead()
    asked = [s for s in scopes if s.state == State.WAITING]
    given = [s for s in scopes if s.state == State.GIVEN and s.valid and actor.at in s.valid]
    own = any(s.unit_id == actor.unit_id for s in given)
    if asked and waiting:
        return ConsentHead(State.WAITING, asked[0].consent_id, waiting, covers_own=own)
    if given:
        newest = [s for s in scopes if s.consent_id == given[0].consent_id]
        state = State.GIVEN if all(s in given for s in newest) else State.PARTLY
        ends = max((s.valid.upper for s in given if s.valid and s.valid.upper), default=None)
        return ConsentHead(state, given[0].consent_id, (), ends, own)
    latest = scopes[0]
    lapsed = latest.state == State.GIVEN
    return ConsentHead(State.EXPIRED if lapsed else latest.consent.state, latest.consent_id)


def _scopes(case: Case, standing: Standing, actor: Actor) -> QuerySet[Scope]:
    """The holder sees what it asked; the others only the scope that covers them now."""
    of_child = Scope.objects.filter(consent__child=case.child_id)
    if standing.facts.holds_case:
        return of_child.filter(consent__from_unit=actor.unit_id)
    return of_child.filter(unit=actor.unit_id, state=State.GIVEN, valid__contains=access_at())


def _waiting_for(case: Case, standing: Standing, actor: Actor) -> list[str]:
    """The given names of those whose answer is missing, each once."""
    if not standing.facts.holds_case:
        return []
    rows = (
        Answer.objects.filter(
            Q(scope__consent__child=case.child_id, scope__consent__from_unit=actor.unit_id),
            required=True,
            reply="",
            scope__state=State.WAITING,
        )
        .order_by("guardian__given_name")
        .values_list("guardian__given_name", "child__given_name")
    )
    return list(dict.fromkeys(guardian or child for guardian, child in rows))
