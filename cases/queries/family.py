"""What a guardian or youth may know of her child's case: where it stands, who helps,
what has been shown to her, and who has read."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Case as Choose
from django.db.models import Exists, F, OuterRef, QuerySet, TextField, Value, When, Window
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Concat, RowNumber
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from access.actor import Actor
from access.roles import Role
from cases.models import Entry, Version
from cases.rules import STEP_OF, NextStep, ProcessState, Step
from cases.wheel import Perspective

NOTES = (Entry.Kind.OBSERVATION, Entry.Kind.ASSESSMENT, Entry.Kind.NOTE)
OF_EACH = 4

# --- Where the case stands --------------------------------------------------------------


@dataclass(frozen=True)
class Helper:
    """Somebody to turn to: a person in a unit, or the unit where nobody is named."""

    name: str
    title: str
    unit: str
    does: str
    phone: str
    hours: str

    @property
    def called(self) -> str:
        """The person's name, else the unit's."""
        return self.name or self.unit

    @property
    def role(self) -> str:
        """What she is and where: BVC-sjuksköterska, BVC Lessebo."""
        return ", ".join(filter(None, (self.title, self.unit if self.name else "")))


@dataclass(frozen=True)
class FamilyOverview:
    """The process of the child's latest case, as the family may know it.

    ``missing`` says for each consent how many others have yet to answer.
    """

    case_id: uuid.UUID
    state: ProcessState
    next_step: NextStep | None
    next_on: date | None
    closed: bool
    contact: Helper | None
    helpers: list[Helper] = field(default_factory=list)
    missing: dict[uuid.UUID, int] = field(default_factory=dict)

    @property
    def step(self) -> int:
        """The step now, from 1 to 4; 5 when the work is finished."""
        if self.closed:
            return len(Step) + 1
        return list(Step).index(STEP_OF[self.state]) + 1


def family_overview(child_id: uuid.UUID, actor: Actor) -> FamilyOverview | None:
    """Where the child's latest case stands, or nothing where there is none."""
    if not actor.is_family:
        return None
    with connection.cursor() as cursor:
        cursor.execute("select access.family_overview(%s)", [child_id])
        (facts,) = cursor.fetchone()
    found: dict[str, Any] | None = json.loads(facts) if isinstance(facts, str) else facts
    if not found:
        return None
    contact = _helper(found["contact"], found["contact"]) if found["contact"] else None
    return FamilyOverview(
        case_id=uuid.UUID(found["case"]),
        state=ProcessState(found["state"]),
        next_step=NextStep(found["next_step"]) if found["next_step"] else None,
        next_on=date.fromisoformat(found["next_on"]) if found["next_on"] else None,
        closed=found["closed_at"] is not None,
        contact=contact,
        helpers=[helper for helper in _helpers(found["helpers"]) if helper != contact],
        missing={uuid.UUID(consent): people for consent, people in found["missing_people"].items()},
    )


def _helpers(units: list[dict[str, Any]]) -> list[Helper]:
    """Each person of each unit; a unit where nobody is named stands for itself."""
    ordered = sorted(units, key=lambda unit: str(unit["unit"]))
    return [_helper(person, unit) for unit in ordered for person in unit["people"] or [{}]]


def _helper(person: dict[str, Any], unit: dict[str, Any]) -> Helper:
    return Helper(
        name=person.get("name") or "",
        title=person.get("title") or "",
        unit=unit["unit"],
        does=unit["does"],
        phone=person.get("phone") or unit["phone"],
        hours=unit["hours"],
    )


