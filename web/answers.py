"""The form of one person's answers to a consent, which staff and family both use."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from consent.models import Answer
from consent.queries import ConsentTable, PersonAsked, UnitAsked
from kit.forms import BaseForm


class AnswersForm(BaseForm):
    """One person's answers, unit by unit: a row of yes and no for each."""

    def __init__(self, *args: Any, table: ConsentTable, person: PersonAsked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.rows: list[UnitAsked] = [
            unit for unit in table.units
            if unit.is_open and (answer := unit.answers.get(person.key)) and answer.reply != Answer.Reply.WITHDRAWN
        ]  # fmt: skip
        for unit in self.rows:
            answer = unit.answers[person.key]
            self.fields[f"answer_{answer.pk}"] = forms.ChoiceField(
                label=unit.unit_name,
                widget=forms.RadioSelect,
                required=False,
                choices=[("yes", _("Yes")), ("no", _("No"))],
                initial=answer.reply or None,
            )

    @property
    def cells(self) -> list[tuple[UnitAsked, Any]]:
        """Each unit with its field."""
        return [(unit, self[f"answer_{unit.answers[self.person.key].pk}"]) for unit in self.rows]

    def clean(self) -> dict[str, Any]:
        """ "Ja till alla" and "Nej till alla" fill every row; else one at least."""
        data = super().clean() or {}
        everything = {"yes_to_all": "yes", "no_to_all": "no"}.get(self.data.get("all", ""))
        for unit in self.rows:
            name = f"answer_{unit.answers[self.person.key].pk}"
            if everything:
                data[name] = everything
        if not any(data.get(f"answer_{unit.answers[self.person.key].pk}") for unit in self.rows):
            self.add_error(None, _("Choose yes or no."))
        return data

    def replies(self) -> dict[uuid.UUID, str]:
        """Answer rows and what was chosen, as the services take them."""
        found = {}
        for unit in self.rows:
            answer = unit.answers[self.person.key]
            if reply := self.cleaned_data.get(f"answer_{answer.pk}"):
                found[answer.pk] = reply
        return found
