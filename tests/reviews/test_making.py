"""How a month's review is made: by chance that can be checked, and by rules."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from access.units import UnitKind
from agencies.models import StaffMember
from audit.models import Event
from audit.services import record
from cases.models import Assignment, Case, Process
from kit.dates import as_day
from kit.working_days import is_working_day
from people.models import Guardian
from reviews import rules
from reviews.models import LogReview, ReviewedAccess
from reviews.services import make_reviews
from tests.database import as_loader
from tests.reviews.support import flags, long_assigned, made, opens, workday
from tests.worlds import World


@pytest.fixture
def case(world: World) -> Case:
    """A case that "bvc" has worked on all the time."""
    return long_assigned(world)


def test_an_access_is_one_person_one_case_one_day(world: World, case: Case) -> None:
    day = workday(world)
    for hour, action in ((9, "opened_case"), (10, "opened_plan"), (11, "opened_case")):
        opens(world, "bvc", case, world.clock(day, hour), action=action)
    opens(world, "bvc", case, world.clock(workday(world, 2), 9))
    review, accesses = made(world)
    assert review.accesses == len(accesses) == 2
    first = accesses[0]
    assert (first.first_at, first.last_at) == (world.clock(day, 9), world.clock(day, 11))
    assert (len(first.events), first.children, first.subject) == (3, 1, case.pk)
    assert [a.flags for a in accesses] == [[], []]
    assert all(a.drawn and a.judgement == "" for a in accesses)


def test_only_the_month_and_only_what_staff_opened(world: World, case: Case) -> None:
    start = world.clock(world.last_month, 0)
    opens(world, "bvc", case, start - timedelta(seconds=1))
    opens(world, "bvc", case, world.clock(rules.month_of(world.today), 0, 1))
    opens(world, "bvc", case, world.clock(workday(world), 9), kind="write", action="entry_written")
    with world.act("mamma", at=world.clock(workday(world), 9)) as actor:
        record(by=actor, kind="read", action="family_opened_overview", child=case.child_id)
    assert make_reviews() == 0
    for kind in ("read", "print", "export"):
        opens(world, "bvc", case, world.clock(workday(world), 9), kind=kind)
    assert len(made(world)[1][0].events) == 3


def test_it_is_made_once(world: World, case: Case) -> None:
    opens(world, "bvc", case, world.clock(workday(world), 9))
    assert make_reviews() == 1
    before = made(world)
    opens(world, "bvc", case, world.clock(workday(world, 2), 9))
    assert make_reviews() == 0
    assert made(world) == before
    with as_loader():
        assert Event.objects.filter(action="reviews_made").count() == 1


def test_not_for_a_month_that_goes_on_and_not_by_somebody_signed_in(world: World, case: Case) -> None:
    opens(world, "bvc", case, world.clock(workday(world), 9))
    assert make_reviews(rules.month_of(world.today)) == 0
    assert make_reviews(world.last_month + timedelta(days=1)) == 0
    arguments: list[Any] = [
        world.last_month, [], [], 6, 20, 0.05, 20, 200, 10, 10, rules.DENIALS_WITHIN, world.today,
    ]  # fmt: skip
    with world.act("granskare"), connection.cursor() as cursor:
        places = ", ".join(
            f"%s::{kind}"
            for kind in (
                "date",
                "date[]",
                "text[]",
                "int",
                "int",
                "numeric",
                *["int"] * 4,
                "interval",
                "date",
            )
        )
        cursor.execute(f"select access.reviews_make({places})", arguments)
        assert cursor.fetchone() == (0,)


# --- Chance -----------------------------------------------------------------------------------


def test_chance_draws_as_the_seed_says(world: World, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """At least twenty; whoever has the seed and the log can draw the same again."""
    monkeypatch.setattr(rules, "LEAST", 3)
    for number in range(1, 11):
        opens(world, "bvc", case, world.clock(workday(world, number), 9))
    review, accesses = made(world)
    assert review.accesses == 10
    assert len(accesses) == 3

    def place(number: int) -> str:
        text = f"{review.seed}{world.accounts['bvc'].pk}{case.pk}{workday(world, number)}"
        return hashlib.sha256(text.encode()).hexdigest()

    first = sorted(range(1, 11), key=place)[:3]
    assert {as_day(a.first_at) for a in accesses} == {workday(world, number) for number in first}


@pytest.mark.parametrize(
    ("share", "least", "most", "expected"), [(0.5, 1, 100, 5), (0.5, 1, 4, 4), (0.05, 20, 200, 10)]
)
def test_the_size_of_the_sample(
    world: World,
    case: Case,
    monkeypatch: pytest.MonkeyPatch,
    share: float,
    least: int,
    most: int,
    expected: int,
) -> None:
    """A share, but at least and at most so many; all where there are fewer."""
    for name, value in (("SHARE", share), ("LEAST", least), ("MOST", most)):
        monkeypatch.setattr(rules, name, value)
    for number in range(1, 11):
        opens(world, "bvc", case, world.clock(workday(world, number), 9))
    assert len(made(world)[1]) == expected


def test_two_months_are_drawn_with_different_seeds(world: World, case: Case) -> None:
    opens(world, "bvc", case, world.clock(workday(world), 9))
    opens(world, "bvc", case, world.clock(workday(world), 9) - timedelta(days=25))
    make_reviews(rules.month_before(world.last_month))
    make_reviews()
    with as_loader():
        assert len({review.seed for review in LogReview.objects.all()}) == 2


# --- Rules ------------------------------------------------------------------------------------


def test_rules_take_what_chance_does_not(world: World, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "LEAST", 0)
    monkeypatch.setattr(rules, "SHARE", 0)
    opens(world, "bvc", case, world.clock(workday(world), 9))
    opens(world, "bvc", case, world.clock(workday(world), 23))
    opens(world, "bvc", case, world.clock(workday(world, 2), 9))
    (access,) = made(world)[1]
    assert (access.flags, access.drawn, len(access.events)) == (["off_hours"], False, 2)


def test_unassigned(world: World, case: Case) -> None:
    """Nobody had let her in: bvc2 has no assignment, and hers that has ended does not count either."""
    opens(world, "bvc2", case, world.clock(workday(world), 9))
    assert flags(world) == [["unassigned"]]


def test_an_assignment_that_has_ended_since_counts_for_its_time(world: World, case: Case) -> None:
    """The trigger keeps the closed period."""
    day = workday(world)
    world.assign("bvc2", "bvc", case, valid=(world.clock(day, 8), None))
    opens(world, "bvc2", case, world.clock(day, 9))
    with as_loader():
        Assignment.objects.filter(user=world.accounts["bvc2"]).delete()
    assert flags(world) == [[]]


def test_the_heads_list_asks_for_no_assignment(world: World, case: Case) -> None:
    opens(world, "bvc-ledare", case, world.clock(workday(world), 9), action="opened_head", head=True)
    assert flags(world) == [[]]


def test_a_signal_without_a_case_is_an_access_too(world: World) -> None:
    signal = world.signal(to_unit="bvc")
    opens(world, "bvc", None, world.clock(workday(world), 9), action="opened_signal", object=signal.pk)
    (access,) = made(world)[1]
    assert access.subject == signal.pk


@pytest.mark.parametrize(
    ("reader", "child", "guardian", "found"),
    [
        ("Ines Sjöglimt", "Sjöglimt", "Berg", True),
        ("Ines Sjöglimt", "Berg", "Sjöglimt", True),
        ("Ines Maria Berg-Sjöglimt", "sjöglimt", "X", True),
        ("Ines Sjöglimt Berg", "Sjöglimt Ek", "X", True),
        ("Ines Berg", "Sjöglimt", "Sjöglimt", False),
        ("Sjöglimt Berg", "Sjöglimt", "Sjöglimt", False),  # her first name
        ("Ines af Berg", "af Ek", "af Ek", False),
    ],
)
def test_may_know_the_family_by_name(
    world: World, case: Case, reader: str, child: str, guardian: str, *, found: bool
) -> None:
    """The child's or a guardian's, compared in the database; only that it was so is kept."""
    with as_loader():
        StaffMember.objects.filter(pk=world.accounts["bvc"].pk).update(name=reader)
        type(case.child).objects.filter(pk=case.child_id).update(family_name=child)
        Guardian.objects.update(family_name="Ingen")
        Guardian.objects.filter(pk=world.guardians["mamma"].pk).update(family_name=guardian)
    opens(world, "bvc", case, world.clock(workday(world), 9))
    assert flags(world) == [["own_name"] if found else []]


@pytest.mark.parametrize("how", ["guardian", "adult", "neither"])
def test_may_know_the_family_by_being_of_it(world: World, case: Case, how: str) -> None:
    """The reader is herself a guardian, or another adult of the child's, whatever their names."""
    with as_loader():
        mine = Guardian.objects.get(pk=world.guardians["mamma" if how == "guardian" else "granne"].pk)
        Guardian.objects.filter(pk=mine.pk).update(account=world.accounts["bvc"])
    if how == "adult":
        world.other_adult("granne", case.child, "bvc", "bvc2")
    opens(world, "bvc", case, world.clock(workday(world), 9))
    assert flags(world) == [["own_name"] if how != "neither" else []]


