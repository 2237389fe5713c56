"""Showing to more, stopping, and who sees what."""

from __future__ import annotations

import html
import re
import uuid
from typing import Any

import pytest

from audit.models import Event
from cases.models import Disclosure, Version
from tests.database import as_loader
from tests.web.counting import statements
from tests.web.desk.test_entries import base, page_of, shown_to, text_of
from tests.worlds import Teamwork, World


@pytest.fixture
def team(world: World) -> Teamwork:
    return world.teamwork()


def offered(response: Any) -> set[str]:
    return set(re.findall(r'name="to" value="([^"]*)"', text_of(response)))


def to(world: World, name: str) -> str:
    if name in world.guardians:
        return f"guardian:{world.guardian(name).pk}"
    return f"unit:{world.unit(name).pk}"


def row_of(response: Any, version: Version) -> dict[str, str]:
    """Column → cell text of one row of *vem ser vad*."""
    found = re.search(rf'<tr role="row">(?:(?!</tr>).)*{version.entry_id}.*?</tr>', text_of(response), re.S)
    assert found
    cells = re.findall(r'<td role="cell" data-th="([^"]*)">(.*?)</td>', found[0], re.S)
    return {html.unescape(head): re.sub(r"<[^>]+>", " ", cell).strip() for head, cell in cells}


# --- Showing ------------------------------------------------------------------------------


def test_showing_takes_a_choice_and_a_last_yes(world: World, team: Teamwork) -> None:
    browser, address = world.client("bvc"), page_of(team.closed_note, "dela/")
    page = browser.get(address)
    assert offered(page) == {to(world, name) for name in ("logoped", "preschool", "mamma", "pappa")}
    assert "Bara för oss." in text_of(page)
    chosen = browser.post(address, {"to": [to(world, "preschool"), to(world, "pappa")]})
    assert chosen.status_code == 302
    # What is looked at has an address, so the browser's way back leads to it.
    check = browser.get(chosen["Location"])
    assert check.status_code == 200
    assert "Kontrollera innan du delar" in text_of(check)
    assert "Bara för oss." in text_of(check)
    assert shown_to(team.closed_note) == set()
    answer = browser.post(address, {"to": [to(world, "preschool"), to(world, "pappa")], "confirm": "1"})
    assert answer.status_code == 302
    assert shown_to(team.closed_note) == {"preschool", "pappa"}


@pytest.mark.parametrize("name", ["school", "police", "leisure", "bvc", "granne"])
def test_nobody_outside_can_be_named(world: World, team: Teamwork, name: str) -> None:
    """A unit outside the team, one without underlag, a stranger's guardian."""
    address = page_of(team.closed_note, "dela/")
    answer = world.client("bvc").post(address, {"to": [to(world, name)], "confirm": "1"})
    assert answer.status_code == 422
    assert shown_to(team.closed_note) == set()


@pytest.mark.parametrize("forged", ["", "unit:", "unit:x", f"child:{uuid.UUID(int=1)}", "guardian", "a:b:c"])
def test_forged_recipients_are_refused(world: World, team: Teamwork, forged: str) -> None:
    address = page_of(team.closed_note, "dela/")
    answer = world.client("bvc").post(address, {"to": [forged], "confirm": "1"})
    assert answer.status_code == 422


def test_the_childs_own_words_wait_for_the_child(world: World, team: Teamwork) -> None:
    """Each guardian by herself, and only when the child was asked."""
    browser, address = world.client("bvc"), page_of(team.child_words, "dela/")
    assert to(world, "pappa") in offered(browser.get(address))
    refused = browser.post(address, {"to": [to(world, "pappa")], "confirm": "1"})
    assert refused.status_code == 422
    assert "Fråga barnet först." in text_of(refused)
    browser.post(address, {"to": [to(world, "pappa")], "child_asked": "on", "confirm": "1"})
    assert shown_to(team.child_words) == {"mamma", "pappa"}
    with as_loader():
        assert Disclosure.objects.get(version=team.child_words, to_guardian__isnull=False,
                                      to_guardian=world.guardian("pappa")).child_asked  # fmt: skip


def test_those_with_an_older_version_are_ticked(world: World, team: Teamwork) -> None:
    world.version(team.note.entry, 2, "bvc", body="Rättad.")
    page = text_of(world.client("bvc").get(page_of(team.note, "dela/")))
    assert re.search(rf'value="{to(world, "logoped")}"[^>]*checked', page)
    assert re.search(rf'value="{to(world, "mamma")}"[^>]*checked', page)
    assert not re.search(rf'value="{to(world, "preschool")}"[^>]*checked', page)
    assert "Rättad." in page


def test_why_somebody_cannot_be_shown_it_stands_there(world: World, team: Teamwork) -> None:
    page = text_of(world.client("bvc").get(page_of(team.note, "dela/")))
    assert "De här får inte se det" not in page
    case = world.open_case(child=world.children["grannbarn"])
    world.consent(case, "bvc", "logoped", categories=("plan",))
    page = text_of(world.client("bvc").get(page_of(world.entry("bvc", "bvc", case), "dela/")))
    assert "De här får inte se det" in page
    assert "Samtycket gäller inte den här sortens uppgifter." in page


# --- Stopping -----------------------------------------------------------------------------


