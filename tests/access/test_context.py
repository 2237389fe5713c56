"""Who acts, and for how long: the context that every policy reads (I16, I17)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.cache import SessionStore
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from access.actor import FAMILY_HAT
from access.middleware import MEMBERSHIP_KEY, ActorMiddleware, WriteInReading
from access.policy import birthday, midnight
from access.roles import Role
from cases.models import Case, Version
from people.models import Child, Guardian
from tests.database import as_loader
from tests.worlds import World


def context() -> set[str]:
    """What is left of a context on this connection; an empty text and NULL are nothing."""
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(current_setting('app.actor', true), '')")
        return set(cursor.fetchone()) - {""}


# --- Who acts -----------------------------------------------------------------------------


def test_a_member_of_staff_acts_for_the_unit_that_she_chose(world: World) -> None:
    """Her first workplace without a choice; another's membership or an ended one is passed over."""
    chosen = world.memberships["tva-enheter/pupil_health"]
    with world.act("tva-enheter") as actor:
        assert actor.unit_id == world.units["bvc"].pk
        assert [w.membership for w in actor.workplaces] == [world.memberships["tva-enheter"].pk, chosen.pk]
    with world.act("tva-enheter", membership=chosen) as actor:
        unit = world.units["pupil_health"]
        assert (actor.unit_id, actor.group_id) == (unit.pk, unit.group_id)
    with world.act("tva-enheter", membership=world.memberships["logoped"]) as actor:
        assert actor.unit_id == world.units["bvc"].pk
    ended = world.add_membership("tva-enheter", unit="school", valid=(world.days(-9), world.at))
    with world.act("tva-enheter", membership=ended) as actor:
        assert actor.unit_id == world.units["bvc"].pk


@pytest.mark.parametrize("username", ["styrgrupp", "admin", "dataskydd", "enhetsadmin", "granskare"])
def test_a_role_without_children_acts_for_no_unit(world: World, username: str) -> None:
    """Steering group and administration have no unit to read with."""
    with world.act(username) as actor:
        assert (actor.unit_id, actor.group_id, actor.is_staff) == (None, None, False)


def test_a_parent_who_also_works_here_wears_one_hat_at_a_time(world: World) -> None:
    """At work she is no guardian, and at home no colleague."""
    case = world.open_case()
    with as_loader():
        Guardian.objects.filter(pk=world.guardians["mamma"].pk).update(account=world.accounts["soc"])
    with world.act("soc") as actor:
        assert (actor.role, actor.guardian_id) == (Role.CASEWORKER, None)
        assert not Case.objects.filter(pk=case.pk).exists()
    with world.act("soc", membership=FAMILY_HAT) as actor:
        assert (actor.role, actor.unit_id) == (Role.GUARDIAN, None)
        assert Case.objects.filter(pk=case.pk).exists()


def test_an_account_that_is_closed_is_nobody(world: World) -> None:
    """From the next request, whatever the session says (decision 41)."""
    world.open_case()
    with as_loader():
        account = world.accounts["bvc"]
        account.is_active = False
        account.save(update_fields=["is_active"])
    with world.act("bvc") as actor:
        assert (actor.account_id, actor.role, actor.unit_id) == (None, None, None)
        assert not Case.objects.exists()


def test_a_role_that_ends_ends_with_the_instant(world: World) -> None:
    """Half-open: not from its end on (decision 41)."""
    case = world.open_case()
    with as_loader():
        world.memberships["bvc"].valid = world.period((world.days(-9), world.days(1)))
        world.memberships["bvc"].save(update_fields=["valid"])
    with world.act("bvc", at=world.days(1) - timedelta(microseconds=1)):
        assert Case.objects.filter(pk=case.pk).exists()
    with world.act("bvc", at=world.days(1)) as actor:
        assert actor.unit_id is None
        assert not Case.objects.exists()


# --- Ages flip at midnight in Sweden (I18) ----------------------------------------------------


@pytest.mark.parametrize("born", ["2008-02-29", "2009-07-01", "2009-01-01"])
def test_a_youth_reads_from_her_sixteenth_birthday(world: World, born: str) -> None:
    """Not a microsecond before 00:00 in Sweden, in winter and in summer; leap-day births too."""
    with as_loader():
        Child.objects.filter(pk=world.youth.pk).update(born_on=born)
        child = Child.objects.get(pk=world.youth.pk)
    turns = midnight(birthday(child.born_on, 16))
    with world.act("ungdom", at=turns - timedelta(microseconds=1)) as actor:
        assert (actor.role, actor.child_id) == (None, None)
        assert not Child.objects.exists()
    with world.act("ungdom", at=turns) as actor:
        assert (actor.role, actor.child_id) == (Role.YOUTH, child.pk)
        assert Child.objects.get() == child


def test_a_guardian_reads_until_the_eighteenth_birthday(world: World) -> None:
    """Custody ends at 00:00 (FB 6:2; decision 29)."""
    world.open_case(world.youth)
    grown = midnight(birthday(world.youth.born_on, 18))
    with world.act("mor", at=grown - timedelta(microseconds=1)):
        assert Case.objects.exists()
    with world.act("mor", at=grown):
        assert not Case.objects.exists()
        assert not Child.objects.exists()


