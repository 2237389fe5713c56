"""Notes on the desk, by plain POST as without JavaScript."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.models import Event
from cases.models import Case, Disclosure, Draft, Entry, Version
from tests.database import as_loader
from tests.web.counting import statements
from tests.web.desk.looking import post_and_look
from tests.worlds import Teamwork, World

ALL_PAGES = ("", "ratta/", "dela/")


def base(case: Case) -> str:
    return f"/barn/{case.pk}/"


def page_of(version: Version, below: str = "") -> str:
    return f"/barn/{version.case_id}/anteckning/{version.entry_id}/{below}"


def text_of(response: Any) -> str:
    return str(response.content.decode())


def without_token(response: Any) -> str:
    """The body without what differs between two answers to the same question."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|data-session-\w+="\d+"', "", text_of(response))


def choices(response: Any) -> dict[str, str]:
    """The offered values of *Vem får läsa?*, by code."""
    values = re.findall(r'name="audience" value="([^"]*)"', text_of(response))
    return {value.split("-")[0]: value for value in values}


def filled(response: Any, code: str, **values: Any) -> dict[str, Any]:
    """A note as somebody fills it in on this page."""
    posted = {
        "kind": "note",
        "happened_on": "2026-01-02",
        "body": "Hon säger två ord.",
        "audience": choices(response)[code],
    }
    return {**posted, **values}


def saved(case: Case, body: str = "Hon säger två ord.") -> Version:
    with as_loader():
        return Version.objects.get(case=case, body=body)


def shown_to(version: Version) -> set[str]:
    with as_loader():
        rows = Disclosure.objects.filter(version=version).select_related("to_unit", "to_guardian")
        return {r.to_unit.name if r.to_unit else _given(r).lower() for r in rows}


def _given(disclosure: Disclosure) -> str:
    assert disclosure.to_guardian
    return disclosure.to_guardian.given_name


@pytest.fixture
def team(world: World) -> Teamwork:
    return world.teamwork()


# --- Writing --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("unit", set()),
        ("family", {"mamma", "pappa"}),
        ("team", {"logoped", "preschool"}),
        ("all", {"logoped", "preschool", "mamma", "pappa"}),
    ],
)
def test_saving_shows_it_to_those_whom_the_button_named(
    world: World, team: Teamwork, code: str, expected: set[str]
) -> None:
    browser = world.client("bvc")
    form = browser.get(base(team.case) + "anteckning/ny/")
    answer = post_and_look(browser, base(team.case) + "anteckning/ny/", filled(form, code))
    version = saved(team.case)
    assert answer.status_code == 302
    assert answer.headers["Location"] == page_of(version)
    assert shown_to(version) == expected


def test_the_buttons_name_people_by_title(world: World, team: Teamwork) -> None:
    page = text_of(world.client("bvc").get(base(team.case) + "anteckning/ny/"))
    assert 'data-submit-text="Spara och visa för logopeden och specialpedagogen"' in page
    assert 'data-submit-text="Spara och visa för Mamma och Pappa"' in page
    assert "polisen" not in page.lower()
    assert ">Spara för dem du valt</button>" in page


def test_why_somebody_is_not_offered_stands_in_words(world: World) -> None:
    """Consent that waits, a unit without health, police and leisure."""
    case = world.open_case()
    world.consent(case, "bvc", "logoped", categories=("plan", "basis"))
    world.consent(case, "police", "leisure", "bvc", categories=("practical",))
    browser = world.client("bvc")
    page = browser.get(base(case) + "anteckning/lasare/?kind=note&health=on")
    assert set(choices(page)) == {"unit", "family"}
    assert "logoped: Samtycket gäller inte den här sortens uppgifter." in text_of(page)
    assert "police: Den här verksamheten får bara se praktisk plan." in text_of(page)
    waiting = world.open_case(child=world.children["grannbarn"])
    world.consent(waiting, "bvc", "logoped", state="waiting")
    page = browser.get(base(waiting) + "anteckning/ny/")
    assert set(choices(page)) == {"unit", "family"}
    assert "Samtycket väntar på svar från Granne. Inget delas innan dess." in text_of(page)


