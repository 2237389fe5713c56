"""Uppmärksamma by its pages alone: no orosanmälan, kept while typing, the same receipt."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from cases.models import Case, Draft, Participation, Process, Signal, SignalText
from people.models import Child
from people.numbers import LegalSex, make_test_number
from tests.database import as_loader
from tests.worlds import World

BORN = date(2022, 7, 9)
NUMBER = make_test_number(BORN, LegalSex.FEMALE)


def text_of(response: Any) -> str:
    """The page."""
    return str(response.content.decode())


def fill(client: Client, world: World, *, family: str = "yes", **child: str) -> Any:
    """Go through the three screens; returns the answer to the last."""
    today = world.today
    who = {"name": "Alva Provlind", "number": NUMBER.formatted, "born_on": "", "municipality": "0761"} | child
    client.post("/uppmarksamma/barnet/", who)
    client.post(
        "/uppmarksamma/iakttagelse/",
        {"seen": "Hon talar lite.", "seen_on": str(today - timedelta(days=1)), "works": "Leker gärna."},
    )
    said = (
        {"yes_from": "mamma Nadia", "yes_on": str(today)}
        if family == "yes"
        else {"yes_from": "", "yes_on": ""}
    )
    return client.post("/uppmarksamma/familjen/", {"family": family} | said)


def send(client: Client, world: World, **values: str) -> Any:
    """Fill in and send; returns the receipt's page."""
    fill(client, world, **values)
    answer = client.post("/uppmarksamma/kontrollera/")
    assert answer.status_code == 302
    return client.get(answer["Location"])


def test_step_0_says_that_this_is_no_orosanmalan(world: World) -> None:
    """And whoever believes that the child may be harmed is shown another way, by number."""
    client = world.client("forskola")
    page = text_of(client.get("/uppmarksamma/"))
    assert "ingen orosanmälan och blir aldrig en" in page
    assert 'href="/uppmarksamma/far-illa/"' in page
    page = text_of(client.get("/uppmarksamma/far-illa/"))
    for what in ("https://kommun.invalid/oro", "010-000 00 01", "010-000 00 02", "tel:112"):
        assert what in page
    assert "<textarea" not in page
    with as_loader():
        assert not Signal.objects.exists()
        assert not Draft.objects.exists()


def test_with_a_yes_it_goes_to_the_unit_by_age(world: World) -> None:
    """A case arises at BVC, the draft is gone, and the sender finds it under My work."""
    client = world.client("forskola")
    assert "Det är skickat" in text_of(send(client, world))
    with as_loader():
        signal = Signal.objects.get()
        assert signal.to_unit == world.units["bvc"]
        assert (signal.typed_number, signal.born_on) == (NUMBER.digits, BORN)
        assert SignalText.objects.get().seen == "Hon talar lite."
        assert Process.objects.get().state == "noticed"
        assert not Draft.objects.exists()
    assert "Skickat" in text_of(client.get("/mitt-arbete/"))


def test_without_a_yes_it_stays_and_can_be_sent_later(world: World) -> None:
    """No case; the task is to talk with the family; a noted yes sends it on."""
    client = world.client("forskola")
    assert "Sparat i din enhet" in text_of(send(client, world, family="unaware"))
    with as_loader():
        signal = Signal.objects.get()
        assert signal.to_unit is None
        assert not Case.objects.exists()
        assert not SignalText.objects.get().family_knows
    assert "Prata med familjen: Alva Provlind" in text_of(client.get("/mitt-arbete/"))

    address = f"/signal/{signal.pk}/"
    assert "Har familjen sagt ja?" in text_of(client.get(address))
    answer = client.post(address, {"yes_from": "", "yes_on": str(world.day(3))})
    assert answer.status_code == 422
    assert "Skriv vem som sa ja" in text_of(answer)
    assert "kan inte ligga i framtiden" in text_of(answer)
    answer = client.post(address, {"yes_from": "mamma och pappa", "yes_on": str(world.today)})
    assert "Det är skickat" in text_of(client.get(answer["Location"]))
    assert client.post(address, {"yes_from": "igen", "yes_on": str(world.today)}).status_code == 403
    with as_loader():
        assert Signal.objects.get().to_unit == world.units["bvc"]


