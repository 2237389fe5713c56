"""Consents as one table: units down, the people who must answer across."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from access.actor import Actor
from consent.models import Answer, Category, Consent, Scope, State


@dataclass(frozen=True)
class PersonAsked:
    """Somebody whose answer is required: a guardian or the child."""

    key: uuid.UUID
    name: str
    is_child: bool
    is_me: bool


@dataclass(frozen=True)
class UnitAsked:
    """One unit of a consent, with what it may be shown and each one's answer."""

    scope: Scope
    unit_name: str
    kind: str
    categories: list[str]
    answers: dict[uuid.UUID, Answer]

    @property
    def is_open(self) -> bool:
        """Whether answers about it can still be given or changed, as row-level security has it:
        until all have said yes or it has ended, whatever one of them has answered."""
        return self.scope.valid is None and self.scope.state not in {State.GIVEN, State.EXPIRED}

    def in_force(self, at: datetime) -> bool:
        """Whether the unit may be shown something now."""
        valid = self.scope.valid
        return (
            self.scope.state == State.GIVEN
            and valid is not None
            and not valid.isempty
            and (valid.lower is None or valid.lower <= at)
            and (valid.upper is None or at < valid.upper)
        )


@dataclass(frozen=True)
class ConsentTable:
    """A consent with its units, its people and what is missing."""

    consent: Consent
    units: list[UnitAsked]
    people: list[PersonAsked]

    @property
    def missing(self) -> list[PersonAsked]:
        """Those who have not answered about every unit."""
        return [
            person
            for person in self.people
            if any(
                (answer := unit.answers.get(person.key)) and answer.required and not answer.reply
                for unit in self.units
            )
        ]

    def answers_of(self, person: uuid.UUID) -> list[Answer]:
        """One person's answer rows, unit by unit."""
        return [unit.answers[person] for unit in self.units if person in unit.answers]

    def unanswered_by(self, person: uuid.UUID) -> list[Answer]:
        """The rows that person has yet to answer."""
        return [answer for answer in self.answers_of(person) if not answer.reply]

    def given_by(self, person: uuid.UUID) -> list[UnitAsked]:
        """The units that person has said yes to, and can take back: while her answer is required."""
        return [
            unit
            for unit in self.units
            if (answer := unit.answers.get(person)) and answer.required and answer.reply == Answer.Reply.YES
        ]

    def state_now(self, at: datetime) -> State:
        """The stored state, or expired where the period has ended."""
        if self.consent.state in {State.GIVEN, State.PARTLY} and not any(
            unit.in_force(at) for unit in self.units
        ):
            return State.EXPIRED
        return State(self.consent.state)


def consent_tables(child_id: uuid.UUID, actor: Actor) -> list[ConsentTable]:
    """Every consent about the child that the actor may know of, newest first.

    Who may know is row-level security's to say: the unit that asked sees all
    answers, a person asked sees the units and her own answers, and a unit of
    the team sees the units that are in force. Three statements.
    """
    if not (actor.is_staff or actor.is_family):
        return []
    consents = list(Consent.objects.filter(child=child_id).order_by("-asked_at"))
    scopes = Scope.objects.filter(consent__in=consents).select_related("unit").order_by("unit__name")
    answers = Answer.objects.filter(scope__consent__in=consents).select_related("guardian", "child")
    of_scope: dict[uuid.UUID, list[Answer]] = defaultdict(list)
    for answer in answers:
        of_scope[answer.scope_id].append(answer)
    of_consent: dict[uuid.UUID, list[UnitAsked]] = defaultdict(list)
    for scope in scopes:
        of_consent[scope.consent_id].append(_unit_asked(scope, of_scope[scope.pk]))
    return [
        ConsentTable(consent, units, _people(units, actor))
        for consent in consents
        if (units := of_consent[consent.pk])
    ]


def consent_table(consent_id: uuid.UUID, child_id: uuid.UUID, actor: Actor) -> ConsentTable | None:
    """One of :func:`consent_tables`, or nothing."""
    for table in consent_tables(child_id, actor):
        if table.consent.pk == consent_id:
            return table
    return None


def _unit_asked(scope: Scope, answers: list[Answer]) -> UnitAsked:
    return UnitAsked(
        scope=scope,
        unit_name=scope.unit.name,
        kind=scope.unit.kind,
        categories=[str(Category(c).label) for c in Category.values if c in scope.categories],
        answers={_key(answer): answer for answer in answers},
    )


def _key(answer: Answer) -> uuid.UUID:
    key = answer.guardian_id or answer.child_id
    assert key is not None  # noqa: S101 (a constraint of the table)
    return key


def _people(units: list[UnitAsked], actor: Actor) -> list[PersonAsked]:
    found: dict[uuid.UUID, PersonAsked] = {}
    for unit in units:
        for key, answer in unit.answers.items():
            person = answer.guardian or answer.child
            found[key] = PersonAsked(
                key=key,
                name=person.name if person else "",
                is_child=answer.child_id is not None,
                is_me=key in {actor.guardian_id, actor.child_id},
            )
    return sorted(found.values(), key=lambda p: (p.is_child, p.name))
