"""The forms of Uppmärksamma: the child, what was seen, the family."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from access.policy import ADULT_AT, age_on
from kit.forms import BaseForm, DateField
from people.numbers import InvalidNumber, parse

EXPECTED_WITHIN = timedelta(days=300)

SAID_YES = "yes"
KNOWS = "knows"
UNAWARE = "unaware"


class ChildForm(BaseForm):
    """Who the child is: number, or name and day of birth where there is none."""

    name = forms.CharField(
        label=gettext_lazy("The child's name"),
        max_length=240,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Write the child's name")},
    )
    number = forms.CharField(
        label=gettext_lazy("Personnummer"),
        help_text=gettext_lazy("Twelve digits. Leave it empty if the child has none or you don't know it."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    born_on = DateField(
        label=gettext_lazy("Day of birth"),
        help_text=gettext_lazy(
            "Only if you left the personnummer empty. For a child not yet born: the day it is expected."
        ),
        required=False,
    )
    municipality = forms.ChoiceField(label=gettext_lazy("The municipality where the child lives"))

    def __init__(self, *args: Any, today: date, municipalities: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        field = self.fields["municipality"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (see above)
        field.choices = municipalities

    def clean_number(self) -> str:
        """Twelve digits, or nothing."""
        typed = self.cleaned_data["number"].strip()
        if not typed:
            return ""
        try:
            return parse(typed, today=self.today).digits
        except InvalidNumber as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """The day of birth follows from the number, or is asked for."""
        data = super().clean() or {}
        if "number" not in data or "born_on" not in data:
            return data
        if data["number"]:
            born_on = parse(data["number"], today=self.today).born_on
            if data["born_on"] not in (None, born_on):
                self.add_error("born_on", _("The day of birth is not that of the personnummer. Check both."))
                return data
            data["born_on"] = born_on
        self._check_age(data["born_on"])
        return data

    def _check_age(self, born_on: date | None) -> None:
        if born_on is None:
            self.add_error("born_on", _("Write the personnummer or the day of birth"))
        elif born_on > self.today + EXPECTED_WITHIN:
            self.add_error("born_on", _("The day of birth is too far ahead. Check the year."))
        elif age_on(born_on, self.today) >= ADULT_AT:
            name = "number" if self.cleaned_data.get("number") else "born_on"
            self.add_error(name, _("Barnens bästa is for children under 18. Check the year."))


class SeenForm(BaseForm):
    """What was seen, when, and what works."""

    seen = forms.CharField(
        label=gettext_lazy("What have you seen or heard?"),
        help_text=gettext_lazy("Write what has happened. Don't write what you believe."),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Write what you have seen or heard")},
    )
    seen_on = DateField(
        label=gettext_lazy("When did you see it?"),
        help_text=gettext_lazy("The last time, if it has happened several times."),
        error_messages={"required": gettext_lazy("Fill in which day you saw it")},
    )
    works = forms.CharField(
        label=gettext_lazy("What works well?"),
        help_text=gettext_lazy("What the child likes, can do, and what has helped."),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_seen_on(self) -> date:
        """Not a day that has not been."""
        seen_on: date = self.cleaned_data["seen_on"]
        if seen_on > self.today:
            raise forms.ValidationError(_("The day you saw it can't be in the future."))
        return seen_on


class YesFields(BaseForm):
    """Who said yes and when; noted as it was said."""

    yes_from = forms.CharField(
        label=gettext_lazy("Who said yes?"),
        help_text=gettext_lazy(
            "For example: mum Sara and dad Omar. If the child has two guardians, both need to say yes."
        ),
        max_length=240,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    yes_on = DateField(label=gettext_lazy("Which day?"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def check_yes(self, data: dict[str, Any]) -> None:
        """Both are asked for, and nobody says yes tomorrow."""
        if not data.get("yes_from") and "yes_from" not in self.errors:
            self.add_error("yes_from", _("Write who said yes"))
        if not data.get("yes_on") and "yes_on" not in self.errors:
            self.add_error("yes_on", _("Fill in which day they said yes"))
        elif data.get("yes_on") and data["yes_on"] > self.today:
            self.add_error("yes_on", _("The day they said yes can't be in the future."))


class FamilyForm(YesFields):
    """Whether the family knows, and whether the guardians have said yes."""

    family = forms.ChoiceField(
        label=gettext_lazy("Does the family know?"),
        widget=forms.RadioSelect,
        choices=[
            (SAID_YES, gettext_lazy("Yes, and the guardians have said yes to sending it on")),
            (KNOWS, gettext_lazy("Yes, but they have not said yes to sending it on")),
            (UNAWARE, gettext_lazy("No, not yet")),
        ],
        error_messages={"required": gettext_lazy("Choose whether the family knows")},
    )
    field_order = ("family", "yes_from", "yes_on")

    def clean(self) -> dict[str, Any]:
        """Who and when are asked for only after a yes."""
        data = super().clean() or {}
        if data.get("family") == SAID_YES:
            self.check_yes(data)
        return data


class YesForm(YesFields):
    """The family has said yes later on."""

    def clean(self) -> dict[str, Any]:
        """Both are asked for."""
        data = super().clean() or {}
        self.check_yes(data)
        return data
