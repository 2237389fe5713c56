"""Nödöppning, page by page: reason, password again, banner, end, review, and what the family sees."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from audit.models import Event
from cases.models import Case, Emergency
from people.models import Child, Password
from people.numbers import LegalSex, make_test_number
from tests.database import as_loader
from tests.worlds import World
from web.desk.views import emergency

PASSWORD = "tre ord som hjälper"
START, CONFIRM = "/nodoppning/", "/nodoppning/losenord/"
TEXT = "Mamman står i receptionen och kollegan är sjuk."


@pytest.fixture
def case(world: World) -> Case:
    """A case of BVC's, whose child has a number; ``bvc2`` has a password and isn't assigned."""
    with as_loader():
        number = make_test_number(world.child.born_on, LegalSex.FEMALE).digits
        Child.objects.filter(pk=world.child.pk).update(number=number, reserve_number=None)
        world.child.number = number
        account = world.accounts["bvc2"]
        account.set_password(PASSWORD)
        Password.objects.filter(account=account).update(hash=account.password)
    return world.teamwork().case


def text_of(response: Any) -> str:
    """The page."""
    return str(response.content.decode())


def asked(world: World, **more: str) -> dict[str, str]:
    """The form as it is filled in."""
    return {"number": str(world.child.number), "code": "stand_in", "text": TEXT, **more}


def goes_on(client: Client, filled: dict[str, str]) -> Any:
    """The first page sent, and the second one."""
    answer = client.post(START, filled)
    assert (answer.status_code, answer["Location"]) == (302, CONFIRM)
    return client.get(CONFIRM)


def tries(client: Client, filled: dict[str, str], password: str = PASSWORD) -> Any:
    """Both pages, the password on the second."""
    goes_on(client, filled)
    return client.post(CONFIRM, {"password": password})


def opened(world: World) -> Client:
    """The browser of whoever has opened."""
    client = world.client("bvc2")
    assert tries(client, asked(world)).status_code == 302
    return client


def test_the_first_page_says_what_is_wrong_and_keeps_it(world: World, case: Case) -> None:
    """No number, no code, too short a text."""
    answer = world.client("bvc2").post("/nodoppning/", {"number": "123", "text": "kort"})
    assert answer.status_code == 422
    for part in ("Numret stämmer inte", "Välj varför du behöver öppna", "i en eller två meningar", "kort"):
        assert part in text_of(answer)


def test_the_way_back_keeps_what_was_typed(world: World, case: Case) -> None:
    """Post, redirect, get: no page of the two is the answer to a form. No address holds the number,
    and what was typed is gone when she has opened."""
    client = world.client("bvc2")
    assert client.get(CONFIRM)["Location"] == START
    assert str(world.child.number) in text_of(goes_on(client, asked(world)))
    back = text_of(client.get(START))
    assert TEXT in back
    assert f'value="{world.child.number}"' in back
    assert client.post(CONFIRM, {"password": PASSWORD})["Location"] == f"/barn/{case.pk}/"
    assert TEXT not in text_of(client.get(START))
    assert client.get(CONFIRM)["Location"] == START


def test_what_was_typed_is_one_browsers_own(world: World, case: Case) -> None:
    goes_on(world.client("bvc2"), asked(world))
    for stranger in (world.client("bvc2"), world.client("bvc")):
        assert TEXT not in text_of(stranger.get(START))
        assert stranger.get(CONFIRM)["Location"] == START


def test_what_was_typed_is_soon_forgotten(world: World, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """The form for the next child isn't filled in with this one."""
    monkeypatch.setattr(emergency, "KEPT_FOR", timedelta(0))
    client = world.client("bvc2")
    assert client.post(START, asked(world))["Location"] == CONFIRM
    assert TEXT not in text_of(client.get(START))
    assert client.get(CONFIRM)["Location"] == START


def test_nothing_is_searched_before_the_password(world: World, case: Case) -> None:
    """The page that asks for it is the same for any number, and opens nothing."""
    client = world.client("bvc2")
    nobody = make_test_number(world.born(9), LegalSex.MALE).digits
    pages = [
        text_of(goes_on(client, asked(world) | {"number": n})) for n in (str(world.child.number), nobody)
    ]
    assert "60 minuter" in pages[0]
    assert len(pages[0]) == len(pages[1])
    wrong = client.post(CONFIRM, {"password": "fel"})
    assert wrong.status_code == 422
    assert "inte ditt lösenord" in text_of(wrong)
    with as_loader():
        assert not Emergency.objects.exists()
        assert Event.objects.filter(kind="sign_in", action="failed").count() == 1


