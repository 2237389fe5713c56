"""How long somebody stays signed in: by who she is without a request, ten hours whatever is done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from access.actor import FAMILY_HAT
from access.sessions import SessionStore, digest
from agencies.models import Unit
from tests.database import as_loader
from tests.web.counting import statements
from tests.web.test_public import keyed, sign_in
from tests.worlds import World

__all__ = ["keyed"]  # the fixture
FAMILY_IDLE = timedelta(seconds=settings.SESSION_COOKIE_AGE)
IDLE = timedelta(seconds=settings.SESSION_STAFF_AGE)
SHARED_IDLE = timedelta(seconds=settings.SESSION_SHARED_AGE)
LONGEST = timedelta(seconds=settings.SESSION_LONGEST)
SECOND = timedelta(seconds=1)
# So many almost idle spells that the next would end after the ten hours.
MANY = int(LONGEST / IDLE) - 1
LOOK = "/stanna-kvar/hur-lange/"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Python's clock, standing still until it is moved."""
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


def share_computers(world: World, unit: str) -> None:
    with as_loader():
        Unit.objects.filter(pk=world.units[unit].pk).update(shared_computers=True)


def ends_at(browser: Client) -> datetime:
    with as_loader():
        ends: datetime = Session.objects.get(pk=digest(browser.session.session_key)).expire_date
    return ends


def is_in(browser: Client) -> bool:
    return browser.get("/hjalp/").content.decode().count("data-session-look") == 1


def test_the_limits_are_those_that_were_decided() -> None:
    """Without a request 30 minutes for families, 20 for staff and 5 at a shared computer; ten hours at
    the longest; the browser forgets when it is closed."""
    assert tuple(timedelta(minutes=n) for n in (30, 20, 5)) == (FAMILY_IDLE, IDLE, SHARED_IDLE)
    assert timedelta(hours=10) == LONGEST
    assert settings.SESSION_EXPIRE_AT_BROWSER_CLOSE


@pytest.mark.parametrize(
    ("username", "idle"), [("bvc", IDLE), ("admin", IDLE), ("styrgrupp", IDLE), ("mamma", FAMILY_IDLE),
                           ("ungdom", FAMILY_IDLE), ("kurator", SHARED_IDLE)]
)  # fmt: skip
def test_so_long_without_a_request_ends_it(
    world: World, clock: time_machine.Traveller, username: str, idle: timedelta
) -> None:
    share_computers(world, "pupil_health")
    browser = world.client(username)
    clock.shift(idle - SECOND)
    assert is_in(browser)
    clock.shift(idle - SECOND)
    assert is_in(browser)
    clock.shift(idle)
    assert not is_in(browser)
    assert browser.get("/byt-enhet/")["Location"] == "/logga-in/?next=%2Fbyt-enhet%2F&utgangen=1"


def test_signing_in_begins_with_ones_own_length(keyed: World, clock: time_machine.Traveller) -> None:
    """Nobody has to ask for a page first."""
    share_computers(keyed, "pupil_health")
    for username, idle in (("bvc", IDLE), ("mamma", FAMILY_IDLE), ("kurator", SHARED_IDLE)):
        browser = Client()
        sign_in(browser, username)
        assert ends_at(browser) == timezone.now() + idle


def test_a_unit_that_begins_to_share_is_heard_at_once(world: World, clock: time_machine.Traveller) -> None:
    """From her next request: the session of somebody who is signed in gets shorter too."""
    browser = world.client("bvc")
    share_computers(world, "bvc")
    page = browser.get("/hjalp/").content.decode()
    assert f'data-session-seconds="{SHARED_IDLE.seconds}"' in page
    assert ends_at(browser) == timezone.now() + SHARED_IDLE


def test_another_unit_has_its_own_length(world: World, clock: time_machine.Traveller) -> None:
    share_computers(world, "pupil_health")
    browser = world.client("tva-enheter")
    browser.post("/byt-enhet/", {"membership": str(world.memberships["tva-enheter/pupil_health"].pk)})
    browser.get("/hjalp/")
    assert ends_at(browser) == timezone.now() + SHARED_IDLE
    browser.post("/byt-enhet/", {"membership": str(world.memberships["tva-enheter"].pk)})
    browser.get("/hjalp/")
    assert ends_at(browser) == timezone.now() + IDLE


def test_ten_hours_end_it_whatever_is_done(world: World, clock: time_machine.Traveller) -> None:
    browser = world.client("bvc")
    step = IDLE - SECOND
    for _ in range(int(LONGEST / step)):
        clock.shift(step)
        assert browser.post("/stanna-kvar/").status_code == 204
    clock.shift(LONGEST - int(LONGEST / step) * step - SECOND)
    assert is_in(browser)
    assert browser.post("/stanna-kvar/").status_code == 204
    clock.shift(SECOND)
    assert not is_in(browser)
    assert browser.post("/stanna-kvar/").status_code == 302


