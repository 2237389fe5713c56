"""What the reviewer found at one access."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import BaseForm, OptionLabel
from reviews.rules import Judgement


class JudgementForm(BaseForm):
    """Fine, or something else and why."""

    judgement = forms.ChoiceField(
        label=_("What did you find?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you found")},
    )
    reason = forms.CharField(
        label=_("What did you find or ask, in a few words?"),
        help_text=_("Needed unless it is fine. Write no names and nothing about a child."),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hints = {
            Judgement.FINE: _("The colleague needed it for her work."),
            Judgement.ASKED: _("It could not be seen from the log, and she could explain it."),
            Judgement.MISUSE: _("Also tell the head of the unit at once. The log review alone tells nobody."),
        }
        self.fields["judgement"].choices = [  # type: ignore[attr-defined]
            (one.value, OptionLabel(str(one.label), hint=str(hints[one]))) for one in Judgement
        ]

    def clean(self) -> dict[str, Any]:
        """A reason unless it is fine."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        found = cleaned.get("judgement")
        if found and found != Judgement.FINE and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Write in a few words what you have found."))
        return cleaned
