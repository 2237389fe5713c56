"""The forms of a meeting: to invite, to say who came, to cancel."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from access.units import UnitKind
from agencies.models import Unit
from cases.models import Meeting
from cases.queries.meetings import Guests, Names
from cases.services.meetings import LONGEST_REASON, MOST_TIMES, Arrangement, Interpreter, Present
from kit import dates
from kit.forms import BaseForm, DateField, OptionLabel, PlainText

UNIT, GUARDIAN, YOUTH = "unit", "guardian", "youth"
NOT_YET, NEEDED = "0", "yes"


class TimeField(forms.TimeField):
    """A time of day in the browser's own control; also as people type it where there is none."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        super().__init__(
            widget=widget,
            required=False,
            input_formats=["%H:%M", "%H.%M", "%H:%M:%S", "%H"],
            error_messages={
                "invalid": gettext_lazy("Write the time with hours and minutes, for example 13.30")
            },
            **kwargs,
        )


class MeetingForm(BaseForm):
    """What, when, where, who and with which interpreter."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("What is the meeting for?"),
        choices=Meeting.Purpose.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what the meeting is for.")},
    )
    purpose_text = forms.CharField(
        label=gettext_lazy("If another meeting: what for?"),
        help_text=gettext_lazy("Everybody who is invited reads this, the family too."),
        max_length=200,
        required=False,
    )
    day_1 = DateField(
        label=gettext_lazy("Day"),
        error_messages={"required": gettext_lazy("Fill in the day of the meeting.")},
    )
    time_1 = TimeField(label=gettext_lazy("Time"))
    day_2 = DateField(label=gettext_lazy("Second day to choose from"), required=False)
    time_2 = TimeField(label=gettext_lazy("Time of the second"))
    day_3 = DateField(label=gettext_lazy("Third day to choose from"), required=False)
    time_3 = TimeField(label=gettext_lazy("Time of the third"))
    chosen = forms.ChoiceField(
        label=gettext_lazy("Which time holds?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose which time holds, or that it is not settled yet.")},
    )
    form = forms.ChoiceField(
        label=gettext_lazy("How do you meet?"),
        choices=Meeting.Form.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how you meet.")},
    )
    place = forms.CharField(
        label=gettext_lazy("Where, or how does one take part?"),
        help_text=gettext_lazy(
            "For example the room, or which number you ring. Everybody invited reads it, so no home address."
        ),
        max_length=200,
        required=False,
    )
    invited = forms.MultipleChoiceField(
        label=gettext_lazy("Whom do you invite?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one to invite.")},
    )
    interpreter = forms.ChoiceField(
        label=gettext_lazy("Is an interpreter needed?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether an interpreter is needed.")},
    )
    interpreter_language = forms.CharField(
        label=gettext_lazy("Which language?"), max_length=60, required=False
    )
    interpreter_form = forms.ChoiceField(
        label=gettext_lazy("How does the interpreter take part?"),
        choices=Meeting.Form.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    interpreter_booked = forms.BooleanField(label=gettext_lazy("The interpreter is booked"), required=False)

    def __init__(
        self, *args: Any, guests: Guests, child: str, own_unit: uuid.UUID | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._choose("chosen", [
            (NOT_YET, _("Not settled yet: they choose among the times")), ("1", _("The first")),
            ("2", _("The second")), ("3", _("The third")),
        ])  # fmt: skip
        self._choose("interpreter", [("no", _("No")), (NEEDED, _("Yes"))])
        self._choose("invited", [
            (YOUTH, child),
            *((f"{GUARDIAN}:{one.guardian_id}", one.name) for one in guests.people),
            *((f"{UNIT}:{unit.pk}", _unit_label(unit)) for unit in guests.units if unit.pk != own_unit),
        ])  # fmt: skip

    @property
    def has_more_times(self) -> bool:
        """Whether there is anything in the second or third time, or wrong with it."""
        names = [f"{part}_{number}" for part in ("day", "time") for number in (2, 3)]
        return any(self[name].value() or self[name].errors for name in names)

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Days and times in pairs; what follows from another answer."""
        data = super().clean() or {}
        for number in range(1, MOST_TIMES + 1):
            self._pair(data, number)
        chosen = data.get("chosen", NOT_YET)
        if chosen != NOT_YET and not self.has_error(f"day_{chosen}") and not data.get(f"day_{chosen}"):
            self.add_error("chosen", _("Fill in that time, or choose another."))
        if data.get("purpose") == Meeting.Purpose.OTHER and not data.get("purpose_text", "").strip():
            self.add_error("purpose_text", _("Write what the meeting is for."))
        if data.get("interpreter") == NEEDED:
            if not data.get("interpreter_language", "").strip():
                self.add_error("interpreter_language", _("Write which language the interpreter speaks."))
            if not data.get("interpreter_form"):
                self.add_error("interpreter_form", _("Choose how the interpreter takes part."))
        return data

    def _pair(self, data: dict[str, Any], number: int) -> None:
        day, clock = data.get(f"day_{number}"), data.get(f"time_{number}")
        if day and not clock and not self.has_error(f"time_{number}"):
            self.add_error(f"time_{number}", _("Fill in the time of day."))
        if clock and not day and not self.has_error(f"day_{number}"):
            self.add_error(f"day_{number}", _("Fill in the day of the meeting."))

    def arrangement(self) -> Arrangement:
        """As the service takes it."""
        data = self.cleaned_data
        times = {
            str(n): _instant(data[f"day_{n}"], data[f"time_{n}"])
            for n in range(1, MOST_TIMES + 1)
            if data.get(f"day_{n}")
        }
        needed = data["interpreter"] == NEEDED
        return Arrangement(
            purpose=data["purpose"],
            purpose_text=data["purpose_text"],
            proposed=tuple(times.values()),
            starts_at=times.get(data["chosen"]),
            form=data["form"],
            place=data["place"],
            interpreter=Interpreter(
                data["interpreter_language"], data["interpreter_form"], data["interpreter_booked"]
            )
            if needed
            else None,
            units=_chosen(data["invited"], UNIT),
            guardians=_chosen(data["invited"], GUARDIAN),
            youth=YOUTH in data["invited"],
        )


