"""Forms of decision and consent."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from access.policy import months_later
from access.units import UnitKind
from access.words import KINDS
from agencies.breaks import outside_breaks
from agencies.models import Unit
from cases.rules import CloseReason
from cases.services.consents import Asked, ChildSaid
from cases.services.decisions import DATED, Outcome
from consent.models import Category, Route
from consent.queries import UnitAsked
from kit.dates import in_words
from kit.forms import LONGEST_NOTE, BaseForm, DateField, OptionLabel
from web.answers import AnswersForm


def _outcomes() -> list[tuple[str, str]]:
    """What an assessment can lead to, and what that means."""
    hints = {
        Outcome.COLLABORATE: _("Then you ask the family for consent."),
        Outcome.OWN_SUPPORT: _("You give the support yourselves, and follow it up."),
        Outcome.HAND_OVER: _("Then you ask the family whether the other service may be involved."),
        Outcome.NO_NEED: _("Then you close the case."),
        Outcome.REST: _("Nothing is done now. You look again on a day that you choose."),
    }
    return [(outcome.value, OptionLabel(str(outcome.label), hint=hint)) for outcome, hint in hints.items()]


class DecisionForm(BaseForm):
    """What is needed, and why that is best for the child."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What is needed?"),
        widget=forms.RadioSelect,
        choices=_outcomes,
        error_messages={"required": gettext_lazy("Choose what is needed")},
    )
    reasons = forms.CharField(
        label=gettext_lazy("The child's best interests: this is how we thought"),
        help_text=gettext_lazy("Write what you build on: what the child and the family say, what works."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST_NOTE,
        error_messages={"required": gettext_lazy("Write how you thought")},
    )
    follow_up_on = DateField(label=gettext_lazy("When do you look at it again?"), required=False)

    def __init__(self, *args: Any, today: date, may_rest: bool, **kwargs: Any) -> None:
        """``may_rest``: whether the case has come so far that it can rest."""
        super().__init__(*args, **kwargs)
        self.today, self.may_rest = today, may_rest
        if not may_rest:
            self.fields["outcome"].choices = [one for one in _outcomes() if one[0] != Outcome.REST]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Own support is followed up, and what rests looked at again, on a day to come."""
        data = super().clean() or {}
        own, on = data.get("outcome") in DATED, data.get("follow_up_on")
        if own and on is None and "follow_up_on" not in self.errors:
            self.add_error("follow_up_on", _("Write when you look at it again."))
        elif own and on is not None and on <= self.today:
            self.add_error("follow_up_on", _("Choose a day that is to come."))
        return data


class CloseForm(BaseForm):
    """Why a case is closed: of the reasons that fit how far it has come."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why do you close?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose why you close.")},
    )

    def __init__(self, *args: Any, reasons: list[CloseReason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(reason.value, reason.label) for reason in reasons]  # type: ignore[attr-defined]


def default_categories(kind: str) -> list[str]:
    """What a unit of this kind is usually shown; the family can be asked for less."""
    if UnitKind(kind).practical_rows_only:
        return [Category.PRACTICAL]
    if UnitKind(kind).rule.code == "HSV":
        return [Category.PLAN, Category.BASIS, Category.HEALTH]
    return [Category.PLAN, Category.BASIS]


class ConsentForm(BaseForm):
    """Which units, what they may be shown, what for and how long.

    Each candidate unit has a box ``unit_<id>`` and its categories
    ``categories_<id>``.
    """

    purpose = forms.CharField(
        label=gettext_lazy("What is it for?"),
        help_text=gettext_lazy("The family reads this sentence. Write it so that they recognise it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": gettext_lazy("Write what the consent is for")},
    )
    first_on = DateField(label=gettext_lazy("From"))
    last_on = DateField(
        label=gettext_lazy("Until and including"), help_text=gettext_lazy("At most 12 months.")
    )

    child_asked = forms.BooleanField(label=gettext_lazy("We have asked the child"), required=False)
    child_view = forms.CharField(
        label=gettext_lazy("What does the child think?"),
        help_text=gettext_lazy(
            "In the child's own words if you can. If you have not asked, write why. Only your unit reads this."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": gettext_lazy("Write what the child thinks, or why you have not asked")},
    )

    def __init__(
        self,
        *args: Any,
        candidates: list[Unit],
        proposed: set[uuid.UUID],
        asks_child_view: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not asks_child_view:
            del self.fields["child_asked"], self.fields["child_view"]
        self.candidates = candidates
        self.proposed = proposed
        for unit in candidates:
            self.fields[f"unit_{unit.pk}"] = forms.BooleanField(
                label=unit.name, required=False, initial=unit.pk in proposed
            )
            self.fields[f"categories_{unit.pk}"] = forms.MultipleChoiceField(
                label=_("%(unit)s may be shown") % {"unit": unit.name},
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=_categories_for(unit),
                initial=default_categories(unit.kind),
            )

    @property
    def proposed_rows(self) -> list[tuple[Any, Any]]:
        """The proposed units' two fields, and those already ticked."""
        return [self._row(unit) for unit in self.candidates if self._is_near(unit)]

    @property
    def no_proposals(self) -> bool:
        """Whether the list of all units must stand open from the start."""
        return not self.proposed_rows

    @property
    def other_groups(self) -> list[tuple[str, list[tuple[Any, Any]]]]:
        """The other units' two fields, kind by kind: the municipality's own first."""
        groups: dict[tuple[bool, str], list[Unit]] = {}
        for unit in self.candidates:
            if not self._is_near(unit):
                key = (unit.municipality_id is None, str(KINDS[UnitKind(unit.kind)]))
                groups.setdefault(key, []).append(unit)
        return [
            (kind, [self._row(unit) for unit in sorted(groups[elsewhere, kind], key=lambda unit: unit.name)])
            for elsewhere, kind in sorted(groups)
        ]

    def clean(self) -> dict[str, Any]:
        """At least one unit, something to show each, and the days in order."""
        data = super().clean() or {}
        chosen = [unit for unit in self.candidates if data.get(f"unit_{unit.pk}")]
        if not chosen:
            others = [row for _kind, rows in self.other_groups for row in rows]
            first_row = [*self.proposed_rows, *others][:1]
            self.add_error(first_row[0][0].name if first_row else None, _("Choose who may read."))
        for unit in chosen:
            if not data.get(f"categories_{unit.pk}"):
                self.add_error(
                    f"categories_{unit.pk}",
                    _("Choose what %(unit)s may be shown.") % {"unit": unit.name},
                )
        first, last = data.get("first_on"), data.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("The last day must come after the first."))
        elif first and last and last > months_later(first, 12):
            self.add_error("last_on", _("A consent can last at most 12 months."))
        return data

    def asked(self) -> Asked:
        """The question as the service takes it."""
        data = self.cleaned_data
        return Asked(
            purpose=data["purpose"],
            units={
                unit.pk: frozenset(data[f"categories_{unit.pk}"])
                for unit in self.candidates
                if data[f"unit_{unit.pk}"]
            },
            first_on=data["first_on"],
            last_on=data["last_on"],
            child_view=ChildSaid(data["child_asked"], data["child_view"]) if "child_view" in data else None,
        )

    def _row(self, unit: Unit) -> tuple[Any, Any]:
        return self[f"unit_{unit.pk}"], self[f"categories_{unit.pk}"]

    def _is_near(self, unit: Unit) -> bool:
        return unit.pk in self.proposed or bool(self[f"unit_{unit.pk}"].value())


def _categories_for(unit: Unit) -> list[tuple[str, str]]:
    if UnitKind(unit.kind).practical_rows_only:
        return [
            (
                Category.PRACTICAL.value,
                OptionLabel(str(Category.PRACTICAL.label), hint=_("Only its own rows of the plan.")),
            )
        ]
    return [(c.value, str(c.label)) for c in (Category.PLAN, Category.BASIS, Category.HEALTH)]


def half_a_year(today: date, municipality_code: str) -> dict[str, date]:
    """The period that is proposed: six months from today, and past a school break that it ends in."""
    last, latest = months_later(today, 6) - timedelta(days=1), months_later(today, 12)
    return {"first_on": today, "last_on": outside_breaks(municipality_code, last, latest=latest)}


class MaturityForm(BaseForm):
    """Why a youth of 15 to 17 can decide about a consent alone."""

    reason = forms.CharField(
        label=gettext_lazy("Why can the youth decide alone?"),
        help_text=gettext_lazy(
            "Age and maturity, what the consent is about, and why the guardians are not to answer."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST_NOTE,
        error_messages={"required": gettext_lazy("Write why the youth can decide alone")},
    )


class NotedAnswersForm(AnswersForm):
    """Answers that staff note for somebody: also how they were given."""

    route = forms.ChoiceField(
        label=gettext_lazy("How did you get the answer?"),
        widget=forms.RadioSelect,
        choices=[
            (Route.PAPER, Route.PAPER.label),
            (Route.PHONE, Route.PHONE.label),
            (Route.IN_PERSON, Route.IN_PERSON.label),
        ],
        error_messages={"required": gettext_lazy("Choose how you got the answer")},
    )
    answered_on = DateField(
        label=gettext_lazy("Which day did they answer?"),
        error_messages={"required": gettext_lazy("Fill in which day")},
    )

    def __init__(self, *args: Any, today: date, asked_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.asked_on = today, asked_on

    def clean_answered_on(self) -> date:
        """Not to come, and not before the question was asked."""
        on: date = self.cleaned_data["answered_on"]
        if on > self.today:
            raise forms.ValidationError(_("The day can't be in the future."))
        if on < self.asked_on:
            message = _("The question was asked %(date)s. The answer can't be older.")
            raise forms.ValidationError(message % {"date": in_words(self.asked_on)})
        return on


class WithdrawalForm(BaseForm):
    """Which units somebody takes her yes back for, and how she said so."""

    units = forms.MultipleChoiceField(
        label=gettext_lazy("Which units?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one unit")},
    )
    route = forms.ChoiceField(
        label=gettext_lazy("How did you get to know?"),
        widget=forms.RadioSelect,
        choices=[
            (Route.PHONE, Route.PHONE.label),
            (Route.IN_PERSON, Route.IN_PERSON.label),
            (Route.PAPER, Route.PAPER.label),
        ],
        error_messages={"required": gettext_lazy("Choose how you got to know")},
    )

    def __init__(self, *args: Any, units: list[UnitAsked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["units"]
        assert isinstance(chosen, forms.MultipleChoiceField)  # noqa: S101 (declared above)
        chosen.choices = [(str(unit.scope.unit_id), unit.unit_name) for unit in units]

    def unit_ids(self) -> list[uuid.UUID]:
        """The chosen units."""
        return [uuid.UUID(key) for key in self.cleaned_data["units"]]
