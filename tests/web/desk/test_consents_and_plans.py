"""Decision, consent, plan and follow-up by their pages alone, without JavaScript."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from cases.models import Case, Entry, Process
from consent.models import Answer, Consent
from kit.dates import in_words, with_weekday
from plans.models import Goal, Insats, Plan, PlanVersion, Release, Status
from tests.database import as_loader
from tests.worlds import World


@pytest.fixture
def case(world: World) -> Case:
    """A case that BVC holds."""
    return world.open_case()


def fields_of(page: str) -> dict[str, str]:
    """The names and values of a page's text-like fields and checked boxes."""
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and (not re.search(r'type="(radio|checkbox)"', tag) or "checked" in tag):
            found[name[1]] = value[1] if value else "on" if "checkbox" in tag else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\n?([^<]*)</textarea>', page):
        found[name] = text
    return found


def text_of(response: Any) -> str:
    """The page."""
    return str(response.content.decode())


def test_samverka_leads_to_the_consent_with_everything_filled_in(world: World, case: Case) -> None:
    """The unit that noticed stands ticked, the purpose names the child, half a year."""
    world.signal(to_unit="bvc", case=case, taken_by="bvc")
    client = world.client("bvc")
    answer = client.post(f"/barn/{case.pk}/beslut/", {"outcome": "collaborate", "reasons": "Flera behövs."})
    assert answer.status_code == 302
    page = text_of(client.get(answer["Location"]))
    fields = fields_of(page)
    assert fields[f"unit_{world.units['preschool'].pk}"] == "on"
    assert f"unit_{world.units['logoped'].pk}" not in fields
    assert world.child.given_name in fields["purpose"]
    with as_loader():
        assert Entry.objects.get(case=case, kind="assessment").owner_unit == world.units["bvc"]
        assert Process.objects.get(case=case).state == "consent"


def ask(world: World, client: Client, case: Case, **changes: Any) -> Any:
    """Post the question about logoped and leisure."""
    logoped, leisure = world.units["logoped"].pk, world.units["leisure"].pk
    day = world.today
    return client.post(
        f"/barn/{case.pk}/samtycke/nytt/",
        {
            "purpose": "Stöd i språket",
            "child_asked": "on",
            "child_view": "Barnet vill leka med Bo.",
            "first_on": day.isoformat(),
            "last_on": (day + timedelta(days=200)).isoformat(),
            f"unit_{logoped}": "on",
            f"categories_{logoped}": ["plan", "basis", "health"],
            f"unit_{leisure}": "on",
            f"categories_{leisure}": ["practical"],
            **changes,
        },
    )


def test_a_period_over_twelve_months_is_handed_back(world: World, case: Case) -> None:
    """What was typed is kept, the message says what to do, nothing is asked."""
    last = world.day(400)
    answer = ask(world, world.client("bvc"), case, last_on=last.isoformat())
    assert answer.status_code == 422
    assert "högst 12 månader" in text_of(answer)
    assert "Stöd i språket" in text_of(answer)
    with as_loader():
        assert not Consent.objects.exists()


def test_leisure_is_never_shown_the_basis(world: World, case: Case) -> None:
    """A forged category for a unit without secrecy is refused."""
    leisure = world.units["leisure"].pk
    answer = ask(world, world.client("bvc"), case, **{f"categories_{leisure}": ["basis"]})
    assert answer.status_code == 422


def test_a_consent_is_noted_person_by_person(world: World, case: Case) -> None:
    """ "Ja till alla" for one, one no for the other: the unit refused stays closed."""
    client = world.client("bvc")
    consent_page = ask(world, client, case)["Location"]
    shown = text_of(client.get(consent_page))
    assert "Vi väntar på svar" in shown
    mamma, pappa = world.guardians["mamma"].pk, world.guardians["pappa"].pk
    shown = text_of(client.get(consent_page))
    assert "/ta-tillbaka/" not in shown, "nobody has a yes to take back"
    paper = {"route": "paper", "all": "yes_to_all"}
    for wrong, words in ((1, "kan inte ligga i framtiden"), (-1, "kan inte vara äldre")):
        day = str(world.day(wrong))
        noted = client.post(f"{consent_page}svar/{mamma}/", paper | {"answered_on": day})
        assert (noted.status_code, words in text_of(noted)) == (422, True), wrong
    today = {"answered_on": str(world.today)}
    noted = client.post(f"{consent_page}svar/{mamma}/", paper | today)
    assert noted.status_code == 302
    assert f"/ta-tillbaka/{mamma}/" in text_of(client.get(consent_page))
    assert world.guardians["pappa"].name in text_of(client.get(consent_page))
    page = text_of(client.get(f"{consent_page}svar/{pappa}/"))
    names = re.findall(r'name="(answer_[^"]*)"', page)
    replies = dict.fromkeys(names, "yes")
    with as_loader():
        no = Answer.objects.get(scope__unit=world.units["leisure"], guardian=pappa)
    replies[f"answer_{no.pk}"] = "no"
    assert (
        client.post(f"{consent_page}svar/{pappa}/", {"route": "phone", **replies, **today}).status_code == 302
    )
    assert "De enheter som alla har sagt ja till är inbjudna nu" in text_of(client.get(consent_page))
    with as_loader():
        consent = Consent.objects.get()
        assert {s.unit.kind: s.state for s in consent.scope_set.all()} == {
            "child_health": "given", "health_care": "given", "leisure": "conflict",
        }  # fmt: skip
        assert consent.state == "partly"
    assert "Ja till en del" in text_of(client.get(f"/barn/{case.pk}/samtycke/"))