def test_the_receipt_is_the_same_whether_or_not_a_case_exists(world: World) -> None:
    """Threat 5: not a word differs, though the known child's case lies with the school."""
    with as_loader():
        Child.objects.filter(pk=world.child.pk).update(
            number=NUMBER.digits, reserve_number=None, born_on=BORN
        )
    world.open_case(world.child, "school", "rektor")
    receipts = []
    for number, name in ((NUMBER, "Alva Provlind"), (make_test_number(BORN, LegalSex.MALE), "Ny Provlind")):
        client = world.client("forskola")
        page = text_of(send(client, world, number=number.formatted, name=name))
        receipts.append(re.sub(r"[0-9a-f-]{36}|csrf\S+|value=\"\S+\"", "", page).replace(name, "Barnet"))
        with as_loader():
            sent = Signal.objects.get(typed_name=name)
        shown = text_of(client.get(f"/signal/{sent.pk}/"))
        receipts.append(strip_tags(shown).replace(name, "Barnet"))
    assert receipts[0] == receipts[2]
    assert receipts[1] == receipts[3]
    with as_loader():
        units = set(Signal.objects.values_list("to_unit__name", flat=True))
    assert units == {"school", "bvc"}


@pytest.mark.parametrize(
    ("child", "message"),
    [
        ({"name": ""}, "Skriv barnets namn"),
        ({"number": ""}, "Skriv personnumret eller födelsedagen"),
        ({"number": "20220709-2399"}, "Numret stämmer inte"),
        ({"number": "12"}, "Skriv numret med tolv siffror"),
        ({"born_on": "2020-01-01"}, "Födelsedagen stämmer inte med personnumret"),
        ({"number": "", "born_on": "1999-01-01"}, "för barn under 18"),
        ({"number": "", "born_on": "2099-01-01"}, "för långt fram"),
        ({"number": "", "born_on": "igår"}, "Skriv datumet som år, månad och dag"),
        ({"municipality": "9999"}, "finns inte längre"),
    ],
)
def test_what_is_wrong_with_the_child_is_said_and_nothing_is_lost(
    world: World, child: dict[str, str], message: str
) -> None:
    """422, "Fel:" first in the title, the reason, and what was typed."""
    client = world.client("forskola")
    right = {"name": "Alva Provlind", "number": NUMBER.formatted, "born_on": "", "municipality": "0761"}
    answer = client.post("/uppmarksamma/barnet/", right | child)
    page = text_of(answer)
    assert answer.status_code == 422
    assert message in page
    assert "<title>Fel:" in page
    assert (right | child)["name"] in page


def test_a_child_not_yet_born_goes_to_the_midwife(world: World) -> None:
    """The expected day is taken for the day of birth."""
    world.add_unit("mvc", "maternity_care", "Region Kronoberg", "0761", is_default=True)
    client = world.client("forskola")
    soon = str(world.day(60))
    assert "barnmorskemottagningen" in text_of(send(client, world, number="", born_on=soon))
    with as_loader():
        assert Signal.objects.get().to_unit == world.units["mvc"]


def test_a_municipality_without_a_unit_says_so(world: World) -> None:
    """Nothing is kept, and the reason is in plain words."""
    client = world.client("forskola")
    fill(client, world, number="", born_on=str(world.day(60)))
    answer = client.post("/uppmarksamma/kontrollera/")
    assert answer.status_code == 422
    assert "ingen enhet som tar emot" in text_of(answer)
    with as_loader():
        assert not Signal.objects.exists()
        assert Draft.objects.count() == 3


def test_the_screens_come_in_order_and_can_be_changed(world: World) -> None:
    """A later screen leads back to the first that lacks something; a change leads to the check."""
    client = world.client("forskola")
    for late in ("iakttagelse/", "familjen/", "kontrollera/"):
        assert client.get(f"/uppmarksamma/{late}")["Location"] == "/uppmarksamma/barnet/"
    assert client.post("/uppmarksamma/kontrollera/").status_code == 302
    fill(client, world)
    page = text_of(client.get("/uppmarksamma/kontrollera/"))
    assert "Alva Provlind" in page
    assert "mamma Nadia" in page
    assert 'value="Alva Provlind"' in text_of(client.get("/uppmarksamma/barnet/?kontrollera"))
    answer = client.post(
        "/uppmarksamma/barnet/?kontrollera",
        {"name": "Alva Berg", "number": NUMBER.formatted, "born_on": "", "municipality": "0761"},
    )
    assert answer["Location"] == "/uppmarksamma/kontrollera/"
    assert "Alva Berg" in text_of(client.get(answer["Location"]))
    assert client.get("/uppmarksamma/nagot/").status_code == 404
    assert "Du har börjat skriva om Alva Berg" in text_of(client.get("/uppmarksamma/"))
    client.post("/uppmarksamma/kasta/")
    with as_loader():
        assert not Draft.objects.exists()


