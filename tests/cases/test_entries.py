"""Writing, correcting and showing what a unit knows: what the service lets through, and what then is visible."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from access.actor import Actor
from access.policy import birthday, midnight
from audit.models import Event
from cases.models import Case, Disclosure, Draft, Entry, Version
from cases.services.disclosing import share_version, stop_sharing
from cases.services.entries import LONGEST_TEXT, Audience, Written, correct_entry, write_entry
from cases.wheel import Perspective, Sector, SectorScore, Wheel
from kit.errors import Refused
from tests.database import as_loader
from tests.worlds import World

OTHERS = ("logoped", "forskola", "fritid", "polis", "soc", "bvc2", "mamma", "pappa", "granne", "mor")
UNIT_OF = {"logoped": "logoped", "forskola": "preschool", "fritid": "leisure", "polis": "police"}


def units(world: World, *names: str) -> frozenset[uuid.UUID]:
    return frozenset(world.unit(name).pk for name in names)


def guardians(world: World, *names: str) -> frozenset[uuid.UUID]:
    return frozenset(world.guardian(name).pk for name in names)


def note(actor: Actor, body: str = "Han säger två ord.", **values: Any) -> Written:
    return Written(**{"kind": "note", "body": body, "happened_on": actor.today, **values})


def wheel_of(perspective: str = "professional") -> dict[str, Any]:
    return Wheel(Perspective(perspective), tuple(SectorScore(s, 3) for s in Sector)).data()


def readers(world: World, version: Version) -> set[str]:
    """Everybody but the writer who can read this very version."""
    found = set()
    for username in OTHERS:
        with world.act(username) as actor:
            if Version.objects.visible_to(actor).filter(pk=version.pk).exists():
                assert Version.objects.filter(pk=version.pk).exists()
                found.add(username)
            else:
                assert not Version.objects.filter(pk=version.pk).exists()
    return found


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# --- What is visible afterwards is what was chosen ------------------------------------


@settings(max_examples=(settings.default or settings()).max_examples // 2)
@given(
    to_units=st.sets(st.sampled_from(["logoped", "preschool", "leisure", "police", "school", "social"])),
    to_guardians=st.sets(st.sampled_from(["mamma", "pappa", "granne"])),
    kind=st.sampled_from(["note", "observation", "child_words", "child wheel", "staff wheel"]),
    category=st.sampled_from(["basis", "health"]),
    health=st.booleans(),
    child_asked=st.booleans(),
)
def test_a_saved_version_is_visible_to_its_audience_and_to_nobody_else(
    world: World,
    to_units: set[str],
    to_guardians: set[str],
    kind: str,
    category: str,
    health: bool,
    child_asked: bool,
) -> None:
    """Allowed if, and only if, every one of them may be shown it; then exactly they see it."""
    with undone():
        categories = ("plan", "basis", "health") if health else ("plan", "basis")
        case = world.open_case()
        world.consent(case, "bvc", "logoped", "preschool", "leisure", "police", categories=categories)
        for username, unit in UNIT_OF.items():
            world.assign(username, unit, case)
        own = kind in {"child_words", "child wheel"}
        allowed = (
            to_units <= {"logoped", "preschool"}
            and (category == "basis" or health or not to_units)
            and "granne" not in to_guardians
            and (child_asked or not own or not to_guardians)
        )
        data = wheel_of("child" if own else "professional") if "wheel" in kind else {}
        audience = Audience(units(world, *to_units), guardians(world, *to_guardians), child_asked=child_asked)
        with world.act("bvc") as actor:
            written = note(actor, kind="wheel" if "wheel" in kind else kind, category=category, data=data)
            try:
                version = write_entry(case=case, written=written, audience=audience, by=actor)
            except Refused:
                assert not allowed
                assert not actor.events
                assert not Entry.objects.filter(case=case).exists()
                return
        assert allowed
        expected = {u for u, unit in UNIT_OF.items() if unit in to_units} | to_guardians
        assert readers(world, version) == expected


def test_i4_nothing_opens_by_itself(world: World) -> None:
    """A consent in force shows nothing that was written after it (I4).

    Red when what is shown opens the whole case.
    """
    team = world.teamwork()
    with world.act("bvc") as actor:
        version = write_entry(case=team.case, written=note(actor), audience=Audience(), by=actor)
    assert readers(world, version) == set()


def test_while_consent_waits_only_the_family_can_be_shown(world: World) -> None:
    case = world.open_case()
    world.consent(case, "bvc", "logoped", state="waiting")
    with world.act("bvc") as actor:
        with pytest.raises(Refused):
            write_entry(case=case, written=note(actor), audience=Audience(units(world, "logoped")), by=actor)
        version = write_entry(
            case=case, written=note(actor), audience=Audience(guardians=guardians(world, "mamma")), by=actor
        )
    assert readers(world, version) == {"mamma"}


def test_the_period_ends_with_the_consent_and_the_custody(world: World) -> None:
    team = world.teamwork()
    audience = Audience(units(world, "logoped"), guardians(world, "pappa"))
    with world.act("bvc") as actor:
        version = write_entry(case=team.case, written=note(actor), audience=audience, by=actor)
        ends = {d.to_unit_id or d.to_guardian_id: d.valid.upper for d in version.disclosures.all()}
        bases = {d.basis for d in version.disclosures.all()}
    assert ends[world.unit("logoped").pk] == team.consent.valid.upper
    # From 13 a guardian reads what somebody decides anew to show her.
    assert ends[world.guardian("pappa").pk] == midnight(birthday(world.child.born_on, 13))
    assert bases == {"B1", "B14"}


def test_of_two_consents_the_one_that_covers_it_is_named(world: World) -> None:
    """A unit with two consents: health is shown on the one that allows health."""
    case = world.open_case()
    world.consent(case, "bvc", "logoped", categories=("basis",), valid=(world.days(-1), world.days(300)))
    wider = world.consent(case, "bvc", "logoped", categories=("basis", "health"), opens=False)
    world.assign("logoped", "logoped", case)
    with world.act("bvc") as actor:
        version = write_entry(
            case=case,
            written=note(actor, category="health"),
            audience=Audience(units(world, "logoped")),
            by=actor,
        )
        assert version.disclosures.get().consent_id == wider.pk
    assert readers(world, version) == {"logoped"}


# --- The youth ------------------------------------------------------------------------


def youth_case(world: World) -> Case:
    return world.open_case(child=world.youth, unit="pupil_health", responsible="kurator")


def test_i21_the_youth_sees_nothing_that_is_kept_from_a_guardian(world: World) -> None:
    case = youth_case(world)
    with world.act("kurator") as actor:
        audience = Audience(guardians=guardians(world, "mor"), to_child=True)
        with pytest.raises(Refused):
            write_entry(case=case, written=note(actor), audience=audience, by=actor)
        audience = Audience(guardians=guardians(world, "mor", "far"), to_child=True)
        version = write_entry(case=case, written=note(actor), audience=audience, by=actor)
    with world.act("ungdom") as actor:
        assert list(Version.objects.visible_to(actor)) == [version]


def test_i21_the_youths_own_words_are_not_on_her_page_before_her_guardians_may_read_them(
    world: World,
) -> None:
    """A guardian may be able to use her e-identification (I21)."""
    case = youth_case(world)
    with world.act("kurator") as actor:
        written = note(actor, kind="child_words")
        with pytest.raises(Refused) as refused:
            write_entry(case=case, written=written, audience=Audience(to_child=True), by=actor)
        assert refused.value.code == "not_more_than_guardians"
        all_of_them = Audience(guardians=guardians(world, "mor", "far"), to_child=True, child_asked=True)
        version = write_entry(case=case, written=written, audience=all_of_them, by=actor)
    for username in ("ungdom", "mor", "far"):
        with world.act(username) as actor:
            assert list(Version.objects.visible_to(actor)) == [version]


def test_a_child_below_16_does_not_read_herself(world: World) -> None:
    case = world.open_case()
    with world.act("bvc") as actor, pytest.raises(Refused, match="16"):
        write_entry(case=case, written=note(actor), audience=Audience(to_child=True), by=actor)


# --- Who may write --------------------------------------------------------------------


@pytest.mark.parametrize("username", ["bvc2", "soc", "bvc-ledare", "soc-vaxjo", "mamma", "admin"])
def test_only_those_who_work_on_the_case_write(world: World, username: str) -> None:
    team = world.teamwork()
    with world.act(username) as actor:
        with pytest.raises(Refused):
            write_entry(case=team.case, written=note(actor), audience=Audience(), by=actor)
        with pytest.raises(Refused):
            share_version(version=team.note, audience=Audience(units(world, "preschool")), by=actor)
        with pytest.raises(Refused):
            stop_sharing(disclosure=team.shown, by=actor)


def test_another_unit_neither_corrects_nor_shows(world: World) -> None:
    team = world.teamwork()
    with world.act("logoped") as actor:
        entry = Entry.objects.select_related("case__child").get(pk=team.note.entry_id)
        with pytest.raises(Refused):
            correct_entry(
                entry=entry,
                written=note(actor, kind="observation"),
                audience=Audience(),
                based_on=1,
                by=actor,
            )
        with pytest.raises(Refused):
            share_version(version=team.note, audience=Audience(units(world, "preschool")), by=actor)
        with pytest.raises(Refused):
            stop_sharing(disclosure=team.shown, by=actor)


def test_a_unit_that_keeps_its_own_does_not_write(world: World) -> None:
    case = world.open_case()
    world.participate("logoped", case, "own")
    world.assign("logoped", "logoped", case)
    with world.act("logoped") as actor, pytest.raises(Refused):
        write_entry(case=case, written=note(actor), audience=Audience(), by=actor)


def test_a_closed_case_takes_notes_but_shows_nothing_more(world: World) -> None:
    case = world.open_case(state="closed", closed_at=world.days(-1))
    with world.act("bvc") as actor:
        write_entry(case=case, written=note(actor), audience=Audience(), by=actor)
        audience = Audience(guardians=guardians(world, "mamma"))
        with pytest.raises(Refused):
            write_entry(case=case, written=note(actor), audience=audience, by=actor)


def test_showing_can_be_stopped_in_a_closed_case(world: World) -> None:
    case = world.open_case(state="closed", closed_at=world.days(-1))
    shown = world.show(world.entry("bvc", "bvc", case), to_guardian="mamma")
    with world.act("bvc") as actor:
        stop_sharing(disclosure=Disclosure.objects.get(pk=shown.pk), by=actor)
    with world.act("mamma") as actor:
        assert not Version.objects.visible_to(actor).exists()


# --- What may be written --------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"body": "  \n "},
        {"body": "x" * (LONGEST_TEXT + 1)},
        {"body": "nul\x00"},
        {"kind": "signal"},
        {"category": "everything"},
        {"kind": "wheel", "data": {}},
        {"kind": "wheel", "data": {"perspective": "nobody"}},
        {"kind": "wheel", "data": {"perspective": "child", "sectors": {"safe": {"value": 6}}}},
        {"kind": "wheel", "data": {"perspective": "child", "sectors": {"safe": {"value": 0}}}},
        {"kind": "wheel", "data": {"perspective": "child", "sectors": {"safe": {"value": 3, "sum": 9}}}},
        {
            "kind": "wheel",
            "data": {"perspective": "child", "sectors": {"safe": {"value": 3, "hard": "x" * 2001}}},
        },
    ],
)
def test_what_is_not_whole_is_refused(world: World, change: dict[str, Any]) -> None:
    case = world.open_case()
    with world.act("bvc") as actor:
        with pytest.raises(Refused):
            write_entry(case=case, written=replace(note(actor), **change), audience=Audience(), by=actor)
        assert not actor.events
        assert not Entry.objects.exists()


def test_days_in_the_future_and_before_the_child_are_refused(world: World) -> None:
    case = world.open_case()
    with world.act("bvc") as actor:
        for day in (actor.today + timedelta(days=1), world.child.born_on - timedelta(days=400)):
            with pytest.raises(Refused):
                write_entry(case=case, written=note(actor, happened_on=day), audience=Audience(), by=actor)


def test_an_untouched_wheel_can_be_saved(world: World) -> None:
    case = world.open_case()
    data = Wheel(Perspective.CHILD, tuple(SectorScore(s) for s in Sector)).data()
    with world.act("bvc") as actor:
        version = write_entry(
            case=case, written=note(actor, kind="wheel", body="", data=data), audience=Audience(), by=actor
        )
        assert Wheel.of(Version.objects.get(pk=version.pk).data).scores[0].value is None


def test_saving_leaves_events_and_takes_the_draft(world: World) -> None:
    team = world.teamwork()
    world.draft("bvc", "bvc", team.case, "entry:new")
    world.draft("bvc", "bvc", team.case, "wheel:new")
    with world.act("bvc") as actor:
        version = write_entry(
            case=team.case, written=note(actor), audience=Audience(units(world, "logoped")), by=actor
        )
        assert set(Draft.objects.values_list("target", flat=True)) == {"wheel:new"}
    with as_loader():
        events = list(Event.objects.filter(object=version.pk).order_by("sequence"))
    assert [e.action for e in events] == ["entry_written", "version_shown"]
    assert all(e.child == team.case.child_id and e.case == team.case.pk for e in events)
    assert "två ord" not in str([e.detail for e in events])


def test_what_ends_for_a_guardian_ends_for_the_youth(world: World) -> None:
    """She is shown no more than each of her guardians, and her unit's page says so too."""
    case = youth_case(world)
    with world.act("kurator") as actor:
        everybody = Audience(guardians=guardians(world, "mor", "far"), to_child=True)
        version = write_entry(case=case, written=note(actor), audience=everybody, by=actor)
        stop_sharing(disclosure=version.disclosures.get(to_guardian=world.guardian("far")), by=actor)
    with world.act("ungdom") as actor:
        assert not Version.objects.visible_to(actor).exists()
    with as_loader():
        assert Disclosure.objects.get(version=version, to_child=world.youth).valid.isempty
        assert not Disclosure.objects.get(version=version, to_guardian=world.guardian("mor")).valid.isempty