def test_staff_note_that_a_yes_is_taken_back(world: World) -> None:
    """The receipt names what closed; the unit is out at once."""
    team = world.teamwork()
    client = world.client("bvc")
    mamma = world.guardians["mamma"].pk
    address = f"/barn/{team.case.pk}/samtycke/{team.consent.pk}/ta-tillbaka/{mamma}/"
    answer = client.post(address, {"units": [str(world.units["logoped"].pk)], "route": "phone"})
    receipt = answer["Location"]
    assert receipt == f"{address}?kvitto=1"
    for _ in range(2):  # one can come back to it
        assert "Det här stängdes nyss" in text_of(client.get(receipt))
        assert world.units["logoped"].name in text_of(client.get(receipt))
    other = world.client("bvc").get(receipt)
    assert other["Location"] == f"/barn/{team.case.pk}/samtycke/{team.consent.pk}/"
    assert world.client("logoped").get(f"/barn/{team.case.pk}/plan/").status_code == 404


@pytest.mark.parametrize(
    "name", ["bvc2", "soc", "soc-vaxjo", "kurator", "styrgrupp", "admin", "dataskydd", "granne", "mamma"]
)
def test_nobody_else_opens_the_pages(world: World, name: str) -> None:
    """Every page of consent and plan is 404 for those without the case."""
    team = world.teamwork()
    client = world.client(name)
    for below in (
        "beslut/", "samtycke/", "samtycke/nytt/", f"samtycke/{team.consent.pk}/", "plan/",
        "plan/redigera/", "plan/folj-upp/", f"plan/{team.plan.pk}/", f"plan/{team.plan.pk}/svar/",
        f"plan/{team.plan.pk}/faststall/", f"plan/{team.plan.pk}/foresla/",
    ):  # fmt: skip
        assert client.get(f"/barn/{team.case.pk}/{below}").status_code == 404, below


def save_a_draft(world: World, client: Client, case: Case) -> PlanVersion:
    """Write a goal with two rows and a step of the family's, button by button."""
    client.post(f"/barn/{case.pk}/plan/ny/")
    address = f"/barn/{case.pk}/plan/redigera/"
    fields = fields_of(text_of(client.get(address)))
    fields = fields_of(text_of(client.post(address, {**fields, "press": "add_goal"})))
    goal = fields["goal_order"]
    for _ in range(2):
        fields = fields_of(
            text_of(
                client.post(
                    address, {**fields, f"{goal}-text": "Milo säger vad han vill", "press": f"add_row:{goal}"}
                )
            )
        )
    fields = fields_of(text_of(client.post(address, {**fields, "press": "add_step"})))
    one, two = fields["row_order"].split(",")
    step = fields["step_order"]
    bvc = f"{world.units['bvc'].pk}/{world.accounts['bvc'].pk}"
    logoped = f"{world.units['logoped'].pk}/{world.accounts['logoped'].pk}"
    fields |= {
        f"{one}-what": "Hörselprov", f"{one}-who": bvc,
        f"{two}-what": "Språklek varje vecka", f"{two}-who": logoped,
        f"{step}-what": "Vi läser varje kväll",
        "next_follow_up_on": world.day(60).isoformat(),
    }  # fmt: skip
    saved = client.post(address, fields)
    assert saved.status_code == 302, text_of(saved)
    with as_loader():
        return PlanVersion.objects.get(case=case)


@pytest.fixture
def team_case(world: World) -> Case:
    """A case with consent for the logoped, who has taken it."""
    case = world.open_case(state="invited")
    world.consent(case, "bvc", "logoped")
    world.assign("logoped", "logoped", case)
    return case


