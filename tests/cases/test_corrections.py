"""Correcting, showing to more, stopping and comparing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.models import Event
from cases.models import Disclosure, Entry, Version
from cases.queries.entries import entry_view, word_changes
from cases.queries.sharing import former_audience, shown_now
from cases.services.disclosing import share_version, stop_sharing
from cases.services.entries import Audience, correct_entry
from kit.errors import Conflict, Refused
from tests.cases.test_entries import guardians, note, readers, units, wheel_of
from tests.database import as_loader
from tests.worlds import World

# --- Correcting -----------------------------------------------------------------------


def test_others_keep_the_old_version_until_they_are_shown_the_new(world: World) -> None:
    team = world.teamwork()
    with world.act("bvc") as actor:
        entry = Entry.objects.select_related("case__child").get(pk=team.note.entry_id)
        written = note(actor, "Pratar mer nu.", kind="observation")
        new = correct_entry(entry=entry, written=written, audience=Audience(), based_on=1, by=actor)
        assert former_audience(new, actor) == Audience(units(world, "logoped"), guardians(world, "mamma"))
    assert readers(world, new) == set()
    assert readers(world, team.note) == {"logoped", "mamma"}
    with world.act("logoped") as actor:
        view = entry_view(team.case.pk, entry.pk, actor)
        assert view
        assert view.newest == team.note
        assert view.earlier == []
    with world.act("bvc") as actor:
        share_version(version=new, audience=Audience(units(world, "logoped")), by=actor)
    assert readers(world, new) == {"logoped"}


def test_the_second_of_two_is_told_and_nothing_is_overwritten(world: World) -> None:
    team = world.teamwork()
    with world.act("bvc") as actor:
        entry = Entry.objects.select_related("case__child").get(pk=team.note.entry_id)
        written = note(actor, "Först.", kind="observation")
        correct_entry(entry=entry, written=written, audience=Audience(), based_on=1, by=actor)
        with pytest.raises(Conflict, match="Bvc Testsson"):
            correct_entry(
                entry=entry,
                written=replace(written, body="Sedan."),
                audience=Audience(),
                based_on=1,
                by=actor,
            )
        bodies = Version.objects.filter(entry=entry).order_by("no").values_list("body", flat=True)
        assert list(bodies) == ["Pratar lite.", "Först."]


def test_a_childs_own_words_never_become_something_else(world: World) -> None:
    case = world.open_case()
    words = world.entry("bvc", "bvc", case, "child_words")
    own = world.entry("bvc", "bvc", case, "wheel", body="", data=wheel_of("child"))
    with world.act("bvc") as actor:
        for version, written in (
            (words, note(actor, kind="note")),
            (own, note(actor, kind="wheel", data=wheel_of("professional"))),
        ):
            entry = Entry.objects.select_related("case__child").get(pk=version.entry_id)
            with pytest.raises(Refused):
                correct_entry(entry=entry, written=written, audience=Audience(), based_on=1, by=actor)


# --- Showing and stopping -------------------------------------------------------------


def test_showing_again_makes_no_second_disclosure(world: World) -> None:
    team = world.teamwork()
    audience = Audience(units(world, "logoped", "preschool"))
    with world.act("bvc") as actor:
        share_version(version=team.note, audience=audience, by=actor)
        share_version(version=team.note, audience=audience, by=actor)
        shown = [one.name for one in shown_now(team.note, actor) if one.recipient[0] == "unit"]
    assert sorted(shown) == ["logoped", "preschool"]
    with as_loader():
        assert Disclosure.objects.filter(version=team.note, to_unit__isnull=False).count() == 2


def test_showing_to_nobody_is_refused(world: World) -> None:
    team = world.teamwork()
    with world.act("bvc") as actor, pytest.raises(Refused):
        share_version(version=team.note, audience=Audience(), by=actor)


def test_stopping_closes_every_version_for_that_recipient_alone(world: World) -> None:
    team = world.teamwork()
    new = world.version(team.note.entry, 2, "bvc")
    world.show(new, to_unit="logoped", consent=team.consent)
    with world.act("bvc") as actor:
        stop_sharing(disclosure=Disclosure.objects.get(pk=team.shown.pk), by=actor)
        with pytest.raises(Refused):
            stop_sharing(disclosure=Disclosure.objects.get(pk=team.shown.pk), by=actor)
    assert readers(world, team.note) == {"mamma"}
    assert readers(world, new) == set()
    with as_loader():
        assert Event.objects.filter(action="disclosure_ended").count() == 2


def test_what_was_shown_can_be_stopped_in_the_same_moment(world: World) -> None:
    team = world.teamwork()
    with world.act("bvc") as actor:
        share_version(version=team.closed_note, audience=Audience(units(world, "logoped")), by=actor)
        stop_sharing(disclosure=team.closed_note.disclosures.get(), by=actor)
    assert readers(world, team.closed_note) == set()


# --- Comparing ------------------------------------------------------------------------


@given(st.text(), st.text())
def test_a_comparison_holds_both_texts_whole(before: str, after: str) -> None:
    changes = word_changes(before, after)
    assert "".join(c.text for c in changes if c.kind != "added") == before
    assert "".join(c.text for c in changes if c.kind != "removed") == after


def test_a_comparison_goes_word_by_word() -> None:
    changes = word_changes("Han säger två ord nu.", "Han säger fem ord nu.")
    assert [(c.kind, c.text) for c in changes] == [
        ("same", "Han säger "),
        ("removed", "två "),
        ("added", "fem "),
        ("same", "ord nu."),
    ]
