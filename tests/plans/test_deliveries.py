"""Mails and reminders: who gets one, who no longer does, and that none says anything."""

from __future__ import annotations

import io
import logging
from datetime import date, timedelta
from email.message import Message
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from access.actor import acting_as
from agencies.models import Membership
from cases.models import Assignment, Process
from consent.models import Scope
from kit.dates import as_day
from notices import services
from notices.models import Delivery, Outbox, Reminder
from people.models import Guardianship
from plans.models import FollowUp, PlanVersion
from plans.tasks import end_lapsed, queue_digests
from tests.database import as_loader
from tests.worlds import Teamwork, World

# Enough on a machine that does much else.
MINUTE = timedelta(minutes=1)


@pytest.fixture
def team(world: World) -> Teamwork:
    return world.teamwork()


def run(at: Any = None) -> list[tuple[str, str]]:
    """Sweep, and say how each piece of work ended."""
    services.sweep(claims_for=MINUTE)
    with as_loader():
        return list(Delivery.objects.order_by("pk").values_list("outbox__kind", "result"))


def to() -> list[str]:
    return sorted(address for message in mail.outbox for address in message.to)


def due(world: World, version: PlanVersion, days: int) -> date:
    """The day that lies so many days after the version's follow-up."""
    assert version.next_follow_up_on
    return version.next_follow_up_on + timedelta(days=days)


def send(day: date) -> str:
    out = io.StringIO()
    call_command("send_reminders", as_of=day.isoformat(), stdout=out)
    return out.getvalue()


# --- News ----------------------------------------------------------------------------------


def news(world: World, username: str, subject: Any, **values: Any) -> None:
    with world.act("bvc") as actor:
        services.queue(
            by=actor,
            recipient=world.accounts[username].pk,
            kind="news_mail",
            subject=subject,
            **{"key": "k", **values},
        )


def test_a_guardian_is_told_that_there_is_something_to_read(world: World, team: Teamwork) -> None:
    news(world, "mamma", team.releases["mamma"].pk)
    assert run() == [("news_mail", "sent")]
    (message,) = mail.outbox
    assert message.to == ["mamma@example.invalid"]
    assert message.subject == "Det finns något nytt att läsa"
    assert "Det finns något nytt att läsa i Barnens bästa." in message.body


def test_staff_are_told_in_the_unit_it_is_for(world: World, team: Teamwork) -> None:
    news(world, "logoped", team.note.pk, unit=world.units["logoped"].pk)
    assert run() == [("news_mail", "sent")]
    assert to() == ["logoped@example.invalid"]


def test_of_what_one_cannot_read_one_is_told_nothing(world: World, team: Teamwork) -> None:
    news(world, "pappa", team.releases["mamma"].pk)
    news(world, "mor", team.releases["mamma"].pk)
    news(world, "logoped", team.closed_note.pk, unit=world.units["logoped"].pk)
    assert run() == [("news_mail", "dropped")] * 3
    assert mail.outbox == []


def test_who_is_no_longer_guardian_is_told_nothing(world: World, team: Teamwork) -> None:
    news(world, "mamma", team.releases["mamma"].pk)
    with as_loader():
        Guardianship.objects.filter(guardian=world.guardians["mamma"]).update(contested=True)
    assert run() == [("news_mail", "dropped")]


