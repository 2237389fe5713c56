"""What the overview of one child shows, in the order of the page."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.expectations import Party
from cases.models import Entry, Version
from cases.queries.expectations import expected_in
from cases.queries.family import (
    Helper,
    Received,
    Shown,
    shown_to_family,
    words_received,
)
from cases.queries.readings import Reading, readings_of
from cases.rules import NextStep, ProcessState
from consent.models import State
from consent.queries import ConsentTable
from kit.wheel import WheelView
from plans.models import FamilyReply
from plans.queries.family import FamilyPlan, FamilyRow, family_plan
from web.family import words
from web.family.meetings import MeetingShown, meeting_shown
from web.family.page import FamilyPage
from web.family.wheels import wheel_views

NOTES = 3
WORDS = 3
READINGS = 3
EXCERPT = 320
# Steps that are a meeting with the family.
TOGETHER = frozenset({NextStep.TALK, NextStep.PLAN, NextStep.FOLLOW_UP})


@dataclass(frozen=True)
class RowShown:
    """What somebody does: who, when, how it goes."""

    what: str
    who: str
    when: str
    pill: words.Pill
    why: str
    result: str = ""


@dataclass(frozen=True)
class GoalShown:
    """A goal with what is done towards it; without a text what is done besides."""

    text: str
    sign: str
    rows: list[RowShown]
    result: str = ""


@dataclass(frozen=True)
class NoteShown:
    """A note, or the beginning of it."""

    version_id: uuid.UUID
    title: str
    on: date
    who: str
    text: str
    cut: bool


@dataclass(frozen=True)
class Action:
    """The one thing that we wait for."""

    text: str
    href: str


class Overview:
    """The page's parts, each read once."""

    def __init__(self, page: FamilyPage) -> None:
        self.page = page
        self.overview = page.overview

    # --- The first view -------------------------------------------------------------

    @property
    def title(self) -> str:
        """The heading of the page."""
        if self.page.is_me:
            return pgettext("youth", "Your plan") if self.plan else pgettext("youth", "Your support")
        name = {"name": self.page.name}
        return _("The plan for %(name)s") % name if self.plan else _("The support for %(name)s") % name

    @cached_property
    def now(self) -> str:
        """What happens now."""
        if self.overview is None:
            return ""
        if self.waits and self.overview.state == ProcessState.CONSENT:
            return _("You have answered.")
        return words.now_words(self.page, self.overview, self.plan)

    @cached_property
    def waits(self) -> str:
        """That nothing is shared yet, where the reader has answered."""
        if not self.overview or self.overview.closed:
            return ""
        tables = (table for table in self.page.tables if not _unanswered(table, self.page))
        return next(filter(None, (words.waiting_words(table, self.page) for table in tables)), "")

    @cached_property
    def next_step(self) -> words.Next | None:
        """What comes next."""
        if not self.overview or (self.action and self.overview.next_step == "answer"):
            return None
        if self.waits and self.overview.next_step == "answer":
            return None
        if self.plan and self.plan.lacks_consent:
            return None
        if self.overview.next_step in TOGETHER and any(each.settled for each in self.meetings):
            return None  # the meeting says the same, with its time and place
        return words.next_step(self.page, self.overview)

    @cached_property
    def meetings(self) -> list[MeetingShown]:
        """The meetings that the reader is invited to, from today on."""
        found = self.overview.meetings if self.overview else []
        return [meeting_shown(each, self.page.actor.today) for each in found]

    @property
    def contact(self) -> Helper | None:
        """Whom to ring."""
        return self.overview.contact if self.overview else None

    @cached_property
    def action(self) -> Action | None:
        """The one answer that is awaited from the reader: about consent, then about the plan."""
        for table in self.page.tables:
            if _unanswered(table, self.page):
                return Action(
                    _("Answer the question about consent"),
                    self.page.path(f"samtycke/{table.consent.pk}/"),
                )
        open_plan = (
            self.plan if self.page.view.replies and not (self.overview and self.overview.closed) else None
        )
        if open_plan and open_plan.awaits_my_reply:
            return Action(_("Answer what you think of the plan"), self.reply_address)
        return None

    # --- The way and the plan ---------------------------------------------------------

    @property
    def steps(self) -> list[str]:
        """The four steps in family words."""
        return words.step_names(self.page, self.overview.step) if self.overview else []

    @cached_property
    def expected(self) -> list[tuple[str, str]]:
        """Who does what now: the reader's own part first, then the others'."""
        step = self.overview.step_now if self.overview else None
        if step is None:
            return []
        found = expected_in(step, self.page.child.municipality_code)
        own = Party.CHILD if self.page.is_me else Party.FAMILY
        ordered = sorted(found, key=lambda one: one.party != own)
        return [(words.party_word(one.party, self.page), one.text) for one in ordered]

    @cached_property
    def plan(self) -> FamilyPlan | None:
        """The plan that is shown to the reader."""
        if self.overview is None:
            return None
        consents = words.consents_now(self.page.tables, self.page) if self.page.view.answers else None
        return family_plan(self.overview.case_id, self.page.actor, consents=consents)

    @cached_property
    def goals(self) -> list[GoalShown]:
        """What was decided."""
        if self.plan is None:
            return []
        found = [
            GoalShown(
                g.goal.text,
                g.goal.sign,
                [self._row(row) for row in g.rows],
                words.goal_result(g.result) if g.result else "",
            )
            for g in self.plan.goals
        ]
        if self.plan.other_rows:
            found.append(GoalShown("", "", [self._row(row) for row in self.plan.other_rows]))
        return found

    @property
    def reply_address(self) -> str:
        """Where the reader says what she thinks of the plan."""
        return self.page.path(f"plan/{self.plan.version.pk}/svar/") if self.plan else ""

    @property
    def my_reply(self) -> FamilyReply | None:
        """Her latest answer to this version."""
        return self.plan.my_reply if self.plan else None

    def _row(self, row: FamilyRow) -> RowShown:
        insats, came = row.insats, row.result
        who = ", ".join(filter(None, (insats.contact_name, insats.contact_title, insats.unit_name)))
        return RowShown(
            what=insats.what,
            who=who,
            when=words.when_words(insats),
            pill=words.row_pill(row),
            why=words.why_paused(row, self.page) or row.comment,
            result=words.insats_result(came) if came and came.adds_to(row.value, row.comment) else "",
        )

    # --- What has been shown ------------------------------------------------------------

    @cached_property
    def _shown(self) -> Shown:
        return shown_to_family(self.page.child.pk, self.page.actor)

    @cached_property
    def wheels(self) -> list[WheelView]:
        """The wheels, latest over the one before."""
        return wheel_views(self._shown.wheels, self.page)

    @cached_property
    def notes(self) -> list[NoteShown]:
        """The beginning of the latest notes."""
        return [note_shown(version, EXCERPT) for version in self._shown.notes[:NOTES]]

    @property
    def more_notes(self) -> bool:
        """Whether there are older notes."""
        return len(self._shown.notes) > NOTES

    @property
    def child_words(self) -> list[Version]:
        """The child's own words that are shown to the reader."""
        return self._shown.words[:WORDS]

    @cached_property
    def received(self) -> Received | None:
        """That the young person's own words have come and who reads them; to herself alone."""
        return words_received(self.page.child.pk, self.page.actor)

    @property
    def received_by(self) -> str:
        """Who reads them, as a list in words."""
        return words.and_list(self.received.units) if self.received else ""

    @cached_property
    def readings(self) -> list[Reading]:
        """The latest who have read."""
        return readings_of(self.page.child.pk, self.page.actor, most=READINGS).rows

    # --- Who helps, and consent -----------------------------------------------------------

    @property
    def helpers(self) -> list[Helper]:
        """Those who help besides the contact: the units that consent covers, and whoever
        the plan names, whose help can go on without it."""
        if self.overview is None:
            return []
        known = {(each.name, each.unit) for each in (self.contact, *self.overview.helpers) if each}
        rows = self.plan.rows if self.plan and not self.overview.closed else []
        named = {(r.insats.contact_name, r.insats.unit_name): words.named_helper(r.insats) for r in rows}
        return [*self.overview.helpers, *(each for who, each in named.items() if who not in known)]

    @cached_property
    def open_units(self) -> str:
        """The units that may read now, as a list in words."""
        names = {
            unit.unit_name
            for table in self.page.tables
            for unit in table.units
            if words.unit_state(unit, self.page) == State.GIVEN
        }
        return words.and_list(sorted(names))


def note_shown(version: Version, most: int | None = None) -> NoteShown:
    """A note in words; with ``most`` only so many of its characters."""
    text = Truncator(version.body).chars(most) if most else version.body
    return NoteShown(
        version_id=version.pk,
        title=str(Entry.Kind(version.kind).label),
        on=version.happened_on,
        who=", ".join(filter(None, (version.author_name, version.author_title, version.unit_name))),
        text=text,
        cut=text != version.body,
    )


def _unanswered(table: ConsentTable, page: FamilyPage) -> bool:
    """Whether the reader has yet to answer about a unit that still waits."""
    return any(
        (answer := words.my_answer(unit, page)) is not None
        and not answer.reply
        and words.unit_state(unit, page) == State.WAITING
        for unit in table.units
    )
