"""A child that somebody types, and works with already."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from access.actor import Actor
from cases.models import Case


def known_case(actor: Actor, *, name: str, number: str, born_on: date) -> Case | None:
    """The open case of that child, if it is one that the actor may see anyway: of number, or of name and
    day of birth. Of all others it says nothing, so that nobody learns of a case by typing a child
    (access model, threat 5). One statement."""
    if not actor.is_staff:
        return None
    same = Q(child__number=number) if number else Q(child__born_on=born_on)
    found = (
        Case.objects.visible_to(actor)
        .filter(same, process__closed_at__isnull=True)
        .select_related("child")
        .order_by("-opened_at")
    )
    return next((case for case in found if number or _plain(case.child.name) == _plain(name)), None)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
