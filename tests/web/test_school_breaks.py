"""School breaks: written by the municipality; in them nobody at school is reminded and no consent ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail

from agencies.breaks import outside_breaks
from agencies.models import SchoolBreak
from audit.models import Event
from cases.models import Process
from cases.services.consents import Asked, ChildSaid, ask_consent
from kit.errors import Refused
from tests.database import as_loader
from tests.plans.test_deliveries import send, to
from tests.web.desk.test_entries import text_of
from tests.worlds import World

LIST = "/administration/lov/"


def days(world: World, first: int, last: int, name: str = "Sommarlov") -> dict[str, str]:
    return {"name": name, "first_on": str(world.day(first)), "last_on": str(world.day(last))}


def breaks() -> list[SchoolBreak]:
    with as_loader():
        return list(SchoolBreak.objects.order_by("first_on"))


def test_a_break_is_added_and_removed(world: World) -> None:
    """With a receipt each time, and one more yes before it is gone."""
    admin = world.client("admin")
    assert "Inga lov är inskrivna än" in text_of(admin.get(LIST))
    assert "Lovet är tillagt." in text_of(admin.post(LIST, days(world, 30, 60), follow=True))
    (added,) = breaks()
    remove = f"{LIST}{added.pk}/ta-bort/"
    assert "Ta bort Sommarlov?" in text_of(admin.get(remove))
    assert "Lovet är borttaget." in text_of(admin.post(remove, follow=True))
    assert breaks() == []
    assert admin.post(remove).status_code == 404
    with as_loader():
        actions = set(Event.objects.filter(object=added.pk, kind="write").values_list("action", flat=True))
    assert actions == {"break_added", "break_removed"}


@pytest.mark.parametrize(
    ("first", "last", "name", "says"),
    [
        (40, 30, "Lov", "Sista dagen ska komma efter den första"),
        (30, 200, "Lov", "högst fyra månader senare"),
        (30, 40, "", "Skriv vad lovet heter"),
        (205, 210, "Lov", "Det finns redan ett lov de dagarna."),
    ],
)
def test_what_is_wrong_is_said_and_kept(world: World, first: int, last: int, name: str, says: str) -> None:
    world.school_break()
    answer = world.client("admin").post(LIST, days(world, first, last, name))
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert str(world.day(first)) in text_of(answer)
    assert len(breaks()) == 1


def test_it_is_the_municipalitys_alone(world: World) -> None:
    found = world.school_break()
    for other in ("bvc", "enhetsadmin", "mamma", "jurist"):
        client = world.client(other)
        assert client.post(LIST, days(world, 30, 60)).status_code == 404, other
        assert client.post(f"{LIST}{found.pk}/ta-bort/").status_code == 404, other
    assert len(breaks()) == 1


def test_in_a_break_nobody_at_school_is_reminded(world: World) -> None:
    """And once of all that came due, when it is over; others are reminded as ever."""
    world.school_break(5, 20)
    at_school = world.open_case(unit="school", responsible="mentor", state="dialogue", next_step="talk")
    at_bvc = world.open_case(world.add_child("alva", world.born(4)), state="dialogue", next_step="talk")
    with as_loader():
        Process.objects.filter(case__in=[at_school, at_bvc]).update(next_on=world.day(8))
    for day in (6, 9, 16, 20):
        send(world.day(day))
    assert set(to()) == {"bvc@example.invalid", "bvc-ledare@example.invalid"}
    mail.outbox.clear()
    send(world.day(21))
    assert "mentor@example.invalid" in to()


def test_a_consent_does_not_end_in_a_break(world: World) -> None:
    """By the form and past it; the proposed day lies outside from the start."""
    world.school_break(170, 230)
    case = world.open_case()
    form = world.client("bvc").get(f"/barn/{case.pk}/samtycke/nytt/").context["form"]
    assert form["last_on"].value() == world.day(230) + timedelta(days=14)
    asked = Asked(
        purpose="Tillsammans.", units={world.units["logoped"].pk: frozenset({"plan"})},
        first_on=world.today, last_on=world.day(200), child_view=ChildSaid(asked=True, text="Ja."),
    )  # fmt: skip
    with world.act("bvc") as actor, pytest.raises(Refused, match="Sommarlov"):
        ask_consent(case=case, asked=asked, by=actor)


@pytest.mark.parametrize(("latest", "expected"), [(300, 244), (240, 169)])
def test_the_day_outside_a_break(world: World, latest: int, expected: int) -> None:
    """Two weeks after it, or the day before it where that would be too late."""
    world.school_break(170, 230)
    with world.act("bvc"):
        found: date = outside_breaks("0761", world.day(200), latest=world.day(latest))
        assert outside_breaks("0761", world.day(10), latest=world.day(latest)) == world.day(10)
        assert outside_breaks("0780", world.day(200), latest=world.day(latest)) == world.day(200)
    assert found == world.day(expected)
