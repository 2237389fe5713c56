"""The form of the wheel's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.services.wheel_words import LONGEST_NAME, LONGEST_PROMPT, LONGEST_WHY, LONGEST_WORD
from cases.wheel import FACES, HIGHEST, LOWEST, Sector
from cases.wheel_words import SectorWords, WheelWords
from kit.forms import BaseForm, PlainText

_PARTS = {
    "name": (_("Name"), LONGEST_NAME),
    "adult": (_("Prompt for adults"), LONGEST_PROMPT),
    "older": (_("Prompt for older children"), LONGEST_PROMPT),
    "younger": (_("Prompt for younger children"), LONGEST_PROMPT),
}
_REQUIRED = {"required": _("Write something here")}


@dataclass(frozen=True)
class AreaFields:
    """The four fields of one area."""

    name: str
    fields: list[BoundField]


class WordsForm(BaseForm):
    """Eight areas, the scale, the three faces and why. It begins with the words that hold now."""

    based_on = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, words: WheelWords, **kwargs: Any) -> None:
        kwargs["initial"] = {"based_on": words.no, **_initial(words)}
        super().__init__(*args, **kwargs)
        self.words = words
        for sector in Sector:
            for part, (label, longest) in _PARTS.items():
                self._text(f"{sector}_{part}", label, longest)
        for value in range(LOWEST, HIGHEST + 1):
            self._text(f"scale_{value}", str(value), LONGEST_WORD)
        for value in FACES:
            face = gettext("The face for %(value)s") % {"value": value}
            self._text(f"face_{value}", face, LONGEST_WORD)
        self.fields["why"] = PlainText(
            label=_("Why are the words changed?"),
            help_text=_("Name the decision. Write nothing about persons."),
            max_length=LONGEST_WHY,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"required": _("Write why it is changed")},
        )

    def _text(self, name: str, label: Any, longest: int) -> None:
        self.fields[name] = forms.CharField(label=label, max_length=longest, error_messages=_REQUIRED)

    @property
    def areas(self) -> list[AreaFields]:
        """The areas, clockwise from the top."""
        return [
            AreaFields(self.words.sectors[s].name, [self[f"{s}_{part}"] for part in _PARTS]) for s in Sector
        ]

    @property
    def scale(self) -> list[BoundField]:
        """The words of 1 to 5."""
        return [self[f"scale_{value}"] for value in range(LOWEST, HIGHEST + 1)]

    @property
    def faces(self) -> list[BoundField]:
        """The words of the three faces."""
        return [self[f"face_{value}"] for value in FACES]

    def worded(self) -> WheelWords:
        """What the service saves."""
        data = self.cleaned_data
        sectors = {s: SectorWords(**{part: data[f"{s}_{part}"] for part in _PARTS}) for s in Sector}
        scale = tuple(data[f"scale_{value}"] for value in range(LOWEST, HIGHEST + 1))
        return WheelWords(data["based_on"] + 1, sectors, scale, tuple(data[f"face_{v}"] for v in FACES))


def _initial(words: WheelWords) -> dict[str, str]:
    found = {f"{s}_{part}": getattr(one, part) for s, one in words.sectors.items() for part in _PARTS}
    found |= {f"scale_{number}": word for number, word in enumerate(words.scale, start=LOWEST)}
    return found | {f"face_{value}": word for value, word in zip(FACES, words.faces, strict=True)}
