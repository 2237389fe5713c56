"""The demo in the database: every constraint holds, and the walls show each persona her own."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import connection

from access.actor import acting_as
from barnensbasta.demo.county import build
from barnensbasta.demo.writing import ORDER, Progress, is_loaded, write
from cases.models import Case, Invitation, Signal, Version
from consent.law import first_rows
from kit.dates import today
from people.models import Account, Child
from plans.models import Insats, PlanVersion
from tests.database import analysed
from web.public.personas import PERSONAS

Loader = Callable[[], AbstractContextManager[None]]
_CLASSED = """
select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
  and (relrowsecurity and relforcerowsecurity or obj_description(oid) like 'open: %')
"""
# username: (cases, works on, signals waiting) of those whose lists are short and known
SEES = {
    "forskola": (1, 1, 0), "bvc": (4, 4, 2), "bvc2": (0, 0, 2), "logoped": (2, 2, 0), "mentor": (2, 2, 1),
    "kurator": (2, 2, 0), "soc": (3, 3, 0), "soc2": (0, 0, 0), "fritid": (2, 2, 0), "polis": (0, 0, 0),
    "soc-vaxjo": (0, 0, 0), "tva-enheter": (0, 0, 0), "jurist": (0, 0, 0), "a-mamma": (1, 0, 0), "a-pappa": (1, 0, 0),
    "c-mamma": (1, 0, 0), "c-pappa": (1, 0, 0), "ny-mamma": (0, 0, 0), "ny-pappa": (0, 0, 0),
    "ungdom": (1, 0, 0), "styrgrupp": (0, 0, 0), "admin": (0, 0, 0), "granskare": (0, 0, 0), "dataskydd": (0, 0, 0),
}  # fmt: skip


@pytest.fixture
def _analysed(db: None) -> Iterator[None]:
    with analysed():
        yield


@pytest.mark.usefixtures("_analysed")
def test_the_county_loads_and_the_walls_agree(db_as_loader: Loader) -> None:
    rows = build(today(), password="a hash")
    with db_as_loader(), connection.cursor() as cursor:
        assert not is_loaded("default")
        count = write(rows, using="default", stream=io.StringIO())
        cursor.execute("set constraints all immediate")
        # The first version of each legal ground was there already.
        assert count + len(first_rows()) == sum(model._default_manager.count() for model in ORDER)
        assert is_loaded("default")
        accounts = dict(Account.objects.values_list("username", "pk"))
        cursor.execute("select count(*), count(distinct digest) from audit_event")
        assert cursor.fetchone() == (len(rows.traces), len(rows.traces))
    for persona in PERSONAS:
        with acting_as(accounts[persona.username]) as actor:
            for model in (Case, Version, PlanVersion, Insats):
                mine = set(model.objects.visible_to(actor).values_list("pk", flat=True))
                assert mine == set(model.objects.values_list("pk", flat=True)), (persona, model)
            cases = Case.objects.visible_to(actor)
            if persona.username in SEES:
                waiting = Signal.objects.waiting_for(actor).count() if actor.unit_id else 0
                works = Case.objects.worked_on_by(actor).count() if actor.is_staff else 0
                assert (cases.count(), works, waiting) == SEES[persona.username], persona
            else:
                assert cases.count() >= 5, persona  # the two who lead
    _check_figures(accounts["styrgrupp"])
    _check_family(accounts)


def _check_figures(account: uuid.UUID) -> None:
    with acting_as(account), connection.cursor() as cursor:
        cursor.execute("select * from access.steering_figures()")
        (figures,) = cursor.fetchall()
    assert all(figure is not None for figure in figures), figures


def _check_family(accounts: Mapping[str, uuid.UUID]) -> None:
    """Who has read, and what stands on the first page."""
    for username in ("a-mamma", "a-pappa", "c-mamma", "c-pappa", "ungdom"):
        with acting_as(accounts[username]), connection.cursor() as cursor:
            child = Child.objects.get()
            cursor.execute("select count(*) from access.reads_of_child(%s)", [child.pk])
            assert cursor.fetchone()[0] >= 3
            assert Version.objects.exists()
            assert not Invitation.objects.exists()


@pytest.mark.django_db
def test_every_table_that_the_demo_fills_has_been_decided_on() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_CLASSED)
        classed = {name for (name,) in cursor.fetchall()}
    assert {model._meta.db_table for model in ORDER} <= classed


def test_it_is_for_the_demo_only(settings: LazySettings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("load_demo")


def test_progress_is_a_bar_in_a_terminal_and_lines_elsewhere() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for stream, shown in ((Terminal(), "[" + "#" * 40 + "] 100 % rows"), (io.StringIO(), "Demo county 50 %")):
        progress = Progress(10, stream)
        progress.step(5, "rows")
        progress.step(5, "rows")
        assert shown in stream.getvalue()
        assert "100 %" in stream.getvalue()
