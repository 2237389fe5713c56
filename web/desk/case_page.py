"""What every page of a child's case shares: fetching it or 404, header, sub-navigation.

A view below ``/barn/<case_id>/`` begins with ``page = get_case(request, case_id)``, hands
``{"case_page": page, …}`` to its template, and the template extends ``layouts/case.html``.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from access.actor import Actor
from access.facts import AdultRight
from access.permissions import Permission
from access.policy import ADULT_AT, Decision, age_on
from audit.services import record
from cases.facts import Standing, standing
from cases.models import Case, Process
from cases.process import BEFORE_A_PLAN, STEP_OF, WAITS_FOR_ITS_DAY
from cases.queries.head import (
    ConsentHead,
    Contact,
    case_of,
    consent_head,
    contact_of,
    holder_name,
    process_of,
)
from cases.queries.lists import open_until
from cases.queries.team import those_with
from cases.rules import CloseReason, ProcessState, Step
from kit import dates
from kit.identity import reference_of
from people.models import Child
from web.desk.words import age_words, consent_words, language_words
from web.request import Request

# In an address: the same page, made to be printed, and recorded as that.
PRINT = "utskrift"


@dataclass(frozen=True)
class Link:
    """One place in the sub-navigation."""

    label: str
    href: str
    exact: bool = False


@dataclass(frozen=True)
class Sheet:
    """The page as paper: ``address`` is the same page made to be printed, empty for whoever prints
    nothing of this case; ``printing`` that this is it."""

    address: str = ""
    printing: bool = False

    @classmethod
    def of(cls, request: Request, how: Standing) -> Sheet:
        """What the request asks for, as far as the actor may."""
        if not how.may_print:
            return cls()
        query = request.GET.copy()
        printing = bool(query.pop(PRINT, None)) and request.method == "GET"
        query[PRINT] = "1"
        return cls(f"{request.path}?{query.urlencode()}", printing)


@dataclass(frozen=True)
class CasePage:
    """One case as one actor sees it in one request."""

    case: Case
    actor: Actor
    standing: Standing
    sheet: Sheet

    @property
    def child(self) -> Child:
        """The child; its name is readable to whoever may know of the case."""
        return self.case.child

    @cached_property
    def process(self) -> Process | None:
        """Where the case stands; ``None`` for a unit that keeps only its own entries."""
        return process_of(self.case, self.standing)

    @cached_property
    def consent(self) -> ConsentHead:
        """How the consent stands (two statements, once)."""
        return consent_head(self.case, self.standing, self.actor)

    @cached_property
    def lacks_guardian(self) -> bool:
        """Nobody who decides for a child under 18 is registered (two statements, once)."""
        grown = age_on(self.child.born_on, self.actor.today) >= ADULT_AT
        return not grown and not those_with(AdultRight.ANSWERS, self.case, self.actor)

    @property
    def may_close_here(self) -> bool:
        """It can be closed without a follow-up: nothing is agreed yet."""
        early = self.process is not None and self.process.state in BEFORE_A_PLAN
        return early and bool(self.may(Permission.CLOSE_CASE))

    @property
    def works_on(self) -> bool:
        """Assigned, and the unit takes part in full."""
        return self.standing.works_on

    @cached_property
    def closes(self) -> str:
        """When what an arbetsledare opened for herself closes again; empty for others
        (one statement for an arbetsledare, once)."""
        works = self.works_on or self.reads_own
        until = open_until(self.case.pk, self.actor) if works and self.actor.is_lead else None
        return dates.instant(until) if until else ""

    @property
    def keeps_own(self) -> bool:
        """The unit keeps its own entries and no trace of others."""
        return self.standing.facts.unit_participates == "own"

    @property
    def reads_own(self) -> bool:
        """And the actor works there with the case; its arbetsledare needn't."""
        return self.keeps_own and self.standing.facts.assigned

    @property
    def sees_others(self) -> bool:
        """The unit learns of the other units; police and leisure see only their own part."""
        return self.standing.sees_others

    @cached_property
    def contact(self) -> Contact | None:
        """Whom to ring, for a unit that sees only its own part (one statement, once)."""
        return None if self.sees_others else contact_of(self.case, self.actor)

    @property
    def holds(self) -> bool:
        """The unit is responsible for the case or coordinates it."""
        return self.standing.facts.holds_case

    @property
    def circle(self) -> str:
        """How the case is closed to all but named staff: "protected", "locked", "named" where
        nothing may mark it, or not at all."""
        return self.standing.circle

    def record_read(
        self, action: str = "opened_case", *, object: uuid.UUID | None = None, **detail: object
    ) -> None:
        """Record that case content is shown, or printed: once for each page, before it is; on which
        basis, and for what another unit wrote by which disclosure."""
        record(
            by=self.actor,
            kind="print" if self.sheet.printing else "read",
            action=action,
            child=self.case.child_id,
            case=self.case.pk,
            object=object,
            **{"basis": self.may(Permission.READ_CONTENT).reason.value, **detail},
        )

    def record_head(self) -> None:
        """Record that only the head is shown. It is no content, so it stands in no
        family's list of who has read."""
        record(by=self.actor, kind="read", action="opened_head", case=self.case.pk)

    def may(self, permission: Permission) -> Decision:
        """Whether the actor may, and why: also says whether a button is shown."""
        return self.standing.decide(permission)

    def path(self, below: str = "") -> str:
        """An address of the case: ``page.path("hjul/nytt/")``."""
        return f"/barn/{self.case.pk}/{below}"

    @property
    def address(self) -> str:
        """The overview's address."""
        return self.path()

    @property
    def age(self) -> str:
        """The child's age in words."""
        return age_words(self.child.born_on, self.actor.today)

    @property
    def interpreter(self) -> str:
        """The language that the family needs an interpreter for, if any."""
        code = self.child.interpreter_language
        return language_words(code) if code else ""

    @property
    def step(self) -> int:
        """The step now, from 1 to 4; 5 when the case is closed, 0 where not known."""
        if self.process is None:
            return 0
        if self.process.closed_at:
            return len(Step) + 1
        return list(Step).index(STEP_OF[ProcessState(self.process.state)]) + 1

    @property
    def step_now(self) -> Step | None:
        """The step now; ``None`` when the case is closed or where it is not known."""
        return list(Step)[self.step - 1] if 1 <= self.step <= len(Step) else None

    @property
    def step_word(self) -> str:
        """The step now, as a word."""
        if self.process is None:
            return ""
        return _("Ended") if self.process.closed_at else str(STEP_OF[ProcessState(self.process.state)].label)

    @property
    def closed_on(self) -> date | None:
        """The day the case was closed."""
        closed_at = self.process.closed_at if self.process else None
        return dates.as_day(closed_at) if closed_at else None

    @property
    def close_reason(self) -> str:
        """Why the case was closed, in words."""
        reason = self.process.close_reason if self.process else ""
        return str(CloseReason(reason).label) if reason else ""

    @property
    def responsible(self) -> str:
        """Who holds the baton, by name."""
        return self.contact.name if self.contact else holder_name(self.process)

    @property
    def answers_for_it(self) -> str:
        """Who is responsible, by name, where somebody else holds the work together; else empty."""
        process = self.process
        if process is None or process.coordinator_unit_id is None or process.coordinator_id is None:
            return ""
        if process.coordinator_id == process.responsible_id:
            return ""
        staff = getattr(process.responsible, "staffmember", None)
        return staff.name if staff else process.responsible_unit.name

    @property
    def consent_word(self) -> str:
        """The consent's state in words."""
        return consent_words(self.consent)

    @property
    def next_when(self) -> str:
        """The next date in words, empty where there is none."""
        process = self.process
        if process is None or process.next_on is None:
            return ""
        due = dates.due(process.next_on, today=self.actor.today).lower()
        text = f"{dates.in_words(process.next_on)} ({due})"
        return (
            text if process.next_step in WAITS_FOR_ITS_DAY else _("no later than %(date)s") % {"date": text}
        )

    @property
    def reference(self) -> str:
        """What the log reviewer knows the case by, who sees no name."""
        return reference_of(self.case.pk)

    @property
    def links(self) -> list[Link]:
        """The sub-navigation: only what this actor can open."""
        found = [Link(_("Overview"), self.path(), exact=True)]
        if self.reads_own:
            return [*found, Link(_("Events"), self.path("handelser/")), self._concerns]
        if not self.works_on:
            return []
        # Police and leisure see only their own rows, so no wheel.
        wheel = [] if not self.sees_others else [Link(_("The wheel"), self.path("hjul/"))]
        return [
            *found,
            Link(_("Events"), self.path("handelser/")),
            *wheel,
            Link(_("Plan"), self.path("plan/")),
            Link(_("People"), self.path("personer/")),
            Link(_("Consent"), self.path("samtycke/")),
            Link(_("Who sees what"), self.path("vem-ser-vad/")),
            Link(_("Log"), self.path("logg/")),
            self._concerns,
            *([Link(_("Protection"), self.path("skydd/"))] if self.may(Permission.CLOSE_CIRCLE) else []),
        ]

    @property
    def _concerns(self) -> Link:
        """The unit's own notes of orosanmälningar: there for everybody, whatever they hold."""
        return Link(_("Orosanmälan"), self.path("orosanmalan/"))


def get_case(
    request: Request,
    case_id: uuid.UUID,
    *,
    own: bool = False,
    head: bool = False,
    action: str | None = "opened_case",
) -> CasePage:
    """The case, for whoever works on it; 404 for everybody else.

    ``own`` lets in a unit that keeps only its own entries, ``head`` the
    arbetsledare who has not opened the content. The reading is recorded under
    ``action``; give ``None`` where the view itself records a more precise one
    (``page.record_read("opened_entry", object=version.pk)``) or shows nothing.

    What does not exist and what is hidden take the same single statement.
    """
    actor = request.actor
    how = standing(case_id, actor)
    readable = how.works_on or (own and how.facts.assigned) or (head and actor.is_lead and _led(how))
    case = case_of(case_id, actor) if readable else None
    if case is None:
        raise Http404
    page = CasePage(case, actor, how, Sheet.of(request, how))
    if action is not None:
        page.record_read(action)
    return page


def _led(how: Standing) -> bool:
    return bool(how.decide(Permission.SEE_CASE_HEAD))
