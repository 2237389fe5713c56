"""Who is shown what: of one entry, and of a whole case."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from access.actor import Actor
from access.clock import access_at
from access.policy import Decision
from access.reasons import Reason
from cases.models import Case, Disclosure, Entry, Version
from cases.queries.audience import Around, Audience, Content
from cases.queries.timeline import newest_versions

PAGE = 20

Recipient = tuple[str, uuid.UUID]  # "unit", "guardian" or "child", and its id


@dataclass(frozen=True)
class Shown:
    """Somebody who is shown an entry now: which version, since when, until when."""

    recipient: Recipient
    name: str
    disclosure_id: uuid.UUID
    version_no: int
    newest: bool
    since: datetime
    until: datetime | None
    basis: str


def shown_now(version: Version, actor: Actor) -> list[Shown]:
    """Who reads the entry whose newest version this is: each recipient once, with
    the newest version that she has."""
    rows = _open_disclosures(actor, version.case_id).filter(version__entry=version.entry_id)
    return list(_newest_for_each(rows, {version.entry_id: version.no})[version.entry_id].values())


def shown_by(version: Version, actor: Actor) -> dict[str, str]:
    """By what the actor reads a version that is not her unit's: the disclosure and its basis, for
    the audit; empty for what is her unit's own."""
    if actor.unit_id is not None and version.owner_unit_id == actor.unit_id:
        return {}
    to_her = Q(to_unit=actor.unit_id) if actor.unit_id else Q(pk__in=[])
    if actor.guardian_id:
        to_her |= Q(to_guardian=actor.guardian_id)
    if actor.child_id:
        to_her |= Q(to_child=actor.child_id)
    found = Disclosure.objects.filter(to_her, version=version, valid__contains=access_at()).first()
    return {"basis": found.basis, "disclosure": str(found.pk)} if found else {}


def former_audience(version: Version, actor: Actor) -> Audience:
    """Those who are shown some version of the entry now."""
    recipients = [shown.recipient for shown in shown_now(version, actor)]
    return Audience(
        units=frozenset(pk for kind, pk in recipients if kind == "unit"),
        guardians=frozenset(pk for kind, pk in recipients if kind == "guardian"),
        to_child=any(kind == "child" for kind, _ in recipients),
    )


def own_disclosure(
    case_id: uuid.UUID, entry_id: uuid.UUID, disclosure_id: uuid.UUID, actor: Actor
) -> Disclosure | None:
    """A disclosure in force that the actor's unit made of this entry."""
    return (
        _open_disclosures(actor, case_id)
        .filter(version__entry=entry_id, pk=disclosure_id)
        .select_related("case")
        .first()
    )


def name_of(disclosure: Disclosure) -> str:
    """Who is shown it; without a name where the reader's unit is not told who the family are."""
    if disclosure.to_unit:
        return disclosure.to_unit.name
    person = disclosure.to_guardian or disclosure.to_child
    if person:
        return person.name
    return _("A guardian") if disclosure.to_guardian_id else _("The child")


# --- Before showing -----------------------------------------------------------------


@dataclass(frozen=True)
class Candidate:
    """Somebody around the child: what the policy says of showing her a version, and
    what she has of the entry already."""

    recipient: Recipient
    name: str
    people: tuple[str, ...]
    decision: Decision
    has: Shown | None

    @property
    def has_newest(self) -> bool:
        """Nothing more to show."""
        return self.has is not None and self.has.newest


def candidates(version: Version, nearby: Around, shown: list[Shown]) -> list[Candidate]:
    """Everybody around the child, each judged as if the child had been asked and all
    guardians were shown it too."""
    has = {one.recipient: one for one in shown}
    content, guardians = Content.of(version), frozenset(nearby.guardians)
    return [
        Candidate(
            column.recipient,
            column.name,
            column.people,
            decide(column.recipient, content, nearby, guardians),
            has.get(column.recipient),
        )
        for column in columns_of(nearby)
    ]


def refusal(version: Version, audience: Audience, nearby: Around, shown: list[Shown]) -> Reason | None:
    """Why the audience can't be shown the version, or nothing."""
    content = Content.of(version)
    guardians = audience.guardians | {pk for (kind, pk) in (s.recipient for s in shown) if kind == "guardian"}
    decisions = [nearby.unit_share(pk, content).decision for pk in audience.units]
    decisions += [
        nearby.guardian_share(pk, content, child_asked=audience.child_asked) for pk in audience.guardians
    ]
    if audience.to_child:
        decisions.append(nearby.child_share(content, with_guardians=guardians))
    return next((decision.reason for decision in decisions if not decision), None)


# --- Vem ser vad --------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    """A unit of the team or a person of the family."""

    recipient: Recipient
    name: str
    role: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cell:
    """``sees``: ``newest``, ``older`` or ``no``."""

    column: Column
    sees: str
    until: datetime | None = None
    reason: Reason | None = None
    disclosure_id: uuid.UUID | None = None
    by_consent: bool = True


@dataclass(frozen=True)
class Row:
    """One entry, and how it stands to each column; of others' only they know."""

    version: Version
    mine: bool
    shown_at: datetime | None
    cells: list[Cell] = field(default_factory=list)


@dataclass(frozen=True)
class Sight:
    """A page of *vem ser vad*; ``older`` names the entry after which the next page begins."""

    columns: list[Column]
    rows: list[Row]
    older: uuid.UUID | None


