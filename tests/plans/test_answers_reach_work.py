"""What a family answers to the plan reaches whoever holds the case, as something to do: without
telling in the list what was said, until it is dealt with."""

from __future__ import annotations

import pytest
from django.core import mail

from cases.models import Process
from cases.queries.work import Todo
from notices import services
from plans.models import Plan
from plans.queries.work import plan_tasks_of
from plans.services.agreeing import agree_plan, reply_for_family
from tests.access.test_two_worlds import MINUTE
from tests.database import as_loader
from tests.web.family.support import seen
from tests.worlds import Teamwork, World

TALK = "Prata med familjen om planen"
SAID = "Det är för mycket för oss."


@pytest.fixture
def team(world: World) -> Teamwork:
    return world.teamwork()


def reply(world: World, team: Teamwork, who: str, value: str, *, minute: int = 0) -> None:
    """She answers, so many minutes after the world's now."""
    with world.act(who, at=world.at + minute * MINUTE) as actor:
        reply_for_family(version=team.plan, value=value, comment=SAID, by=actor)


def asked(world: World, who: str = "bvc") -> int:
    """How many plans she is to talk with a family about."""
    with world.act(who) as actor:
        return [task.todo for task in plan_tasks_of(actor)].count(Todo.TALK_ABOUT_PLAN)


@pytest.mark.parametrize(("value", "expected"), [("no", 1), ("yes_but", 1), ("yes", 0)])
def test_an_answer_that_asks_for_something_is_a_task(
    world: World, team: Teamwork, value: str, expected: int
) -> None:
    assert asked(world) == 0
    reply(world, team, "pappa", value)
    assert asked(world) == expected
    text = seen(world.client("bvc"), "/mitt-arbete/")
    assert (TALK.lower() in text.lower()) == bool(expected)
    assert "nej" not in text.lower()
    assert SAID not in text
    assert "Pappa" not in text


def test_it_leads_to_the_plan_with_its_answer_and_what_to_do(world: World, team: Teamwork) -> None:
    reply(world, team, "mamma", "no")
    browser = world.client("bvc")
    assert f'href="/barn/{team.case.pk}/plan/"' in browser.get("/mitt-arbete/").content.decode()
    text = seen(browser, f"/barn/{team.case.pk}/plan/")
    assert "Familjen har svarat på planen" in text
    assert SAID in text


def test_it_is_hers_who_holds_the_case_and_nobody_elses(world: World, team: Teamwork) -> None:
    """Another unit of the team, a colleague and the arbetsledare are not asked; a coordinator is."""
    reply(world, team, "mamma", "no")
    for who in ("logoped", "forskola", "bvc2", "bvc-ledare", "mamma", "pappa"):
        assert asked(world, who) == 0, who
    with as_loader():
        Process.objects.update(coordinator=world.accounts["bvc2"], coordinator_unit=world.units["bvc"])
    world.assign("bvc2", "bvc", team.case)
    assert (asked(world), asked(world, "bvc2")) == (0, 1)


def test_a_later_yes_ends_it_and_only_ones_own(world: World, team: Teamwork) -> None:
    reply(world, team, "mamma", "no")
    reply(world, team, "pappa", "yes", minute=1)
    assert asked(world) == 1
    reply(world, team, "mamma", "yes", minute=2)
    assert asked(world) == 0


def test_saying_that_one_has_talked_ends_it_until_the_next_answer(world: World, team: Teamwork) -> None:
    reply(world, team, "mamma", "no")
    answer = world.client("bvc").post(f"/barn/{team.case.pk}/plan/sett/", follow=True)
    assert "gäller tills de svarar på nytt" in answer.content.decode()
    assert asked(world) == 0
    page = seen(world.client("bvc"), f"/barn/{team.case.pk}/plan/")
    assert "Planen gäller inte" in page, "the no stands"
    reply(world, team, "pappa", "no", minute=1)
    assert asked(world) == 1


def test_a_new_version_ends_it(world: World, team: Teamwork) -> None:
    """Once it is agreed and shown to the family; what was answered before was about another."""
    reply(world, team, "mamma", "no")
    draft = world.plan(team.case, agreed=False, plan=team.plan.plan, no=2)
    assert asked(world) == 1
    with world.act("bvc") as actor:
        agree_plan(version=draft, by=actor)
    assert asked(world) == 0


def test_a_closed_plan_asks_nobody(world: World, team: Teamwork) -> None:
    reply(world, team, "mamma", "no")
    with as_loader():
        Plan.objects.update(state=Plan.State.CLOSED)
    assert asked(world) == 0


def test_no_mail_tells_of_it(world: World, team: Teamwork) -> None:
    """It stands in her list; nothing is sent to anybody."""
    services.sweep(claims_for=MINUTE)
    before = len(mail.outbox)
    reply(world, team, "mamma", "no")
    services.sweep(claims_for=MINUTE)
    assert len(mail.outbox) == before
