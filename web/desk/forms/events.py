"""Narrowing the events of a case: nothing personal is asked, so the choice stands in the address."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Entry
from cases.queries.timeline import Narrowed, Tally
from kit.forms import BaseForm, DateField
from plans.queries.follow_ups import HeldFollowUp
from web.desk.events import FOLLOW_UP


@dataclass(frozen=True)
class Choice:
    """One kind of event that the reader has something of."""

    label: str
    query: str
    chosen: bool


class EventFilter(BaseForm):
    """A kind, a unit and a period. Only kinds and units of what the reader may read are to be
    chosen: any other unit is as unknown as one that does not exist, and left out."""

    sort = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    enhet = forms.TypedChoiceField(
        label=gettext_lazy("Written by"), coerce=uuid.UUID, empty_value=None, required=False
    )
    fran = DateField(label=gettext_lazy("From"), required=False)
    till = DateField(label=gettext_lazy("Up to and including"), required=False)

    def __init__(self, data: QueryDict, *, held: list[HeldFollowUp]) -> None:
        super().__init__(data)
        self.held = held
        self.tally: list[Tally] = []
        self.offered: list[tuple[str, str]] = []

    @property
    def period(self) -> Narrowed:
        """The days alone, which are understood before what there is to choose is known."""
        days = {name: self._day(name) for name in ("fran", "till")}
        if days["fran"] and days["till"] and days["till"] < days["fran"]:
            return Narrowed()
        return Narrowed(first=days["fran"], last=days["till"])

    def _day(self, name: str) -> Any:
        try:
            return self.fields[name].clean(self.data.get(name))
        except forms.ValidationError:
            return None

    def offer(self, tally: Iterable[Tally]) -> None:
        """What there is to choose among: what the reader reads, with the follow-ups."""
        self.tally = list(tally)
        units = {one.unit: one.unit_name for one in self.tally}
        units |= {one.follow_up.owner_unit_id: one.follow_up.owner_unit.name for one in self.held}
        named = sorted(units.items(), key=lambda each: each[1].casefold())
        self._offer("enhet", [("", str(_("All units"))), *((str(unit), name) for unit, name in named)])
        kinds = {one.kind for one in self.tally} | ({FOLLOW_UP} if self.held else set())
        # A kind that she asks for and has nothing of is empty, whether others have it or not.
        kinds |= {self.data.get("sort", "")}
        every = [*Entry.Kind.choices, (FOLLOW_UP, _("Follow-up of the plan"))]
        known = [(value, str(label)) for value, label in every if value in kinds]
        self.offered = [("", str(_("All"))), *known]
        self._offer("sort", self.offered)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """What isn't offered is no error to be told of: that would tell that it is something."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (see above)
        field.choices = choices
        if self.data.get(name, "") not in dict(choices):
            self.data = {key: value for key, value in self.data.items() if key != name}

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        data = super().clean() or self.cleaned_data
        first, last = data.get("fran"), data.get("till")
        if first and last and last < first:
            self.add_error("till", _("The last day can't be before the first day"))
        return data

    @property
    def narrowed(self) -> Narrowed:
        """What is chosen; a period that can't be understood is told of and shows all."""
        self.is_valid()
        period, data = self.period, self.cleaned_data
        return Narrowed(data.get("sort", ""), data.get("enhet"), period.first, period.last)

    @property
    def of_entries(self) -> bool:
        """Whether anything but follow-ups is asked for."""
        return self.narrowed.kind != FOLLOW_UP

    @property
    def held_chosen(self) -> list[HeldFollowUp]:
        """The follow-ups that fit."""
        wanted = self.narrowed
        if wanted.kind not in {"", FOLLOW_UP}:
            return []
        return [
            one
            for one in self.held
            if wanted.holds(one.follow_up.held_on) and wanted.unit in {None, one.follow_up.owner_unit_id}
        ]

    @property
    def is_open(self) -> bool:
        """Whether the unit or the period is chosen, so that the form stays open."""
        return bool(self.errors) or any((self.narrowed.unit, self.narrowed.first, self.narrowed.last))

    @property
    def is_used(self) -> bool:
        """Whether anything is left out."""
        return self.narrowed != Narrowed()

    @property
    def fitting(self) -> int:
        """How many fit."""
        wanted = self.narrowed
        fits = [
            one for one in self.tally if wanted.kind in {"", one.kind} and wanted.unit in {None, one.unit}
        ]
        return sum(one.in_period for one in fits) + len(self.held_chosen)

    @property
    def total(self) -> int:
        """How many the reader has in all."""
        return sum(one.count for one in self.tally) + len(self.held)

    @property
    def kinds(self) -> list[Choice]:
        """Each kind as a link that keeps the unit and the period."""
        now = self.narrowed.kind
        return [Choice(label, self._query(value), value == now) for value, label in self.offered]

    @property
    def query(self) -> str:
        """What is chosen as an address holds it."""
        return self._query(self.narrowed.kind)

    def _query(self, kind: str) -> str:
        chosen = self.narrowed
        parts = {"sort": kind, "enhet": chosen.unit, "fran": chosen.first, "till": chosen.last}
        return urlencode({name: str(value) for name, value in parts.items() if value})
