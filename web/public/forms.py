"""The forms of the public door."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import BaseForm


class SignInForm(BaseForm):
    """User name and password; whether they fit is asked elsewhere."""

    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Write your user name")},
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Write your password")},
    )


class WorkplaceForm(BaseForm):
    """Which of her own workplaces somebody acts for from now on."""

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["membership"] = forms.ChoiceField(
            label=_("Where do you work now?"),
            widget=forms.RadioSelect,
            choices=choices,
            error_messages={"required": _("Choose where you work now")},
        )
