"""What the second wall is asked of one person, alone: with row-level security out of the way.

Row-level security would mask a filter that is gone, as it is meant to. So each question is asked in
the role of the loader, whom it lets pass, while the person's context lasts. What is expected comes
from ``READERS``, and for what is no row of one table from ``EXPECTED`` here.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from access.actor import Actor
from access.facts import AdultRight
from access.units import UnitKind
from access.whom import Recipient
from agencies.models import Membership
from cases.models import (
    Admission,
    Case,
    Concern,
    Emergency,
    Entry,
    Feedback,
    Handover,
    Hiding,
    Journaled,
    Kin,
    Lock,
    Meeting,
    Named,
    OtherAdult,
    Process,
    Signal,
    UnnamedMessage,
    UnnamedQuestion,
    Version,
)
from cases.queries.inbox import _readable_texts
from people.models import Child, Guardianship
from plans import deliveries
from plans.models import Document, FollowUp, Goal, GoalResult, Insats, InsatsResult, Plan, PlanVersion
from plans.queries import family as plans_of_family
from reviews.models import LogReview
from tests.access.fixed_world import FixedWorld
from tests.access.readers import CASEWORKERS, PARENTS, READERS, TEAM_A, TEAM_B, TEAM_Y
from tests.database import as_loader
from tests.mutations.more_rows import MORE_READERS

VISIBLE: tuple[Any, ...] = (
    Case, Process, Signal, Entry, Version, Hiding, Concern, Handover, Meeting, Feedback, Kin, Journaled, Plan,
    PlanVersion, FollowUp, Goal, Insats, GoalResult, InsatsResult, LogReview, UnnamedQuestion, UnnamedMessage,
)  # fmt: skip
_A = {"case_a", "case_b", "case_y", "case_v"}


@dataclass(frozen=True)
class Question:
    """A filter of the program, asked of somebody; ``rows`` says for each row whom it is for."""

    name: str
    ask: Callable[[Actor], QuerySet[Any]]
    rows: dict[str, set[str]]

    def expected(self, fixed: FixedWorld, actor: str) -> set[Any]:
        """The keys of the rows that are hers."""
        return {fixed.key(row) for row, readers in self.rows.items() if actor in readers}

    def known(self, fixed: FixedWorld) -> set[Any]:
        """The keys of all rows that are asked about."""
        return {fixed.key(row) for row in self.rows}


# What is no table's ``visible_to``: row → those whose it is; of the rows named here, nobody else's.
EXPECTED: dict[str, tuple[Callable[[Actor], QuerySet[Any]], dict[str, set[str]]]] = {
    "cases worked on": (
        lambda actor: Case.objects.worked_on_by(actor),
        {"case_a": TEAM_A, "case_b": TEAM_B, "case_y": TEAM_Y, "case_v": {"soc-vaxjo"}},
    ),
    "cases kept": (
        lambda actor: Case.objects.remembered_by(actor),
        {"case_a": set(), "case_b": {"kurator"}, "case_y": set(), "case_v": set()},
    ),
    "cases led": (
        lambda actor: Case.objects.led_by(actor),
        {"case_a": {"bvc-ledare"}, "case_b": {"rektor", "bvc-ledare", "soc-ledare"}, "case_y": set(), "case_v": set()},
    ),
    "cases of the family": (
        lambda actor: Case.objects.of_family(actor),
        {"case_a": PARENTS | {"familjehem"}, "case_b": {"granne"}, "case_y": {"mor", "ungdom"}, "case_v": set(),
         "case_contested": {"granne"}},
    ),
    "cases of a guardian, the plan": (
        lambda actor: Case.objects.of_guardian(actor, right=AdultRight.PLAN),
        {"case_a": PARENTS | {"familjehem"}, "case_b": {"granne"}, "case_y": {"mor"}, "case_contested": {"granne"}},
    ),
    "cases of a guardian, the notes": (
        lambda actor: Case.objects.of_guardian(actor, right=AdultRight.SHOWN),
        {"case_a": PARENTS, "case_b": {"granne"}, "case_y": {"mor"}, "case_contested": set()},
    ),
    "children of the family": (
        lambda actor: Child.objects.of_guardian(actor),
        {"child_a": PARENTS | {"familjehem"}, "child_b": {"granne"}, "child_y": {"mor", "ungdom"}, "child_v": set()},
    ),
    "signals waiting": (
        lambda actor: Signal.objects.waiting_for(actor),
        {"signal_inbox": {"bvc", "bvc2", "bvc-ledare", "tva-enheter"},
         "signal_taken": set(), "signal_kept": set()},
    ),
    "signals sent": (
        lambda actor: Signal.objects.sent_by(actor),
        {"signal_inbox": {"forskola"}, "signal_taken": {"forskola"}, "signal_kept": {"forskola"},
         "signal_of_two_units": {"tva-enheter/pupil_health"}, "signal_of_colleague": {"bvc2"}},
    ),
    "texts of signals": (
        _readable_texts,
        {"text_kept": {"forskola"}, "text_taken": {"forskola", "bvc"},
         "signal_of_two_units": {"tva-enheter/pupil_health"}, "signal_of_colleague": {"bvc2", "bvc-ledare"}},
    ),
    "versions of one's unit": (
        lambda actor: Version.objects.written_by_unit_of(actor),
        {"note": {"bvc"}, "closed_note": {"bvc"}, "logoped_note": {"logoped"}, "kurator_note_b": {"kurator"},
         "school_note_b": {"mentor"}, "note_y": TEAM_Y},
    ),
    "versions shown": (
        lambda actor: Version.objects.shown_to(actor),
        {"note": {"logoped", "mamma"}, "closed_note": set(), "logoped_note": {"bvc"}, "words": {"mamma"},
         "hidden_note": {"pappa"}, "kurator_note_b": {"mentor"}, "school_note_b": set(),
         "note_y": {"mor", "ungdom"}, "hidden_y": {"mor"}, "only_y": set()},
    ),
    "agreed plans": (
        lambda actor: PlanVersion.objects.agreed(),
        {"plan_agreed": {"bvc", "soc"}, "plan_draft": set(), "plan_bare": set()},
    ),
    "releases to the family": (
        plans_of_family._releases_to,
        {"release_mamma": {"mamma"}, "release_logoped": set(), "release_leisure": set(), "release_over": set(),
         "release_youth": {"ungdom"}, "release_of_draft": set(), "release_school": set()},
    ),
    "documents of the family": (
        lambda actor: _documents(actor),
        {"document_mamma": {"mamma"}, "document_of_father": {"pappa"}},
    ),
    "releases by mail": (
        deliveries._releases_to,
        {"release_mamma": {"mamma"}, "release_logoped": set(), "release_leisure": set(), "release_over": set(),
         "release_youth": {"ungdom"}, "release_of_draft": set(), "release_school": set()},
    ),
    "decisions to hide in force": (
        lambda actor: Hiding.objects.in_force(),
        {"hiding": {"bvc"}, "hiding_y": {"bvc"}, "hiding_lifted": set()},
    ),
    "custody in force": (
        lambda actor: Guardianship.objects.in_force(actor.at),
        {"custody_mamma": {"bvc"}, "custody_far": set(), "custody_ended": set()},
    ),
    "other adults in force": (
        lambda actor: OtherAdult.objects.in_force(actor.at),
        {"adult": {"bvc"}, "adult_ended": set()},
    ),
    "roles in force": (
        lambda actor: Membership.objects.in_force(actor.at),
        {"membership_logoped": {"bvc"}, "membership_ended": set()},
    ),
}  # fmt: skip


def _documents(actor: Actor) -> QuerySet[Any]:
    """The newest of each release that is shown to her; staff have none to ask for."""
    if not actor.is_family:
        return Document.objects.none()
    shown: QuerySet[Any] = plans_of_family._releases_to(actor).order_by()
    return Document.objects.filter(pk__in=shown.values("document_id"))


# What doesn't ask who acts is asked of these alone.
_OF_NOBODY = {
    "agreed plans", "decisions to hide in force", "custody in force", "other adults in force", "roles in force",
}  # fmt: skip


# What goes by the person, or by what is one's own, whatever becomes of the case.
_OF_ONESELF = {
    "children of the family", "signals sent", "texts of signals", "signals waiting", "entries of one's unit",
    "cases led", "releases to the family", "documents of the family", "releases by mail",
}  # fmt: skip


def questions(fixed: FixedWorld) -> list[Question]:
    """Every filter with what is expected of it."""
    return [*_asked(fixed), *_previews(fixed)]


def _asked(fixed: FixedWorld) -> list[Question]:
    asked = [_visible(model, fixed) for model in VISIBLE]
    return asked + [Question(name, ask, rows) for name, (ask, rows) in EXPECTED.items()]


def closed(fixed: FixedWorld) -> list[Question]:
    """Case A locked, with one of the staff named and one of the family let in: to all others, those
    too who have sent a signal about it, there is no such case."""
    world = fixed.world
    said = _lock(fixed, "case_a", "bvc", "bvc")
    with as_loader():
        Admission.objects.create(
            **said, child=world.child, guardian=world.guardians["mamma"],
            decided_by=world.accounts["bvc"], decided_at=world.at,
        )  # fmt: skip
    return _otherwise(fixed, said["case_id"], lambda readers: readers & {"bvc", "mamma"})


def closed_to_keepers(fixed: FixedWorld) -> list[Question]:
    """Case B locked to the one who works on it in the unit that holds it: not to her who is assigned
    in a unit that keeps its own notes there."""
    said = _lock(fixed, "case_b", "mentor", "school")
    return _otherwise(fixed, said["case_id"], lambda readers: readers & {"mentor"})


def _lock(fixed: FixedWorld, case: str, named: str, unit: str) -> dict[str, Any]:
    world, by = fixed.world, fixed.world.accounts[named]
    said = {"case_id": fixed.key(case), "reason": "x" * 20, "valid": world.period((world.days(-0.5), None))}
    with as_loader():
        Lock.objects.create(**said, locked_by=by, locked_at=world.at)
        Named.objects.create(**said, account=by, unit=world.units[unit], asked_at=world.at)
    return said


def in_emergency(fixed: FixedWorld) -> list[Question]:
    """Case A opened in an emergency by a colleague: she reads what whoever is assigned does."""
    world, case = fixed.world, fixed.key("case_a")
    with as_loader():
        Emergency.objects.create(
            case_id=case, account=world.accounts["bvc2"], unit=world.units["bvc"], code="acute", text="x" * 20,
            opened_at=world.at, valid=world.period(), review_due_on=world.today,
        )  # fmt: skip
    return _otherwise(fixed, case, lambda readers: readers | ({"bvc2"} if "bvc" in readers else set()))


def _otherwise(fixed: FixedWorld, case: uuid.UUID, change: Callable[[set[str]], set[str]]) -> list[Question]:
    """The questions, with other readers of what belongs to the case. A person's own capacity, and
    what nobody asks about, stays."""
    asked = [q for q in _asked(fixed) if q.name not in _OF_NOBODY | _OF_ONESELF]
    return [
        Question(
            q.name,
            q.ask,
            {row: change(who) if _is_of(fixed, row, case) else who for row, who in q.rows.items()},
        )
        for q in asked
    ]


def _is_of(fixed: FixedWorld, row: str, case: uuid.UUID) -> bool:
    return case in (fixed.key(row), getattr(fixed.rows[row], "case_id", None))


def concerns(question: Question, actor: str) -> bool:
    """Whether the question is one for her."""
    if question.name in _OF_NOBODY:
        return actor == "bvc"
    if question.name.startswith("preview"):
        return actor in ("bvc", "kurator") and actor in question.name
    return True


def _visible(model: Any, fixed: FixedWorld) -> Question:
    rows = {row: who for row, who in (READERS | MORE_READERS).items() if type(fixed.rows[row]) is model}
    return Question(f"{model.__name__}.visible_to", lambda actor: model.objects.visible_to(actor), rows)


# --- Förhandsvisa som … -------------------------------------------------------------------------

_PREVIEWED: tuple[Any, ...] = (Case, Entry, Version, Plan, PlanVersion, FollowUp, Goal, Insats)


def _previews(fixed: FixedWorld) -> list[Question]:
    """What another may see of the asker's own case, by the same filters."""
    world = fixed.world
    seen_as: list[tuple[str, str, str, Recipient]] = [
        (
            "bvc",
            "case_a",
            user,
            Recipient(unit_id=world.units[unit].pk, unit_kind=UnitKind(world.units[unit].kind)),
        )
        for user, unit in (("logoped", "logoped"), ("fritid", "leisure"), ("polis", "police"), ("bvc", "bvc"))
    ]
    seen_as += [
        ("bvc", "case_a", user, Recipient(guardian_id=world.guardians[user].pk)) for user in sorted(PARENTS)
    ]
    seen_as += [
        ("kurator", "case_y", "mor", Recipient(guardian_id=world.guardians["mor"].pk)),
        ("kurator", "case_y", "ungdom", Recipient(child_id=world.youth.pk)),
    ]
    return [_preview(fixed, model, *how) for how in seen_as for model in _PREVIEWED]


