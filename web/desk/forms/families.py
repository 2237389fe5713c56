"""Forms of the family: a guardian, and the child's personnummer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from access.policy import ADULT_AT, age_on
from cases.services.families import NewGuardian
from kit.forms import BaseForm, DateField
from people.models import Guardianship
from people.numbers import InvalidNumber, PersonalNumber, parse

LONGEST_PART = 120


def _number(typed: str, today: date) -> PersonalNumber:
    try:
        return parse(typed, today=today)
    except InvalidNumber as error:
        raise forms.ValidationError(str(error)) from error


class GuardianForm(BaseForm):
    """One who has custody of the child: who, since when, and how that is known."""

    given_name = forms.CharField(
        label=gettext_lazy("First name"),
        max_length=LONGEST_PART,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Write the first name")},
    )
    family_name = forms.CharField(
        label=gettext_lazy("Last name"),
        max_length=LONGEST_PART,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Write the last name")},
    )
    number = forms.CharField(
        label=gettext_lazy("Personnummer"),
        help_text=gettext_lazy("Twelve digits. Leave it empty if the person has none or you don't know it."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    relation = forms.ChoiceField(
        label=gettext_lazy("Who is it to the child?"),
        widget=forms.RadioSelect,
        choices=Guardianship.Relation.choices,
        error_messages={"required": gettext_lazy("Choose who it is to the child")},
    )
    source = forms.ChoiceField(
        label=gettext_lazy("How do you know about the custody?"),
        widget=forms.RadioSelect,
        choices=Guardianship.Source.choices,
        error_messages={"required": gettext_lazy("Choose how you know")},
    )
    since = DateField(
        label=gettext_lazy("Guardian since"),
        help_text=gettext_lazy("Most often the day the child was born."),
        error_messages={"required": gettext_lazy("Fill in since which day")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_number(self) -> str:
        """A grown person's number, or nothing."""
        typed = self.cleaned_data["number"].strip()
        return _number(typed, self.today).digits if typed else ""

    def clean_since(self) -> date:
        """Not a day that has not been."""
        since: date = self.cleaned_data["since"]
        if since > self.today:
            raise forms.ValidationError(_("The day can't be in the future."))
        return since

    def guardian(self) -> NewGuardian:
        """The guardian as the service takes her."""
        data = self.cleaned_data
        return NewGuardian(
            given_name=data["given_name"],
            family_name=data["family_name"],
            number=data["number"],
            phone=data["phone"],
            relation=Guardianship.Relation(data["relation"]),
            source=Guardianship.Source(data["source"]),
            since=data["since"],
        )


class NumberForm(BaseForm):
    """The personnummer of a child that had none here."""

    number = forms.CharField(
        label=gettext_lazy("Personnummer"),
        help_text=gettext_lazy("Twelve digits, such as 20220709-2384."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Write the personnummer")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_number(self) -> PersonalNumber:
        """The number of a child under 18."""
        number = _number(self.cleaned_data["number"], self.today)
        if number.born_on is None or age_on(number.born_on, self.today) >= ADULT_AT:
            raise forms.ValidationError(_("Barnens bästa is for children under 18. Check the year."))
        return number
