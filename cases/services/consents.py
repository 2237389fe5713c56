"""Ask for consent and settle the answers. A consent alone opens nothing."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from access.actor import Actor
from access.facts import AdultRight, ConsentFacts, CustodyFacts
from access.family import child_view_is_asked
from access.permissions import Permission
from access.policy import Required, decide_consent, midnight, who_must_answer
from access.words import refusal
from agencies.breaks import break_on
from agencies.models import Unit
from audit.services import record
from cases.facts import family_standing, standing
from cases.models import Case, ChildView, Process
from cases.process import may_move
from cases.queries.team import those_with
from cases.rules import NextStep, ProcessState
from cases.services.decisions import move_process
from consent.models import Answer, Category, Consent, Route, Scope, State
from kit.dates import as_day, in_words
from kit.errors import Refused


@dataclass(frozen=True)
class ChildSaid:
    """What a child under 12 thinks of the question; ``asked`` is false where she was not
    asked, and the text says why."""

    asked: bool
    text: str


@dataclass(frozen=True)
class Asked:
    """A question to the family: for what, which units and categories, how long.

    ``last_on`` is the last day the consent covers. ``child_view`` is asked for under 12.
    """

    purpose: str
    units: dict[uuid.UUID, frozenset[str]]
    first_on: date
    last_on: date
    child_view: ChildSaid | None = None


@transaction.atomic
def ask_consent(*, case: Case, asked: Asked, by: Actor) -> Consent:
    """Put the question: one row for each unit and each person who must answer.

    The asking unit itself is always one of the units, so that the others may
    show it what they write.
    """
    standing(case.pk, by).require(Permission.ASK_CONSENT)
    account, own_unit = by.writes_as
    units = _checked_units(asked, by)
    _check_child_view(asked, case, by)
    _check_break(asked, case)
    starts = max(by.at, midnight(asked.first_on))
    ends = midnight(asked.last_on + timedelta(days=1))
    custody = tuple(CustodyFacts(c.guardian_id, c.until) for c in those_with(AdultRight.ANSWERS, case, by))
    decision = decide_consent(ConsentFacts(case.child.born_on, custody, starts, ends))
    if decision.until is None:
        raise refusal(decision)
    consent = Consent.objects.create(
        child_id=case.child_id,
        from_unit_id=own_unit,
        purpose=asked.purpose,
        valid=(starts, ends),
        asked_by_id=account,
        asked_at=by.at,
    )
    scopes = [
        Scope(
            consent=consent,
            unit=unit,
            categories=sorted(asked.units.get(unit.pk) or _default_categories(unit)),
            ends_at=decision.until,
        )
        for unit in units
    ]
    Scope.objects.bulk_create(scopes)
    if asked.child_view is not None:
        ChildView.objects.create(
            consent=consent, case=case, unit_id=own_unit, asked=asked.child_view.asked,
            text=asked.child_view.text.strip(), noted_by_id=account, noted_at=by.at,
        )  # fmt: skip
    _ask_each(scopes, who_must_answer(case.child.born_on, custody, starts), case)
    if asks_first(case):
        move_process(case=case, to=ProcessState.CONSENT, by=by, next_step=NextStep.ANSWER)
    record(
        by=by, kind="write", action="consent_asked",
        child=case.child_id, case=case.pk, object=consent.pk,
    )  # fmt: skip
    return consent


def asks_first(case: Case) -> bool:
    """Whether the case waits for the answer before anything else. A plan that is carried out goes on,
    and keeps the day of its follow-up, while the family is asked anew."""
    state = ProcessState(Process.objects.get(case=case).state)
    return state is ProcessState.CONSENT or may_move(state, ProcessState.CONSENT)


@transaction.atomic
def note_answers(
    *,
    consent: Consent,
    replies: dict[uuid.UUID, str],
    route: Route,
    by: Actor,
    answered_on: date | None = None,
) -> State:
    """Note what somebody answered on paper, by phone or in person; return how the
    consent stands after it.

    ``replies`` maps an answer row to ``yes`` or ``no``. ``answered_on`` is the day she
    answered, today if it is not given: not before she was asked, and not to come.
    """
    case = Case.objects.get(child=consent.child_id, process__closed_at__isnull=True)
    standing(case.pk, by).require(Permission.NOTE_ANSWER)
    if route == Route.ELECTRONIC:
        raise Refused(_("Only the person herself answers electronically."))
    replied_at = _when(consent, answered_on or by.today, by)
    _save_replies(consent, replies, route, by, noted_by=by.account_id, replied_at=replied_at)
    return _settle(consent, by)


@transaction.atomic
def answer_consent(*, consent: Consent, replies: dict[uuid.UUID, str], by: Actor) -> None:
    """A guardian or youth answers for herself, electronically."""
    family_standing(consent.child, by).require(Permission.ANSWER_CONSENT)
    _save_replies(consent, replies, Route.ELECTRONIC, by, noted_by=None, replied_at=by.at)
    _settle(consent, by)


def _check_child_view(asked: Asked, case: Case, by: Actor) -> None:
    """Under 12 it is noted what the child thinks, or why she was not asked (R1.7)."""
    said = asked.child_view
    if child_view_is_asked(case.child.born_on, by.at) and (said is None or not said.text.strip()):
        raise Refused(_("Write what the child thinks, or why the child was not asked."), field="child_view")


def _check_break(asked: Asked, case: Case) -> None:
    """A consent doesn't end in a school break, when nobody is there to ask for the next one."""
    found = break_on(case.child.municipality_code, asked.last_on)
    if found is not None:
        raise Refused(
            _(
                "That day lies in %(name)s. Choose one before %(first)s or after %(last)s, when somebody can ask anew."
            )
            % {"name": found.name, "first": in_words(found.first_on), "last": in_words(found.last_on)},
            field="last_on",
        )


