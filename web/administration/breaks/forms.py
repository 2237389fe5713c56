"""The form of a school break."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.breaks import LONGEST_BREAK
from kit.forms import BaseForm, DateField, PlainText


class BreakForm(BaseForm):
    """A break with its first and last day."""

    name = PlainText(
        label=gettext_lazy("What is the break called?"),
        help_text=gettext_lazy("For example the summer break."),
        max_length=60,
        widget=forms.TextInput(),
        error_messages={"required": gettext_lazy("Write what the break is called")},
    )
    first_on = DateField(label=gettext_lazy("First day"))
    last_on = DateField(label=gettext_lazy("Last day"))

    def clean(self) -> dict[str, Any]:
        """The days in order, and not so long that it is a mistake."""
        data = super().clean() or {}
        first, last = data.get("first_on"), data.get("last_on")
        if first and last and (last < first or last - first > LONGEST_BREAK):
            self.add_error("last_on", _("The last day must come after the first, at most four months later."))
        return data
