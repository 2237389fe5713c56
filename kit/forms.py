"""The base of every form: says in plain words what to do, keeps what was typed, links errors to fields."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.errors import Refused

# No name and no note is longer; a longer one is something pasted by mistake.
LONGEST_NAME = 200
LONGEST_NOTE = 20_000

DATE_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d/%m %Y", "%d.%m.%Y", "%Y%m%d"]


@dataclass(frozen=True)
class ErrorLink:
    """One line of the error summary: what to do, and the id of the control it leads to ("" for none)."""

    field_id: str
    message: str


class OptionLabel(str):
    """A choice's label with a hint below it and, for c-audience, the button text that repeats the choice."""

    hint: str
    action: str

    def __new__(cls, label: str, *, hint: str = "", action: str = "") -> Self:
        """The label itself is the string; hint and action ride along."""
        made = super().__new__(cls, label)
        made.hint = hint
        made.action = action
        return made


class DateField(forms.DateField):
    """A date in the browser's own date control; also takes dates as people type them where there is none."""

    def __init__(self, **kwargs: Any) -> None:
        """Same arguments as Django's field; ``widget`` and ``input_formats`` have our defaults."""
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        kwargs.setdefault("input_formats", DATE_FORMATS)
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A day that can be read goes back as a day, however it was typed."""
        try:
            return self.to_python(value)
        except forms.ValidationError:
            return value


def control_id(bound: BoundField) -> str:
    """The id that a link or a label must point to: the first option's for groups of radios or boxes."""
    widget = bound.field.widget
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return f"{bound.auto_id}_0"
    return str(bound.id_for_label or bound.auto_id)


_DEFAULTS: list[tuple[type[forms.Field], str, Promise]] = [
    # The first row that fits wins, so the narrow kinds stand before the wide.
    (forms.MultipleChoiceField, "required", gettext_lazy("Choose at least one: %(label)s")),
    (forms.ModelMultipleChoiceField, "required", gettext_lazy("Choose at least one: %(label)s")),
    (forms.ModelChoiceField, "required", gettext_lazy("Choose an answer: %(label)s")),
    (forms.ChoiceField, "required", gettext_lazy("Choose an answer: %(label)s")),
    (forms.BooleanField, "required", gettext_lazy("Tick the box if you want to go on: %(label)s")),
    (forms.DateField, "required", gettext_lazy("Fill in a date: %(label)s")),
    (
        forms.DateField,
        "invalid",
        gettext_lazy("Write the date as year, month and day, for example 2026-12-02"),
    ),
    (forms.IntegerField, "invalid", gettext_lazy("Write a number with digits")),
    (
        forms.EmailField,
        "invalid",
        gettext_lazy("Write the e-mail address in full, for example namn@exempel.se"),
    ),
    (
        forms.CharField,
        "max_length",
        gettext_lazy(
            "The text is too long: at most %(limit_value)d characters, and you wrote %(show_value)d."
        ),
    ),
    (forms.Field, "required", gettext_lazy("Fill in: %(label)s")),
    (
        forms.ModelMultipleChoiceField,
        "invalid_choice",
        gettext_lazy("One of your choices is no longer there. Choose again."),
    ),
    (forms.Field, "invalid_choice", gettext_lazy("That choice is no longer there. Choose again.")),
]


def _plain_messages(field: forms.Field, label: str) -> dict[str, str]:
    """Our wording for each message that the field still has from Django."""
    plain: dict[str, str] = {}
    for kind, code, text in _DEFAULTS:
        # Too long is said by a validator, so the field itself has no words for it.
        has_it = code in field.error_messages or code == "max_length"
        if isinstance(field, kind) and has_it and code not in plain:
            plain[code] = str(text) % {"label": label.rstrip("?:")} if "%(label)s" in str(text) else str(text)
    return plain


def _own_messages(field: forms.Field) -> set[str]:
    """The codes whose message the form's author wrote herself."""
    defaults: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        defaults.update(getattr(kind, "default_error_messages", {}))
    return {code for code, text in field.error_messages.items() if defaults.get(code) is not text}


class PlainFormMixin:
    """Put it in front of a Django form class; BaseForm has it."""

    # The browser's own validation speaks the browser's language and hides errors from the summary.
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Same arguments as Django's form; labels end without a colon."""
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        form = self._form()
        for name, field in form.fields.items():
            if isinstance(field.widget, forms.Textarea):
                # The browser would cut what is pasted and say nothing; we say it, and keep the text.
                field.widget.attrs.pop("maxlength", None)
            own = _own_messages(field)
            label = str(field.label or form[name].label)
            for code, text in _plain_messages(field, label).items():
                if code not in own:
                    field.error_messages[code] = text

    def _form(self) -> forms.BaseForm:
        """This mixin seen as the Django form that it is part of."""
        if not isinstance(self, forms.BaseForm):
            message = "PlainFormMixin belongs in front of a Django form class"
            raise TypeError(message)
        return self

    def refuse(self, refused: Refused) -> None:
        """Say what the domain refused: by its field, where the form has that one."""
        form = self._form()
        form.add_error(refused.field if refused.field in form.fields else None, refused.reason)

    @property
    def error_summary(self) -> list[ErrorLink]:
        """Every error once, in the order of the page: those of the whole form first, then field by field."""
        form = self._form()
        if not form.is_bound:
            return []
        links = [ErrorLink("", str(message)) for message in form.non_field_errors()]
        for bound in form:
            links += [ErrorLink(control_id(bound), str(message)) for message in bound.errors]
        return links


class BaseForm(PlainFormMixin, forms.Form):
    """The base of every form. Forms validate and never save, so none is tied to a model."""


class PlainText(forms.CharField):
    """Text as people paste it: line ends made alike, control characters taken away."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """The text without what can't be seen, such as NUL."""
        text = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
        seen = (c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
        return str(super().to_python("".join(seen)))


def required_error(label: str) -> str:
    """The sentence used when a field is required only because of another answer."""
    return _("Fill in: %(label)s") % {"label": label}


def all_errors(forms_on_page: Iterator[forms.BaseForm]) -> list[ErrorLink]:
    """The summaries of several forms on one page, in their order."""
    found: list[ErrorLink] = []
    for form in forms_on_page:
        found += getattr(form, "error_summary", [])
    return found
