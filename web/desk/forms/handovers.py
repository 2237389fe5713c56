"""The forms of a hand-over, and of who answers for a case in the unit."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from access.actor import Actor
from access.units import UnitKind
from cases.models import Handover
from cases.queries.handovers import Receiver
from cases.queries.lists import colleagues
from cases.services.handovers import LONGEST_NOTE, Proposal
from kit.forms import BaseForm, DateField, OptionLabel, PlainText


def _kinds(kinds: Sequence[str]) -> list[tuple[str, OptionLabel]]:
    hints = {
        Handover.Kind.RESPONSIBILITY: _("They answer for the case from the day they accept."),
        Handover.Kind.COORDINATION: _(
            "They write and follow up the plan and are whom the family rings. Who is responsible stays the same."
        ),
    }
    chosen = [Handover.Kind(kind) for kind in kinds]
    return [(kind.value, OptionLabel(str(kind.label), hint=hints[kind])) for kind in chosen]


class HandOverForm(BaseForm):
    """What, to whom, why and from when."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you hand over?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you hand over.")},
    )
    to = forms.ChoiceField(
        label=gettext_lazy("To whom?"),
        help_text=gettext_lazy("Units that the family has said yes to and that take part already."),
        error_messages={"required": gettext_lazy("Choose to whom you hand over.")},
    )
    note = PlainText(
        label=gettext_lazy("Why, and what do they need to know?"),
        help_text=gettext_lazy("Only your unit and theirs read this. Write what matters first."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Write why, and what they need to know.")},
    )
    starts_on = DateField(
        label=gettext_lazy("From which day can they accept?"),
        help_text=gettext_lazy("You are responsible until they have accepted."),
        error_messages={"required": gettext_lazy("Fill in from which day they can accept.")},
    )

    def __init__(
        self,
        *args: Any,
        receivers: Sequence[Receiver],
        kinds: Sequence[str],
        today: date,
        suggested: UnitKind | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for name, choices in (("kind", _kinds(kinds)), ("to", _units(receivers, suggested))):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
            field.choices = choices

    def clean_starts_on(self) -> date:
        """Today, or a day to come."""
        day: date = self.cleaned_data["starts_on"]
        if day < self.today:
            raise forms.ValidationError(_("Choose today or a day to come."))
        return day

    def proposal(self) -> Proposal:
        """What the service proposes."""
        data = self.cleaned_data
        unit, _sep, account = data["to"].partition(":")
        return Proposal(
            data["kind"], uuid.UUID(unit), data["note"], data["starts_on"],
            uuid.UUID(account) if account else None,
        )  # fmt: skip


def _units(receivers: Sequence[Receiver], suggested: UnitKind | None) -> list[tuple[str, str]]:
    """Each unit, and those in it who work with the child; the one that the age suggests first."""
    first = {suggested, UnitKind.INDEPENDENT_SCHOOL} if suggested is UnitKind.SCHOOL else {suggested}
    found: list[tuple[str, str]] = [("", "")]
    for each in sorted(receivers, key=lambda one: (one.kind not in first, one.name)):
        found.append((str(each.unit_id), each.name))
        found += [
            (f"{each.unit_id}:{person.account_id}", f"{each.name}: {person.name}, {person.title}")
            for person in each.people
        ]
    return found


class AcceptForm(BaseForm):
    """Who takes it over; asked of an arbetsledare alone."""

    account = forms.TypedChoiceField(
        label=gettext_lazy("Who in your unit takes it over?"),
        coerce=uuid.UUID,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["account"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        if actor.is_lead:
            people = sorted(colleagues(actor), key=lambda one: one[0] != actor.account_id)
            field.choices = [(str(account), f"{name}, {title}") for account, name, title in people]
        else:
            del self.fields["account"]

    def account_id(self) -> uuid.UUID | None:
        """The colleague chosen; nobody where she takes it herself."""
        chosen: uuid.UUID | None = self.cleaned_data.get("account")
        return chosen


class DeclineForm(BaseForm):
    """Why not."""

    reason = PlainText(
        label=gettext_lazy("Why do you decline?"),
        help_text=gettext_lazy("The one who asked reads it. They go on being responsible."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write why you decline it.")},
    )


class ResponsibleForm(BaseForm):
    """Which colleague answers for the case."""

    account = forms.TypedChoiceField(
        label=gettext_lazy("Who is responsible from now?"),
        coerce=uuid.UUID,
        error_messages={"required": gettext_lazy("Choose a colleague")},
    )

    def __init__(self, *args: Any, actor: Actor, works_herself: bool, **kwargs: Any) -> None:
        """An arbetsledare who does not work with the child does not choose herself here."""
        super().__init__(*args, **kwargs)
        field = self.fields["account"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        people = [each for each in colleagues(actor) if works_herself or each[0] != actor.account_id]
        field.choices = [("", ""), *((str(account), f"{name}, {title}") for account, name, title in people)]
