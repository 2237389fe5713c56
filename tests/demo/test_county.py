"""The demo county: what it holds, that it is the same each time, and that no period is a wish."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from access.facts import ConsentFacts, FamilyShareFacts, ShareFacts
from access.policy import (
    consent_state,
    decide_consent,
    decide_family_share,
    decide_share,
    midnight,
    scope_state,
    who_must_answer,
)
from access.units import UnitKind
from agencies.models import Membership, Municipality, StaffMember, Unit
from barnensbasta.demo.county import build
from barnensbasta.demo.names import BOYS, GIRLS, MEN, SURNAMES, WOMEN
from barnensbasta.demo.rows import Rows
from cases.models import (
    Assignment,
    Case,
    Disclosure,
    GrantPeriod,
    Invitation,
    Participation,
    Process,
    Signal,
    Version,
)
from cases.rules import responsible_kind
from consent.models import Answer, Consent, Scope
from kit.dates import as_day
from notices.models import Outbox
from people.models import Account, Child, Guardian, Guardianship, Password, YouthContact
from people.numbers import is_reserve_number, is_test_number, parse
from plans.models import FollowUp, Plan, PlanVersion, Release
from tests.demo.recompute import Book, instants, plain, years
from web.public.personas import PERSONAS

# A Sunday, a leap day, the day after midsummer, a new year's day, a summer's working day.
DAYS = [date(2026, 11, 22), date(2028, 2, 29), date(2027, 6, 26), date(2029, 1, 1), date(2030, 7, 17)]
NO_CASE = ("bvc2", "soc2", "polis", "soc-vaxjo", "tva-enheter")


@pytest.fixture(scope="module", params=DAYS, ids=str)
def rows(request: pytest.FixtureRequest) -> Rows:
    made = build(request.param, password="a hash")
    made.today = request.param  # type: ignore[attr-defined]
    return made


@pytest.fixture(scope="module")
def today(rows: Rows) -> date:
    return rows.today  # type: ignore[attr-defined,no-any-return]


@pytest.fixture(scope="module")
def book(rows: Rows) -> Book:
    return Book(rows)


# --- What it holds ---------------------------------------------------------------------------


def test_the_county_is_whole(rows: Rows) -> None:
    assert {row.code for row in rows.of(Municipality)} == {
        *("0760", "0761", "0763", "0764", "0765", "0767", "0780", "0781")
    }
    for town in rows.of(Municipality):
        assert town.report_url
        assert town.social_services_phone
        assert town.emergency_social_phone
        kinds = {unit.kind for unit in rows.of(Unit) if unit.municipality is town and unit.is_default}
        assert kinds >= {kind.value for kind in UnitKind} - {
            *("health_care", "independent_school", "police", "family_counselling")
        }, town.name
    for unit in rows.of(Unit):
        assert unit.does
        assert unit.hours
        assert unit.phone


def test_there_are_children_enough(rows: Rows, today: date) -> None:
    children = Counter(child.municipality_code for child in rows.of(Child))
    assert sum(children.values()) >= 304
    assert len(children) == 8
    opened = [as_day(row.opened_at) for row in rows.of(Case) if row.child.municipality_code == "0761"]
    assert len(opened) >= 60
    months = {(on.year, on.month) for on in opened if (today - on).days < 1096}
    assert len(months) >= 25
    assert min(opened) < today - timedelta(days=2 * 365)


def test_the_personas_are_there(rows: Rows) -> None:
    accounts = {account.username: account for account in rows.of(Account)}
    staff = {row.account.username: row for row in rows.of(StaffMember)}
    hashes = {row.account.username: row.hash for row in rows.of(Password)}
    for persona in PERSONAS:
        assert hashes[persona.username] == "a hash"
        if persona.is_family:
            people: list[Guardian | Child] = [*rows.of(Guardian), *rows.of(Child)]
            assert [p.name for p in people if p.account is accounts[persona.username]] == [persona.name]
            continue
        assert staff[persona.username].name == persona.name
        assert staff[persona.username].email == f"{persona.username}@demo.example"
        memberships = [m for m in rows.of(Membership) if m.account is accounts[persona.username]]
        first = memberships[0]
        place = first.unit or first.organisation or first.municipality
        assert place is not None
        assert (place.name, first.role, first.title) == (persona.place, persona.role, persona.title)
        assert len(memberships) == (2 if persona.username == "tva-enheter" else 1)
    others = accounts.keys() - {p.username for p in PERSONAS}
    assert all(hashes[username].startswith("!") for username in others)


def test_some_have_no_case(rows: Rows, book: Book) -> None:
    busy = {row.user.username for row in rows.of(Assignment)}
    assert not busy & set(NO_CASE)
    assert {"bvc", "forskola", "logoped", "rektor", "mentor", "kurator", "soc", "fritid"} <= busy
    kinds = {book.unit_of_group[row.group.name].kind for row in rows.of(Participation)}
    assert UnitKind.POLICE not in kinds


def test_milo_is_known_and_has_no_case(rows: Rows, book: Book, today: date) -> None:
    milo = next(child for child in rows.of(Child) if child.name == "Milo Tranberg")
    assert years(milo.born_on, today) == 4
    assert not [case for case in rows.of(Case) if case.child is milo]
    assert not [signal for signal in rows.of(Signal) if signal.typed_number == milo.number]
    guardians = [row.guardian.account.username for row in book.custody[milo.pk] if row.guardian.account]
    assert guardians == ["ny-mamma", "ny-pappa"]


def test_something_waits_for_those_who_try(rows: Rows, today: date) -> None:
    waiting = Counter(s.to_unit.name for s in rows.of(Signal) if s.to_unit and s.taken_by is None)
    assert waiting["BVC Lessebo"] == 2
    assert waiting["Furulundsskolan"] == 1
    invited = Counter(row.to_unit.name for row in rows.of(Invitation) if row.taken_by is None)
    for unit in (
        *("Logopedmottagningen", "Elevhälsan Furulundsskolan"),
        *("Fritidsgården Kupolen", "Socialtjänsten barn och unga"),
    ):
        assert invited[unit], unit
    unsent = [s for s in rows.of(Signal) if s.to_unit is None and s.sent_by.username == "forskola"]
    assert len(unsent) == 1
    overdue = [
        row.responsible.username
        for row in rows.of(Process)
        if row.closed_at is None and row.responsible and row.next_on and row.next_on < today
    ]
    assert "bvc" in overdue


def test_the_figures_have_values(rows: Rows, today: date) -> None:
    until = today.replace(day=1)
    since = until.replace(year=until.year - 1)

    def of_lessebo(child: Child, on: date | None) -> bool:
        return bool(on and child.municipality_code == "0761" and since <= on < until)

    children = {row.case.pk: row.child for row in rows.of(Process)}
    held = [f for f in rows.of(FollowUp) if of_lessebo(children[f.case.pk], f.due_on)]
    assert len(held) >= 30
    assert 0 < sum(f.held_on > f.due_on for f in held) < len(held)
    agreed = [
        v
        for v in rows.of(PlanVersion)
        if v.agreed_at and of_lessebo(children[v.case.pk], as_day(v.agreed_at))
    ]
    assert len(agreed) >= 5
    closed = [p for p in rows.of(Process) if p.closed_at and of_lessebo(p.child, as_day(p.closed_at))]
    assert sum(p.close_reason == "goals_reached" for p in closed) >= 5
    in_force = [
        p for p in rows.of(Plan) if p.state != "closed" and children[p.case.pk].municipality_code == "0761"
    ]
    assert len(in_force) >= 5


def test_the_stories_stand_where_they_should(rows: Rows, today: date) -> None:
    by_name = {row.child.name: row for row in rows.of(Process)}
    yara, tindra, malte = (by_name[n] for n in ("Yara Almhage", "Tindra Sjöglimt", "Malte Rydhed"))
    for process in (yara, tindra, malte):
        assert process.state == "implementing"
        assert process.next_on
        assert today < process.next_on <= today + timedelta(days=40)
    periods = [p for p in rows.of(GrantPeriod) if p.case is tindra.case and p.unit.kind == UnitKind.LEISURE]
    assert [p.kind for p in periods] == ["full", "own"]
    assert periods[0].valid.upper == periods[1].valid.lower
    versions = [v for v in rows.of(Version) if v.case is tindra.case and v.kind == "child_words"]
    shown = [d for d in rows.of(Disclosure) if d.version in versions and d.to_guardian]
    assert {d.to_guardian.given_name for d in shown if d.to_guardian} == {"Tora"}
    assert any(all(d.version is not v for d in rows.of(Disclosure)) for v in versions)
    released = [r for r in rows.of(Release) if r.case is malte.case and not r.to_unit]
    assert [bool(r.to_child) for r in released] == [False, True]
    assert len(rows.of(Outbox)) == 5


# --- Names and numbers -------------------------------------------------------------------------


def test_numbers_are_test_numbers_and_unique(rows: Rows, today: date) -> None:
    numbers = [child.number for child in rows.of(Child) if child.number]
    assert len(numbers) == len(set(numbers))
    for child in rows.of(Child):
        if child.number:
            assert is_test_number(child.number)
            assert parse(child.number, today=today).born_on == child.born_on
        else:
            assert child.reserve_number
            assert is_reserve_number(child.reserve_number)
    assert sum(parse(n, today=today).is_coordination for n in numbers) == 2


def test_names_are_from_the_lists(rows: Rows) -> None:
    stories = {p.name for p in PERSONAS} | {"Yara Almhage", "Tindra Sjöglimt", "Milo Tranberg", "Mona Rydhed"}
    stories |= {"Nova Ekskär", "Ninni Ekskär", "Nils Ekskär", "Siri Enebacken", "Ture Enebacken", "Barn 7C2A"}
    given = {*GIRLS, *BOYS, *WOMEN, *MEN, "Väntat barn"}
    named: list[Child | Guardian | StaffMember] = [*rows.of(Child), *rows.of(Guardian)]
    named += rows.of(StaffMember)
    names = [person.name for person in named]
    for name in set(names) - stories:
        first, surname = name.rsplit(" ", 1)
        assert first in given
        assert surname in SURNAMES


def test_mail_and_phones_reach_nobody(rows: Rows) -> None:
    people: list[StaffMember | Guardian | YouthContact] = [*rows.of(StaffMember), *rows.of(Guardian)]
    people += rows.of(YouthContact)
    assert [contact.email for contact in rows.of(YouthContact)] == ["ungdom@demo.example"]
    assert {person.email.rpartition("@")[2] for person in people} <= {"demo.example", ""}
    reachable = [g for g in rows.of(Guardian) if g.given_name != "Siri"]  # whose child is protected
    assert all(guardian.phone.startswith("070-174 06 ") for guardian in reachable)
    assert len(reachable) == len(rows.of(Guardian)) - 1
    assert all("-0" in unit.phone or unit.phone == "114 14" for unit in rows.of(Unit))


# --- The same each time ---------------------------------------------------------------------------


def test_the_same_seed_and_day_give_the_same_county() -> None:
    first, second = build(DAYS[0], password="x"), build(DAYS[0], password="x")
    assert plain(first) == plain(second)
    assert first.traces == second.traces
    assert plain(build(DAYS[0], password="x", seed="other")) != plain(first)


def test_nothing_has_happened_after_yesterday(rows: Rows, today: date) -> None:
    now = midnight(today)
    expected = {"Guardianship", "Listing", "Outbox", "Meeting"}  # a meeting that is booked lies ahead
    for model in rows.models():
        late = [row for row in rows.of(model) if any(moment >= now for moment in instants(row))]
        assert not late or model.__name__ in expected, (model, late[:1])
    assert all(trace.at < now for trace in rows.traces)


# --- Every period is what the policy decides --------------------------------------------------------


def test_one_open_case_of_a_child(rows: Rows) -> None:
    open_cases = Counter(row.child.pk for row in rows.of(Process) if row.closed_at is None)
    assert set(open_cases.values()) == {1}


def test_custody_ends_when_the_child_is_grown(rows: Rows) -> None:
    for row in rows.of(Guardianship):
        day = as_day(row.valid.upper)
        assert row.valid.upper == midnight(day)
        assert years(row.child.born_on, day) == 18
        assert years(row.child.born_on, day - timedelta(days=1)) == 17


def test_consents_are_asked_and_answered_by_the_rules(rows: Rows, book: Book, today: date) -> None:
    assert len(rows.of(Consent)) > 150
    for consent in rows.of(Consent):
        facts = ConsentFacts(
            consent.child.born_on, book.custody_facts(consent.child), consent.valid.lower, consent.valid.upper
        )
        decision = decide_consent(facts)
        assert decision, decision.reason
        required = who_must_answer(facts.born_on, facts.custody, facts.starts)
        for scope in book.scopes_of(consent):
            assert scope.ends_at == decision.until
            answers = book.answers[scope.pk]
            assert {a.guardian.pk for a in answers if a.guardian} == set(required.guardians)
            assert any(a.child is consent.child for a in answers) is required.child
            _check_scope(scope, book, answers, midnight(today))
        assert consent.state == consent_state(scope.state for scope in book.scopes_of(consent))


def _check_scope(scope: Scope, book: Book, answers: list[Answer], now: datetime) -> None:
    """Its state from the answers, its period from the last yes to the end that the policy set."""
    state = scope_state(book.scope_facts(scope))
    if state == "given":
        assert scope.valid
        assert scope.valid.lower == max(a.replied_at for a in answers if a.replied_at)
        assert scope.valid.upper == scope.ends_at
        assert scope.state == ("given" if scope.ends_at > now else "expired")
        return
    assert scope.state == state
    if state == "withdrawn":
        assert scope.valid
        assert scope.valid.upper == next(a.replied_at for a in answers if a.reply == "withdrawn")
    else:
        assert not scope.valid
    for answer in answers:
        assert bool(answer.noted_by) == bool(answer.reply and answer.route != "electronic")


def test_disclosures_last_as_long_as_the_policy_says(rows: Rows, book: Book) -> None:
    assert len(rows.of(Disclosure)) > 2000
    for row in rows.of(Disclosure):
        if row.second:
            continue
        version = row.version
        assert (row.case, row.owner_unit) == (version.case, version.owner_unit)
        if row.to_unit and row.consent:
            scope = book.scopes[row.consent.pk, row.to_unit.pk]
            assert scope.valid
            assert row.consent.child is version.case.child
            assert row.valid.lower in scope.valid
            decision = decide_share(
                ShareFacts(
                    UnitKind(row.owner_unit.kind),
                    UnitKind(row.to_unit.kind),
                    version.category,
                    frozenset(scope.categories),
                    scope.valid.upper,
                )
            )
        else:
            own = version.kind == "child_words" or version.data.get("perspective") == "child"
            custody = [c for c in book.custody[version.case.child.pk] if c.guardian is row.to_guardian]
            until = custody[0].valid.upper if custody else None
            assert bool(custody) is not bool(row.to_child)
            decision = decide_family_share(FamilyShareFacts(own, row.child_asked, until, bool(row.to_child)))
        assert decision, decision.reason
        assert row.valid.upper == decision.until


def test_releases_last_as_long_as_the_policy_says(rows: Rows, book: Book) -> None:
    newer = {(v.plan.pk, v.no - 1): v.agreed_at for v in rows.of(PlanVersion)}
    for row in rows.of(Release):
        replaced = newer.get((row.version.plan.pk, row.version.no))
        if row.to_unit and row.consent:
            scope = book.scopes[row.consent.pk, row.to_unit.pk]
            practical = UnitKind(row.to_unit.kind).practical_rows_only
            assert ("practical" if practical else "plan") in scope.categories
            assert row.rows == ("own" if practical else "all")
            assert scope.valid
            assert row.valid.lower in scope.valid
            until = scope.valid.upper
        else:
            custody = [c for c in book.custody[row.case.child.pk] if c.guardian is row.to_guardian]
            until = custody[0].valid.upper if custody else None
            assert bool(custody) is not (row.to_child is row.case.child)
        assert row.valid.upper == min(filter(None, (replaced, until)), default=None)


def test_units_take_part_by_a_ground_that_holds(rows: Rows, book: Book, today: date) -> None:
    responsible = {row.case.pk: row.responsible_unit for row in rows.of(Process)}
    for row in rows.of(Participation):
        unit = book.unit_of_group[row.group.name]
        case = row.content_object
        if row.consent:
            scope = book.scopes[row.consent.pk, unit.pk]
            assert scope.state == "given"
            assert row.kind == "full"
            assert scope.valid == row.valid
            assert row.valid.upper > midnight(today)
        elif row.kind == "full":
            assert responsible[case.pk] is unit
            assert row.valid.upper is None
        else:
            ended = [p for p in rows.of(GrantPeriod) if p.case is case and p.unit is unit]
            assert row.valid.lower in {p.valid.upper for p in ended}
            assert any(version.owner_unit is unit for version in rows.of(Version) if version.case is case)


def test_people_are_assigned_where_their_unit_takes_part(rows: Rows, book: Book) -> None:
    takes_part = {(book.unit_of_group[p.group.name].pk, p.content_object.pk) for p in rows.of(Participation)}
    works = {(m.account.pk, m.unit.pk) for m in rows.of(Membership) if m.unit}
    for row in rows.of(Assignment):
        assert (row.unit.pk, row.content_object.pk) in takes_part
        assert (row.user.pk, row.unit.pk) in works


def test_the_responsible_unit_is_that_of_the_age(rows: Rows) -> None:
    for process in rows.of(Process):
        kind = responsible_kind(process.child.born_on, as_day(process.case.opened_at))
        assert process.responsible_unit.kind == kind
