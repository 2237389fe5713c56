"""Forms about legal grounds: which one, why it holds, and the two questions of *Vad får jag dela?*."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from access.law import UNITS, Basis, BasisFacts, Matter, Need, Party, duties_between
from access.law_words import MATTERS, PARTIES, asks
from access.shield import REASON_FROM
from agencies.models import Unit
from cases.services.grounds import LONGEST_GROUNDS, Weighed
from consent.law import Law
from kit.forms import BaseForm, OptionLabel, PlainText


class UnitForm(BaseForm):
    """Whom to show it to: any unit that may get something here."""

    unit = forms.ChoiceField(
        label=gettext_lazy("Which unit?"),
        help_text=gettext_lazy("Units of the municipality, the region and the police."),
        error_messages={"required": gettext_lazy("Choose a unit")},
    )

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ChoiceField)  # noqa: S101 (see above)
        unit.choices = [("", _("Choose a unit")), *((str(u.pk), u.name) for u in units)]

    def chosen(self) -> uuid.UUID:
        """The unit's id; it was among the choices."""
        return uuid.UUID(self.cleaned_data["unit"])


class GroundForm(BaseForm):
    """On which ground, and why it holds; or that the test came to no."""

    basis = forms.ChoiceField(
        label=gettext_lazy("Why may you show this?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose why you may show this")},
    )
    duty = forms.ChoiceField(
        label=gettext_lazy("Which law says that you must give it?"),
        help_text=gettext_lazy("Only where you must by law."),
        required=False,
    )
    text = PlainText(
        label=gettext_lazy("Say in a sentence why it holds here"),
        help_text=gettext_lazy("It is kept with your name as the test of harm. Only your unit reads it."),
        max_length=LONGEST_GROUNDS,
        required=False,
    )
    committed_crime = forms.BooleanField(
        label=gettext_lazy("It is about an offence that has already been committed"), required=False
    )

    def __init__(self, *args: Any, offered: list[Basis], law: Law, facts: BasisFacts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.law = law
        self.bases = {basis.code: basis for basis in offered}
        basis = self.fields["basis"]
        assert isinstance(basis, forms.ChoiceField)  # noqa: S101 (see above)
        basis.choices = [(b.code, self._label(b)) for b in offered]
        duties = [
            (duty.code, law.duty_name(b.code, duty.code))
            for b in offered
            if Need.DUTY in b.needs
            for duty in duties_between(b, facts)
        ]
        if duties:
            duty_field = self.fields["duty"]
            assert isinstance(duty_field, forms.ChoiceField)  # noqa: S101 (see above)
            duty_field.choices = [("", _("Not by law")), *duties]
        else:
            del self.fields["duty"]
        if not any(Need.RISK in b.needs for b in offered):
            del self.fields["committed_crime"]

    def clean(self) -> dict[str, Any]:
        """What the chosen ground needs is there."""
        data = super().clean() or {}
        basis = self.bases.get(data.get("basis", ""))
        if basis is None:
            return data
        if basis.needs - {Need.CONSENT, Need.DUTY} and not data.get("text", "").strip():
            self.add_error("text", asks(basis.needs))
        if Need.DUTY in basis.needs and not data.get("duty"):
            self.add_error("duty", _("Choose which law says that you must give it."))
        return data

    def weighed(self) -> Weighed:
        """What the service stores."""
        data = self.cleaned_data
        basis = self.bases[data["basis"]]
        duty = data.get("duty", "") if Need.DUTY in basis.needs else ""
        return Weighed(data["basis"], data["text"], duty, bool(data.get("committed_crime")))

    def _label(self, basis: Basis) -> OptionLabel:
        row = self.law.rows[basis.code]
        return OptionLabel(f"{row.name} ({row.provision})", hint=row.text)


class RefusalForm(BaseForm):
    """That it is not shown, and why."""

    text = PlainText(
        label=gettext_lazy("Why do you not show it?"),
        max_length=LONGEST_GROUNDS,
        error_messages={"required": gettext_lazy("Write why you do not show it")},
    )


class DeclineForm(BaseForm):
    """Why the second person says no. The one who decided takes it back without a word."""

    because = PlainText(
        label=gettext_lazy("Why do you not sign?"),
        min_length=REASON_FROM,
        max_length=LONGEST_GROUNDS,
        help_text=gettext_lazy(
            "Your colleague who wanted to show it reads this. It is kept with the test of harm."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": gettext_lazy("Write in a few words why you do not sign."),
            "min_length": gettext_lazy("Write in a few words why you do not sign."),
        },
    )

    def __init__(self, *args: Any, is_mine: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_mine:
            del self.fields["because"]


class AdviceForm(BaseForm):
    """*Vad får jag dela?*: who is to have it, and what it is about."""

    till = forms.ChoiceField(
        label=gettext_lazy("Who wants to know?"),
        error_messages={"required": gettext_lazy("Choose who wants to know")},
    )
    om = forms.ChoiceField(
        label=gettext_lazy("What is it about?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what it is about")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        till, om = self.fields["till"], self.fields["om"]
        assert isinstance(till, forms.ChoiceField) and isinstance(om, forms.ChoiceField)  # noqa: S101, PT018
        till.choices = [("", _("Choose who")), *((p.value, PARTIES[p]) for p in Party if p in UNITS)]
        om.choices = [(m.value, MATTERS[m]) for m in Matter]

    def recipient(self) -> Party:
        """Who, as the law tells them apart."""
        return Party(self.cleaned_data["till"])

    def matter(self) -> Matter:
        """What about."""
        return Matter(self.cleaned_data["om"])
