"""The wheel on the desk: filled in, drawn, laid over the one before."""

from __future__ import annotations

import re
from typing import Any

import pytest

from audit.models import Event
from cases.models import Version
from cases.wheel import Perspective, Sector, SectorScore, Wheel
from tests.database import as_loader
from tests.web.counting import statements
from tests.web.desk.looking import post_and_look
from tests.web.desk.test_entries import base, choices, page_of, shown_to, text_of
from tests.worlds import Teamwork, World


def wheel(perspective: str, value: int | None = 3, **more: Any) -> dict[str, Any]:
    return {**Wheel(Perspective(perspective), tuple(SectorScore(s, value) for s in Sector)).data(), **more}


def filled(response: Any, speaker: str, code: str, **values: str) -> dict[str, str]:
    posted = {"speaker": speaker, "happened_on": "2026-01-02", "audience": choices(response)[code]}
    return {**posted, **{f"{sector}_value": "" for sector in Sector}, **values}


@pytest.fixture
def team(world: World) -> Teamwork:
    return world.teamwork()


@pytest.fixture
def new(team: Teamwork) -> str:
    return base(team.case) + "hjul/nytt/"


def saved() -> Version:
    with as_loader():
        return Version.objects.get(kind="wheel")


def test_a_wheel_is_saved_as_it_was_filled_in(world: World, new: str) -> None:
    browser = world.client("bvc")
    values = {
        "safe_value": "2",
        "safe_works": "Mormor\r\nläser",
        "safe_hard": "Natten",
        "included_value": "5",
    }
    answer = post_and_look(browser, new, filled(browser.get(new), "professional", "team", **values))
    assert answer.status_code == 302
    version = saved()
    scores = {score.sector: score for score in Wheel.of(version.data).scores}
    assert scores[Sector.SAFE] == SectorScore(Sector.SAFE, 2, "Mormor\nläser", "Natten")
    assert scores[Sector.INCLUDED].value == 5
    assert scores[Sector.ACTIVE].value is None
    assert version.data["perspective"] == "professional"
    assert shown_to(version) == {"logoped", "preschool"}


def test_an_untouched_wheel_needs_only_who_and_when(world: World, new: str) -> None:
    browser = world.client("bvc")
    form = browser.get(new)
    answer = browser.post(new, {"audience": choices(form)["unit"], "happened_on": ""})
    assert answer.status_code == 422
    assert "Välj vem som berättar" in text_of(answer)
    assert "Fyll i vilken dag ni pratade" in text_of(answer)
    assert browser.post(new, filled(form, "professional", "unit")).status_code == 302


def test_a_guardians_view_names_her(world: World, new: str) -> None:
    browser = world.client("bvc")
    speaker = f"guardian:{world.guardian('mamma').pk}"
    browser.post(new, filled(browser.get(new), speaker, "family"))
    version = saved()
    assert version.data["perspective"] == "guardian"
    assert version.data["speaker"] == "Mamma Familjesson"
    assert shown_to(version) == {"mamma", "pappa"}


@pytest.mark.parametrize("speaker", ["guardian:00000000-0000-0000-0000-000000000000", "polis", "child:x"])
def test_a_speaker_who_was_not_offered_is_refused(world: World, new: str, speaker: str) -> None:
    browser = world.client("bvc")
    assert browser.post(new, filled(browser.get(new), speaker, "unit")).status_code == 422


@pytest.mark.parametrize("value", ["0", "6", "-1", "3.5", "bra"])
def test_a_value_outside_the_scale_is_refused(world: World, new: str, value: str) -> None:
    browser = world.client("bvc")
    posted = filled(browser.get(new), "professional", "unit", safe_value=value, active_works="Simmar")
    answer = browser.post(new, posted)
    assert answer.status_code == 422
    assert "Simmar" in text_of(answer)


def test_the_childs_view_is_never_for_the_family_at_once(world: World, new: str) -> None:
    browser = world.client("bvc")
    answer = browser.post(new, filled(browser.get(new), "child", "family"))
    assert answer.status_code == 422
    assert set(choices(answer)) == {"unit", "team"}
    fragment = browser.get(new.replace("hjul/nytt", "anteckning/lasare") + "?speaker=child")
    assert set(choices(fragment)) == {"unit", "team"}


def test_the_picture_is_drawn_without_saving(world: World, new: str) -> None:
    answer = world.client("bvc").post(new + "bild/", {"speaker": "child", "safe_value": "4"})
    assert answer.status_code == 200
    assert "Trygg: 4." in text_of(answer)
    with as_loader():
        assert not Version.objects.filter(kind="wheel").exists()


