"""*Vem får läsa?*: the four choices, worded by title and name, and what stands behind each.

The value of a choice carries a digest of the very people it names. If consent
or the team changes between reading and saving, the value is no longer among
the choices: nothing is shown to anybody whom the page did not name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from access.permissions import Permission
from access.words import why
from cases.models import Entry, Version
from cases.queries.audience import Around, Audience, Content, around
from cases.queries.team import TeamUnit
from consent.models import Category, State
from kit.forms import BaseForm, OptionLabel
from web.desk.case_page import CasePage
from web.desk.titles import definite
from web.desk.words import and_list

MOST_NAMED = 5


@dataclass(frozen=True)
class Choice:
    """One way to save: who may then read, in the words of the page."""

    code: str
    audience: Audience
    label: OptionLabel

    @property
    def value(self) -> str:
        """The code, and a digest of those who are named."""
        if not self.audience:
            return self.code
        named = [*map(str, sorted(self.audience.units)), *map(str, sorted(self.audience.guardians))]
        digest = hashlib.sha256("/".join([*named, str(self.audience.to_child)]).encode()).hexdigest()
        return f"{self.code}-{digest[:12]}"


@dataclass(frozen=True)
class Choices:
    """The choices that the policy allows, and in words why there are not more."""

    offered: list[Choice] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def of(self, value: str) -> Choice | None:
        """The choice with this value, if it is offered."""
        return next((choice for choice in self.offered if choice.value == value), None)


class Readers:
    """What the choices are made of: the case, those around the child, and the words
    of the button. Three statements, asked once for a request."""

    def __init__(self, page: CasePage, *, former: Audience | None = None) -> None:
        self.page = page
        self.nearby: Around = around(page.case, page.actor)
        self.former = former

    def choices(self, content: Content) -> Choices:
        """The choices for a version of this content."""
        may_share = self.page.may(Permission.SHARE_WITH_UNIT)
        if not may_share:
            return Choices([self._choice("unit", Audience(), _("Only my unit"))], [why(may_share.reason)])
        units = [u for u in self.nearby.units if self.nearby.unit_share(u.unit_id, content).decision]
        team = Audience(units=frozenset(unit.unit_id for unit in units))
        family = self._family(content)
        both = Audience(team.units, family.guardians, to_child=family.to_child)
        offered = [
            *self._former(content),
            self._choice("unit", Audience(), _("Only my unit")),
            *([self._choice("family", family, _("My unit and the family"))] if family else []),
            *([self._choice("team", team, _("The team"))] if team else []),
            *([self._choice("all", both, _("The team and the family"))] if team and family else []),
        ]
        return Choices(
            _each_once(offered), [*self._team_reasons(content, team), *self._family_reasons(content)]
        )

    def names(self, audience: Audience) -> list[str]:
        """Who they are, in full: the hint below a choice."""
        people = [row.name for pk, row in self.nearby.guardians.items() if pk in audience.guardians]
        if audience.to_child:
            people.append(self.nearby.case.child.name)
        return [full_name(u) for u in self.nearby.units if u.unit_id in audience.units] + people

    def called(self, audience: Audience) -> list[str]:
        """Who they are, as the button says it: by title and given name."""
        units = [u for u in self.nearby.units if u.unit_id in audience.units]
        titles = [unit_called(unit, units) for unit in units]
        people = [row.given_name for pk, row in self.nearby.guardians.items() if pk in audience.guardians]
        if audience.to_child:
            people.append(self.nearby.case.child.given_name)
        if len(titles) + len(people) > MOST_NAMED and len(titles) > 1:
            titles = [_("the team's %(number)d units") % {"number": len(titles)}]
        return titles + people

    def _choice(self, code: str, audience: Audience, label: str) -> Choice:
        if not audience:
            action = _("Save for my unit only")
            return Choice(code, audience, OptionLabel(label, hint=self.page.actor.unit_name, action=action))
        action = _("Save and show to %(names)s") % {"names": and_list(self.called(audience))}
        hint = and_list(self.names(audience))
        return Choice(code, audience, OptionLabel(label, hint=hint, action=action))

    def _family(self, content: Content) -> Audience:
        """All guardians, and the youth who reads herself; the child's own words never."""
        if content.childs_own:
            return Audience()
        nearby = self.nearby
        guardians = frozenset(
            pk for pk in nearby.guardians if nearby.guardian_share(pk, content, child_asked=False)
        )
        knows_family = bool(guardians) or nearby.youth_reads
        to_child = knows_family and bool(nearby.child_share(content, with_guardians=guardians))
        return Audience(guardians=guardians, to_child=to_child)

    def _former(self, content: Content) -> list[Choice]:
        """Those who read the earlier version, as far as they may read this one."""
        if not self.former:
            return []
        nearby, former = self.nearby, self.former
        units = frozenset(pk for pk in former.units if nearby.unit_share(pk, content).decision)
        family = self._family(content)
        guardians = former.guardians & family.guardians
        audience = Audience(units, guardians, to_child=former.to_child and family.to_child)
        return [self._choice("former", audience, _("The same as before"))] if audience else []

    def _team_reasons(self, content: Content, team: Audience) -> list[str]:
        refused = [unit for unit in self.nearby.units if unit.unit_id not in team.units]
        reasons = [
            f"{unit.name}: {why(self.nearby.unit_share(unit.unit_id, content).decision.reason)}"
            for unit in refused
        ]
        waiting = self.page.consent.waiting_for
        if waiting:
            text = _("The consent waits for an answer from %(names)s. Nothing is shared until then.")
            return [text % {"names": and_list(waiting)}, *reasons]
        if not self.nearby.units:
            reasons.append(_no_team(self.page.consent.state))
        return reasons

    def _family_reasons(self, content: Content) -> list[str]:
        if content.childs_own:
            return [
                _(
                    "The child's own words and wheel are not shown to guardians when you save. "
                    "Afterwards you can show them to one at a time, when the child has been asked."
                )
            ]
        if self.nearby.guardians or self.nearby.youth_reads:
            return []
        kind = self.page.actor.unit_kind
        if kind and kind.practical_rows_only:
            return [_("Your unit does not see who the child's guardians are.")]
        return [_("No guardian of the child is registered.")]


