"""Threat 5: whoever notices a child gets the same, byte for byte, whether or not the child has a case."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import transaction
from django.test import Client

from people.models import Child
from people.numbers import LegalSex, make_test_number
from tests.access.test_two_worlds import AT_RANDOM
from tests.database import as_loader
from tests.worlds import World

ID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
CLOCK = re.compile(rb"\d\d\.\d\d")
STEPS = ("barnet", "iakttagelse", "familjen", "kontrollera")

Got = list[tuple[str, int, str, bytes]]


def notices(world: World, username: str, who: dict[str, str]) -> Got:
    """Each page on the way and after it: the form, the check, the receipt, the signal and the lists."""
    client, today = world.client(username), world.today.isoformat()
    posted: tuple[dict[str, str], ...] = (
        {"municipality": "0761", **who},
        {"seen": "Talar lite.", "seen_on": today, "works": ""},
        {"family": "yes", "yes_from": "Mamma", "yes_on": today},
        {},
    )
    got: Got = []
    for step, data in zip(STEPS, posted, strict=True):
        address = f"/uppmarksamma/{step}/"
        got += [_seen(client, "get", address, {}), _seen(client, "post", address, data)]
    done = client.get("/mitt-arbete/").content
    (signal,) = set(re.findall(rb"/signal/([0-9a-f-]{36})/", done))
    got += [
        _seen(client, "get", address, {})
        for address in (
            f"/uppmarksamma/klart/{signal.decode()}/",
            f"/signal/{signal.decode()}/",
            "/mitt-arbete/",
        )
    ]
    return got


def _seen(client: Client, how: str, address: str, data: dict[str, str]) -> tuple[str, int, str, bytes]:
    answer = getattr(client, how)(address, data)
    body = CLOCK.sub(b"", ID.sub(b"", AT_RANDOM.sub(b"", answer.content)))
    place = ID.sub(b"", answer.get("Location", "").encode()).decode()
    return f"{how} {ID.sub(b'', address.encode()).decode()}", answer.status_code, place, body


@pytest.mark.parametrize("by", ["number", "name"])
@pytest.mark.parametrize("username", ["forskola", "bvc2"])
def test_i5_noticing_a_child_with_a_case_is_like_noticing_one_without(
    world: World, username: str, by: str
) -> None:
    """By somebody elsewhere, and by a colleague in the unit that holds the case and doesn't work on it.

    Red when the pages ask for more cases than the sender may see.
    """
    born: date = world.child.born_on
    number = make_test_number(born, LegalSex.FEMALE).digits
    who = {"name": world.child.name} | (
        {"number": number} if by == "number" else {"born_on": born.isoformat()}
    )
    with transaction.atomic():
        without = notices(world, username, who)
        transaction.set_rollback(True)
    with as_loader():
        Child.objects.filter(pk=world.child.pk).update(number=number, reserve_number=None)
    with transaction.atomic():
        known_child = notices(world, username, who)
        transaction.set_rollback(True)
    world.open_case()
    with_case = notices(world, username, who)
    assert [status for _name, status, _place, _body in without][1::2][:3] == [302, 302, 302]
    assert known_child == without
    assert with_case == without


def test_whoever_works_with_the_child_is_told(world: World) -> None:
    """And led to the child's page."""
    case = world.open_case()
    who = {
        "name": world.child.name.upper(),
        "born_on": world.child.born_on.isoformat(),
        "municipality": "0761",
    }
    client = world.client("bvc")
    client.post("/uppmarksamma/barnet/", who)
    body = client.get("/uppmarksamma/iakttagelse/").content.decode()
    assert "Du arbetar redan med det här barnet" in body
    assert f'href="/barn/{case.pk}/"' in body