def test_each_view_stands_by_itself_with_the_one_before_behind(world: World, team: Teamwork) -> None:
    day = world.day(-30)
    world.entry("bvc", "bvc", team.case, "wheel", body="", data=wheel("professional", 2), happened_on=day)
    world.entry("bvc", "bvc", team.case, "wheel", body="", data=wheel("professional", 4))
    world.entry("bvc", "bvc", team.case, "wheel", body="", data=wheel("child", 5))
    world.entry("bvc", "bvc", team.case, "wheel", body="", data=wheel("guardian", 1, speaker="Mamma"))
    world.entry("bvc", "bvc", team.case, "wheel", body="", data=wheel("guardian", 3, speaker="Pappa"))
    page = text_of(world.client("bvc").get(base(team.case) + "hjul/"))
    assert page.count('<svg class="bb-wheel__svg"') == 4
    assert "Trygg: 4, förra gången 2." in page
    assert page.count("förra gången") == 8
    assert page.index("som barnet ser det") < page.index("som Mamma ser det")
    assert "Hjulet är till för att prata. Det är inget betyg." in page


def test_wheels_of_others_are_seen_only_when_shown(world: World, team: Teamwork) -> None:
    hidden = world.entry("bvc", "bvc", team.case, "wheel", body="", data=wheel("child"))
    shown = world.entry("bvc", "bvc", team.case, "wheel", body="", data=wheel("professional"))
    world.show(shown, to_unit="logoped", consent=team.consent)
    page = text_of(world.client("logoped").get(base(team.case) + "hjul/"))
    assert str(shown.entry_id) in page
    assert str(hidden.entry_id) not in page
    assert re.search(r"delad \d+ \w+ av bvc", page)


def test_the_reading_names_what_the_family_may_know_of(world: World, team: Teamwork) -> None:
    """Where only the child's own view is open, the event is of that and so not told."""
    own = world.entry("bvc", "bvc", team.case, "wheel", body="", data=wheel("child"))
    browser = world.client("bvc")
    browser.get(base(team.case) + "hjul/")
    ours = world.entry("bvc", "bvc", team.case, "wheel", body="", data=wheel("professional"))
    browser.get(base(team.case) + "hjul/")
    with as_loader():
        events = Event.objects.filter(action="opened_wheels").order_by("sequence")
        assert [event.object for event in events] == [own.pk, ours.pk]


def test_a_wheel_can_be_corrected_but_not_change_its_view(world: World, team: Teamwork) -> None:
    version = world.entry("bvc", "bvc", team.case, "wheel", body="", data=wheel("child", 2))
    browser = world.client("bvc")
    page = browser.get(page_of(version, "ratta/"))
    assert "speaker" not in text_of(page).replace("lasare", "")
    posted = filled(page, "professional", "unit", safe_value="5", based_on="1")
    assert browser.post(page_of(version, "ratta/"), posted).status_code == 302
    with as_loader():
        new = Version.objects.get(entry=version.entry_id, no=2)
    assert new.data["perspective"] == "child"
    assert new.data["sectors"]["safe"]["value"] == 5


def test_there_is_no_wheel_yet(world: World) -> None:
    case = world.open_case()
    page = text_of(world.client("bvc").get(base(case) + "hjul/"))
    assert "Det finns inget hjul än." in page
    assert f"{base(case)}hjul/nytt/" in page


def test_statements_do_not_grow(world: World, team: Teamwork, new: str) -> None:
    browser = world.client("bvc")
    pages = [base(team.case) + "hjul/", new]
    world.entry("bvc", "bvc", team.case, "wheel", body="", data=wheel("professional"))
    few = [len(statements(browser, page)) for page in pages]
    for number in range(60):
        perspective = ("professional", "child", "guardian")[number % 3]
        world.entry("bvc", "bvc", team.case, "wheel", body="", data=wheel(perspective))
    assert [len(statements(browser, page)) for page in pages] == few
    assert max(few) <= 18
    assert all(len(browser.get(page).content) < 100_000 for page in pages)


# --- Versions for children ------------------------------------------------------------------------


def test_another_version_is_shown_with_what_was_typed_and_nothing_is_saved(world: World, new: str) -> None:
    browser = world.client("bvc")
    posted = {"speaker": "child", "asked": "", "safe_value": "4", "safe_works": "Mormor", "redraw": "1"}
    page = text_of(browser.post(new, posted))
    assert page.count('class="bb-face"') == 24, "three faces for each area"
    assert "Känner du dig trygg?" in page
    assert "Mormor" in page
    assert re.search(r'value="4"[^>]*checked', page), "an answer that has no face is not lost"
    assert "Välj vem som berättar" not in page
    older = text_of(browser.post(new, {**posted, "asked": "older"}))
    assert "Lyssnar andra på dig" in older
    assert 'class="bb-face"' not in older
    with as_loader():
        assert not Version.objects.filter(kind="wheel").exists()


