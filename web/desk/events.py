"""Events of a case in words: title, who, and to whom they are shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from access.actor import Actor
from cases.models import Disclosure, Entry, Version
from cases.queries.timeline import Event, Events
from cases.services.decisions import Outcome
from cases.wheel import Perspective
from kit import dates
from plans.queries.follow_ups import HeldFollowUp
from web.desk.words import and_list

FOLLOW_UP = "follow_up"


@dataclass(frozen=True)
class Mark:
    """A pill beside an event."""

    text: str
    kind: str


@dataclass(frozen=True)
class ShownEvent:
    """One event, ready for the timeline."""

    title: str
    when: str
    machine: str
    who: str
    href: str
    mine: bool
    body: str
    marks: list[Mark] = field(default_factory=list)


def shown_events(events: list[Event], actor: Actor) -> list[ShownEvent]:
    """The events as the actor reads them."""
    return [_shown(event, actor) for event in events]


def with_follow_ups(
    found: Events, held: list[HeldFollowUp], *, after: date | None, actor: Actor
) -> list[ShownEvent]:
    """A page of events with the follow-ups of its days among them, each on one page only:
    those of a page's last day stand on the next. ``after`` is the last day of the page before."""
    last = found.events[-1].version.happened_on if found.following else None
    days = [
        _held(one, actor)
        for one in held
        if (after is None or one.follow_up.held_on <= after)
        and (last is None or one.follow_up.held_on > last)
    ]
    return sorted([*days, *shown_events(found.events, actor)], key=lambda event: event.machine, reverse=True)


def _held(one: HeldFollowUp, actor: Actor) -> ShownEvent:
    held = one.follow_up
    return ShownEvent(
        title=f"{_('Follow-up of the plan')}: {held.get_outcome_display().lower()}",
        when=dates.in_words(held.held_on),
        machine=held.held_on.isoformat(),
        who=held.owner_unit.name,
        href=f"/barn/{held.case_id}/plan/#f-{held.pk}",
        mine=held.owner_unit_id == actor.unit_id,
        body=held.note,
    )


def title_of(version: Version) -> str:
    """The kind of event; whose wheel it is, and what an assessment led to."""
    label = str(Entry.Kind(version.kind).label)
    outcome = version.data.get("outcome", "")
    if version.kind == Entry.Kind.ASSESSMENT and outcome in Outcome.values:
        return f"{label}: {Outcome(outcome).label}"
    perspective = version.data.get("perspective", "")
    if version.kind == Entry.Kind.WHEEL and perspective in Perspective.values:
        return f"{label}: {Perspective(perspective).label.lower()}"
    return label


def _shown(event: Event, actor: Actor) -> ShownEvent:
    version = event.version
    return ShownEvent(
        title=title_of(version),
        when=dates.in_words(version.happened_on),
        machine=version.happened_on.isoformat(),
        who=f"{version.author_name}, {version.unit_name}",
        href=f"/barn/{version.case_id}/anteckning/{version.entry_id}/",
        mine=event.mine,
        body=version.body,
        marks=_marks(event, actor),
    )


def _marks(event: Event, actor: Actor) -> list[Mark]:
    found = []
    if event.version.no > 1:
        found.append(
            Mark(_("Corrected %(date)s") % {"date": dates.day_month(event.version.written_at)}, "info")
        )
    if event.left_behind:
        found.append(Mark(_("Corrected, not shared"), "waiting"))
    if not event.mine and event.shown:
        shared = dates.day_month(event.shown[0].decided_at)
        found.append(Mark(_("Shared %(date)s") % {"date": shared}, "info"))
    elif event.mine and event.shown:
        units_first = sorted(event.shown, key=lambda row: (row.to_unit is None, _recipient(row)))
        names = list(dict.fromkeys(_recipient(row) for row in units_first))
        found.append(Mark(_("Shown to %(names)s") % {"names": and_list(names)}, "active"))
    return found


def _recipient(row: Disclosure) -> str:
    if row.to_unit:
        return row.to_unit.name
    return row.to_guardian.given_name if row.to_guardian else _("the child")
