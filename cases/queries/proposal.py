"""Which units a consent is proposed for: those that already meet the child."""

from __future__ import annotations

import uuid

from access.actor import Actor
from agencies.models import Listing
from cases.models import Case, Signal


def proposed_units(case: Case, actor: Actor) -> set[uuid.UUID]:
    """The unit that noticed, and where the child is listed now; never one's own."""
    noticed = Signal.objects.visible_to(actor).filter(case=case).values_list("from_unit", flat=True)
    listed = Listing.objects.filter(child=case.child_id, valid__contains=actor.at).values_list(
        "unit", flat=True
    )
    return {*noticed, *listed} - {actor.unit_id} - {None}
