"""The pages of a meeting, through the browser's own doors."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.models import Case, Meeting
from tests.database import as_loader
from tests.web.desk.test_inbox import text_of
from tests.worlds import World


@pytest.fixture
def case(world: World) -> Case:
    """A case of BVC's with the logoped and the police in the team, and the mother's language Arabic."""
    case = world.open_case(state="consent")
    world.consent(case, "bvc", "logoped", "police")
    world.assign("logoped", "logoped", case)
    world.assign("polis", "police", case)
    return case


def filled(world: World, **changes: object) -> dict[str, object]:
    """The form, filled in."""
    return {
        "purpose": "start", "day_1": world.day(3).isoformat(), "time_1": "13.30", "chosen": "1", "form": "place",
        "place": "Rum 3", "interpreter": "yes", "interpreter_language": "arabiska", "interpreter_form": "phone",
        "invited": [f"unit:{world.units['police'].pk}", f"unit:{world.units['logoped'].pk}",
                    f"guardian:{world.guardians['mamma'].pk}"],
        **changes,
    }  # fmt: skip


def newest() -> Meeting:
    with as_loader():
        return Meeting.objects.order_by("-no").first()  # type: ignore[return-value]


def test_from_invitation_to_who_came(world: World, case: Case) -> None:
    """BVC invites, the others and the mother see it, each her part; it is moved, and held."""
    nurse = world.client("bvc")
    answer = nurse.post(f"/barn/{case.pk}/mote/nytt/", filled(world))
    made = newest()
    address = f"/barn/{case.pk}/mote/{made.meeting}/"
    assert (answer.status_code, answer["Location"]) == (302, address)
    page = text_of(nurse.get(address))
    assert "klockan 13.30" in page
    assert world.guardians["mamma"].name in page
    assert "arabiska, via telefon, inte bokad än" in page
    assert "Startmöte" in text_of(nurse.get(f"/barn/{case.pk}/plan/"))
    assert "Möte klockan 13.30" in text_of(nurse.get("/mitt-arbete/"))
    assert world.guardians["mamma"].name in text_of(world.client("logoped").get(address))
    part = text_of(world.client("polis").get(address))
    assert "Rum 3" in part
    assert world.guardians["mamma"].name not in part
    assert world.units["logoped"].name not in part
    family = text_of(world.client("mamma").get(f"/familj/{case.child_id}/"))
    assert "Nästa steg: vi träffas" in family
    assert "klockan 13.30" in family
    assert "Rum 3" not in text_of(world.client("pappa").get(f"/familj/{case.child_id}/"))
    moved = filled(world, day_1=world.day(0).isoformat(), time_1="23:59", based_on="1")
    assert nurse.post(f"{address}andra/", moved).status_code == 302
    assert "Så var det förut" in text_of(nurse.get(address))
    came = {"present": [f"unit:{world.units['logoped'].pk}"], "based_on": "2"}
    assert nurse.post(f"{address}genomfort/", came).status_code == 302
    page = text_of(nurse.get(address))
    assert "Genomfört" in page
    assert "Ändra mötet" not in page
    assert nurse.get(f"{address}andra/").status_code == 302


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"purpose": ""}, "Välj vad mötet handlar om."),
        ({"purpose": "other"}, "Skriv vad mötet handlar om."),
        ({"day_1": ""}, "Fyll i vilken dag mötet är."),
        ({"time_1": ""}, "Fyll i klockslaget."),
        ({"time_1": "halv två"}, "till exempel 13.30"),
        ({"day_1": "2020-01-01"}, "Välj en tid som inte har passerat."),
        ({"time_2": "10.00"}, "Fyll i vilken dag mötet är."),
        ({"chosen": "2"}, "Fyll i den tiden, eller välj en annan."),
        ({"invited": []}, "Välj minst en att kalla."),
        ({"interpreter_language": ""}, "Skriv vilket språk tolken ska tala."),
        ({"interpreter_form": ""}, "Välj hur tolken är med."),
    ],
)
def test_what_is_wrong_stands_on_the_page(
    world: World, case: Case, changes: dict[str, object], said: str
) -> None:
    """And what was typed stays."""
    answer = world.client("bvc").post(f"/barn/{case.pk}/mote/nytt/", filled(world, **changes))
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert 'value="Rum 3"' in answer.content.decode()


def test_the_second_of_two_sees_both(world: World, case: Case) -> None:
    """What a colleague saved first, and her own in the form; then hers is the newest."""
    made = world.meeting(case, "bvc", "bvc", units=("logoped",), place="Rum 1")
    world.meeting(case, "bvc", "bvc", units=("logoped",), place="Rum 2", before=made)
    nurse, address = world.client("bvc"), f"/barn/{case.pk}/mote/{made.meeting}/andra/"
    answer = nurse.post(address, filled(world, based_on="1"))
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "Rum 2" in body
    assert 'value="Rum 3"' in body
    assert 'name="based_on" value="2"' in body
    assert nurse.post(address, filled(world, based_on="2")).status_code == 302
    assert (newest().no, newest().place) == (3, "Rum 3")


def test_cancelled_in_two_steps(world: World, case: Case) -> None:
    """Not without a reason; the units read it, the mother that it is cancelled."""
    made = world.meeting(case, "bvc", "bvc", units=("logoped",), guardians=("mamma",))
    nurse, address = world.client("bvc"), f"/barn/{case.pk}/mote/{made.meeting}/"
    assert "Skriv varför mötet ställs in." in text_of(nurse.post(f"{address}stall-in/", {"reason": ""}))
    assert nurse.post(f"{address}stall-in/", {"reason": "Tolken är sjuk."}).status_code == 302
    assert "Tolken är sjuk." in text_of(world.client("logoped").get(address))
    family = text_of(world.client("mamma").get(f"/familj/{case.child_id}/"))
    assert "Mötet är inställt" in family
    assert "Tolken är sjuk." not in family


def test_who_did_not_come_is_asked_about_once_the_day_is_here(world: World, case: Case) -> None:
    """The one action of Mitt arbete leads to the page, where nothing ticked is refused."""
    made = world.meeting(case, "bvc", "bvc", units=("logoped",), at=world.at - timedelta(minutes=5))
    nurse, address = world.client("bvc"), f"/barn/{case.pk}/mote/{made.meeting}/genomfort/"
    assert address in nurse.get("/mitt-arbete/").content.decode()
    answer = nurse.post(address, {})
    assert answer.status_code == 422
    assert "Kryssa i minst en som kom." in text_of(answer)
