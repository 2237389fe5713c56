"""Ages, custody and rights: the rules, the database and the pages flip at the same instant (I18)."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from access import actor as actors
from access import tables
from access.ages import (
    ADULT_AT,
    CHILD_ANSWERS_FROM,
    MATURITY_FROM,
    PLAN_FOR_CHILD_FROM,
    UNTIL_TWENTY_ONE,
    YOUTH_READS_FROM,
    birthday,
    midnight,
)
from access.facts import (
    AdultFacts,
    AdultKind,
    AdultRight,
    CustodyFacts,
    FamilyFacts,
    FamilyShareFacts,
    HidingFacts,
    MaturityFacts,
)
from access.family import Notes, child_view_is_asked, family_view, who_must_answer
from access.policy import (
    decide_child_share,
    decide_family_share,
    decide_hiding,
    decide_maturity,
    decide_rights,
)
from cases.models import Case, Version
from people.models import Child, Guardianship
from plans.models import PlanVersion
from tests.database import as_loader
from tests.worlds import World

MICRO = timedelta(microseconds=1)
AGES = (
    CHILD_ANSWERS_FROM, PLAN_FOR_CHILD_FROM, MATURITY_FROM, YOUTH_READS_FROM, ADULT_AT, UNTIL_TWENTY_ONE,
)  # fmt: skip
# Births around leap days and around both turns of the clock, as well as any.
births = st.one_of(
    st.dates(date(1990, 1, 1), date(2026, 12, 31)),
    st.sampled_from([date(y, 2, 29) for y in range(1992, 2025, 4)]),
    st.builds(date, st.integers(1990, 2026), st.sampled_from([3, 10]), st.integers(24, 31)),
)
BORN = date(2008, 2, 29)


# --- The database reckons as the rules do ------------------------------------------------------


@pytest.mark.django_db
@given(born=births, age=st.sampled_from(AGES))
def test_i18_the_database_and_python_agree_on_every_birthday(born: date, age: int) -> None:
    """29 February, 1 March, and days of 23 and of 25 hours.

    Red when a day begins in Greenwich in the database.
    """
    with connection.cursor() as cursor:
        cursor.execute("select access.birthday(%s, %s)", [born, age])
        (instant,) = cursor.fetchone()
    assert instant == midnight(birthday(born, age))


@pytest.mark.parametrize("born", [date(2008, 2, 29), date(2008, 3, 30), date(2008, 10, 26), date(2009, 7, 1)])
def test_i18_a_youths_page_opens_at_midnight_of_sixteen(world: World, born: date) -> None:
    """``my_self``, to the microsecond."""
    child = world.add_child("sexton", born, account="sexton")
    turns = midnight(birthday(born, YOUTH_READS_FROM))
    for at, opens in ((turns - MICRO, None), (turns, child.pk)):
        with world.act("sexton", at=at):
            assert _ask("select access.my_self()") == opens


@pytest.mark.parametrize("born", [date(2008, 2, 29), date(2008, 3, 30), date(2008, 10, 26), date(2009, 7, 1)])
def test_i18_custody_closes_at_midnight_of_eighteen(world: World, born: date) -> None:
    """``my_children`` and the queryset, to the microsecond."""
    child = world.add_child("arton", born, ("granne",))
    ends = midnight(birthday(born, ADULT_AT))
    for at, there in ((ends - MICRO, True), (ends, False)):
        with world.act("granne", at=at) as actor:
            assert (child.pk in _ask("select access.my_children()")) == there
            assert Child.objects.of_guardian(actor).filter(pk=child.pk).exists() == there


@pytest.mark.parametrize("born", [date(2013, 2, 28), date(2012, 2, 29), date(2013, 3, 31)])
def test_i18_a_guardians_notes_narrow_at_midnight_of_thirteen(world: World, born: date) -> None:
    """What was shown before is shown until then, by every wall; the plan goes on. What is decided
    afterwards is shown."""
    child = world.add_child("tretton", born, ("granne",))
    turns = midnight(birthday(born, PLAN_FOR_CHILD_FROM))
    case = world.open_case(child)
    note = world.entry("bvc", "bvc", case)
    before = turns - timedelta(days=9)
    world.show(note, to_guardian="granne", valid=(before, None), decided_at=before)
    plan = world.plan(case)
    world.release(plan, to_guardian="granne", valid=(before, None))
    for at, reads in ((turns - MICRO, True), (turns, False)):
        with world.act("granne", at=at) as actor:
            assert Version.objects.visible_to(actor).filter(pk=note.pk).exists() == reads
            assert Version.objects.filter(pk=note.pk).exists() == reads
            assert PlanVersion.objects.visible_to(actor).filter(pk=plan.pk).exists()
    world.show(note, to_guardian="granne", valid=(turns, None), decided_at=turns)
    with world.act("granne", at=turns) as actor:
        assert Version.objects.visible_to(actor).filter(pk=note.pk).exists()


def _ask(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


# --- The rules ------------------------------------------------------------------------------------


def at(age: int) -> datetime:
    return midnight(birthday(BORN, age))


def test_what_a_guardian_has_by_age() -> None:
    """All until 13, then of the notes those decided since; nothing at 18, nor while contested."""
    mine = CustodyFacts("g")
    for age, notes in (
        (0, Notes.ALL),
        (12, Notes.ALL),
        (13, Notes.SINCE_THIRTEEN),
        (17, Notes.SINCE_THIRTEEN),
    ):
        view = family_view(FamilyFacts(BORN, at(age), custody=mine))
        assert (view.plan, view.notes, view.answers, view.log) == (True, notes, True, True)
    assert not family_view(FamilyFacts(BORN, at(18), custody=mine))
    assert family_view(FamilyFacts(BORN, at(18) - MICRO, custody=mine)).plan
    assert not family_view(FamilyFacts(BORN, at(9), custody=CustodyFacts("g", contested=True)))
    assert not family_view(FamilyFacts(BORN, at(9), custody=CustodyFacts("g", until=at(9))))


def test_what_the_child_has_by_age() -> None:
    """Answers from 12, reads from 16, everything of her own from 18."""
    for age, plan, answers, notes in (
        (11, False, False, Notes.NONE),
        (12, False, True, Notes.NONE),
        (15, False, True, Notes.NONE),
        (16, True, True, Notes.SHOWN_TO_ALL),
        (18, True, True, Notes.ALL),
    ):
        view = family_view(FamilyFacts(BORN, at(age), is_the_child=True))
        assert (view.plan, view.answers, view.notes) == (plan, answers, notes), age


@pytest.mark.parametrize(
    ("kind", "rights", "allowed"),
    [
        ("god_man", {"plan", "shown", "answers"}, True),
        ("foster_home", {"plan", "shown"}, True),
        ("foster_home", {"answers"}, False),
        ("parent", {"plan"}, True),
        ("parent", {"plan", "answers"}, False),
        ("parent", set(), False),
    ],
)
def test_only_a_god_man_answers(kind: str, rights: set[str], allowed: bool) -> None:
    chosen = frozenset(map(AdultRight, rights))
    assert bool(decide_rights(AdultKind(kind), chosen)) == allowed
    # Even where a row says more than the kind may have.
    view = family_view(FamilyFacts(BORN, at(9), adult=AdultFacts(AdultKind(kind), chosen)))
    assert view.answers == (kind == "god_man")
    assert view.log == (kind == "god_man")


def test_who_decides_alone() -> None:
    """From 15 to 17, with a reason, noted by one and signed by another."""

    def decided(age: int, reason: str = "mogen", signed: str | None = "annan") -> str:
        return decide_maturity(MaturityFacts(BORN, at(age), reason, "en", signed)).reason.value

    assert decided(15) == decided(17) == "signed_by_another"
    assert decided(14) == decided(18) == "not_of_that_age"
    assert decided(16, " ") == "reason_missing"
    assert decided(16, signed=None) == "second_person_missing"
    assert decided(16, signed="en") == "not_ones_own"
    custody = (CustodyFacts("g"),)
    assert who_must_answer(BORN, custody, at(15), decides_alone=True).guardians == ()
    assert who_must_answer(BORN, custody, at(15) - MICRO, decides_alone=True).guardians == ("g",)


def test_the_childs_view_is_asked_under_twelve() -> None:
    assert child_view_is_asked(BORN, at(12) - MICRO)
    assert not child_view_is_asked(BORN, at(12))


def test_i21_hidden_is_shown_to_nobody_it_is_hidden_from() -> None:
    """Decision table row 26, and the child no more than her guardians (I21)."""
    hidden = decide_family_share(FamilyShareFacts(False, True, None, hidden=True))
    assert not hidden
    assert hidden.reason == "hidden_from_guardian"
    both = frozenset({"g", "h"})
    for age, shown, hides, allowed in (
        (16, both, False, True),
        (16, frozenset({"g"}), False, False),
        (16, both, True, False),
        (18, frozenset(), True, True),
        (15, both, False, False),
    ):
        decision = decide_child_share(BORN, at(age), shown_to=shown, guardians=both, hidden=hides)
        assert bool(decision) == allowed, (age, shown, hides)


@pytest.mark.parametrize(
    ("review", "allowed"),
    [("2026-01-10", False), ("2026-01-11", True), ("2026-07-10", True), ("2026-07-11", False)],
)
def test_what_is_hidden_is_looked_over_within_six_months(review: str, allowed: bool) -> None:
    today = date(2026, 1, 10)
    facts = HidingFacts(True, True, "Far illa.", today, date.fromisoformat(review))
    assert bool(decide_hiding(facts)) == allowed


def test_the_table_is_that_of_the_rules(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """``docs/who-sees-what.md`` is drawn from the rules, and an old one is found out."""
    call_command("access_tables", check=True)
    monkeypatch.setitem(tables.VIEWERS, "Guardian", lambda instant: FamilyFacts(BORN, instant))
    with pytest.raises(CommandError):
        call_command("access_tables", check=True)


# --- At the doors ------------------------------------------------------------------------------------


DOORS = ("", "anteckningar/", "samtycke/", "vem-har-last/", "dokument/")


@pytest.mark.parametrize("how", ["ended", "contested", "registered by mistake"])
def test_custody_that_ends_or_turns_contested_closes_every_door_at_once(world: World, how: str) -> None:
    """Decision table row 28: by the register's row or by hand, in the same second."""
    team = world.teamwork()
    document = world.document(team.releases["mamma"])
    home = f"/familj/{world.child.pk}/"
    mamma = world.client("mamma")
    doors = [home + below for below in (*DOORS, f"dokument/{document.pk}/", f"anteckningar/{team.note.pk}/")]
    assert {mamma.get(door).status_code for door in doors} == {200}
    if how == "registered by mistake":
        reply = world.client("bvc").post(
            f"/barn/{team.case.pk}/personer/vardnadshavare/{world.guardians['mamma'].pk}/avsluta/",
            {"how": "mistake", "reason": "Fel person i registret."},
        )
        assert reply.status_code == 302
    else:
        change = {"contested": True} if how == "contested" else {"valid": (None, world.at)}
        with as_loader():
            Guardianship.objects.filter(guardian=world.guardians["mamma"], child=world.child).update(**change)
    assert {mamma.get(door).status_code for door in doors} == {404}
    with world.act("mamma") as actor:
        assert not Case.objects.visible_to(actor).exists()
        assert not Version.objects.visible_to(actor).exists()
    with as_loader():
        row = Guardianship.objects.get(guardian=world.guardians["mamma"], child=world.child)
        assert (row.end_reason != "") == (how == "registered by mistake"), "kept, and why"


