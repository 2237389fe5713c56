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
from django.db.models import F, QuerySet, TextField, Value, When, Window
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Concat, RowNumber

from access.actor import Actor
from access.whom import Whom
from cases.models import Entry, Meeting, Version
from cases.process import STEP_OF
from cases.rules import NextStep, ProcessState, Step
from cases.wheel import Perspective
from kit.arrays import found_by
from kit.dates import as_day

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
class Handed:
    """That a case went from one unit to another, and when."""

    on: date
    kind: str
    one: str
    other: str

    @classmethod
    def of(cls, row: dict[str, Any]) -> Handed:
        """The same, from what the database says."""
        return cls(as_day(datetime.fromisoformat(row["at"])), row["kind"], row["from"], row["to"])


@dataclass(frozen=True)
class FamilyMeeting:
    """A meeting that the one of the family is invited to, from today on."""

    state: str
    purpose: str
    times: list[datetime]
    form: str
    place: str
    interpreter: str
    interpreter_booked: bool
    units: list[str]

    @classmethod
    def of(cls, row: dict[str, Any]) -> FamilyMeeting:
        """The same, from what the database says."""
        times = [row["starts_at"]] if row["starts_at"] else row["proposed"]
        return cls(
            row["state"],
            row["purpose_text"] or str(Meeting.Purpose(row["purpose"]).label),
            [datetime.fromisoformat(time) for time in times],
            row["form"],
            row["place"],
            row["interpreter"],
            row["interpreter_booked"],
            list(row["units"]),
        )

    @property
    def is_settled(self) -> bool:
        """There is one time, and it holds."""
        return self.state == Meeting.State.BOOKED

    @property
    def is_cancelled(self) -> bool:
        """It will not be held."""
        return self.state == Meeting.State.CANCELLED


@dataclass(frozen=True)
class FamilyOverview:
    """The process of the child's latest case, as the family may know it."""

    case_id: uuid.UUID
    state: ProcessState
    next_step: NextStep | None
    next_on: date | None
    closed: bool
    contact: Helper | None
    helpers: list[Helper] = field(default_factory=list)
    # Who is responsible, where the contact only holds the work together.
    responsible: str = ""
    handed: list[Handed] = field(default_factory=list)
    meetings: list[FamilyMeeting] = field(default_factory=list)

    @property
    def step(self) -> int:
        """The step now, from 1 to 4; 5 when the work is finished."""
        if self.closed:
            return len(Step) + 1
        return list(Step).index(STEP_OF[self.state]) + 1

    @property
    def step_now(self) -> Step | None:
        """The same as the step itself; ``None`` when the work is finished."""
        return None if self.closed else STEP_OF[self.state]


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
        responsible=", ".join(filter(None, (found["responsible"]["name"], found["responsible"]["unit"])))
        if found["responsible"]
        else "",
        handed=[Handed.of(row) for row in found["handed"]],
        meetings=[FamilyMeeting.of(row) for row in found["meetings"]],
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


def shown_to_family(child_id: uuid.UUID, actor: Actor, *, whom: Whom | None = None) -> Shown:
    """The newest few of each kind, in one statement however many there are; with ``whom``,
    what she is shown of what the actor may read.

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
        _newest(child_id, actor, whom)
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


def notes_shown(
    child_id: uuid.UUID, actor: Actor, *, first: int, most: int, whom: Whom | None = None
) -> list[Version]:
    """Some of the notes that are shown to the actor, or to ``whom`` of them, latest first."""
    return list(
        _newest(child_id, actor, whom)
        .filter(kind__in=NOTES)
        .order_by("-happened_on", "-written_at", "pk")[first : first + most]
    )


def note_shown(version_id: uuid.UUID, child_id: uuid.UUID, actor: Actor) -> Version | None:
    """One note that is shown to the actor now."""
    visible: QuerySet[Version] = Version.objects.visible_to(actor)
    return visible.filter(pk=version_id, case__child=child_id, kind__in=NOTES).first()


def _newest(child_id: uuid.UUID, actor: Actor, whom: Whom | None = None) -> QuerySet[Version]:
    """Of each entry the newest version that is shown to the actor, and to ``whom``."""
    visible = Version.objects.visible_to(actor)
    if whom is not None:
        visible = visible.visible_to(whom)
    newest = visible.filter(case__child=child_id).newest_of_each()
    return Version.objects.filter(found_by("pk", newest.values("pk")))


@dataclass(frozen=True)
class Received:
    """That the child's own words have been received: when the latest were, and who reads them."""

    on: date
    units: list[str]


def words_received(child_id: uuid.UUID, actor: Actor) -> Received | None:
    """Of the child's own words and wheels that she does not see here herself, that they have
    come; for nobody else. Nothing of what they say (OSL 12:3)."""
    if actor.child_id != child_id:
        return None
    with connection.cursor() as cursor:
        cursor.execute("select access.my_words_received(%s)", [child_id])
        (facts,) = cursor.fetchone()
    found = json.loads(facts) if isinstance(facts, str) else facts
    return Received(date.fromisoformat(found["on"]), list(found["units"])) if found else None
