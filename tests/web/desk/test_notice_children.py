"""Uppmärksamma: the unit's own children, a no, and the same child reported twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.models import Case, Process, Signal
from people.models import Child
from tests.database import as_loader
from tests.web.desk.test_notice import fill, send, text_of
from tests.worlds import World

FORM = "/uppmarksamma/barnet/"


@pytest.fixture
def milo(world: World) -> Child:
    """A child of four who is listed with the preschool."""
    child = world.add_child("milo", world.born(4), ("mamma",))
    world.listing(child, "preschool")
    return child


def test_a_child_of_ones_own_unit_is_chosen_in_the_list(world: World, milo: Child) -> None:
    """No second child arises, and what is typed beside the choice does not count."""
    client = world.client("forskola")
    key = f"{milo.born_on.isoformat()} {milo.name.casefold()}"
    assert f'value="{key}"' in text_of(client.get(FORM))
    send(client, world, listed=key, name="", number="fel", born_on="")
    with as_loader():
        assert Case.objects.get().child == milo
        assert Signal.objects.get().typed_name == milo.name


@pytest.mark.parametrize("username", ["bvc", "soc", "polis", "rektor"])
def test_nobody_else_gets_that_list(world: World, milo: Child, username: str) -> None:
    """Another unit's children are not shown, and what has no list has no such field."""
    assert milo.name not in text_of(world.client(username).get(FORM))


def test_typed_name_and_day_of_birth_find_the_units_own_child(world: World, milo: Child) -> None:
    """And nobody else's: the same typed at another unit makes a child of its own."""
    typed = {"number": "", "born_on": str(milo.born_on)}
    send(world.client("forskola"), world, name=milo.name.upper(), **typed)
    with as_loader():
        assert Case.objects.get().child == milo
    send(world.client("soc"), world, name=milo.name, **typed)
    with as_loader():
        assert Child.objects.filter(given_name=milo.given_name).count() == 2


def test_a_namesake_with_another_day_of_birth_is_asked_about(world: World, milo: Child) -> None:
    """A guessed day makes no second child before one has said that it is another."""
    client = world.client("forskola")
    guessed = str(milo.born_on + timedelta(days=3))
    typed = {"name": milo.name, "number": "", "born_on": guessed, "municipality": "0761"}
    answer = client.post(FORM, typed)
    assert answer.status_code == 422
    assert "går hos er" in text_of(answer)
    assert "Det är ett annat barn med samma namn" in text_of(answer)
    assert client.post(FORM, typed | {"another": "on"}).status_code == 302


def test_nothing_is_seen_before_the_child_is_born(world: World) -> None:
    client = world.client("forskola")
    born = world.day(-100)
    client.post(FORM, {"name": "Liv Prov", "number": "", "born_on": str(born), "municipality": "0761"})
    seen = {"seen": "Sover lite.", "works": "", "seen_on": str(born - timedelta(days=1))}
    answer = client.post("/uppmarksamma/iakttagelse/", seen)
    assert answer.status_code == 422
    assert "Barnet föddes" in text_of(answer)
    assert "Liv Prov" in text_of(client.get("/uppmarksamma/iakttagelse/"))


def test_a_no_ends_the_task_and_a_yes_later_still_sends(world: World) -> None:
    """It is kept, can be taken up again, and nobody but its writer changes it."""
    client = world.client("forskola")
    send(client, world, family="unaware")
    with as_loader():
        signal = Signal.objects.get()
    address, today = f"/signal/{signal.pk}/", str(world.today)
    end = {"what": "end", "ended_as": "family_no"}
    late = client.post(address, end | {"ended_on": str(world.day(1))})
    assert late.status_code == 422
    assert client.post(address, {"what": "end", "ended_on": today}).status_code == 422
    assert client.post(address, end | {"ended_on": today}).status_code == 302
    assert "Prata med familjen" not in text_of(client.get("/mitt-arbete/"))
    assert "Familjen sa nej" in text_of(client.get("/mitt-arbete/"))
    assert world.client("tva-enheter").post(address, {"what": "resume"}).status_code == 404
    client.post(address, {"what": "resume"})
    assert "Prata med familjen" in text_of(client.get("/mitt-arbete/"))
    client.post(address, end | {"ended_on": today})
    client.post(address, {"what": "yes", "yes_from": "mamma och pappa", "yes_on": today})
    with as_loader():
        signal.refresh_from_db()
        assert (signal.to_unit, signal.ended_as) == (world.units["bvc"], "")
    assert client.post(address, end | {"ended_on": today}).status_code == 403


def test_the_same_child_reported_twice_becomes_one_case(world: World) -> None:
    """The inbox warns, and the second joins the case; the empty one is closed as a mistake."""
    born = {"number": "", "born_on": str(date(world.at.year - 3, 3, 1))}
    for username in ("soc", "polis"):
        send(world.client(username), world, name="Liv Prov", **born)
    client = world.client("bvc")
    assert "Samma namn och födelsedag som ett annat" in text_of(client.get("/enheten/"))
    with as_loader():
        first, second = Signal.objects.order_by("sent_at")
    client.post(f"/enheten/signal/{first.pk}/ta/")
    assert "Samma namn och födelsedag som ett barn du arbetar med" in text_of(client.get("/enheten/"))
    assert "Samma namn" not in text_of(world.client("bvc2").get("/enheten/")), "it is not her case"
    join = f"/enheten/signal/{second.pk}/till/{first.case_id}/"
    assert world.client("bvc2").post(join).status_code == 404
    assert client.post(join)["Location"] == f"/barn/{first.case_id}/"
    assert client.post(join).status_code == 403
    with as_loader():
        assert Signal.objects.get(pk=second.pk).case_id == first.case_id
        assert Process.objects.get(case=second.case_id).close_reason == "mistake"


def test_a_signal_with_a_number_or_another_name_is_not_joined(world: World) -> None:
    """Then it is not known to be the same child."""
    case = world.open_case()
    fill(world.client("soc"), world, name="Ny Provlind")
    send(world.client("soc"), world, name="Ny Provlind")
    with as_loader():
        signal = Signal.objects.get()
    assert world.client("bvc").post(f"/enheten/signal/{signal.pk}/till/{case.pk}/").status_code == 403
