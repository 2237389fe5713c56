"""The plan editor: goals, what each does for them, and the family's own steps.

One form edits the whole plan. Rows are added, moved and removed by submit
buttons, so that it works without JavaScript: a press sends what was typed
back, changed. The order stands in hidden fields as comma-separated ids, and
everything is single-valued, so that a draft can keep it.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Version
from cases.queries.team import TeamUnit, one_each
from cases.wheel import Sector
from kit.dates import in_words
from kit.errors import Refused
from kit.forms import BaseForm, DateField
from plans.models import PlanVersion
from plans.services.drafting import GoalText, PlanText, RowText
from web.desk.events import title_of
from web.desk.forms.plan_typed import CITES, typed_of

MOST_ROWS = 60


class GoalForm(BaseForm):
    """One goal."""

    text = forms.CharField(
        label=gettext_lazy("What shall be better?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Write the goal, or remove it")},
    )
    sign = forms.CharField(
        label=gettext_lazy("How do we notice that it gets better?"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    wheel_area = forms.ChoiceField(
        label=gettext_lazy("Area of the wheel"),
        required=False,
        choices=[("", gettext_lazy("None chosen")), *Sector.choices],
    )

    def __init__(self, *args: Any, citable: list[Version], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.citable = {CITES + str(version.entry_id): version for version in citable}
        # One box each and not one field of many, so that a draft keeps each by its name.
        for name, version in self.citable.items():
            self.fields[name] = forms.BooleanField(label=_label(version), required=False)

    @property
    def cites(self) -> list[BoundField]:
        """The boxes of what the goal can build on."""
        return [self[name] for name in self.citable]

    @property
    def cites_any(self) -> bool:
        """Whether one of them is ticked."""
        return any(box.value() for box in self.cites)

    def goal(self, lineage: uuid.UUID) -> GoalText:
        """The goal as the service takes it."""
        data = self.cleaned_data
        cites = frozenset(version.pk for name, version in self.citable.items() if data[name])
        return GoalText(lineage, data["text"], data["sign"], data["wheel_area"], cites)


class RowForm(BaseForm):
    """What one person in one unit does."""

    what = forms.CharField(
        label=gettext_lazy("What is to be done?"),
        max_length=400,
        error_messages={"required": gettext_lazy("Write what is to be done, or remove the row")},
    )
    who = forms.ChoiceField(
        label=gettext_lazy("Who is responsible?"),
        error_messages={"required": gettext_lazy("Choose who is responsible")},
    )
    starts_on = DateField(label=gettext_lazy("Starts"), required=False)
    due_on = DateField(label=gettext_lazy("Follow up no later than"), required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)  # noqa: S101 (declared above)
        who.choices = [("", _("Choose a person")), *people]

    def clean(self) -> dict[str, Any]:
        """The days in order."""
        data = super().clean() or {}
        starts, due = data.get("starts_on"), data.get("due_on")
        if starts and due and due < starts:
            self.add_error("due_on", _("The last day must come after the first."))
        return data


class StepForm(BaseForm):
    """What the family or the child does itself."""

    what = forms.CharField(
        label=gettext_lazy("What does the family do itself?"),
        max_length=400,
        error_messages={"required": gettext_lazy("Write what the family does, or remove the row")},
    )


class WholeForm(BaseForm):
    """What belongs to the plan as a whole."""

    next_follow_up_on = DateField(
        label=gettext_lazy("Next follow-up"),
        required=False,
        help_text=gettext_lazy("The first is usually after 6 to 12 weeks."),
    )
    child_words = forms.ChoiceField(
        label=gettext_lazy("In the child's words"),
        required=False,
        help_text=gettext_lazy("Shown only to those who may read these words."),
    )
    wheel = forms.ChoiceField(label=gettext_lazy("Wheel"), required=False)
    edit_no = forms.IntegerField(widget=forms.HiddenInput)
    goal_order = forms.CharField(widget=forms.HiddenInput, required=False)
    row_order = forms.CharField(widget=forms.HiddenInput, required=False)
    step_order = forms.CharField(widget=forms.HiddenInput, required=False)
    removed = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, words: list[Version], wheels: list[Version], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for name, versions in (("child_words", words), ("wheel", wheels)):
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 (declared above)
            chosen.choices = [("", _("None chosen")), *((str(v.pk), _label(v)) for v in versions)]

    def clean_next_follow_up_on(self) -> date | None:
        """A day to come."""
        day: date | None = self.cleaned_data["next_follow_up_on"]
        if day and day < self.today:
            raise forms.ValidationError(_("The next follow-up must be a day to come."))
        return day


def _label(version: Version) -> str:
    """What was said or whose view it is, and the day."""
    what = (
        _("“%(text)s”") % {"text": Truncator(version.body).chars(60)} if version.body else title_of(version)
    )
    return f"{what}, {in_words(version.happened_on)}"


@dataclass
class GoalBlock:
    """A goal with its rows, as drawn."""

    key: str
    number: int
    form: GoalForm
    rows: list[tuple[str, RowForm]] = field(default_factory=list)


class PlanEditor:
    """The whole form, from the version or from what was typed."""

    def __init__(
        self,
        version: PlanVersion,
        typed: Mapping[str, str] | None,
        *,
        team: list[TeamUnit],
        words: list[Version],
        wheels: list[Version],
        citable: list[Version],
        today: date,
    ) -> None:
        self.citable = citable
        self.version = version
        self.today = today
        self.team = team
        self.typed = dict(typed) if typed is not None else typed_of(version)
        self.checks = typed is not None
        self.words, self.wheels = words, wheels
        self.people = [
            (f"{unit.unit_id}/{person.account_id}", f"{person.name}, {person.title}, {unit.name}")
            for unit in one_each(team)
            for person in unit.people
        ]

    # --- What is on the page -------------------------------------------------------

    def order(self, name: str) -> list[str]:
        """Keys of goals, rows or steps, in order."""
        keys = self.typed.get(f"{name}_order", "").split(",")
        return [key for key in keys if _is_key(key)][:MOST_ROWS]

    def check(self) -> bool:
        """Validate every part; what was typed stays."""
        self.checks = True
        self._build()
        return all(form.is_valid() for form in self.forms)

    def refuse(self, refused: Refused) -> None:
        """Say what the domain refused, by the field it is about: ``<row>-who`` or one of the whole's."""
        prefix, _, name = refused.field.rpartition("-")
        form = next((form for form in self.forms if prefix and form.prefix == prefix), self.whole)
        form.refuse(Refused(refused.reason, field=name if prefix else refused.field))

    def _build(self) -> None:
        data = self.typed if self.checks else None
        initial = self.typed
        self.whole = WholeForm(
            data, initial=_initial(initial, ""), words=self.words, wheels=self.wheels, today=self.today
        )
        self.goals = [
            GoalBlock(
                key,
                number,
                GoalForm(data, initial=_initial(initial, key), prefix=key, citable=self.citable),
            )
            for number, key in enumerate(self.order("goal"), start=1)
        ]
        self.other_rows: list[tuple[str, RowForm]] = []
        blocks = {block.key: block for block in self.goals}
        for key in self.order("row"):
            form = RowForm(data, initial=_initial(initial, key), prefix=key, people=self.people)
            block = blocks.get(self.typed.get(f"{key}-goal", ""))
            (block.rows if block else self.other_rows).append((key, form))
        self.steps = [
            (key, StepForm(data, initial=_initial(initial, key), prefix=key)) for key in self.order("step")
        ]

    @property
    def forms(self) -> list[BaseForm]:
        """Every form, in the order of the page."""
        found: list[BaseForm] = []
        for block in self.goals:
            found += [block.form, *(form for _, form in block.rows)]
        found += [form for _, form in self.other_rows]
        found += [form for _, form in self.steps]
        return [*found, self.whole]

    def draw(self) -> PlanEditor:
        """Ready for the template."""
        self._build()
        return self

    # --- Adding, moving, removing ----------------------------------------------------

    def press(self, button: str) -> str:
        """Do what a button says (``add_goal``, ``up:<key>`` …); return the key to focus."""
        self.checks = False
        verb, _, key = button.partition(":")
        if verb == "add_goal":
            return self._add("goal")
        if verb == "add_step":
            return self._add("step")
        if verb == "add_row":
            new = self._add("row")
            self.typed[f"{new}-goal"] = key
            return new
        if verb == "remove":
            self._remove(key)
        elif verb == "undo":
            return self._undo()
        elif verb in {"up", "down"}:
            self._move(key, -1 if verb == "up" else 1)
            return key
        return ""

    def _add(self, name: str) -> str:
        key = str(uuid.uuid4())
        self.typed[f"{name}_order"] = ",".join([*self.order(name), key])
        return key

    def _kind_of(self, key: str) -> str:
        return next((name for name in ("goal", "row", "step") if key in self.order(name)), "")

    def _remove(self, key: str) -> None:
        name = self._kind_of(key)
        if name:
            order = self.order(name)
            self.typed["removed"] = f"{name}:{order.index(key)}:{key}"
            self.typed[f"{name}_order"] = ",".join(k for k in order if k != key)

    def _undo(self) -> str:
        name, _, rest = self.typed.get("removed", "").partition(":")
        place, _, key = rest.partition(":")
        if name in {"goal", "row", "step"} and _is_key(key) and place.isdigit():
            order = self.order(name)
            order.insert(int(place), key)
            self.typed[f"{name}_order"] = ",".join(order)
        self.typed["removed"] = ""
        return key

    def _move(self, key: str, step: int) -> None:
        name = self._kind_of(key)
        order = self.order(name) if name else []
        if key not in order:
            return
        others = [k for k in order if self._beside(k, key)]
        place = others.index(key) + step
        if 0 <= place < len(others):
            mine, theirs = order.index(key), order.index(others[place])
            order[mine], order[theirs] = order[theirs], order[mine]
            self.typed[f"{name}_order"] = ",".join(order)

    def _beside(self, one: str, other: str) -> bool:
        """Rows move among those of the same goal."""
        return self.typed.get(f"{one}-goal", "") == self.typed.get(f"{other}-goal", "")

    # --- What is saved ------------------------------------------------------------------

    def text(self) -> PlanText:
        """The plan as the service takes it; call after :meth:`check`."""
        whole = self.whole.cleaned_data
        rows: list[RowText] = []
        for block in self.goals:
            rows += [_row(key, form, uuid.UUID(block.key)) for key, form in block.rows]
        rows += [_row(key, form, None) for key, form in self.other_rows]
        rows += [RowText(uuid.UUID(key), form.cleaned_data["what"]) for key, form in self.steps]
        return PlanText(
            goals=tuple(block.form.goal(uuid.UUID(block.key)) for block in self.goals),
            rows=tuple(rows),
            next_follow_up_on=whole["next_follow_up_on"],
            child_words_id=_uuid(whole["child_words"]),
            wheel_id=_uuid(whole["wheel"]),
        )

    @property
    def edit_no(self) -> int:
        """The number of the text that the writer started from."""
        return int(self.whole.cleaned_data["edit_no"])


def _row(key: str, form: RowForm, goal: uuid.UUID | None) -> RowText:
    data = form.cleaned_data
    unit, _, person = data["who"].partition("/")
    return RowText(
        lineage=uuid.UUID(key),
        what=data["what"],
        goal=goal,
        unit_id=uuid.UUID(unit),
        contact_id=uuid.UUID(person),
        starts_on=data["starts_on"],
        due_on=data["due_on"],
    )


def _initial(typed: Mapping[str, str], key: str) -> dict[str, str]:
    start = f"{key}-" if key else ""
    return {name[len(start) :]: value for name, value in typed.items() if name.startswith(start)}


def _is_key(key: str) -> bool:
    try:
        return str(uuid.UUID(key)) == key
    except ValueError:
        return False


def _uuid(value: str) -> uuid.UUID | None:
    return uuid.UUID(value) if value else None
