"""Mitt arbete and Enheten: what waits, who takes it, and with whom it stands."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cases.models import Assignment, Case, Invitation, Process, Signal
from tests.database import as_loader
from tests.web.counting import statements
from tests.worlds import World


def text_of(response: Any) -> str:
    """The page."""
    return str(response.content.decode())


@pytest.fixture
def noticed(world: World) -> Signal:
    """A signal that lies untaken with BVC."""
    case = world.open_case(responsible=None, state="noticed")
    return world.signal(to_unit="bvc", case=case)


def test_the_inbox_shows_the_head_and_nothing_of_the_text(world: World, noticed: Signal) -> None:
    """From which unit, the child as typed, age, day; to the unit's own people only."""
    page = text_of(world.client("bvc2").get("/enheten/"))
    assert "Barn Familjesson" in page
    assert "4 år" in page
    assert "Från preschool" in page
    assert "Pratar lite." not in page
    assert "1 ny i enhetens inkorg" in text_of(world.client("bvc2").get("/mitt-arbete/"))
    for other in ("soc", "logoped", "forskola", "soc-vaxjo"):
        assert "Barn Familjesson" not in text_of(world.client(other).get("/enheten/")), other


def test_whoever_takes_it_works_on_the_case(world: World, noticed: Signal) -> None:
    """She becomes responsible, sees what was noticed, and the inbox is empty."""
    client = world.client("bvc")
    page = text_of(client.post(f"/enheten/signal/{noticed.pk}/ta/", follow=True))
    assert "Du har tagit emot det" in page
    assert "Pratar lite." in page
    assert "Prata med familjen" in page
    assert "Inkorgen är tom" in text_of(client.get("/enheten/"))
    assert "Prata med familjen: Barn Familjesson" in text_of(client.get("/mitt-arbete/"))
    with as_loader():
        process = Process.objects.get()
        assert (process.state, process.responsible) == ("dialogue", world.accounts["bvc"])


def test_the_second_who_takes_it_is_told(world: World, noticed: Signal) -> None:
    """403 with the reason; nobody else is assigned."""
    address = f"/enheten/signal/{noticed.pk}/ta/"
    world.client("bvc").post(address)
    answer = world.client("bvc2").post(address)
    assert answer.status_code == 403
    assert "En kollega har redan tagit emot" in text_of(answer)
    for other in ("soc", "forskola", "bvc-ledare"):
        assert world.client(other).post(address).status_code == 403
    assert world.client("bvc").get(address).status_code == 405
    with as_loader():
        assert Assignment.objects.get().user == world.accounts["bvc"]


def test_unclaimed_after_a_working_day_it_stands_with_the_lead(world: World, noticed: Signal) -> None:
    """Marked for all of the unit; the lead is told to act."""
    assert (
        "Väntat mer än en arbetsdag" not in text_of(world.client("bvc").get("/enheten/"))
        or world.at.weekday() > 4
    )
    with as_loader():
        Signal.objects.update(delivered_at=world.days(-6))
    assert "Väntat mer än en arbetsdag" in text_of(world.client("bvc").get("/enheten/"))
    page = text_of(world.client("bvc-ledare").get("/enheten/"))
    assert "Det här har ingen tagit emot i tid" in page
    assert "Enhetens barn" in page


def test_an_invitation_is_taken_by_one_of_the_unit(world: World) -> None:
    """Child, purpose and sender in the inbox; the taker reads what is shown to her unit."""
    case = world.open_case()
    consent = world.consent(case, "bvc", "logoped")
    invitation = world.invitation(case, consent, "logoped")
    world.show(world.entry("bvc", "bvc", case, body="Hörseln är bra."), to_unit="logoped", consent=consent)
    client = world.client("logoped")
    page = text_of(client.get("/enheten/"))
    for part in ("Barn Familjesson", "Gemensamt stöd", "Från bvc"):
        assert part in page
    assert client.get(f"/barn/{case.pk}/").status_code == 404
    page = text_of(client.post(f"/enheten/inbjudan/{invitation.pk}/ta/", follow=True))
    assert "Hörseln är bra." in page
    assert "Delad " in page
    assert client.post(f"/enheten/inbjudan/{invitation.pk}/ta/").status_code == 403
    assert world.client("forskola").post(f"/enheten/inbjudan/{invitation.pk}/ta/").status_code == 403


def test_a_lead_sees_the_units_cases_as_heads(world: World) -> None:
    """Name, step, responsible, next date; nobody else of the unit sees them there."""
    world.open_case(state="implementing", next_step="follow_up", next_on=world.day(9))
    page = text_of(world.client("bvc-ledare").get("/enheten/"))
    for part in ("Barn Familjesson", "Följ upp", "Bvc Testsson", "Följa upp planen"):
        assert part in page
    for other in ("bvc", "bvc2", "soc-ledare"):
        assert "Barn Familjesson" not in text_of(world.client(other).get("/enheten/"))


