"""Notes: writing one, correcting one, showing one to somebody."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Entry, Version
from cases.queries.audience import Audience, Content, is_childs_own
from cases.queries.sharing import Recipient
from cases.services.entries import LONGEST_TEXT, Written
from consent.models import Category
from kit.forms import BaseForm, DateField, OptionLabel, PlainText
from web.desk.forms.audience import AudienceForm, Readers


def kinds() -> list[tuple[str, str]]:
    """What can be written as text; the wheel has a form of its own."""
    hints = {
        Entry.Kind.OBSERVATION: _("Something you have seen or heard"),
        Entry.Kind.NOTE: _("Talks, contacts and other things to remember"),
        Entry.Kind.ASSESSMENT: _("What you conclude, and from what"),
        Entry.Kind.CHILD_WORDS: _("As word for word as you can"),
    }
    return [(kind.value, OptionLabel(str(kind.label), hint=hint)) for kind, hint in hints.items()]


class NoteForm(AudienceForm):
    """A new note."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you want to write?"),
        choices=kinds,
        widget=forms.RadioSelect,
        initial=Entry.Kind.OBSERVATION,
    )
    happened_on = DateField(
        label=gettext_lazy("When was it?"),
        error_messages={"required": gettext_lazy("Fill in the day when it was")},
    )
    body = PlainText(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy(
            "Write what has happened or been said. If you assess something, write what you build it on."
        ),
        max_length=LONGEST_TEXT,
        error_messages={
            "required": gettext_lazy("Write what you want to save"),
            "max_length": gettext_lazy(
                "The text is too long: %(show_value)d characters. Shorten it to %(limit_value)d, "
                "or divide it into two notes."
            ),
        },
    )
    health = forms.BooleanField(
        label=gettext_lazy("The text holds health data"),
        help_text=gettext_lazy(
            "Then it can be shown only to those whom the consent allows to read about health."
        ),
        required=False,
    )

    beyond_consent = forms.BooleanField(
        label=gettext_lazy("The text tells something private about somebody else than the child"),
        help_text=gettext_lazy(
            "A parent, a sibling, somebody who has notified, or a police investigation. A yes about the child "
            "does not cover that."
        ),
        required=False,
    )

    def __init__(self, *args: Any, readers: Readers, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)
        self.ask(readers, self.content())

    def content(self) -> Content:
        """Kind, category and what consent can't cover, as they stand now."""
        childs_own = is_childs_own(self.entry_kind, {})
        return Content(self.category, childs_own, self.entry_id, self.is_beyond_consent)

    @property
    def entry_id(self) -> uuid.UUID | None:
        """The entry that is corrected; none for a new one."""
        return None

    @property
    def is_beyond_consent(self) -> bool:
        """Whether the box is ticked (R1.8)."""
        return self["beyond_consent"].value() in {True, "True", "on"}

    @property
    def entry_kind(self) -> str:
        """The chosen kind."""
        return self.typed("kind")

    @property
    def category(self) -> str:
        """Health where the box is ticked, else underlag."""
        return Category.HEALTH if self["health"].value() in {True, "True", "on"} else Category.BASIS

    def clean_happened_on(self) -> date:
        """Today at the latest."""
        day: date = self.cleaned_data["happened_on"]
        if day > self.today:
            raise forms.ValidationError(_("The day can't be in the future."))
        return day

    def written(self) -> Written:
        """What the service saves."""
        data = self.cleaned_data
        return Written(
            kind=self.entry_kind,
            body=data["body"],
            happened_on=data["happened_on"],
            category=self.category,
            beyond_consent=self.is_beyond_consent,
        )


class CorrectionForm(NoteForm):
    """A correction; the kind stays what it was."""

    based_on = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        self.version = version
        super().__init__(*args, **kwargs)
        del self.fields["kind"]

    @property
    def entry_kind(self) -> str:
        """The entry's."""
        return self.version.kind

    @property
    def entry_id(self) -> uuid.UUID | None:
        """The version's: what is hidden stays hidden when it is corrected."""
        return self.version.entry_id

    def written(self) -> Written:
        """What the service saves; what belongs to the entry besides the text follows along."""
        data = self.cleaned_data
        return Written(
            kind=self.entry_kind,
            body=data["body"],
            happened_on=data["happened_on"],
            category=self.category,
            data=self.version.data,
            beyond_consent=self.is_beyond_consent,
        )


class ShareForm(BaseForm):
    """Who is to be shown a version that exists."""

    to = forms.MultipleChoiceField(
        label=gettext_lazy("Who do you want to show it to?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose who you want to show it to")},
    )
    child_asked = forms.BooleanField(
        label=gettext_lazy("The child has been asked and agrees"),
        help_text=gettext_lazy("Needed to show the child's own words or wheel to a guardian."),
        required=False,
    )

    def __init__(
        self, *args: Any, options: list[tuple[Recipient, OptionLabel]], childs_own: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        to = self.fields["to"]
        assert isinstance(to, forms.MultipleChoiceField)  # noqa: S101 (see above)
        to.choices = [(f"{kind}:{pk}", label) for (kind, pk), label in options]
        if not childs_own:
            del self.fields["child_asked"]

    def clean(self) -> dict[str, Any]:
        """A guardian sees the child's own only when the child was asked."""
        data = super().clean() or {}
        guardian = any(value.startswith("guardian:") for value in data.get("to", []))
        if "child_asked" in self.fields and guardian and not data.get("child_asked"):
            self.add_error(
                "child_asked", _("Ask the child first. Tick the box when the child has been asked.")
            )
        return data

    def chosen_ids(self) -> str:
        """What was chosen as the query of an address: ids, no names."""
        asked = {"child_asked": "on"} if self.cleaned_data.get("child_asked") else {}
        return urlencode({"to": self.cleaned_data["to"], **asked}, doseq=True)

    def audience(self) -> Audience:
        """Those chosen; all of them were offered."""
        chosen = [value.split(":") for value in self.cleaned_data["to"]]
        return Audience(
            units=frozenset(uuid.UUID(pk) for kind, pk in chosen if kind == "unit"),
            guardians=frozenset(uuid.UUID(pk) for kind, pk in chosen if kind == "guardian"),
            to_child=any(kind == "child" for kind, _pk in chosen),
            child_asked=bool(self.cleaned_data.get("child_asked")),
        )
