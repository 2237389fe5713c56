"""About 300 more children over the county and 36 months, each with some history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from access.policy import age_on, next_boundary
from access.units import UnitKind as K
from agencies.models import Unit
from barnensbasta.demo.families import Family, years_ago
from barnensbasta.demo.names import BOYS, GIRLS, LANGUAGES, MEN, SURNAMES, WOMEN
from barnensbasta.demo.places import LESSEBO, TOWNS, Town
from barnensbasta.demo.shaping import Held, Shape, Told
from barnensbasta.demo.staff import Worker
from barnensbasta.demo.stage import Stage
from barnensbasta.demo.story import add_signal
from barnensbasta.demo.themes import THEMES, Theme
from cases.rules import CloseReason, responsible_kind
from consent.models import Route
from people.models import Guardian
from people.numbers import LegalSex

MONTHS_BACK = 1090
CHILDREN = {LESSEBO.name: 90, "Växjö": 60}
OTHERS = 25
LONGEST_CASE = 340
GENTLE = 40  # days back of the youngest story that has come to a plan
SCHOOL_AGE = 6
APART = 330
EVERY = 25  # one child in so many has a sibling who is known too

# What became of it, and how often.
OUTCOMES = (("listed", 12), ("own", 22), ("declined", 7), ("planned", 59))
REASONS = (
    (CloseReason.GOALS_REACHED, 55), (CloseReason.ORDINARY_SERVICE, 25), (CloseReason.HANDED_OVER, 8),
    (CloseReason.MOVED, 7), (CloseReason.SIP, 5),
)  # fmt: skip


@dataclass(frozen=True)
class Start:
    """Where and when a child's story begins."""

    town: Town
    ago: int
    theme: Theme
    outcome: str