def test_a_plan_from_first_goal_to_agreed(world: World, team_case: Case) -> None:
    """Draft, proposal, the unit's yes, agreed version 1 released to both guardians."""
    client, logoped = world.client("bvc"), world.client("logoped")
    version = save_a_draft(world, client, team_case)
    plan = f"/barn/{team_case.pk}/plan/"
    assert "Språklek" not in text_of(logoped.get(plan))
    assert client.post(f"{plan}{version.pk}/faststall/").status_code == 403
    assert client.get(f"{plan}{version.pk}/foresla/").status_code == 200
    assert client.post(f"{plan}{version.pk}/foresla/").status_code == 302
    assert "Språklek" in text_of(logoped.get(plan))
    assert logoped.post(f"{plan}{version.pk}/svar/", {"agrees": "yes"}).status_code == 302
    assert client.get(f"{plan}{version.pk}/faststall/").status_code == 200
    assert client.post(f"{plan}{version.pk}/faststall/").status_code == 302
    shown = text_of(client.get(plan))
    assert "Version 1" in shown
    assert "Gäller" in shown
    with as_loader():
        assert Plan.objects.get().state == "agreed"
        assert Release.objects.filter(to_guardian__isnull=False).count() == 2
        row = Insats.objects.select_related("goal").get(unit=world.units["logoped"])
        assert row.goal
        assert row.goal.text == "Milo säger vad han vill"
        family = Insats.objects.get(unit__isnull=True)
    assert family.what == "Vi läser varje kväll"
    report = logoped.post(f"{plan}insats/{row.pk}/", {"value": "ongoing"})
    assert report.status_code == 302
    assert client.post(f"{plan}insats/{row.pk}/", {"value": "done"}).status_code == 403
    with as_loader():
        assert Status.objects.get().value == "ongoing"


def test_two_people_saving_see_both_texts(world: World, team_case: Case) -> None:
    """The second is shown the saved text beside her own; nothing is overwritten."""
    client = world.client("bvc")
    save_a_draft(world, client, team_case)
    address = f"/barn/{team_case.pk}/plan/redigera/"
    mine = fields_of(text_of(client.get(address)))
    goal = mine["goal_order"]
    theirs = {**mine, f"{goal}-text": "Deras text", **_choices(world, mine)}
    assert client.post(address, theirs).status_code == 302
    answer = client.post(address, {**mine, f"{goal}-text": "Min text", **_choices(world, mine)})
    assert answer.status_code == 409
    assert "Min text" in text_of(answer)
    assert "Deras text" in text_of(answer)
    with as_loader():
        assert Goal.objects.get().text == "Deras text"


def _choices(world: World, fields: dict[str, str]) -> dict[str, str]:
    """Who does each row: a select, which fields_of doesn't read."""
    bvc = f"{world.units['bvc'].pk}/{world.accounts['bvc'].pk}"
    return {f"{row}-who": bvc for row in fields["row_order"].split(",")}


def test_a_row_for_a_unit_that_takes_no_part_is_handed_back(world: World, team_case: Case) -> None:
    """Choosing somebody outside the team is no choice; what was typed stays."""
    client = world.client("bvc")
    save_a_draft(world, client, team_case)
    address = f"/barn/{team_case.pk}/plan/redigera/"
    fields = fields_of(text_of(client.get(address)))
    outside = f"{world.units['social'].pk}/{world.accounts['soc'].pk}"
    answer = client.post(
        address, {**fields, **_choices(world, fields), f"{fields['row_order'].split(',')[0]}-who": outside}
    )
    assert answer.status_code == 422
    assert "Hörselprov" in text_of(answer)


def test_a_removed_row_can_be_had_back(world: World, team_case: Case) -> None:
    """Undo puts it where it was, with its text."""
    client = world.client("bvc")
    save_a_draft(world, client, team_case)
    address = f"/barn/{team_case.pk}/plan/redigera/"
    fields = fields_of(text_of(client.get(address)))
    first = fields["row_order"].split(",")[0]
    gone = fields_of(text_of(client.post(address, {**fields, "press": f"remove:{first}"})))
    assert first not in gone["row_order"]
    back = client.post(address, {**fields, **gone, "press": "undo:"})
    assert fields_of(text_of(back))["row_order"] == fields["row_order"]
    assert "Hörselprov" in text_of(back)


