"""What the family's plan on paper shows, read as the one who gets it.

Everything comes through the querysets, acting as the recipient: what she may not see is
not there. ``templates/pdf/plan.html`` says what each part is called.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from access.actor import Actor
from access.clock import access_at
from access.permissions import Permission
from access.reasons import Reason
from access.words import why
from agencies.models import Municipality, Unit
from cases.facts import family_standing
from cases.models import Entry, Version
from cases.rules import NextStep, ProcessState
from cases.wheel import HIGHEST, Perspective, Wheel
from cases.wheel_words import sectors_of, words_of
from consent.models import Scope, State
from kit import dates
from kit.wheel import WheelView
from people.models import Child
from plans.models import Insats, PlanVersion, Release, Status
from plans.queries.view import PlanView, RowView, plan_view

# Where a long word may be broken.


@dataclass(frozen=True)
class Action:
    """What somebody does towards a goal."""

    what: str
    who: str
    when: str
    state: str = ""


@dataclass(frozen=True)
class Aim:
    """A goal and what is done for it; ``unnumbered`` for what is done beside the goals."""

    text: str
    sign: str
    actions: list[Action]
    unnumbered: bool = False


@dataclass(frozen=True)
class Contact:
    """Somebody to ring, as written in the plan."""

    name: str
    role: str
    phone: str
    what: str = ""
    hours: str = ""
    first: bool = False


@dataclass(frozen=True)
class Said:
    """The child's own words."""

    text: str
    when: str


@dataclass(frozen=True)
class Line:
    """A number to ring at once."""

    name: str
    phone: str
    what: str


@dataclass(frozen=True)
class PlanPaper:
    """The plan as the template wants it."""

    title: str
    made: str
    now: str
    next_title: str
    next_when: str
    next_where: str
    goals: list[Aim]
    family_does: list[str]
    contacts: list[Contact]
    child_name: str
    wheels: list[WheelView] = field(default_factory=list)
    child_words: list[Said] = field(default_factory=list)


def context_of(release: Release, actor: Actor, *, on: date) -> dict[str, Any]:
    """The template's context for one release, as its recipient may see it; ``on`` is the day
    it bears."""
    child = release.case.child
    learns = family_standing(child, actor).decide(Permission.ANSWER_CONSENT)
    covered = units_in_force(child.pk) if learns else None
    footer = _("Barnens bästa. The plan as it was on %(date)s.") % {"date": dates.in_words(on)}
    return context_of_version(release.version, child, actor, footer=footer, covered=covered)


def context_of_version(
    version: PlanVersion, child: Child, actor: Actor, *, footer: str, covered: frozenset[uuid.UUID] | None
) -> dict[str, Any]:
    """The template's context for one version as the actor may see it. ``footer`` stands on every
    page; ``covered`` are the units that consent covers now, where she may know."""
    overview = _overview(child.pk, version.case_id)
    view = plan_view(version, actor, units_in_force=covered)
    next_on = _next_on(version, overview)
    paper = PlanPaper(
        title=_("Plan for %(name)s") % {"name": child.given_name},
        made=_made(version),
        now=_now(view, overview, actor),
        next_title=_next_title(overview) if next_on else "",
        next_when=dates.with_weekday(next_on) if next_on else "",
        next_where="",
        goals=_aims(view),
        family_does=[row.insats.what for row in view.family_rows],
        contacts=_contacts(view, overview.get("contact")),
        child_name=child.given_name,
        wheels=_wheels(version, child.given_name, actor),
        child_words=_words(version, actor),
    )
    return {
        "plan": paper,
        "crisis": _crisis(child.municipality_code),
        "language": settings.LANGUAGE_CODE,
        "direction": "ltr",
        "footer": footer,
    }


