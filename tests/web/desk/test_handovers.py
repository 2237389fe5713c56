"""The pages of a hand-over, through the browser's own doors."""

from __future__ import annotations

import pytest
from django.db import connection

from cases.models import Assignment, Case, Handover, Process
from plans.models import Citation, Goal, Insats, Plan, PlanVersion, Release
from tests.database import as_loader
from tests.web.counting import statements
from tests.web.desk.test_inbox import text_of
from tests.worlds import World


@pytest.fixture
def case(world: World) -> Case:
    """A case of BVC's, with a consent that covers BVC and the school, where nobody works on it yet."""
    case = world.open_case()
    world.consent(case, "bvc", "school")
    return case


def filled(world: World, **changes: str) -> dict[str, str]:
    """The form, filled in."""
    return {
        "kind": "responsibility", "to": str(world.units["school"].pk), "note": "Börjar förskoleklass.",
        "starts_on": world.today.isoformat(), **changes,
    }  # fmt: skip


def test_from_proposal_to_acceptance(world: World, case: Case) -> None:
    """BVC asks, the mentor finds it in the inbox, reads and accepts; the family sees the school."""
    nurse, mentor = world.client("bvc"), world.client("mentor")
    address = f"/barn/{case.pk}/lamna-over/"
    assert "Lämna över till en annan enhet" in text_of(nurse.get(f"/barn/{case.pk}/"))
    assert nurse.post(address, filled(world)).status_code == 302
    page = text_of(nurse.get(address))
    assert f"väntar på {world.units['school'].name}" in page
    assert "Väntar på att" in text_of(nurse.get("/mitt-arbete/"))
    assert "1 ny i enhetens inkorg" in text_of(mentor.get("/mitt-arbete/"))
    assert "Överlämningar att ta emot" in text_of(mentor.get("/enheten/"))
    with as_loader():
        made = Handover.objects.get()
    read = text_of(mentor.get(f"/enheten/lamna-over/{made.pk}/"))
    assert "Börjar förskoleklass." in read
    assert case.child.name in read
    assert "Vem i din enhet" not in read
    answer = mentor.post(f"/enheten/lamna-over/{made.pk}/", {})
    assert (answer.status_code, answer["Location"]) == (302, f"/barn/{case.pk}/")
    family = text_of(world.client("mamma").get(f"/familj/{case.child_id}/"))
    bvc, school = world.units["bvc"].name, world.units["school"].name
    assert f"ansvaret gick från {bvc} till {school}" in family
    assert nurse.get(address).status_code == 403
    again = mentor.post(f"/enheten/lamna-over/{made.pk}/", {}, follow=True)
    assert "En kollega kan ha tagit emot det nyss." in text_of(again)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"to": ""}, "Välj till vem du lämnar över."),
        ({"note": " "}, "Skriv varför, och vad de behöver veta."),
        ({"kind": ""}, "Välj vad du lämnar över."),
        ({"starts_on": "2020-01-01"}, "Välj i dag eller en kommande dag."),
    ],
)
def test_what_is_wrong_stands_on_the_page(
    world: World, case: Case, changes: dict[str, str], said: str
) -> None:
    """And what was typed stays."""
    answer = world.client("bvc").post(f"/barn/{case.pk}/lamna-over/", filled(world, **changes))
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert changes.get("note") or "Börjar förskoleklass." in answer.content.decode()


def test_without_a_yes_one_is_sent_to_ask_for_it(world: World) -> None:
    """Nobody to choose, and the way to the question."""
    case = world.open_case()
    answer = world.client("bvc").get(f"/barn/{case.pk}/lamna-over/")
    assert "Det finns ingen att lämna över till än." in text_of(answer)
    assert f'href="/barn/{case.pk}/samtycke/nytt/"' in answer.content.decode()


def test_declining_needs_a_reason_and_is_read(world: World, case: Case) -> None:
    """On the same page; the giver reads it where she asked."""
    made = world.handover(case, "bvc", "bvc", "school")
    mentor = world.client("mentor")
    answer = mentor.post(f"/enheten/lamna-over/{made.pk}/", {"reason": ""})
    assert (answer.status_code, "Skriv varför du" in text_of(answer)) == (422, True)
    assert mentor.post(f"/enheten/lamna-over/{made.pk}/", {"reason": "Fullt."}).status_code == 302
    assert "Läs varför de tackade nej" in text_of(world.client("bvc").get("/mitt-arbete/"))
    assert "Fullt." in text_of(world.client("bvc").get(f"/barn/{case.pk}/lamna-over/"))