def test_a_follow_up_goes_on_or_closes(world: World, team_case: Case) -> None:
    """A new date stands in the process; closing asks for a reason."""
    client, logoped = world.client("bvc"), world.client("logoped")
    version = save_a_draft(world, client, team_case)
    plan = f"/barn/{team_case.pk}/plan/"
    client.post(f"{plan}{version.pk}/foresla/")
    logoped.post(f"{plan}{version.pk}/svar/", {"agrees": "yes"})
    client.post(f"{plan}{version.pk}/faststall/")
    day = world.today
    held = {**fields_of(text_of(client.get(f"{plan}folj-upp/"))), "outcome": "continue"}
    assert client.post(f"{plan}folj-upp/", {**held, "next_on": ""}).status_code == 422
    later = (day + timedelta(days=80)).isoformat()
    assert client.post(f"{plan}folj-upp/", {**held, "next_on": later}).status_code == 302
    with as_loader():
        assert str(Process.objects.get(case=team_case).next_on) == later
    closing = {**held, "outcome": "close"}
    assert client.post(f"{plan}folj-upp/", closing).status_code == 422
    closing["close_reason"] = "goals_reached"
    asked = text_of(client.post(f"{plan}folj-upp/", closing))
    assert "Mål uppnått" in asked
    assert f"{world.units['logoped'].name} kan inte längre läsa" in asked
    with as_loader():
        assert Process.objects.get(case=team_case).closed_at is None
    assert client.post(f"{plan}folj-upp/", {**closing, "confirm": "1"}).status_code == 302
    with as_loader():
        assert Process.objects.get(case=team_case).close_reason == "goals_reached"
        assert Plan.objects.get().state == "closed"
    assert client.post(f"{plan}ny/").status_code == 403


def test_a_follow_up_that_is_over_is_said_by_its_field(world: World, team_case: Case) -> None:
    """Nothing is saved, and the summary leads to the day."""
    client = world.client("bvc")
    save_a_draft(world, client, team_case)
    address = f"/barn/{team_case.pk}/plan/redigera/"
    fields = fields_of(text_of(client.get(address)))
    wrong = {**fields, **_choices(world, fields), "next_follow_up_on": "2020-01-01"}
    answer = client.post(address, wrong)
    page = text_of(answer)
    assert answer.status_code == 422
    assert re.search(r'href="#id_next_follow_up_on"[^>]*>\s*Nästa uppföljning måste vara', page)
    assert re.search(r'<input[^>]*name="next_follow_up_on"[^>]*aria-invalid="true"', page)


def test_a_draft_is_thrown_away_after_a_question(world: World, team_case: Case) -> None:
    client = world.client("bvc")
    draft = save_a_draft(world, client, team_case)
    plan = f"/barn/{team_case.pk}/plan/"
    assert f"{plan}{draft.pk}/kasta/" in text_of(client.get(plan))
    assert "Kasta utkastet?" in text_of(client.get(f"{plan}{draft.pk}/kasta/"))
    assert client.post(f"{plan}{draft.pk}/kasta/").status_code == 302
    assert "Det finns ingen plan" in text_of(client.get(plan))
    assert client.get(f"{plan}{draft.pk}/kasta/").status_code == 404


def test_a_yes_taken_back_stands_on_the_plan_until_it_is_looked_over(world: World) -> None:
    """The holder alone says so."""
    team = world.teamwork()
    client = world.client("bvc")
    plan = f"/barn/{team.case.pk}/plan/"
    mamma = world.guardians["mamma"].pk
    address = f"/barn/{team.case.pk}/samtycke/{team.consent.pk}/ta-tillbaka/{mamma}/"
    client.post(address, {"units": [str(world.units["logoped"].pk)], "route": "phone"})
    shown = text_of(client.get(plan))
    assert "Ett ja har tagits tillbaka" in shown
    assert "Gäller" in shown
    assert "Se över planen, samtycket har ändrats" in text_of(client.get("/mitt-arbete/"))
    assert world.client("forskola").post(f"{plan}sett/").status_code == 403
    assert client.post(f"{plan}sett/").status_code == 302
    assert "Ett ja har tagits tillbaka" not in text_of(client.get(plan))
    assert "Se över planen" not in text_of(client.get("/mitt-arbete/"))


def test_the_draft_shows_wheel_area_and_follow_up(world: World, team_case: Case) -> None:
    """Whose view the wheel is, with the day in words, in the choice and on the plan."""
    client = world.client("bvc")
    data = {"perspective": "professional", "scores": {}}
    wheel = world.entry("bvc", "bvc", team_case, "wheel", body="", data=data)
    save_a_draft(world, client, team_case)
    address = f"/barn/{team_case.pk}/plan/redigera/"
    page = text_of(client.get(address))
    label = f"personal, {in_words(wheel.happened_on)}"
    assert label in page
    assert "“" not in page
    fields = fields_of(page)
    goal = fields["goal_order"]
    client.post(
        address,
        {**fields, **_choices(world, fields), "wheel": str(wheel.pk), f"{goal}-wheel_area": "active"},
    )
    shown = text_of(client.get(f"/barn/{team_case.pk}/plan/"))
    assert label in shown
    assert "Område i hjulet: Aktiv" in shown
    assert with_weekday(world.day(60)) in shown
