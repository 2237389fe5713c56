"""Deadlines: set by the municipality, seen by staff and, as a promise, by the family."""

from __future__ import annotations

from typing import Any

import pytest

from audit.models import Event
from cases.deadlines import DeadlineSetting
from cases.models import Process
from kit.dates import in_words, with_weekday
from tests.database import as_loader
from tests.web.counting import statements
from tests.web.desk.test_entries import text_of
from tests.worlds import World

LIST = "/administration/tidsgranser/"
FORM = f"{LIST}decide/"
NEW: dict[str, Any] = {"working_days": 8, "why": "Familjerna väntar för länge.", "based_on": 1}


def numbers() -> list[tuple[int, int]]:
    with as_loader():
        return list(DeadlineSetting.objects.order_by("no").values_list("no", "working_days"))


def test_a_municipality_sets_its_own(world: World) -> None:
    """The list, the form, the receipt, the history; the page that explains it follows."""
    admin = world.client("admin")
    assert "Tidsgränser" in text_of(admin.get("/administration/"))
    assert "Ingen har ändrat det." in text_of(admin.get(FORM))
    answer = text_of(admin.post(FORM, NEW, follow=True))
    assert "Det gäller det som börjar från och med nu." in answer
    history = text_of(admin.get(FORM))
    assert "8 arbetsdagar (gäller nu)" in history
    assert "Familjerna väntar för länge." in history
    assert "10 arbetsdagar" in history
    with as_loader():
        (event,) = Event.objects.filter(action="deadline_set")
    assert (event.detail["step"], event.detail["number"]) == ("decide", "8")
    explained = text_of(world.client("bvc").get("/sa-gar-det-till/"))
    assert "8 arbetsdagar" in explained
    assert "10 arbetsdagar" in explained  # the family's answer
    assert all(step in explained for step in ("1. Uppmärksamma", "4. Följ upp"))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"working_days": ""}, "Skriv ett tal från 1 till 60"),
        ({"working_days": "0"}, "Skriv ett tal från 1 till 60"),
        ({"working_days": "61"}, "Skriv ett tal från 1 till 60"),
        ({"working_days": "tio"}, "Skriv ett tal från 1 till 60"),
        ({"working_days": 10}, "Så är det redan"),
        ({"why": " "}, "Skriv varför du ändrar"),
    ],
)
def test_what_is_wrong_is_said_and_kept(world: World, change: dict[str, Any], says: str) -> None:
    answer = world.client("admin").post(FORM, NEW | change)
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert (NEW | change)["why"].strip() in text_of(answer)
    assert numbers() == []


def test_two_at_once_and_what_does_not_exist(world: World) -> None:
    """The second is told and keeps what she typed."""
    admin = world.client("admin")
    admin.post(FORM, NEW)
    late = admin.post(FORM, NEW | {"working_days": 7})
    assert late.status_code == 422
    assert "Någon annan har ändrat det" in text_of(late)
    admin.post(FORM, NEW | {"working_days": 7, "based_on": 2})
    assert numbers() == [(2, 8), (3, 7)]
    assert admin.get(f"{LIST}nope/").status_code == 404
    for other in ("bvc", "enhetsadmin", "mamma", "jurist"):
        assert world.client(other).post(FORM, NEW | {"based_on": 3}).status_code == 404, other


def test_staff_and_family_read_the_day(world: World) -> None:
    """Staff as "no later than", the family as a promise; the family's own answer has no day."""
    team = world.teamwork()
    on = world.day(8)
    with as_loader():
        Process.objects.filter(case=team.case).update(state="planning", next_step="plan", next_on=on)
    assert f"senast {in_words(on)}" in text_of(world.client("bvc").get(f"/barn/{team.case.pk}/"))
    family = f"/familj/{world.child.pk}/"
    assert f"Senast {with_weekday(on)}" in text_of(world.client("mamma").get(family))
    with as_loader():
        Process.objects.filter(case=team.case).update(state="consent", next_step="answer", next_on=on)
    assert with_weekday(on) not in text_of(world.client("mamma").get(family))


def test_a_step_is_begun_before_its_day_and_late_after_it(world: World) -> None:
    """Mitt arbete shows what is due in two weeks as this week's, but a follow-up waits for its day."""
    case = world.open_case(state="dialogue", next_step="talk", next_on=world.day(14))

    def shown() -> str:
        return text_of(world.client("bvc").get("/mitt-arbete/"))

    assert "Prata med familjen" in shown()
    with as_loader():
        Process.objects.filter(case=case).update(state="dormant", next_step="look_again")
    assert "Se efter igen om det behövs hjälp" not in shown()
    with as_loader():
        Process.objects.filter(case=case).update(next_on=world.today)
    assert "Se efter igen om det behövs hjälp" in shown()


def test_the_pages_take_the_same_statements(world: World) -> None:
    """However many numbers have been set."""
    admin, staff = world.client("admin"), world.client("bvc")
    admin.post(FORM, NEW)
    few = [statements(admin, FORM), statements(admin, LIST), statements(staff, "/sa-gar-det-till/")]
    for no in range(2, 8):
        admin.post(FORM, NEW | {"based_on": no, "working_days": 20 + no})
    assert [statements(admin, FORM), statements(admin, LIST), statements(staff, "/sa-gar-det-till/")] == few
