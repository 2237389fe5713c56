"""The story of section 3, step by step: Milo speaks little, and a plan comes of it.

Everybody clicks through the real pages, staff on 1280 px and the family on 390. What each step
took stands in ``var/e2e/steps.md`` afterwards, pictures of every page with ``make pictures``.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.album import Album, Steps
from tests.e2e.stack import Stack
from tests.e2e.story import closing, consenting, noticing, planning, reading, sharing, trying
from tests.e2e.story.tale import Tale
from tests.e2e.visitors import Visitors


@pytest.fixture(scope="module")
def tale(demo: Stack, visitors: Visitors) -> Iterator[Tale]:
    """One story for all the steps."""
    steps = Steps()
    yield Tale(demo, visitors, Album("story"), steps)
    print(steps.write())


def test_step_1_notice(tale: Tale) -> None:
    """A signal stays with its unit until the family says yes; harm stops the form."""
    with tale.step(1, "Uppmärksamma"):
        noticing.stopped_by_harm(tale)
        noticing.noticed_without_a_yes(tale)
        noticing.sent_with_a_yes(tale)
        noticing.same_receipt_for_a_child_with_a_case(tale)
    assert 1 in tale.told


def test_step_2_find_out_and_ask(tale: Tale) -> None:
    """From the inbox to a decision and a consent; nothing is shared until both have said yes."""
    with tale.step(2, "Ta reda på, samtycke"):
        ines = noticing.taken_by_bvc(tale)
        noticing.found_out_more(ines)
        consenting.decided_and_asked(ines)
        consenting.noted_on_paper(ines)
        consenting.answered_on_the_phone(tale)
        consenting.invitations_wait(tale)
    assert 2 in tale.told


def test_step_3_saving_is_sharing(tale: Tale) -> None:
    """Invitations taken; a note is shown by being saved; a correction only when it is shared."""
    with tale.step(3, "Dela"):
        loke = sharing.invitations_taken(tale)
        ines = tale.enter("bvc", part="writes, corrects, sees who sees what")
        sharing.saving_is_sharing(tale, ines)
        sharing.reads_exactly_those(loke)
        sharing.corrected(tale, ines, loke)
        ines.link("Översikt")
        sharing.who_sees_what(ines)
    assert 3 in tale.told


def test_step_4_the_plan(tale: Tale) -> None:
    """Goals and insatser over three units; each answers and updates its own; version 1."""
    with tale.step(4, "Plan"):
        planning.written(tale)
        planning.units_agreed(tale)
        planning.agreed(tale)
    assert 4 in tale.told


def test_step_5_the_family_reads(tale: Tale) -> None:
    """A mail without a name, the overview on a phone, and the PDF from the real worker."""
    with tale.step(5, "Familjen läser"):
        reading.mailed(tale)
        nadia = reading.read_on_the_phone(tale)
        reading.saved_as_pdf(tale, nadia)
    assert 5 in tale.told


def test_step_6_reminders(tale: Tale) -> None:
    """One digest a person and day, and no reminder twice."""
    with tale.step(6, "Påminnelse"):
        planning.reminded(tale)
    assert 6 in tale.told


def test_step_7_a_yes_taken_back(tale: Tale) -> None:
    """From that moment all that others had shared is gone: tabs, htmx, Back, list, search, PDF, mail."""
    with tale.step(7, "Ta tillbaka"):
        with closing.open_tabs(tale) as loke:
            closing.withdrawn(tale)
        closing.own_stays(tale, loke)
        closing.no_mail_any_more(tale)
        closing.the_others_go_on(tale)
    assert 7 in tale.told


def test_step_8_who_has_read(tale: Tale) -> None:
    """Date, unit, role and what, for every opening that the guardian may know of."""
    with tale.step(8, "Vem har läst"):
        reading.who_has_read(tale)
    assert 8 in tale.told


def test_step_9_those_who_may_not(tale: Tale) -> None:
    """404 and a denied row at every address; the arbetsledare by purpose, and the family sees it."""
    with tale.step(9, "Obehöriga"):
        trying.tried_by_strangers(tale)
        trying.opened_by_the_lead(tale)
        trying.known_to_the_family(tale)
    assert 9 in tale.told


def test_step_10_six_figures(tale: Tale) -> None:
    """What the steering group sees."""
    with tale.step(10, "Styrgrupp"):
        trying.six_figures(tale)
    assert 10 in tale.told
