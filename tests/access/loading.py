"""Writes a drawn small world into the database, beside the cast of tests/worlds."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Permission
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from access.actor import FAMILY_HAT
from agencies.models import Membership
from cases.models import Assignment, Case, Disclosure, Entry, Hiding, Participation, Process, Version
from consent.models import Answer, Consent, Scope
from kit.dates import as_day
from people.models import Account, Child, Guardian, Guardianship
from plans.models import Citation, Goal, Insats, Plan, PlanVersion, Release, Status
from tests.access.loading_circles import load_circles
from tests.access.oracle import THE_CHILD, Hat, Key
from tests.access.small_worlds import CASES, GUARDIANS, STAFF, Days, SmallWorld, born_on, in_force, instant
from tests.database import as_loader
from tests.worlds import World


@dataclass(frozen=True)
class Acting:
    """How a person signs in, and what she then is."""

    account: uuid.UUID | None
    membership: uuid.UUID | None
    hat: Hat


@dataclass
class Loaded:
    """A drawn world in the database: its rows by the oracle's keys."""

    drawn: SmallWorld
    cast: World
    at: datetime
    rows: dict[Key, Any] = field(default_factory=dict)
    people: dict[str, Account] = field(default_factory=dict)
    guardians: dict[int, Guardian] = field(default_factory=dict)
    children: dict[int, Child] = field(default_factory=dict)
    consents: dict[int, Consent] = field(default_factory=dict)
    answers: dict[tuple[int, int], Answer] = field(default_factory=dict)  # scope, person
    memberships: list[Membership] = field(default_factory=list)

    def hats(self) -> list[Acting]:
        """Everybody in each of her hats, in none that she named, and nobody."""
        acting = [Acting(None, None, Hat())]
        for person in STAFF:
            account = self.people[f"staff{person}"].pk
            choices = [
                m.pk
                for m, d in zip(self.memberships, self.drawn.memberships, strict=True)
                if d.person == person
            ]
            acting += [
                Acting(account, chosen, self._staff_hat(person, chosen)) for chosen in (*choices, None)
            ]
        youth = 1 if self.drawn.youth_days >= 0 else None
        both = self.drawn.youth_has_child
        for guardian, row in self.guardians.items():
            hat = Hat(guardian=guardian, youth=youth if both and guardian == 1 else None)
            acting.append(Acting(row.account_id, FAMILY_HAT, hat))
        acting.append(Acting(self.people["youth"].pk, None, Hat(guardian=1 if both else None, youth=youth)))
        return acting

    def _staff_hat(self, person: int, chosen: uuid.UUID | None) -> Hat:
        """The membership she chose if it is in force, else her first; without any, the family's hat."""
        current = [
            (m.pk, d)
            for m, d in zip(self.memberships, self.drawn.memberships, strict=True)
            if d.person == person and in_force(d.valid)
        ]
        current.sort(key=lambda pair: (pair[0] != chosen, pair[1].valid[0], pair[0]))
        if not current:
            return Hat(guardian=0) if person == 0 and self.drawn.guardian_works else Hat()
        membership = current[0][1]
        if membership.role not in ("caseworker", "lead"):
            return Hat(person=person)
        return Hat(person=person, unit=membership.unit, leads=membership.role == "lead")

    def period(self, valid: Days) -> DateTimeTZRange:
        """The drawn period as the database keeps it."""
        return DateTimeTZRange(instant(self.at, valid[0]), instant(self.at, valid[1]))


def load(drawn: SmallWorld, cast: World) -> Loaded:
    """Write it all, as the loader."""
    loaded = Loaded(drawn, cast, cast.at)
    with as_loader():
        _people(loaded)
        _cases(loaded)
        load_circles(loaded)
        _entries(loaded)
        _plans(loaded)
    return loaded


