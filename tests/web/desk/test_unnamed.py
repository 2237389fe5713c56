"""Fråga utan namn: ask, be stopped, answer, ask once more, end it; and who sees nothing of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import Error, connection, transaction

from access.permissions import Permission
from access.reasons import Reason
from access.roles import Role
from access.unnamed import UnnamedFacts, decide_unnamed
from audit.models import Event
from cases.models import Case, Draft, Signal, UnnamedMessage, UnnamedQuestion
from cases.queries.unnamed import units_to_ask
from cases.services.unnamed import UnnamedText, answer_unnamed
from kit.errors import Conflict, Refused
from plans import retention
from tests.database import as_loader
from tests.web.counting import statements
from tests.worlds import World

ASK = "/fraga-utan-namn/"


def text_of(response: Any) -> str:
    return str(response.content.decode())


def sent(world: World, text: str, **more: str) -> Any:
    values = {"to_unit": str(world.units["bvc"].pk), "age": "3-5", "text": text, "tried": ""}
    return world.client("forskola").post(ASK, values | more, follow=True)


def asked() -> list[UnnamedQuestion]:
    with as_loader():
        return list(UnnamedQuestion.objects.all())


# --- The rule ------------------------------------------------------------------------------------


@pytest.mark.parametrize("messages", range(6))
@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("asks", [False, True])
@pytest.mark.parametrize("permission", [Permission.ASK_UNNAMED, Permission.ANSWER_UNNAMED])
def test_they_take_turns(permission: Permission, asks: bool, closed: bool, messages: int) -> None:
    """The asker's are the first and third, the unit's the second and fourth, while it is not ended."""
    facts = UnnamedFacts(Role.CASEWORKER, asks=asks, answers=not asks, messages=messages, closed=closed)
    hers = asks is (permission is Permission.ASK_UNNAMED)
    turn = messages in ((0, 2) if asks else (1, 3))
    assert bool(decide_unnamed(permission, facts)) is (hers and turn and not closed)


@pytest.mark.parametrize("role", list(Role))
def test_whoever_works_with_children_asks(role: Role) -> None:
    facts = UnnamedFacts(role, asks=True, answers=False, messages=0)
    assert bool(decide_unnamed(Permission.ASK_UNNAMED, facts)) is (
        role in {Role.CASEWORKER, Role.LEAD, Role.LAWYER}
    )


def test_nobody_asks_her_own_unit() -> None:
    own = UnnamedFacts(Role.CASEWORKER, asks=True, answers=True, messages=0)
    assert decide_unnamed(Permission.ASK_UNNAMED, own).reason == Reason.QUESTION_TO_ONESELF


# --- Asking -----------------------------------------------------------------------------------------


def test_a_question_is_sent_and_belongs_to_nobody(world: World) -> None:
    """Sent, received, recorded; no case, no signal and no draft comes of it."""
    page = text_of(sent(world, "Hur hjälper vi ett barn som biter?", tried="Vi har tröstat."))
    assert "Din fråga är skickad" in page
    (question,) = asked()
    assert (question.age, question.to_unit, question.asked_by) == (
        "3-5",
        world.units["bvc"],
        world.accounts["forskola"],
    )
    with as_loader():
        message = UnnamedMessage.objects.get()
        assert (message.no, message.tried, message.said_no_name) == (1, "Vi har tröstat.", False)
        assert (Case.objects.count(), Signal.objects.count(), Draft.objects.count()) == (0, 0, 0)
        event = Event.objects.get(action="question_asked")
        assert (event.child, event.case, event.object) == (None, None, question.pk)


def test_the_way_past_is_for_names_alone_and_is_kept(world: World) -> None:
    """The box comes after the stop, names the words, and is recorded."""
    first = sent(world, "Vi kallar leken Trollet. Vad gör vi?")
    assert first.status_code == 422
    page = text_of(first)
    assert "”Trollet” ser ut som ett namn. Skriv ”barnet” i stället." in page
    assert "Det är inget namn: ”Trollet”" in page
    assert "Vi kallar leken Trollet." in page
    past = {"is_no_name": "on", "shown_words": "Trollet"}
    assert sent(world, "Vi kallar leken Trollet och Zeb.", **past).status_code == 422
    assert sent(world, "Vi kallar leken Trollet, 120510-1234.", **past).status_code == 422
    assert asked() == []
    assert "Din fråga är skickad" in text_of(sent(world, "Vi kallar leken Trollet. Vad gör vi?", **past))
    with as_loader():
        assert UnnamedMessage.objects.get().said_no_name
        assert Event.objects.get(action="question_asked").detail == {"said_no_name": "1"}


@pytest.mark.parametrize(
    "text",
    [
        "120510-1234",
        "ring 0470-123 45 67",
        "a@b.se",
        "Storgatan 12",
        "1205\n10\u200b-1234",
        "födda 2012-05-10",
    ],
)
def test_numbers_have_no_way_past(world: World, text: str) -> None:
    """Whatever the browser sends along; what was typed stays."""
    answer = sent(world, f"Det gäller {text}.", is_no_name="on", shown_words=f"{text}|Storgatan")
    assert answer.status_code == 422
    assert "ser ut som" in text_of(answer)
    assert "Det gäller " in text_of(answer)
    assert asked() == []


def test_what_was_tried_is_looked_at_too(world: World) -> None:
    page = text_of(sent(world, "Vad gör vi?", tried="Vi ringde Alva."))
    assert "”Alva” ser ut som ett namn" in page
    assert asked() == []


def test_an_empty_form_says_what_is_missing(world: World) -> None:
    answer = world.client("forskola").post(ASK, {})
    assert answer.status_code == 422
    for words in ("Välj vilken enhet du frågar", "Skriv din text"):
        assert words in text_of(answer)
    assert sent(world, "Hej?", to_unit=str(world.units["preschool"].pk)).status_code == 422


def test_units_with_somebody_at_work_the_own_municipalitys_first(world: World) -> None:
    world.add_unit("tom", "health_care", "Region Kronoberg", "0761")
    with world.act("forskola") as actor:
        units = units_to_ask(actor)
    names = [unit.name for unit in units]
    assert "tom" not in names
    assert world.units["preschool"] not in units
    assert names[-1] == world.units["social_vaxjo"].name
    assert {"leisure", "police", "bvc"} <= set(names)


# --- Answering -----------------------------------------------------------------------------------


def test_answered_asked_once_more_and_ended(world: World) -> None:
    """The inbox, the answer, the line on Mitt arbete, the follow-up, the end."""
    question = world.question()
    page = f"{ASK}{question.pk}/"
    bvc, forskola = world.client("bvc2"), world.client("forskola")
    assert "Frågor utan namn" in text_of(bvc.get("/enheten/"))
    assert "1 ny i enhetens inkorg" in text_of(bvc.get("/mitt-arbete/"))
    assert "”Alva” ser ut som ett namn" in text_of(bvc.post(page, {"text": "Alva behöver vila."}))
    assert "Ditt svar är skickat" in text_of(bvc.post(page, {"text": "Ge barnet ord."}, follow=True))
    assert bvc.post(page, {"text": "En sak till."}).status_code == 403
    assert "bvc har svarat på din fråga utan namn" in text_of(forskola.get("/mitt-arbete/"))
    assert "Nytt svar" in text_of(forskola.get(f"{ASK}mina/"))
    shown = text_of(forskola.get(page))
    assert "Ge barnet ord." in shown
    assert 'href="/uppmarksamma/"' in shown
    assert "Inget som står här följer med" in shown
    assert "Jag har läst svaret" in shown
    assert "Jag har läst svaret" not in text_of(forskola.post(page, {"what": "read"}, follow=True))
    assert "har svarat på din fråga" not in text_of(forskola.get("/mitt-arbete/"))
    assert "Din fråga är skickad" in text_of(forskola.post(page, {"text": "Hur länge?"}, follow=True))
    assert "Ditt svar är skickat" in text_of(bvc.post(page, {"text": "Några veckor."}, follow=True))
    assert forskola.post(page, {"text": "Och sedan?"}).status_code == 403
    assert bvc.post(page, {"what": "close"}).status_code == 403
    assert "Frågan är avslutad" in text_of(forskola.post(page, {"what": "close"}, follow=True))
    with as_loader():
        actions = list(
            Event.objects.filter(object=question.pk, kind="write").values_list("action", flat=True)
        )
    assert sorted(actions) == [
        "question_answered", "question_answered", "question_closed", "question_followed_up", "question_read",
    ]  # fmt: skip
    assert "Avslutad" in text_of(bvc.get(page))


def test_an_answer_late_stands_in_the_inbox_and_with_the_lead(world: World) -> None:
    world.question(asked_at=world.days(-15))
    assert "Försenad" in text_of(world.client("bvc").get("/enheten/"))
    words = "1 fråga utan namn har inte fått svar i tid"
    assert words in text_of(world.client("bvc-ledare").get("/mitt-arbete/"))
    for other in ("bvc", "rektor", "forskola"):
        assert words not in text_of(world.client(other).get("/mitt-arbete/"))


def test_two_who_answer_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second is told; nothing is overwritten."""
    question = world.question(answered_by="bvc2")
    monkeypatch.setattr("cases.services.unnamed._messages", lambda *_: 1)
    with world.act("bvc") as actor, pytest.raises((Conflict, Error)):
        answer_unnamed(question=question, text=UnnamedText("Vila."), by=actor)


