"""*Förhandsvisa som …*: what somebody else sees of a case, in the form of her own page."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from agencies.models import Unit
from cases.models import Version
from cases.queries.audience import Audience
from cases.queries.family import Shown, shown_to_family
from cases.queries.preview import Viewpoint, first_shares, viewpoint_of_unit, viewpoints
from cases.queries.timeline import Events, events_of
from cases.services.entries import Written
from cases.wheel import Wheel
from cases.wheel_words import words_of
from kit.wheel import WheelView
from plans.models import PlanVersion
from plans.queries.editing import cited_in
from plans.queries.view import GoalView, RowView, newest_versions, plan_view
from web.desk.case_page import CasePage
from web.desk.events import ShownEvent, shown_events, title_of
from web.desk.plan_page import ShownRow
from web.desk.wheel_pictures import picture_of
from web.desk.words import and_list
from web.request import Request

# Posted with what is to be saved: that the page before showed the whole to these units.
LOOKED = "looked"
CHANGE = "change"
NEWEST = 5


@dataclass(frozen=True)
class PreviewedPlan:
    """One version of the plan as she sees it."""

    version: PlanVersion
    goals: list[tuple[GoalView, list[ShownRow]]]
    other_rows: list[ShownRow]
    own_steps: list[str]
    words: list[Version]


class Preview:
    """A case as one unit, or one person of the family, sees it of what the actor may read.

    By the same queries as her own pages, asked for her while row-level security asks who acts.
    """

    def __init__(
        self, page: CasePage, view: Viewpoint, *, after: uuid.UUID | None = None, most: int = 25
    ) -> None:
        self.page, self.view, self.after, self.most = page, view, after, most

    @property
    def name(self) -> str:
        """Who it is."""
        return self.view.name

    @property
    def heading(self) -> str:
        """The banner's words."""
        return _("This is how it looks to %(name)s") % {"name": self.name}

    @cached_property
    def _found(self) -> Events:
        return events_of(
            self.page.case,
            self.page.actor,
            whom=self.view.recipient,
            marks=False,
            before=self.after,
            most=self.most,
        )

    @cached_property
    def events(self) -> list[ShownEvent]:
        """The timeline of a unit."""
        return shown_events(self._found.events, self.page.actor)

    @property
    def following(self) -> uuid.UUID | None:
        """Where earlier events begin."""
        return self._found.following

    @cached_property
    def _shown(self) -> Shown:
        return shown_to_family(self.page.child.pk, self.page.actor, whom=self.view.recipient)

    @property
    def notes(self) -> list[tuple[str, Version]]:
        """The notes on the family's page."""
        return [(title_of(version), version) for version in self._shown.notes]

    @property
    def words(self) -> list[Version]:
        """The child's own words on the family's page."""
        return self._shown.words

    @property
    def wheels(self) -> list[WheelView]:
        """The wheels on the family's page."""
        pairs = self._shown.wheels
        words = words_of(Wheel.of(one.data) for pair in pairs for one in pair if one)
        drawn = (picture_of(now, previous=before, words=words) for now, before in pairs)
        return [wheel for wheel in drawn if wheel]

    @cached_property
    def plan(self) -> PreviewedPlan | None:
        """The newest agreed plan that she sees; for a unit without one, a proposal."""
        agreed, draft = newest_versions(self.page.case.pk, self.page.actor, whom=self.view.recipient)
        version = agreed or draft
        if version is None:
            return None
        view = plan_view(version, self.page.actor, units_in_force=None, whom=self.view.recipient)
        return PreviewedPlan(
            version,
            [(goal, self._rows(goal.rows)) for goal in view.goals],
            self._rows(view.other_rows),
            [row.insats.what for row in view.family_rows],
            [
                v
                for v in cited_in(version, self.page.actor, whom=self.view.recipient)
                if v.pk == version.child_words_id
            ],
        )

    @staticmethod
    def _rows(rows: list[RowView]) -> list[ShownRow]:
        return [ShownRow(row, mine=False, may_report=False) for row in rows]


def first_previews(page: CasePage, audience: Audience) -> list[Preview]:
    """The whole as each unit sees it that the actor's own has never shown anything of the case."""
    new = first_shares(page.case, audience.units, page.actor)
    views = viewpoints(page.case, page.actor) if new else []
    return [Preview(page, view, most=NEWEST) for view in views if view.recipient.unit_id in new]


def look_first(request: Request, page: CasePage, audience: Audience, written: Written) -> HttpResponse | None:
    """Before what is typed is saved and shown to a unit for the first time: :func:`_look`."""
    return _look(request, page, first_previews(page, audience), _unsaved(page, written))


def look_first_at(request: Request, page: CasePage, unit: Unit, version: Version) -> HttpResponse | None:
    """Before something is shown to a unit for the first time on another ground than consent: :func:`_look`."""
    new = first_shares(page.case, frozenset({unit.pk}), page.actor)
    previews = [Preview(page, viewpoint_of_unit(unit), most=NEWEST)] if new else []
    return _look(request, page, previews, version)


def _look(request: Request, page: CasePage, previews: list[Preview], version: Version) -> HttpResponse | None:
    """A page with the whole as each unit will see it. Nothing is saved by it; what was typed comes
    along. ``None`` once these very units have been looked at, or where none is new."""
    looked = _digest(previews)
    if not previews or request.POST.get(LOOKED) == looked:
        return None
    record_previews(page, previews)
    carried = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", LOOKED, CHANGE}
        for value in values
    ]
    context = {
        "case_page": page,
        "previews": previews,
        "names": and_list([preview.name for preview in previews]),
        "version": version,
        "title": title_of(version),
        "wheel": picture_of(version) if version.kind == "wheel" else None,
        "carried": carried,
        "looked": looked,
    }
    return render(request, "desk/share_first.html", context)


def record_previews(page: CasePage, previews: list[Preview]) -> None:
    """That the case was looked at as somebody else sees it: as whom, by id."""
    for preview in previews:
        kind, pk = preview.view.key.split(":")
        as_whom: dict[str, Any] = {f"as_{kind}": pk}
        page.record_read("previewed_as", **as_whom)


def _digest(previews: list[Preview]) -> str:
    keys = "/".join(sorted(preview.view.key for preview in previews))
    return hashlib.sha256(keys.encode()).hexdigest()[:12]


def _unsaved(page: CasePage, written: Written) -> Version:
    """What is typed, as the version that it will be."""
    return Version(
        case=page.case,
        kind=written.kind,
        body=written.body,
        data=written.data,
        happened_on=written.happened_on,
        author_name=page.actor.name,
        author_title=page.actor.title,
        unit_name=page.actor.unit_name,
    )
