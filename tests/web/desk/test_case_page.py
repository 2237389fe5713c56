"""A child's page: the whole for who works on it, one's own after consent, 404 for the rest."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Unit
from audit.models import Event
from cases.models import Case
from people.models import Child, Guardian
from tests.database import as_loader
from tests.web.counting import statements
from tests.worlds import Teamwork, World

OWN_PAGES = ("", "handelser/")
PAGES = ("", "handelser/", "personer/", "logg/")
STRANGERS = (
    "bvc2", "soc", "soc2", "soc-ledare", "soc-vaxjo", "mentor", "kurator", "styrgrupp", "admin", "dataskydd",
    "enhetsadmin", "mamma", "ungdom", "granne",
)  # fmt: skip


@pytest.fixture
def team(world: World) -> Teamwork:
    """A team around the child."""
    return world.teamwork()


def text_of(response: Any) -> str:
    """The page."""
    return str(response.content.decode())


def test_the_overview_in_its_order(world: World, team: Teamwork) -> None:
    """Next step, wheel, the child's words, events, people; who may be rung."""
    sectors = {"safe": {"value": 4, "works": "", "hard": ""}}
    world.entry("bvc", "bvc", team.case, "wheel", data={"perspective": "professional", "sectors": sectors})
    page = text_of(world.client("bvc").get(f"/barn/{team.case.pk}/"))
    order = [
        page.index(part)
        for part in ("<h1", "Följ upp planen", "Hjulet som personalen ser det", "Det här säger Barn",
                     "Senaste händelser", "Pratar lite.", "Mamma Familjesson", "Alla personer")
    ]  # fmt: skip
    assert order == sorted(order)
    assert "Jag vill leka med Bo." in page
    assert "Samtycke" in page
    assert "Ja, till och med" in page


def test_others_see_what_is_shown_to_them(world: World, team: Teamwork) -> None:
    """Exactly that version, marked with the day; not the closed note, not the child's words."""
    page = text_of(world.client("logoped").get(f"/barn/{team.case.pk}/handelser/"))
    assert "Pratar lite." in page
    assert "Delad " in page
    assert "Bara för oss." not in page
    assert "Jag vill leka med Bo." not in page
    assert "Språkstörning?" in page
    assert "Visas för bvc" in page
    page = text_of(world.client("forskola").get(f"/barn/{team.case.pk}/"))
    assert "Pratar lite." not in page
    assert "Språkstörning?" not in page


def test_a_correction_reaches_who_it_is_shown_to(world: World, team: Teamwork) -> None:
    """The others keep the version they have, and the owner is told."""
    world.version(team.note.entry, 2, "bvc", body="Säger tio ord.")
    for page in PAGES[:2]:
        theirs = text_of(world.client("logoped").get(f"/barn/{team.case.pk}/{page}"))
        assert "Pratar lite." in theirs
        assert "Säger tio ord." not in theirs
        ours = text_of(world.client("bvc").get(f"/barn/{team.case.pk}/{page}"))
        assert "Säger tio ord." in ours
        assert "Pratar lite." not in ours
        assert "Rättad, inte delad" in ours


def test_events_by_kind_and_page(world: World, team: Teamwork) -> None:
    """A kind that does not exist shows all; earlier ones by the last one's key."""
    client = world.client("bvc")
    page = text_of(client.get(f"/barn/{team.case.pk}/handelser/?sort=observation"))
    assert "Pratar lite." in page
    assert "Bara för oss." not in page
    assert "Bara för oss." in text_of(client.get(f"/barn/{team.case.pk}/handelser/?sort=nonsense"))
    for number in range(30):
        world.entry("bvc", "bvc", team.case, body=f"Not {number}.", happened_on=world.day(-number - 2))
    page = text_of(client.get(f"/barn/{team.case.pk}/handelser/"))
    following = re.search(r'href="([^"]*efter=[^"]+)"', page)
    assert following
    earlier = text_of(client.get(following[1]))
    assert "Not 29." in earlier
    assert "Not 29." not in page
    assert "Not 1." not in earlier