# --- Who sees it -----------------------------------------------------------------------------------


def test_colleagues_their_head_and_others_meet_nothing(world: World) -> None:
    """Not in a list, not in a count, not at its address: 404, whatever is posted."""
    world.add_staff("forskola2", "preschool")
    world.add_staff("forskola-rektor", "preschool", role="lead")
    question = world.question(answered_by="bvc", asked_at=world.days(-15))
    page = f"{ASK}{question.pk}/"
    for other in (
        "forskola2",
        "forskola-rektor",
        "logoped",
        "soc",
        "soc-ledare",
        "polis",
        "fritid",
        "jurist",
    ):
        client = world.client(other)
        assert client.get(page).status_code == 404, other
        assert client.post(page, {"text": "Hej."}).status_code == 404, other
        assert client.post(page, {"what": "close"}).status_code == 404, other
        for place in ("/mitt-arbete/", "/enheten/", f"{ASK}mina/"):
            assert str(question.pk) not in text_of(client.get(place)), other
    for outsider in ("enhetsadmin", "granskare", "admin", "mamma", "ungdom"):
        assert world.client(outsider).get(page).status_code == 404


def test_the_walls_hold_past_the_services(world: World) -> None:
    """A bare SELECT and UPDATE, for whoever acts."""
    world.add_staff("forskola2", "preschool")
    question = world.question(answered_by="bvc")
    for who, seen in (("forskola", 2), ("bvc-ledare", 2), ("forskola2", 0), ("soc", 0), (None, 0)):
        with world.act(who) as actor, connection.cursor() as cursor:
            cursor.execute("select id from cases_unnamedmessage where question_id = %s", [question.pk])
            assert len(cursor.fetchall()) == seen, who
            assert UnnamedMessage.objects.visible_to(actor).count() == seen, who
    with world.act("bvc"), pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update cases_unnamedmessage set text = 'x'")