@pytest.mark.parametrize(
    ("hour", "minute", "found"),
    [(5, 59, True), (6, 0, False), (19, 59, False), (20, 0, True), (23, 30, True)],
)
def test_off_hours(world: World, case: Case, hour: int, minute: int, *, found: bool) -> None:
    opens(world, "bvc", case, world.clock(workday(world), hour, minute))
    assert flags(world) == [["off_hours"] if found else []]


def test_a_weekend_is_off_hours(world: World, case: Case) -> None:
    day = world.last_month
    while is_working_day(day):
        day += timedelta(days=1)
    opens(world, "bvc", case, world.clock(day, 10))
    assert flags(world) == [["off_hours"]]


def test_where_work_goes_on_all_day_no_hour_is_odd(world: World, case: Case) -> None:
    world.assign("polis", "police", case, valid=(world.days(-300), None))
    opens(world, "polis", case, world.clock(workday(world), 23))
    assert UnitKind(world.units["police"].kind) in rules.ROUND_THE_CLOCK
    assert flags(world, "police") == [[]]


def busy(world: World, day: int, children: int) -> None:
    """One who opens so many children's cases on a day."""
    for number in range(children):
        child = world.add_child(f"barn-{day}-{number}", world.born(5))
        opens(world, "bvc", long_assigned(world, child=child), world.clock(workday(world, day), 9, number))