def _preview(fixed: FixedWorld, model: Any, asker: str, case: str, user: str, to: Recipient) -> Question:
    of = fixed.key(case)
    rows = {
        row: {asker} if user in readers else set()
        for row, readers in READERS.items()
        if type(fixed.rows[row]) is model
        and of in (fixed.key(row), getattr(fixed.rows[row], "case_id", None))
    }
    return Question(
        f"preview by {asker} as {user}: {model.__name__}", lambda actor: model.objects.visible_to(to), rows
    )


# --- Asking -----------------------------------------------------------------------------------------


class Answers:
    """Asks each statement once for each actor: most mutants leave most statements as they are."""

    def __init__(self) -> None:
        self.found: dict[str, set[uuid.UUID]] = {}

    def of(self, rows: QuerySet[Any]) -> set[uuid.UUID]:
        """The keys that come out, past row-level security."""
        keys = rows.values_list("pk", flat=True)
        try:
            statement, values = keys.query.sql_with_params()
        except EmptyResultSet:
            return set()
        known = f"{statement} {values}"
        if known not in self.found:
            with as_loader(), connection.cursor() as cursor:
                cursor.execute(statement, values)
                self.found[known] = {key for (key, *_) in cursor.fetchall()}
        return self.found[known]


def everybody() -> Iterable[str]:
    """Those who are asked, those first who tell most mutants."""
    first = (
        "bvc",
        "mamma",
        "fritid",
        "kurator",
        "ungdom",
        "logoped",
        "bvc-ledare",
        "mor",
        "far",
        "tva-enheter",
    )
    rest = sorted(
        (CASEWORKERS | {"pappa", "granne", "familjehem", "granskare", "admin", "styrgrupp", "nobody"})
        - {*first}
    )
    return (*first, *rest)