def test_a_repeat_has_the_same_message_id(
    world: World, team: Teamwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker ends between the mail server's answer and our commit."""
    news(world, "mamma", team.releases["mamma"].pk)

    def dies(*_: Any) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(services, "_done", dies)
        services.sweep(claims_for=MINUTE)
    with acting_as(None, at=world.at + timedelta(seconds=30)):
        works = services.claim(limit=5)
    for work in works:
        services.perform(work)
    first, second = (message.message() for message in mail.outbox)
    assert first["Message-ID"] == second["Message-ID"]
    assert str(works[0].id) in first["Message-ID"]


CANARY = "Kanariefågel"


def mark_everything(world: World, team: Teamwork) -> None:
    """Whatever is of somebody holds the word, whatever is sent or logged may not."""
    world.show(world.entry("bvc", "bvc", team.case, body=CANARY), to_guardian="mamma")
    with as_loader(), connection.cursor() as cursor:
        for column in (
            "people_child.given_name",
            "people_child.family_name",
            "people_guardian.given_name",
            "people_guardian.family_name",
            "agencies_staffmember.name",
            "agencies_membership.title",
            "agencies_unit.name",
            "agencies_unit.does",
            "agencies_organisation.name",
        ):
            table, name = column.split(".")
            value = (
                f"'{CANARY} ' || {'group_id' if column == 'agencies_unit.name' else 'md5(random()::text)'}"
            )
            cursor.execute(f"update {table} set {name} = {value}")  # noqa: S608
        cursor.execute("update people_guardian set email = id || '@kanarie.invalid'")
        cursor.execute("update people_youthcontact set email = child_id || '@kanarie.invalid'")
        cursor.execute("update agencies_staffmember set email = account_id || '@kanarie.invalid'")


def test_i13_neither_mail_nor_queue_nor_log_holds_anything_of_anybody(
    world: World, team: Teamwork, caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    mark_everything(world, team)
    news(world, "mamma", team.releases["mamma"].pk)
    with world.act("bvc") as actor:
        services.queue(
            by=actor,
            recipient=world.accounts["mamma"].pk,
            kind="plan_document",
            key="k",
            subject=team.releases["mamma"].pk,
        )
    assert sorted(run()) == [("news_mail", "sent"), ("plan_document", "sent")]
    send(due(world, team.plan, -14))
    assert len(mail.outbox) == 2
    identities = [str(pk) for pk in (team.case.pk, world.child.pk, team.plan.pk, team.releases["mamma"].pk)]
    for message in mail.outbox:
        sent: Message = message.message()
        assert "kanarie" in sent["To"]  # the address, and nothing else
        del sent["To"]
        text = sent.as_string() + str(message.body) + str(message.subject)
        assert [word for word in (CANARY, "kanarie", *identities) if word in text] == []
        assert [word for word in str(message.body).split() if "://" in word] == [settings.SERVICE_URL]
    with as_loader(), connection.cursor() as cursor:
        cursor.execute("select array_agg(o::text) from notices_outbox o")
        queue = str(cursor.fetchone())
        cursor.execute("select array_agg(d::text) from notices_delivery d")
        queue += str(cursor.fetchone())
    assert "kanarie" not in (queue + caplog.text).lower()
    assert "work_done" in caplog.text


# --- Reminders -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (-15, []),
        (-14, ["bvc"]),
        (-3, ["bvc"]),
        (1, ["bvc"]),
        (6, ["bvc"]),
        (7, ["bvc", "bvc-ledare"]),
        (30, ["bvc", "bvc-ledare"]),
    ],
)
def test_who_is_reminded_when(world: World, team: Teamwork, days: int, told: list[str]) -> None:
    send(due(world, team.plan, days))
    assert to() == sorted(f"{name}@example.invalid" for name in told)


def test_however_often_it_runs_nobody_is_told_twice(world: World, team: Teamwork) -> None:
    for day in (*range(-20, 30), *range(-20, 30), 8, 8):
        send(due(world, team.plan, day))
    assert to().count("bvc@example.invalid") == 7  # -14, -3, 1, 8, 15, 22, 29
    assert to().count("bvc-ledare@example.invalid") == 4  # 7, 14, 21, 28
    with as_loader():
        stages = list(Reminder.objects.values_list("recipient", "subject", "due_on", "stage"))
    assert len(stages) == len(set(stages)) == 11


def test_one_digest_for_all_that_is_due(world: World, team: Teamwork) -> None:
    for name in ("barn2", "barn3"):
        case = world.open_case(world.add_child(name, world.born(5)))
        world.plan(case)
    send(due(world, team.plan, -3))
    assert to() == ["bvc@example.invalid"]
    with as_loader():
        assert Reminder.objects.count() == 3


def test_by_hand_says_how_many(world: World, team: Teamwork) -> None:
    day = due(world, team.plan, -14)
    assert send(day) == f"{day}: 1 skickade, 0 inte längre aktuella, 0 misslyckades och görs om.\n"
    assert send(day).startswith(f"{day}: 0 skickade")


def wait(world: World, version: PlanVersion) -> None:
    """Bring the follow-up near and queue today's digests; the outbox now waits."""
    _follow_up_on(version, as_day(world.at) + timedelta(days=2))
    assert queue_digests() == 1


def test_who_left_while_it_waited_gets_none_and_her_successor_does(world: World, team: Teamwork) -> None:
    wait(world, team.plan)
    with as_loader():
        Assignment.objects.filter(user=world.accounts["bvc"]).delete()
        Membership.objects.filter(account=world.accounts["bvc"]).update(
            valid=DateTimeTZRange(world.days(-365), world.days(-0.001))
        )
        Process.objects.update(responsible=world.accounts["bvc2"])
    world.assign("bvc2", "bvc", team.case)
    assert run() == [("digest_mail", "dropped")]
    queue_digests()
    services.sweep(claims_for=MINUTE)
    assert to() == ["bvc2@example.invalid"]


