"""Around a closed case: brothers and sisters, the family, mails."""

from __future__ import annotations

import io
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from cases.models import Lock, ProtectionReview
from cases.queries.circle import protection_reviews
from cases.services import circle
from kit.errors import Refused
from notices.models import Outbox
from notices.work import Work
from people.models import Child
from people.numbers import LegalSex, make_test_number
from plans.deliveries import make_document, reminders_due, send_news
from plans.models import Document
from tests.cases.test_circles import WHY, Level, Source, cases_of, colleague, protect
from tests.database import as_loader
from tests.worlds import Teamwork, World


def test_siblings_are_looked_over(world: World) -> None:
    """Whoever holds the case of a child with the same guardian gets a line; not whose sake."""
    case = world.open_case()
    sibling = world.add_child("syskon", world.born(8), ("mamma",))
    other = world.open_case(sibling, "school", "mentor")
    protect(world, case)
    with world.act("mentor") as actor:
        assert [case_id for case_id, _at in protection_reviews(actor)] == [other.pk]
        with pytest.raises(Refused):
            circle.needs_no_protection(case=other, reason="nej", by=actor)
        circle.needs_no_protection(case=other, reason=WHY, by=actor)
        assert protection_reviews(actor) == []
    with world.act("kurator") as actor:
        assert protection_reviews(actor) == []
    with as_loader():
        assert ProtectionReview.objects.get().done_by_id == world.accounts["mentor"].pk


def test_raising_for_the_sibling_answers_the_review(world: World) -> None:
    """No line is left."""
    case = world.open_case()
    sibling = world.add_child("syskon", world.born(8), ("mamma",))
    other = world.open_case(sibling, "school", "mentor")
    protect(world, case)
    with world.act("mentor") as actor:
        circle.raise_protection(case=other, level=Level.MARKED, source=Source.STAFF, by=actor)
        assert protection_reviews(actor) == []
    with as_loader():
        assert ProtectionReview.objects.get().outcome == "raised"


@pytest.mark.parametrize("closed_by", ["protection", "lock"])
def test_the_family_is_let_in_one_by_one(world: World, closed_by: str) -> None:
    """Nothing of the case to either guardian until it is decided, and then to her alone."""
    team = world.teamwork()
    _close(world, team, closed_by)
    assert not cases_of(world, "mamma") | cases_of(world, "pappa")
    with world.act("bvc") as actor:
        circle.let_in(case=team.case, person_id=world.guardians["mamma"].pk, reason=WHY, by=actor)
        with pytest.raises(Refused):
            circle.let_in(case=team.case, person_id=world.guardians["granne"].pk, reason=WHY, by=actor)
    assert cases_of(world, "mamma") == {team.case.pk}
    assert not cases_of(world, "pappa")
    with world.act("logoped") as actor, pytest.raises(Refused):
        circle.shut_out(case=team.case, person_id=world.guardians["mamma"].pk, by=actor)
    with world.act("bvc") as actor:
        circle.shut_out(case=team.case, person_id=world.guardians["mamma"].pk, by=actor)
    assert not cases_of(world, "mamma")


def _close(world: World, team: Teamwork, by: str) -> None:
    with world.act("bvc") as actor:
        if by == "lock":
            circle.lock_case(case=team.case, reason=WHY, by=actor)
        else:
            circle.raise_protection(case=team.case, level=Level.MARKED, source=Source.POLICE, by=actor)


def test_a_guardian_of_a_locked_case_still_has_her_child(world: World) -> None:
    """As if there were no case. A protected child she meets nowhere: the name may be new."""
    team = world.teamwork()
    _close(world, team, "lock")
    with world.act("mamma") as actor:
        assert Child.objects.of_guardian(actor).filter(pk=world.child.pk).exists()
    _close(world, team, "protection")
    with world.act("mamma") as actor:
        assert not Child.objects.of_guardian(actor).exists()
        assert not Child.objects.exists()