def test_people(world: World, team: Teamwork) -> None:
    """The team with phones, guardians with language and interpreter, where listed."""
    world.listing(world.child, "preschool")
    with as_loader():
        Child.objects.filter(pk=world.child.pk).update(interpreter_language="ar")
        Guardian.objects.filter(pk=world.guardians["mamma"].pk).update(phone="070-174 06 01", language="so")
    page = text_of(world.client("bvc").get(f"/barn/{team.case.pk}/personer/"))
    for part in (
        "Logoped Testsson",
        "070-174 06 01",
        "Språk: somaliska",
        "tolk: arabiska",
        "Förskola: preschool",
    ):
        assert part in page
    page = text_of(world.client("logoped").get(f"/barn/{team.case.pk}/personer/"))
    assert "070-174 06 01" in page
    assert "Förskola: preschool" not in page
    for username in ("polis", "fritid"):
        page = text_of(world.client(username).get(f"/barn/{team.case.pk}/personer/"))
        assert "Mamma" not in page
        assert "070-174 06 01" not in page
        assert "Logoped Testsson" not in page


def test_where_consent_has_ended_only_ones_own_remains(world: World, team: Teamwork) -> None:
    """Name and own entries; no process, team, consent, others' entries or marks of them."""
    with as_loader():
        team.case.participation_set.filter(group=world.units["logoped"].group).delete()
        team.consent.scope_set.update(state="withdrawn", valid=None)
    world.participate("logoped", team.case, "own")
    client = world.client("logoped")
    for below in OWN_PAGES:
        page = text_of(client.get(f"/barn/{team.case.pk}/{below}"))
        assert "Barn Familjesson" in page
        assert "Språkstörning?" in page
        for trace in ("Pratar lite.", "Bvc Testsson", "Visas för", "Delad", "Samtycke", "Ansvarig", "Mamma",
                      "Pappa", "preschool", "Ålder", "Följ upp", "Vem ser vad", "anteckning/ny"):  # fmt: skip
            assert trace not in page, trace
    for below in ("personer/", "logg/", "oppna/", "tilldela/"):
        assert client.get(f"/barn/{team.case.pk}/{below}").status_code in {404, 405}
    assert client.post(f"/barn/{team.case.pk}/tilldela/", {"account": "x"}).status_code == 404


@pytest.mark.parametrize("username", STRANGERS)
def test_for_all_others_there_is_no_such_child(world: World, team: Teamwork, username: str) -> None:
    """404 for each address, with the body, statements and record of one that never was."""
    client = world.client(username)
    for below in (*PAGES, "oppna/"):
        answers = []
        for case_id in (team.case.pk, uuid.uuid4()):
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(f"/barn/{case_id}/{below}")
            assert answer.status_code == 404
            body = re.sub(
                r'name="csrfmiddlewaretoken" value="[^"]*"|data-session-\w+="\d+"', "", text_of(answer)
            )
            answers.append(
                (
                    body,
                    [
                        re.sub(r"[0-9a-f-]{32,36}|s\d+_x\d+", "", q["sql"])[:40]
                        for q in captured.captured_queries
                    ],
                )
            )
        assert answers[0] == answers[1]
    assert client.post(f"/barn/{team.case.pk}/tilldela/", {"account": str(uuid.uuid4())}).status_code == 404
    with as_loader():
        denied = Event.objects.filter(kind="denied", account=world.accounts[username].pk, case=team.case.pk)
        assert denied.count() == len(PAGES) + 2


def test_each_page_of_content_is_recorded(world: World, team: Teamwork) -> None:
    """Once, with ids only, before it is shown."""
    client = world.client("bvc")
    for below in PAGES:
        client.get(f"/barn/{team.case.pk}/{below}")
    with as_loader():
        events = list(Event.objects.filter(kind="read").order_by("sequence"))
    assert [event.action for event in events] == [
        "opened_case",
        "opened_events",
        "opened_people",
        "opened_log",
    ]
    assert {(event.case, event.child) for event in events} == {(team.case.pk, world.child.pk)}
    assert "Familjesson" not in str([event.detail for event in events])