def units_in_force(child_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Units that a consent which the family was asked for covers now. A row of another unit
    is paused. Row-level security says whose consents are read."""
    return frozenset(
        Scope.objects.filter(
            consent__child=child_id, state=State.GIVEN, valid__contains=access_at()
        ).values_list("unit", flat=True)
    )


def _overview(child_id: uuid.UUID, case_id: uuid.UUID) -> dict[str, Any]:
    """What the family may know of the process, if this case is the child's latest."""
    with connection.cursor() as cursor:
        cursor.execute("select access.family_overview(%s)", [child_id])
        (facts,) = cursor.fetchone()
    found: dict[str, Any] = (json.loads(facts) if isinstance(facts, str) else facts) or {}
    return found if found.get("case") == str(case_id) else {}


def _next_on(version: PlanVersion, overview: dict[str, Any]) -> date | None:
    if overview.get("state") == ProcessState.CLOSED:
        return None
    return date.fromisoformat(overview["next_on"]) if overview.get("next_on") else version.next_follow_up_on


def _next_title(overview: dict[str, Any]) -> str:
    step = overview.get("next_step") or NextStep.FOLLOW_UP
    return _("We follow up the plan") if step == NextStep.FOLLOW_UP else str(NextStep(step).label)


def _made(version: PlanVersion) -> str:
    assert version.agreed_at is not None  # noqa: S101 (only agreed versions are released to the family)
    return _("Version %(number)d, agreed on %(date)s") % {
        "number": version.no,
        "date": dates.in_words(version.agreed_at),
    }


def _now(view: PlanView, overview: dict[str, Any], actor: Actor) -> str:
    """What happens now, in at most two sentences. Of the family each has a paper of her own,
    which knows of no other's no than hers."""
    if actor.is_family and view.in_force.reason == Reason.PLAN_REFUSED:
        return _("You have said no to the plan. It is not in force before you agree.")
    if not view.in_force and overview.get("state") != ProcessState.CLOSED:
        return why(view.in_force.reason)
    what = {
        ProcessState.PLANNING: _("The plan is being changed. This version holds until there is a new one."),
        ProcessState.FOLLOW_UP: _("We follow up the plan together with you."),
        ProcessState.DORMANT: _("The work rests for now."),
        ProcessState.CLOSED: _("The work is finished."),
    }.get(overview.get("state", ""), _everyone(view))
    contact = overview.get("contact") or {}
    if overview.get("state") == ProcessState.IMPLEMENTING and contact.get("name"):
        return what + " " + _("%(name)s keeps it together.") % {"name": contact["name"]}
    return what


def _everyone(view: PlanView) -> str:
    if view.some_paused:
        return _("The plan goes on. What stands as paused waits for consent.")
    return _("Everyone does what stands in the plan.")


def _aims(view: PlanView) -> list[Aim]:
    aims = [Aim(goal.goal.text, goal.goal.sign, [_action(row) for row in goal.rows]) for goal in view.goals]
    if view.other_rows:
        others = [_action(row) for row in view.other_rows]
        aims.append(Aim(_("What we also do"), "", others, unnumbered=True))
    return aims


def _action(row: RowView) -> Action:
    insats = row.insats
    return Action(
        what=insats.what,
        who=", ".join(filter(None, (insats.contact_name, insats.contact_title))) or insats.unit_name,
        when=_when(insats),
        # Only this: how it goes otherwise changes, and the paper doesn't.
        state=str(Status.Value.PAUSED.label) if row.paused else "",
    )


def _when(insats: Insats) -> str:
    if insats.starts_on:
        return dates.period(insats.starts_on, dates.day_after(insats.due_on) if insats.due_on else None)
    return _("no later than %(date)s") % {"date": dates.in_words(insats.due_on)} if insats.due_on else ""


def _contacts(view: PlanView, first: dict[str, Any] | None) -> list[Contact]:
    """Whom to ring: first who keeps it together, then each contact as the plan names her,
    also of a row that waits: help from each can go on without consent to share."""
    rows = [row.insats for row in view.rows if row.insats.unit_id]
    units = Unit.objects.in_bulk([row.unit_id for row in rows if row.unit_id])
    found: dict[str, Contact] = {}
    if first:
        name = first.get("name") or first["unit"]
        found[name] = Contact(
            name=name,
            role=_joined(first.get("title"), first["unit"] if first.get("name") else ""),
            phone=first.get("phone") or "",
            what=first.get("does") or "",
            hours=first.get("hours") or "",
            first=True,
        )
    for row in rows:
        unit = units.get(row.unit_id) if row.unit_id else None
        name = row.contact_name or row.unit_name
        contact = Contact(
            name=name,
            role=_joined(row.contact_title, row.unit_name if row.contact_name else ""),
            phone=row.contact_phone,
            what=unit.does if unit else "",
            hours=unit.hours if unit else "",
        )
        found.setdefault(name, contact)
    return list(found.values())


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _words(version: PlanVersion, actor: Actor) -> list[Said]:
    """The child's words, where their owner shows that very version to the reader."""
    words = Version.objects.visible_to(actor).filter(pk__in=[version.child_words_id]).first()
    if words is None:
        return []
    return [Said(words.body, dates.in_words(words.happened_on))]


def _wheels(version: PlanVersion, name: str, actor: Actor) -> list[WheelView]:
    """The plan's wheel, where it is shown to the reader, with the one before it of the same
    view, where that is too."""
    visible = Version.objects.visible_to(actor).filter(case=version.case_id, kind=Entry.Kind.WHEEL)
    wheel = visible.filter(pk__in=[version.wheel_id]).first()
    if wheel is None:
        return []
    now = Wheel.of(wheel.data)
    before = (
        visible.filter(data__perspective=now.perspective.value, happened_on__lt=wheel.happened_on)
        .exclude(entry=wheel.entry_id)
        .order_by("-happened_on", "-no")
        .first()
    )
    previous = Wheel.of(before.data) if before else None
    words = words_of(one for one in (now, previous) if one)
    then = _("Last time, %(date)s") % {"date": dates.in_words(before.happened_on)} if before else ""
    return [
        WheelView(
            title=_wheel_title(now.perspective, name),
            sectors=sectors_of(now, previous, words),
            now_label=_("Latest, %(date)s") % {"date": dates.in_words(wheel.happened_on)},
            previous_label=then,
            scale=HIGHEST,
            uid=f"wheel-{now.perspective.value}",
        )
    ]


def _wheel_title(perspective: Perspective, name: str) -> str:
    return {
        Perspective.CHILD: _("The wheel as %(name)s sees it") % {"name": name},
        Perspective.GUARDIAN: _("The wheel as you at home see it"),
        Perspective.PROFESSIONAL: _("The wheel as those who work with you see it"),
    }[perspective]


def _crisis(municipality_code: str) -> list[Line]:
    """Whom to ring at once: the country's numbers and the municipality's own."""
    lines = [Line(_("SOS Alarm"), "112", _("when somebody is in danger now"))]
    municipality = Municipality.objects.filter(pk=municipality_code).first()
    if municipality:
        day, night = municipality.social_services_phone, municipality.emergency_social_phone
        lines += [
            Line(_("The social services"), day, _("on weekdays")),
            Line(_("The emergency social services"), night, _("evenings and weekends")),
        ]
    return [*lines, Line(_("Medical advice"), "1177", _("day and night"))]
