"""What is kept no longer is removed, and nothing else: by nobody's hand, in batches, with a proof."""

from __future__ import annotations

import io
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import Error, connection, transaction
from django.db.models import Model

from audit.models import Event
from cases.models import Draft
from notices.models import Delivery, Outbox, Reminder
from people.models import SignInAttempt
from plans import retention
from plans.models import Document, Release
from plans.tasks import remove_old
from tests.database import as_loader
from tests.worlds import Teamwork, World

HOUR = 1 / 24


@pytest.fixture
def team(world: World) -> Teamwork:
    return world.teamwork()


def keys(model: type[Model]) -> set[Any]:
    with as_loader():
        return set(model._default_manager.values_list("pk", flat=True))


def change(row: Model, **values: Any) -> Any:
    with as_loader():
        type(row)._default_manager.filter(pk=row.pk).update(**values)
    return row


def old_and_new(world: World, number: float) -> tuple[datetime, datetime]:
    """An hour too old, and an hour too young."""
    return world.days(-number - HOUR), world.days(-number + HOUR)


# --- What goes, and when -------------------------------------------------------------------


def test_drafts_go_after_ninety_days_and_those_of_no_case_after_thirty(world: World, team: Teamwork) -> None:
    """A notice that was never sent may hold a name and a number (GDPR art. 5.1 e)."""
    old, new = old_and_new(world, 90)
    of_case = [world.draft("bvc", "bvc", team.case, target) for target in ("entry:old", "entry:new")]
    change(of_case[0], saved_at=old), change(of_case[1], saved_at=new)
    old, new = old_and_new(world, 30)
    notice = [
        world.draft("forskola", "preschool", None, target) for target in ("signal:child", "signal:seen")
    ]
    change(notice[0], saved_at=old), change(notice[1], saved_at=new)
    assert retention.remove_old()["drafts"] == 2
    assert keys(Draft) == {of_case[1].pk, notice[1].pk}


def test_done_work_goes_and_its_delivery_stays_in_the_log(world: World) -> None:
    old, new = old_and_new(world, 90)
    gone, kept, waiting = (world.outbox(who) for who in ("mamma", "pappa", "mor"))
    with as_loader():
        Reminder.objects.all().delete()
    change(gone, done_at=old), change(kept, done_at=new)
    change(waiting, created_at=world.days(-400), due_at=world.days(-400))
    assert retention.remove_old()["outbox"] == 1
    assert keys(Outbox) == {kept.pk, waiting.pk}
    with as_loader():
        (delivery,) = Delivery.objects.filter(outbox=None)
    assert (delivery.recipient_id, delivery.kind) == (world.accounts["mamma"].pk, "news_mail")


def test_deliveries_go_after_ten_years(world: World) -> None:
    old, new = world.at - timedelta(days=3653), world.at - timedelta(days=3651)
    for username, at in (("mamma", old), ("pappa", new)):
        world.outbox(username)
        with as_loader():
            Delivery.objects.filter(recipient=world.accounts[username]).update(at=at)
    assert retention.remove_old()["deliveries"] == 1
    with as_loader():
        assert Delivery.objects.get().recipient == world.accounts["pappa"]


def test_a_reminder_stays_while_what_it_is_about_is_due(world: World, team: Teamwork) -> None:
    """Else a follow-up that is very late would be told of anew, from the first stage."""
    day = world.day(-100)
    digest = change(world.outbox("bvc", "digest_mail"), done_at=world.days(-99))
    with as_loader():
        row = Reminder.objects.get()
    # An agreed version's day never changes; this one is made late.
    late = world.plan(team.case, agreed=False, plan=team.plan.plan, no=2)
    change(late, next_follow_up_on=day, agreed_at=world.days(-120))
    change(row, subject=late.pk, due_on=day)
    assert Counter(retention.remove_old()) & Counter({"reminders": 1, "outbox": 1}) == Counter()
    assert keys(Reminder) == {row.pk}
    assert keys(Outbox) == {digest.pk}
    world.follow_up(late, "bvc")
    removed = retention.remove_old()
    assert (removed["reminders"], removed["outbox"]) == (1, 1)
    assert (keys(Reminder), keys(Outbox)) == (set(), set())


def test_a_reminder_of_lately_stays(world: World) -> None:
    world.outbox("bvc", "digest_mail")
    with as_loader():
        Reminder.objects.update(due_on=world.day(-89))
    assert retention.remove_old()["reminders"] == 0