def start_of(meeting: Meeting) -> dict[str, Any]:
    """A meeting as the form shows it first."""
    fields: dict[str, Any] = {"chosen": NOT_YET}
    for number, at in enumerate(meeting.proposed, start=1):
        fields |= {f"day_{number}": dates.as_day(at), f"time_{number}": dates.local(at).time()}
        if at == meeting.starts_at:
            fields["chosen"] = str(number)
    kept = ("purpose", "purpose_text", "form", "place", "interpreter_language", "interpreter_form",
            "interpreter_booked")  # fmt: skip
    fields |= {name: getattr(meeting, name) for name in kept}
    fields["interpreter"] = NEEDED if meeting.interpreter_language else "no"
    fields["invited"] = [
        *([YOUTH] if meeting.youth else []),
        *(f"{GUARDIAN}:{one}" for one in meeting.guardians),
        *(f"{UNIT}:{one}" for one in meeting.units),
    ]
    return fields


class HeldForm(BaseForm):
    """Who of the invited came."""

    present = forms.MultipleChoiceField(
        label=gettext_lazy("Who came?"),
        help_text=gettext_lazy("Those who could not come stay in the list of the invited."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Tick at least one who came. If nobody came, cancel the meeting.")
        },
    )

    def __init__(self, *args: Any, meeting: Meeting, names: Names, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["present"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 (declared above)
        field.choices = [
            *([(YOUTH, names.child)] if meeting.youth else []),
            *((f"{GUARDIAN}:{one}", names.people[one]) for one in meeting.guardians if one in names.people),
            *((f"{UNIT}:{one}", names.units[one]) for one in meeting.units if one in names.units),
        ]

    def who(self) -> Present:
        """As the service takes it."""
        chosen = self.cleaned_data["present"]
        return Present(_chosen(chosen, UNIT), _chosen(chosen, GUARDIAN), YOUTH in chosen)


class CancelForm(BaseForm):
    """Why."""

    reason = PlainText(
        label=gettext_lazy("Why is the meeting cancelled?"),
        help_text=gettext_lazy(
            "The invited units read this. The family sees only that it is cancelled, so ring them."
        ),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write why the meeting is cancelled.")},
    )


def _unit_label(unit: Unit) -> OptionLabel:
    hint = (
        _("Sees only time, place and what the meeting is for.")
        if UnitKind(unit.kind).practical_rows_only
        else ""
    )
    return OptionLabel(unit.name, hint=hint)


def _chosen(values: list[str], kind: str) -> frozenset[uuid.UUID]:
    return frozenset(uuid.UUID(one.partition(":")[2]) for one in values if one.startswith(f"{kind}:"))


def _instant(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=dates.STOCKHOLM)
