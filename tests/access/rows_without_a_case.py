"""Rows that belong to no case: questions without a name, the law, shared words, proposed roles."""

from __future__ import annotations

from django.db.models import Model

from cases.editions import WheelEdition
from cases.models import DeadlineSetting, Expectation
from cases.wheel_words import first_words
from consent.models import LegalBasis
from tests.database import as_loader
from tests.worlds import World


def rows_without_a_case(world: World) -> dict[str, Model]:
    """By name, as ``fixed_world.READERS`` has them."""
    return _unnamed(world) | _law(world) | _worded(world) | _wheel_words(world) | _appointments(world)


def _unnamed(world: World) -> dict[str, Model]:
    """One that waits, one answered, one ended, and one of each wall's other sides."""
    asked = world.question()
    answered = world.question(answered_by="bvc2")
    closed = world.question(answered_by="bvc", closed_at=world.days(-1))
    of_two = world.question("tva-enheter", "pupil_health", "school")
    with as_loader():
        return {
            "question": asked,
            "question_answered": answered,
            "question_closed": closed,
            "question_of_two": of_two,
            "message": asked.messages.get(no=1),
            "message_answer": answered.messages.get(no=2),
            "message_closed": closed.messages.get(no=2),
            "message_of_two": of_two.messages.get(no=1),
        }


def _wheel_words(world: World) -> dict[str, Model]:
    values = {"made_by": world.accounts["admin"], "made_at": world.days(-1), "why": "Nya ord."}
    with as_loader():
        return {"wheel_edition": WheelEdition.objects.create(no=2, words=first_words().as_data(), **values)}


def _law(world: World) -> dict[str, Model]:
    with as_loader():
        first = LegalBasis.objects.get(code="B4")
    return {
        "law_first": first,
        "law_signed": world.law_version("B9", signed=True, name="Risk för våld"),
        "law_declined": world.law_version("B3", declined=True),
        "law_waiting": world.law_version("B3", 3),
        "law_lawyers_own": world.law_version("B5", proposed_by_id=world.accounts["jurist"].pk),
    }


def _worded(world: World) -> dict[str, Model]:
    with as_loader():
        row = Expectation.objects.create(
            municipality_id="0761",
            step="find_out",
            party="family",
            no=2,
            text="Berättar hur det är.",
            why="Kortare.",
            written_by=world.accounts["admin"],
            written_at=world.days(-1),
        )
        days = DeadlineSetting.objects.create(
            municipality_id="0761",
            deadline="decide",
            no=2,
            working_days=8,
            why="Fortare.",
            set_by=world.accounts["admin"],
            set_at=world.days(-1),
        )
    return {"expectation": row, "deadline_setting": days, "school_break": world.school_break()}


def _appointments(world: World) -> dict[str, Model]:
    return {
        "appointment_bvc": world.appointment("bvc", by="enhetsadmin", of="soc2"),
        "appointment_preschool": world.appointment("preschool", by="admin", of="soc2"),
        "appointment_new": world.appointment("bvc", by="enhetsadmin"),
        "appointment_of_the_head": world.appointment("bvc", by="enhetsadmin", of="bvc-ledare"),
        "appointment_by_the_head": world.appointment("bvc", by="bvc-ledare", of="soc2", role="lawyer"),
        "appointment_confirmed": world.appointment(
            "bvc", by="enhetsadmin", of="soc2", confirmed_by="bvc-ledare"
        ),
    }
