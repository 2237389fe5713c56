"""What has been written about a child, as far as an actor may read it."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery

from access.actor import Actor
from access.clock import access_at
from access.law import Second
from access.permissions import Permission
from access.roles import has_permission
from access.whom import Whom
from cases.models import Case, Disclosure, Entry, Version
from cases.rules import Outcome
from kit.arrays import found_by

PAGE = 25
# So long a refusal stands among what waits for the one who wanted to show it.
TOLD_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Event:
    """The newest version of an entry that the actor may read.

    ``shown`` are the disclosures in force that she may know of: for what her own
    unit wrote, to whom; for what others wrote, to her unit. ``left_behind``
    counts recipients who still have an older version.
    """

    version: Version
    mine: bool
    shown: tuple[Disclosure, ...]
    left_behind: bool = False

    @property
    def address(self) -> str:
        """Where it is read in full."""
        return f"/barn/{self.version.case_id}/anteckning/{self.version.entry_id}/"


@dataclass(frozen=True)
class Events:
    """A page of events and the key of the next, or ``None``."""

    events: list[Event]
    following: uuid.UUID | None = None


@dataclass(frozen=True)
class Narrowed:
    """Which events are asked for: of a kind, of a unit, from one day through another."""

    kind: str = ""
    unit: uuid.UUID | None = None
    first: date | None = None
    last: date | None = None

    @property
    def period(self) -> Q:
        """The condition on the day that something happened."""
        begins = Q(happened_on__gte=self.first) if self.first else Q()
        return begins & Q(happened_on__lte=self.last) if self.last else begins

    @property
    def condition(self) -> Q:
        """All that is asked for."""
        wanted = self.period
        if self.kind:
            wanted &= Q(kind=self.kind)
        return wanted & Q(owner_unit=self.unit) if self.unit else wanted

    def holds(self, day: date) -> bool:
        """Whether a day lies in the period."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Tally:
    """How many events of one kind and one unit an actor may read, and how many of them in a period."""

    kind: str
    unit: uuid.UUID
    unit_name: str
    count: int
    in_period: int


def tally_of(case: Case, actor: Actor, narrowed: Narrowed) -> list[Tally]:
    """What there is to choose among, counted over the rows that the actor reads and no others:
    one statement."""
    rows = (
        newest_versions(case, actor)
        .order_by()
        .values("kind", "owner_unit")
        .annotate(
            name=Max("unit_name"), count=Count("pk"), in_period=Count("pk", filter=narrowed.period or None)
        )
    )
    return [
        Tally(row["kind"], row["owner_unit"], row["name"], row["count"], row["in_period"]) for row in rows
    ]


def events_of(
    case: Case,
    actor: Actor,
    *,
    narrowed: Narrowed | None = None,
    marks: bool = True,
    before: uuid.UUID | None = None,
    most: int = PAGE,
    whom: Whom | None = None,
) -> Events:
    """The newest visible version of each entry, latest first: two statements, one
    more with ``before``, the last version of the page before.

    Without ``marks`` nothing says to whom anything is shown: a unit that keeps
    only its own entries sees no trace of others. With ``whom`` it is what she sees of that.
    """
    versions = newest_versions(case, actor, whom=whom)
    if narrowed is not None:
        versions = versions.filter(narrowed.condition)
    if before is not None:
        versions = _earlier(versions, before, case, actor)
    found = list(versions.order_by("-happened_on", "-written_at", "-pk")[: most + 1])
    shown = found[:most]
    following = shown[-1].pk if len(found) > most else None
    rows = _disclosures(shown, case, actor) if marks else []
    return Events(_events(shown, rows, whom or actor), following)


def day_of(version_id: uuid.UUID | None, case: Case, actor: Actor) -> date | None:
    """The day of a version that the actor may read: where a page before ended."""
    if version_id is None:
        return None
    found = Version.objects.visible_to(actor).filter(case=case, pk=version_id).first()
    return found.happened_on if found else None


def newest_versions(case: Case, actor: Actor, *, whom: Whom | None = None) -> QuerySet[Version]:
    """Of each entry the newest version that the actor may read; with ``whom``, that both may."""
    visible = Version.objects.visible_to(actor).filter(case=case)
    if whom is not None:
        visible = visible.visible_to(whom)
    return Version.objects.filter(found_by("pk", visible.newest_of_each().values("pk")))


def latest_of_kinds(case: Case, actor: Actor) -> dict[str, Version]:
    """The latest adult wheel (of one day the professional's) and the latest of the
    child's own words: one statement."""
    adult = Q(kind=Entry.Kind.WHEEL, data__perspective__in=("professional", "guardian"))
    found = (
        newest_versions(case, actor)
        .filter(adult | Q(kind=Entry.Kind.CHILD_WORDS))
        .order_by("kind", "-happened_on", "-data__perspective", "-written_at")
        .distinct("kind")
    )
    return {version.kind: version for version in found}


