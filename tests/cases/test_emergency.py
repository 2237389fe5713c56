"""Nödöppning through the services: own unit, an hour, a notice, a review by another person (I20)."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import connection

from access.permissions import Permission
from audit.models import Event
from cases.facts import standing
from cases.models import Case, Emergency, Version
from cases.queries.emergency import emergencies_to_review, lines_of
from cases.services import circle
from cases.services.emergency import (
    Asked,
    end_emergencies,
    escalate_emergencies,
    open_in_emergency,
    review_emergency,
)
from kit.errors import Refused
from notices.models import Outbox
from people.models import Child, Protection
from people.numbers import LegalSex, PersonalNumber, make_test_number
from tests.database import as_loader
from tests.worlds import World

TEXT = "Mamman står i receptionen och kollegan är sjuk."


@pytest.fixture
def number(world: World) -> PersonalNumber:
    """The child's personnummer, a test number."""
    found = make_test_number(world.child.born_on, LegalSex.FEMALE)
    with as_loader():
        Child.objects.filter(pk=world.child.pk).update(number=found.digits, reserve_number=None)
    return found


def opened(world: World, number: PersonalNumber, by: str = "bvc2", text: str = TEXT) -> uuid.UUID | None:
    """Open as somebody."""
    with world.act(by) as actor:
        return open_in_emergency(asked=Asked(number, Emergency.Code.STAND_IN, text), by=actor)


def reads(world: World, by: str, at: timedelta = timedelta(0)) -> int:
    """How many versions somebody reads, by the ORM and by a bare SELECT alike."""
    with world.act(by, at=world.at + at) as actor:
        count = Version.objects.visible_to(actor).count()
        assert count == Version.objects.count()
        return count


def test_opens_for_an_hour_to_the_microsecond(world: World, number: PersonalNumber) -> None:
    """What she would read if she were assigned; at the end nothing."""
    team = world.teamwork()
    assert not reads(world, "bvc2")
    assert opened(world, number) == team.case.pk
    assert reads(world, "bvc2") == reads(world, "bvc") > 0
    assert reads(world, "bvc2", timedelta(minutes=60) - timedelta(microseconds=1))
    assert not reads(world, "bvc2", timedelta(minutes=60))


def test_reads_and_notes_and_nothing_else(world: World, number: PersonalNumber) -> None:
    """Nothing is decided, shown or agreed by it."""
    case = world.teamwork().case
    opened(world, number)
    with world.act("bvc2") as actor:
        how = standing(case.pk, actor)
        may = {p for p in Permission if how.decide(p)}
        about_a_case = may & {
            Permission.READ_CONTENT, Permission.WRITE_ENTRY, Permission.SHARE_WITH_UNIT, Permission.EDIT_PLAN,
            Permission.SHARE_WITH_GUARDIAN, Permission.CLOSE_CASE, Permission.CLOSE_CIRCLE, Permission.ASK_CONSENT,
            Permission.UPDATE_OWN_ROW, Permission.REGISTER_FAMILY, Permission.AGREE_PLAN,
        }  # fmt: skip
        assert about_a_case == {Permission.READ_CONTENT, Permission.WRITE_ENTRY}
        assert actor.emergency is not None
        assert actor.emergency.case_id == case.pk


@pytest.mark.parametrize("by", ["soc", "mentor", "logoped", "tva-enheter", "polis"])
def test_across_agencies_it_opens_nothing(world: World, number: PersonalNumber, by: str) -> None:
    """A unit that takes no part finds nothing; one that does has her own assigned already."""
    world.open_case()
    found = opened(world, number, by)
    assert (found is not None) == (by == "tva-enheter")  # who works at BVC too


@pytest.mark.parametrize("closed_by", ["lock", *Protection.Level])
def test_never_a_closed_case(world: World, number: PersonalNumber, closed_by: str) -> None:
    """It finds nothing, as for a child that there isn't; and one that is open closes at once."""
    case = world.teamwork().case
    assert opened(world, number)
    with world.act("bvc") as actor:
        if closed_by == "lock":
            circle.lock_case(case=case, reason=TEXT, by=actor)
        else:
            level = Protection.Level(closed_by)
            circle.raise_protection(case=case, level=level, source=Protection.Source.STAFF, by=actor)
    assert not reads(world, "bvc2")
    assert opened(world, number) is None
    with as_loader():
        assert Emergency.objects.count() == 1


@pytest.mark.parametrize("text", ["", "kort", " " * 40, "x" * 19])
def test_i20_a_reason_of_some_length(world: World, number: PersonalNumber, text: str) -> None:
    """Spaces don't count."""
    world.open_case()
    with pytest.raises(Refused):
        opened(world, number, text=text)


@pytest.mark.parametrize("by", ["enhetsadmin", "styrgrupp", "admin", "dataskydd", "mamma"])
def test_only_those_who_work_with_children(world: World, number: PersonalNumber, by: str) -> None:
    """Neither the administration nor the family."""
    world.open_case()
    with pytest.raises(Refused):
        opened(world, number, by)


def test_it_ends_when_she_says_so(world: World, number: PersonalNumber) -> None:
    """And a new one ends the one before."""
    world.teamwork()
    opened(world, number)
    with world.act("bvc2", at=world.at + timedelta(minutes=5)) as actor:
        assert end_emergencies(by=actor)
        assert not end_emergencies(by=actor)
    assert not reads(world, "bvc2", timedelta(minutes=5))


