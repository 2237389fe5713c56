"""Narrowing the list of children: filters by GET, a name or number only by POST."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy

from cases.queries.lists import Chosen
from cases.rules import Step
from kit.forms import BaseForm
from kit.identity import keys_of
from people.numbers import InvalidNumber, parse


class FilterForm(BaseForm):
    """Nothing personal, so it may stand in the address."""

    steg = forms.ChoiceField(
        label=gettext_lazy("Step"),
        choices=[("", gettext_lazy("All steps")), *Step.choices],
        required=False,
    )
    mina = forms.BooleanField(label=gettext_lazy("I am responsible"), required=False)
    sena = forms.BooleanField(label=gettext_lazy("The next date has passed"), required=False)
    avslutade = forms.BooleanField(label=gettext_lazy("Ended ones too"), required=False)

    @property
    def is_used(self) -> bool:
        """Whether anything is chosen, so that the filters stay open."""
        return self.chosen().is_narrowed

    @property
    def chosen_words(self) -> list[str]:
        """Each chosen filter in words."""
        chosen = self.chosen()
        found = [str(Step(chosen.step).label)] if chosen.step else []
        flags = {"mina": chosen.mine, "sena": chosen.late, "avslutade": chosen.ended}
        return found + [str(self.fields[name].label) for name, is_set in flags.items() if is_set]

    @property
    def query(self) -> str:
        """The chosen filters as an address holds them."""
        chosen = self.chosen()
        flags = {"mina": chosen.mine, "sena": chosen.late, "avslutade": chosen.ended}
        parts = {"steg": chosen.step} | {name: "on" * is_set for name, is_set in flags.items()}
        return urlencode({key: value for key, value in parts.items() if value})

    def chosen(self) -> Chosen:
        """What is chosen; what can't be understood is left out."""
        self.is_valid()
        data = self.cleaned_data
        return Chosen(
            step=data.get("steg", ""),
            mine=data.get("mina", False),
            late=data.get("sena", False),
            ended=data.get("avslutade", False),
        )


class SearchForm(BaseForm):
    """A name, a whole personnummer, or the reference that the log reviewer asks about."""

    name_or_number = forms.CharField(
        label=gettext_lazy("Name or personnummer"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Write a name or a personnummer")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_name_or_number(self) -> str:
        """A number is checked, so that a slip of the finger is not "no children"."""
        typed: str = self.cleaned_data["name_or_number"]
        if keys_of(typed) or not any(sign.isdigit() for sign in typed):
            return typed
        try:
            return parse(typed, today=self.today).digits
        except InvalidNumber as error:
            raise forms.ValidationError(str(error)) from error

    def chosen(self) -> Chosen:
        """What is looked for."""
        wanted = self.cleaned_data["name_or_number"]
        if keys_of(wanted):
            return Chosen(reference=wanted)
        return Chosen(number=wanted) if wanted.isdigit() else Chosen(text=wanted)
