"""The world that tests ask for, and a ready team around its child."""

from __future__ import annotations

from dataclasses import dataclass

from cases.models import Case, Disclosure, Version
from consent.models import Consent
from plans.models import PlanVersion, Release
from tests.worlds.cast import now
from tests.worlds.reviewing import Reviewing


@dataclass(frozen=True)
class Teamwork:
    """A case of the child, held by BVC, in which logoped and preschool take part
    on a consent; leisure and police by their own rows.

    ``note`` is BVC's and shown to the logoped; ``closed_note`` is BVC's and
    shown to nobody; ``logoped_note`` is the logoped's and shown to BVC;
    ``child_words`` is the child's and shown to ``mamma`` alone.
    """

    case: Case
    consent: Consent
    note: Version
    closed_note: Version
    logoped_note: Version
    child_words: Version
    shown: Disclosure
    plan: PlanVersion
    releases: dict[str, Release]


class World(Reviewing):
    """A municipality, its units and people, and what the test adds to them."""

    @classmethod
    def load(cls) -> World:
        """The cast alone."""
        world = cls(at=now())
        world.load_cast()
        return world

    def teamwork(self) -> Teamwork:
        """See :class:`Teamwork`."""
        case = self.open_case(state="implementing")
        consent = self.consent(case, "bvc", "logoped", "preschool")
        practical = self.consent(case, "leisure", "police", categories=("practical",))
        for username, unit in (
            ("logoped", "logoped"),
            ("forskola", "preschool"),
            ("fritid", "leisure"),
            ("polis", "police"),
        ):
            self.assign(username, unit, case)
        note = self.entry("bvc", "bvc", case, "observation", body="Pratar lite.")
        closed_note = self.entry("bvc", "bvc", case, body="Bara för oss.")
        logoped_note = self.entry("logoped", "logoped", case, "assessment", body="Språkstörning?")
        words = self.entry("bvc", "bvc", case, "child_words", body="Jag vill leka med Bo.")
        shown = self.show(note, to_unit="logoped", consent=consent)
        self.show(note, to_guardian="mamma")
        self.show(logoped_note, to_unit="bvc", consent=consent)
        self.show(words, to_guardian="mamma")
        plan = self.plan(case, rows=("bvc", "logoped", "preschool", "leisure", "police", None))
        releases = {
            "logoped": self.release(plan, to_unit="logoped", consent=consent),
            "preschool": self.release(plan, to_unit="preschool", consent=consent),
            "leisure": self.release(plan, to_unit="leisure", rows="own", consent=practical),
            "police": self.release(plan, to_unit="police", rows="own", consent=practical),
            "mamma": self.release(plan, to_guardian="mamma"),
            "pappa": self.release(plan, to_guardian="pappa"),
        }
        return Teamwork(case, consent, note, closed_note, logoped_note, words, shown, plan, releases)