# --- One clock ----------------------------------------------------------------------------------


def test_one_clock_moves_both_walls(world: World) -> None:
    """A disclosure that ends tomorrow is gone the day after, in the ORM and in PostgreSQL."""
    case = world.open_case()
    consent = world.consent(case, "bvc", "logoped")
    world.assign("logoped", "logoped", case)
    note = world.entry("bvc", "bvc", case)
    world.show(note, to_unit="logoped", consent=consent, valid=(world.days(-1), world.days(1)))
    with world.act("logoped", at=world.days(0.5)) as actor:
        assert list(Version.objects.visible_to(actor)) == list(Version.objects.all()) == [note]
    with world.act("logoped", at=world.days(1)) as actor:
        assert list(Version.objects.visible_to(actor)) == list(Version.objects.all()) == []


# --- The context never outlives its transaction (I16, I17) -------------------------------------


@pytest.mark.django_db(transaction=True)
def test_i17_nothing_is_left_after_commit_or_failure(world: World) -> None:
    """On the same connection, after a commit and after an exception."""
    case = world.open_case()
    with world.act("bvc"):
        assert Case.objects.filter(pk=case.pk).exists()
    assert (context(), Case.objects.exists()) == (set(), False)
    with pytest.raises(ZeroDivisionError), world.act("bvc"):
        raise ZeroDivisionError
    assert (context(), Case.objects.exists()) == (set(), False)


@pytest.mark.django_db(transaction=True)
def test_what_runs_on_commit_sees_nothing(world: World) -> None:
    """Work after the commit has no actor any more."""
    world.open_case()
    seen: list[bool] = []
    with world.act("bvc"):
        transaction.on_commit(lambda: seen.append(Case.objects.exists()))
    assert seen == [False]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fails", [False, True])
def test_i17_the_next_request_on_the_connection_is_its_own(world: World, fails: bool) -> None:
    """Request n is bvc's, and may fail; request n+1 is nobody's."""
    world.open_case()
    seen: list[int] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(Case.objects.count())
        if fails and request.user.is_authenticated:
            raise ZeroDivisionError
        return HttpResponse()

    if fails:
        with pytest.raises(ZeroDivisionError):
            _ask(view, world, "bvc")
    else:
        _ask(view, world, "bvc")
    _ask(view, world, None)
    assert seen == [1, 0]
    assert context() == set()


# --- The request's transaction ---------------------------------------------------------------------


def test_a_page_that_only_shows_cannot_change(world: World) -> None:
    """GET writes nothing but audit and session; POST may."""
    world.open_case()

    def view(_: HttpRequest) -> HttpResponse:
        Child.objects.update(language="ar")
        return HttpResponse()

    with pytest.raises(WriteInReading):
        _ask(view, world, "bvc")
    assert _ask(view, world, "bvc", method="POST").status_code == 200


@pytest.mark.parametrize("status", [403, 404])
def test_what_is_refused_is_recorded(world: World, status: int) -> None:
    """One denied event for whoever tried; none for nobody."""
    for username in ("polis", None):
        _ask(lambda _: HttpResponse(status=status), world, username)
    with as_loader(), connection.cursor() as cursor:
        cursor.execute("select account, unit, kind, detail ->> 'status' from audit_event")
        expected = (world.accounts["polis"].pk, world.units["police"].pk, "denied", str(status))
        assert cursor.fetchall() == [expected]


def test_i7_no_record_no_content(world: World) -> None:
    """I7: if the event can't be written the answer is 503 and holds nothing of the page.

    Red when a page is sent without its record.
    """

    def view(request: HttpRequest) -> HttpResponse:
        request.actor.events.append({"id": "no uuid", "kind": "read", "action": "x"})  # type: ignore[attr-defined]
        return HttpResponse("Pratar lite.")

    answer = _ask(view, world, "bvc")
    assert answer.status_code == 503
    assert b"Pratar lite." not in answer.content


def test_a_membership_in_the_session_is_not_believed(world: World) -> None:
    """One that is another's, or was hers and ended, ends the session: nobody acts."""
    seen: list[uuid.UUID | None] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request.actor.account_id)  # type: ignore[attr-defined]
        return HttpResponse()

    _ask(view, world, "bvc", membership=str(world.memberships["soc"].pk))
    _ask(view, world, "bvc", membership=str(world.memberships["bvc"].pk))
    assert seen == [None, world.accounts["bvc"].pk]


def _ask(
    view: Callable[[HttpRequest], HttpResponse],
    world: World,
    username: str | None,
    *,
    method: str = "GET",
    membership: str | None = None,
) -> HttpResponse:
    """One request through the middleware alone."""
    request = RequestFactory().generic(method, "/prov/")
    request.user = world.accounts[username] if username else AnonymousUser()
    request.session = SessionStore()
    request.resolver_match = None
    if membership:
        request.session[MEMBERSHIP_KEY] = membership
    return ActorMiddleware(view)(request)
