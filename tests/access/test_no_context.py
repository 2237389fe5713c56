"""Without a context nothing is read and nothing is written; and none outlives its transaction (I16, I17).

Turns red: a context that is set for the session (``set_config(…, false)``) and not bound to its
transaction; a policy that lets a null account pass; a task or command that begins somebody by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from celery import shared_task
from django.core.management import BaseCommand, call_command
from django.db import DatabaseError, connection, connections, transaction
from django.db.backends.postgresql.base import DatabaseWrapper
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client

from access import actor as actors
from cases.models import Case, Draft, Entry, Version
from people.models import Child, Guardian
from tests.access.test_context import _ask as ask
from tests.worlds import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case(world: World) -> Case:
    """A case with a note, of which bvc and mamma may read."""
    case = world.open_case()
    world.show(world.entry("bvc", "bvc", case), to_guardian="mamma")
    world.draft("bvc", "bvc", case)
    return case


def everything() -> int:
    """How many rows of anybody's can be read now."""
    return sum(model.objects.count() for model in (Case, Child, Guardian, Entry, Version, Draft))


def writes(world: World) -> list[object]:
    """What two writes do now: rows changed, or the refusal."""
    done: list[object] = [Child.objects.update(language="ar"), Draft.objects.all().delete()[0]]
    try:
        with transaction.atomic():
            Draft.objects.create(account=world.accounts["bvc"], target="x", fields={}, saved_at=world.at)
    except DatabaseError as error:
        done.append(getattr(error.__cause__, "sqlstate", ""))
    return done


NOTHING = [0, 0, "42501"]


@pytest.mark.parametrize("begins", [False, True])
def test_i16_a_page_that_nobody_has_signed_in_to(world: World, case: Case, begins: bool) -> None:
    """Neither before the door has asked who it is, nor after it found nobody."""
    with transaction.atomic():
        if begins:
            actors.begin(None)
        assert (everything(), writes(world)) == (0, NOTHING)


@shared_task(ignore_result=True)
def _looks(seen: list[object], world: World) -> None:
    seen += [everything(), writes(world)]


def test_i16_a_task_without_an_actor(world: World, case: Case) -> None:
    """Decision 44; nor where one acts as nobody, who may only call its narrow functions (I14)."""
    seen: list[object] = []
    _looks(seen, world)
    with actors.acting_as(None):
        _looks(seen, world)
    assert seen == [0, NOTHING] * 2


def test_i16_a_command_without_an_actor(world: World, case: Case) -> None:
    """Red when cases are open to reading."""

    class Looks(BaseCommand):
        def handle(self, *args: Any, **options: Any) -> None:
            seen.extend([everything(), writes(world)])

    seen: list[object] = []
    call_command(Looks())
    assert seen == [0, NOTHING]


def test_i16_a_stream_is_read_after_its_request(world: World, case: Case) -> None:
    """What a response still reads while it is sent has no actor any more: nothing, and no error."""

    def view(_: HttpRequest) -> Any:
        def lines() -> Iterator[str]:
            yield f"{everything()} {writes(world)}"

        assert everything()
        return StreamingHttpResponse(lines())

    response: Any = ask(view, world, "bvc")
    assert b"".join(response.streaming_content).decode() == f"0 {NOTHING}"


def test_i16_what_runs_on_commit(world: World, case: Case) -> None:
    seen: list[object] = []

    def view(_: HttpRequest) -> HttpResponse:
        transaction.on_commit(lambda: seen.extend([everything(), writes(world)]))
        assert everything()
        return HttpResponse()

    ask(view, world, "bvc", method="POST")
    assert seen == [0, NOTHING]


def _fails(_: HttpRequest) -> HttpResponse:
    assert everything()
    raise ZeroDivisionError


def _breaks(_: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("select 1 / 0")
    raise AssertionError


def _returns(_: HttpRequest) -> HttpResponse:
    assert everything()
    return HttpResponse()


def _rolls_back(_: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        transaction.set_rollback(True)
    return HttpResponse()


VIEWS = [_fails, _breaks, _returns, _rolls_back]


@pytest.mark.parametrize("view", VIEWS)
def test_i17_the_next_one_on_the_connection_begins_anew(
    world: World, case: Case, view: Callable[[HttpRequest], HttpResponse]
) -> None:
    """After a page that answers, fails, breaks its transaction or rolls it back.

    Red when a context outlives its transaction.
    """
    pids = set()
    for username in ("bvc", "mamma", "bvc"):
        try:
            ask(view, world, username)
        except ZeroDivisionError:
            pass
        assert (everything(), writes(world)) == (0, NOTHING)
        pids.add(connection.connection.info.backend_pid)
        with transaction.atomic():
            assert everything() == 0
    assert len(pids) == 1


def test_i17_through_the_whole_service_on_one_persistent_connection(world: World, case: Case) -> None:
    """Three people in turn, one of whom may not; each sees her own, on one connection, and so often
    that what one of them asked is a prepared statement when the next asks it."""
    browsers = {name: world.client(name) for name in ("bvc", "mamma", "polis")}
    for _ in range(7):
        assert browsers["bvc"].get(f"/barn/{case.pk}/").status_code == 200
        assert browsers["polis"].get(f"/barn/{case.pk}/").status_code == 404
        assert Client().get(f"/barn/{case.pk}/").status_code == 302
        assert everything() == 0


def test_i17_with_djangos_pool(world: World, case: Case) -> None:
    """One connection of the pool, handed from request to request (OPTIONS["pool"])."""
    usual = connections["default"]
    # As the app itself, as in service: under assume_role Django's pool waits for itself.
    options = {key: value for key, value in usual.settings_dict["OPTIONS"].items() if key != "assume_role"}
    options["pool"] = {"min_size": 1, "max_size": 1, "timeout": 5}
    settings = {**usual.settings_dict, "USER": "barnensbasta_app", "CONN_MAX_AGE": 0, "OPTIONS": options}
    pooled = DatabaseWrapper(settings, "default")
    connections["default"] = pooled
    pids = set()
    try:
        for username, view in (("bvc", _returns), (None, _rolls_back), ("bvc", _fails), ("mamma", _returns)):
            try:
                ask(view, world, username)
            except ZeroDivisionError:
                pass
            pids.add(pooled.connection.info.backend_pid)
            pooled.close()  # back into the pool, as after each request
            assert (everything(), writes(world)) == (0, NOTHING)
            pooled.close()
        assert len(pids) == 1
    finally:
        pooled.close()
        pooled.close_pool()
        connections["default"] = usual