# --- What has been shown ----------------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """The newest few of what the owners show to the actor, of each kind.

    ``wheels`` holds for each view the latest and the one before it.
    """

    notes: list[Version]
    words: list[Version]
    wheels: list[tuple[Version, Version | None]]


def shown_to_family(child_id: uuid.UUID, actor: Actor) -> Shown:
    """The newest few of each kind, in one statement however many there are.

    A wheel is laid over the one before it of the same view: the child's, one
    guardian's, or one unit's.
    """
    perspective = KT("data__perspective")
    view = Choose(
        When(data__perspective=Perspective.PROFESSIONAL, then=Cast("owner_unit", TextField())),
        default=Coalesce(KT("data__speaker"), Value(""), output_field=TextField()),
    )
    of_kind = Choose(
        When(kind__in=NOTES, then=Value("note")),
        When(
            kind=Entry.Kind.WHEEL,
            then=Concat(Value("wheel-"), perspective, Value("-"), view, output_field=TextField()),
        ),
        default=Cast("kind", TextField()),
        output_field=TextField(),
    )
    ranked = (
        _newest(child_id, actor)
        .annotate(of_kind=of_kind)
        .annotate(
            rank=Window(
                RowNumber(),
                partition_by=[F("of_kind")],
                order_by=[F("happened_on").desc(), F("written_at").desc()],
            )
        )
    )
    found: dict[str, list[Version]] = {}
    for version in ranked.filter(rank__lte=OF_EACH).order_by("rank"):
        found.setdefault(version.of_kind, []).append(version)
    wheels = [versions for kind, versions in sorted(found.items()) if kind.startswith("wheel-")]
    return Shown(
        notes=found.get("note", []),
        words=found.get(Entry.Kind.CHILD_WORDS.value, []),
        wheels=[(series[0], series[1] if len(series) > 1 else None) for series in wheels],
    )


def notes_shown(child_id: uuid.UUID, actor: Actor, *, first: int, most: int) -> list[Version]:
    """Some of the notes that are shown to the actor, latest first."""
    return list(
        _newest(child_id, actor)
        .filter(kind__in=NOTES)
        .order_by("-happened_on", "-written_at", "pk")[first : first + most]
    )


def note_shown(version_id: uuid.UUID, child_id: uuid.UUID, actor: Actor) -> Version | None:
    """One note that is shown to the actor now."""
    visible: QuerySet[Version] = Version.objects.visible_to(actor)
    return visible.filter(pk=version_id, case__child=child_id, kind__in=NOTES).first()


def _newest(child_id: uuid.UUID, actor: Actor) -> QuerySet[Version]:
    """Of each entry the newest version that is shown to the actor."""
    visible: QuerySet[Version] = Version.objects.visible_to(actor)
    newer = visible.filter(entry=OuterRef("entry"), no__gt=OuterRef("no"))
    return visible.filter(~Exists(newer), case__child=child_id)


# --- Who has read -----------------------------------------------------------------------

OPENED = _("opened the child's page")

# What a page's reading is called for the family; whatever isn't here is OPENED.
READINGS: dict[str, str | Promise] = {
    "opened_case": OPENED,
    "opened_head": _("saw that there is a case, not what is written in it"),
    "opened_as_lead": _("opened the child's page as head of the unit"),
    "opened_events": _("read the list of what has been written"),
    "opened_wheels": _("looked at the wheel"),
    "opened_wheel": _("looked at the wheel"),
    "opened_plan": _("read the plan"),
    "opened_plan_draft": _("read a draft of the plan"),
    "opened_follow_up": _("read the follow-up of the plan"),
    "opened_consents": _("looked at your answers about consent"),
    "opened_consent": _("looked at your answers about consent"),
    "opened_people": _("looked up who helps the child"),
    "opened_sharing": _("looked up who may see what"),
    "opened_log": _("looked at the log of the case"),
    "opened_signal": _("read why the child was noticed"),
}
# To the youth herself: her own page, her own answers.
READINGS_TO_YOUTH: dict[str, str | Promise] = {
    "opened_case": pgettext_lazy("youth", "opened your page"),
    "opened_as_lead": pgettext_lazy("youth", "opened your page as head of the unit"),
    "opened_consents": pgettext_lazy("youth", "looked at your answers about consent"),
    "opened_consent": pgettext_lazy("youth", "looked at your answers about consent"),
    "opened_people": pgettext_lazy("youth", "looked up who helps you"),
    "opened_signal": pgettext_lazy("youth", "read why you were noticed"),
    "opened_entry": pgettext_lazy("youth", "read a note that you can read too"),
}
# What names a note does so only where the reader may know the note.
READINGS_OF_A_NOTE = {"opened_entry": _("read a note that you can read too")}

READERS: dict[str, str | Promise] = {
    Role.CASEWORKER: _("staff"),
    Role.LEAD: _("head of the unit"),
}

_READINGS_BY_DAY = """
select (r.at at time zone 'Europe/Stockholm')::date as day, r.unit, r.role, r.title, r.action, r.shown, r.purpose,
       count(*), max(r.at)
from access.reads_of_child(%s) r
group by 1, 2, 3, 4, 5, 6, 7
order by 1 desc, 9 desc, 2, 4, 5
limit %s offset %s
"""


@dataclass(frozen=True)
class Reading:
    """What one kind of reader of one unit opened on one day, and how many times."""

    day: date
    unit: str
    reader: str
    what: str
    purpose: str
    times: int
    last_at: datetime


@dataclass(frozen=True)
class Readings:
    """Some of the readings, and whether there are older ones."""

    rows: list[Reading] = field(default_factory=list)
    more: bool = False


def readings_of(child_id: uuid.UUID, actor: Actor, *, first: int = 0, most: int = 50) -> Readings:
    """Who has opened what about the child, latest day first, her own reading not counted."""
    if not actor.is_family:
        return Readings()
    with connection.cursor() as cursor:
        cursor.execute(_READINGS_BY_DAY, [child_id, most + 1, first])
        rows = cursor.fetchall()
    found: dict[tuple[object, ...], Reading] = {}
    for day, unit, role, title, action, shown, purpose, times, last_at in rows[:most]:
        reader = title or str(READERS.get(role, role))
        what = str(_what(action, shown=shown, to_youth=actor.child_id == child_id))
        key = (day, unit, reader, what, purpose)
        before = found[key].times if key in found else 0
        found[key] = Reading(*key, times + before, last_at)
    return Readings(list(found.values()), more=len(rows) > most)


def _what(action: str, *, shown: bool, to_youth: bool) -> str | Promise:
    if not shown and action in READINGS_OF_A_NOTE:
        action = "opened_case"
    if to_youth:
        known = READINGS_TO_YOUTH if action in READINGS_TO_YOUTH else READINGS
        return known.get(action, READINGS_TO_YOUTH["opened_case"])
    return {**READINGS, **READINGS_OF_A_NOTE}.get(action, OPENED)
