"""After each decision there is a next step, and a case without a plan can be closed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.models import Case, Process
from kit.working_days import add_working_days
from tests.database import as_loader
from tests.web.desk.test_notice import text_of
from tests.worlds import World


@pytest.fixture
def case(world: World) -> Case:
    """A case that BVC holds, ready to be decided."""
    return world.open_case(state="assessment", next_step="find_out")


def decide(world: World, case: Case, outcome: str, **values: str) -> int:
    """Decide by the page; the status of the answer."""
    posted = {"outcome": outcome, "reasons": "Vi har pratat.", "follow_up_on": ""} | values
    return int(world.client("bvc").post(f"/barn/{case.pk}/beslut/", posted).status_code)


def overview(world: World, case: Case) -> str:
    """The child's page."""
    return text_of(world.client("bvc").get(f"/barn/{case.pk}/"))


def test_own_support_is_followed_up_on_a_day(world: World, case: Case) -> None:
    """Which is asked for, and stands as the next step."""
    today = world.today
    assert decide(world, case, "own_support") == 422
    assert decide(world, case, "own_support", follow_up_on=str(today)) == 422
    on = today + timedelta(days=40)
    assert decide(world, case, "own_support", follow_up_on=str(on)) == 302
    with as_loader():
        process = Process.objects.get()
        assert (process.next_step, process.next_on) == ("support", on)
    page = overview(world, case)
    assert "Följ upp ert eget stöd" in page
    assert "Bestäm vad barnet behöver" not in page
    assert "Följ upp ert eget stöd" in text_of(world.client("bvc").get("/barn/"))
    assert decide(world, case, "no_need") == 302
    with as_loader():
        assert Process.objects.get().next_on == add_working_days(today, 5)


def test_no_need_leads_to_closing_with_a_reason(world: World, case: Case) -> None:
    """The receipt says why and when; a reason is asked for."""
    assert decide(world, case, "no_need") == 302
    address = f"/barn/{case.pk}/avsluta/"
    assert f'href="{address}"' in overview(world, case)
    assert "Avsluta ärendet" in text_of(world.client("bvc").get("/mitt-arbete/"))
    client = world.client("bvc")
    assert client.post(address, {}).status_code == 422
    answer = client.post(address, {"reason": "ordinary_service"}, follow=True)
    assert "Ärendet är avslutat" in text_of(answer)
    assert "Behoven tillgodoses" in text_of(answer) or "ordinarie" in text_of(answer)
    assert client.post(address, {"reason": "moved"}).status_code == 403


def test_what_belongs_elsewhere_begins_with_the_family(world: World, case: Case) -> None:
    """Nothing goes to another service without its consent, so that is the next step."""
    assert decide(world, case, "hand_over") == 302
    page = overview(world, case)
    assert "Prata med familjen om den andra verksamheten" in page
    assert f'href="/barn/{case.pk}/samtycke/nytt/"' in page


def test_the_list_and_my_work_and_the_page_say_one_thing(world: World, case: Case) -> None:
    """Nobody is waited for who was never asked."""
    assert decide(world, case, "collaborate") == 302
    client = world.client("bvc")
    for address in ("/barn/", "/mitt-arbete/", f"/barn/{case.pk}/"):
        assert "Fråga familjen om samtycke" in text_of(client.get(address)), address


def test_a_case_with_a_plan_is_closed_by_its_follow_up(world: World) -> None:
    team = world.teamwork()
    answer = world.client("bvc").get(f"/barn/{team.case.pk}/avsluta/")
    assert answer["Location"] == f"/barn/{team.case.pk}/plan/folj-upp/"


def test_only_the_holder_closes(world: World) -> None:
    team = world.teamwork()
    assert world.client("logoped").get(f"/barn/{team.case.pk}/avsluta/").status_code == 403
    assert world.client("bvc2").get(f"/barn/{team.case.pk}/avsluta/").status_code == 404
