"""Every address and who opens it, if, and only if. A new address without a row fails the build.

``may`` are those who get anything but 404. What an address needs besides the case comes from
``Rich``, a world in which each kind of thing exists once and is readable to somebody.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from agencies.models import Appointment, SchoolBreak
from cases.models import (
    Concern,
    Disclosure,
    Handover,
    Hiding,
    Invitation,
    Kin,
    Meeting,
    OtherAdult,
    Signal,
    UnnamedQuestion,
)
from consent.models import Consent
from plans.models import Document, Insats
from reviews.models import LogReview, ReviewedAccess
from tests.database import as_loader
from tests.worlds import Teamwork, World

STAFF = frozenset(
    {
        "bvc", "bvc2", "bvc-ledare", "logoped", "forskola", "rektor", "mentor", "kurator",
        "soc-ledare", "soc", "soc2", "fritid", "polis", "soc-vaxjo", "tva-enheter", "jurist",
    }
)  # fmt: skip
GUARDIANS = frozenset({"mamma", "pappa"})
FAMILY = GUARDIANS | {"mor", "far", "ungdom", "granne"}
ADMINISTRATION = frozenset({"admin", "dataskydd", "enhetsadmin"})
STEERING = frozenset({"styrgrupp"})
REVIEWER = frozenset({"granskare"})
LAWYER = frozenset({"jurist"})
LAW_MAKERS = frozenset({"admin", "jurist"})
EVERYBODY = STAFF | FAMILY | ADMINISTRATION | STEERING | REVIEWER

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
    received: Signal
    invitation: Invitation
    waiting: Consent
    document: Document
    insats: Insats
    to_sign: Disclosure
    hiding: Hiding
    concern: Concern
    handover: Handover
    meeting: Meeting
    kin: Kin
    adult: OtherAdult
    review: LogReview
    signed: LogReview
    appointment: Appointment
    school_break: SchoolBreak
    question: UnnamedQuestion

    @classmethod
    def load(cls, world: World) -> Rich:
        """Team, an untaken signal and invitation, a waiting consent, a document, a draft."""
        team = world.teamwork()
        signal = world.signal(to_unit="bvc", case=team.case)
        sent = world.signal()
        received = world.signal(to_unit="bvc", case=team.case, taken_by="bvc")
        school = world.consent(team.case, "school", opens=False)
        invitation = world.invitation(team.case, school, "school")
        world.participate("school", team.case, consent=school)
        waiting = world.consent(team.case, "pupil_health", state="waiting")
        document = world.document(team.releases["mamma"])
        with as_loader():
            insats = Insats.objects.get(version=team.plan, unit=world.units["logoped"])
        hiding = world.hide(team.closed_note, "pappa")
        concern = world.concern("bvc", "bvc", team.case)
        handover = world.handover(team.case, "bvc", "bvc", "logoped")
        meeting = world.meeting(team.case, "bvc", "bvc", units=("logoped", "police"), guardians=("mamma",))
        sister = world.open_case(world.add_child("syster", world.born(7)))
        kin = world.kin(team.case, sister, "bvc", "bvc")
        world.add_guardian("familjehem")
        adult = world.other_adult("familjehem", world.child, "bvc", "bvc", rights=("plan",))
        to_sign = world.waits_for_signature(team.note, "school", by="bvc2", second="colleague")
        a_year_before = world.last_month - timedelta(days=365)
        review = world.review("bvc", world.access(), month=a_year_before)
        signed = world.review("bvc", world.access(judged_by="granskare"), signed_by="granskare")
        world.law_version("B6")
        return cls(
            world, team, signal, sent, received, invitation, waiting, document, insats,
            to_sign, hiding, concern, handover, meeting, kin, adult, review, signed,
            world.appointment("bvc", by="enhetsadmin"), world.school_break(), world.question(),
        )  # fmt: skip

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
            "review_id": self.review.pk,
            "access_id": self._access(),
            "step": "barnet",
            "named_id": uuid.UUID(int=1),
            "emergency_id": uuid.UUID(int=1),
            "role": "caseworker",
            "unit_id": self.world.units["school"].pk,
            "hiding_id": self.hiding.pk,
            "note_id": self.concern.note,
            "handover_id": self.handover.pk,
            "meeting_id": self.meeting.meeting,
            "kin_id": self.kin.pk,
            "adult_id": self.adult.pk,
            "appointment_id": self.appointment.pk,
            "question_id": self.question.pk,
            "code": "B6",
            "at": "find_out",
            "party": "family",
            "deadline": "decide",
            "break_id": self.school_break.pk,
            "no": 2,
            "membership_id": self.world.memberships["mentor"].pk,
        }
        others = {
            "to_sign": self.to_sign.pk,
            "closed": self.team.closed_note.entry_id,
            "note": self.team.note.pk,
            "given": self.team.consent.pk,
            "signal": self.sent.pk,
            "received": self.received.pk,
            "signed": self.signed.pk,
        }
        return {name: others[door.ids[name]] if name in door.ids else everything[name] for name in names}

    def _access(self) -> uuid.UUID:
        with as_loader():
            return ReviewedAccess.objects.get(review=self.review).pk


def unknown(values: dict[str, Any], visitor: str) -> dict[str, Any]:
    """The same address with ids of things that don't exist. Whoever may open the case or the
    child is asked about unknown things of that very case."""
    known = {"case_id"} if visitor in TEAM else {"child_id"} if visitor in GUARDIANS else set()
    if known >= set(values):
        known = set()
    return {k: uuid.uuid4() if isinstance(v, uuid.UUID) and k not in known else v for k, v in values.items()}
