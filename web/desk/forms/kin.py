"""The forms of a link between two children."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from cases.models import Case, Kin
from kit.forms import BaseForm, PlainText

LONGEST_REASON = 2_000


class KinForm(BaseForm):
    """Which other child, and what they are to each other."""

    other = forms.TypedChoiceField(
        label=gettext_lazy("Which child?"),
        help_text=gettext_lazy("Children that you work with. Those with the same guardian stand first."),
        coerce=uuid.UUID,
        error_messages={"required": gettext_lazy("Choose another child.")},
    )
    relation = forms.ChoiceField(
        label=gettext_lazy("What are they to each other?"),
        choices=Kin.Relation.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what they are to each other.")},
    )

    def __init__(self, *args: Any, cases: Sequence[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["other"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [("", ""), *((str(case.pk), case.child.name) for case in cases)]


class UnlinkForm(BaseForm):
    """Why it is taken away."""

    reason = PlainText(
        label=gettext_lazy("Why is the link taken away?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write why the link is taken away.")},
    )
