"""The forms of an arbetsledare."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from access.actor import Actor
from cases.queries.lists import colleagues
from cases.services.leading import SHORTEST_PURPOSE
from kit.forms import BaseForm

Working = tuple[uuid.UUID, str, str]


class OpenForm(BaseForm):
    """Why the content is needed."""

    purpose = forms.CharField(
        label=gettext_lazy("Why do you need to read?"),
        help_text=gettext_lazy(
            "For example: I stand in for Maria, who is ill. The family can see that you have read."
        ),
        min_length=SHORTEST_PURPOSE,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": gettext_lazy("Write why you need to read, in a few words."),
            "min_length": gettext_lazy("Write why you need to read, in a few words."),
        },
    )


class AssignForm(BaseForm):
    """Which colleague is to work with the child."""

    account = forms.TypedChoiceField(
        label=gettext_lazy("Who is to work with the child?"),
        coerce=uuid.UUID,
        error_messages={"required": gettext_lazy("Choose a colleague")},
    )
    reason = forms.CharField(
        label=gettext_lazy("If you choose yourself: why do you need to work with the child?"),
        help_text=gettext_lazy(
            "For example: I take over from Maria, who has left. The family and whoever reviews the log read it."
        ),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, actor: Actor, working: Sequence[Working] = (), **kwargs: Any) -> None:
        """``working`` work with the child already, so they are not to be chosen."""
        super().__init__(*args, **kwargs)
        self.me = actor.account_id
        field = self.fields["account"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (see above)
        found = [each for each in colleagues(actor) if each[0] not in {each[0] for each in working}]
        field.choices = [("", ""), *((str(account), f"{name}, {title}") for account, name, title in found)]
        # She doesn't work with the child yet.
        self.may_choose_herself = any(account == self.me for account, _name, _title in found)

    def clean(self) -> dict[str, Any]:
        """Whoever chooses herself says why."""
        data = super().clean() or {}
        short = len(data.get("reason", "").strip()) < SHORTEST_PURPOSE
        if data.get("account") == self.me and short and "reason" not in self.errors:
            self.add_error("reason", _("Write why you need to work with the child, in a few words."))
        return data
