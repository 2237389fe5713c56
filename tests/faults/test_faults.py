"""Each part of the service is taken away while the others run: nothing is lost, nothing is told
that should not be, and all goes on by itself when it is back.

One test, because it is one stage: servers and processes of its own, which start once.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django.plugin import DjangoDbBlocker

from access.actor import acting_as
from notices import services
from tests.faults.stage import Stage, wait_for
from tests.worlds import Teamwork, World

UNDONE = "select count(*) from notices_outbox where done_at is null"


@pytest.fixture
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """Everything that serves, running."""
    # Short, since a socket's path may hold 107 bytes only.
    var = Path(tempfile.mkdtemp(prefix="faults-"))
    made = Stage(var)
    try:
        with django_db_blocker.unblock():
            made.start()
            for name in ("web", "worker", "beat"):
                made.run(name)
            wait_for(lambda: _answers(made) and made.health()[1]["worker"] == "ok", 90)
            yield made
    finally:
        made.stop()
        shutil.rmtree(var, ignore_errors=True)


def test_each_part_is_taken_away_in_turn(stage: Stage) -> None:
    loaded = stage.load()
    everything_works(stage, loaded)
    without_redis_pages_work_and_the_outbox_waits(stage, loaded)
    a_worker_killed_in_the_middle_is_made_up_for_within_a_minute(stage, loaded)
    without_postgresql_there_is_a_page_that_says_so(stage, loaded)
    text = "".join(stage.log(name) for name in ("web", "worker", "beat"))
    assert "database_failed" in text
    assert named_in(text, loaded) == []


def order(stage: Stage, loaded: tuple[World, Teamwork], key: str, *kinds: str) -> None:
    """Queue work for a guardian, as a unit does when a plan is agreed."""
    world, team = loaded
    with stage.connected(), acting_as(world.accounts["bvc"].pk) as actor:
        for kind in kinds:
            services.queue(
                by=actor,
                recipient=world.accounts["mamma"].pk,
                kind=kind,
                key=key,
                subject=team.releases["mamma"].pk,
            )


def signed_in(stage: Stage, loaded: tuple[World, Teamwork]) -> str:
    """The cookie of somebody who has signed in."""
    with stage.connected():
        client = loaded[0].client("bvc")
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def idle(stage: Stage) -> bool:
    return stage.rows(UNDONE) == [(0,)]


def everything_works(stage: Stage, loaded: tuple[World, Teamwork]) -> None:
    assert stage.health() == (200, {"web": "ok", "database": "ok", "redis": "ok", "worker": "ok"})
    order(stage, loaded, "first", "plan_document", "news_mail")
    print("seconds_until_made", wait_for(lambda: idle(stage), 20))
    assert len(stage.mailbox.message_ids) == 1
    ((pdf,),) = stage.rows("select pdf from plans_document")
    assert bytes(pdf).startswith(b"%PDF-1.7")


def without_redis_pages_work_and_the_outbox_waits(stage: Stage, loaded: tuple[World, Teamwork]) -> None:
    stage.redis.stop()
    before = len(stage.mailbox.message_ids)
    order(stage, loaded, "without redis", "news_mail")
    assert stage.get("/logga-in/")[0] == 200
    status, parts = stage.health()
    assert (status, parts["database"], parts["redis"]) == (200, "ok", "away")
    with pytest.raises(AssertionError):
        wait_for(lambda: idle(stage), 6)
    assert len(stage.mailbox.message_ids) == before
    stage.redis.start()
    print("seconds_until_sent", wait_for(lambda: idle(stage), 60))
    assert len(stage.mailbox.message_ids) == before + 1


def a_worker_killed_in_the_middle_is_made_up_for_within_a_minute(
    stage: Stage, loaded: tuple[World, Teamwork]
) -> None:
    """Killed with a PDF that is rendered and not yet kept, and a mail that is handed over and
    not yet confirmed: the mail may come twice, and then says that it is the same."""
    stage.mailbox.answers.clear()
    stage.mailbox.message_ids.clear()
    documents = stage.rows("select count(*) from plans_document")
    with stage.superuser() as in_the_way:
        in_the_way.execute("lock table plans_document in share mode")
        order(stage, loaded, "killed", "plan_document", "news_mail")
        waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query ~ 'plans_document'"
        wait_for(lambda: stage.mailbox.message_ids and stage.rows(waiting) == [(1,)], 30)
        stage.kill("worker")
    stage.mailbox.answers.set()
    assert stage.rows(UNDONE) == [(2,)]
    assert stage.rows("select count(*) from plans_document") == documents
    stage.run("worker")  # as whoever watches over it does
    taken = wait_for(lambda: idle(stage), 60)
    print("seconds_until_taken_up", taken)
    assert taken < 60
    ((after,),) = stage.rows("select count(*) from plans_document")
    assert after == documents[0][0] + 1
    assert len(stage.mailbox.message_ids) == 2
    assert len(set(stage.mailbox.message_ids)) == 1
    assert stage.rows(
        "select o.kind, o.attempts, d.result from notices_outbox o join notices_delivery d on d.outbox_id = o.id"
        " where o.key = 'killed' order by o.kind"
    ) == [("news_mail", 2, "sent"), ("plan_document", 2, "sent")]


def without_postgresql_there_is_a_page_that_says_so(stage: Stage, loaded: tuple[World, Teamwork]) -> None:
    cookie = signed_in(stage, loaded)
    assert stage.get("/hjalp/", cookie)[0] == 200
    stage.postgres.stop()
    for path in ("/", "/logga-in/", "/hjalp/", f"/barn/{loaded[1].case.pk}/", "/finns-inte/"):
        for who in ("", cookie):
            status, body = stage.get(path, who)
            assert (path, status) == (path, 503)
            assert "Tjänsten är stängd en stund" in body
            assert "Traceback" not in body
            assert "psycopg" not in body
    status, parts = stage.health()
    assert (status, parts["web"], parts["database"]) == (503, "ok", "away")
    stage.postgres.start()
    assert stage.get("/hjalp/", cookie)[0] == 200
    order(stage, loaded, "after", "news_mail")
    wait_for(lambda: idle(stage), 60)


def named_in(text: str, loaded: tuple[World, Teamwork]) -> list[str]:
    """Of whom or what the logs tell something."""
    world, _ = loaded
    secret = ("@example.invalid", "Familjesson", "Testsson", "Språklek", *world.units)
    return [word for word in secret if word in text and len(word) > 8]


def _answers(stage: Stage) -> bool:
    try:
        stage.get("/healthz")
    except OSError:
        return False
    return True