def _people(to: Loaded) -> None:
    names = [*(f"staff{n}" for n in STAFF), *(f"guardian{n}" for n in GUARDIANS), "youth"]
    to.people = {name: Account(username=f"{name}-{uuid.uuid4().hex[:8]}") for name in names}
    Account.objects.bulk_create(to.people.values())
    if to.drawn.guardian_works:
        to.people["guardian0"] = to.people["staff0"]
    if to.drawn.youth_has_child:
        to.people["guardian1"] = to.people["youth"]
    to.guardians = {n: Guardian(account=to.people[f"guardian{n}"], given_name="G") for n in GUARDIANS}
    Guardian.objects.bulk_create(to.guardians.values())
    born = born_on(to.drawn, as_day(to.at))
    to.children = {
        n: Child(
            reserve_number=uuid.uuid4().hex[:16],
            given_name="Barn",
            born_on=born[n],
            municipality_code="0761",
            account=to.people["youth"] if n == 1 else None,
        )
        for n in CASES
    }
    Child.objects.bulk_create(to.children.values())
    Guardianship.objects.bulk_create(
        Guardianship(
            child=to.children[c.child],
            guardian=to.guardians[c.guardian],
            source="court",
            contested=c.contested,
            valid=to.period(c.valid),
        )
        for c in to.drawn.custodies
    )
    to.memberships = [
        Membership(
            account=to.people[f"staff{m.person}"],
            unit=to.cast.units[m.unit],
            role=m.role,
            title="handläggare",
            valid=to.period(m.valid),
        )
        for m in to.drawn.memberships
    ]
    Membership.objects.bulk_create(to.memberships)


def _cases(to: Loaded) -> None:
    unit, drawn = to.cast.units, to.drawn
    cases = [Case(child=to.children[n], opened_at=to.at) for n in CASES]
    Case.objects.bulk_create(cases)
    to.rows |= {("case", n, 0): case for n, case in enumerate(cases)}
    for number, (case, held) in enumerate(zip(cases, drawn.held, strict=True)):
        to.rows[("process", number, 0)] = Process(
            case=case,
            child=case.child,
            state="dialogue",
            state_since=to.at,
            responsible_unit=unit[held.responsible],
            coordinator_unit=unit[held.coordinator] if held.coordinator else None,
        )
    Process.objects.bulk_create(to.rows[("process", n, 0)] for n in CASES)
    _consents(to)
    permissions = {p.codename: p for p in Permission.objects.filter(content_type__app_label="cases")}
    Participation.objects.bulk_create(
        Participation(
            group=unit[t.unit].group,
            permission=permissions["take_part_case"],
            content_object=cases[t.case],
            kind=t.kind,
            valid=to.period(t.valid),
            granted_at=to.at,
        )
        for t in drawn.takes_part
    )
    Assignment.objects.bulk_create(
        Assignment(
            user=to.people[f"staff{w.person}"],
            unit=unit[w.unit],
            permission=permissions["work_on_case"],
            content_object=cases[w.case],
            valid=to.period(w.valid),
            granted_at=to.at,
        )
        for w in drawn.works_on
    )


def _consents(to: Loaded) -> None:
    """The units of each case's consent, and about each an answer of both guardians and the child."""
    unit = to.cast.units
    for number, held in enumerate(to.drawn.held):
        to.consents[number] = Consent(
            child=to.children[number],
            from_unit=unit[held.responsible],
            purpose="x",
            valid=to.period((-30, 300)),
            state="partly",
            asked_by=to.people["staff0"],
            asked_at=to.at,
        )
    Consent.objects.bulk_create(to.consents.values())
    scopes = [
        Scope(
            consent=to.consents[s.case],
            unit=unit[s.unit],
            categories=[s.category],
            state=s.state,
            ends_at=to.at,
            valid=None if s.state == "waiting" else to.period(s.valid),
        )
        for s in to.drawn.consented
    ]
    Scope.objects.bulk_create(scopes)
    replies = {"given": "yes", "withdrawn": "withdrawn", "waiting": ""}
    for number, (scope, drawn) in enumerate(zip(scopes, to.drawn.consented, strict=True)):
        reply = replies[scope.state]
        for guardian in GUARDIANS:
            row = to.guardians[guardian]
            to.answers[(number, guardian)] = Answer(scope=scope, guardian=row, reply=reply)
        child = to.children[drawn.case]
        to.answers[(number, THE_CHILD)] = Answer(scope=scope, child=child, reply=reply)
    Answer.objects.bulk_create(to.answers.values())


