"""The outbox: queued once, claimed by one, done as its recipient, tried again, never lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, connection, transaction

from access.actor import Actor, acting_as
from notices import services
from notices.models import Delivery, Outbox
from notices.queries import heartbeat
from notices.work import Outcome, Work, sent
from tests.database import as_loader
from tests.worlds import World

# Enough on a machine that does much else.
MINUTE = timedelta(minutes=1)

KIND = Outbox.Kind.NEWS_MAIL


def rows(**filters: Any) -> list[Outbox]:
    with as_loader():
        return list(Outbox.objects.filter(**filters).order_by("attempts", "due_at"))


def deliveries() -> list[tuple[str, str]]:
    with as_loader():
        return list(Delivery.objects.order_by("at", "result").values_list("result", "error"))


def queued(world: World, username: str = "mamma", key: str = "k", **values: Any) -> Outbox:
    with world.act("bvc") as actor:
        services.queue(by=actor, recipient=world.accounts[username].pk, kind=KIND, key=key, **values)
    return next(row for row in rows() if row.key == key)


def claimed(world: World, *, later: float = 0) -> list[Work]:
    with world.act(None, at=world.at + timedelta(seconds=later) if later else None):
        return services.claim(limit=10)


def test_asking_twice_does_it_once(world: World) -> None:
    queued(world)
    queued(world)
    assert len(rows()) == 1


def test_nobody_signed_in_queues_nothing(world: World) -> None:
    with world.act(None) as nobody:
        services.queue(by=nobody, recipient=world.accounts["mamma"].pk, kind=KIND, key="k")
    assert rows() == []


@pytest.mark.parametrize("username", [None, "bvc", "mamma"])
def test_the_table_itself_is_closed(world: World, username: str | None) -> None:
    queued(world)
    with world.act(username):
        for table in ("outbox", "reminder", "delivery"):
            with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"select * from notices_{table}")  # noqa: S608


def test_the_queue_answers_nobody_who_is_signed_in(world: World) -> None:
    queued(world)
    with world.act("bvc"):
        assert services.claim(limit=10) == []


def test_work_is_claimed_once_until_its_lease_ends(world: World) -> None:
    row = queued(world)
    (first,) = claimed(world)
    assert (first.id, first.attempt, first.recipient) == (row.pk, 1, world.accounts["mamma"].pk)
    assert claimed(world, later=29) == []
    (again,) = claimed(world, later=31)
    assert (again.id, again.attempt) == (row.pk, 2)


def test_work_waits_until_it_is_due(world: World) -> None:
    queued(world, due_at=world.days(1))
    assert claimed(world) == []
    assert len(claimed(world, later=86_401)) == 1


def test_what_was_tried_least_comes_first(world: World) -> None:
    queued(world, key="often")
    claimed(world)
    queued(world, key="new")
    assert [work.key for work in claimed(world, later=50)] == ["new", "often"]


@pytest.mark.parametrize(
    ("username", "unit", "role"),
    [
        ("mamma", None, "guardian"),
        ("bvc", "bvc", "caseworker"),
        ("tva-enheter", "pupil_health", "caseworker"),
    ],
)
def test_it_is_done_as_its_recipient(world: World, username: str, unit: str | None, role: str) -> None:
    unit_id = world.units[unit].pk if unit else None
    queued(world, username, unit=unit_id)
    acted: list[Actor] = []

    def handler(work: Work, actor: Actor) -> Outcome:
        acted.append(actor)
        return sent()

    (work,) = claimed(world)
    services.perform(work, handler)
    (actor,) = acted
    assert (actor.account_id, actor.unit_id, actor.role) == (world.accounts[username].pk, unit_id, role)
    assert deliveries() == [("sent", "")]
    assert claimed(world, later=3600) == []


def test_who_left_the_unit_gets_nothing(world: World) -> None:
    queued(world, "bvc", unit=world.units["logoped"].pk)  # never worked there
    queued(world, "bvc", key="2")  # not as staff, but as a guardian, which she isn't

    def never(work: Work, actor: Actor) -> Outcome:
        raise AssertionError

    for work in claimed(world):
        services.perform(work, never)
    assert deliveries() == [("dropped", "left")] * 2


def test_a_closed_account_gets_nothing(world: World) -> None:
    queued(world)
    with as_loader():
        type(world.accounts["mamma"]).objects.filter(pk=world.accounts["mamma"].pk).update(is_active=False)
    (work,) = claimed(world)
    services.perform(work)
    assert deliveries() == [("dropped", "left")]


def test_what_failed_is_rolled_back_and_tried_again_later(world: World) -> None:
    queued(world)

    def handler(work: Work, actor: Actor) -> Outcome:
        services.queue(by=actor, recipient=work.recipient, kind=KIND, key="made by what failed")
        raise RuntimeError("Tindra 20170101-1234")  # never written down

    (work,) = claimed(world)
    assert services.perform(work, handler) is None
    (row,) = rows()
    assert row.done_at is None
    assert row.due_at - world.at == timedelta(seconds=20)
    assert deliveries() == [("failed", "RuntimeError")]
    assert claimed(world, later=19) == []
    assert len(claimed(world, later=21)) == 1


def test_who_lost_the_lease_changes_nothing(world: World) -> None:
    queued(world)
    (slow,) = claimed(world)
    (fast,) = claimed(world, later=31)
    assert services.perform(fast, lambda work, actor: sent("<second>")) is not None

    def handler(work: Work, actor: Actor) -> Outcome:
        services.queue(by=actor, recipient=work.recipient, kind=KIND, key="made too late")
        return sent("<first>")

    assert services.perform(slow, handler) is None
    assert [row.key for row in rows()] == ["k"]
    assert deliveries() == [("sent", "")]


def test_it_is_given_up_in_the_end(world: World) -> None:
    row = queued(world)
    with as_loader():
        Outbox.objects.filter(pk=row.pk).update(attempts=59)
    (work,) = claimed(world)

    def handler(work: Work, actor: Actor) -> Outcome:
        raise OSError

    services.perform(work, handler)
    (row,) = rows()
    assert row.done_at is not None
    assert deliveries() == [("failed", "OSError")]


def test_another_recipient_cannot_end_it(world: World) -> None:
    queued(world)
    (work,) = claimed(world)
    with world.act("pappa"), connection.cursor() as cursor:
        cursor.execute("select access.outbox_done(%s, 1, 'sent', '', '')", [work.id])
        assert cursor.fetchone() == (False,)


def test_a_sweep_does_all_that_is_due_and_leaves_a_heartbeat(world: World) -> None:
    assert heartbeat() is None
    queued(world, key="1")
    queued(world, key="2")
    assert services.sweep(claims_for=MINUTE) == 2
    assert all(row.done_at for row in rows())
    assert heartbeat() is not None


def test_nobody_acts_after_a_sweep(world: World) -> None:
    queued(world)
    services.sweep(claims_for=MINUTE)
    with acting_as(None) as actor:
        assert actor.account_id is None
