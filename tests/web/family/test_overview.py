"""The overview: what happens now, the next step, whom to ring, and what was decided."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from audit.services import record
from cases.models import Process
from cases.rules import ProcessState
from consent.models import Consent
from plans.models import Insats
from tests.database import as_loader
from tests.web.counting import statements
from tests.web.family.support import Home, read_by, seen
from tests.worlds import World

WHEEL = {
    "perspective": "professional",
    "sectors": {
        "safe": {"value": 4, "works": "Har vänner", "hard": ""},
        "healthy": {"value": 2, "works": "", "hard": ""},
    },
}


def set_process(home: Home, **values: Any) -> None:
    with as_loader():
        Process.objects.filter(case=home.team.case).update(**values)


def test_the_first_view_says_now_next_and_whom_to_ring(home: Home) -> None:
    world = home.world
    set_process(home, next_step="follow_up", next_on=world.day(5))
    page = world.client("mamma").get(home.address).content.decode()
    first = page[page.index("bb-now") : page.index('id="way"')]
    assert "Alla gör det som står i planen." in first
    assert "om 5 dagar" in first
    assert "Vi följer upp planen" in first
    assert "Ni träffar Bvc Testsson, BVC-sjuksköterska, bvc" in first
    assert 'href="tel:0100000000"' in first
    assert "Ring <bdi>Bvc Testsson</bdi>" in first


def test_the_parts_come_in_the_familys_order(home: Home) -> None:
    world = home.world
    world.show(world.entry("bvc", "bvc", home.team.case, "wheel", data=WHEEL), to_guardian="mamma")
    read_by(world, "logoped", "opened_case")
    text = seen(world.client("mamma"), home.address)
    order = [
        "Just nu", "Så här långt har vi kommit", "Det här har vi bestämt", "Mål: Bli förstådd", "Det här gör ni själva",
        "Hjulet", "Det här säger Barn", "Vilka hjälper er", "Skrivet till er", "Samtycke", "Vem har läst",
        "Om ni behöver hjälp genast",
    ]  # fmt: skip
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_an_awaited_answer_about_consent_is_the_action(world: World, asked: Callable[..., Consent]) -> None:
    consent = asked()
    page = world.client("mamma").get(f"/familj/{world.child.pk}/").content.decode()
    assert f'href="/familj/{world.child.pk}/samtycke/{consent.pk}/">Svara på frågan om samtycke' in page
    assert "Väntar" not in page
    assert "person till" not in page


def test_an_awaited_answer_to_the_plan_is_the_action(home: Home) -> None:
    browser = home.world.client("mamma")
    assert (
        f'{home.address}plan/{home.team.plan.pk}/svar/">Säg vad du tycker'
        in browser.get(home.address).content.decode()
    )
    home.world.family_reply(home.team.plan, guardian="mamma")
    assert "Ditt svar om planen: Ja" in seen(browser, home.address)


def test_no_child_and_no_unit_in_the_title(home: Home) -> None:
    """Each page says what it is (WCAG 2.4.2), and nothing of whose it is."""
    browser = home.world.client("mamma")
    titles = set()
    for address in home.addresses():
        page = browser.get(address).content.decode()
        title = page[page.index("<title>") + 7 : page.index("</title>")]
        assert title.endswith(" – Min sida"), address
        assert not any(word in title for word in ("Barn", "Familjesson", "bvc", "logoped")), address
        titles.add(title)
    assert len(titles) == len(home.addresses())


def test_the_quick_exit_is_the_first_thing_in_the_header(home: Home) -> None:
    page = home.world.client("mamma").get(home.address).content.decode()
    header = page[page.index("<header") : page.index("</header>")]
    assert header.index("data-quick-exit") < header.index('<a class="bb-brand"')


def test_a_row_whose_unit_lost_its_consent_is_paused(home: Home) -> None:
    world = home.world
    world.status(world.row_of(home.team.plan, "logoped"), "logoped", "ongoing")
    browser = world.client("mamma")
    assert "Pågår" in seen(browser, home.address)
    browser.post(home.consent_address + "ta-tillbaka/", {"units": [str(world.units["logoped"].pk)]})
    text = seen(browser, home.address)
    assert "Pausad Du tog tillbaka ditt ja " in text
    assert "Pågår" not in text
    assert "Planen fortsätter. Det som är pausat väntar på samtycke." in text
    assert "Alla gör det som står i planen" not in text
    # Help can go on without consent to share: whoever the plan names can still be rung.
    helpers = text[text.index("Vilka hjälper er") :]
    assert world.units["logoped"].name in helpers[: helpers.index("Samtycke")]
    # The unit that writes the plan needs no consent for its own rows.
    assert text.count("Pausad") == 1


def test_the_units_status_and_words_stand_by_the_row(home: Home) -> None:
    row = home.world.row_of(home.team.plan, "logoped")
    home.world.status(row, "logoped", "done")
    assert "Klart" in seen(home.world.client("mamma"), home.address)


def test_what_is_done_stays_done_when_the_yes_is_taken_back(home: Home) -> None:
    world = home.world
    world.status(world.row_of(home.team.plan, "logoped"), "logoped", "done")
    browser = world.client("mamma")
    browser.post(home.consent_address + "ta-tillbaka/", {"units": [str(world.units["logoped"].pk)]})
    text = seen(browser, home.address)
    assert "Klart" in text
    assert "Pausad" not in text


def test_only_disclosed_versions_are_shown(home: Home) -> None:
    world = home.world
    mamma, pappa = (seen(world.client(name), home.address) for name in ("mamma", "pappa"))
    assert "Pratar lite." in mamma
    assert "Jag vill leka med Bo." in mamma
    for hidden in ("Bara för oss.", "Språkstörning?"):
        assert hidden not in mamma
    for hidden in ("Pratar lite.", "Jag vill leka med Bo.", "Det här säger", "Skrivet till er"):
        assert hidden not in pappa


def test_a_correction_is_shown_only_when_it_is_shown(home: Home) -> None:
    world = home.world
    newer = world.version(home.team.note.entry, 2, "bvc", body="Pratar mer än vi trodde.")
    browser = world.client("mamma")
    assert "Pratar lite." in seen(browser, home.address)
    world.show(newer, to_guardian="mamma")
    text = seen(browser, home.address)
    assert "Pratar mer än vi trodde." in text
    assert "Pratar lite." not in text


def test_the_wheel_of_each_view_over_the_one_before(home: Home) -> None:
    world, case = home.world, home.team.case
    old = {"perspective": "professional", "sectors": {"safe": {"value": 2, "works": "", "hard": ""}}}
    for data, ago in ((old, 30), (WHEEL, 1)):
        made = world.entry("bvc", "bvc", case, "wheel", data=data, happened_on=world.day(-ago))
        world.show(made, to_guardian="mamma")
    hidden = world.entry("logoped", "logoped", case, "wheel", data=WHEEL)
    text = seen(world.client("mamma"), home.address)
    assert "Hjulet som Bvc Testsson, bvc, ser det" in text
    assert "Förra gången" in text
    assert "logoped, ser det" not in text
    world.show(hidden, to_guardian="mamma")
    assert "Hjulet som Logoped Testsson, logoped, ser det" in seen(world.client("mamma"), home.address)


def test_without_a_case_there_is_a_friendly_page(world: World) -> None:
    text = seen(world.client("mamma"), f"/familj/{world.child.pk}/")
    assert "Det finns inget att läsa här än" in text
    assert "116 111" in text
    for below in ("samtycke/", "anteckningar/", "vem-har-last/", "dokument/"):
        assert world.client("mamma").get(f"/familj/{world.child.pk}/{below}").status_code == 200


def test_a_closed_case_says_so(home: Home) -> None:
    set_process(home, state="closed", closed_at=home.world.at, close_reason="goals_reached", next_step="")
    text = seen(home.world.client("mamma"), home.address)
    assert "Arbetet är avslutat" in text
    assert "Vi gjorde det vi hade bestämt" in text
    assert "Ni är här" not in text


@pytest.mark.parametrize("state", ProcessState.values)
def test_every_state_has_its_words(home: Home, state: str) -> None:
    set_process(home, state=state, closed_at=home.world.at if state == "closed" else None)
    page = home.world.client("mamma").get(home.address).content.decode()
    now = page[page.index('class="bb-now__text">') :]
    assert now[len('class="bb-now__text">') : now.index("</p>")].strip()


def test_the_signal_is_not_the_familys(home: Home) -> None:
    """What somebody noticed belongs to its sender and receiver."""
    home.world.signal(to_unit="bvc", case=home.team.case, taken_by="bvc", seen="Hemligt iakttaget")
    assert "Hemligt iakttaget" not in seen(home.world.client("mamma"), home.address)


# --- How it performs ---------------------------------------------------------------------


MOST = {
    "": 18, "anteckningar/": 6, "samtycke/": 9, "samtycke/{consent}/": 9, "samtycke/{consent}/ta-tillbaka/": 9,
    "plan/{plan}/svar/": 7, "vem-har-last/": 7, "dokument/": 6,
}  # fmt: skip


def test_a_page_takes_the_same_statements_for_one_and_for_hundreds(home: Home) -> None:
    browser = home.world.client("mamma")
    ids = {"consent": home.team.consent.pk, "plan": home.team.plan.pk}
    few = {below: statements(browser, home.address + below.format(**ids)) for below in MOST}
    for below, most in MOST.items():
        assert len(few[below]) <= most, (below, few[below])
    _fill(home, home.team.case)
    for below in MOST:
        address = home.address + below.format(**ids)
        assert len(statements(browser, address)) == len(few[below]), below
        assert len(browser.get(address).content) < 100_000, below


def _fill(home: Home, case: Any) -> None:
    """Three hundred notes, readings, wheels and words; forty rows of the plan have been done."""
    from cases.models import Disclosure, Entry, Version
    from plans.models import Status

    world = home.world
    with as_loader():
        template = Version.objects.get(pk=home.team.note.pk)
        given = Disclosure.objects.get(version=template, to_guardian__isnull=False)
        entries, versions, shown = [], [], []
        for number in range(300):
            kind = ("note", "observation", "wheel", "child_words")[number % 4]
            entry = Entry(
                case=case, owner_unit=template.owner_unit, kind=kind, created_by=template.author,
                happened_on=template.happened_on - timedelta(days=number), created_at=template.written_at,
            )  # fmt: skip
            version = Version(
                entry=entry, case=case, owner_unit=template.owner_unit, no=1, kind=kind, category="basis",
                body="Ord " * 400, data=WHEEL if kind == "wheel" else {}, author=template.author,
                author_name="Bvc Testsson", author_title="sköterska", unit_name="bvc",
                happened_on=entry.happened_on, written_at=template.written_at,
            )  # fmt: skip
            entries.append(entry)
            versions.append(version)
            shown.append(
                Disclosure(
                    version=version,
                    case=case,
                    owner_unit=template.owner_unit,
                    to_guardian=given.to_guardian,
                    basis="B14",
                    decided_by=template.author,
                    decided_at=template.written_at,
                    valid=given.valid,
                    child_asked=True,
                )
            )
        Entry.objects.bulk_create(entries)
        Version.objects.bulk_create(versions)
        Disclosure.objects.bulk_create(shown)
        row = Insats.objects.filter(version=home.team.plan, unit=world.units["logoped"]).first()
        assert row is not None
        Status.objects.bulk_create(
            Status(
                case=case,
                lineage=row.lineage,
                unit=row.unit,
                value="ongoing",
                set_by=template.author,
                set_by_name="x",
                set_at=template.written_at + timedelta(minutes=n),
            )
            for n in range(40)
        )
    _read(world, [version.pk for version in versions])


def _read(world: World, versions: list[uuid.UUID]) -> None:
    """The logoped opens each of them."""
    with world.act("logoped") as actor:
        for version in versions:
            record(by=actor, kind="read", action="opened_entry", child=world.child.pk, object=version)