def who_sees_what(nearby: Around, *, after: uuid.UUID | None = None) -> Sight:
    """The entries that the actor may see, newest first, and who else is shown each:
    of her own unit's all recipients, of others' only her own unit."""
    case, actor = nearby.case, nearby.actor
    versions = _page(case, actor, after)
    shown = _newest_for_each(
        _open_disclosures(actor, case.pk).filter(version__entry__in=[v.entry_id for v in versions]),
        {v.entry_id: v.no for v in versions},
    )
    received = _received(case, actor, versions)
    columns = columns_of(nearby)
    columns += _shown_besides(columns, shown)
    rows = [
        Row(v, True, None, [_cell(c, v, shown[v.entry_id], nearby) for c in columns])
        if v.owner_unit_id == actor.unit_id
        else Row(v, False, received.get(v.pk))
        for v in versions[:PAGE]
    ]
    return Sight(columns, rows, versions[PAGE - 1].entry_id if len(versions) > PAGE else None)


def columns_of(nearby: Around) -> list[Column]:
    """Everybody around the child whom the actor knows of: units, guardians, and the youth."""
    columns = [
        Column(("unit", unit.unit_id), unit.name, people=tuple(f"{p.name}, {p.title}" for p in unit.people))
        for unit in nearby.units
    ]
    columns += [Column(("guardian", pk), row.name, "guardian") for pk, row in nearby.guardians.items()]
    if nearby.youth_reads and (nearby.guardians or nearby.actor.unit_kind):
        child = nearby.case.child
        columns.append(Column(("child", child.pk), child.name, "child"))
    return columns


def _shown_besides(columns: list[Column], shown: dict[uuid.UUID, dict[Recipient, Shown]]) -> list[Column]:
    """Whoever is shown something without being of the team: a unit, on another ground than consent."""
    known = {column.recipient for column in columns}
    besides = {r: one.name for of_entry in shown.values() for r, one in of_entry.items() if r not in known}
    return [Column(recipient, name) for recipient, name in sorted(besides.items(), key=lambda item: item[1])]


def _cell(column: Column, version: Version, shown: dict[Recipient, Shown], nearby: Around) -> Cell:
    have = shown.get(column.recipient)
    if have:
        sees = "newest" if have.newest else "older"
        return Cell(
            column,
            sees,
            have.until,
            disclosure_id=have.disclosure_id,
            by_consent=have.basis == Disclosure.BY_CONSENT,
        )
    guardians = frozenset(nearby.guardians)
    decision = decide(column.recipient, Content.of(version), nearby, guardians)
    return Cell(column, "no", reason=None if decision else decision.reason)


def decide(
    recipient: Recipient, content: Content, nearby: Around, guardians: frozenset[uuid.UUID]
) -> Decision:
    """Whether somebody may be shown a version that these guardians see, as if the child
    had been asked."""
    kind, pk = recipient
    if kind == "unit":
        return nearby.unit_share(pk, content).decision
    if kind == "guardian":
        return nearby.guardian_share(pk, content, child_asked=True)
    return nearby.child_share(content, with_guardians=guardians)


def _page(case: Case, actor: Actor, after: uuid.UUID | None) -> list[Version]:
    """The newest visible version of each entry, newest entry first, one more than a page."""
    newest = newest_versions(case, actor)
    if after:
        edge = Entry.objects.filter(pk=after, case=case)
        newest = newest.filter(
            Q(entry__created_at__lt=Subquery(edge.values("created_at")))
            | Q(entry__created_at=Subquery(edge.values("created_at")), entry__lt=after)
        )
    return list(
        newest.select_related("entry").defer("body").order_by("-entry__created_at", "-entry")[: PAGE + 1]
    )


def _received(case: Case, actor: Actor, versions: list[Version]) -> dict[Any, datetime]:
    """When each version was shown to the actor's unit."""
    return dict(
        Disclosure.objects.filter(
            case=case, to_unit=actor.unit_id, version__in=versions, valid__contains=access_at()
        ).values_list("version", "decided_at")
    )


# --- What both read -----------------------------------------------------------------


def _open_disclosures(actor: Actor, case_id: uuid.UUID | None = None) -> QuerySet[Disclosure]:
    """Disclosures in force that the actor's unit made."""
    rows = Disclosure.objects.filter(owner_unit=actor.unit_id, valid__contains=access_at())
    if case_id:
        rows = rows.filter(case=case_id)
    return rows.select_related("version", "to_unit", "to_guardian", "to_child").defer(
        "version__body", "version__data"
    )


def _newest_for_each(
    rows: QuerySet[Disclosure], newest: dict[uuid.UUID, int]
) -> dict[uuid.UUID, dict[Recipient, Shown]]:
    """By entry and recipient, the newest version that each is shown."""
    found: dict[uuid.UUID, dict[Recipient, Shown]] = defaultdict(dict)
    for row in rows.order_by("version__no", "decided_at"):
        entry_id = row.version.entry_id
        recipient = _recipient(row)
        found[entry_id][recipient] = Shown(
            recipient,
            name_of(row),
            row.pk,
            row.version.no,
            row.version.no == newest[entry_id],
            row.decided_at,
            row.valid.upper,
            row.basis,
        )
    return found


def _recipient(row: Disclosure) -> Recipient:
    if row.to_unit_id:
        return "unit", row.to_unit_id
    if row.to_guardian_id:
        return "guardian", row.to_guardian_id
    assert row.to_child_id is not None  # noqa: S101 (the table's own constraint)
    return "child", row.to_child_id