def test_police_and_leisure_ask_and_answer(world: World) -> None:
    question = world.question("polis", "police", "leisure")
    page = f"{ASK}{question.pk}/"
    done = world.client("fritid").post(page, {"text": "Vi har öppet sent."}, follow=True)
    assert "Ditt svar är skickat" in text_of(done)
    assert "Vi har öppet sent." in text_of(world.client("polis").get(page))


def test_only_who_works_in_the_unit_answers(world: World) -> None:
    """The service asks the policy, whoever calls it."""
    question = world.question()
    with world.act("soc") as actor, pytest.raises(Refused):
        answer_unnamed(question=question, text=UnnamedText("Vila."), by=actor)


# --- How long, and how much -----------------------------------------------------------------------


def test_it_goes_a_year_after_the_last_message(world: World) -> None:
    """With its messages; one that was answered lately stays whole."""
    old = world.question(asked_at=world.days(-366))
    kept = world.question(asked_at=world.days(-400))
    world.message(kept, 2, "bvc", "Vila.", world.days(-364))
    young = world.question(asked_at=world.days(-364))
    assert retention.remove_old()["questions"] == 1
    assert {one.pk for one in asked()} == {kept.pk, young.pk}
    with as_loader():
        assert not UnnamedMessage.objects.filter(question=old.pk).exists()
        assert UnnamedMessage.objects.filter(question=kept.pk).count() == 2


@pytest.mark.parametrize(
    ("username", "page"), [("bvc", "/enheten/"), ("forskola", f"{ASK}mina/"), ("bvc", "/mitt-arbete/")]
)
def test_one_and_many_take_the_same_statements(world: World, username: str, page: str) -> None:
    world.question(), world.question(answered_by="bvc")
    browser = world.client(username)
    few = len(statements(browser, page))
    for _ in range(6):
        world.question(), world.question(answered_by="bvc")
    assert len(statements(browser, page)) == few