def test_typing_is_kept_without_sending(world: World) -> None:
    """The autosave's answer is a line of text; the screen shows the draft again, to her alone."""
    client = world.client("forskola")
    fill(client, world)
    page = text_of(client.get("/uppmarksamma/iakttagelse/"))
    address = re.search(r'data-draft-url="([^"]+)"', page)
    assert address
    answer = client.post(address[1], {"seen": "Hon pekar", "seen_on": "", "works": ""})
    assert text_of(answer).startswith("Utkast sparat ")
    assert answer["Content-Type"].startswith("text/plain")
    assert "Hon pekar" in text_of(client.get("/uppmarksamma/iakttagelse/"))
    assert "Hon pekar" not in text_of(world.client("bvc").get("/uppmarksamma/iakttagelse/", follow=True))


@pytest.mark.parametrize("query", ["", "target=a b", "target=x&case=nonsense", "target=" + "x" * 200])
def test_a_draft_without_a_form_does_not_exist(world: World, query: str) -> None:
    """404, and nothing is kept."""
    assert world.client("forskola").post(f"/utkast/?{query}", {"a": "b"}).status_code == 404
    with as_loader():
        assert not Draft.objects.exists()


def test_a_draft_belongs_to_whoever_works_on_the_case(world: World) -> None:
    """For everybody else the case does not exist."""
    case = world.open_case()
    address = f"/utkast/?target=entry:note&case={case.pk}"
    assert world.client("bvc").post(address, {"body": "Hej"}).status_code == 200
    for other in ("bvc2", "bvc-ledare", "soc-vaxjo", "polis"):
        assert world.client(other).post(address, {"body": "Hej"}).status_code == 404
    with as_loader():
        assert Draft.objects.get().account == world.accounts["bvc"]


def test_the_sender_sees_that_it_was_received_and_nothing_more(world: World) -> None:
    """ "Mottaget", but neither case nor team."""
    case = world.open_case()
    signal = world.signal(to_unit="bvc", case=case, taken_by="bvc")
    client = world.client("forskola")
    page = text_of(client.get(f"/signal/{signal.pk}/"))
    assert "Mottaget" in page
    assert str(case.pk) not in page
    assert "Bvc Testsson" not in page
    assert "Mottaget" in text_of(client.get("/mitt-arbete/"))
    assert client.get(f"/barn/{case.pk}/").status_code == 404


def test_a_signal_is_its_writers_until_somebody_takes_it(world: World) -> None:
    """Its text opens for the taker; a colleague of the receiving unit gets 404 before and after."""
    case = world.open_case(responsible=None)
    signal = world.signal(to_unit="bvc", case=case)
    address = f"/signal/{signal.pk}/"
    for other in ("bvc", "bvc2", "bvc-ledare", "soc", "polis", "styrgrupp", "mamma", "admin"):
        assert world.client(other).get(address).status_code == 404, other
    client = world.client("bvc")
    client.post(f"/enheten/signal/{signal.pk}/ta/")
    assert "Pratar lite." in text_of(client.get(address))
    assert world.client("bvc2").get(address).status_code == 404
    assert client.post(address, {"yes_from": "x", "yes_on": "2026-01-01"}).status_code == 403


@pytest.mark.parametrize(
    "username", ["styrgrupp", "admin", "dataskydd", "enhetsadmin", "granskare", "mamma", "ungdom"]
)
def test_only_those_who_work_with_children_notice_them(world: World, username: str) -> None:
    """For all others the pages do not exist."""
    client = world.client(username)
    for address in ("", "far-illa/", "barnet/", "kontrollera/"):
        assert client.get(f"/uppmarksamma/{address}").status_code == 404
    assert client.post("/uppmarksamma/barnet/", {"name": "x"}).status_code == 404
    assert client.post("/utkast/?target=signal:child", {"name": "x"}).status_code == 404
    with as_loader():
        assert not Participation.objects.exists()