class Chronicle:
    """Tells the county's other cases, by chance from the area's seed."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.rows = stage.rows
        self.today = stage.moments.today
        self.parents: tuple[Guardian, ...] = ()
        self.brother_born: date | None = None

    def tell(self) -> None:
        """All municipalities, each with a chance of its own."""
        for town in TOWNS:
            with self.rows.area(f"history {town.name}"):
                for number in range(CHILDREN.get(town.name, OTHERS)):
                    self._tell_child(town, sibling=number % EVERY == EVERY - 1)
        with self.rows.area("history without number"):
            self._tell_unusual()

    def _tell_child(self, town: Town, *, sibling: bool) -> None:
        start = self._start(town)
        family = self._family(start, sibling=sibling)
        began = self.stage.moments.day(start.ago)
        unit = self._unit(town, responsible_kind(family.child.born_on, began))
        self._list(family, town, unit)
        if start.outcome == "unsent":
            self._signal_unsent(start, family)
        elif start.outcome != "listed":
            Shape(self.stage, family, self._told(start, unit)).tell()

    def _start(self, town: Town) -> Start:
        chance = self.rows.chance
        ago = chance.randint(3, MONTHS_BACK)
        theme = chance.choice(THEMES)
        outcome = chance.choices([o for o, _ in OUTCOMES], [w for _, w in OUTCOMES])[0]
        if ago < GENTLE and outcome != "listed":
            outcome = chance.choice(("dialogue", "asked", "agreed", "unsent"))
        if town is LESSEBO and outcome in {"dialogue", "unsent"}:
            outcome = "agreed"  # so that the personas' inboxes hold only what is meant for them
        if outcome == "agreed" and ago < 18:
            outcome = "asked"
        return Start(town, max(ago, 12), theme, outcome)

    # --- The family -------------------------------------------------------------------

    def _family(self, start: Start, *, sibling: bool) -> Family:
        chance, families = self.rows.chance, self.stage.families
        sex = chance.choice((LegalSex.FEMALE, LegalSex.MALE))
        given = chance.choice(GIRLS if sex is LegalSex.FEMALE else BOYS)
        if not (sibling and self.parents):
            self.parents, self.brother_born = self._guardians(LANGUAGES.get(given, "sv")), None
        language = self.parents[0].language
        spoken = {"language": language, "interpreter_language": "" if language == "sv" else language}
        born = self.brother_born = self._born(start, sex)
        child = families.child(given, self.parents[0].family_name, born, sex, start.town, **spoken)
        return families.custody(child, self.parents)

    def _born(self, start: Start, sex: LegalSex) -> date:
        """Of the theme's age at the signal, with no birthday in the case that changes
        who must answer, and not too near a brother or sister."""
        low, high = start.theme.ages
        chance, begins = self.rows.chance, self.stage.moments.at(start.ago)
        while True:
            near = years_ago(begins.date(), chance.randint(low, high), chance.randint(10, 350))
            born = self.stage.families.free_day(near, sex)
            boundary = next_boundary(born, begins - timedelta(days=5))
            in_school = responsible_kind(born, begins.date()) is K.SCHOOL
            apart = self.brother_born is None or abs((born - self.brother_born).days) > APART
            if (
                in_school == (low >= SCHOOL_AGE)
                and apart
                and low <= age_on(born, begins.date()) <= high
                and (boundary is None or boundary > begins + timedelta(days=LONGEST_CASE + 60))
            ):
                return born

    def _guardians(self, language: str) -> tuple[Guardian, ...]:
        """Two of four times out of five; they may have different surnames."""
        chance = self.rows.chance
        surname = chance.choice(SURNAMES)
        other = surname if chance.random() < 0.7 else chance.choice(SURNAMES)
        families = self.stage.families
        first = families.guardian(chance.choice(WOMEN), surname, language=language)
        if chance.random() < 0.2:
            return (first,)
        return first, families.guardian(chance.choice(MEN), other, language=language)

    def _list(self, family: Family, town: Town, unit: Unit) -> None:
        """BVC and preschool until förskoleklass, then a school."""
        families, born_on = self.stage.families, family.child.born_on
        starts_school = date(born_on.year + SCHOOL_AGE, 8, 15)
        in_school = starts_school <= self.today
        left = starts_school if in_school else None
        if unit.kind == K.SCHOOL:
            families.listed(family.child, unit, since=starts_school)
            return
        families.listed(family.child, unit, until=left)
        begins = born_on + timedelta(days=480)
        if begins < self.today:
            families.listed(family.child, self._unit(town, K.PRESCHOOL), since=begins, until=left)
        if in_school:
            families.listed(family.child, self._unit(town, K.SCHOOL), since=starts_school)

    # --- Units and people ----------------------------------------------------------------

    def _unit(self, town: Town, kind: K) -> Unit:
        return self.rows.chance.choice(self.stage.places.units(town.name, kind))

    def _worker(self, town: Town, partner: K | str, responsible: Unit) -> Worker:
        """A colleague of a unit of the kind, near the responsible one where that matters."""
        staff, places = self.stage.staff, self.stage.places
        if not isinstance(partner, K):
            unit = places.unit(partner)
        elif partner is K.PUPIL_HEALTH and responsible.kind == K.SCHOOL:
            unit = self._pupil_health(town, responsible)
        else:
            unit = self._unit(town, partner)
        return staff.colleague(unit, self.rows.chance.randint(0, 1))

    def _pupil_health(self, town: Town, school: Unit) -> Unit:
        near = [u for u in self.stage.places.units(town.name, K.PUPIL_HEALTH) if u.name.endswith(school.name)]
        return near[0] if near else self._unit(town, K.PUPIL_HEALTH)

    def _sender(self, start: Start, unit: Unit) -> Worker:
        if start.theme.sender == unit.kind:
            return self.stage.staff.colleague(unit, 1)
        return self._worker(start.town, start.theme.sender, unit)

    # --- The case ----------------------------------------------------------------------------

    def _told(self, start: Start, unit: Unit) -> Told:
        chance = self.rows.chance
        told = Told(
            start.theme, start.ago, self._sender(start, unit), unit, start.outcome,
            responsible=self.stage.staff.colleague(unit, 0 if unit.kind == K.SCHOOL else chance.randint(0, 1)),
            partners=self._partners(start, unit),
            quick=chance.choice((1, 1, 1, 2, 3)),
            route=chance.choice((Route.PAPER, Route.IN_PERSON, Route.PHONE)),
            plan_day=chance.randint(20, 34),
            first_follow_up=chance.randint(70, 110),
            reason=chance.choices([r for r, _ in REASONS], [w for _, w in REASONS])[0],
        )  # fmt: skip
        if start.outcome in {"own", "declined"}:
            ends = chance.randint(25, 60)
            return replace(told, ends=ends if ends < start.ago else None)
        return self._with_follow_ups(told) if start.outcome == "planned" else told

    def _partners(self, start: Start, unit: Unit) -> tuple[Worker, ...]:
        """One worker for each partner of the theme, all of different units."""
        workers: list[Worker] = []
        for partner in start.theme.partners:
            worker = self._worker(start.town, partner, unit)
            workers.append(worker)
        return tuple(workers)

    def _with_follow_ups(self, told: Told) -> Told:
        """Follow-ups until the case ends or today is reached; one in five is late."""
        chance = self.rows.chance
        length = chance.randint(150, LONGEST_CASE - 20)
        due, held, ends = told.first_follow_up, list[Held](), None
        while True:
            day = due + (chance.randint(6, 24) if chance.random() < 0.2 else 0)
            if day >= told.ago or day > LONGEST_CASE:
                break
            due = due + chance.randint(56, 84)
            ends = day if day >= length or due > LONGEST_CASE else None
            held.append(Held(day, due))
            if ends is not None:
                break
        return replace(told, held=tuple(held), ends=ends)

    def _signal_unsent(self, start: Start, family: Family) -> None:
        """Noticed, and the family hasn't been asked yet."""
        sender = self._worker(start.town, K.PRESCHOOL, self._unit(start.town, K.PRESCHOOL))
        name = family.child.given_name
        add_signal(
            self.rows, family, sender, self.stage.moments.at(min(start.ago, 20)),
            start.theme.seen.format(n=name), start.theme.works.format(n=name), yes="", family_knows=False,
        )  # fmt: skip

    # --- Those without an ordinary number -----------------------------------------------------

    def _tell_unusual(self) -> None:
        """A newly arrived child, two with coordination numbers, two not yet born."""
        families, places = self.stage.families, self.stage.places
        vaxjo = next(town for town in TOWNS if town.name == "Växjö")
        for given, sex, born in (
            ("Layla", LegalSex.FEMALE, date(2022, 1, 14)),
            ("Omar", LegalSex.MALE, date(2022, 1, 21)),
        ):
            surname = self.rows.chance.choice(SURNAMES)
            child = families.child_with_coordination_number(given, surname, born, sex, vaxjo, language="ar")
            families.custody(child, (families.guardian("Zahra", surname, language="ar"),))
            families.listed(child, places.unit("BVC Växjö"))
        arrived = families.child_without_number(
            "Amina",
            "Björktuva",
            years_ago(self.today, 7, 33),
            LESSEBO,
            language="so",
            interpreter_language="so",
        )
        families.custody(arrived, (families.guardian("Halima", "Björktuva", language="so"),))
        families.listed(arrived, places.unit("Hultaskolan"), since=self.stage.moments.day(20))
        for town, days in ((LESSEBO, 60), (vaxjo, 95)):
            unborn = families.child_without_number(
                "Väntat barn", self.rows.chance.choice(SURNAMES), self.today + timedelta(days=days), town
            )
            families.listed(
                unborn, places.unit(f"Barnmorskemottagningen {town.name}"), since=self.stage.moments.day(40)
            )


def tell_history(stage: Stage) -> None:
    """The county's other children."""
    Chronicle(stage).tell()
