"""The forms of closed circles."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from access.shield import REASON_FROM
from cases.queries.circle import Choice
from cases.services.circle import Colleague
from kit.forms import BaseForm, OptionLabel
from people.models import Protection
from plans.services.printing import PrintReason


def _levels() -> list[tuple[str, OptionLabel]]:
    """The three levels, in the language of whoever reads."""
    hints = {
        Protection.Level.MARKED: _(
            "A warning in the population register: everything about the person may be secret."
        ),
        Protection.Level.REGISTERED: _(
            "Nobody is told where the family lives. We remove phone, e-mail, school and BVC that are kept here."
        ),
        Protection.Level.ASSUMED: _(
            "New name and number. The child looks like any other: no page says that it is protected."
        ),
    }
    return [(level.value, OptionLabel(str(level.label), hint=hint)) for level, hint in hints.items()]


def reason_field(label: Any, help_text: Any = "") -> forms.CharField:
    """Why, in some words."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        min_length=REASON_FROM,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": gettext_lazy("Write why, in a few words."),
            "min_length": gettext_lazy("Write why, in a few words."),
        },
    )


class RaiseForm(BaseForm):
    """Which protection, and on whose word."""

    level = forms.ChoiceField(
        label=gettext_lazy("Which protection?"),
        choices=_levels,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose which protection it is")},
    )
    source = forms.ChoiceField(
        label=gettext_lazy("How do you know?"),
        choices=Protection.Source.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how you know")},
    )


class ReasonForm(BaseForm):
    """Why something is done that others will want to understand."""

    reason = reason_field(gettext_lazy("Why?"))


class PrintForm(BaseForm):
    """Why the plan has to leave the screen."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why does it have to be printed?"),
        choices=PrintReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose why it has to be printed")},
    )


class LockForm(BaseForm):
    """Why the case is locked: never what has happened."""

    reason = reason_field(
        gettext_lazy("Why is the case locked?"),
        gettext_lazy(
            "Write that there is a need of protection and who has decided. Nothing about any crime."
        ),
    )


class NameForm(BaseForm):
    """Whom to name, and why her."""

    who = forms.ChoiceField(
        label=gettext_lazy("Who is to be able to see the case?"),
        error_messages={"required": gettext_lazy("Choose a colleague")},
    )
    reason = reason_field(
        gettext_lazy("Why does she need it?"),
        gettext_lazy("Your arbetsledare reads this. Don't write the child's name."),
    )

    def __init__(self, *args: Any, choices: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (see above)
        field.choices = [("", "")] + [
            (f"{choice.account_id}:{choice.unit_id}", f"{choice.name}, {choice.unit}") for choice in choices
        ]

    def colleague(self) -> Colleague:
        """Who was chosen, in which unit."""
        account, _, unit = self.cleaned_data["who"].partition(":")
        return Colleague(uuid.UUID(account), uuid.UUID(unit))
