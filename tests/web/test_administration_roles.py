"""The administration's settings, and who may do what."""

from __future__ import annotations

import html
import re
import uuid

import pytest

from access.facts import ActionFacts
from access.permissions import Permission
from access.policy import decide
from access.reasons import Reason
from access.roles import ROLES, Role
from access.words import role_label
from agencies.models import Municipality
from agencies.rules import new_password, new_username
from cases.models import Emergency
from cases.services.emergency import review_emergency
from kit.errors import Refused
from plans.services.hiding import Reasoned, hide_entry
from tests.database import as_loader
from tests.web.test_administration import START, last_event
from tests.worlds import World
from web.administration.words import PERMISSION_WORDS

# --- Settings ----------------------------------------------------------------------------------


def test_the_three_settings_are_changed_and_recorded(world: World) -> None:
    form = {
        "report_url": "https://www.lessebo.invalid/oro",
        "social_services_phone": "0478-125 00",
        "emergency_phone": "0470-411 00",
    }
    assert world.client("admin").post(f"{START}kommunen/", form)["Location"] == START
    with as_loader():
        assert Municipality.objects.get(pk="0761").report_url == form["report_url"]
    assert last_event("municipality_changed").detail == {"municipality": "0761"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("report_url", ""),
        ("report_url", "http://osaker.invalid/"),
        ("report_url", "javascript:alert(1)"),
        ("report_url", "inte en adress"),
        ("social_services_phone", ""),
        ("social_services_phone", "ring oss"),
        ("emergency_phone", ""),
    ],
)
def test_all_three_settings_are_required_and_whole(world: World, field: str, value: str) -> None:
    form = {
        "report_url": "https://a.invalid/",
        "social_services_phone": "010 11",
        "emergency_phone": "010 12",
        field: value,
    }
    response = world.client("admin").post(f"{START}kommunen/", form)
    assert response.status_code == 422
    assert "<title>Fel:" in response.content.decode()


# --- Roles ----------------------------------------------------------------------------------------


def test_a_dataskyddsombud_reads_which_role_may_do_what(world: World) -> None:
    page = world.client("dataskydd").get(f"{START}roller/").content.decode()
    for role in Role:
        assert f"{role_label(role).capitalize()}</h2>" in page
    assert "Öppna ett av enhetens ärenden i 24 timmar" in page
    assert "Följa att loggranskningarna blir gjorda, i siffror" in page
    assert "Enheter och personal" not in page


def test_who_has_a_role_is_shown_for_ones_own_municipality(world: World) -> None:
    page = world.client("dataskydd").get(f"{START}roller/caseworker/").content.decode()
    assert "Forskola Testsson" in page
    assert "Soc-Vaxjo" not in page
    assert "Logoped" not in page
    assert "Avsluta" not in page
    assert (
        "Ingen har den här rollen"
        in world.client("dataskydd").get(f"{START}roller/guardian/").content.decode()
    )


def test_a_long_list_comes_in_pages(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.administration.views.PAGE", 2)
    browser = world.client("dataskydd")
    first = browser.get(f"{START}roller/caseworker/").content.decode()
    assert first.count('<tr role="row">') == 2
    assert 'href="?sida=2"' in first
    assert browser.get(f"{START}roller/caseworker/?sida=2").content.decode().count('<tr role="row">') == 2
    assert browser.get(f"{START}roller/caseworker/?sida=x").status_code == 200


def test_the_page_says_all_that_each_role_may_and_nothing_else(world: World) -> None:
    """From the roles themselves: what is added there stands here."""
    page = world.client("dataskydd").get(f"{START}roller/").content.decode().split("</main>")[0]
    cards = {part.split('"')[0]: part for part in page.split('<li class="bb-card" id="')[1:]}
    assert set(cards) == set(Role)
    for role, may in ROLES.items():
        listed = {html.unescape(words) for words in re.findall(r"<li>(.*?)</li>", cards[role])}
        assert listed == {str(PERMISSION_WORDS[permission]) for permission in may}, role


@pytest.mark.parametrize(
    "words", ["Dölja en av enhetens egna", "Granska en nödöppning", "eller annat lagstöd"]
)
def test_it_names_what_is_done_to_a_family_and_who_reviews(world: World, words: str) -> None:
    """Hiding from a guardian, reviewing, and showing on a legal ground."""
    page = world.client("dataskydd").get(f"{START}roller/").content.decode()
    assert words in page


@pytest.mark.parametrize(
    "username",
    ["bvc", "bvc-ledare", "granskare", "enhetsadmin", "admin", "dataskydd", "styrgrupp", "jurist", "mamma"],
)
def test_only_who_may_review_an_emergency_gets_that_far(world: World, username: str) -> None:
    """The role is asked first; whose turn it is, the database says."""
    with world.act(username) as actor, pytest.raises(Refused) as refused:
        review_emergency(
            emergency_id=uuid.uuid4(), verdict=Emergency.Verdict.RIGHT, note="Det var rätt.", by=actor
        )
    may = actor.role is not None and Permission.REVIEW_EMERGENCY in ROLES[actor.role]
    assert (refused.value.code == Reason.ROLE_MAY_NOT) is not may


def test_hiding_is_asked_for_by_its_own_permission(world: World) -> None:
    """Who has opened the case in an emergency may note what she did, and hides nothing."""
    team = world.teamwork()
    facts = ActionFacts(Role.CASEWORKER, "full", emergency=True)
    assert decide(Permission.WRITE_ENTRY, facts)
    assert decide(Permission.HIDE_FROM_GUARDIAN, facts).reason is Reason.EMERGENCY_ONLY_READS
    why = Reasoned("Barnet kan fara illa.", world.day(90))
    with world.act("bvc2") as actor, pytest.raises(Refused):
        hide_entry(entry=team.note.entry, guardian_id=world.guardians["mamma"].pk, why=why, by=actor)
    with world.act("bvc") as actor:
        assert hide_entry(entry=team.note.entry, guardian_id=world.guardians["mamma"].pk, why=why, by=actor)


def test_every_permission_has_words() -> None:
    assert set(PERMISSION_WORDS) == set(Permission)
    assert all(str(words) for words in PERMISSION_WORDS.values())


def test_user_names_and_passwords_do_not_repeat() -> None:
    assert len({new_username() for _ in range(1000)}) > 990
    assert len({new_password() for _ in range(1000)}) == 1000
