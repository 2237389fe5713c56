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
from cases.queries.wheels import WheelEntry, WheelSeries
from cases.services.entries import LONGEST_SECTOR_TEXT, Written
from cases.wheel import FACES, HIGHEST, LOWEST, Perspective, Sector, SectorScore, Wheel
from cases.wheel_words import Asked, WheelWords
from consent.models import Category
from kit import dates
from kit.forms import BaseForm, DateField, OptionLabel, PlainText
from kit.wheel import SectorView, WheelView
from web.desk.forms.audience import AudienceForm, Readers
from web.desk.wheel_pictures import title_of


@dataclass(frozen=True)
class Area:
    """The three fields of one area."""

    sector: Sector
    name: str
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
    asked = forms.ChoiceField(
        label=gettext_lazy("Which version of the wheel?"),
        help_text=gettext_lazy("Choose, and show it. What you have filled in stays."),
        choices=[("", gettext_lazy("The one that fits who tells, and the child's age")), *Asked.choices],
        widget=forms.RadioSelect,
        required=False,
        initial="",
    )
    drawn_as = forms.ChoiceField(choices=Asked.choices, required=False, widget=forms.HiddenInput)
    edition = forms.CharField(required=False, widget=forms.HiddenInput)
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
        words: WheelWords,
        born_on: date,
        version: Version | None = None,
        **kwargs: Any,
    ) -> None:
        self.today = today
        self.guardians = guardians
        self.version = version
        self.words = words
        self.born_on = born_on
        if version:
            kwargs["initial"] = {**_initial(version), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        speaker = self.fields["speaker"]
        assert isinstance(speaker, forms.ChoiceField)  # noqa: S101 (see above)
        speaker.choices = self._speakers()
        if version:
            del self.fields["speaker"], self.fields["asked"]
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
    def shown(self) -> str:
        """The version that the page shows: the one chosen, else what fits who tells."""
        if self.version:
            return Wheel.of(self.version.data).asked
        if self.is_bound and self.typed("drawn_as") in Asked.values:
            return self.typed("drawn_as")
        chosen = str(self.initial.get("asked") or "")
        if chosen in Asked.values:
            return chosen
        speaker = str(self.initial.get("speaker") or "")
        return (Asked.for_child(self.born_on, self.today) if speaker == "child" else Asked.ADULT).value

    @property
    def has_faces(self) -> bool:
        """Whether the areas are answered with three faces."""
        return self.shown == Asked.YOUNGER

    @property
    def areas(self) -> list[Area]:
        """The eight areas, clockwise from the top."""
        return [
            Area(
                s,
                self.words.sectors[s].name,
                self.words.sectors[s].prompt(self.shown),
                self[f"{s}_value"],
                self[f"{s}_works"],
                self[f"{s}_hard"],
            )
            for s in Sector
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
        scores = tuple(self._score(sector) for sector in Sector)
        return Wheel(Perspective(perspective), scores, self.words.no, self.shown)

    def drawn(self) -> WheelView:
        """The wheel as it stands in the form, ready to draw."""
        wheel = self.wheel()
        return WheelView(
            title=title_of(wheel.perspective) if self.perspective in Perspective.values else _("The wheel"),
            sectors=[
                SectorView(self.words.sectors[score.sector].name, score.value) for score in wheel.scores
            ],
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
            label=self.words.sectors[sector].name,
            choices=self._scale(sector),
            widget=forms.RadioSelect,
            required=False,
            initial="",
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

    def _scale(self, sector: Sector) -> list[tuple[str, str]]:
        """1 to 5 in words, or the three faces; a number without a face stays if it was answered."""
        asked = self.shown
        values = list(FACES) if asked == Asked.YOUNGER else list(range(LOWEST, HIGHEST + 1))
        answered = str(self.data.get(f"{sector}_value") or self.initial.get(f"{sector}_value") or "")
        if answered in {"2", "4"} and int(answered) not in values:
            values = sorted([*values, int(answered)])
        faces = FACES if asked == Asked.YOUNGER else ()
        named = [
            (str(v), self.words.value(v, asked) if v in faces else f"{v} {self.words.value(v, asked)}")
            for v in values
        ]
        return [*named, ("", _("Not talked about"))]

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


def view_title(entry: WheelEntry) -> str:
    """Whose view a wheel is, by the guardian's or the unit's name."""
    perspective = entry.wheel.perspective
    who = entry.version.unit_name if perspective == Perspective.PROFESSIONAL else entry.speaker
    return _("The wheel as %(who)s sees it") % {"who": who} if who else title_of(perspective)


class CompareForm(BaseForm):
    """Which two wheels are laid over each other: of one view, so that views are never mixed."""

    before = forms.ChoiceField(
        label=gettext_lazy("Before"), error_messages={"required": gettext_lazy("Choose the wheel before")}
    )
    after = forms.ChoiceField(
        label=gettext_lazy("After"), error_messages={"required": gettext_lazy("Choose the wheel after")}
    )

    def __init__(self, *args: Any, series: list[WheelSeries], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(e.version.entry_id): e for one in series if one.before for e in one.wheels}
        choices = [
            (view_title(one.now), [(str(e.version.entry_id), _option(e)) for e in one.wheels])
            for one in series
            if one.before
        ]
        for name, entry in zip(("before", "after"), self._first_pair(series), strict=True):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
            field.choices = choices
            self.initial.setdefault(name, str(entry.version.entry_id) if entry else "")

    def clean(self) -> dict[str, Any]:
        """Two wheels of the same view."""
        data = super().clean() or self.cleaned_data
        first, second = (self.offered.get(data.get(name, "")) for name in ("before", "after"))
        if first and second and first.view != second.view:
            self.add_error("after", _("Choose two wheels of the same person. Views are never mixed."))
        elif first and second and first.version.entry_id == second.version.entry_id:
            self.add_error("after", _("Choose two different wheels."))
        return data

    def pair(self) -> tuple[WheelEntry, WheelEntry]:
        """The earlier and the later, whichever was chosen first."""
        chosen = [self.offered[self.cleaned_data[name]] for name in ("before", "after")]
        earlier, later = sorted(chosen, key=lambda e: (e.version.happened_on, e.version.written_at))
        return earlier, later

    @staticmethod
    def _first_pair(series: list[WheelSeries]) -> tuple[WheelEntry | None, WheelEntry | None]:
        """The latest two of the first view that has two."""
        return next(((one.before, one.now) for one in series if one.before), (None, None))


def _option(entry: WheelEntry) -> str:
    values = {"date": dates.in_words(entry.version.happened_on), "who": entry.version.author_name}
    return _("%(date)s, written down by %(who)s") % values