def test_stopping_asks_first_and_closes_at_once(world: World, team: Teamwork) -> None:
    browser, address = world.client("bvc"), page_of(team.note, f"dela/{team.shown.pk}/sluta/")
    assert "Sluta dela det här med logoped?" in text_of(browser.get(address))
    assert world.client("logoped").get(page_of(team.note)).status_code == 200
    assert browser.post(address).status_code == 302
    assert world.client("logoped").get(page_of(team.note)).status_code == 404
    assert browser.get(address).status_code == 404
    assert browser.post(address).status_code == 404


def test_only_the_owner_stops(world: World, team: Teamwork) -> None:
    address = page_of(team.note, f"dela/{team.shown.pk}/sluta/")
    for username in ("logoped", "forskola", "bvc2", "mamma"):
        assert world.client(username).post(address).status_code == 404
    other = page_of(team.closed_note, f"dela/{team.shown.pk}/sluta/")
    assert world.client("bvc").post(other).status_code == 404
    assert world.client("logoped").get(page_of(team.note)).status_code == 200


# --- Vem ser vad --------------------------------------------------------------------------


def test_who_sees_what_in_words(world: World, team: Teamwork) -> None:
    until = (world.days(-1), world.days(90))
    world.show(team.closed_note, to_unit="preschool", consent=team.consent, valid=until)
    page = world.client("bvc").get(base(team.case) + "vem-ser-vad/")
    row = row_of(page, team.note)
    assert set(row) == {"logoped", "preschool", "Mamma Familjesson", "Pappa Familjesson"}
    assert re.match(r"Ser\s+Sluta dela", row["logoped"])
    closing = row_of(page, team.closed_note)["preschool"]
    assert re.match(r"Ser\s+samtycke till \d+ \w+\.? 20\d\d\s+Sluta dela", closing)
    assert re.match(r"Ser\s+Sluta dela", row["Mamma Familjesson"])
    assert re.match(r"Ser inte\s+inte delat", row["preschool"])
    assert text_of(page).count("Delad med er") == 1
    assert f"/barn/{team.case.pk}/anteckning/{team.note.entry_id}/dela/" in text_of(page)


def test_a_correction_not_shown_is_an_older_version(world: World, team: Teamwork) -> None:
    world.version(team.note.entry, 2, "bvc")
    row = row_of(world.client("bvc").get(base(team.case) + "vem-ser-vad/"), team.note)
    assert row["logoped"].startswith("Ser en äldre version")


def test_others_rows_tell_only_of_us(world: World, team: Teamwork) -> None:
    """The logoped learns that she is shown it, not who else is."""
    page = world.client("logoped").get(base(team.case) + "vem-ser-vad/")
    assert row_of(page, team.note) == {}
    assert str(team.shown.pk) not in text_of(page)
    assert "Bara de vet vilka fler som ser det." in text_of(page)
    assert str(team.closed_note.entry_id) not in text_of(page)
    assert f"{team.note.entry_id}/dela/" not in text_of(page)


def test_the_plan_has_a_row_of_its_own(world: World, team: Teamwork) -> None:
    page = text_of(world.client("bvc").get(base(team.case) + "vem-ser-vad/"))
    found = re.search(r'<tr role="row">(?:(?!</tr>).)*/plan/".*?</tr>', page, re.S)
    assert found
    assert found[0].count(">Ser</strong>") == 4


def test_why_somebody_does_not_see(world: World) -> None:
    case = world.open_case()
    world.consent(case, "bvc", "leisure", categories=("practical",))
    version = world.entry("bvc", "bvc", case)
    row = row_of(world.client("bvc").get(base(case) + "vem-ser-vad/"), version)
    assert "Den här verksamheten får bara se praktisk plan." in row["leisure"]


def test_nothing_is_written_yet(world: World) -> None:
    page = text_of(world.client("bvc").get(base(world.open_case()) + "vem-ser-vad/"))
    assert "Inget är skrivet än." in page


def test_pages_follow_upon_one_another_and_cost_the_same(world: World, team: Teamwork) -> None:
    browser, address = world.client("bvc"), base(team.case) + "vem-ser-vad/"
    few = statements(browser, address)
    for _ in range(200):
        world.entry("bvc", "bvc", team.case)
    many = statements(browser, address)
    assert len(few) == len(many) <= 18
    seen: list[str] = []
    following: str | None = ""
    while following is not None:
        page = browser.get(address + following)
        assert len(page.content) < 100_000
        seen += re.findall(r'<th scope="row"[^>]*><a href="[^"]*/anteckning/([^/]*)/"', text_of(page))
        older = re.search(r'href="(\?efter=[^"]*)"', text_of(page))
        following = older[1] if older else None
    assert len(seen) == len(set(seen)) == 204


def test_looking_is_recorded(world: World, team: Teamwork) -> None:
    world.client("bvc").get(base(team.case) + "vem-ser-vad/")
    with as_loader():
        assert Event.objects.filter(action="opened_sharing", kind="read", case=team.case.pk).count() == 1


def test_a_unit_that_is_not_told_who_the_family_are_reads_no_name(world: World) -> None:
    """Kultur & fritid sees that a guardian was shown its note, not who she is."""
    case = world.teamwork().case
    world.participate("leisure", case)
    world.assign("fritid", "leisure", case)
    note = world.entry("leisure", "fritid", case, category="practical")
    world.show(note, to_guardian="mamma")
    page = world.client("fritid").get(f"/barn/{case.pk}/vem-ser-vad/").content.decode()
    assert '<th scope="col"><bdi>En vårdnadshavare</bdi>' in page
    assert "<bdi></bdi>" not in page
    assert "Mamma" not in page