def test_the_only_guardian_is_the_family(world: World) -> None:
    case = world.open_case(child=world.children["grannbarn"])
    page = world.client("bvc").get(base(case) + "anteckning/ny/")
    assert 'data-submit-text="Spara och visa för Granne"' in text_of(page)


def test_units_without_the_family_say_so(world: World, team: Teamwork) -> None:
    page = world.client("fritid").get(base(team.case) + "anteckning/ny/")
    assert set(choices(page)) == {"unit"}
    assert "Din enhet ser inte vilka barnets vårdnadshavare är." in text_of(page)


def test_the_childs_own_words_are_never_for_the_family_at_once(world: World, team: Teamwork) -> None:
    browser = world.client("bvc")
    form = browser.get(base(team.case) + "anteckning/ny/")
    for code in ("family", "all"):
        answer = browser.post(base(team.case) + "anteckning/ny/", filled(form, code, kind="child_words"))
        assert answer.status_code == 422
        assert "Barnets egna ord och hjul visas inte för vårdnadshavare när du sparar." in text_of(answer)
        assert "Hon säger två ord." in text_of(answer)
        assert set(choices(answer)) == {"unit", "team"}
    with as_loader():
        assert not Version.objects.filter(body="Hon säger två ord.").exists()


def test_health_data_reach_only_those_who_may_have_them(world: World) -> None:
    """The choice named two units; with health ticked it is one, so the choice is asked again."""
    case = world.open_case()
    world.consent(case, "bvc", "logoped")
    world.consent(case, "bvc", "preschool", categories=("plan", "basis"))
    browser = world.client("bvc")
    form = browser.get(base(case) + "anteckning/ny/")
    answer = browser.post(base(case) + "anteckning/ny/", filled(form, "team", health="on"))
    assert answer.status_code == 422
    assert "Läs valen och välj igen" in text_of(answer)
    answer = post_and_look(browser, base(case) + "anteckning/ny/", filled(answer, "team", health="on"))
    assert answer.status_code == 302
    assert shown_to(saved(case)) == {"logoped"}


def test_a_consent_that_came_or_went_meanwhile_is_asked_about_again(world: World, team: Teamwork) -> None:
    """The page named two units. Whoever joined since then sees nothing."""
    browser = world.client("bvc")
    form = browser.get(base(team.case) + "anteckning/ny/")
    world.consent(team.case, "bvc", "social")
    answer = browser.post(base(team.case) + "anteckning/ny/", filled(form, "team"))
    assert answer.status_code == 422
    assert "Hon säger två ord." in text_of(answer)
    assert "social" in text_of(answer)


# --- What others may try ----------------------------------------------------------------


def test_extra_fields_change_nothing(world: World, team: Teamwork) -> None:
    browser = world.client("bvc")
    form = browser.get(base(team.case) + "anteckning/ny/")
    extra = {
        "owner_unit": str(world.unit("logoped").pk),
        "to_unit": str(world.unit("school").pk),
        "units": str(world.unit("school").pk),
        "author": str(world.accounts["logoped"].pk),
        "case": str(uuid.uuid4()),
        "no": "7",
    }
    browser.post(base(team.case) + "anteckning/ny/", filled(form, "unit", **extra))
    version = saved(team.case)
    assert version.owner_unit_id == world.unit("bvc").pk
    assert version.author_id == world.accounts["bvc"].pk
    assert version.no == 1
    assert shown_to(version) == set()


@pytest.mark.parametrize("forged", ["team", "all-000000000000", "school", ""])
def test_an_audience_that_was_not_offered_is_refused(world: World, team: Teamwork, forged: str) -> None:
    browser = world.client("bvc")
    form = browser.get(base(team.case) + "anteckning/ny/")
    answer = browser.post(base(team.case) + "anteckning/ny/", filled(form, "unit", audience=forged))
    assert answer.status_code == 422
    with as_loader():
        assert not Version.objects.filter(body="Hon säger två ord.").exists()