def notes_asking(actor: Actor, *, case: Case | None = None, most: int = 50) -> list[Version]:
    """The unit's own notes that ask something of the actor, in one statement: newest versions
    that lack a recipient whom an older one still is shown to, so that the correction has not
    reached everybody; those that a colleague wants to show and the actor can sign, whose
    ``to_sign`` is that disclosure; and those that she wanted to show and a colleague said no to,
    which are ``declined``. Of open cases only: in a closed one nothing more is shown."""
    if not actor.is_staff:
        return []
    newer = Version.objects.filter(entry=OuterRef("entry"), no__gt=OuterRef("no"))
    versions: QuerySet[Version] = Version.objects.written_by_unit_of(actor)
    if case is not None:
        versions = versions.filter(case=case)
    waiting = signable(actor).filter(version=OuterRef("pk")).order_by("decided_at")
    corrected = Q(no__gt=1) & ~Exists(newer) & Exists(_left_behind())
    declined = Q(pk__in=declined_to(actor).values("version"))
    return list(
        versions.filter(case__in=Case.objects.worked_on_by(actor), case__process__closed_at__isnull=True)
        .annotate(to_sign=Subquery(waiting.values("pk")[:1]), declined=declined)
        .filter(corrected | Q(to_sign__isnull=False) | declined)
        .select_related("case__child")
        .order_by("written_at")[:most]
    )


def signable(actor: Actor) -> QuerySet[Disclosure]:
    """What the actor's unit has decided to show and she may sign: unsigned, decided by another,
    and asking for no lawyer unless she is one."""
    waiting = (
        Disclosure.objects.filter(owner_unit=actor.unit_id, valid__isempty=True, signed_at__isnull=True)
        .filter(ends_at__gt=access_at())
        .exclude(second="")
        .exclude(outcome=Outcome.REFUSED)
        .exclude(decided_by=actor.account_id)
    )
    if has_permission(actor.role, Permission.SIGN_AS_LAWYER):
        return waiting
    return waiting.exclude(second=Second.LAWYER.value)


def declined_to(actor: Actor) -> QuerySet[Disclosure]:
    """What the actor decided to show and a colleague said no to: for so long that she has read why,
    or until she has decided anew for the same recipient."""
    same = (
        Q(to_unit=OuterRef("to_unit"))
        | Q(to_guardian=OuterRef("to_guardian"))
        | Q(to_child=OuterRef("to_child"))
    )
    anew = Disclosure.objects.filter(
        same, version__entry=OuterRef("version__entry"), decided_at__gt=OuterRef("signed_at")
    )
    return Disclosure.objects.filter(
        ~Exists(anew),
        owner_unit=actor.unit_id,
        decided_by=actor.account_id,
        outcome=Outcome.REFUSED,
        signed_by__isnull=False,
        signed_at__gt=actor.at - TOLD_FOR,
    )


def _left_behind() -> QuerySet[Disclosure]:
    """Disclosures in force of an older version, whose recipient lacks the outer one."""
    same = Disclosure.objects.filter(
        Q(to_unit=OuterRef("to_unit"))
        | Q(to_guardian=OuterRef("to_guardian"))
        | Q(to_child=OuterRef("to_child")),
        version=OuterRef(OuterRef("pk")),
        valid__contains=access_at(),
    )
    return Disclosure.objects.filter(
        version__entry=OuterRef("entry"),
        version__no__lt=OuterRef("no"),
        valid__contains=access_at(),
    ).filter(~Exists(same))


def _earlier(versions: QuerySet[Version], before: uuid.UUID, case: Case, actor: Actor) -> QuerySet[Version]:
    """Those before a version; from the start where it is no longer readable."""
    last = Version.objects.visible_to(actor).filter(case=case, pk=before).first()
    if last is None:
        return versions
    return versions.filter(
        Q(happened_on__lt=last.happened_on)
        | Q(happened_on=last.happened_on, written_at__lt=last.written_at)
        | Q(happened_on=last.happened_on, written_at=last.written_at, pk__lt=last.pk)
    )


def _disclosures(versions: list[Version], case: Case, actor: Actor) -> QuerySet[Disclosure]:
    """The disclosures in force of the versions' entries that the actor may know of."""
    return (
        Disclosure.objects.filter(
            Q(owner_unit=actor.unit_id) | Q(to_unit=actor.unit_id),
            version__entry__in=[version.entry_id for version in versions],
            case=case,
            valid__contains=access_at(),
        )
        .select_related("version", "to_unit", "to_guardian")
        .order_by("decided_at")
    )


def _events(versions: list[Version], rows: Iterable[Disclosure], actor: Whom) -> list[Event]:
    of_entry: dict[uuid.UUID, list[Disclosure]] = defaultdict(list)
    for row in rows:
        of_entry[row.version.entry_id].append(row)
    return [_event(version, of_entry[version.entry_id], actor) for version in versions]


def _event(version: Version, rows: list[Disclosure], actor: Whom) -> Event:
    mine = version.owner_unit_id == actor.unit_id
    current = tuple(row for row in rows if row.version_id == version.pk)
    have = {_recipient(row) for row in current}
    behind = mine and any(_recipient(row) not in have for row in rows)
    return Event(version, mine, current, behind)


def _recipient(row: Disclosure) -> object:
    return row.to_unit_id or row.to_guardian_id or row.to_child_id