def test_my_work_groups_by_urgency(world: World) -> None:
    """Late, today, this week, waiting for others: one line a child, the words in its link."""
    today = world.today
    cases: dict[str, Case] = {}
    for name, step, on in (
        ("sen", "follow_up", today - timedelta(days=7)),
        ("idag", "plan", today),
        ("veckan", "talk", today + timedelta(days=3)),
        ("senare", "follow_up", today + timedelta(days=90)),
        ("vantar", "answer", None),
    ):
        child = world.add_child(name, world.born(4), ("mamma", "pappa"))
        state = "consent" if step == "answer" else "implementing"
        cases[name] = world.open_case(child, state=state, next_step=step, next_on=on)
    world.consent(cases["vantar"], "bvc", "logoped", state="waiting")
    page = text_of(world.client("bvc").get("/mitt-arbete/"))
    order = [
        page.index(part)
        for part in (
            "Försenat",
            "Följ upp planen: Sen",
            "I dag",
            "Gör en plan tillsammans: Idag",
            "Den här veckan",
            "Prata med familjen: Veckan",
            "Väntar på andra",
            "Väntar på svar från Mamma och Pappa: Vantar",
        )
    ]
    assert order == sorted(order)
    assert "Försenad 7 dagar" in page
    assert "Följ upp planen: Senare" not in page


def test_a_correction_not_shared_is_a_task(world: World) -> None:
    """ "Rättad, inte delad" until those who have the old version have the new one."""
    case = world.open_case()
    consent = world.consent(case, "bvc", "logoped")
    old = world.entry("bvc", "bvc", case)
    world.show(old, to_unit="logoped", consent=consent)
    client = world.client("bvc")
    assert "Rättad, inte delad" not in text_of(client.get("/mitt-arbete/"))
    new = world.version(old.entry, 2, "bvc")
    page = text_of(client.get("/mitt-arbete/"))
    assert "Rättad, inte delad" in page
    assert f"/anteckning/{old.entry_id}/dela/" in page
    assert "Rättad, inte delad" in text_of(client.get(f"/barn/{case.pk}/"))
    world.show(new, to_unit="logoped", consent=consent)
    assert "Rättad, inte delad" not in text_of(client.get("/mitt-arbete/"))


def test_a_unit_is_asked_for_its_word_on_a_plan(world: World) -> None:
    """The proposal waits until the unit has answered; the owner isn't asked."""
    case = world.open_case(state="planning")
    consent = world.consent(case, "bvc", "logoped")
    world.assign("logoped", "logoped", case)
    version = world.plan(case, rows=("bvc", "logoped"), agreed=False)
    client = world.client("logoped")
    assert "Svara på planförslaget" not in text_of(client.get("/mitt-arbete/"))
    with as_loader():
        version.proposed_at = world.at
        version.save(update_fields=["proposed_at"])
    world.release(version, to_unit="logoped", consent=consent)
    assert "Svara på planförslaget: Barn Familjesson" in text_of(client.get("/mitt-arbete/"))
    assert "Svara på planförslaget" not in text_of(world.client("bvc").get("/mitt-arbete/"))
    world.unit_reply(version, "logoped", "logoped")
    assert "Svara på planförslaget" not in text_of(client.get("/mitt-arbete/"))


def test_for_those_with_few_children_the_page_opens_with_noticing(world: World) -> None:
    """Preschool, leisure and police; nothing for who works with many."""
    for username, first in (("forskola", True), ("fritid", True), ("polis", True), ("bvc", False)):
        page = text_of(world.client(username).get("/mitt-arbete/"))
        assert ("Har du sett något som du undrar över?" in page) is first, username
        assert "Inget väntar på dig i dag" in page


@pytest.mark.parametrize("username", ["styrgrupp", "admin", "dataskydd", "enhetsadmin", "mamma", "ungdom"])
def test_those_who_work_with_no_children_have_no_desk(world: World, noticed: Signal, username: str) -> None:
    """404, and the signal stays untaken."""
    client = world.client(username)
    for address in ("/mitt-arbete/", "/enheten/", "/barn/"):
        assert client.get(address).status_code == 404
    assert client.post(f"/enheten/signal/{noticed.pk}/ta/").status_code == 404
    with as_loader():
        assert Signal.objects.get().taken_by is None


@pytest.mark.parametrize(("address", "username"), [("/mitt-arbete/", "bvc"), ("/enheten/", "bvc-ledare")])
def test_the_number_of_statements_does_not_grow(world: World, address: str, username: str) -> None:
    """The same for one child and for thirty."""
    counts = []
    for number in (1, 30):
        while len(world.children) < 3 + 2 * number:
            child = world.add_child(f"barn{len(world.children)}", world.born(4), ("mamma",))
            case = world.open_case(child, next_step="talk", next_on=world.today)
            consent = world.consent(case, "bvc", "logoped")
            old = world.entry("bvc", "bvc", case)
            world.show(old, to_unit="logoped", consent=consent)
            world.version(old.entry, 2, "bvc")
            waiting = world.open_case(
                world.add_child(f"ny{len(world.children)}", world.born(4)), responsible=None, state="noticed"
            )
            world.signal(to_unit="bvc", case=waiting)
        counts.append(len(statements(world.client(username), address)))
    assert counts[0] == counts[1] <= 24


def test_invitations_are_the_units_own(world: World) -> None:
    """The ORM wall: another unit's invitation is in nobody else's inbox, taken ones in none."""
    case = world.open_case()
    consent = world.consent(case, "bvc", "logoped", "preschool")
    world.invitation(case, consent, "logoped")
    world.invitation(case, consent, "preschool", taken_by="forskola")
    assert "Barn Familjesson" not in text_of(world.client("forskola").get("/enheten/"))
    assert "Barn Familjesson" in text_of(world.client("logoped").get("/enheten/"))
    with as_loader():
        assert Invitation.objects.count() == 2