@pytest.mark.parametrize(
    "username",
    ["bvc2", "bvc-ledare", "soc", "soc-vaxjo", "polis", "styrgrupp", "admin", "dataskydd", "mamma"],
)
def test_strangers_meet_the_same_404(world: World, team: Teamwork, username: str) -> None:
    """Same status and body as for what does not exist, for reading and for writing."""
    browser = world.client(username)
    nowhere = f"/barn/{uuid.uuid4()}/anteckning/{uuid.uuid4()}/"
    for below in ALL_PAGES:
        for method in (browser.get, browser.post) if below else (browser.get,):
            there, not_there = method(page_of(team.note, below)), method(nowhere + below)
            assert there.status_code == not_there.status_code == 404
            assert without_token(there) == without_token(not_there)
    for below in ("anteckning/ny/", "anteckning/lasare/", "hjul/", "hjul/nytt/", "vem-ser-vad/"):
        if username == "polis":
            continue  # takes part by its own rows
        assert browser.get(base(team.case) + below).status_code == 404


def test_what_others_keep_to_themselves_does_not_exist(world: World, team: Teamwork) -> None:
    """Nor its older or newer versions, nor through another case's address."""
    browser = world.client("logoped")
    for below in ALL_PAGES:
        there, not_there = (
            browser.get(page_of(team.closed_note, below)),
            browser.get(f"/barn/{team.case.pk}/anteckning/{uuid.uuid4()}/{below}"),
        )
        assert there.status_code == not_there.status_code == 404
        assert without_token(there) == without_token(not_there)
    other = world.open_case(child=world.children["grannbarn"])
    assert world.client("bvc").get(f"/barn/{other.pk}/anteckning/{team.note.entry_id}/").status_code == 404


def test_what_is_shown_to_us_can_be_read_not_changed(world: World, team: Teamwork) -> None:
    browser = world.client("logoped")
    assert browser.get(page_of(team.note)).status_code == 200
    for below in ("ratta/", "dela/"):
        assert browser.get(page_of(team.note, below)).status_code == 403


# --- What is typed is kept ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"body": "å" * 20_001}, "Texten är för lång: 20001 tecken."),
        ({"body": " "}, "Skriv det du vill spara"),
        ({"happened_on": "2999-01-01"}, "Dagen kan inte ligga i framtiden."),
        ({"happened_on": "1899-01-01"}, "Dagen ligger före barnets födelse."),
        ({"happened_on": "i fredags"}, "Skriv datumet som år, månad och dag"),
        ({"kind": "wheel"}, "Välj igen"),
    ],
)
def test_errors_keep_the_text(world: World, team: Teamwork, values: dict[str, str], message: str) -> None:
    browser = world.client("bvc")
    form = browser.get(base(team.case) + "anteckning/ny/")
    answer = browser.post(base(team.case) + "anteckning/ny/", filled(form, "unit", **values))
    assert answer.status_code == 422
    assert message in text_of(answer)
    assert values.get("body", "Hon säger två ord.").strip() in text_of(answer)
    assert "<title>Fel:" in text_of(answer)


def test_a_file_is_refused_and_the_text_kept(world: World, team: Teamwork) -> None:
    browser = world.client("bvc")
    form = browser.get(base(team.case) + "anteckning/ny/")
    file = SimpleUploadedFile("bild.png", b"\x89PNG", "image/png")
    answer = browser.post(base(team.case) + "anteckning/ny/", {**filled(form, "unit"), "file": file})
    assert answer.status_code == 422
    assert "Det går inte att skicka filer här" in text_of(answer)
    assert "Hon säger två ord." in text_of(answer)


def test_strange_characters_are_stored_or_taken_away(world: World, team: Teamwork) -> None:
    browser = world.client("bvc")
    form = browser.get(base(team.case) + "anteckning/ny/")
    browser.post(
        base(team.case) + "anteckning/ny/",
        filled(form, "unit", body="a\x00b\x07 \u202eom\u202c 👩‍👧 \r\nrad två\ttab"),
    )
    assert saved(team.case, "ab \u202eom\u202c 👩‍👧 \nrad två\ttab")


def test_hostile_text_is_only_text(world: World, team: Teamwork) -> None:
    browser = world.client("bvc")
    body = '<script>alert(1)</script> {{ actor }} {% now "Y" %} "><img src=x onerror=a> <c-icon />'
    address = base(team.case) + "anteckning/ny/"
    post_and_look(browser, address, filled(browser.get(address), "team", body=body))
    version = saved(team.case, body)
    for below in ALL_PAGES:
        page = text_of(browser.get(page_of(version, below)))
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "{{ actor }} {% now" in page
        assert "&lt;c-icon /&gt;" in page