def test_another_adult_reads_what_she_may_and_no_more(world: World) -> None:
    """A familjehem with the plan: the plan's page and paper, no consent, no log, no answers. Ended
    by hand it closes."""
    team = world.teamwork()
    world.add_guardian("familjehem")
    adult = world.other_adult("familjehem", world.child, "bvc", "bvc", rights=("plan",))
    release = world.release(team.plan, to_guardian="familjehem")
    world.show(team.note, to_guardian="familjehem")  # a row alone opens nothing
    home, browser = f"/familj/{world.child.pk}/", world.client("familjehem")
    page = browser.get(home).content.decode()
    assert "Bli förstådd på förskolan" in page
    assert "Pratar lite." not in page
    assert "samtycke/" not in page
    assert "samtycke gäller" not in page
    statuses = {below: browser.get(home + below).status_code for below in DOORS}
    assert statuses == {
        "": 200,
        "anteckningar/": 200,
        "samtycke/": 404,
        "vem-har-last/": 404,
        "dokument/": 200,
    }
    assert browser.get(f"{home}plan/{team.plan.pk}/svar/").status_code == 404
    end = f"/barn/{team.case.pk}/personer/annan-vuxen/{adult.pk}/avsluta/"
    assert world.client("logoped").post(end, {"reason": "x"}).status_code == 403
    assert world.client("bvc").post(end, {"reason": "Flyttat hem."}).status_code == 302
    assert browser.get(home).status_code == 404
    with as_loader():
        release.refresh_from_db()
        assert release.valid.upper is not None


def test_a_god_man_answers_in_a_guardians_place(world: World) -> None:
    """For a child without guardians here: the question can be asked, and her yes is enough."""
    child = world.add_child("ensam", world.born(9))
    world.add_guardian("godman")
    case = world.open_case(child)
    form = {
        "given_name": "Gun", "family_name": "Godman", "kind": "god_man", "source": "decision",
        "rights": ["plan", "shown", "answers"],
    }  # fmt: skip
    browser = world.client("bvc")
    assert (
        browser.post(f"/barn/{case.pk}/personer/annan-vuxen/", form | {"kind": "parent"}).status_code == 422
    )
    assert browser.post(f"/barn/{case.pk}/personer/annan-vuxen/", form).status_code == 302
    page = browser.get(f"/barn/{case.pk}/samtycke/nytt/").content.decode()
    assert "Gun Godman" in page
    world.other_adult("godman", child, "bvc", "bvc", kind="god_man", rights=("plan", "shown", "answers"))
    with world.act("godman") as actor:
        assert Case.objects.of_family(actor).filter(pk=case.pk).exists()
        assert actors.begin(actor.account_id, uuid.UUID(int=0)).guardian_id == world.guardians["godman"].pk
