"""Children and their guardians, with test numbers by the published rule."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from access.policy import ADULT_AT, birthday, midnight
from access.roles import Role
from agencies.models import Listing, Unit
from barnensbasta.demo.moments import Moments, period
from barnensbasta.demo.places import LESSEBO, Town
from barnensbasta.demo.rows import Rows
from barnensbasta.demo.staff import MAIL_HOST, Staff
from people.models import Account, Child, Guardian, Guardianship, YouthContact
from people.numbers import LegalSex, make_test_number, reserve_number
from web.public.personas import BY_NAME

# From 2014 on the published numbers alternate: girls on even days of the year, boys on odd.
ALTERNATE_FROM_YEAR = 2014
REVERSED = (
    (date(2017, 2, 28), date(2017, 10, 23)),
    (date(2018, 9, 25), date(2018, 12, 31)),
    (date(2020, 4, 21), date(2020, 5, 5)),
    (date(2021, 1, 11), date(2021, 2, 5)),
    (date(2021, 8, 22), date(2021, 12, 31)),
    (date(2022, 7, 13), date(2022, 9, 1)),
    (date(2023, 3, 9), date(2023, 12, 31)),
)
BARREN = (date(2020, 6, 1), date(2021, 1, 10))
GAPS = frozenset(
    map(
        date.fromisoformat,
        (
            *("2005-05-09", "2007-09-11", "2007-12-28", "2010-12-11", "2011-12-30", "2014-03-17"),
            *("2016-10-26", "2020-04-20", "2020-05-06", "2022-07-12", "2022-09-02", "2023-03-08"),
        ),
    )
)


@dataclass(frozen=True)
class Family:
    """A child, her guardians and their custody."""

    child: Child
    guardians: tuple[Guardian, ...] = ()
    custody: tuple[Guardianship, ...] = ()


@dataclass
class Families:
    """The children, each with a number of her own."""

    rows: Rows
    moments: Moments
    taken: set[str] = field(default_factory=set)
    calls: int = 0

    def free_day(self, near: date, sex: LegalSex, *, coordination: bool = False) -> date:
        """The nearest day, at or before the wanted one, with a test number that nobody has."""
        day = near
        while (
            not has_test_number(day, sex)
            or make_test_number(day, sex, coordination=coordination).digits in self.taken
        ):
            day -= timedelta(days=1)
        return day

    def born(self, near: date, sex: LegalSex, *, coordination: bool = False) -> tuple[date, str]:
        """The free day near the wanted one, and its number, which is taken from now on."""
        day = self.free_day(near, sex, coordination=coordination)
        number = make_test_number(day, sex, coordination=coordination).digits
        self.taken.add(number)
        return day, number

    def guardian(
        self, given: str, family: str, *, language: str = "sv", account: Account | None = None
    ) -> Guardian:
        """A guardian with a number that no phone has."""
        self.calls += 1
        return self.rows.add(
            Guardian(
                account=account,
                given_name=given,
                family_name=family,
                phone=f"070-174 06 {5 + self.calls % 95:02}",
                email=f"{account.username}@{MAIL_HOST}" if account else "",
                language=language,
            )
        )

    def custody(self, child: Child, guardians: tuple[Guardian, ...]) -> Family:
        """Custody from birth until 00:00 on the eighteenth birthday (FB 6:2)."""
        held = period(midnight(child.born_on), midnight(birthday(child.born_on, ADULT_AT)))
        rows = tuple(
            self.rows.add(
                Guardianship(
                    child=child,
                    guardian=guardian,
                    source=Guardianship.Source.POPULATION_REGISTER,
                    valid=held,
                )
            )
            for guardian in guardians
        )
        return Family(child, guardians, rows)

    def child(self, given: str, family: str, near: date, sex: LegalSex, town: Town, **more: object) -> Child:
        """A child with a test personnummer."""
        born_on, number = self.born(near, sex)
        return self.rows.add(
            Child(
                number=number,
                given_name=given,
                family_name=family,
                born_on=born_on,
                municipality_code=town.code,
                **more,
            )
        )

    def contact(self, child: Child) -> YouthContact:
        """Where a youth who has an account wants her mail."""
        assert child.account  # noqa: S101 (who has none is sent nothing)
        return self.rows.add(YouthContact(child=child, email=f"{child.account.username}@{MAIL_HOST}"))

    def child_with_coordination_number(
        self, given: str, family: str, near: date, sex: LegalSex, town: Town, **more: object
    ) -> Child:
        """A child who is not in the population register."""
        born_on, number = self.born(near, sex, coordination=True)
        named = {"given_name": given, "family_name": family, "municipality_code": town.code}
        return self.rows.add(Child(number=number, born_on=born_on, **named, **more))

    def child_without_number(
        self, given: str, family: str, born_on: date, town: Town, **more: object
    ) -> Child:
        """A child who is newly arrived or not yet born."""
        named = {"given_name": given, "family_name": family, "municipality_code": town.code}
        child = self.rows.add(Child(born_on=born_on, **named, **more))
        child.reserve_number = reserve_number(child.pk)
        return child

    def listed(
        self, child: Child, unit: Unit, *, since: date | None = None, until: date | None = None
    ) -> None:
        """Which BVC, preschool or school the child goes to, and for how long."""
        start = midnight(since or child.born_on + timedelta(days=10))
        end = midnight(until) if until else None
        self.rows.add(Listing(child=child, unit=unit, valid=period(start, end)))

    def persona_parents(self, staff: Staff, *usernames: str, language: str = "sv") -> tuple[Guardian, ...]:
        """Guardians who can sign in."""
        made = []
        for username in usernames:
            persona = BY_NAME[username]
            assert persona.role is Role.GUARDIAN  # noqa: S101
            given, family = persona.name.split(" ", 1)
            account = staff.add_account(username, signs_in=True)
            made.append(self.guardian(given, family, language=language, account=account))
        return tuple(made)


def has_test_number(day: date, sex: LegalSex) -> bool:
    """Whether the published series has a number for the day and the sex."""
    if day in GAPS or BARREN[0] <= day <= BARREN[1]:
        return False
    if day.year < ALTERNATE_FROM_YEAR:
        return True
    girls_day = day.timetuple().tm_yday % 2 == 0
    if any(first <= day <= last for first, last in REVERSED):
        girls_day = not girls_day
    return girls_day == (sex is LegalSex.FEMALE)


def years_ago(today: date, years: int, days: int = 0) -> date:
    """The day on which somebody was born who is so old today."""
    return birthday(today, -years) - timedelta(days=days)


def build_milo(families: Families, staff: Staff, bvc: Unit, preschool: Unit) -> Family:
    """Milo Tranberg, four years: known, listed, and without any case."""
    with families.rows.area("milo"):
        born = years_ago(families.moments.today, 4, 75)
        child = families.child("Milo", "Tranberg", born, LegalSex.MALE, LESSEBO)
        families.listed(child, bvc)
        families.listed(child, preschool, since=child.born_on + timedelta(days=500))
        return families.custody(child, families.persona_parents(staff, "ny-mamma", "ny-pappa"))
