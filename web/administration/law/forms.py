"""The forms about a legal ground: a new version, and what the lawyer says of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from access.law import UNITS, Need, Party, Second
from access.law_words import PARTIES, SECONDS
from consent.models import LegalBasis
from consent.proposals import LONGEST_TEXT, LONGEST_WHY, Proposal, Wording
from kit.forms import BaseForm, DateField, PlainText
from web.administration.law.words import NEEDS, NOBODY_SIGNS

OLDEST = 30


class VersionForm(BaseForm):
    """How the ground is to be worded, from when and why. It begins with what holds now."""

    name = forms.CharField(
        label=_("Name"), max_length=120, error_messages={"required": _("Write what the ground is called")}
    )
    text = PlainText(
        label=_("Text"),
        help_text=_("What the ground says, in plain words. Whoever decides reads it."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what the ground says")},
    )
    provision = forms.CharField(
        label=_("Paragraph"),
        help_text=_("For example OSL 10:27."),
        max_length=120,
        error_messages={"required": _("Write the paragraph")},
    )
    owners = forms.MultipleChoiceField(
        label=_("Whose secrecy does it lift?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose whose secrecy it lifts")},
    )
    recipients = forms.MultipleChoiceField(
        label=_("Who may be shown it?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose who may be shown it")},
    )
    needs = forms.MultipleChoiceField(
        label=_("What must be filled in?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    child_under = forms.IntegerField(
        label=_("Until which age of the child?"),
        help_text=_("In years. Leave it empty if the age doesn't matter."),
        required=False,
        min_value=1,
        max_value=OLDEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    same_authority = forms.BooleanField(label=_("It holds within one authority only"), required=False)
    second = forms.ChoiceField(label=_("Who signs besides?"), widget=forms.RadioSelect, required=False)
    lawyer_only = forms.BooleanField(label=_("It is offered to lawyers only"), required=False)
    starts_on = DateField(
        label=_("From which day?"), error_messages={"required": _("Fill in from which day")}
    )
    why = PlainText(
        label=_("Why is it changed?"),
        help_text=_("Name the statute or the decision. The lawyer reads it. Write nothing about persons."),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write why it is changed")},
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, before: LegalBasis, today: date, **kwargs: Any) -> None:
        values = {name: getattr(before, name) for name in Wording.__dataclass_fields__}
        kwargs["initial"] = values | {"starts_on": max(today, before.starts_on), "based_on": before.no}
        super().__init__(*args, **kwargs)
        self.before = before
        to_units = bool(set(before.recipients) & {party.value for party in UNITS})
        parties = [p for p in Party if (p in UNITS) == to_units]
        self._choose("owners", [(p.value, PARTIES[p]) for p in Party if p in UNITS])
        self._choose("recipients", [(p.value, PARTIES[p]) for p in parties])
        self._choose("needs", [(n.value, NEEDS[n]) for n in Need])
        self._choose("second", [(s.value, SECONDS.get(s, NOBODY_SIGNS)) for s in Second])

    def proposal(self) -> Proposal:
        """What the service judges and saves."""
        data = self.cleaned_data
        many = {name: tuple(sorted(data[name])) for name in ("owners", "recipients", "needs")}
        plain = {name: data[name] for name in Wording.__dataclass_fields__ if name not in many}
        return Proposal(
            self.before.code, data["based_on"], Wording(**plain | many), data["starts_on"], data["why"]
        )

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (see above)
        field.choices = choices


class DeclineForm(BaseForm):
    """Why the lawyer doesn't sign."""

    because = PlainText(
        label=_("Why do you not sign it?"),
        help_text=_("Whoever proposed it reads this. Write nothing about persons."),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write why you do not sign it")},
    )
