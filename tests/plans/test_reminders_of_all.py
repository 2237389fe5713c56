"""One reminder system: each thing that is due reaches whoever it stands with, and stops when it is done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from access.policy import midnight
from cases.models import Assignment, Case, Handover, Process, UnnamedQuestion
from cases.services.consents import Asked, ChildSaid, ask_consent
from consent.models import Consent, Scope
from consent.renewals import ending_consents
from notices.models import Outbox
from tests.database import as_loader
from tests.plans.test_deliveries import send, to
from tests.web.desk.test_entries import text_of
from tests.worlds import Teamwork, World


def told(day: date) -> list[str]:
    """To whom the digest of a day goes."""
    mail.outbox.clear()
    send(day)
    return to()


def step(case: Case, **values: Any) -> None:
    with as_loader():
        Process.objects.filter(case=case).update(**values)


def test_a_step_reaches_its_holder_and_then_the_lead_until_it_is_done(world: World) -> None:
    case = world.open_case(state="dialogue", next_step="talk", next_on=world.day(5))
    assert told(world.day(1)) == []
    assert told(world.day(2)) == ["bvc@example.invalid"]
    assert told(world.day(2)) == []
    assert told(world.day(6)) == ["bvc@example.invalid"]
    assert told(world.day(12)) == ["bvc-ledare@example.invalid"]
    step(case, next_on=world.day(40))
    assert told(world.day(20)) == []
    step(case, next_on=world.day(15), closed_at=world.at)
    assert told(world.day(20)) == []


def test_what_nobody_has_received_reaches_the_lead(world: World) -> None:
    world.open_case(responsible=None, state="noticed", next_step="", next_on=world.day(2))
    assert told(world.today) == ["bvc-ledare@example.invalid"]


def test_where_the_holder_has_left_those_who_work_on_it_are_told(world: World) -> None:
    case = world.open_case(state="dialogue", next_step="talk", next_on=world.day(2))
    world.assign("bvc2", "bvc", case)
    with as_loader():
        Assignment.objects.filter(user=world.accounts["bvc"]).delete()
    assert told(world.today) == ["bvc2@example.invalid"]


def test_a_handover_reaches_whom_it_is_for(world: World) -> None:
    """Until it is answered."""
    team = world.teamwork()
    handover = world.handover(team.case, "bvc", "bvc", "logoped", to="logoped")
    with as_loader():
        handover.refresh_from_db()
    assert "logoped@example.invalid" in told(handover.answer_by)
    with as_loader():
        Handover.objects.filter(pk=handover.pk).update(
            outcome="withdrawn", answered_by=world.accounts["bvc"], answered_at=world.at
        )
    assert "logoped@example.invalid" not in told(handover.answer_by + timedelta(days=10))


def test_a_question_without_a_name_reaches_the_lead(world: World) -> None:
    """Of the unit that was asked, until it is answered or ended."""
    question = world.question()
    with as_loader():
        due = question.messages.get().answer_by
    assert told(due - timedelta(days=4)) == []
    assert told(due) == ["bvc-ledare@example.invalid"]
    with as_loader():
        UnnamedQuestion.objects.filter(pk=question.pk).update(closed_at=world.at)
    assert told(due + timedelta(days=2)) == []


# --- Consents that end ---------------------------------------------------------------------------


@pytest.fixture
def team(world: World) -> Teamwork:
    """A plan that is carried out, followed up in a long while, by consents that end in 60 days."""
    team = world.teamwork()
    world.follow_up(team.plan, "bvc")
    step(team.case, state="implementing", next_step="follow_up", next_on=world.day(300))
    with as_loader():
        until = midnight(world.day(61))
        Scope.objects.filter(state="given").update(valid=DateTimeTZRange(world.days(-30), until))
    return team


def asked(world: World, case: Case, *units: str) -> Consent:
    with world.act("bvc") as actor:
        return ask_consent(
            case=case,
            asked=Asked(
                purpose="Fortsätta tillsammans.",
                units={world.units[unit].pk: frozenset({"practical"}) for unit in units},
                first_on=world.today,
                last_on=world.day(180),
                child_view=ChildSaid(asked=True, text="Ja."),
            ),
            by=actor,
        )


def test_a_consent_is_offered_anew_60_and_30_days_before_it_ends(world: World, team: Teamwork) -> None:
    """And not once it has been asked for; the plan keeps the day of its follow-up meanwhile."""
    assert told(world.today) == ["bvc@example.invalid"]
    assert told(world.day(29)) == []
    assert told(world.day(30)) == ["bvc@example.invalid"]
    asked(world, team.case, "logoped", "preschool", "leisure", "police")
    with as_loader():
        process = Process.objects.get(case=team.case)
    assert (process.next_step, process.next_on) == ("follow_up", world.day(300))
    assert told(world.day(45)) == []
    assert "Väntar på svar från" in text_of(world.client("bvc").get("/mitt-arbete/"))


def test_the_pages_offer_it_with_what_was_asked_before(world: World, team: Teamwork) -> None:
    """On the consent's page from 60 days, in Mitt arbete from 30, in the follow-up as one tick."""
    bvc, case = world.client("bvc"), f"/barn/{team.case.pk}"
    assert "Samtycket tar snart slut" in text_of(bvc.get(f"{case}/samtycke/"))
    assert "samtycket på nytt" not in text_of(bvc.get("/mitt-arbete/"))
    with as_loader():
        until = midnight(world.day(20))
        Scope.objects.filter(state="given").update(valid=DateTimeTZRange(world.days(-30), until))
    assert "Fråga om samtycket på nytt" in text_of(bvc.get("/mitt-arbete/"))
    form = bvc.get(f"{case}/samtycke/nytt/?fornya").context["form"]
    with as_loader():
        held = dict(Scope.objects.filter(state="given").values_list("unit", "categories"))
    others = set(held) - {world.units["bvc"].pk}
    assert others
    assert form.proposed == others
    assert {unit: form[f"categories_{unit}"].value() for unit in others} == {u: held[u] for u in others}
    assert "Fråga familjen om samtycke på nytt efteråt" in text_of(bvc.get(f"{case}/plan/folj-upp/"))
    # Whoever may not ask is offered nothing.
    assert "Samtycket tar snart slut" not in text_of(world.client("logoped").get(f"{case}/samtycke/"))


def test_the_database_and_the_page_agree_on_what_ends(world: World, team: Teamwork) -> None:
    """Day by day: reminded of if, and only if, offered."""
    for days in (0, 1, 30, 59, 60, 61, 62):
        until = midnight(world.day(days + 1))
        with as_loader():
            Scope.objects.filter(state="given").update(valid=DateTimeTZRange(world.days(-30), until))
        with world.act("bvc") as actor:
            offered = bool(ending_consents([team.case.child_id], actor))
        with as_loader():
            Outbox.objects.all().delete()  # and with it what was told
        assert bool(told(world.today)) is offered is (days <= 60), days


def test_the_command_says_nothing_of_anybody(world: World, team: Teamwork) -> None:
    call_command("send_reminders", as_of=world.today.isoformat())
    (message,) = mail.outbox
    assert message.subject == "Du har något att göra"
    assert str(team.case.pk) not in message.message().as_string()
