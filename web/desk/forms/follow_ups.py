"""Forms of agreeing, status and follow-up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.rules import CloseReason
from kit.forms import BaseForm, DateField, OptionLabel
from plans.models import FollowUp, GoalResult, InsatsResult, Status
from plans.queries.view import GoalView, PlanView, RowView
from plans.services.doing import Came, Held

# When the next follow-up is unless another day is chosen.
NEXT_AFTER = timedelta(weeks=12)


def _outcomes() -> list[tuple[str, str]]:
    """What can happen now, and what that means."""
    anew = _("You get a new version to write in. The old one holds until the new one is agreed.")
    closed = _("The case is closed. What is written is kept by those who wrote it.")
    hints = {
        FollowUp.Outcome.CONTINUE: _("The plan holds as it is."),
        FollowUp.Outcome.CHANGE: anew,
        FollowUp.Outcome.STEP_UP: _(
            "You go on to ask the family which others may help. The plan holds meanwhile."
        ),
        FollowUp.Outcome.STEP_DOWN: _("You get a new version, where you take away what is no longer needed."),
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
        plan: PlanView,
        today: date,
        reasons: list[CloseReason],
        consent_ends: bool,
        **kwargs: Any,
    ) -> None:
        """``reasons`` are those for which the case can be closed now; ``consent_ends``: whether a
        consent ends soon, so that it can be asked for anew in the same go."""
        kwargs["initial"] = {**_as_it_stands(plan, today), **kwargs.pop("initial", {})}
        super().__init__(*args, **kwargs)
        if not consent_ends:
            del self.fields["renew"]
        named = [(reason.value, reason.label) for reason in reasons]
        self.fields["close_reason"].choices = [("", _("None chosen")), *named]  # type: ignore[attr-defined]
        self.plan = plan
        self.today = today
        for goal in plan.goals:
            self.fields[f"goal_{goal.goal.lineage}"] = _choice(goal.goal.text, GoalResult.Value)
        for row in plan.rows:
            what = {"what": row.insats.what}
            self.fields[f"row_{row.insats.lineage}"] = _choice(row.insats.what, InsatsResult.Value)
            self.fields[f"reason_{row.insats.lineage}"] = forms.CharField(
                label=_("Why was “%(what)s” not done?") % what,
                required=False,
                max_length=400,
                help_text=_("The family and those who read the plan read this."),
            )
        self.order_fields([*self._result_names(), "note", "held_on", "outcome"])

    def _result_names(self) -> Iterator[str]:
        for row in self.plan.rows:
            yield from (f"row_{row.insats.lineage}", f"reason_{row.insats.lineage}")
        for goal in self.plan.goals:
            yield f"goal_{goal.goal.lineage}"

    @property
    def goal_fields(self) -> list[BoundField]:
        """The goals' fields."""
        return [self[f"goal_{goal.goal.lineage}"] for goal in self.plan.goals]

    @property
    def row_fields(self) -> list[tuple[RowView, BoundField, BoundField]]:
        """Each insats with the fields of what came of it and of why not."""
        return [
            (row, self[f"row_{row.insats.lineage}"], self[f"reason_{row.insats.lineage}"])
            for row in self.plan.rows
        ]

    def clean(self) -> dict[str, Any]:
        """A new date unless the plan is closed, and then a reason; of what was not done, why."""
        data = super().clean() or {}
        for _row, field, reason in self.row_fields:
            if data.get(field.name) == InsatsResult.Value.NOT_DONE and not data.get(reason.name):
                self.add_error(reason.name, _("Write why it was not done."))
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
            goals={goal.goal.lineage: data[f"goal_{goal.goal.lineage}"] for goal in self.plan.goals},
            rows={
                row.insats.lineage: _came(data[field.name], data[why.name])
                for row, field, why in self.row_fields
            },
            note=data["note"],
            next_on=data["next_on"],
            close_reason=CloseReason(data["close_reason"]) if data["close_reason"] else None,
        )


def _choice(label: str, values: type[TextChoices]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        widget=forms.RadioSelect,
        choices=values.choices,
        error_messages={"required": _("Choose how it went with “%(goal)s”") % {"goal": label}},
    )


def _came(value: str, reason: str) -> Came:
    return Came(value, reason if value == InsatsResult.Value.NOT_DONE else "")


def _as_it_stands(plan: PlanView, today: date) -> dict[str, object]:
    """What is likely, so that only what differs is chosen: an insats as its unit has last said,
    else going on; a goal as it was judged last time, else partly reached."""
    found: dict[str, object] = {"held_on": today, "next_on": today + NEXT_AFTER}
    for goal in plan.goals:
        found[f"goal_{goal.goal.lineage}"] = _judged(goal)
    for row in plan.rows:
        said = row.status.value if row.status else ""
        ended = said if said in {Status.Value.DONE, Status.Value.NOT_DONE} else ""
        found[f"row_{row.insats.lineage}"] = ended or InsatsResult.Value.ONGOING
        if ended == Status.Value.NOT_DONE and row.status:
            found[f"reason_{row.insats.lineage}"] = row.status.comment
    return found


def _judged(goal: GoalView) -> str:
    return goal.result.value if goal.result else GoalResult.Value.PARTLY