def _checked_units(asked: Asked, by: Actor) -> list[Unit]:
    """The chosen units and the asking one; each gets only what its kind may have."""
    if not asked.purpose.strip():
        raise Refused(_("Write what the consent is for."), field="purpose")
    units = list(Unit.objects.filter(pk__in={*asked.units, by.unit_id}))
    if len(units) < 2:
        raise Refused(_("Choose who may read."))
    for unit in units:
        chosen = asked.units.get(unit.pk)
        if unit_kind_limits(unit) and chosen and chosen - {Category.PRACTICAL}:
            raise Refused(_("%(unit)s can only be shown the practical plan.") % {"unit": unit.name})
    return units


def unit_kind_limits(unit: Unit) -> bool:
    """Whether the unit may be shown its own plan rows only."""
    from access.units import UnitKind

    return UnitKind(unit.kind).practical_rows_only


def _default_categories(unit: Unit) -> frozenset[str]:
    if unit_kind_limits(unit):
        return frozenset({Category.PRACTICAL})
    return frozenset({Category.PLAN, Category.BASIS, Category.HEALTH})


def _ask_each(scopes: list[Scope], required: Required, case: Case) -> None:
    answers = [
        Answer(scope=scope, guardian_id=uuid.UUID(str(guardian)))
        for scope in scopes
        for guardian in required.guardians
    ]
    if required.child:
        answers += [Answer(scope=scope, child_id=case.child_id) for scope in scopes]
    Answer.objects.bulk_create(answers)


def _save_replies(
    consent: Consent,
    replies: dict[uuid.UUID, str],
    route: Route,
    by: Actor,
    *,
    noted_by: uuid.UUID | None,
    replied_at: datetime,
) -> None:
    if not replies:
        raise Refused(_("Choose yes or no."))
    for answer_id, reply in replies.items():
        if reply not in {Answer.Reply.YES, Answer.Reply.NO}:
            raise Refused(_("Choose yes or no."))
        changed = (
            Answer.objects.filter(pk=answer_id, scope__consent=consent)
            .exclude(reply=Answer.Reply.WITHDRAWN)
            .exclude(scope__state="given")
            .update(reply=reply, route=route, replied_at=replied_at, noted_by=noted_by)
        )
        if changed != 1:
            raise Refused(_("The answer could not be saved. Nothing has changed."))
    record(
        by=by, kind="write", action="consent_answered",
        child=consent.child_id, object=consent.pk, route=route.value, of=_whose(replies),
    )  # fmt: skip


def _whose(replies: dict[uuid.UUID, str]) -> str:
    """Whose answers they are, by id: nobody else of the family finds them in its log."""
    people = Answer.objects.filter(pk__in=replies).values_list("guardian", "child").distinct()
    return " ".join(sorted(str(guardian or child) for guardian, child in people))


def _when(consent: Consent, on: date, by: Actor) -> datetime:
    """When somebody answered: now, or on a day since she was asked."""
    if on > by.today:
        raise Refused(_("The day can't be in the future."))
    if on < as_day(consent.asked_at):
        raise Refused(_("Nobody can answer before the question was asked."))
    return by.at if on == by.today else max(midnight(on), consent.asked_at)


def _settle(consent: Consent, by: Actor) -> State:
    with connection.cursor() as cursor:
        cursor.execute("select access.consent_settle(%s)", [consent.pk])
        (state,) = cursor.fetchone()
    if state is None:
        raise Refused(_("The answer could not be saved. Nothing has changed."))
    return State(state)
