"""The form of what is expected of somebody in a step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.expectations import LONGEST_TEXT, LONGEST_WHY
from kit.forms import BaseForm, PlainText


class ExpectationForm(BaseForm):
    """A new wording and why. ``based_on`` is the version that stands in the form."""

    text = PlainText(
        label=_("What is expected"),
        help_text=_(
            "Begin with what one does: \u201dTells \u2026\u201d. Staff and families read it. "
            "Write nothing about persons."
        ),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what is expected")},
    )
    why = PlainText(
        label=_("Why do you change it?"),
        help_text=_("Administrators read it among earlier wordings."),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why you change it")},
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=30_000)

    def __init__(self, *args: Any, now: str, no: int, **kwargs: Any) -> None:
        """Begin with what holds ``now``, which is version ``no``."""
        super().__init__(*args, initial={"text": now, "based_on": no}, **kwargs)
        self.now = now

    def clean_text(self) -> str:
        """Something else than what holds already."""
        text: str = self.cleaned_data["text"]
        if text == self.now:
            raise forms.ValidationError(_("This is what it says already. Change it, or go back."))
        return text
