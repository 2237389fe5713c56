"""The family's forms: answers about consent, what to take back, and what it thinks of the plan."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from consent.queries import ConsentTable, PersonAsked, UnitAsked
from kit.forms import BaseForm, OptionLabel
from plans.models import FamilyReply
from web.answers import AnswersForm
from web.family.words import may_read


class MyAnswersForm(AnswersForm):
    """The reader's own answers, unit by unit. What has ended can't be answered any more."""

    def __init__(
        self, *args: Any, table: ConsentTable, person: PersonAsked, at: datetime, **kwargs: Any
    ) -> None:
        open_now = ConsentTable(
            table.consent,
            [unit for unit in table.units if unit.scope.ends_at > at],
            table.people,
        )
        super().__init__(*args, table=open_now, person=person, **kwargs)
        for unit in self.rows:
            self._field_of(unit).help_text = _("May read: %(what)s") % {"what": may_read(unit).lower()}

    @property
    def fields_in_order(self) -> list[Any]:
        """The bound fields, one for each unit."""
        return [field for _unit, field in self.cells]

    def clean(self) -> dict[str, Any]:
        """At least one answer; the error leads to the first row."""
        data = super().clean()
        if self.has_error("__all__") and self.rows:
            self.errors.pop("__all__")
            self.add_error(self._name_of(self.rows[0]), _("Choose yes or no for at least one"))
        return data

    def _name_of(self, unit: UnitAsked) -> str:
        return f"answer_{unit.answers[self.person.key].pk}"

    def _field_of(self, unit: UnitAsked) -> forms.Field:
        return self.fields[self._name_of(unit)]


class WithdrawForm(BaseForm):
    """Which units the reader takes her yes back for. No reason is asked."""

    units = forms.MultipleChoiceField(
        label=gettext_lazy("Who shall stop reading?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one")},
    )

    def __init__(self, *args: Any, given: list[UnitAsked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["units"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 (declared above)
        field.choices = [
            (str(unit.scope.unit_id), OptionLabel(unit.unit_name, hint=may_read(unit))) for unit in given
        ]
        self._given = given

    @property
    def chosen(self) -> list[UnitAsked]:
        """The units that were chosen."""
        return [unit for unit in self._given if str(unit.scope.unit_id) in self.cleaned_data["units"]]

    def unit_ids(self) -> list[uuid.UUID]:
        """The units as the service takes them."""
        return [unit.scope.unit_id for unit in self.chosen]


class PlanReplyForm(BaseForm):
    """What somebody in the family thinks of the plan."""

    value = forms.ChoiceField(
        label=gettext_lazy("Do you agree with the plan?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose yes, yes but, or no")},
    )
    comment = forms.CharField(
        label=gettext_lazy("What do you want to change or add?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=4000,
    )

    def __init__(self, *args: Any, is_me: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["value"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        no_hint = (
            pgettext("youth", "The plan is not in force before you agree.")
            if is_me
            else _("The plan is not in force before you agree.")
        )
        field.choices = [
            (FamilyReply.Value.YES, OptionLabel(_("Yes"), hint=_("You agree with the plan as it is."))),
            (
                FamilyReply.Value.YES_BUT,
                OptionLabel(_("Yes, but …"), hint=_("You agree, and write what you want to change.")),
            ),
            (
                FamilyReply.Value.NO,
                OptionLabel(_("No"), hint=no_hint),
            ),
        ]

    def clean(self) -> dict[str, Any]:
        """ "Ja, men …" needs its words."""
        data = super().clean() or {}
        if data.get("value") == FamilyReply.Value.YES_BUT and not (data.get("comment") or "").strip():
            self.add_error("comment", _("Write what you want to change or add"))
        return data
