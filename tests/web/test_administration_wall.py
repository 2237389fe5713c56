"""What the database lets administrators do, past every page and service."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from agencies import queries
from agencies.appointments import confirm
from agencies.models import Appointment, Membership, Municipality, Unit
from people.models import Account
from tests.worlds import World


@pytest.mark.parametrize(
    ("username", "unit", "role", "account"),
    [
        ("admin", "bvc", "caseworker", "soc"),
        ("admin", "social_vaxjo", "caseworker", "soc"),
        ("admin", "preschool", "caseworker", "admin"),
        ("admin", "preschool", "administrator", "soc"),
        ("enhetsadmin", "logoped", "caseworker", "soc"),
        ("dataskydd", "preschool", "caseworker", "soc"),
        ("rektor", "school", "caseworker", "soc"),
        ("styrgrupp", "preschool", "caseworker", "soc"),
        ("mamma", "preschool", "caseworker", "soc"),
    ],
)
def test_the_database_refuses_a_role_that_is_not_hers_to_give(
    world: World, username: str, unit: str, role: str, account: str
) -> None:
    with (
        world.act(username),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        Membership.objects.create(
            account=world.accounts[account], unit=world.unit(unit), role=role, title="x", valid=world.period()
        )


def test_the_database_gives_no_role_above_units(world: World) -> None:
    for place in ({"organisation": world.organisations["Lessebo kommun"]}, {"municipality_id": "0761"}):
        for role in ("administrator", "data_protection", "steering", "caseworker"):
            with world.act("admin"), pytest.raises(ProgrammingError), transaction.atomic():
                Membership.objects.create(
                    account=world.accounts["soc"], role=role, title="x", valid=world.period(), **place
                )


def test_the_database_prolongs_no_membership(world: World) -> None:
    with world.act("admin") as actor, pytest.raises(ProgrammingError), transaction.atomic():
        Membership.objects.filter(pk=world.memberships["forskola"].pk).update(
            valid=DateTimeTZRange(actor.at - timedelta(days=1), actor.at + timedelta(days=9))
        )
    for column, value in (("role", "lead"), ("account", world.accounts["admin"]), ("title", "x")):
        with (
            world.act("admin"),
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
        ):
            Membership.objects.filter(pk=world.memberships["forskola"].pk).update(**{column: value})


def test_the_database_changes_only_units_and_settings_that_are_hers(world: World) -> None:
    for username, expected in (
        ("admin", 1),
        ("enhetsadmin", 0),
        ("dataskydd", 0),
        ("rektor", 0),
        ("soc-vaxjo", 0),
    ):
        with world.act(username):
            assert Unit.objects.filter(pk=world.unit("preschool").pk).update(phone="1") == expected
            assert Municipality.objects.filter(pk="0761").update(report_url="https://x.invalid") == expected
    with world.act("enhetsadmin"):
        assert Unit.objects.filter(pk=world.unit("bvc").pk).update(phone="1") == 1
        assert Unit.objects.filter(pk=world.unit("logoped").pk).update(phone="1") == 0
    with world.act("admin"):
        assert Municipality.objects.filter(pk="0780").update(report_url="https://x.invalid") == 0


def test_nobody_gives_a_role_that_no_other_has_proposed(world: World) -> None:
    """Past every page: neither as administrator nor as head of the unit."""
    for username in ("admin", "enhetsadmin", "bvc-ledare"):
        with world.act(username), pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
            Membership.objects.create(
                account=world.accounts["soc"], unit=world.unit("bvc"), role="lead", title="x",
                valid=world.period(),
            )  # fmt: skip


def test_the_role_is_the_one_that_was_proposed_and_is_confirmed_now(world: World) -> None:
    """Another person, unit, role, title, beginning, end, proposal or instant is another role."""
    waiting = world.appointment("bvc", by="enhetsadmin", of="soc2")
    other = world.appointment("bvc", by="enhetsadmin", of="soc2", role="lawyer")
    before = world.appointment(
        "bvc", by="enhetsadmin", of="polis", confirmed_by="bvc-ledare", decided_at=world.days(-1)
    )
    with world.act("bvc-ledare") as actor:
        right: dict[str, Any] = {
            "account": world.accounts["soc2"], "unit": world.unit("bvc"), "role": "caseworker",
            "title": "vikarie", "valid": DateTimeTZRange(actor.at, None), "appointment": waiting,
        }  # fmt: skip
        wrong: list[dict[str, Any]] = [
            {"account": world.accounts["soc"]}, {"unit": world.unit("logoped")}, {"role": "lead"}, {"title": "chef"},
            {"valid": DateTimeTZRange(actor.at - timedelta(days=1), None)},
            {"valid": DateTimeTZRange(actor.at, actor.at + timedelta(days=9))},
            {"appointment": other}, {"appointment": None},
            {"appointment": before, "account": world.accounts["polis"]},
        ]  # fmt: skip
        assert _given(right) is False, "it waits yet"
        yes = {"outcome": "confirmed", "decided_by": actor.account_id, "decided_at": actor.at}
        assert Appointment.objects.filter(pk=waiting.pk).update(**yes) == 1
        assert [change for change in wrong if _given(right | change)] == []
        assert _given(right)
    assert not _given(right), "nobody acts"


def _given(role: dict[str, Any]) -> bool:
    """Whether the database takes it; a role that it takes is there for the rest of the test."""
    try:
        with transaction.atomic():
            Membership.objects.create(**role)
    except ProgrammingError:
        return False
    return True


def test_only_whoever_confirms_a_new_colleague_opens_her_account(world: World) -> None:
    proposed = world.appointment("bvc", by="enhetsadmin")
    for username in world.accounts:
        with world.act(username), connection.cursor() as cursor:
            cursor.execute("select access.account_open(%s, %s, 'x')", [uuid.uuid4(), f"ny-{username}"])
            assert cursor.fetchone() == (None,), username
            cursor.execute("select access.account_open(%s, %s, 'x')", [proposed.account_key, f"n-{username}"])
            assert cursor.fetchone() == (None,), username
    with world.act("bvc-ledare") as actor, connection.cursor() as cursor:
        confirm(appointment=proposed, by=actor)
        cursor.execute("select access.account_open(%s, 'bvc', 'x')", [proposed.account_key])
        assert cursor.fetchone() == (False,)
    with world.act("admin"), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Account.objects.create(username="vid-sidan-av")


def test_the_pages_list_and_the_policies_agree_on_units(world: World) -> None:
    for username in world.accounts:
        with world.act(username) as actor, connection.cursor() as cursor:
            cursor.execute("select access.my_administered_units()")
            (by_database,) = cursor.fetchone()
            by_query = set(queries.units_administered(actor).values_list("pk", flat=True))
            assert set(by_database) == by_query, username
