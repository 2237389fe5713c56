"""What the database lets administrators do, past every page and service."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from agencies import queries
from agencies.models import Membership, Municipality, Unit
from people.models import Account
from tests.worlds import World

MANAGERS = {"admin", "enhetsadmin"}


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


def test_only_administrators_open_accounts(world: World) -> None:
    for username in world.accounts:
        with world.act(username), connection.cursor() as cursor:
            cursor.execute("select access.account_open(%s, %s, 'x')", [uuid.uuid4(), f"ny-{username}"])
            assert cursor.fetchone() == ((True,) if username in MANAGERS else (None,)), username
    with world.act("admin"), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Account.objects.create(username="vid-sidan-av")
    with world.act("admin"), connection.cursor() as cursor:
        cursor.execute("select access.account_open(%s, 'bvc', 'x')", [uuid.uuid4()])
        assert cursor.fetchone() == (False,)


def test_the_pages_list_and_the_policies_agree_on_units(world: World) -> None:
    for username in world.accounts:
        with world.act(username) as actor, connection.cursor() as cursor:
            cursor.execute("select access.my_administered_units()")
            (by_database,) = cursor.fetchone()
            by_query = set(queries.units_administered(actor).values_list("pk", flat=True))
            assert set(by_database) == by_query, username
