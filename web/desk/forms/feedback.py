"""The form of a feedback to whoever noticed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from cases.models import Feedback
from kit.forms import BaseForm


class FeedbackForm(BaseForm):
    """One of the sentences that a yes covers."""

    what = forms.ChoiceField(
        label=gettext_lazy("What do you tell?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you tell.")},
    )

    def __init__(self, *args: Any, may_say: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["what"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [(one.value, str(one.label)) for one in Feedback.What if one.value in may_say]
