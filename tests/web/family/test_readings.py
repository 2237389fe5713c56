"""Vem har läst: every opening that the family may know of, and none of its own."""

from __future__ import annotations

from datetime import timedelta

from audit.models import Event
from audit.services import record
from cases.services.leading import open_as_lead
from kit import dates
from tests.database import as_loader
from tests.web.family.support import Home, read_by, seen, text_of


def address_of(home: Home) -> str:
    return home.address + "vem-har-last/"


def test_nobody_has_read(home: Home) -> None:
    browser = home.world.client("mamma")
    browser.get(home.address)
    home.world.client("pappa").get(home.address)
    assert "Ingen har läst något än" in seen(browser, address_of(home))


def test_date_unit_role_and_what(home: Home) -> None:
    world = home.world
    read_by(world, "logoped", "opened_plan")
    read_by(world, "forskola", "opened_case", times=3)
    text = seen(world.client("mamma"), address_of(home))
    assert "Logoped , logoped Läste planen" in text
    assert "Specialpedagog , preschool Öppnade barnets sida, 3 gånger" in text
    assert str(world.at.year) in text
    assert "Testsson" not in text.split("Undrar du")[0]  # the role, not the name


def test_a_page_without_words_is_the_childs_page(home: Home) -> None:
    read_by(home.world, "logoped", "opened_something_new")
    assert "Öppnade barnets sida" in seen(home.world.client("mamma"), address_of(home))


def test_the_youth_is_du(home: Home) -> None:
    """Her page, her answers: nothing of "barnet" and "ni"."""
    world = home.world
    world.open_case(world.youth, "pupil_health", "kurator")
    for action in ("opened_case", "opened_people", "opened_consents"):
        with world.act("kurator") as actor:
            record(by=actor, kind="read", action=action, child=world.youth.pk)
    text = seen(world.client("ungdom"), f"/familj/{world.youth.pk}/vem-har-last/")
    for words in ("Öppnade din sida", "Såg efter vilka som hjälper dig", "Tittade på dina svar om samtycke"):
        assert words in text
    assert "barnet" not in text


def test_a_note_is_named_only_to_whom_it_is_shown(home: Home) -> None:
    world = home.world
    read_by(world, "bvc", "opened_entry", object=home.team.note.pk)
    assert "Läste en anteckning som ni också kan läsa" in seen(world.client("mamma"), address_of(home))
    text = seen(world.client("pappa"), address_of(home))
    assert "anteckning" not in text
    assert "Öppnade barnets sida" in text


def test_the_childs_words_leave_no_line_for_whom_they_are_closed(home: Home) -> None:
    world = home.world
    read_by(world, "bvc", "opened_entry", object=home.team.child_words.pk)
    assert "bvc" in seen(world.client("mamma"), address_of(home)).split("Undrar")[0]
    assert "Ingen har läst något än" in seen(world.client("pappa"), address_of(home))


def test_a_unit_that_the_family_does_not_know_of_is_not_named(home: Home) -> None:
    read_by(home.world, "soc", "opened_case")
    assert "Ingen har läst något än" in seen(home.world.client("mamma"), address_of(home))


def test_the_heads_opening_stands_with_its_purpose(home: Home) -> None:
    world = home.world
    with world.act("bvc-ledare") as actor:
        open_as_lead(case=home.team.case, purpose="Ines är sjuk och familjen har ringt.", by=actor)
    text = seen(world.client("mamma"), address_of(home))
    assert "Öppnade barnets sida som enhetens chef Varför: Ines är sjuk och familjen har ringt." in text


def test_the_purpose_stays_when_the_day_is_over(home: Home) -> None:
    """The 24 hours end and the assignment is swept away; its period is kept."""
    from cases.models import Assignment

    world = home.world
    with world.act("bvc-ledare", at=world.days(-0.5)) as actor:
        open_as_lead(case=home.team.case, purpose="Ines är sjuk och familjen har ringt.", by=actor)
    with as_loader():
        Assignment.objects.filter(user=world.accounts["bvc-ledare"]).delete()
    assert "Varför: Ines är sjuk" in seen(world.client("mamma"), address_of(home))


def test_by_month_latest_first(home: Home) -> None:
    world = home.world
    for _ in range(2):
        read_by(world, "logoped", "opened_case")
    with as_loader():
        first, second = Event.objects.filter(action="opened_case").order_by("sequence")
        Event.objects.filter(pk=first.pk).update(at=world.at - timedelta(days=70))
    page = world.client("mamma").get(address_of(home)).content.decode()
    assert page.count('<h2 id="month-') == 2
    assert second.at > first.at - timedelta(days=70)


def test_long_lists_come_in_pages(home: Home) -> None:
    world = home.world
    with world.act("logoped") as actor:
        for _ in range(130):
            record(by=actor, kind="read", action="opened_case", child=world.child.pk)
    with as_loader():
        for number, event in enumerate(Event.objects.filter(action="opened_case")):
            # At noon: an hour before midnight a day in summer is already the next.
            noon = dates.midnight(dates.as_day(world.at) - timedelta(days=number + 1)) + timedelta(hours=12)
            Event.objects.filter(pk=event.pk).update(at=noon)
    browser = world.client("mamma")
    first = browser.get(address_of(home)).content.decode()
    assert first.count("bb-readings__day") == 60
    assert "?sida=2" in first
    last = browser.get(address_of(home) + "?sida=3").content.decode()
    assert last.count("bb-readings__day") == 10
    assert "?sida=4" not in last
    for nonsense in ("?sida=0", "?sida=-1", "?sida=x", "?sida=99999999999999999999", "?sida=²"):
        assert browser.get(address_of(home) + nonsense).status_code == 200


def test_whoever_wonders_is_told_whom_to_ring(home: Home) -> None:
    response = home.world.client("mamma").get(address_of(home))
    assert "Undrar du över någon som har läst?" in text_of(response)
    assert "tel:" in response.content.decode()


def test_the_listing_names_every_reading_that_the_desk_records() -> None:
    """The words are chosen, not fallen back on."""
    from cases.queries.readings import READINGS, READINGS_OF_A_NOTE

    known = set(READINGS) | set(READINGS_OF_A_NOTE)
    assert {"opened_case", "opened_entry", "opened_plan", "opened_as_lead", "opened_log"} <= known
