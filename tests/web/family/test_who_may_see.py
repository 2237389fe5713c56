"""Who reaches a family's pages: the child's guardians now, and a youth from 16. Nobody else."""

from __future__ import annotations

import uuid

import pytest

from access.policy import birthday
from audit.models import Event
from plans.models import Document
from tests.web.family.support import EVERYBODY_ELSE, Home, body, rows, seen
from tests.worlds import World


def test_every_page_opens_for_the_guardian(home: Home) -> None:
    browser = home.world.client("mamma")
    for address in home.addresses():
        response = browser.get(address)
        assert response.status_code == 200, address
        assert response["Cache-Control"] == "no-store"
        assert len(response.content) < 100_000
        assert b"undefined" not in response.content


@pytest.mark.parametrize("username", EVERYBODY_ELSE)
def test_nobody_else_reaches_a_page(home: Home, document: Document, username: str) -> None:
    browser = home.world.client(username)
    missing = browser.get(f"/familj/{uuid.uuid4()}/")
    for address in [*home.addresses(), home.address + f"dokument/{document.pk}/"]:
        response = browser.get(address)
        assert response.status_code == 404, address
        assert body(response) == body(missing)
        assert browser.post(address).status_code in {404, 405}


def test_the_unknown_are_sent_to_sign_in(home: Home) -> None:
    for address in home.addresses():
        response = home.world.client().get(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/logga-in/")


def test_what_belongs_to_another_child_is_not_there(home: Home, document: Document) -> None:
    """Own address, another's thing: the same 404 as for what does not exist."""
    world = home.world
    other = world.open_case(world.children["grannbarn"])
    note = world.entry("bvc", "bvc", other)
    world.show(note, to_guardian="granne")
    consent = world.consent(other, "bvc", "logoped")
    browser = world.client("granne")
    theirs = f"/familj/{world.children['grannbarn'].pk}/"
    assert browser.get(theirs + f"anteckningar/{note.pk}/").status_code == 200
    assert browser.get(theirs + f"samtycke/{consent.pk}/").status_code == 200
    for below in (
        f"anteckningar/{home.team.note.pk}/",
        f"samtycke/{home.team.consent.pk}/",
        f"samtycke/{home.team.consent.pk}/ta-tillbaka/",
        f"plan/{home.team.plan.pk}/svar/",
        f"dokument/{document.pk}/",
    ):
        assert browser.get(theirs + below).status_code == 404, below
    mamma = world.client("mamma")
    assert mamma.get(home.address + f"anteckningar/{note.pk}/").status_code == 404
    assert mamma.get(home.address + f"samtycke/{consent.pk}/").status_code == 404


def test_a_refused_page_leaves_no_reading(home: Home) -> None:
    before = len(rows(Event, kind="read"))
    home.world.client("mamma").get(home.address + f"anteckningar/{home.team.closed_note.pk}/")
    assert len(rows(Event, kind="read")) == before
    assert rows(Event, kind="denied", action="family:note")


def test_the_guardians_own_reading_is_recorded(home: Home) -> None:
    home.world.client("mamma").get(home.address)
    (event,) = rows(Event, action="family_opened_overview")
    assert (event.role, event.kind, event.child) == ("guardian", "read", home.world.child.pk)


def test_custody_that_has_ended_or_is_contested_closes(world: World) -> None:
    child = world.add_child("kusin", world.born(9))
    world.open_case(child)
    world.add_guardianship("granne", child, valid=(world.days(-100), world.days(-1)))
    world.add_guardianship("mor", child, contested=True)
    for username in ("granne", "mor"):
        assert world.client(username).get(f"/familj/{child.pk}/").status_code == 404


def test_the_guardians_page_closes_on_the_eighteenth_birthday(world: World) -> None:
    today = world.today
    child = world.add_child("vuxen", birthday(today, -18), ("granne",))
    world.open_case(child)
    assert world.client("granne").get(f"/familj/{child.pk}/").status_code == 404


# --- Which child -------------------------------------------------------------------------


def test_one_child_is_opened_at_once(world: World) -> None:
    response = world.client("mamma").get("/familj/")
    assert response["Location"] == f"/familj/{world.child.pk}/"


def test_several_children_are_chosen_between(world: World) -> None:
    small = world.add_child("lillebror", world.born(2), ("mamma",))
    text = seen(world.client("mamma"), "/familj/")
    assert "Välj barn" in text
    assert text.index("Barn") < text.index("Lillebror")
    page = world.client("mamma").get(f"/familj/{small.pk}/").content.decode()
    assert "Byt barn" in page


def test_a_guardian_of_nobody_gets_a_kind_word(world: World) -> None:
    world.add_guardian("ensam")
    assert "Det finns inget att visa här" in seen(world.client("ensam"), "/familj/")


# --- The youth ---------------------------------------------------------------------------


def test_a_youth_of_sixteen_reads_what_is_shown_to_her(world: World) -> None:
    case = world.open_case(world.youth, "social", "soc", state="implementing")
    shown = world.entry("social", "soc", case, body="Vi ses på torsdag.")
    hidden = world.entry("social", "soc", case, body="Bara för vårdnadshavare.")
    world.show(shown, to_child=world.youth)
    for guardian in ("mor", "far"):  # no more than each of her guardians
        world.show(shown, to_guardian=guardian)
    world.show(hidden, to_guardian="mor")
    plan = world.plan(case, "social", "soc", rows=("social", None))
    world.release_to_youth(plan)
    browser = world.client("ungdom")
    text = seen(browser, f"/familj/{world.youth.pk}/")
    assert "Din plan" in text
    assert "Vi ses på torsdag." in text
    assert "Bara för vårdnadshavare" not in text
    assert "Det här gör du själv" in text
    assert " ni " not in text.replace("överens", "").lower().split("om du behöver hjälp")[0]
    assert browser.get("/familj/")["Location"] == f"/familj/{world.youth.pk}/"
    assert browser.get(f"/familj/{world.youth.pk}/plan/{plan.pk}/svar/").status_code == 200


def test_a_youth_of_fifteen_has_no_page(world: World) -> None:
    child = world.add_child("femton", world.born(15, days_ago=364), ("mor",), account="femton")
    case = world.open_case(child)
    note = world.entry("bvc", "bvc", case)
    world.show(note, to_child=child)
    browser = world.client("femton")
    for address in ("/familj/", f"/familj/{child.pk}/", f"/familj/{child.pk}/anteckningar/{note.pk}/"):
        assert browser.get(address).status_code == 404