class AudienceForm(BaseForm):
    """The base of forms that end in *Vem får läsa?*, which they ask when their own fields are there."""

    audience = forms.ChoiceField(
        label=gettext_lazy("Who may read?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose who may read"),
            "invalid_choice": gettext_lazy(
                "Who may read depends on what you write, and has changed. Read the choices and choose again."
            ),
        },
    )

    def ask(self, readers: Readers, content: Content) -> None:
        """Offer those who may read ``content``: what the form holds now, as far as it matters to that."""
        self.order_fields([*(name for name in self.fields if name != "audience"), "audience"])
        self.choices = readers.choices(content)
        audience = self.fields["audience"]
        assert isinstance(audience, forms.ChoiceField)  # noqa: S101 (see above)
        audience.choices = [(choice.value, choice.label) for choice in self.choices.offered]
        if readers.former or len(self.choices.offered) == 1:
            # Nothing to choose between, so nothing to click.
            self.initial["audience"] = self.initial.get("audience") or self.choices.offered[0].value

    def typed(self, name: str) -> str:
        """A field's value as it was posted or stands in the form at first."""
        value = self[name].value()
        return value if isinstance(value, str) else ""

    def clean_audience(self) -> Audience:
        """Those behind the choice. Nobody else can be named from outside."""
        choice = self.choices.of(self.cleaned_data["audience"])
        assert choice is not None  # noqa: S101 (validated against the same choices)
        return choice.audience


class ReadersForm(AudienceForm):
    """The question alone, for what stands in another form at this moment."""

    def __init__(self, *, readers: Readers, chosen: Mapping[str, str], version: Version | None) -> None:
        super().__init__(initial={"audience": chosen.get("audience", "")})
        self.ask(readers, _sent(chosen, version))


def _sent(chosen: Mapping[str, str], version: Version | None) -> Content:
    """Kind, speaker and health as they were sent; of a correction what the entry is."""
    health = Category.HEALTH if chosen.get("health") else Category.BASIS
    beyond = bool(chosen.get("beyond_consent"))
    if version:
        return replace(Content.of(version), category=health, beyond_consent=beyond)
    childs_own = chosen.get("kind") == Entry.Kind.CHILD_WORDS or chosen.get("speaker") == "child"
    return Content(health, childs_own, beyond_consent=beyond)


def unit_called(unit: TeamUnit, units: list[TeamUnit]) -> str:
    """By title in the definite form ("logopeden") where one person has the case and
    no other unit's has the same title, else by the unit's name."""
    title = _title(unit)
    alone = title and [_title(other) for other in units].count(title) == 1
    return definite(title) if alone else unit.name


def _title(unit: TeamUnit) -> str:
    """The one title of those who work on the case in the unit, or nothing."""
    titles = {person.title for person in unit.people}
    return titles.pop() if len(titles) == 1 else ""


def full_name(unit: TeamUnit) -> str:
    """The unit with those who work on the case there: "BVC Lessebo (Lena Ek, sjuksköterska)"."""
    people = [", ".join(part for part in (p.name, p.title) if part) for p in unit.people]
    return f"{unit.name} ({and_list(people)})" if people else unit.name


def _each_once(offered: list[Choice]) -> list[Choice]:
    """Without later choices that name the very same people as an earlier one."""
    kept: dict[Audience, Choice] = {}
    for choice in offered:
        kept.setdefault(choice.audience, choice)
    return list(kept.values())


def _no_team(state: str) -> str:
    """Why there is no team, from how the consent stands."""
    words: dict[str, str] = {
        State.REFUSED: _("The family has said no to sharing."),
        State.CONFLICT: _("Those who must answer have answered differently. Nothing is shared."),
        State.WITHDRAWN: _("The consent has been taken back."),
        State.EXPIRED: _("The consent has ended."),
        State.GIVEN: _("The consent covers no other unit now."),
        State.PARTLY: _("The consent covers no other unit now."),
    }
    return words.get(state) or _("There is no consent to share with other units yet.")
