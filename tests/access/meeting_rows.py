"""Meetings of the fixed world, what the sender of a signal was told, and links between children."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from tests.worlds import World


def meeting_rows(world: World, rows: dict[str, Any]) -> dict[str, Model]:
    """By name, as ``READERS`` has them: changed, to be held, held, another unit's, of another case."""
    case = rows["case_a"]
    sister = world.open_case(world.add_child("syster", world.born(7)))
    brother = world.open_case(world.add_child("bror", world.born(9)))
    before = world.meeting(case, "bvc", "bvc", units=("preschool",))
    return {
        "meeting_before": before,
        "meeting_a": world.meeting(
            case, "bvc", "bvc", units=("logoped", "police"), guardians=("mamma",), before=before
        ),
        "meeting_by_logoped": world.meeting(case, "logoped", "logoped", units=("preschool",)),
        "meeting_today": world.meeting(case, "bvc", "bvc", guardians=("mamma",), at=world.days(0)),
        "meeting_held": world.meeting(case, "bvc", "bvc", at=world.days(-2), state="held"),
        "meeting_b": world.meeting(rows["case_b"], "school", "mentor"),
        "kin_a": world.kin(case, sister, "bvc", "bvc"),
        "kin_ab": world.kin(case, rows["case_b"], "bvc", "bvc"),
        "kin_ended": world.kin(case, brother, "bvc", "bvc", ended=True),
        "case_sister": sister,
        "case_brother": brother,
        "feedback_a": world.feedback(rows["signal_taken"], "bvc", "bvc"),
    }
