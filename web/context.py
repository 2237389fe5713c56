"""What every page's layout needs to know: who acts, and for which unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from access.actor import Actor


@dataclass(frozen=True)
class Acting:
    """Who is signed in, as the header shows it; ``unit`` is empty for families."""

    name: str
    unit: str
    can_change_unit: bool


def actor(request: HttpRequest) -> dict[str, Any]:
    """``actor`` and ``acting``: both ``None`` where nobody is signed in."""
    acts: Actor | None = getattr(request, "actor", None)
    if acts is None or acts.account_id is None:
        return {"actor": None, "acting": None}
    return {"actor": acts, "acting": Acting(acts.name, acts.place_name, _can_change(acts))}


def _can_change(acts: Actor) -> bool:
    """Whether there is another workplace, or the family's hat, to change to."""
    others = [place for place in acts.workplaces if place.membership != acts.membership_id]
    return bool(others) if acts.membership_id else len(acts.workplaces) > 0