def test_taking_it_back(world: World, case: Case) -> None:
    """After a page that says what that means."""
    made = world.handover(case, "bvc", "bvc", "school")
    address = f"/barn/{case.pk}/lamna-over/{made.pk}/ta-tillbaka/"
    nurse = world.client("bvc")
    assert "Ta tillbaka överlämningen?" in text_of(nurse.get(address))
    assert nurse.post(address).status_code == 302
    assert nurse.get(address).status_code == 404
    assert world.client("mentor").get(f"/enheten/lamna-over/{made.pk}/").status_code == 404


def test_an_arbetsledare_lets_a_colleague_have_it(world: World, case: Case) -> None:
    """She is asked who; the case is then not hers to open."""
    made = world.handover(case, "bvc", "bvc", "school")
    head = world.client("rektor")
    assert "Vem i din enhet tar över?" in text_of(head.get(f"/enheten/lamna-over/{made.pk}/"))
    answer = head.post(f"/enheten/lamna-over/{made.pk}/", {"account": str(world.accounts["mentor"].pk)})
    assert answer["Location"] == "/mitt-arbete/"
    with as_loader():
        assert Process.objects.get(case=case).responsible == world.accounts["mentor"]


def test_barn_utan_ansvarig_stands_first_with_one_action(world: World, case: Case) -> None:
    """The arbetsledare is told on Mitt arbete and Enheten, and says who."""
    with as_loader():
        Assignment.objects.filter(user=world.accounts["bvc"]).delete()
    lead = world.client("bvc-ledare")
    assert "1 barn i enheten saknar ansvarig." in text_of(lead.get("/mitt-arbete/"))
    assert f"Bestäm vem som är ansvarig: {case.child.name}" in text_of(lead.get("/enheten/"))
    address = f"/barn/{case.pk}/ansvarig/"
    assert lead.post(address, {"account": ""}).status_code == 422
    assert lead.post(address, {"account": str(world.accounts["bvc2"].pk)}).status_code == 302
    assert "saknar ansvarig" not in text_of(lead.get("/mitt-arbete/"))
    assert "Barn utan ansvarig" not in text_of(world.client("rektor").get("/enheten/"))


def test_the_number_of_statements_does_not_grow(world: World, case: Case) -> None:
    """One hand-over to accept or eight."""
    counts = []
    for number in (1, 8):
        while len(world.children) < 3 + number:
            child = world.add_child(f"barn{len(world.children)}", world.born(4), ("mamma",))
            new = world.open_case(child)
            world.consent(new, "bvc", "school")
            world.handover(new, "bvc", "bvc", "school", to="mentor")
        counts.append(
            [len(statements(world.client("mentor"), page)) for page in ("/mitt-arbete/", "/enheten/")]
        )
    assert counts[0] == counts[1]


# --- The plan goes on ---------------------------------------------------------------------------


def test_the_new_holder_writes_the_plans_next_version(world: World) -> None:
    """It goes on from what was agreed, builds on what that did, unread, and when it is agreed the
    earlier plan ends."""
    team = world.teamwork()
    hidden = world.entry("bvc", "bvc", team.case)
    world.goal(team.plan, "Ett mål som bygger på något dolt", cites=hidden)
    world.hide(hidden, "pappa")
    made = world.handover(team.case, "bvc", "bvc", "logoped")
    client = world.client("logoped")
    address = f"/barn/{team.case.pk}/plan/"
    assert "Din enhet håller ihop arbetet nu" not in text_of(client.get(address))
    assert client.post(f"/enheten/lamna-over/{made.pk}/", {}).status_code == 302
    assert "Din enhet håller ihop arbetet nu" in text_of(client.get(address))
    assert client.get(f"{address}folj-upp/").status_code == 302
    assert client.post(f"{address}ny/").status_code == 302
    with as_loader():
        draft = PlanVersion.objects.get(owner_unit=world.units["logoped"])
        assert draft.no == team.plan.no + 1
        assert Goal.objects.filter(version=draft).count() == Goal.objects.filter(version=team.plan).count()
        assert (
            Insats.objects.filter(version=draft).count() == Insats.objects.filter(version=team.plan).count()
        )
        assert [c.cited for c in Citation.objects.filter(version=draft)] == [hidden]
        Plan.objects.filter(pk=draft.plan_id).update(state="agreed")
        PlanVersion.objects.filter(pk=draft.pk).update(agreed_at=world.at)
    with world.act("logoped"), connection.cursor() as cursor:
        cursor.execute("select access.plan_takes_over(%s)", [draft.pk])
        assert cursor.fetchone() == (1,)
    with as_loader():
        assert Plan.objects.get(pk=team.plan.plan_id).state == "closed"
        now = Release.objects.filter(version=team.plan, valid__contains=world.days(1))
        assert not now.exists()
