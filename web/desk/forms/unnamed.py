"""Forms of a question without a name: to ask, to answer, and to say that a word is no name."""

from __future__ import annotations

import uuid
from itertools import groupby
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Unit
from cases.services.unnamed import LONGEST_TEXT, Identifies, UnnamedText
from cases.unnamed import AgeBand
from kit.forms import BaseForm, PlainText


class MessageForm(BaseForm):
    """One message. After a stop the box for words that are no names is there, and what it is about."""

    text = PlainText(
        label=gettext_lazy("What do you want to say?"),
        help_text=gettext_lazy("No names, numbers or addresses. Write “the child”."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": gettext_lazy("Write your text")},
    )
    is_no_name = forms.BooleanField(required=False)
    shown_words = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = self._sent_words()

    def _sent_words(self) -> list[str]:
        sent = str(self.data.get("shown_words", "")) if self.is_bound else ""
        return [word for word in sent.split("|") if word.strip()]

    @property
    def no_name_label(self) -> str:
        """What the box says, with the words that it is about."""
        words = ", ".join(f"”{word}”" for word in self.offered)
        label = _("It is no name: %(words)s") if len(self.offered) == 1 else _("They are no names: %(words)s")
        return label % {"words": words}

    def message(self) -> UnnamedText:
        """What the service takes."""
        seen = frozenset(self.offered) if self.cleaned_data["is_no_name"] else frozenset()
        return UnnamedText(self.cleaned_data["text"], self.cleaned_data.get("tried", ""), seen)

    def stop(self, stopped: Identifies) -> None:
        """Say what was found, by its field, and offer to say that the words are no names."""
        for field, sentences in stopped.problems.items():
            for sentence in sentences:
                self.add_error(field, sentence)
        self.offered = stopped.names
        shown = QueryDict(mutable=True)
        shown.update(self.data)
        shown["shown_words"] = "|".join(stopped.names)
        shown.pop("is_no_name", None)
        self.data = shown


class AskForm(MessageForm):
    """A new question: to whom, about how old a child, and what has been tried."""

    to_unit = forms.ChoiceField(
        label=gettext_lazy("Which unit do you ask?"),
        error_messages={"required": gettext_lazy("Choose which unit you ask")},
    )
    age = forms.ChoiceField(
        label=gettext_lazy("About how old is the child?"), required=False, choices=AgeBand.choices
    )
    tried = PlainText(
        label=gettext_lazy("What have you tried?"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("to_unit", "age", "text", "tried")

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("What do you wonder about?")
        field = self.fields["to_unit"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        grouped = groupby(units, key=lambda unit: unit.municipality.name if unit.municipality else "")
        field.choices = [
            ("", _("Choose a unit")),
            *(
                (name or _("The whole county"), [(str(u.pk), u.name) for u in group])
                for name, group in grouped
            ),
        ]
        self.units = {unit.pk: unit for unit in units}

    def unit(self) -> Unit:
        """Which unit was chosen."""
        return self.units[uuid.UUID(self.cleaned_data["to_unit"])]
