"""The forms of the public door."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from kit.forms import BaseForm, PlainFormMixin


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


_PASSWORD_WORDS = {
    "old_password": (_("Your password now"), _("Write your password now")),
    "new_password1": (_("New password"), _("Write a new password")),
    "new_password2": (_("The new password once more"), _("Write the new password once more")),
}


class PasswordForm(PlainFormMixin, PasswordChangeForm):
    """A new password instead of the old one, which is asked for. Django's form, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.error_messages = {
            "password_incorrect": _("That is not your password now. Check it and try again."),
            "password_mismatch": _("The two new passwords are not the same. Write the new one twice."),
        }
        for name, (label, missing) in _PASSWORD_WORDS.items():
            field = self.fields[name]
            field.label, field.help_text = label, ""
            field.error_messages["required"] = str(missing)
            field.widget.attrs.pop("autofocus", None)
        self.fields["new_password1"].help_text = _(
            "At least twelve characters, and not only digits. "
            "Three words that do not belong together are easy to remember."
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
