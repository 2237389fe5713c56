"""A consent as the family's pages show it, and the receipt of what was taken back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import Http404
from django.utils.functional import cached_property

from consent.models import State
from consent.queries import ConsentTable, PersonAsked, UnitAsked
from kit import dates
from plans.services.withdrawing import Closed
from web.family import words
from web.family.page import FamilyPage
from web.request import Request

RECEIPT = "family_receipt"


@dataclass(frozen=True)
class UnitShown:
    """One unit of a consent in words."""

    name: str
    may_read: str
    pill: words.Pill
    mine: str
    until: str
    is_over: bool


class ConsentShown:
    """One consent as the reader sees it."""

    def __init__(self, table: ConsentTable, page: FamilyPage) -> None:
        self.table = table
        self.page = page

    @property
    def purpose(self) -> str:
        """What it is for, as the unit that asked wrote it."""
        return self.table.consent.purpose

    @property
    def href(self) -> str:
        """Where it is answered."""
        return self.page.path(f"samtycke/{self.table.consent.pk}/")

    @property
    def me(self) -> PersonAsked:
        """The reader as one of those asked."""
        found = next((person for person in self.table.people if person.key == self.page.me), None)
        if found is None:
            raise Http404
        return found

    @cached_property
    def units(self) -> list[UnitShown]:
        """Each unit with its state."""
        return [self._unit(unit) for unit in self.table.units]

    @cached_property
    def states(self) -> set[State]:
        """The states of the units."""
        return {words.unit_state(unit, self.page) for unit in self.table.units}

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is in force and nothing can come of it."""
        return self.states <= {State.EXPIRED, State.WITHDRAWN}

    @property
    def is_open(self) -> bool:
        """Whether some unit may be shown something now."""
        return any(unit.in_force(self.page.actor.at) for unit in self.table.units)

    @property
    def awaits_me(self) -> bool:
        """Whether the reader has yet to answer."""
        return any(
            (answer := words.my_answer(unit, self.page)) is not None
            and not answer.reply
            and words.unit_state(unit, self.page) != State.EXPIRED
            for unit in self.table.units
        )

    @property
    def waiting(self) -> str:
        """That nothing is shared yet, where the reader has said yes."""
        return words.waiting_words(self.table, self.page)

    @property
    def may_change(self) -> bool:
        """Whether some answer of the reader's can still be changed."""
        return any(words.unit_state(unit, self.page) == State.WAITING for unit in self.table.units)

    @cached_property
    def given_by_me(self) -> list[UnitAsked]:
        """The units that the reader can take her yes back for."""
        given = self.table.given_by(self.page.me) if self.page.me else []
        return [unit for unit in given if words.unit_state(unit, self.page) != State.EXPIRED]

    @property
    def until(self) -> str:
        """The last day of the period asked for."""
        return dates.in_words(dates.last_day(self.table.consent.valid.upper))

    @property
    def asked_on(self) -> str:
        """The day of the question."""
        return dates.in_words(self.table.consent.asked_at)

    def holds_plan(self, unit: UnitAsked) -> bool:
        """Whether the unit asked the question: it keeps the plan that it writes itself."""
        return unit.scope.unit_id == self.table.consent.from_unit_id

    def _unit(self, unit: UnitAsked) -> UnitShown:
        state = words.unit_state(unit, self.page)
        given = state == State.GIVEN
        ends = unit.scope.valid.upper if given and unit.scope.valid else None
        return UnitShown(
            name=unit.unit_name,
            may_read=words.may_read(unit),
            pill=words.unit_pill(unit, self.page),
            mine=words.my_words(unit, self.page),
            until=dates.through(ends) if ends else "",
            is_over=state in {State.WITHDRAWN, State.EXPIRED},
        )


@dataclass(frozen=True)
class ReceiptLine:
    """What closed for one unit."""

    unit: str
    shown: int
    plans: int


def keep_receipt(
    request: Request, consent_id: uuid.UUID, units: list[UnitAsked], closed: list[Closed]
) -> None:
    """Keep the receipt for the next page: ids and numbers only, since a session has no policies."""
    rows = []
    for unit in units:
        here = [c for c in closed if c.unit == unit.unit_name]
        shown, plans = sum(c.shown for c in here), sum(c.plans for c in here)
        rows.append([str(unit.scope.pk), shown, plans])
    request.session[RECEIPT] = {"consent": str(consent_id), "rows": rows}


def kept_receipt(request: Request, shown: ConsentShown) -> list[ReceiptLine]:
    """The kept receipt of this consent, with the units' names as the reader may see them."""
    kept = request.session.get(RECEIPT) or {}
    if kept.get("consent") != str(shown.table.consent.pk):
        return []
    names = {str(unit.scope.pk): unit.unit_name for unit in shown.table.units}
    return [
        ReceiptLine(names[scope], int(notes), int(plans))
        for scope, notes, plans in kept["rows"]
        if scope in names
    ]
