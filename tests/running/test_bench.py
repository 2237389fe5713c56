"""The county and the floors of ``make bench`` fit the tables: what nobody runs daily would else rot."""

from __future__ import annotations

import psycopg
import pytest
from pytest_django.plugin import DjangoDbBlocker

from bench import chain, data
from bench.pages import PAGES, TABLES
from tests import database, services

CASES = 3 * data.PER_UNIT


def test_the_county_can_be_made_and_every_floor_finds_something(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Three units, which the first colleague works in."""
    name = f"{services.database_name()}_bench"
    with django_db_blocker.unblock():
        database.create(name)
    try:
        url = services.address().superuser_url(name)
        assert data.load(url, CASES) > CASES * 25
        data.analyse(url)
        with psycopg.connect(url) as connection:
            connection.execute(TABLES)
            for page in PAGES.values():
                found = connection.execute(page.floor, {**page.values, "after": None})
                assert found.rowcount > 0, f"the floor of {page.name} fetches nothing"
    finally:
        services.drop_database(name)


@pytest.mark.django_db(transaction=True)
def test_the_chain_is_filled_checked_and_read() -> None:
    told = chain.cost(services.address().superuser_url(services.database_name()), chain.AT_ONCE)
    assert told.startswith(f"The audit's chain of {chain.AT_ONCE} events: read ")
