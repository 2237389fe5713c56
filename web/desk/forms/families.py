"""Forms of the family: a guardian, and the child's personnummer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from access.facts import AdultKind, AdultRight
from access.policy import ADULT_AT, age_on, decide_rights
from access.words import why
from cases.models import OtherAdult
from cases.services.families import NewAdult, NewGuardian
from kit.forms import BaseForm, DateField
from people.models import Guardianship
from people.numbers import InvalidNumber, PersonalNumber, parse

LONGEST_PART = 120


def _number(typed: str, today: date) -> PersonalNumber:
    try:
        return parse(typed, today=today)
    except InvalidNumber as error:
        raise forms.ValidationError(str(error)) from error


class PersonForm(BaseForm):
    """Who somebody is."""

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

    def __init__(self, *args: Any, today: date, keeps_phone: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if not keeps_phone:
            del self.fields["phone"]

    def clean_number(self) -> str:
        """A grown person's number, or nothing."""
        typed = self.cleaned_data["number"].strip()
        return _number(typed, self.today).digits if typed else ""


class GuardianForm(PersonForm):
    """One who has custody of the child: who, since when, and how that is known."""

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
            phone=data.get("phone", ""),
            relation=Guardianship.Relation(data["relation"]),
            source=Guardianship.Source(data["source"]),
            since=data["since"],
        )


class EndGuardianForm(BaseForm):
    """What has happened to a custody, and how that is known."""

    how = forms.ChoiceField(
        label=gettext_lazy("What has happened?"),
        widget=forms.RadioSelect,
        choices=[
            ("mistake", gettext_lazy("The person was registered by mistake")),
            ("ended", gettext_lazy("The custody has ended")),
            ("contested", gettext_lazy("The custody is contested")),
        ],
        error_messages={"required": gettext_lazy("Choose what has happened")},
    )
    reason = forms.CharField(
        label=gettext_lazy("How do you know?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write how you know")},
    )


class EndRightsForm(BaseForm):
    """Why an adult without custody is no longer to read."""

    reason = forms.CharField(
        label=gettext_lazy("Why does it end?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write why it ends")},
    )


class AdultForm(PersonForm):
    """An adult without custody: who, what she may do, how that is known, until when."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Who is it to the child?"),
        widget=forms.RadioSelect,
        choices=OtherAdult.Kind.choices,
        error_messages={"required": gettext_lazy("Choose who it is to the child")},
    )
    rights = forms.MultipleChoiceField(
        label=gettext_lazy("What may the person do?"),
        widget=forms.CheckboxSelectMultiple,
        choices=OtherAdult.Right.choices,
        help_text=gettext_lazy("Only a god man of an unaccompanied child can answer."),
        error_messages={"required": gettext_lazy("Choose at least one thing that the person may do.")},
    )
    source = forms.ChoiceField(
        label=gettext_lazy("How do you know?"),
        widget=forms.RadioSelect,
        choices=OtherAdult.Source.choices,
        error_messages={"required": gettext_lazy("Choose how you know")},
    )
    until = DateField(
        label=gettext_lazy("Until and including"),
        help_text=gettext_lazy("Leave it empty if you don't know. It ends when the child turns 18."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Only what the kind of adult can be given."""
        data = super().clean() or {}
        if data.get("kind") and data.get("rights"):
            decision = decide_rights(AdultKind(data["kind"]), map(AdultRight, data["rights"]))
            if not decision:
                self.add_error("rights", why(decision.reason))
        return data

    def clean_until(self) -> date | None:
        """A day to come."""
        until: date | None = self.cleaned_data["until"]
        if until is not None and until < self.today:
            raise forms.ValidationError(_("Choose a day that is to come."))
        return until

    def adult(self) -> NewAdult:
        """The adult as the service takes her."""
        data = self.cleaned_data
        return NewAdult(
            given_name=data["given_name"],
            family_name=data["family_name"],
            number=data["number"],
            phone=data.get("phone", ""),
            kind=AdultKind(data["kind"]),
            rights=frozenset(map(AdultRight, data["rights"])),
            source=OtherAdult.Source(data["source"]),
            until=data["until"],
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
