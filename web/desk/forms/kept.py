"""Forms of what a unit keeps to itself: hidden from a guardian, and notes of orosanmälningar."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from access.family import HIDING_REVIEW_MONTHS
from access.policy import months_later
from cases.models import Concern
from cases.queries.team import Custody
from cases.services.concerns import LONGEST_REASON, ConcernText
from kit.forms import BaseForm, DateField, OptionLabel, PlainText
from plans.services.hiding import Reasoned

LONGEST_WHY = 4_000


class KeepHiddenForm(BaseForm):
    """Why an entry is hidden, and when that is looked over at the latest."""

    reason = PlainText(
        label=gettext_lazy("Why would it harm the child if this guardian got to know it?"),
        help_text=gettext_lazy("Only your unit reads this. Write what you know and what you build it on."),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Write why it would harm the child")},
    )
    review_on = DateField(
        label=gettext_lazy("Look it over no later than"),
        help_text=gettext_lazy("Within six months. It goes on until somebody of you ends it."),
        error_messages={"required": gettext_lazy("Fill in the day when you look it over")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_review_on(self) -> date:
        """To come, and within six months."""
        day: date = self.cleaned_data["review_on"]
        if not self.today < day <= months_later(self.today, HIDING_REVIEW_MONTHS):
            raise forms.ValidationError(_("Choose a day to look it over, within six months."))
        return day

    def why(self) -> Reasoned:
        """The reason and the day as the service takes them."""
        return Reasoned(self.cleaned_data["reason"], self.cleaned_data["review_on"])


class HideForm(KeepHiddenForm):
    """The same, and from which guardian."""

    guardian = forms.ChoiceField(
        label=gettext_lazy("From whom is it hidden?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose from whom it is hidden")},
    )
    field_order = ("guardian", "reason", "review_on")

    def __init__(self, *args: Any, guardians: list[Custody], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["guardian"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [(str(row.guardian_id), row.name) for row in guardians]

    def guardian_id(self) -> uuid.UUID:
        """Who was chosen."""
        return uuid.UUID(self.cleaned_data["guardian"])


class ConcernForm(BaseForm):
    """That a notification was made, or considered: when, why, and what was answered."""

    what = forms.ChoiceField(
        label=gettext_lazy("What do you note?"),
        widget=forms.RadioSelect,
        choices=Concern.What.choices,
        error_messages={"required": gettext_lazy("Choose whether you made one or considered it")},
    )
    happened_on = DateField(
        label=gettext_lazy("Which day?"),
        error_messages={"required": gettext_lazy("Fill in the day")},
    )
    reason = PlainText(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("What you saw or heard, and how you reasoned."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Write why")},
    )
    consulted = forms.BooleanField(
        label=gettext_lazy("We asked the social services first, without saying who the child is"),
        required=False,
    )
    reply = forms.ChoiceField(
        label=gettext_lazy("What did the social services answer?"),
        required=False,
        choices=lambda: [("", OptionLabel(_("No answer yet"))), *Concern.Reply.choices],
        help_text=gettext_lazy("They may tell whoever made one just this, and nothing more."),
    )
    reply_on = DateField(label=gettext_lazy("Which day did they answer?"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_happened_on(self) -> date:
        """Today at the latest."""
        day: date = self.cleaned_data["happened_on"]
        if day > self.today:
            raise forms.ValidationError(_("The day can't be in the future."))
        return day

    def text(self) -> ConcernText:
        """What the service saves."""
        return ConcernText(**self.cleaned_data)