def test_who_was_replaced_while_it_waited_gets_none(world: World, team: Teamwork) -> None:
    wait(world, team.plan)
    world.assign("bvc2", "bvc", team.case)
    with as_loader():
        Process.objects.update(responsible=world.accounts["bvc2"])
    assert run() == [("digest_mail", "dropped")]
    queue_digests()
    services.sweep(claims_for=MINUTE)
    assert to() == ["bvc2@example.invalid"]


def test_where_the_holder_left_and_nobody_followed_the_lead_is_told_at_once(
    world: World, team: Teamwork
) -> None:
    with as_loader():
        Assignment.objects.filter(user=world.accounts["bvc"]).delete()
    send(due(world, team.plan, -14))
    assert to() == ["bvc-ledare@example.invalid"]


def test_a_digest_that_waited_overnight_is_not_one_more_the_next_day(world: World, team: Teamwork) -> None:
    wait(world, team.plan)
    with as_loader():
        Outbox.objects.update(key=(as_day(world.at) - timedelta(days=1)).isoformat())
    assert queue_digests() == 1
    assert sorted(run()) == [("digest_mail", "dropped"), ("digest_mail", "sent")]
    assert to() == ["bvc@example.invalid"]


def test_of_a_closed_case_nobody_is_reminded(world: World, team: Teamwork) -> None:
    with as_loader():
        Process.objects.update(closed_at=world.at)
    send(due(world, team.plan, 1))
    assert to() == []


def test_after_a_follow_up_the_next_one_counts(world: World, team: Teamwork) -> None:
    world.follow_up(team.plan, "bvc")
    _next_on(due(world, team.plan, 90))
    send(due(world, team.plan, 1))
    assert to() == []
    send(due(world, team.plan, 91))
    assert to() == ["bvc@example.invalid"]


@pytest.mark.parametrize("username", ["bvc2", "logoped", "mamma", "soc-vaxjo"])
def test_nobody_reads_what_others_are_reminded_of(world: World, team: Teamwork, username: str) -> None:
    with world.act(username), connection.cursor() as cursor:
        cursor.execute("select * from access.due_reminders(%s)", [due(world, team.plan, 8)])
        assert cursor.fetchall() == []


# --- What ends by itself -----------------------------------------------------------------------


def test_a_consent_that_ended_gets_its_name_and_the_family_a_new_document(
    world: World, team: Teamwork
) -> None:
    past = DateTimeTZRange(world.days(-30), world.days(-0.5))
    with as_loader():
        Scope.objects.filter(unit=world.units["logoped"]).update(valid=past)
        Scope.objects.filter(unit=world.units["preschool"]).update(valid=past)
    end_lapsed()
    end_lapsed()
    with as_loader():
        assert set(Scope.objects.filter(state="expired").values_list("unit__name", flat=True)) == {
            world.units["logoped"].name,
            world.units["preschool"].name,
        }
        team.consent.refresh_from_db()
        assert team.consent.state == "partly"
        assert sorted(Outbox.objects.values_list("recipient__username", "kind")) == [
            ("mamma", "news_mail"),
            ("mamma", "plan_document"),
            ("pappa", "news_mail"),
            ("pappa", "plan_document"),
        ]
    with world.act("logoped") as actor:
        own = set(type(team.note).objects.visible_to(actor))
    assert own == {team.logoped_note}  # what his unit wrote, and no trace of others
    with as_loader():
        assert not Assignment.objects.filter(user=world.accounts["forskola"]).exists()  # wrote nothing


def test_grants_whose_period_is_over_are_removed(world: World, team: Teamwork) -> None:
    world.assign("bvc-ledare", "bvc", team.case, valid=(world.days(-2), world.days(-1)))
    with as_loader():
        before = Assignment.objects.count()
    end_lapsed()
    with as_loader():
        assert Assignment.objects.count() == before - 1


def test_nobody_signed_in_ends_anything(world: World, team: Teamwork) -> None:
    with as_loader():
        Scope.objects.update(valid=DateTimeTZRange(world.days(-30), world.days(-0.5)))
    with world.act("bvc"), connection.cursor() as cursor:
        cursor.execute("select access.consents_expire(), access.grants_end_lapsed()")
        assert cursor.fetchone() == (0, 0)


def _follow_up_on(version: PlanVersion, day: date) -> None:
    """A held follow-up moves the next one to ``day``."""
    assert version.agreed_by_id
    with as_loader():
        FollowUp.objects.create(
            version=version,
            case=version.case,
            owner_unit=version.owner_unit,
            due_on=day,
            held_on=day,
            outcome="continue",
            held_by_id=version.agreed_by_id,
            held_at=version.edited_at,
        )
    _next_on(day)


def _next_on(day: date) -> None:
    with as_loader():
        Process.objects.update(next_on=day, next_step="follow_up")
