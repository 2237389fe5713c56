"""Why a proposed role is declined."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.appointments import LONGEST_WHY
from kit.forms import BaseForm, PlainText


class DeclineForm(BaseForm):
    """Why the second person says no."""

    because = PlainText(
        label=_("Why do you decline it?"),
        help_text=_("Whoever proposed it reads this."),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why you decline it")},
    )