def _entries(to: Loaded) -> None:
    drawn, author = to.drawn, to.people["staff0"]
    for number, written in enumerate(drawn.entries):
        entry = Entry(
            case=to.rows[("case", written.case, 0)],
            owner_unit=to.cast.units[written.owner],
            kind=written.kind,
            happened_on=as_day(to.at),
            created_by=author,
            created_at=to.at,
        )
        to.rows[("entry", number, 0)] = entry
        for no in range(written.versions):
            to.rows[("version", number, no)] = new_version(entry, no + 1, written.category, author, to.at)
    for number, shown in enumerate(drawn.shown):
        newest = drawn.entries[shown.entry].versions - 1 if shown.newest else 0
        version = to.rows[("version", shown.entry, newest)]
        to.rows[("disclosure", number, 0)] = Disclosure(
            version=version,
            case=version.case,
            owner_unit=version.owner_unit,
            basis="B14" if not shown.to.unit else "B1" if shown.on_consent else "B2",
            consent=to.consents[drawn.entries[shown.entry].case]
            if shown.to.unit and shown.on_consent
            else None,
            child_asked=True,
            decided_by=author,
            decided_at=to.at,
            valid=to.period(shown.valid),
            **recipient(to, shown.to.unit, shown.to.guardian, shown.to.child),
        )
    for model, what in ((Entry, "entry"), (Version, "version"), (Disclosure, "disclosure")):
        model.objects.bulk_create(row for key, row in to.rows.items() if key[0] == what)
    Hiding.objects.bulk_create(
        Hiding(
            entry=entry,
            case=entry.case,
            owner_unit=entry.owner_unit,
            guardian=to.guardians[guardian],
            reason="x",
            decided_by=author,
            decided_by_name="x",
            decided_at=to.at,
            review_on=as_day(to.at),
            valid=to.period((-1, None)),
        )
        for number, guardian in drawn.hidden
        for entry in (to.rows[("entry", number, 0)],)
    )


def _plans(to: Loaded) -> None:
    drawn, unit = to.drawn, to.cast.units
    for number, planned in enumerate(drawn.plans):
        of = {"case": to.rows[("case", planned.case, 0)], "owner_unit": unit[planned.owner]}
        plan = Plan(**of, created_by=to.people["staff0"], created_at=to.at)
        version = PlanVersion(
            **of, plan=plan, no=1, edited_at=to.at, agreed_at=to.at if planned.agreed else None
        )
        goal = Goal(**of, version=version, position=1, text="x")
        to.rows |= {
            ("plan", number, 0): plan,
            ("plan_version", number, 0): version,
            ("goal", number, 0): goal,
        }
        for row, its_unit in enumerate(planned.rows):
            to.rows[("insats", number, row)] = Insats(
                **of,
                version=version,
                goal=goal,
                position=row,
                what="x",
                unit=unit[its_unit] if its_unit else None,
            )
    for number, released in enumerate(drawn.released):
        version = to.rows[("plan_version", released.plan, 0)]
        to.rows[("release", number, 0)] = Release(
            version=version,
            case=version.case,
            owner_unit=version.owner_unit,
            rows=released.rows,
            basis="B1" if released.to.unit else "B14",
            released_at=to.at,
            valid=to.period(released.valid),
            **recipient(to, released.to.unit, released.to.guardian, released.to.child),
        )
    for number, (plan_number, row) in enumerate(drawn.reported):
        insats = to.rows[("insats", plan_number, row)]
        to.rows[("status", number, 0)] = new_status(insats, to.people["staff0"], to.at)
    models: tuple[tuple[Any, str], ...] = (
        (Plan, "plan"),
        (PlanVersion, "plan_version"),
        (Goal, "goal"),
        (Insats, "insats"),
        (Release, "release"),
        (Status, "status"),
    )
    for model, what in models:
        model.objects.bulk_create(row for key, row in to.rows.items() if key[0] == what)
    Citation.objects.bulk_create(
        Citation(
            goal=goal,
            version=goal.version,
            case=goal.case,
            owner_unit=goal.owner_unit,
            cited=to.rows[("version", entry, 0)],
        )
        for plan, entry in drawn.cited
        for goal in (to.rows[("goal", plan, 0)],)
    )


def recipient(to: Loaded, unit: str | None, guardian: int | None, child: int | None) -> dict[str, Any]:
    """To whom something is shown, as the models' columns."""
    return {
        "to_unit": to.cast.units[unit] if unit else None,
        "to_guardian": to.guardians[guardian] if guardian is not None else None,
        "to_child": to.children[child] if child is not None else None,
    }


def new_version(entry: Entry, no: int, category: str, author: Account, at: datetime) -> Version:
    """A version that is not saved yet."""
    return Version(
        entry=entry,
        case=entry.case,
        owner_unit=entry.owner_unit,
        no=no,
        kind=entry.kind,
        category=category,
        body="x",
        author=author,
        author_name="x",
        author_title="x",
        unit_name="x",
        happened_on=entry.happened_on,
        written_at=at,
    )


def new_status(insats: Insats, account: Account, at: datetime) -> Status:
    """How an insats goes, not saved yet; its unit says so."""
    return Status(
        case=insats.case,
        lineage=insats.lineage,
        unit=insats.unit,
        value="ongoing",
        set_by=account,
        set_by_name="x",
        set_at=at,
    )
