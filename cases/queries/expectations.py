"""What is expected of whom in a step, as the child's municipality words it."""

from __future__ import annotations

from access.actor import Actor
from agencies.models import Municipality, StaffMember
from agencies.queries import municipality_administered
from cases.expectations import PARTIES, Expectation, Expected, Party, first_wordings
from cases.rules import Step


def expected_in(step: Step, municipality_code: str) -> list[Expected]:
    """What is expected of each party in the step; its first wording where the municipality has
    none of its own. One statement."""
    return _worded(municipality_code, (step,))[step]


def expected_in_all(municipality: Municipality) -> dict[Step, list[Expected]]:
    """The same for every step."""
    return _worded(municipality.code, tuple(PARTIES))


def versions_of(step: Step, party: Party, actor: Actor) -> list[tuple[Expectation, str]] | None:
    """The wordings of the municipality that the actor administers, newest first, each with the name
    of its writer; ``None`` if she administers none, or nothing is expected of the party in the step."""
    place = municipality_administered(actor)
    if place is None or party not in PARTIES[step]:
        return None
    own = list(Expectation.objects.filter(municipality=place, step=step, party=party).order_by("-no"))
    writers = StaffMember.objects.filter(account__in=[row.written_by_id for row in own])
    names = dict(writers.values_list("account", "name"))
    return [(row, names.get(row.written_by_id, "")) for row in own]


def _worded(code: str, steps: tuple[Step, ...]) -> dict[Step, list[Expected]]:
    own = Expectation.objects.filter(municipality=code, step__in=steps).order_by("no")
    latest = {(row.step, row.party): (row.text, row.no) for row in own}
    return {
        step: [
            Expected(party, *latest.get((step.value, party.value), (first_wordings()[step, party], 1)))
            for party in PARTIES[step]
        ]
        for step in steps
    }