def test_i20_the_arbetsledare_is_told_without_personal_data(world: World, number: PersonalNumber) -> None:
    """An id and a kind; never who, nor the child."""
    world.open_case()
    opened(world, number)
    with as_loader():
        (mail,) = Outbox.objects.filter(kind="emergency_mail")
        emergency = Emergency.objects.get()
        assert (mail.recipient_id, mail.subject) == (world.accounts["bvc-ledare"].pk, emergency.pk)
        assert mail.key == f"opened:{emergency.pk}"
        event = Event.objects.get(action="emergency_opened")
        assert (event.kind, event.case, event.child) == ("emergency", emergency.case_id, world.child.pk)
        assert number.digits not in str(event.detail)


def test_i20_reviewed_by_another_person_once(world: World, number: PersonalNumber) -> None:
    """What was opened stands there as codes; a wrong one takes a word about what is done."""
    world.teamwork()
    opened(world, number)
    with world.act("bvc2") as actor:
        assert emergencies_to_review(actor) == []
    with world.act("bvc-ledare") as actor:
        (waiting,) = emergencies_to_review(actor)
        assert (waiting.text, waiting.code) == (TEXT, "stand_in")
        assert [kind for _at, kind, _action in lines_of(waiting.id, actor)] == ["emergency"]
        with pytest.raises(Refused):
            review_emergency(emergency_id=waiting.id, verdict=Emergency.Verdict.WRONG, note="", by=actor)
        review_emergency(emergency_id=waiting.id, verdict=Emergency.Verdict.RIGHT, note="", by=actor)
        assert emergencies_to_review(actor) == []
        assert [e.judged for e in emergencies_to_review(actor, all=True)]
        with pytest.raises(Refused):
            review_emergency(emergency_id=waiting.id, verdict=Emergency.Verdict.RIGHT, note="", by=actor)


def test_i20_an_arbetsledare_never_reviews_her_own(world: World, number: PersonalNumber) -> None:
    """Another of the unit does or, where there is none, the dataskyddsombud, who reads no reason.

    Red when one may review one's own.
    """
    with as_loader():
        Child.objects.filter(pk=world.children["grannbarn"].pk).update(
            number=make_test_number(world.children["grannbarn"].born_on, LegalSex.MALE).digits,
            reserve_number=None,
        )
    world.open_case(world.children["grannbarn"], "school", "mentor")
    neighbour = make_test_number(world.children["grannbarn"].born_on, LegalSex.MALE)
    assert opened(world, neighbour, "rektor")
    with world.act("rektor") as actor:
        assert emergencies_to_review(actor) == []
    with world.act("dataskydd") as actor:
        (waiting,) = emergencies_to_review(actor)
        assert waiting.text == ""
        review_emergency(emergency_id=waiting.id, verdict=Emergency.Verdict.RIGHT, note="", by=actor)
    world.add_staff("rektor2", "school", "lead")
    assert opened(world, neighbour, "rektor")
    with world.act("dataskydd") as actor:
        assert emergencies_to_review(actor) == []
    with world.act("rektor2") as actor:
        assert len(emergencies_to_review(actor)) == 1


def test_i20_unreviewed_it_escalates_and_suspends(world: World, number: PersonalNumber) -> None:
    """After three working days: the dataskyddsombud is told, the right waits; a review gives it back.

    Red when what nobody reviews is forgotten.
    """
    world.add_account("ombud")
    region = world.organisations["Region Kronoberg"]
    world.add_membership("ombud", role="data_protection", organisation=region)
    world.open_case()
    opened(world, number)
    with as_loader():
        due = Emergency.objects.get().review_due_on
    days = (due - world.today).days
    with world.act(None, at=world.at + timedelta(days=days)):
        assert escalate_emergencies() == 0
    later = world.at + timedelta(days=days + 1)
    with world.act("bvc2", at=later) as actor, pytest.raises(Refused):
        open_in_emergency(asked=Asked(number, Emergency.Code.ACUTE, TEXT), by=actor)
    with world.act(None, at=later):
        assert escalate_emergencies() == 1
        assert escalate_emergencies() == 0
    with as_loader():
        late = Outbox.objects.get(key__startswith="late:")
        assert late.recipient_id == world.accounts["ombud"].pk
    with world.act("dataskydd", at=later) as actor:
        assert emergencies_to_review(actor) == []  # another authority's
    with world.act("ombud", at=later) as actor:
        (waiting,) = emergencies_to_review(actor)
        assert waiting.escalated
        review_emergency(emergency_id=waiting.id, verdict=Emergency.Verdict.RIGHT, note="", by=actor)
    with world.act("bvc2", at=later) as actor:
        assert open_in_emergency(asked=Asked(number, Emergency.Code.ACUTE, TEXT), by=actor)
    with world.act("bvc2"), connection.cursor() as cursor:
        cursor.execute("select access.emergencies_escalate()")
        assert cursor.fetchone()[0] == 0


def test_unknown_and_hidden_are_the_same(world: World, number: PersonalNumber) -> None:
    """No such child, another unit's, a closed case: None, and one event that tells no number."""
    case = world.open_case()
    nobodys = make_test_number(world.born(9), LegalSex.FEMALE)
    assert opened(world, nobodys) is None
    assert opened(world, number, "soc2") is None
    with as_loader():
        found = list(Event.objects.filter(kind="emergency"))
        assert {(e.action, e.case, e.child, str(e.detail)) for e in found} == {
            ("emergency_found_nothing", None, None, "{}")
        }
    assert Case.objects.filter(pk=case.pk).count() == 0