def test_changing_the_session_does_not_lengthen_its_life(world: World, clock: time_machine.Traveller) -> None:
    """Another workplace is another content, not another session."""
    browser = world.client("tva-enheter")
    other = world.memberships["tva-enheter/pupil_health"]
    for _ in range(MANY):
        clock.shift(IDLE - SECOND)
        browser.get("/hjalp/")
    browser.post("/byt-enhet/", {"membership": str(other.pk)})
    assert ends_at(browser) <= timezone.now() + LONGEST - MANY * (IDLE - SECOND)
    clock.shift(LONGEST - MANY * (IDLE - SECOND))
    assert not is_in(browser)


def test_a_draft_that_is_saved_is_somebody_who_is_there(world: World, clock: time_machine.Traveller) -> None:
    browser = world.client("bvc")
    for _ in range(3):
        clock.shift(IDLE - SECOND)
        assert browser.post("/utkast/?target=signal:seen", {"seen": "Hon"}).status_code == 200
    assert is_in(browser)


def test_the_scripts_question_prolongs_nothing(world: World, clock: time_machine.Traveller) -> None:
    """The page asks by itself; that says nothing of anybody being there."""
    browser = world.client("bvc")
    for _ in range(3):
        clock.shift(IDLE / 4)
        assert browser.get(LOOK).status_code == 200
    assert browser.get(LOOK).json()["seconds"] == (IDLE / 4).total_seconds()
    clock.shift(IDLE / 4)
    assert browser.get(LOOK).status_code == 302


def test_what_the_page_says_is_what_holds(world: World, clock: time_machine.Traveller) -> None:
    """Both limits stand in the page and in the answer to the script, to the second."""
    browser = world.client("bvc")
    clock.shift(IDLE / 2)
    page = browser.get("/hjalp/").content.decode()
    said = dict(re.findall(r'data-session-(seconds|longest|who)="(\w+)"', page))
    answer = browser.get(LOOK).json()
    assert said == {key: str(answer[key]) for key in said}
    assert (answer["seconds"], answer["longest"]) == (
        IDLE.total_seconds(),
        (LONGEST - IDLE / 2).total_seconds(),
    )
    for _ in range(MANY):
        clock.shift(IDLE - SECOND)
        answer = browser.get(LOOK).json()
        browser.get("/hjalp/")
    answer = browser.get(LOOK).json()
    # The last twenty minutes: nothing can be prolonged, and the script can see so.
    assert (
        answer["seconds"]
        == answer["longest"]
        == (LONGEST - IDLE / 2 - MANY * (IDLE - SECOND)).total_seconds()
    )


def test_the_answer_tells_hats_apart_and_names_nobody(world: World) -> None:
    """A form that one hat filled in is not sent in another's name."""
    other = world.memberships["tva-enheter/pupil_health"]
    browsers = [
        world.client("tva-enheter"),
        world.client("tva-enheter", membership=other),
        world.client("bvc"),
        world.client("bvc", membership=FAMILY_HAT),
    ]
    answers = [browser.get(LOOK).json() for browser in browsers]
    assert len({answer["who"] for answer in answers}) == 4
    assert world.client("bvc").get(LOOK).json()["who"] == answers[2]["who"]
    for answer in answers:
        assert set(answer) == {"seconds", "longest", "who", "token"}
        assert str(world.accounts["bvc"].pk) not in str(answer)


def test_the_token_of_the_answer_is_one_that_is_taken(world: World) -> None:
    """After signing in again in another tab the old page's own token is worth nothing."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.accounts["bvc"])
    token = browser.get(LOOK).json()["token"]
    assert browser.post("/stanna-kvar/", headers={"X-CSRFToken": token}).status_code == 204
    assert browser.post("/stanna-kvar/", headers={"X-CSRFToken": "x" * 64}).status_code == 403


def test_being_there_is_written_once_a_minute(world: World, clock: time_machine.Traveller) -> None:
    """Most pages cost no statement more for it, and none costs more than one."""
    browser = world.client("bvc")
    clock.shift(59 * SECOND)
    usual = statements(browser, "/hjalp/")
    clock.shift(SECOND)
    later = statements(browser, "/hjalp/")
    assert not any("access.session_move" in sql for sql in usual)
    assert len([sql for sql in later if "access.session_move" in sql]) == 1
    assert len(later) == len(usual) + 1


def test_what_another_tab_chose_meanwhile_stays(world: World, clock: time_machine.Traveller) -> None:
    """Prolonging writes one column, never the session's content."""
    browser = world.client("bvc")
    here, there = browser.session, browser.session
    assert isinstance(here, SessionStore)
    here.get("membership")
    there["another tab"] = "chose"
    there.save()
    clock.shift(IDLE / 2)
    here.prolong()
    assert browser.session["another tab"] == "chose"


def test_the_table_gives_nobody_a_session(world: World) -> None:
    """It holds a digest of the browser's key, and a key that is such a digest opens nothing."""
    browser = world.client("bvc")
    key = str(browser.session.session_key)
    with as_loader():
        rows = list(Session.objects.values())
    assert key not in str(rows)
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = rows[0]["session_key"]
    assert not is_in(thief)
    assert is_in(browser)


def test_nobody_is_told_of_no_session(world: World) -> None:
    assert Client().get(LOOK)["Location"].startswith("/logga-in/")
    assert not is_in(Client())