def test_many_children_in_a_day(world: World) -> None:
    """More than ten, once for the day; ten are not many."""
    busy(world, 1, rules.MANY_CHILDREN)
    busy(world, 2, rules.MANY_CHILDREN + 1)
    found = [access for access in made(world)[1] if "many" in access.flags]
    assert [access.children for access in found] == [rules.MANY_CHILDREN + 1]


def test_many_is_held_against_what_is_usual(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opened as many each day before does nothing new."""
    monkeypatch.setattr(rules, "MANY_CHILDREN", 2)
    cases = [long_assigned(world, child=world.add_child(f"barn{n}", world.born(5))) for n in range(3)]
    for number, case in enumerate(cases):
        opens(world, "bvc", case, world.clock(workday(world), 9, number))
        opens(world, "bvc", case, world.clock(workday(world), 9, number) - timedelta(days=40))
    assert [f for f in flags(world) if "many" in f] == []


@pytest.mark.parametrize(("days", "found"), [(0, False), (1, True)])
def test_after_closing(world: World, case: Case, days: int, *, found: bool) -> None:
    """From the day after: on the last day there is something to finish."""
    day = workday(world)
    with as_loader():
        Process.objects.filter(case=case).update(
            closed_at=world.clock(day, 8), state="closed", close_reason="moved"
        )
    while days and not is_working_day(day + timedelta(days=days)):
        days += 1
    opens(world, "bvc", case, world.clock(day + timedelta(days=days), 9))
    assert flags(world) == [["after_closing"] if found else []]


# --- By hand ----------------------------------------------------------------------------------


def test_the_command_makes_the_month_that_is_named(world: World, case: Case) -> None:
    opens(world, "bvc", case, world.clock(workday(world), 9))
    said = StringIO()
    call_command("make_reviews", f"--month={world.last_month:%Y-%m}", stdout=said)
    assert said.getvalue().startswith("Gjorda granskningar: 1. ")
    with pytest.raises(CommandError, match="2026-10"):
        call_command("make_reviews", "--month=oktober")


def test_it_holds_no_child(world: World, case: Case) -> None:
    """No column refers to a child, and none holds a name."""
    opens(world, "bvc", case, world.clock(workday(world), 9))
    made(world)
    columns = {f.name for model in (LogReview, ReviewedAccess) for f in model._meta.get_fields()}
    assert not columns & {"child", "guardian", "name"}


# --- Turned away ------------------------------------------------------------------------------


def denied(world: World, who: str, day: date, minutes: list[int], action: str = "desk:case") -> None:
    """Somebody is turned away at so many minutes after nine."""
    for minute in minutes:
        with world.act(who, at=world.clock(day, 9) + timedelta(minutes=minute)) as actor:
            record(by=actor, kind="denied", action=action)


@pytest.mark.parametrize(
    ("minutes", "found"),
    [
        (list(range(10)), True),
        (list(range(9)), False),
        (list(range(0, 100, 10)), False),  # ten, but never within an hour
        ([*range(0, 50, 10), *range(90, 100, 2), 100, 102, 104, 106, 108], True),
    ],
)
def test_turned_away_many_times_within_an_hour(world: World, minutes: list[int], found: bool) -> None:
    """One line for the person and the day, of no case, with all of the day's; chance never draws it,
    and it counts as no access."""
    day = workday(world)
    denied(world, "bvc", day, minutes)
    if not found:
        assert make_reviews() == 0
        return
    review, (line,) = made(world)
    assert review.accesses == 0
    assert (line.flags, line.drawn, line.subject, line.children) == (["denied"], False, None, 0)
    assert (len(line.events), line.first_at) == (len(minutes), world.clock(day, 9))


def test_being_turned_away_by_several_is_nobodys(world: World, case: Case) -> None:
    """Five each by two is not ten by one, nor in two months; and what is opened is judged as before."""
    day = workday(world)
    for who in ("bvc", "bvc2"):
        denied(world, who, day, list(range(5)))
    denied(world, "mamma", day, list(range(20)))
    opens(world, "bvc", case, world.clock(day, 9))
    review, (line,) = made(world)
    assert (review.accesses, line.flags, line.drawn) == (1, [], True)


def test_beside_what_was_opened(world: World, case: Case) -> None:
    """Two lines of the same person and day: the many children are counted on the other."""
    day = workday(world)
    denied(world, "bvc", day, list(range(12)), action="search_held_back")
    opens(world, "bvc", case, world.clock(day, 10))
    review, lines = made(world)
    assert review.accesses == 1
    assert [(line.flags, line.drawn, line.subject) for line in lines] == [
        (["denied"], False, None),
        ([], True, case.pk),
    ]
    browser = world.client("granskare")
    page = browser.get(f"/granskning/{review.pk}/{lines[0].pk}/").content.decode()
    assert "Fick nej många gånger" in page and "Ärende" not in page  # noqa: PT018
    assert "Sökte eller provade nummer för ofta" in page
    assert browser.get(f"/granskning/{review.pk}/").status_code == 200
