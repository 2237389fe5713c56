"""Kopiera till journalen: the text, that it is noted once for a unit, and who may."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection

from audit.models import Event
from cases.models import Journaled, Version
from cases.services.journal import note_journaled
from kit.errors import Refused
from tests.database import as_loader
from tests.web.desk.test_entries import text_of
from tests.worlds import Teamwork, World


@pytest.fixture
def team(world: World) -> Teamwork:
    """A team with a plan; the bvc's note is shown to the others and to both guardians."""
    return world.teamwork()


def address(version: Version) -> str:
    return f"/barn/{version.case_id}/anteckning/{version.entry_id}/"


def noted() -> list[tuple[str, str]]:
    with as_loader():
        return [(row.unit.name, row.noted_by_name) for row in Journaled.objects.order_by("noted_at")]


def test_from_the_note_to_the_journal(world: World, team: Teamwork) -> None:
    """The text stands ready on the note; sent, it says who has done it, to colleagues too."""
    browser = world.client("bvc")
    page = text_of(browser.get(address(team.note)))
    assert 'data-copy="journal-text"' in page
    assert "Pratar lite." in page[page.index('id="journal-text"') :]
    done = text_of(browser.post(address(team.note) + "journal/", follow=True))
    assert "Vi har noterat att det här är införd i er journal." in done.replace("infört", "införd")
    assert "Införd i journalen av" in done
    assert 'data-copy="journal-text"' not in done
    world.assign("bvc2", "bvc", team.case)
    assert "Införd i journalen av" in text_of(world.client("bvc2").get(address(team.note)))
    assert len(noted()) == 1


def test_the_text_names_no_child(world: World, team: Teamwork) -> None:
    """What lies in a clipboard can be pasted elsewhere: neither name nor number goes along."""
    text = text_of(world.client("bvc").get(address(team.note) + "journal/"))
    copied = text[text.index('id="journal-text"') : text.index("</textarea>")]
    assert "Pratar lite." in copied
    assert "Bvc Testsson" in copied
    assert world.child.name not in copied
    assert "Familjesson" not in copied
    assert (world.child.number or "–")[-4:] not in copied


def test_each_unit_has_its_own_and_sees_no_other(world: World, team: Teamwork) -> None:
    """The unit that it is shown to notes its own; the owner finds no trace of that."""
    world.client("logoped").post(address(team.note) + "journal/")
    assert len(noted()) == 1
    assert "Införd i journalen" not in text_of(world.client("bvc").get(address(team.note)))
    world.client("bvc").post(address(team.note) + "journal/")
    world.client("bvc").post(address(team.note) + "journal/")
    assert len(noted()) == 2


def test_a_new_version_is_not_in_the_journal_yet(world: World, team: Teamwork) -> None:
    """What was copied is the version that was read; its correction is to be copied anew."""
    world.client("bvc").post(address(team.note) + "journal/")
    world.version(team.note.entry, 2, "bvc")
    assert 'data-copy="journal-text"' in text_of(world.client("bvc").get(address(team.note)))


def test_a_unit_without_secrecy_takes_nothing_out(world: World, team: Teamwork) -> None:
    """Kultur & fritid reads here alone: no button, a refusal, and none in the database either."""
    note = world.entry("bvc", "bvc", team.case, category="practical")
    consent = world.consent(team.case, "leisure")
    world.assign("fritid", "leisure", team.case)
    world.show(note, to_unit="leisure", consent=consent)
    browser = world.client("fritid")
    page = browser.get(address(note))
    assert page.status_code == 200
    assert "journal-text" not in text_of(page)
    assert browser.get(address(note) + "journal/").status_code == 403
    assert browser.post(address(note) + "journal/").status_code == 403
    with world.act("fritid") as actor:
        with pytest.raises(Refused):
            note_journaled(version=note, by=actor)
        with connection.cursor() as cursor:
            cursor.execute("select access.journal_note(%s, %s)", [uuid.uuid4(), note.pk])
            assert cursor.fetchone() == (False,)
    assert noted() == []


@pytest.mark.parametrize("who", ["logoped", "granne", "mamma", None])
def test_what_one_cannot_read_one_cannot_note(world: World, team: Teamwork, who: str | None) -> None:
    """By the page the same 404 as for what isn't there; past it nothing is written."""
    if who is not None and who != "mamma":
        world.accounts.get(who) or world.add_account(who)
        assert world.client(who).post(address(team.closed_note) + "journal/").status_code in {403, 404}
    with world.act(who if who in world.accounts else None), connection.cursor() as cursor:
        cursor.execute("select access.journal_note(%s, %s)", [uuid.uuid4(), team.closed_note.pk])
        assert cursor.fetchone() == (False,)
    assert noted() == []


def test_it_is_recorded_and_told_to_the_family(world: World, team: Teamwork) -> None:
    """As something taken out, with the disclosure that the reader had it by."""
    world.client("logoped").post(address(team.note) + "journal/")
    with as_loader():
        (event,) = Event.objects.filter(action="copied_to_journal")
    assert (event.kind, event.object, event.child) == ("export", team.note.pk, world.child.pk)
    assert event.detail["basis"] == "B1"
    read = text_of(world.client("mamma").get(f"/familj/{world.child.pk}/vem-har-last/"))
    assert "Förde in något i sin egen journal" in read


def test_what_is_hidden_leaves_no_trace_of_it(world: World, team: Teamwork) -> None:
    """A guardian from whom the note is hidden doesn't learn that it was copied."""
    hidden = world.entry("bvc", "bvc", team.case)
    world.show(hidden, to_guardian="mamma")
    world.hide(hidden, "mamma")
    world.client("bvc").post(address(hidden) + "journal/")
    assert len(noted()) == 1
    read = text_of(world.client("mamma").get(f"/familj/{world.child.pk}/vem-har-last/"))
    assert "journal" not in read


def test_a_wheel_goes_area_by_area(world: World, team: Teamwork) -> None:
    """Its words as text, without a picture."""
    sectors = {"safe": {"value": 2, "works": "Lugnt hemma.", "hard": "Rädd på natten."}}
    wheel = world.entry(
        "bvc", "bvc", team.case, "wheel", data={"perspective": "professional", "sectors": sectors}
    )
    text = text_of(world.client("bvc").get(address(wheel) + "journal/"))
    assert "Trygg: 2 Lugnt hemma. Rädd på natten." in text


def test_hostile_text_is_copied_as_it_is(world: World, team: Teamwork) -> None:
    """Nothing in it is markup, and no line is lost."""
    body = "<script>alert(1)</script>\n=2+3\n‮omvänt\n\nsista raden"
    note = world.entry("bvc", "bvc", team.case, body=body)
    page = text_of(world.client("bvc").get(address(note) + "journal/"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\n=2+3" in page
    assert "sista raden" in page
