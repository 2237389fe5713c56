"""Forms of agreeing, status and follow-up."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.rules import CloseReason
from kit.forms import BaseForm, DateField, OptionLabel
from plans.models import FollowUp, Goal, Status
from plans.services.doing import Held

GOAL_RESULTS = [
    ("reached", gettext_lazy("Reached")),
    ("partly", gettext_lazy("Partly")),
    ("not", gettext_lazy("Not yet")),
]


def _outcomes() -> list[tuple[str, str]]:
    """What can happen now, and what that means."""
    anew = _("You get a new version to write in. The old one holds until the new one is agreed.")
    closed = _("The case is closed. What is written is kept by those who wrote it.")
    hints = {
        FollowUp.Outcome.CONTINUE: _("The plan holds as it is."),
        FollowUp.Outcome.CHANGE: anew,
        FollowUp.Outcome.CLOSE: closed,
    }
    return [(outcome.value, OptionLabel(str(outcome.label), hint=hint)) for outcome, hint in hints.items()]


class UnitReplyForm(BaseForm):
    """A unit's answer to a proposed plan."""

    agrees = forms.ChoiceField(
        label=gettext_lazy("Can you do your part as it is written?"),
        widget=forms.RadioSelect,
        choices=[
            ("yes", gettext_lazy("Yes, we can do this")),
            ("no", gettext_lazy("No, something must change")),
        ],
        error_messages={"required": gettext_lazy("Choose yes or no.")},
    )
    comment = forms.CharField(
        label=gettext_lazy("Comment"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        """A no says what must change."""
        data = super().clean() or {}
        if data.get("agrees") == "no" and not data.get("comment"):
            self.add_error("comment", _("Write what must change."))
        return data


class StatusForm(BaseForm):
    """How one's own insats goes."""

    value = forms.ChoiceField(
        label=gettext_lazy("How does it go?"),
        widget=forms.RadioSelect,
        choices=[
            (v.value, v.label)
            for v in (Status.Value.PLANNED, Status.Value.ONGOING, Status.Value.DONE, Status.Value.NOT_DONE)
        ],
        error_messages={"required": gettext_lazy("Choose how it goes")},
    )
    comment = forms.CharField(label=gettext_lazy("Comment"), required=False, max_length=400)

    def clean(self) -> dict[str, Any]:
        """Not done says why."""
        data = super().clean() or {}
        if data.get("value") == Status.Value.NOT_DONE and not data.get("comment"):
            self.add_error("comment", _("Write why it was not done."))
        return data


class FollowUpForm(BaseForm):
    """What came of the plan, and what happens now."""

    held_on = DateField(label=gettext_lazy("When did you meet?"))
    note = forms.CharField(
        label=gettext_lazy("What do the child and the family say? What has helped?"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("What happens now?"),
        widget=forms.RadioSelect,
        choices=_outcomes,
        error_messages={"required": gettext_lazy("Choose what happens now")},
    )
    next_on = DateField(
        label=gettext_lazy("Next follow-up"),
        required=False,
        help_text=gettext_lazy("Needed if you go on or change the plan."),
    )
    close_reason = forms.ChoiceField(
        label=gettext_lazy("Why do you close?"),
        required=False,
        help_text=gettext_lazy("Needed if you close."),
    )

    renew = forms.BooleanField(
        label=gettext_lazy("Ask the family for consent anew afterwards"), required=False
    )

    def __init__(
        self,
        *args: Any,
        goals: list[Goal],
        today: date,
        reasons: list[CloseReason],
        consent_ends: bool,
        **kwargs: Any,
    ) -> None:
        """``reasons`` are those for which the case can be closed now; ``consent_ends``: whether a
        consent ends soon, so that it can be asked for anew in the same go."""
        super().__init__(*args, **kwargs)
        if not consent_ends:
            del self.fields["renew"]
        named = [(reason.value, reason.label) for reason in reasons]
        self.fields["close_reason"].choices = [("", _("None chosen")), *named]  # type: ignore[attr-defined]
        self.goals = goals
        self.today = today
        for goal in goals:
            self.fields[f"goal_{goal.lineage}"] = forms.ChoiceField(
                label=goal.text,
                widget=forms.RadioSelect,
                choices=GOAL_RESULTS,
                error_messages={"required": _("Choose how it went with “%(goal)s”") % {"goal": goal.text}},
            )
        self.order_fields([*(f"goal_{goal.lineage}" for goal in goals), "note", "held_on", "outcome"])

    @property
    def goal_fields(self) -> list[Any]:
        """The goals' fields."""
        return [self[f"goal_{goal.lineage}"] for goal in self.goals]

    def clean(self) -> dict[str, Any]:
        """A new date unless the plan is closed, and then a reason."""
        data = super().clean() or {}
        outcome, held_on, next_on = (data.get(name) for name in ("outcome", "held_on", "next_on"))
        if held_on and held_on > self.today:
            self.add_error("held_on", _("The day can't be in the future."))
        if outcome == FollowUp.Outcome.CLOSE and not data.get("close_reason"):
            self.add_error("close_reason", _("Choose why you close."))
        goes_on = outcome and outcome != FollowUp.Outcome.CLOSE and "next_on" not in self.errors
        if goes_on and not next_on:
            self.add_error("next_on", _("Write when you follow up next time."))
        elif goes_on and next_on and next_on <= self.today:
            self.add_error("next_on", _("The next follow-up must be a day to come."))
        return data

    @property
    def closes(self) -> bool:
        """Whether the plan and the case are to be closed; of a form that is whole."""
        return bool(self.cleaned_data["outcome"] == FollowUp.Outcome.CLOSE)

    def held(self) -> Held:
        """The follow-up as the service takes it."""
        data = self.cleaned_data
        return Held(
            held_on=data["held_on"],
            outcome=data["outcome"],
            goals={str(goal.lineage): data[f"goal_{goal.lineage}"] for goal in self.goals},
            note=data["note"],
            next_on=data["next_on"],
            close_reason=CloseReason(data["close_reason"]) if data["close_reason"] else None,
        )
