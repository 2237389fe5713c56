"""Every address and who opens it, if, and only if. A new address without a row fails the build.

``may`` are those who get anything but 404. What an address needs besides the case comes from
``Rich``, a world in which each kind of thing exists once and is readable to somebody.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from cases.models import Invitation, Signal
from consent.models import Consent
from plans.models import Document, Insats
from tests.database import as_loader
from tests.worlds import Teamwork, World

STAFF = frozenset(
    {
        "bvc", "bvc2", "bvc-ledare", "logoped", "forskola", "rektor", "mentor", "kurator",
        "soc-ledare", "soc", "soc2", "fritid", "polis", "soc-vaxjo", "tva-enheter",
    }
)  # fmt: skip
GUARDIANS = frozenset({"mamma", "pappa"})
FAMILY = GUARDIANS | {"mor", "far", "ungdom", "granne"}
ADMINISTRATION = frozenset({"admin", "dataskydd", "enhetsadmin"})
STEERING = frozenset({"styrgrupp"})
EVERYBODY = STAFF | FAMILY | ADMINISTRATION | STEERING

HOLDER = frozenset({"bvc"})
WHOLE_PLAN = frozenset({"bvc", "logoped", "forskola"})
OWN_ROWS = frozenset({"fritid", "polis"})
TEAM = WHOLE_PLAN | OWN_ROWS
LEAD = frozenset({"bvc-ledare"})


@dataclass(frozen=True)
class Door:
    """Who gets anything but 404 at an address; ``open`` needs no sign-in at all.

    ``query`` is what follows the address, ``data`` what is posted, and ``ids`` names other things
    than the usual ones, such as a note's version where a plan's is usual. ``knows`` are those who
    may well know of the thing, although this page has nothing for them.
    """

    may: frozenset[str]
    open: bool = False
    query: str = ""
    data: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    knows: frozenset[str] = frozenset()


@dataclass
class Rich:
    """The world with one of each thing that an address can name."""

    world: World
    team: Teamwork
    signal: Signal
    sent: Signal
    invitation: Invitation
    waiting: Consent
    document: Document
    insats: Insats

    @classmethod
    def load(cls, world: World) -> Rich:
        """Team, an untaken signal and invitation, a waiting consent, a document, a draft."""
        team = world.teamwork()
        signal = world.signal(to_unit="bvc", case=team.case)
        sent = world.signal()
        school = world.consent(team.case, "school", opens=False)
        invitation = world.invitation(team.case, school, "school")
        world.participate("school", team.case, consent=school)
        waiting = world.consent(team.case, "pupil_health", state="waiting")
        document = world.document(team.releases["mamma"])
        with as_loader():
            insats = Insats.objects.get(version=team.plan, unit=world.units["logoped"])
        return cls(world, team, signal, sent, invitation, waiting, document, insats)

    def values(self, names: set[str], door: Door) -> dict[str, Any]:
        """The ids that an address asks for."""
        everything = {
            "case_id": self.team.case.pk,
            "child_id": self.world.child.pk,
            "signal_id": self.signal.pk,
            "invitation_id": self.invitation.pk,
            "entry_id": self.team.note.entry_id,
            "disclosure_id": self.team.shown.pk,
            "consent_id": self.waiting.pk,
            "person_id": self.world.guardians["mamma"].pk,
            "version_id": self.team.plan.pk,
            "insats_id": self.insats.pk,
            "document_id": self.document.pk,
            "account_id": self.world.accounts["bvc"].pk,
            "step": "barnet",
            "role": "caseworker",
            "unit_id": self.world.units["school"].pk,
            "membership_id": self.world.memberships["mentor"].pk,
        }
        others = {"note": self.team.note.pk, "given": self.team.consent.pk, "signal": self.sent.pk}
        return {name: others[door.ids[name]] if name in door.ids else everything[name] for name in names}


def unknown(values: dict[str, Any], visitor: str) -> dict[str, Any]:
    """The same address with ids of things that don't exist. Whoever may open the case or the
    child is asked about unknown things of that very case."""
    known = {"case_id"} if visitor in TEAM else {"child_id"} if visitor in GUARDIANS else set()
    if known >= set(values):
        known = set()
    return {k: uuid.uuid4() if isinstance(v, uuid.UUID) and k not in known else v for k, v in values.items()}
