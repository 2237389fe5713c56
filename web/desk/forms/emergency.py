"""The forms of nödöppning."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from access.shield import EMERGENCY_TEXT_FROM
from cases.models import Emergency
from cases.services.emergency import Asked
from kit.forms import BaseForm
from people.numbers import InvalidNumber, PersonalNumber, parse


class EmergencyForm(BaseForm):
    """Whose case, and why it can't wait."""

    number = forms.CharField(
        label=gettext_lazy("The child's personnummer"),
        help_text=gettext_lazy("The whole number, twelve digits."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Write the child's whole personnummer")},
    )
    code = forms.ChoiceField(
        label=gettext_lazy("Why do you need to open?"),
        choices=Emergency.Code.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose why you need to open")},
    )
    text = forms.CharField(
        label=gettext_lazy("What has happened, and why can't it wait?"),
        help_text=gettext_lazy("At least one sentence. Whoever reviews it reads this."),
        min_length=EMERGENCY_TEXT_FROM,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": gettext_lazy("Write what has happened and why it can't wait, in a sentence or two."),
            "min_length": gettext_lazy(
                "Write what has happened and why it can't wait, in a sentence or two."
            ),
        },
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_number(self) -> PersonalNumber:
        """A number that can be somebody's."""
        try:
            return parse(self.cleaned_data["number"], today=self.today)
        except InvalidNumber:
            raise forms.ValidationError(
                gettext_lazy("The number is not right. Check it and write all twelve digits.")
            ) from None

    def typed(self) -> dict[str, str]:
        """As it was typed, to be shown and judged again."""
        return {name: str(self[name].value() or "") for name in self.fields}

    def asked(self) -> Asked:
        """What is asked, once it is valid."""
        data = self.cleaned_data
        return Asked(data["number"], Emergency.Code(data["code"]), data["text"])


class ConfirmForm(BaseForm):
    """That it is herself: her password again. A second factor, once there is one, is asked for here."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": gettext_lazy("Write your password")},
    )


class ReviewForm(BaseForm):
    """How it is judged."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Was it right to open?"),
        choices=Emergency.Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how you judge it")},
    )
    note = forms.CharField(
        label=gettext_lazy("What do you do about it?"),
        help_text=gettext_lazy("Needed if it should not have been opened."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
