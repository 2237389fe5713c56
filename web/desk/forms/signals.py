"""The forms of Uppmärksamma: the child, what was seen, the family."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from access.policy import ADULT_AT, age_on
from cases.queries.people import UnitChild
from cases.rules import SignalEnd
from kit.dates import in_words
from kit.forms import LONGEST_NAME, LONGEST_NOTE, BaseForm, DateField
from people.numbers import InvalidNumber, parse

EXPECTED_WITHIN = timedelta(days=300)

SAID_YES = "yes"
KNOWS = "knows"
UNAWARE = "unaware"


class ChildForm(BaseForm):
    """Who the child is: one of the unit's own, else number, or name and day of birth.

    A child of one's own preschool or school is never typed a second time: it is chosen
    in the list, and a name that stands there with another day of birth is asked about.
    """

    listed = forms.ChoiceField(label=gettext_lazy("A child with you"), required=False)
    another = forms.BooleanField(label=gettext_lazy("It is another child with the same name"), required=False)
    name = forms.CharField(
        label=gettext_lazy("The child's name"),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    number = forms.CharField(
        label=gettext_lazy("Personnummer"),
        help_text=gettext_lazy(
            "Twelve digits, such as 20220709-2384. Write the personnummer or the day of birth: one is enough."
        ),
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

    def __init__(
        self,
        *args: Any,
        today: date,
        municipalities: list[tuple[str, str]],
        children: list[UnitChild],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.children = {_key(child): child for child in children}
        self.asks_which = False
        _choice(self, "municipality").choices = municipalities
        _choice(self, "listed").choices = [
            ("", _("Another child")),
            *((key, f"{child.name}, {in_words(child.born_on)}") for key, child in self.children.items()),
        ]
        if not children:
            del self.fields["listed"]

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
        chosen = self.children.get(data.get("listed", ""))
        if chosen:
            for name in ("name", "number", "born_on"):
                self.errors.pop(name, None)
            data |= {"name": chosen.name, "number": chosen.number, "born_on": chosen.born_on}
            self._check_age(chosen.born_on)
            return data
        if not data.get("name") and "name" not in self.errors:
            self.add_error("name", _("Write the child's name"))
        self._clean_typed(data)
        self._check_namesake(data)
        return data

    def _clean_typed(self, data: dict[str, Any]) -> dict[str, Any]:
        """The number and the day of birth agree, and one of them is there."""
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

    def _check_namesake(self, data: dict[str, Any]) -> None:
        """Somebody of that name is with the unit already, born another day."""
        typed, born_on = _plain(data.get("name") or ""), data.get("born_on")
        same = [child for child in self.children.values() if _plain(child.name) == typed]
        if not same or born_on is None or any(child.born_on == born_on for child in same):
            return
        self.asks_which = True
        if not data.get("another"):
            message = _(
                "%(name)s, born %(date)s, is with you. Choose in the list, or say that it is another."
            )
            values = {"name": same[0].name, "date": in_words(same[0].born_on)}
            self.add_error("listed", message % values)

    def _check_age(self, born_on: date | None) -> None:
        if born_on is None:
            self.add_error("born_on", _("Write the personnummer or the day of birth"))
        elif born_on > self.today + EXPECTED_WITHIN:
            self.add_error("born_on", _("The day of birth is too far ahead. Check the year."))
        elif age_on(born_on, self.today) >= ADULT_AT:
            name = "number" if self.cleaned_data.get("number") else "born_on"
            self.add_error(name, _("Barnens bästa is for children under 18. Check the year."))


def _choice(form: forms.Form, name: str) -> forms.ChoiceField:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared so)
    return field


def _plain(name: str) -> str:
    """A name as it is compared: case and spaces do not count."""
    return " ".join(name.split()).casefold()


def _key(child: UnitChild) -> str:
    """What the list calls a child: nothing that says more than name and day of birth do."""
    return f"{child.born_on.isoformat()} {_plain(child.name)}"


class SeenForm(BaseForm):
    """What was seen, when, and what works."""

    seen = forms.CharField(
        label=gettext_lazy("What have you seen or heard?"),
        help_text=gettext_lazy("Write what has happened. Don't write what you believe."),
        max_length=LONGEST_NOTE,
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
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, today: date, born_on: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.born_on = born_on

    def clean_seen_on(self) -> date:
        """Not a day that has not been, nor one before the child was born."""
        seen_on: date = self.cleaned_data["seen_on"]
        if self.born_on is not None and seen_on < self.born_on <= self.today:
            message = _("The child was born %(date)s. The day you saw it can't be before that.")
            raise forms.ValidationError(message % {"date": in_words(self.born_on)})
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
        max_length=LONGEST_NAME,
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


class EndForm(BaseForm):
    """It is not to be sent on: why, and from which day."""

    ended_as = forms.ChoiceField(
        label=gettext_lazy("What happened?"),
        widget=forms.RadioSelect,
        choices=SignalEnd.choices,
        error_messages={"required": gettext_lazy("Choose what happened")},
    )
    ended_on = DateField(
        label=gettext_lazy("Which day?"),
        error_messages={"required": gettext_lazy("Fill in which day")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_ended_on(self) -> date:
        """Not a day that has not been."""
        on: date = self.cleaned_data["ended_on"]
        if on > self.today:
            raise forms.ValidationError(_("The day can't be in the future."))
        return on
