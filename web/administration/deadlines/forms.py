"""The form of how long a step may take."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.deadlines import FEWEST_DAYS, LONGEST_WHY, MOST_DAYS
from kit.forms import BaseForm, PlainText

_NUMBER = _("Write a number from 1 to 60")


class DeadlineForm(BaseForm):
    """Another number and why. ``based_on`` is the version that stands in the form."""

    working_days = forms.IntegerField(
        label=_("Number of working days"),
        help_text=_("Weekends, public holidays and the eves of Midsummer, Christmas and New Year don't count."),
        min_value=FEWEST_DAYS,
        max_value=MOST_DAYS,
        error_messages={
            "required": _NUMBER, "invalid": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER,
        },
    )  # fmt: skip
    why = PlainText(
        label=_("Why do you change it?"),
        help_text=_("Administrators read it among earlier numbers."),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why you change it")},
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=30_000)

    def __init__(self, *args: Any, now: int, no: int, **kwargs: Any) -> None:
        """Begin with what holds ``now``, which is version ``no``."""
        super().__init__(*args, initial={"working_days": now, "based_on": no}, **kwargs)
        self.now = now

    def clean_working_days(self) -> int:
        """Another number than what holds already."""
        number: int = self.cleaned_data["working_days"]
        if number == self.now:
            raise forms.ValidationError(_("This is what holds already. Change it, or go back."))
        return number
