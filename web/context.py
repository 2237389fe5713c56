"""What every page's layout needs to know: who acts, and for which unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from access.actor import Actor
from access.roles import Role
from access.sessions import Left, SessionStore

PUBLIC_LAYOUT = "layouts/public.html"
LAYOUTS = {
    Role.CASEWORKER: "layouts/desk.html",
    Role.LEAD: "layouts/desk.html",
    Role.LAWYER: "layouts/desk.html",
    Role.STEERING: "layouts/steering.html",
    Role.ADMINISTRATOR: "layouts/administration.html",
    Role.UNIT_ADMINISTRATOR: "layouts/administration.html",
    Role.LOG_REVIEWER: "layouts/administration.html",
    Role.DATA_PROTECTION: "layouts/administration.html",
}


@dataclass(frozen=True)
class Acting:
    """Who is signed in, as the header shows it; ``unit`` is empty for families."""

    name: str
    unit: str
    can_change_unit: bool


@dataclass(frozen=True)
class Stay:
    """How long the page's session lasts, and whose it is: what the script compares with when
    a form is sent, so that nothing is sent as somebody else or for another unit."""

    left: Left
    who: str


def actor(request: HttpRequest) -> dict[str, Any]:
    """``actor``, ``acting`` and ``session_stay``, ``None`` where nobody is signed in; and
    ``door_layout``, which pages of no door extend so that the reader's own menu stays."""
    acts: Actor | None = getattr(request, "actor", None)
    if acts is None or acts.account_id is None:
        return {"actor": None, "acting": None, "session_stay": None, "door_layout": PUBLIC_LAYOUT}
    return {
        "actor": acts,
        "acting": Acting(acts.name, acts.place_name, _can_change(acts)),
        "session_stay": stay_of(request, acts),
        "door_layout": layout_of(acts),
    }


def layout_of(acts: Actor) -> str:
    """The layout of the door that the actor goes through; the public one where she has none."""
    if acts.is_family:
        return "layouts/family.html"
    return LAYOUTS.get(acts.role, PUBLIC_LAYOUT) if acts.role else PUBLIC_LAYOUT


def stay_of(request: HttpRequest, acts: Actor) -> Stay | None:
    """The session as it stands now; ``None`` where it is none of ours."""
    if not isinstance(request.session, SessionStore):
        return None
    hat = f"{acts.account_id}:{acts.membership_id}"
    return Stay(
        request.session.left(), salted_hmac("web.context.Stay", hat, algorithm="sha256").hexdigest()[:16]
    )


def _can_change(acts: Actor) -> bool:
    """Whether there is another workplace, or the family's hat, to change to."""
    others = [place for place in acts.workplaces if place.membership != acts.membership_id]
    return bool(others) if acts.membership_id else len(acts.workplaces) > 0
