"""The wheel: who tells, eight areas, and who may read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Entry, Version
from cases.queries.audience import Content
from cases.queries.team import Custody
from cases.services.entries import LONGEST_SECTOR_TEXT, Written
from cases.wheel import Perspective, Sector, SectorScore, Wheel
from consent.models import Category
from kit.forms import DateField, OptionLabel, PlainText
from kit.wheel import SectorView, WheelView
from web.desk.forms.audience import AudienceForm, Readers
from web.desk.wheel_pictures import title_of

SCALE = [
    ("1", gettext_lazy("1 Very hard")),
    ("2", gettext_lazy("2 Hard")),
    ("3", gettext_lazy("3 Both good and hard")),
    ("4", gettext_lazy("4 Rather good")),
    ("5", gettext_lazy("5 Good")),
    ("", gettext_lazy("Not talked about")),
]

ABOUT = {
    Sector.SAFE: gettext_lazy("Safe at home, in preschool or school, and with friends"),
    Sector.HEALTHY: gettext_lazy("Body, sleep, food and feelings"),
    Sector.ACHIEVING: gettext_lazy("Language, learning and self-confidence"),
    Sector.NURTURED: gettext_lazy("Adults who are there, see and care"),
    Sector.ACTIVE: gettext_lazy("Play, movement and leisure"),
    Sector.RESPECTED: gettext_lazy("Is listened to and treated well"),
    Sector.RESPONSIBLE: gettext_lazy("Does what fits the age, can get on with others"),
    Sector.INCLUDED: gettext_lazy("Belongs with friends, family and others"),
}


@dataclass(frozen=True)
class Area:
    """The three fields of one area."""

    sector: Sector
    about: str
    value: BoundField
    works: BoundField
    hard: BoundField

    @property
    def has_words(self) -> bool:
        """Whether something was written, so that the words stand open."""
        return bool(self.works.value() or self.hard.value() or self.works.errors or self.hard.errors)


class WheelForm(AudienceForm):
    """A wheel as one person sees it one day. Nothing but the speaker and the day is required."""

    speaker = forms.ChoiceField(
        label=gettext_lazy("Who tells?"),
        help_text=gettext_lazy("Each one's wheel stands by itself. They are never added together."),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who tells")},
    )
    happened_on = DateField(
        label=gettext_lazy("When did you talk?"),
        error_messages={"required": gettext_lazy("Fill in the day when you talked")},
    )
    health = forms.BooleanField(
        label=gettext_lazy("The text holds health data"),
        help_text=gettext_lazy(
            "Then it can be shown only to those whom the consent allows to read about health."
        ),
        required=False,
    )
    based_on = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        readers: Readers,
        today: date,
        guardians: list[Custody],
        version: Version | None = None,
        **kwargs: Any,
    ) -> None:
        self.today = today
        self.guardians = guardians
        self.version = version
        if version:
            kwargs["initial"] = {**_initial(version), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        speaker = self.fields["speaker"]
        assert isinstance(speaker, forms.ChoiceField)  # noqa: S101 (see above)
        speaker.choices = self._speakers()
        if version:
            del self.fields["speaker"]
        for sector in Sector:
            self._add_area(sector)
        self.order_fields([*(name for name in self.fields if name != "health"), "health"])
        self.ask(readers, self.content())

    def content(self) -> Content:
        """Whose view it is, and whether it holds health data."""
        return Content(self.category, self.perspective == Perspective.CHILD)

    @property
    def category(self) -> str:
        """Health where the box is ticked, else underlag."""
        return Category.HEALTH if self["health"].value() in {True, "True", "on"} else Category.BASIS

    @property
    def perspective(self) -> str:
        """The speaker's perspective; of a correction the wheel's own."""
        if self.version:
            return str(self.version.data["perspective"])
        return self.typed("speaker").split(":")[0]

    @property
    def areas(self) -> list[Area]:
        """The eight areas, clockwise from the top."""
        return [
            Area(s, str(ABOUT[s]), self[f"{s}_value"], self[f"{s}_works"], self[f"{s}_hard"]) for s in Sector
        ]

    def clean_happened_on(self) -> date:
        """Today at the latest."""
        day: date = self.cleaned_data["happened_on"]
        if day > self.today:
            raise forms.ValidationError(_("The day can't be in the future."))
        return day

    def wheel(self) -> Wheel:
        """The wheel as it stands in the form, whether or not the form is whole."""
        perspective = self.perspective if self.perspective in Perspective.values else Perspective.PROFESSIONAL
        return Wheel(Perspective(perspective), tuple(self._score(sector) for sector in Sector))

    def drawn(self) -> WheelView:
        """The wheel as it stands in the form, ready to draw."""
        wheel = self.wheel()
        return WheelView(
            title=title_of(wheel.perspective) if self.perspective in Perspective.values else _("The wheel"),
            sectors=[SectorView(score.sector.breakable, score.value) for score in wheel.scores],
            now_label=_("As you fill it in"),
            uid="wheel-now",
        )

    def written(self) -> Written:
        """What the service saves; ``speaker`` names the guardian who told."""
        name = self._speaker_name()
        data = {**self.wheel().data(), **({"speaker": name} if name else {})}
        return Written(
            kind=Entry.Kind.WHEEL,
            body="",
            happened_on=self.cleaned_data["happened_on"],
            category=self.category,
            data=data,
        )

    def _speakers(self) -> list[tuple[str, str]]:
        """The child, each guardian by name (or guardians in general), the staff."""
        named = [
            (f"guardian:{row.guardian_id}", _("%(name)s, guardian") % {"name": row.name})
            for row in self.guardians
        ]
        if len(named) > 1:
            named.append(("guardian:all", _("The guardians together")))
        return [
            (
                "child",
                OptionLabel(
                    _("The child"), hint=_("Its own view. It is not shown to guardians when you save.")
                ),
            ),
            *(named or [("guardian:all", _("A guardian"))]),
            ("professional", OptionLabel(_("Staff"), hint=_("Your own view"))),
        ]

    def _speaker_name(self) -> str:
        if self.version:
            return str(self.version.data.get("speaker", ""))
        chosen = self.cleaned_data["speaker"].removeprefix("guardian:")
        return next((row.name for row in self.guardians if str(row.guardian_id) == chosen), "")

    def _add_area(self, sector: Sector) -> None:
        self.fields[f"{sector}_value"] = forms.ChoiceField(
            label=sector.label, choices=SCALE, widget=forms.RadioSelect, required=False, initial=""
        )
        for part, label in (("works", gettext_lazy("What works?")), ("hard", gettext_lazy("What is hard?"))):
            self.fields[f"{sector}_{part}"] = PlainText(
                label=label,
                required=False,
                max_length=LONGEST_SECTOR_TEXT,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={
                    "max_length": gettext_lazy(
                        "The text is too long: %(show_value)d characters. Shorten it to %(limit_value)d."
                    )
                },
            )

    def _score(self, sector: Sector) -> SectorScore:
        value = str(self[f"{sector}_value"].value() or "")
        works, hard = (str(self[f"{sector}_{part}"].value() or "") for part in ("works", "hard"))
        if self.is_bound and hasattr(self, "cleaned_data"):
            works = self.cleaned_data.get(f"{sector}_works", works)
            hard = self.cleaned_data.get(f"{sector}_hard", hard)
        return SectorScore(sector, int(value) if value in {"1", "2", "3", "4", "5"} else None, works, hard)


def _initial(version: Version) -> dict[str, Any]:
    """A wheel that exists, as the form shows it."""
    fields: dict[str, Any] = {"happened_on": version.happened_on, "based_on": version.no}
    fields["health"] = version.category == Category.HEALTH
    for score in Wheel.of(version.data).scores:
        fields[f"{score.sector}_value"] = str(score.value or "")
        fields[f"{score.sector}_works"] = score.works
        fields[f"{score.sector}_hard"] = score.hard
    return fields
