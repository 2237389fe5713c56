"""A case's pages on paper: who may, what is recorded, when and by whom it says that it was made."""

from __future__ import annotations

from typing import Any

import pytest

from audit.models import Event
from audit.words import what_was_done
from cases.models import Case
from tests.database import as_loader
from tests.worlds import Teamwork, World

SHEET = "?utskrift=1"


@pytest.fixture
def team(world: World) -> Teamwork:
    return world.teamwork()


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def last() -> Event:
    with as_loader():
        found = Event.objects.order_by("-sequence").first()
    assert found is not None
    return found


@pytest.mark.parametrize("below", ["", "handelser/", "hjul/", "plan/", "personer/", "logg/", "vem-ser-vad/"])
def test_a_page_is_printed_and_recorded_as_that(world: World, team: Teamwork, below: str) -> None:
    """The button leads to the same page, made for paper: the same action, and that it was a print."""
    client, address = world.client("bvc"), f"/barn/{team.case.pk}/{below}"
    page = text_of(client.get(address))
    assert f'href="{address}{SHEET}"' in page
    assert "data-print-now" not in page
    read = last()
    sheet = text_of(client.get(address + SHEET))
    assert "data-print-now" in sheet
    assert f'href="{address}"' in sheet
    assert "bb-case--no-paper" not in sheet
    printed = last()
    assert (read.kind, printed.kind) == ("read", "print")
    assert (printed.action, printed.child, printed.case, printed.detail) == (
        read.action, read.child, read.case, read.detail,
    )  # fmt: skip


def test_every_page_says_when_and_for_whom_and_nothing_of_the_child(world: World, team: Teamwork) -> None:
    client = world.client("bvc")
    for address, word in (
        (f"/barn/{team.case.pk}/", "Öppnad"),
        (f"/barn/{team.case.pk}/{SHEET}", "Utskriven"),
    ):
        foot = text_of(client.get(address)).split('class="bb-paper">')[1].split("</p>")[0]
        assert foot.startswith(word)
        assert "<bdi>Bvc Testsson</bdi>, BVC-sjuksköterska, bvc" in foot
        assert "klockan" in foot
        assert world.child.given_name not in foot
    assert 'class="bb-paper">Öppnad' in text_of(client.get("/mitt-arbete/"))


def test_what_the_page_was_narrowed_to_is_printed(world: World, team: Teamwork) -> None:
    page = text_of(world.client("bvc").get(f"/barn/{team.case.pk}/handelser/?sort=note"))
    assert f"/barn/{team.case.pk}/handelser/?sort=note&amp;utskrift=1" in page


def test_the_family_reads_that_something_was_printed(world: World, team: Teamwork) -> None:
    world.client("bvc").get(f"/barn/{team.case.pk}/plan/{SHEET}")
    log = text_of(world.client("mamma").get(f"/familj/{world.child.pk}/vem-har-last/"))
    assert "Skrev ut något" in log
    assert "Läste planen, på papper" in text_of(world.client("bvc").get(f"/barn/{team.case.pk}/logg/"))
    assert what_was_done("print", "printed_closed_plan") == "Skrev ut planen i ett stängt ärende"


def assert_not_for_paper(client: Any, case: Case) -> None:
    """No button; the address of the sheet gives the page as it is, which comes out empty."""
    for address in (f"/barn/{case.pk}/", f"/barn/{case.pk}/{SHEET}"):
        page = text_of(client.get(address))
        assert "bb-case--no-paper" in page
        assert "utskrift=1" not in page
        assert "data-print-now" not in page
    with as_loader():
        assert not Event.objects.filter(kind="print").exists()


def test_a_closed_case_is_not(world: World, team: Teamwork) -> None:
    client = world.client("bvc")
    client.post(f"/barn/{team.case.pk}/skydd/las/", {"reason": "Barnahus håller i samrådet nu."})
    assert_not_for_paper(client, team.case)


def test_a_unit_without_secrecy_of_its_own_does_not(world: World, team: Teamwork) -> None:
    """R1.2: view only. Police, who see as little, have secrecy of their own."""
    assert_not_for_paper(world.client("fritid"), team.case)
    assert "utskrift=1" in text_of(world.client("polis").get(f"/barn/{team.case.pk}/"))


def test_a_lead_who_sees_the_head_does_not(world: World, team: Teamwork) -> None:
    assert_not_for_paper(world.client("bvc-ledare"), team.case)
