"""Who is in the world: a municipality, its units, the people, two families."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.contrib.auth.models import Group
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Model
from django.test import Client

from access import actor as actors
from access import clock
from access.actor import FAMILY_HAT, Actor
from access.middleware import MEMBERSHIP_KEY
from access.policy import STOCKHOLM, birthday
from access.sessions import SessionStore, idle_of
from agencies.models import Listing, Membership, Municipality, Organisation, StaffMember, Unit
from kit.dates import as_day
from people.models import Account, Child, Guardian, Guardianship, Password, YouthContact
from tests.database import as_loader

Row = TypeVar("Row", bound=Model)
Period = tuple[datetime | None, datetime | None]
ALWAYS: Period = (None, None)

# name → kind, organisation, municipality
UNITS = {
    "bvc": ("child_health", "Region Kronoberg", "0761"),
    "logoped": ("health_care", "Region Kronoberg", "0761"),
    "preschool": ("preschool", "Lessebo kommun", "0761"),
    "school": ("school", "Lessebo kommun", "0761"),
    "pupil_health": ("pupil_health", "Lessebo kommun", "0761"),
    "social": ("social_services", "Lessebo socialnämnd", "0761"),
    "leisure": ("leisure", "Lessebo kommun", "0761"),
    "police": ("police", "Polismyndigheten", "0761"),
    "social_vaxjo": ("social_services", "Växjö kommun", "0780"),
    "bvc_vaxjo": ("child_health", "Region Kronoberg", "0780"),
}

# user name → unit, role, title
STAFF = {
    "bvc": ("bvc", "caseworker", "BVC-sjuksköterska"),
    "bvc2": ("bvc", "caseworker", "BVC-sjuksköterska"),
    "bvc-ledare": ("bvc", "lead", "verksamhetschef"),
    "logoped": ("logoped", "caseworker", "logoped"),
    "forskola": ("preschool", "caseworker", "specialpedagog"),
    "rektor": ("school", "lead", "rektor"),
    "mentor": ("school", "caseworker", "mentor"),
    "kurator": ("pupil_health", "caseworker", "kurator"),
    "soc-ledare": ("social", "lead", "1:e socialsekreterare"),
    "soc": ("social", "caseworker", "socialsekreterare"),
    "soc2": ("social", "caseworker", "socialsekreterare"),
    "fritid": ("leisure", "caseworker", "fritidsledare"),
    "polis": ("police", "caseworker", "områdespolis"),
    "soc-vaxjo": ("social_vaxjo", "caseworker", "socialsekreterare"),
    "tva-enheter": ("bvc", "caseworker", "sjuksköterska"),  # also in the pupil health's unit
    "enhetsadmin": ("bvc", "unit_administrator", "enhetsadministratör"),
    "jurist": ("social", "lawyer", "kommunjurist"),
    "granskare": ("bvc", "log_reviewer", "loggranskare"),
}


@dataclass(repr=False)
class Cast:
    """The people and units of the world, by short name."""

    at: datetime
    units: dict[str, Unit] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    memberships: dict[str, Membership] = field(default_factory=dict)
    guardians: dict[str, Guardian] = field(default_factory=dict)
    children: dict[str, Child] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    _waiting: list[Model] | None = None

    def __repr__(self) -> str:
        return "World"

    # --- Time -------------------------------------------------------------------------

    def days(self, number: float) -> datetime:
        """So many days after the world's now; before it if negative."""
        return self.at + timedelta(days=number)

    @property
    def today(self) -> date:
        """The world's day, in Sweden: for two hours a night it is not the day of ``at``, which is UTC."""
        return as_day(self.at)

    def day(self, number: int) -> date:
        """So many Swedish days after the world's day; before it if negative."""
        return self.today + timedelta(days=number)

    def period(self, valid: Period | None = None) -> DateTimeTZRange:
        """A half-open period; from a day ago and on if nothing is said."""
        lower, upper = valid or (self.days(-1), None)
        return DateTimeTZRange(lower, upper)

    def born(self, age: int, *, days_ago: int = 30) -> date:
        """The birth date of somebody who turned ``age`` so many days ago."""
        day = self.day(-days_ago)
        return birthday(day, -age)

    # --- Acting -----------------------------------------------------------------------

    @contextlib.contextmanager
    def act(
        self,
        username: str | None,
        *,
        membership: Membership | uuid.UUID | None = None,
        at: datetime | None = None,
    ) -> Iterator[Actor]:
        """Act as a person, in the app's role; ``None`` is nobody.

        Events that were queued are chained at the end, as in a task. Whoever
        acted before acts again afterwards.
        """
        before = _context()
        chosen = membership.pk if isinstance(membership, Membership) else membership
        account = self.accounts[username].pk if username else None
        with actors.acting_as(account, chosen, at=at) as actor:
            yield actor
        _restore(before)

    def client(
        self, username: str | None = None, *, membership: Membership | uuid.UUID | None = None
    ) -> Client:
        """A browser, signed in unless nobody is named. It leaves no context behind."""
        browser = _CleanClient()
        if username is not None:
            browser.force_login(self.accounts[username])
            with self.act(username, membership=membership) as actor:
                hat = actor.membership_id or FAMILY_HAT
            session = browser.session
            assert isinstance(session, SessionStore)
            session.idle = idle_of(actor)
            if actor.role is not None or membership is not None:
                session[MEMBERSHIP_KEY] = str(hat)
            session.save()
        return browser

    # --- More people ------------------------------------------------------------------

    def add_unit(self, name: str, kind: str, organisation: str, municipality: str, **values: Any) -> Unit:
        """One more unit, with its group."""
        unit = Unit(
            name=name,
            kind=kind,
            organisation=self.organisations[organisation],
            municipality_id=municipality,
            group=self._add(Group(name=f"unit-{uuid.uuid4().hex[:8]}")),
            **values,
        )
        self.units[name] = self._add(unit)
        return unit

    def add_account(self, username: str) -> Account:
        """An account that is nobody's yet."""
        account = self._add(Account(username=username))
        self._add(Password(account=account, hash="!"))
        self.accounts[username] = account
        return account

    def add_staff(
        self, username: str, unit: str | Unit, role: str = "caseworker", title: str = "handläggare"
    ) -> Account:
        """A colleague in a unit, from a year ago."""
        account = self.add_account(username)
        self._add(
            StaffMember(
                account=account,
                name=f"{username.title()} Testsson",
                phone="010-000 00 00",
                email=f"{username}@example.invalid",
            )
        )
        self.memberships[username] = self.add_membership(username, unit=unit, role=role, title=title)
        return account

    def add_membership(
        self,
        username: str,
        *,
        unit: str | Unit | None = None,
        role: str = "caseworker",
        title: str = "handläggare",
        valid: Period | None = None,
        **place: Any,
    ) -> Membership:
        """That a person works for a unit, or for another ``place``."""
        if unit is not None:
            place["unit"] = self.unit(unit)
        return self._add(
            Membership(
                account=self.accounts[username],
                role=role,
                title=title,
                valid=self.period(valid or (self.days(-365), None)),
                **place,
            )
        )

    def add_guardian(self, username: str) -> Guardian:
        """A guardian with an account, of no child yet."""
        account = self.add_account(username)
        guardian = Guardian(
            account=account,
            given_name=username.title(),
            family_name="Familjesson",
            email=f"{username}@example.invalid",
        )
        self.guardians[username] = self._add(guardian)
        return guardian

    def add_child(
        self, name: str, born_on: date, guardians: tuple[str, ...] = (), *, account: str | None = None
    ) -> Child:
        """A child with a reserve number and its guardians until 18."""
        child = Child(
            reserve_number=f"R{uuid.uuid4().hex[:12].upper()}",
            given_name=name.title(),
            family_name="Familjesson",
            born_on=born_on,
            municipality_code="0761",
            account=self.add_account(account) if account else None,
        )
        self.children[name] = self._add(child)
        if account:
            self._add(YouthContact(child=child, email=f"{account}@example.invalid"))
        for guardian in guardians:
            self.add_guardianship(guardian, child)
        return child

    def add_guardianship(
        self, guardian: str, child: Child, *, valid: Period | None = None, contested: bool = False
    ) -> Guardianship:
        """Custody, until the child is 18 unless said otherwise (FB 6:2)."""
        grown = datetime.combine(birthday(child.born_on, 18), datetime.min.time(), STOCKHOLM)
        born = datetime.combine(child.born_on, datetime.min.time(), STOCKHOLM)
        return self._add(
            Guardianship(
                child=child,
                guardian=self.guardians[guardian],
                source=Guardianship.Source.POPULATION_REGISTER,
                contested=contested,
                valid=self.period(valid or (born, grown)),
            )
        )

    def listing(self, child: Child, unit: str | Unit, *, valid: Period | None = None) -> Listing:
        """Which unit a child is listed with."""
        return self._add(Listing(child=child, unit=self.unit(unit), valid=self.period(valid)))

    # --- By name ----------------------------------------------------------------------

    def unit(self, unit: str | Unit) -> Unit:
        """A unit by its short name, or itself."""
        return self.units[unit] if isinstance(unit, str) else unit

    def account(self, account: str | Account) -> Account:
        """An account by its user name, or itself."""
        return self.accounts[account] if isinstance(account, str) else account

    def guardian(self, guardian: str | Guardian) -> Guardian:
        """A guardian by her user name, or herself."""
        return self.guardians[guardian] if isinstance(guardian, str) else guardian

    @property
    def child(self) -> Child:
        """The child of four of ``mamma`` and ``pappa``."""
        return self.children["barn"]

    @property
    def youth(self) -> Child:
        """The youth of sixteen, ``ungdom``, whose guardian is ``mor``."""
        return self.children["ungdom"]

    # --- Writing ----------------------------------------------------------------------

    def _add(self, row: Row) -> Row:
        """Write a row; while the cast is loaded, with all the others of its table."""
        if self._waiting is not None:
            self._waiting.append(row)
            return row
        with as_loader():
            row.save(force_insert=True)
        return row

    def load_cast(self) -> None:
        """Everybody, table by table, in the order in which they refer to one another."""
        self._waiting = []
        self._cast()
        tables: dict[type[Model], list[Model]] = {}
        for row in self._waiting:
            tables.setdefault(type(row), []).append(row)
        self._waiting = None
        with as_loader():
            for model, rows in tables.items():
                model._base_manager.bulk_create(rows)

    def _cast(self) -> None:
        for number, name in (("0761", "Lessebo"), ("0780", "Växjö")):
            self._add(
                Municipality(
                    code=number,
                    name=name,
                    county_code="07",
                    report_url="https://kommun.invalid/oro",
                    social_services_phone="010-000 00 01",
                    emergency_social_phone="010-000 00 02",
                )
            )
        for name in dict.fromkeys(organisation for _, organisation, _ in UNITS.values()):
            code = {"V": "0780", "L": "0761"}.get(name[0])
            self.organisations[name] = self._add(Organisation(name=name, municipality_id=code))
        for unit, (kind, organisation, municipality) in UNITS.items():
            self.add_unit(unit, kind, organisation, municipality, is_default=True, phone="010-000 00 03")
        for username, (unit, role, title) in STAFF.items():
            self.add_staff(username, unit, role, title)
        self.memberships["tva-enheter/pupil_health"] = self.add_membership(
            "tva-enheter", unit="pupil_health", title="skolsköterska", valid=(self.days(-300), None)
        )
        for username, role, place in (
            ("styrgrupp", "steering", {"municipality_id": "0761"}),
            ("admin", "administrator", {"organisation": self.organisations["Lessebo kommun"]}),
            ("dataskydd", "data_protection", {"organisation": self.organisations["Lessebo kommun"]}),
        ):
            self.add_account(username)
            self._add(StaffMember(account=self.accounts[username], name=f"{username.title()} Testsson"))
            self.memberships[username] = self.add_membership(username, role=role, title=role, **place)
        for username in ("mamma", "pappa", "mor", "far", "granne"):
            self.add_guardian(username)
        self.add_child("barn", self.born(4), ("mamma", "pappa"))
        self.add_child("ungdom", self.born(16), ("mor", "far"), account="ungdom")
        self.add_child("grannbarn", self.born(7), ("granne",))


class _CleanClient(Client):
    """A request's context must not stay in the test's transaction after it."""

    def request(self, **request: Any) -> Any:
        before = _context()
        try:
            return super().request(**request)
        finally:
            if not connection.needs_rollback:
                _restore(before)


def _context() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(current_setting('app.actor', true), '')")
        (context,) = cursor.fetchone()
    return str(context)


def _restore(context: str) -> None:
    """What holds for this transaction holds again in it."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.actor', %s, true)", [context])


def now() -> datetime:
    """The database's now: the start of the test's transaction."""
    return clock.database_now()