def test_documents_that_nobody_can_open_go(world: World, team: Teamwork) -> None:
    """The newest of a release in force stays however old it is."""
    released: dict[str, Release] = team.releases
    replaced, newest = world.document(released["mamma"]), world.document(released["mamma"])
    change(replaced, rendered_at=world.days(-101)), change(newest, rendered_at=world.days(-100))
    closed, lately = world.document(released["logoped"]), world.document(released["preschool"])
    for document, ended in ((closed, -91), (lately, -89)):
        change(document, rendered_at=world.days(-100))
        change(document.release, valid=(world.days(-110), world.days(ended)))
    assert retention.remove_old()["documents"] == 2
    assert keys(Document) == {newest.pk, lately.pk}


def test_failed_sign_ins_and_ended_sessions_go_after_a_day(world: World) -> None:
    world.client("bvc"), world.client("logoped"), world.client("mamma")
    old, new = old_and_new(world, 1)
    with as_loader():
        ended, lately, _ = Session.objects.order_by("session_key")
    change(ended, expire_date=old), change(lately, expire_date=new)
    with as_loader():
        for at in (old, new):
            SignInAttempt.objects.create(name_key="x", address_key="y", at=at)
    removed = retention.remove_old()
    assert (removed["attempts"], removed["sessions"]) == (1, 1)
    assert ended.pk not in keys(Session)
    assert len(keys(Session)) == 2


def test_nothing_else_goes(world: World, team: Teamwork) -> None:
    """What is new stays, and no record of a child is ever looked at."""
    world.outbox("mamma"), world.draft("bvc", "bvc", team.case), world.document(team.releases["mamma"])
    assert not +retention.remove_old()


# --- How -------------------------------------------------------------------------------------


def many(world: World, team: Teamwork, number: int) -> None:
    for n in range(number):
        change(world.draft("bvc", "bvc", team.case, f"entry:{n}"), saved_at=world.days(-100))


def test_in_batches_each_with_its_proof_and_once(world: World, team: Teamwork) -> None:
    """Seven in batches of three; the audit says how many of what. A second run finds nothing."""
    many(world, team, 7)
    assert retention.remove_old(batch=3)["drafts"] == 7
    assert not +retention.remove_old(batch=3)
    with as_loader():
        proofs = list(Event.objects.filter(action="old_removed").order_by("sequence"))
    assert [proof.detail for proof in proofs] == [{"what": "drafts", "count": str(n)} for n in (3, 3, 1)]
    assert {(proof.account, proof.child, proof.case) for proof in proofs} == {(None, None, None)}


def test_a_run_that_takes_too_long_leaves_the_rest_to_the_next(world: World, team: Teamwork) -> None:
    many(world, team, 2)
    assert not retention.remove_old(lasts=timedelta(0))
    remove_old()
    assert keys(Draft) == set()


def test_by_hand_and_counted_first(world: World, team: Teamwork) -> None:
    many(world, team, 2)
    said = []
    for options in ({"dry_run": True}, {}, {"dry_run": True}):
        out = io.StringIO()
        call_command("remove_old", stdout=out, **options)
        said.append(out.getvalue())
    assert said[0].startswith("Skulle tas bort: drafts 2,")
    assert said[1].startswith("Borttaget: drafts 2,")
    assert "drafts 0" in said[2]
    assert keys(Draft) == set()


@pytest.mark.parametrize("username", ["bvc", "admin", "mamma"])
def test_whoever_is_signed_in_removes_nothing(world: World, team: Teamwork, username: str) -> None:
    many(world, team, 1)
    with world.act(username), connection.cursor() as cursor:
        for kind in retention.KINDS:
            cursor.execute(f"select access.sweep_{kind}(100)")
            assert cursor.fetchone() == (0,), kind
    assert len(keys(Draft)) == 1


def test_no_clock_but_the_servers_makes_anything_old(world: World, team: Teamwork) -> None:
    """The context's instant can be set; what is new stays all the same."""
    world.draft("bvc", "bvc", team.case)
    with world.act(None, at=world.days(5000)), connection.cursor() as cursor:
        for kind in retention.KINDS:
            cursor.execute(f"select access.sweep_{kind}(100)")
            assert cursor.fetchone() == (0,), kind


def test_the_app_itself_may_not_remove_them(world: World) -> None:
    """The functions are the only way: the tables' own rows are closed to whoever asks."""
    for table in ("notices_outbox", "notices_reminder", "notices_delivery", "plans_document"):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"delete from {table}")  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute("delete from cases_draft")
        assert cursor.rowcount == 0