def test_guessing_the_password_is_slowed_down(world: World, case: Case) -> None:
    """As at the sign-in."""
    client = world.client("bvc2")
    codes = [tries(client, asked(world), "fel").status_code for _ in range(12)]
    assert codes[-1] == 429


def test_open_banner_and_end(world: World, case: Case) -> None:
    """Every page says so while it lasts; at the end the case is gone."""
    client = opened(world)
    for page in (f"/barn/{case.pk}/", "/mitt-arbete/", "/enheten/", "/uppmarksamma/"):
        assert "bb-emergency" in text_of(client.get(page)), page
    assert client.get(f"/barn/{case.pk}/handelser/").status_code == 200
    assert client.post(f"/barn/{case.pk}/avsluta/", {"reason": "mistake"}).status_code == 403
    assert client.post("/nodoppning/avsluta/").status_code == 302
    assert client.get(f"/barn/{case.pk}/").status_code == 404
    assert "bb-emergency" not in text_of(client.get("/mitt-arbete/"))


def test_it_ends_with_the_session(world: World, case: Case) -> None:
    """At sign-out, and when she signs in anew."""
    opened(world).post("/logga-ut/")
    assert world.client("bvc2").get(f"/barn/{case.pk}/").status_code == 404
    opened(world)
    other = Client()
    other.post("/logga-in/", {"username": "bvc2", "password": PASSWORD})
    assert other.get(f"/barn/{case.pk}/").status_code == 404


def test_no_hit_is_one_answer(world: World, case: Case) -> None:
    """No such child, another unit's, a locked case: the same status and the same page."""
    neighbour = make_test_number(world.children["grannbarn"].born_on, LegalSex.MALE).digits
    with as_loader():
        Child.objects.filter(pk=world.children["grannbarn"].pk).update(number=neighbour, reserve_number=None)
    world.open_case(world.children["grannbarn"], "school", "mentor")
    world.client("bvc").post(f"/barn/{case.pk}/skydd/las/", {"reason": TEXT})
    nobody = make_test_number(world.born(9), LegalSex.MALE).digits
    found = set()
    for number in (str(world.child.number), neighbour, nobody):
        answer = tries(world.client("bvc2"), asked(world) | {"number": number})
        found.add((answer.status_code, len(answer.content), "Inget har öppnats" in text_of(answer)))
    assert len(found) == 1
    assert next(iter(found))[0] == 422


def test_reviewed_by_the_arbetsledare(world: World, case: Case) -> None:
    """Her first page says that one waits; who, why and what was opened; not by whoever opened."""
    client = opened(world)
    client.get(f"/barn/{case.pk}/handelser/")
    lead = world.client("bvc-ledare")
    assert "nödöppning väntar på din granskning" in text_of(lead.get("/mitt-arbete/"))
    with as_loader():
        emergency = Emergency.objects.get()
    address = f"/nodoppning/granska/{emergency.pk}/"
    page = text_of(lead.get(address))
    for part in ("Bvc2 Testsson", TEXT, "Nödöppnade ärendet"):
        assert part in page
    assert world.child.name not in page
    for username in ("bvc2", "bvc", "soc-ledare", "dataskydd"):
        assert world.client(username).get(address).status_code == 404, username
    assert lead.post(address, {"verdict": "wrong"}).status_code == 422
    assert lead.post(address, {"verdict": "right"}).status_code == 302
    assert "Det var rätt att öppna" in text_of(lead.get("/nodoppning/granska/"))


def test_the_family_reads_it_and_why(world: World, case: Case) -> None:
    """In Vem har läst; not once the case is locked to her."""
    opened(world)
    address = f"/familj/{world.child.pk}/vem-har-last/"
    page = text_of(world.client("mamma").get(address))
    assert "Öppnade barnets sida i en nödsituation (nödöppning)" in page
    assert "gick inte att nå" in page
    world.client("bvc").post(f"/barn/{case.pk}/skydd/las/", {"reason": TEXT})
    assert "ödöppnade" not in text_of(world.client("mamma").get(address))
