"""A saved plan version in the shape of the editor's form."""

from __future__ import annotations

from datetime import date

from plans.models import Citation, Goal, Insats, PlanVersion

CITES = "cites-"


def typed_of(version: PlanVersion) -> dict[str, str]:
    """A saved version in the shape of the form."""
    goals = list(Goal.objects.filter(version=version).order_by("position"))
    rows = list(Insats.objects.filter(version=version).order_by("position"))
    lineage_of = {goal.pk: str(goal.lineage) for goal in goals}
    typed = {
        "goal_order": ",".join(str(goal.lineage) for goal in goals),
        "row_order": ",".join(str(row.lineage) for row in rows if row.unit_id),
        "step_order": ",".join(str(row.lineage) for row in rows if not row.unit_id),
        "removed": "",
        "edit_no": str(version.edit_no),
        "next_follow_up_on": _iso(version.next_follow_up_on),
        "child_words": str(version.child_words_id or ""),
        "wheel": str(version.wheel_id or ""),
    }
    for goal in goals:
        typed |= {
            f"{goal.lineage}-text": goal.text,
            f"{goal.lineage}-sign": goal.sign,
            f"{goal.lineage}-wheel_area": goal.wheel_area,
        }
    for cited in Citation.objects.filter(version=version).select_related("cited"):
        typed[f"{lineage_of[cited.goal_id]}-{CITES}{cited.cited.entry_id}"] = "on"
    for row in rows:
        typed |= {
            f"{row.lineage}-what": row.what,
            f"{row.lineage}-who": f"{row.unit_id}/{row.contact_id}",
            f"{row.lineage}-goal": lineage_of.get(row.goal_id, "") if row.goal_id else "",
            f"{row.lineage}-starts_on": _iso(row.starts_on),
            f"{row.lineage}-due_on": _iso(row.due_on),
        }
    return typed


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
