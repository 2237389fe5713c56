"""What came of goals and insatser at a follow-up: written in few clicks, read as the goal and the
insats are, in the family's words too."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from kit.dates import in_words
from kit.errors import Refused
from plans.models import FollowUp, Goal, GoalResult, InsatsResult, PlanVersion
from plans.services.doing import Came, Held, hold_follow_up
from tests.database import as_loader
from tests.web.desk.test_consents_and_plans import fields_of
from tests.worlds import Teamwork, World

WHY = "Gruppen var full."


def lineages(world: World, team: Teamwork) -> dict[str, UUID]:
    """The goal's, and those of the units' insatser."""
    with as_loader():
        goal = Goal.objects.get(version=team.plan).lineage
    return {"goal": goal} | {
        unit: world.row_of(team.plan, unit).lineage for unit in ("bvc", "logoped", "leisure", "police")
    }


def hold(world: World, team: Teamwork, outcome: str = "continue", **rows: Came) -> dict[str, UUID]:
    """A follow-up of today, the goal partly reached."""
    ids = lineages(world, team)
    with world.act("bvc") as actor:
        held = Held(
            held_on=actor.today, outcome=outcome, goals={ids["goal"]: "partly"}, next_on=world.day(80),
            rows={ids[unit]: came for unit, came in rows.items()},
        )  # fmt: skip
        hold_follow_up(version=team.plan, held=held, by=actor)
    return ids


def page(world: World, who: str, address: str) -> str:
    return world.client(who).get(address).content.decode()


def test_the_form_comes_with_what_is_likely_and_is_sent_by_one_choice(world: World) -> None:
    """Each insats as its unit has said it, else going on; the goal partly; only the outcome is chosen."""
    team = world.teamwork()
    ids = lineages(world, team)
    world.status(world.row_of(team.plan, "logoped"), "logoped", "done")
    address = f"/barn/{team.case.pk}/plan/folj-upp/"
    fields = fields_of(page(world, "bvc", address))
    assert [fields[f"row_{ids[unit]}"] for unit in ("bvc", "logoped")] == ["ongoing", "done"]
    assert fields[f"goal_{ids['goal']}"] == "partly"
    assert "outcome" not in fields
    assert world.client("bvc").post(address, {**fields, "outcome": "continue"}).status_code == 302
    with as_loader():
        (result,) = GoalResult.objects.all()
        rows = {row.insats.lineage: row.value for row in InsatsResult.objects.select_related("insats")}
    assert (result.value, result.held_on) == ("partly", world.today)
    assert {rows[ids["logoped"]], rows[ids["bvc"]]} == {"done", "ongoing"}


def test_not_done_says_why_by_its_field_in_the_service_and_in_the_database(world: World) -> None:
    team = world.teamwork()
    ids = lineages(world, team)
    address = f"/barn/{team.case.pk}/plan/folj-upp/"
    client = world.client("bvc")
    fields = fields_of(client.get(address).content.decode()) | {"outcome": "continue"}
    wrong = client.post(address, {**fields, f"row_{ids['logoped']}": "not_done"})
    assert wrong.status_code == 422
    assert re.search(rf'href="#id_reason_{ids["logoped"]}"', wrong.content.decode())
    with pytest.raises(Refused) as refused:
        hold(world, team, logoped=Came("not_done", " "))
    assert refused.value.field == f"reason_{ids['logoped']}"
    follow_up = world.follow_up(team.plan, "bvc")
    with pytest.raises(IntegrityError), transaction.atomic():
        world.results(follow_up, world.row_of(team.plan, "logoped"), "not_done")


def test_it_is_read_on_the_plan_in_its_history_and_by_the_family_in_plain_words(world: World) -> None:
    team = world.teamwork()
    hold(world, team, logoped=Came("not_done", WHY), bvc=Came("done"))
    day = in_words(world.today)
    for who in ("bvc", "forskola"):
        shown = page(world, who, f"/barn/{team.case.pk}/plan/")
        assert shown.count(WHY) == 2, who
        assert f"Vid uppföljningen {day}:" in shown
    family = page(world, "mamma", f"/familj/{world.child.pk}/")
    assert f"När vi följde upp {day} hade vi kommit en bit på väg." in family
    assert f"När vi följde upp {day} hade det inte blivit av: {WHY}" in family
    assert f"När vi följde upp {day} var det gjort." in family


def test_leisure_reads_of_its_own_row_alone(world: World) -> None:
    team = world.teamwork()
    hold(world, team, logoped=Came("not_done", WHY), leisure=Came("not_done", "Lokalen var stängd."))
    shown = page(world, "fritid", f"/barn/{team.case.pk}/plan/")
    assert "Lokalen var stängd." in shown
    assert WHY not in shown
    with world.act("fritid"):
        assert [row.reason for row in InsatsResult.objects.all()] == ["Lokalen var stängd."]
        assert not GoalResult.objects.exists()


def test_more_support_leads_to_the_question_of_consent_and_changes_no_plan(world: World) -> None:
    team = world.teamwork()
    address = f"/barn/{team.case.pk}/plan/folj-upp/"
    client = world.client("bvc")
    fields = fields_of(client.get(address).content.decode())
    answer = client.post(address, {**fields, "outcome": "step_up"})
    assert answer["Location"] == f"/barn/{team.case.pk}/samtycke/nytt/"
    with as_loader():
        assert PlanVersion.objects.count() == 1


def test_less_support_leads_to_a_draft_of_less(world: World) -> None:
    team = world.teamwork()
    address = f"/barn/{team.case.pk}/plan/folj-upp/"
    client = world.client("bvc")
    fields = fields_of(client.get(address).content.decode())
    answer = client.post(address, {**fields, "outcome": "step_down"})
    assert answer["Location"] == f"/barn/{team.case.pk}/plan/redigera/"
    with as_loader():
        assert FollowUp.objects.get().outcome == "step_down"
        assert PlanVersion.objects.filter(agreed_at=None).count() == 1
