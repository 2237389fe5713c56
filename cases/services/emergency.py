"""Nödöppning: open a case of one's own unit that one isn't assigned to, end it, review it."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from access.actor import Actor
from access.facts import ActionFacts, EmergencyFacts
from access.permissions import Permission
from access.policy import decide
from access.shield import EMERGENCY_LASTS, EMERGENCY_TEXT_FROM, REVIEW_WITHIN, decide_emergency
from access.words import refusal, require
from audit.services import record
from cases.models import Emergency
from kit.errors import Refused
from kit.working_days import add_working_days
from people.numbers import PersonalNumber

SHORTEST_NOTE = 10  # characters, as emergency.sql has it


@dataclass(frozen=True)
class Asked:
    """What somebody wants to open in an emergency, and why."""

    number: PersonalNumber
    code: Emergency.Code
    text: str


@transaction.atomic
def open_in_emergency(*, asked: Asked, by: Actor) -> uuid.UUID | None:
    """Open it for an hour at most; the case, or None where her unit has none that it opens.

    Whoever calls has asked for her password again. Her arbetsledare is told without personal
    data, and another person reviews it within three working days (SoLPuL 10 §, PDL 4:2).
    """
    suspended = bool(_call("select access.emergency_suspended()", []))
    # What may be found is judged below, in one statement that tells nothing of why not.
    decision = decide_emergency(EmergencyFacts(by.role, "full", suspended=suspended))
    if not decision:
        raise refusal(decision)
    if len(asked.text.strip()) < EMERGENCY_TEXT_FROM:
        raise Refused(_("Write what has happened and why it can't wait, in a sentence or two."), field="text")
    opened = _call(
        "select access.emergency_open(%s, %s, %s, %s, %s)",
        [
            asked.number.digits,
            asked.code.value,
            asked.text.strip(),
            add_working_days(by.today, REVIEW_WITHIN),
            int(EMERGENCY_LASTS.total_seconds() // 60),
        ],
    )
    if opened is None:
        # By whom and when, so that trying numbers is seen; never which.
        record(by=by, kind="emergency", action="emergency_found_nothing")
        return None
    found: dict[str, str] = json.loads(opened) if isinstance(opened, str) else opened
    case_id, emergency_id = uuid.UUID(found["case"]), uuid.UUID(found["id"])
    _call("select access.emergency_notify(%s)", [emergency_id])
    record(by=by, kind="emergency", action="emergency_opened", child=uuid.UUID(found["child"]),
           case=case_id, object=emergency_id, code=asked.code.value)  # fmt: skip
    return case_id


@transaction.atomic
def end_emergencies(*, by: Actor) -> bool:
    """What she has open ends now: she says so, signs out, or signs in anew."""
    ended = bool(_call("select access.emergency_end()", []))
    if ended:
        record(by=by, kind="emergency", action="emergency_ended")
    return ended


@transaction.atomic
def review_emergency(*, emergency_id: uuid.UUID, verdict: Emergency.Verdict, note: str, by: Actor) -> None:
    """Another person judges it, once; a wrong one with a word about what is done about it.

    Whose turn it is the database says: another arbetsledare of the unit, then the dataskyddsombud.
    """
    require(decide(Permission.REVIEW_EMERGENCY, ActionFacts(role=by.role)))
    if verdict is Emergency.Verdict.WRONG and len(note.strip()) < SHORTEST_NOTE:
        raise Refused(_("Write what you do about it."), field="note")
    if not _call("select access.emergency_review(%s, %s, %s)", [emergency_id, verdict.value, note.strip()]):
        raise Refused(_("It has been reviewed already, or it is not yours to review."))
    record(by=by, kind="emergency", action="emergency_reviewed", object=emergency_id, verdict=verdict.value)


def escalate_emergencies() -> int:
    """What nobody reviewed in time goes to the dataskyddsombud. As nobody; how many mails."""
    return int(_call("select access.emergencies_escalate()", []))


def _call(sql: str, params: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]
