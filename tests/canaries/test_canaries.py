"""I13: no name, number, phone number, address or text of anybody in a mail, a message to a worker, a log, an
error page, an address, a cookie, a file name or the text of a statement.

The story is told by its pages with canaries in every field (story.py); all that it leaves behind is then
looked through. Each canary must also have stood on a page that may show it: else nothing was proved.
"""

from __future__ import annotations

import base64
import contextlib
import io
import json
import logging
import logging.config
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import redis
from django.conf import settings
from django.core import mail
from django.db import connection
from django.template.backends.django import Template

from barnensbasta import logs
from barnensbasta.celery import app
from notices import mail as notice
from tests.canaries.planted import CHILD, COLLEAGUE, FAMILY, UNIT, Canaries, canaries, plant
from tests.canaries.story import Story
from tests.canaries.trail import Trail
from tests.database import as_loader
from tests.worlds import World


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that is logged at DEBUG, in production's words."""
    written = io.StringIO()
    write_to(written)
    yield written
    logging.config.dictConfig(settings.LOGGING)


def write_to(written: io.StringIO) -> None:
    """Production's way of logging, made anew."""
    config = logs.logging_config(json=True, level="DEBUG")
    config["handlers"]["stderr"]["stream"] = written
    logging.config.dictConfig(config)