def test_a_wheel_remembers_the_version_it_was_asked_in(world: World, new: str) -> None:
    browser = world.client("bvc")
    posted = filled(browser.get(new), "child", "unit", drawn_as="younger", edition="1", safe_value="3")
    assert browser.post(new, posted).status_code == 302
    version = saved()
    assert (version.data["asked"], version.data["edition"]) == ("younger", 1)
    page = text_of(browser.get(new.removesuffix("nytt/")))
    assert "Mitt emellan" in page


@pytest.mark.parametrize(
    "hostile", [{"drawn_as": "x"}, {"asked": "x"}, {"drawn_as": "younger", "safe_value": "6"}]
)
def test_a_version_that_there_is_not_is_refused(world: World, new: str, hostile: dict[str, str]) -> None:
    browser = world.client("bvc")
    posted = filled(browser.get(new), "professional", "unit", active_works="Simmar", **hostile)
    answer = browser.post(new, posted)
    assert answer.status_code == 422
    assert "Simmar" in text_of(answer)


@pytest.mark.parametrize("edition", ["x", "0", "-1", "7", "99999999999", "²"])
def test_an_edition_that_there_is_not_becomes_the_one_that_holds(
    world: World, new: str, edition: str
) -> None:
    browser = world.client("bvc")
    posted = filled(browser.get(new), "professional", "unit", edition=edition)
    assert browser.post(new, posted).status_code == 302
    assert saved().data["edition"] == 1


def test_two_wheels_of_one_view_and_day_are_both_kept(world: World, team: Teamwork, new: str) -> None:
    world.entry("bvc", "bvc", team.case, "wheel", body="", data=wheel("child", 2), happened_on=world.day(-1))
    browser = world.client("bvc")
    posted = filled(browser.get(new), "child", "unit") | {"happened_on": str(world.day(-1))}
    page = text_of(browser.post(new, posted, follow=True))
    assert "Båda är sparade." in page
    with as_loader():
        assert Version.objects.filter(kind="wheel").count() == 2


# --- Before and after ------------------------------------------------------------------------------


def test_before_and_after_are_laid_over_each_other_with_the_change_in_words(
    world: World, team: Teamwork
) -> None:
    old = world.entry(
        "bvc", "bvc", team.case, "wheel", body="", data=wheel("child", 2), happened_on=world.day(-30)
    )
    new = world.entry("bvc", "bvc", team.case, "wheel", body="", data=wheel("child", 4))
    browser, address = world.client("bvc"), base(team.case) + "hjul/jamfor/"
    assert str(old.entry_id) in text_of(browser.get(address))
    for first, second in ((old, new), (new, old)):
        page = text_of(browser.get(f"{address}?before={first.entry_id}&after={second.entry_id}"))
        assert page.count('<svg class="bb-wheel__svg"') == 1
        assert page.count("Från 2 till 4") == 8, "the earlier is before, whichever was chosen first"
        assert page.count('class="bb-wheel__previous"') == 8
        assert "Ganska bra" in page


def test_views_are_never_mixed(world: World, team: Teamwork) -> None:
    made = [
        world.entry(
            "bvc", "bvc", team.case, "wheel", body="", data=wheel(view, value), happened_on=world.day(ago)
        )
        for view, value in (("child", 2), ("professional", 4))
        for ago in (-30, -1)
    ]
    browser, address = world.client("bvc"), base(team.case) + "hjul/jamfor/"
    mixed = browser.get(f"{address}?before={made[0].entry_id}&after={made[3].entry_id}")
    assert mixed.status_code == 422
    assert "blandas aldrig" in text_of(mixed)
    assert '<svg class="bb-wheel__svg"' not in text_of(mixed)
    same = browser.get(f"{address}?before={made[0].entry_id}&after={made[0].entry_id}")
    assert "Välj två olika hjul" in text_of(same)


def test_only_wheels_that_one_sees_can_be_compared(world: World, team: Teamwork) -> None:
    hidden = [
        world.entry(
            "bvc", "bvc", team.case, "wheel", body="", data=wheel("child", 2), happened_on=world.day(ago)
        )
        for ago in (-30, -1)
    ]
    browser, address = world.client("logoped"), base(team.case) + "hjul/jamfor/"
    answer = browser.get(f"{address}?before={hidden[0].entry_id}&after={hidden[1].entry_id}")
    assert answer.status_code == 422
    assert "Det finns inte två hjul från samma person än." in text_of(answer)
    assert "Från 2" not in text_of(answer)
