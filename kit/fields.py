"""A bound form field made ready for the field components: ids, descriptions, widget, options."""

from copy import copy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString

from kit.forms import OptionLabel, control_id


@dataclass(frozen=True)
class OptionView:
    """One radio button or check box."""

    control_id: str
    value: str
    label: str
    hint: str
    hint_id: str
    action: str
    selected: bool
    widget: SafeString


@dataclass(frozen=True)
class FieldView:
    """A field as its component draws it; every id that is named exists on the page."""

    kind: str
    name: str
    control_id: str
    label: str
    hint: str
    hint_id: str
    errors: list[str]
    error_id: str
    described_by: str
    optional: bool
    widget: SafeString
    options: list[OptionView]


def kind_of(field: forms.Field) -> str:
    """Which drawing the field gets: radios, checkboxes, checkbox, date, hidden or input."""
    widget = field.widget
    if isinstance(widget, forms.RadioSelect):
        return "radios"
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if widget.is_hidden:
        return "hidden"
    return "date" if isinstance(field, forms.DateField) else "input"


def _input_class(widget: forms.Widget) -> str:
    own = str(widget.attrs.get("class", ""))
    return f"ds-input {own}".strip()


def _option(bound_widget: BoundWidget, *, invalid: bool) -> OptionView:
    """One option with its hint tied to it, not to the group, so that it is read when the option is."""
    data = bound_widget.data
    label = data["label"]
    option_id = str(data["attrs"].get("id", ""))
    hint = label.hint if isinstance(label, OptionLabel) else ""
    attrs: dict[str, Any] = {**data["attrs"], "class": "ds-input"}
    if hint:
        attrs["aria-describedby"] = f"{option_id}_hint"
    if invalid:
        attrs["aria-invalid"] = "true"
    context = {"widget": {**data, "attrs": attrs, "wrap_label": False}}
    action = label.action if isinstance(label, OptionLabel) else ""
    if action:
        attrs["data-submit-text"] = action
    html = bound_widget.renderer.render(data["template_name"], context)
    return OptionView(
        control_id=option_id,
        value=str(data["value"]),
        label=str(label),
        hint=hint,
        hint_id=f"{option_id}_hint" if hint else "",
        action=action,
        selected=bool(data["selected"]),
        widget=SafeString(html.strip()),
    )


def _options(bound: BoundField, kind: str) -> list[OptionView]:
    if kind not in {"radios", "checkboxes"}:
        return []
    return [_option(sub, invalid=bool(bound.errors)) for sub in bound]


def _keeping_typed(bound: BoundField) -> forms.Widget:
    """The field's widget; for a date that could not be read a text box, because a date control drops it."""
    widget: forms.Widget = bound.field.widget
    if not (bound.errors and isinstance(widget, forms.DateInput) and isinstance(bound.value(), str)):
        return widget
    if not bound.value():
        return widget
    plain = copy(widget)
    plain.input_type = "text"
    return plain


def field_view(bound: BoundField, *, label: str = "", hint: str = "") -> FieldView:
    """The field ready to draw. ``label`` and ``hint`` override the form's own words."""
    kind = kind_of(bound.field)
    shown_hint = hint or str(bound.help_text or "")
    errors = [str(message) for message in bound.errors]
    hint_id = f"{bound.auto_id}_hint" if shown_hint else ""
    error_id = f"{bound.auto_id}_error" if errors else ""
    described_by = " ".join(part for part in (hint_id, error_id) if part)
    attrs: dict[str, Any] = {"class": _input_class(bound.field.widget)}
    if described_by:
        attrs["aria-describedby"] = described_by
    if errors:
        attrs["aria-invalid"] = "true"
    options = _options(bound, kind)
    return FieldView(
        kind=kind,
        name=bound.html_name,
        control_id=control_id(bound),
        label=label or str(bound.label),
        hint=shown_hint,
        hint_id=hint_id,
        errors=errors,
        error_id=error_id,
        described_by=described_by,
        optional=not bound.field.required and kind != "checkbox",
        widget=SafeString("") if options else bound.as_widget(_keeping_typed(bound), attrs=attrs),
        options=options,
    )