def test_i13_nothing_of_anybody_is_left_behind(
    world: World, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One test, because it is one story. Red for what ``caught_when_each_is_done`` does."""
    story = Story(world, Trail(), plant(world))
    with story.trail.watching():
        story.tell()
    pages_show_every_canary_and_nothing_else_does(story, log)
    messages_to_a_worker_hold_nothing(story)
    error_pages_and_their_report_hold_nothing(story, log, monkeypatch)
    caught = caught_when_each_is_done(story, log, monkeypatch)
    assert caught["addresses"] == {CHILD}
    assert caught["statements"] == {UNIT}
    assert caught["mails"] == {FAMILY}
    assert caught["the log"] >= {"number"}


def pages_show_every_canary_and_nothing_else_does(story: Story, log: io.StringIO) -> None:
    birds, trail = story.birds, story.trail
    assert set(birds.looks) - {"address"} <= birds.found_in("\n".join(trail.pages)), "not seen at all"
    left = left_behind(story, log)
    assert found(story, log) == {}
    assert {where: len(text) > MUCH.get(where, 500) for where, text in left.items()} == dict.fromkeys(
        left, True
    )
    assert len(trail.statuses) > 100
    assert {200, 302, 404, 422} <= set(trail.statuses)
    assert len({message.subject for message in mail.outbox}) >= 3, "several kinds of mail"


def left_behind(story: Story, log: io.StringIO) -> dict[str, str]:
    """Everything that is not a page to be read."""
    trail = story.trail
    return {
        "addresses": "\n".join(trail.addresses),
        "headers": "\n".join(trail.headers),
        "cookies": "\n".join(trail.cookies),
        "file names": "\n".join(trail.files),
        "statements": "\n".join(trail.statements),
        "mails": mails(),
        "the log": log.getvalue(),
        "the outbox": stored("notices_outbox", "notices_delivery", "notices_reminder"),
        "the audit": stored("audit_event"),
        "sessions and attempts": stored("django_session", "people_signinattempt"),
    }


def found(story: Story, log: io.StringIO) -> dict[str, set[str]]:
    """Which canaries were found where."""
    names = {where: story.birds.found_in(text) for where, text in left_behind(story, log).items()}
    return {where: some for where, some in names.items() if some}


# How much there must be for the looking to mean anything.
MUCH = {"file names": 10, "statements": 100_000, "addresses": 10_000, "the log": 10_000}


def mails() -> str:
    """Every mail as it is sent, decoded, but for whom it goes to. The only address in it is the service's."""
    texts = []
    for message in mail.outbox:
        assert message.to
        sent: Any = message.message()
        del sent["To"]
        texts.append(f"{sent.as_string()} {message.subject} {message.body}")
        assert set(re.findall(r"https?://\S+", str(message.body))) <= {settings.SERVICE_URL}
    return "\n".join(texts)


def stored(*tables: str) -> str:
    """What these tables hold, all columns."""
    with as_loader(), connection.cursor() as cursor:
        texts = []
        for table in tables:
            cursor.execute(f"select coalesce(string_agg(t::text, '\n'), '') from {table} t")  # noqa: S608
            texts.append(str(cursor.fetchone()[0]))
    return "\n".join(texts)


def messages_to_a_worker_hold_nothing(story: Story) -> None:
    """What lies in Redis when everything that beat starts has been sent, while the story's papers and mails
    were work in the outbox: the messages themselves, unpacked."""
    texts = in_redis(story)
    assert len(texts) == len(settings.CELERY_BEAT_SCHEDULE)
    assert not story.birds.found_in("\n".join(texts))


def in_redis(story: Story, *arguments: str) -> list[str]:
    """Each message as the broker keeps it, and its body."""
    queue = f"canaries-{uuid.uuid4()}"
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        app.send_task(entry["task"], args=arguments, queue=queue)
    with contextlib.closing(redis.Redis.from_url(settings.REDIS_URL)) as broker:
        messages: Any = broker.lrange(queue, 0, -1)
        broker.delete(queue)
    return [f"{text} {base64.b64decode(json.loads(text)['body']).decode()}" for text in messages]


PAGES = ("", "handelser/", "plan/", "samtycke/", "personer/")


def error_pages_and_their_report_hold_nothing(
    story: Story, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A view fails with the whole page's data in its hands and in its exception; the database fails with a
    value in its message."""
    answers = fail(story, log, monkeypatch)
    assert [answer.status_code for answer in answers] == [500] * 2 * len(PAGES)
    text = "\n".join(answer.content.decode() + str(answer.headers) for answer in answers)
    assert text.count("<h1") == 2 * len(PAGES)
    assert not story.birds.found_in(text + mails())
    for words in ("RuntimeError", "DataError", "raised_at", "request_failed"):
        assert words in log.getvalue()
    assert found(story, log) == {}


def fail(story: Story, log: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Ask for pages that fail when they are as good as drawn."""
    draws = Template.render

    def fails(template: Template, context: Any = None, request: Any = None) -> Any:
        page = draws(template, context, request)
        if request is not None:
            raise RuntimeError(f"could not draw {page}")
        return page

    def refused_by_the_database(template: Template, context: Any = None, request: Any = None) -> Any:
        if request is not None:
            with connection.cursor() as cursor:
                cursor.execute("select %s::text::integer", [story.number.formatted])
        return draws(template, context, request)

    browser = story.who("bvc")
    browser.raise_request_exception = False
    answers = []
    for failing in (fails, refused_by_the_database):
        with monkeypatch.context() as patch:
            patch.setattr(Template, "render", failing)
            answers += [browser.get(story.at(below)) for below in PAGES]
    return answers


def caught_when_each_is_done(
    story: Story, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> dict[str, set[str]]:
    """What this test is to notice is done once, one thing at a time; what is found of it, and where."""
    assert story.birds.found_in("\n".join(in_redis(story, CHILD))) == {CHILD}
    story.who("bvc").get(f"/barn/?q={CHILD}")
    with story.trail.watching(), connection.cursor() as cursor:
        cursor.execute(f"select '{UNIT}'")
    with monkeypatch.context() as patch:
        patch.setattr("notices.mail.render_to_string", lambda *_: f"Nytt om {FAMILY}\nLogga in.")
        notice.send(to="x@example.invalid", template="news", work=uuid.uuid4())
    with monkeypatch.context() as patch:
        patch.setattr("barnensbasta.logs.without_personal_data", lambda _, __, event: event)
        write_to(log)
        fail(story, log, monkeypatch)
    return found(story, log)


def test_the_canaries_are_found_however_they_are_written(world: World) -> None:
    """What the looking rests on."""
    number = plant(world)
    birds = canaries(number)
    assert isinstance(birds, Canaries)
    for text in (number.digits, number.formatted, number.formatted[2:], f"x{number.digits[2:]}y"):
        assert birds.found_in(text) == {"number"}, text
    for text in ("076-174 06 11", "+46 76 174 06 11", "0761740611"):
        assert birds.found_in(text) == {"phone"}, text
    assert birds.found_in(f"<b>{UNIT.upper()}</b>&{COLLEAGUE.lower()}") == {UNIT, COLLEAGUE}
    assert birds.found_in("Kanarie 2022 076") == set()