def test_the_log_is_ones_own_units(world: World, team: Teamwork) -> None:
    """What BVC did stands there, what the logoped did does not."""
    world.client("logoped").get(f"/barn/{team.case.pk}/")
    client = world.client("bvc")
    for _ in range(3):
        client.get(f"/barn/{team.case.pk}/")
    page = text_of(client.get(f"/barn/{team.case.pk}/logg/"))
    assert "Öppnade barnets sida (3 gånger)" in page
    assert "Logoped Testsson" not in page
    assert "Öppnade den här loggen" in text_of(client.get(f"/barn/{team.case.pk}/logg/"))


@pytest.mark.parametrize("below", PAGES)
@pytest.mark.parametrize("username", ["bvc", "logoped"])
def test_the_number_of_statements_does_not_grow(
    world: World, team: Teamwork, username: str, below: str
) -> None:
    """At most 22, the same for a few entries and for many."""
    address = f"/barn/{team.case.pk}/{below}"
    world.signal(to_unit="bvc", case=team.case, taken_by="bvc")
    few = len(statements(world.client(username), address))
    for number in range(40):
        entry = world.entry(username, username, team.case, body=f"Not {number}.")
        world.version(entry.entry, 2, username)
        world.show(entry, to_unit="preschool", consent=team.consent)
    for number in range(3):
        world.client(username).get(address + f"?n={number}")
    assert len(statements(world.client(username), address)) == few <= 22


def test_a_page_stays_small(world: World, team: Teamwork) -> None:
    """Under 100 kB, with many long entries."""
    for number in range(60):
        world.entry("bvc", "bvc", team.case, body=f"{number} " + "ord " * 2500)
    for below in PAGES:
        assert len(world.client("bvc").get(f"/barn/{team.case.pk}/{below}").content) < 100_000


def test_a_new_case_says_what_to_do(world: World) -> None:
    """Nothing is written and nobody else takes part: the talk comes first, then the wheel."""
    case: Case = world.open_case()
    page = text_of(world.client("bvc").get(f"/barn/{case.pk}/"))
    assert "Prata med familjen och ta reda på mer" in page
    assert "Skriv vad du har hört" in page
    assert f"/barn/{case.pk}/hjul/nytt/" not in page
    assert "Inget är skrivet än" in page
    assert "Ingen annan verksamhet deltar än" in page
    assert "Inte frågat än" in page
    world.entry("bvc", "bvc", case)
    page = text_of(world.client("bvc").get(f"/barn/{case.pk}/"))
    assert f"/barn/{case.pk}/hjul/nytt/" in page
    assert "Skriv vad du har hört" not in page


def test_while_an_answer_is_missing_the_page_says_whose(world: World) -> None:
    """In the header and as the next step, with what may be done meanwhile."""
    case = world.open_case(state="consent", next_step="answer")
    world.consent(case, "bvc", "logoped", state="waiting")
    page = text_of(world.client("bvc").get(f"/barn/{case.pk}/"))
    assert "Väntar på svar från Mamma och Pappa" in page
    assert "Vi väntar på svar från Mamma och Pappa" in page
    assert "Inget delas innan dess" in page


def test_a_units_card_says_what_it_cannot_do(world: World, team: Teamwork) -> None:
    """How it is reached by day and when it is closed, who works there, and what to ask others for."""
    with as_loader():
        Unit.objects.filter(pk=world.units["logoped"].pk).update(
            does_not="Vi tar inte emot utan remiss.", on_call="1177, dygnet runt"
        )
    page = text_of(world.client("bvc").get(f"/barn/{team.case.pk}/personer/"))
    card = page[page.index("Vi tar inte emot utan remiss.") - 400 :]
    assert "Det här kan vi inte:" in card
    assert "När vi har stängt: 1177, dygnet runt" in card
    assert "Logoped Testsson" in card