def test_a_draft_comes_back_and_can_be_discarded(world: World, team: Teamwork) -> None:
    browser = world.client("bvc")
    address = base(team.case) + "anteckning/ny/"
    draft = {"kind": "assessment", "body": "Halvvägs", "health": "on", "audience": "all"}
    browser.post(f"/utkast/?target=entry:new&case={team.case.pk}", draft)
    page = text_of(browser.get(address))
    assert "Du har ett utkast från" in page
    assert "Halvvägs" in page
    assert re.search(r'name="kind" value="assessment"[^>]*checked', page)
    assert not re.search(r'name="audience"[^>]*checked', page)
    assert "Halvvägs" not in text_of(world.client("bvc").get(base(team.case) + "hjul/nytt/"))
    assert browser.post(address, {"discard": "1"}).status_code == 302
    assert "Halvvägs" not in text_of(browser.get(address))


def test_saving_takes_the_draft(world: World, team: Teamwork) -> None:
    browser = world.client("bvc")
    address = base(team.case) + "anteckning/ny/"
    browser.post(f"/utkast/?target=entry:new&case={team.case.pk}", {"body": "Halvvägs"})
    browser.post(address, filled(browser.get(address), "unit"))
    with as_loader():
        assert not Draft.objects.exists()


# --- Reading ------------------------------------------------------------------------------


def test_what_others_show_says_when_and_who(world: World, team: Teamwork) -> None:
    page = text_of(world.client("logoped").get(page_of(team.note)))
    assert "Pratar lite." in page
    assert re.search(r"delad \d+ \w+ av bvc", page)
    assert "Vem läser det här" not in page


def test_who_reads_stands_on_the_units_own(world: World, team: Teamwork) -> None:
    page = text_of(world.client("bvc").get(page_of(team.note)))
    assert "logoped" in page
    assert "Mamma Familjesson" in page
    assert page.count("Sluta dela") == 2


def test_each_reading_is_one_event(world: World, team: Teamwork) -> None:
    world.client("logoped").get(page_of(team.note))
    with as_loader():
        events = list(Event.objects.filter(kind="read"))
    assert [(e.action, e.object, e.child) for e in events] == [
        ("opened_entry", team.note.pk, team.case.child_id)
    ]


def test_a_unit_that_keeps_its_own_reads_it_without_a_trace_of_others(world: World) -> None:
    case = world.open_case()
    world.participate("logoped", case, "own")
    world.assign("logoped", "logoped", case)
    version = world.entry("logoped", "logoped", case)
    browser = world.client("logoped")
    page = text_of(browser.get(page_of(version)))
    assert "En anteckning." in page
    assert "Vem läser det här" not in page
    assert "Dela med fler" not in page
    assert browser.get(page_of(version, "ratta/")).status_code == 403
    assert browser.get(page_of(version, "dela/")).status_code == 403


# --- How much it costs ----------------------------------------------------------------------


def test_statements_do_not_grow(world: World, team: Teamwork) -> None:
    browser = world.client("bvc")
    pages = [base(team.case) + "anteckning/ny/", *(page_of(team.note, below) for below in ALL_PAGES)]
    few = [len(statements(browser, page)) for page in pages]
    for number in range(2, 40):
        world.version(team.note.entry, number, "bvc")
    with as_loader():
        entry = Entry.objects.get(pk=team.note.entry_id)
        assert entry.versions.count() == 39
    for _ in range(160):
        world.entry("bvc", "bvc", team.case)
    many = [len(statements(browser, page)) for page in pages]
    assert few == many
    assert max(many) <= 18
    assert all(len(browser.get(page).content) < 100_000 for page in pages)


def test_what_the_domain_refuses_stands_by_its_field(world: World, team: Teamwork) -> None:
    """The summary leads to the day, and the day says what is wrong."""
    browser = world.client("bvc")
    address = f"{base(team.case)}anteckning/ny/"
    answer = browser.post(address, filled(browser.get(address), "unit", happened_on="1999-01-01"))
    page = text_of(answer)
    assert answer.status_code == 422
    assert re.search(r'href="#id_happened_on"[^>]*>\s*Dagen ligger före barnets födelse', page)
    assert re.search(r'<input[^>]*name="happened_on"[^>]*aria-invalid="true"', page)
