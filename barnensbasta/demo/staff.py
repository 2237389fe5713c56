"""Accounts and memberships: the personas, and invented colleagues in every unit."""

from __future__ import annotations

from dataclasses import dataclass, field

from access.policy import midnight
from access.roles import AT_WORK, Role
from access.units import UnitKind as K
from agencies.models import Membership, StaffMember, Unit
from barnensbasta.demo.moments import Moments, period
from barnensbasta.demo.names import MEN, SURNAMES, WOMEN
from barnensbasta.demo.places import Places
from barnensbasta.demo.rows import Rows
from people.models import Account, Password
from web.public.personas import PERSONAS, SECOND_WORKPLACE, Persona

MAIL_HOST = "demo.example"
NO_PASSWORD = "!nobody-signs-in"  # noqa: S105  what Django takes for no usable password
SINCE_DAYS = 1500
COLLEAGUES = 2

# (handläggare, arbetsledare) of a kind.
TITLES = {
    K.MATERNITY_CARE: ("barnmorska", "enhetschef"),
    K.CHILD_HEALTH: ("BVC-sjuksköterska", "enhetschef"),
    K.HEALTH_CARE: ("behandlare", "enhetschef"),
    K.PRESCHOOL: ("förskollärare", "rektor"),
    K.SCHOOL: ("mentor", "rektor"),
    K.PUPIL_HEALTH: ("kurator", "elevhälsochef"),
    K.PUPIL_MEDICAL: ("skolsköterska", "enhetschef"),
    K.SOCIAL_SERVICES: ("socialsekreterare", "1:e socialsekreterare"),
    K.FAMILY_CENTRE: ("föräldrastödjare", "samordnare"),
    K.LEISURE: ("fritidsledare", "föreståndare"),
    K.POLICE: ("områdespolis", "kommunpolis"),
    K.YOUTH_FOLLOW_UP: ("KAA-handläggare", "KAA-samordnare"),
}
_OWN_TITLES = {"Logopedmottagningen": "logoped", "Barn- och ungdomspsykiatrin": "kurator, BUP"}


@dataclass(frozen=True)
class Worker:
    """Somebody in the unit that she acts for."""

    account: Account
    unit: Unit
    name: str
    title: str
    phone: str
    membership: Membership


@dataclass
class Staff:
    """Who works where."""

    rows: Rows
    moments: Moments
    password: str
    accounts: dict[str, Account] = field(default_factory=dict)
    _workers: dict[str, Worker] = field(default_factory=dict)
    _colleagues: dict[str, list[Worker]] = field(default_factory=dict)
    _leads: dict[str, Worker] = field(default_factory=dict)

    def persona(self, username: str) -> Worker:
        """A persona in her (first) unit."""
        return self._workers[username]

    def colleague(self, unit: Unit, place: int = 0) -> Worker:
        """An invented handläggare of the unit."""
        colleagues = self._colleagues[unit.name]
        return colleagues[place % len(colleagues)]

    def lead(self, unit: Unit) -> Worker:
        """The unit's arbetsledare."""
        return self._leads[unit.name]

    def add_account(self, username: str, *, signs_in: bool) -> Account:
        """An account, with the demo's password or without any."""
        password = self.password if signs_in else NO_PASSWORD
        account = self.rows.add(Account(username=username, stamp=self.rows.new_id()))
        self.rows.add(Password(account=account, hash=password))
        self.accounts[username] = account
        return account

    def add_worker(self, username: str, name: str, unit: Unit, title: str, role: Role) -> Worker:
        """A colleague who can't sign in, or a persona's first workplace."""
        account = self.accounts.get(username) or self.add_account(username, signs_in=False)
        member = self._staff_member(account, username, name, unit.phone)
        worker = Worker(account, unit, name, title, member.phone, self._join(account, title, role, unit=unit))
        self._workers[username] = worker
        if role is Role.LEAD:
            self._leads[unit.name] = worker
        return worker

    def add_persona(self, persona: Persona, places: Places) -> None:
        """A persona of the staff, in her unit, organisation or municipality."""
        account = self.add_account(persona.username, signs_in=True)
        if persona.role in AT_WORK:
            self.add_worker(
                persona.username, persona.name, places.unit(persona.place), persona.title, persona.role
            )
            return
        self._staff_member(account, persona.username, persona.name, "")
        if persona.role is Role.LOG_REVIEWER:
            self._join(account, persona.title, persona.role, unit=places.unit(persona.place))
        elif persona.role is Role.STEERING:
            self._join(
                account, persona.title, persona.role, municipality=places.municipalities[persona.place]
            )
        else:
            self._join(account, persona.title, persona.role, organisation=places.organisations[persona.place])

    def add_second_workplace(self, places: Places) -> None:
        """The one who works for two units."""
        username, unit, title = SECOND_WORKPLACE
        self._join(self.accounts[username], title, Role.CASEWORKER, unit=places.unit(unit), days=30)

    def add_colleagues(self, unit: Unit, names: list[str]) -> None:
        """Invented handläggare and, where no persona is it, an arbetsledare."""
        title, lead_title = TITLES[K(unit.kind)]
        title = _OWN_TITLES.get(unit.name, title)
        stem = f"k-{unit.pk.hex[:8]}"
        self._colleagues[unit.name] = [
            self.add_worker(f"{stem}-{n}", names.pop(), unit, title, Role.CASEWORKER)
            for n in range(COLLEAGUES)
        ]
        if unit.name not in self._leads:
            self.add_worker(f"{stem}-l", names.pop(), unit, lead_title, Role.LEAD)

    def _staff_member(self, account: Account, username: str, name: str, phone: str) -> StaffMember:
        member = StaffMember(account=account, name=name, phone=phone, email=f"{username}@{MAIL_HOST}")
        return self.rows.add(member)

    def _join(
        self, account: Account, title: str, role: Role, *, days: int = 0, **where: object
    ) -> Membership:
        since = midnight(self.moments.day(SINCE_DAYS - days))
        return self.rows.add(
            Membership(account=account, title=title, role=role, valid=period(since, None), **where)
        )


def build_staff(rows: Rows, places: Places, moments: Moments, password: str) -> Staff:
    """The personas first, then the colleagues."""
    staff = Staff(rows, moments, password)
    with rows.area("staff"):
        for persona in PERSONAS:
            if not persona.is_family:
                staff.add_persona(persona, places)
        staff.add_second_workplace(places)
        taken = {persona.name for persona in PERSONAS}
        names = [f"{given} {family}" for given in WOMEN + MEN for family in SURNAMES]
        names = [name for name in names if name not in taken]
        rows.chance.shuffle(names)
        for unit in places.all():
            staff.add_colleagues(unit, names)
    return staff