def test_locking_and_unlocking(world: World) -> None:
    """A reason; by whoever works on it or leads there; unlocked by two."""
    case = world.open_case()
    world.assign("bvc2", "bvc", case)
    with world.act("bvc") as actor, pytest.raises(Refused):
        circle.lock_case(case=case, reason="kort", by=actor)
    with world.act("bvc-ledare") as actor:
        circle.lock_case(case=case, reason=WHY, by=actor)
        with pytest.raises(Refused):
            circle.lock_case(case=case, reason=WHY, by=actor)
        circle.name_colleague(case=case, who=colleague(world, "bvc2"), reason=WHY, by=actor)
        assert not circle.unlock_case(case=case, reason=WHY, by=actor)
        assert not circle.unlock_case(case=case, reason=WHY, by=actor)
    assert case.pk not in cases_of(world, "bvc")
    with world.act("bvc2") as actor:
        assert circle.unlock_case(case=case, reason="", by=actor)
    assert case.pk in cases_of(world, "bvc")
    with as_loader():
        lock = Lock.objects.get()
        assert (lock.unlock_asked_by_id, lock.unlocked_by_id) == (
            world.accounts["bvc-ledare"].pk, world.accounts["bvc2"].pk
        )  # fmt: skip
    # Named no longer: a later lock begins anew.
    with world.act("bvc") as actor:
        circle.lock_case(case=case, reason=WHY, by=actor)
    assert case.pk not in cases_of(world, "bvc2")


@pytest.mark.parametrize("closed_by", ["protection", "lock"])
def test_no_reminder_and_no_mail_is_about_it(world: World, closed_by: str) -> None:
    """Not even to whoever is named: a mail says that there is something."""
    team = world.teamwork()
    late = world.day(61)  # the day after the follow-up was due
    with world.act(None):
        assert [r for r in reminders_due(late) if r.subject == team.plan.pk]
    _close(world, team, closed_by)
    with world.act(None):
        assert not [r for r in reminders_due(late) if r.subject == team.plan.pk]
    with world.act("bvc"), connection.cursor() as cursor:
        for subject in (team.case.pk, team.plan.pk, team.note.pk, team.releases["mamma"].pk, team.consent.pk):
            cursor.execute("select access.is_quiet(%s)", [subject])
            assert cursor.fetchone()[0], subject
        cursor.execute("select access.is_quiet(%s)", [uuid.uuid4()])
        assert not cursor.fetchone()[0]
    with as_loader():
        assert not Outbox.objects.exclude(recipient=world.accounts["mamma"]).exists()


@pytest.mark.parametrize("closed_by", ["protection", "lock"])
def test_no_pdf_lies_about(world: World, closed_by: str) -> None:
    """Not even with a guardian who is let in: what was made before can't be opened, none is made anew."""
    team = world.teamwork()
    document = world.document(team.releases["mamma"])
    with world.act("mamma"):
        assert Document.objects.filter(pk=document.pk).exists()
    _close(world, team, closed_by)
    with world.act("bvc") as actor:
        circle.let_in(case=team.case, person_id=world.guardians["mamma"].pk, reason=WHY, by=actor)
    with world.act("mamma") as actor:
        assert not Document.objects.exists()
        work = Work(
            uuid.uuid4(), world.accounts["mamma"].pk, None, None, Outbox.Kind.PLAN_DOCUMENT, "x",
            team.releases["mamma"].pk, 1,
        )  # fmt: skip
        assert make_document(work, actor).why == "quiet"
        assert send_news(work, actor).why == "quiet"


def test_the_registers_word_comes_by_a_command(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The number is read from standard input; an unknown one is refused."""
    case = world.open_case()
    number = make_test_number(world.child.born_on, LegalSex.FEMALE).digits
    with as_loader():
        Child.objects.filter(pk=world.child.pk).update(number=number, reserve_number=None)
    for typed, known in ((number, True), (number, False)):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}\n"))
        if known:
            call_command("raise_protection", level="registered", stdout=io.StringIO())
        else:
            with pytest.raises(CommandError):
                call_command("raise_protection", level="marked")
    assert case.pk not in cases_of(world, "bvc")
