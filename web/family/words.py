"""The family's words: what happens now, what comes next, how things stand.

To guardians the page says "ni"; to the young person herself it says "du", which are the
texts with the context ``youth``.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.expectations import Party
from cases.process import WAITS_FOR_ITS_DAY
from cases.queries.family import FamilyOverview, Helper
from cases.rules import NextStep, ProcessState
from consent.models import Answer, Category, State
from consent.queries import ConsentTable, UnitAsked
from kit import dates
from plans.models import GoalResult, Insats, InsatsResult, Status
from plans.queries.family import FamilyPlan, FamilyRow
from web.family.page import FamilyPage

_S = ProcessState


@dataclass(frozen=True)
class Pill:
    """A state as a word and the kind of its pill."""

    word: str
    kind: str


# --- Just nu and nästa steg ----------------------------------------------------------------


def step_names(page: FamilyPage, now: int) -> list[str]:
    """The four steps in family words; those before ``now`` as what was done."""
    if page.is_me:
        first = pgettext("youth", "Somebody saw that you may need support")
        found_out = pgettext("youth", "We found out more together with you")
        find_out = pgettext("youth", "We find out more together with you")
    else:
        first = _("Somebody saw that %(name)s may need support") % {"name": page.name}
        found_out = _("We found out more together with you")
        find_out = _("We find out more together with you")
    return [
        first,
        found_out if now > 2 else find_out,
        _("We made a plan together") if now > 3 else _("We make a plan together"),
        _("We did what we decided") if now > 4 else _("We do what we decided and see how it goes"),
    ]


def party_word(party: Party, page: FamilyPage) -> str:
    """What somebody of whom something is expected is called to the reader."""
    if party == Party.FAMILY and not page.is_me:
        return _("You in the family")
    if party == Party.CHILD:
        return pgettext("youth", "You") if page.is_me else page.name
    return str(party.label)


def now_words(page: FamilyPage, overview: FamilyOverview, plan: FamilyPlan | None) -> str:
    """What happens now, in one or two short sentences."""
    if overview.closed:
        return _("The work is finished. You can still read what has been shown to you here.")
    if plan is not None and plan.refused:
        return _not_agreed(page)
    if plan is not None and plan.lacks_consent:
        return _("The plan is paused. No consent is in force now.")
    if plan is not None and plan.some_paused and overview.state == _S.IMPLEMENTING:
        return _("The plan goes on. What stands as paused waits for consent.")
    who = overview.contact.called if overview.contact else ""
    text = _now_to_me(overview.state) if page.is_me else _now_to_guardians(overview.state)
    return text % {"who": who, "name": page.name}


def _now_to_guardians(state: ProcessState) -> str:
    texts = {
        _S.NOTICED: _("Somebody who meets %(name)s has seen that more support may be needed."),
        _S.DIALOGUE: _("%(who)s is talking with you about what %(name)s needs."),
        _S.GATHERING: _("We are finding out more together with you."),
        _S.ASSESSMENT: _("%(who)s is looking at what %(name)s needs."),
        _S.CONSENT: _("We ask whether several may help each other. Nothing is shared before you say yes."),
        _S.INVITED: _("Those who are to help have been asked to come along."),
        _S.MET: _("We have met. Now we make a plan together."),
        _S.PLANNING: _("We are making a plan together with you."),
        _S.IMPLEMENTING: _("Everybody does what stands in the plan."),
        _S.FOLLOW_UP: _("We look together at how it has gone."),
        _S.DORMANT: _("The work rests for now."),
    }
    return texts.get(state, "")


def _now_to_me(state: ProcessState) -> str:
    texts = {
        _S.NOTICED: pgettext("youth", "Somebody who meets you has seen that you may need more support."),
        _S.DIALOGUE: pgettext("youth", "%(who)s is talking with you about what you need."),
        _S.GATHERING: pgettext("youth", "We are finding out more together with you."),
        _S.ASSESSMENT: pgettext("youth", "%(who)s is looking at what you need."),
        _S.CONSENT: pgettext(
            "youth", "We ask whether several may help each other. Nothing is shared before you say yes."
        ),
        _S.PLANNING: pgettext("youth", "We are making a plan together with you."),
    }
    return texts.get(state) or _now_to_guardians(state)


def _not_agreed(page: FamilyPage) -> str:
    """Her own no. Of anybody else's the page says nothing, whatever was answered: an answer to
    the plan is not read by the rest of the family."""
    if page.is_me:
        return pgettext("youth", "You have said no to the plan. It is not in force before you agree.")
    return _("You have said no to the plan. It is not in force before you agree.")


@dataclass(frozen=True)
class Next:
    """The next step: what, when and who. Any of them may be unknown."""

    title: str
    when: str = ""
    who: str = ""


def next_step(page: FamilyPage, overview: FamilyOverview) -> Next | None:
    """What comes next, or nothing where nothing is planned."""
    if overview.closed or overview.next_step is None:
        return None
    contact = overview.contact
    titles = {
        NextStep.TALK: _("%(who)s talks with you"),
        NextStep.FIND_OUT: _("%(who)s finds out more together with you"),
        NextStep.HAND_OVER: _("%(who)s talks with you about who can help"),
        NextStep.SUPPORT: _("%(who)s follows up the support together with you"),
        NextStep.CLOSE: _("%(who)s rounds off together with you"),
        NextStep.ASK: _("%(who)s asks you about consent"),
        NextStep.ANSWER: pgettext("youth", "You answer the question about consent")
        if page.is_me
        else _("You answer the question about consent"),
        NextStep.PLAN: _("We make a plan together"),
        NextStep.FOLLOW_UP: _("We look at how the plan has gone"),
        NextStep.LOOK_AGAIN: _("%(who)s asks you how it is now"),
    }
    who = contact.called if contact else ""
    title = titles[overview.next_step] % {"who": who}
    when = _when(overview.next_step, overview.next_on, page.actor.today)
    return Next(title, when, _where(overview, page))


def _when(step: NextStep, on: date | None, today: date) -> str:
    """The day of what waits for one; for the rest the last day on which those who work with it have
    promised to. The family's own answer has none: nobody hurries a consent."""
    if on is None or step is NextStep.ANSWER:
        return ""
    text = dates.with_weekday(on)
    if step not in WAITS_FOR_ITS_DAY:
        return _("No later than %(date)s") % {"date": text} if on >= today else ""
    return f"{text[:1].upper()}{text[1:]} ({dates.relative(on, today=today)})"


def _where(overview: FamilyOverview, page: FamilyPage) -> str:
    """Who meets, and that time and place are settled together."""
    contact = overview.contact
    if contact is None or overview.next_step not in {NextStep.FOLLOW_UP, NextStep.PLAN, NextStep.TALK}:
        return ""
    values = {"who": contact.called, "role": contact.role}
    if page.is_me:
        return pgettext("youth", "You meet %(who)s, %(role)s. Time and place you settle together.") % values
    return _("You meet %(who)s, %(role)s. Time and place you settle together.") % values


# --- The plan ------------------------------------------------------------------------------

_STATUS = {
    Status.Value.PLANNED: "neutral",
    Status.Value.ONGOING: "active",
    Status.Value.DONE: "success",
    Status.Value.NOT_DONE: "closed",
    Status.Value.PAUSED: "paused",
}


def row_pill(row: FamilyRow) -> Pill:
    """How a row goes."""
    words = {
        Status.Value.PLANNED: _("Planned"),
        Status.Value.ONGOING: _("Going on"),
        Status.Value.DONE: _("Done"),
        Status.Value.NOT_DONE: _("Not done"),
        Status.Value.PAUSED: _("Paused"),
    }
    return Pill(words[row.value], _STATUS[row.value])


def why_paused(row: FamilyRow, page: FamilyPage) -> str:
    """Why a row waits: what the reader answered herself, else only that the consent
    does not hold. Who else answered what is nobody's but the one who asked to know."""
    if not row.paused:
        return ""
    mine = _newest_answer(row.insats.unit_id, page)
    if mine is not None and mine.reply in {Answer.Reply.NO, Answer.Reply.WITHDRAWN}:
        return f"{_answered(mine)}."
    if row.paused in {State.WITHDRAWN, State.EXPIRED}:
        return _("The consent for %(unit)s no longer holds.") % {"unit": row.insats.unit_name}
    return _("We are waiting for an answer about consent.")


def _newest_answer(unit_id: uuid.UUID | None, page: FamilyPage) -> Answer | None:
    """The reader's own answer row in the newest consent that asks about a unit."""
    for table in page.tables:
        for unit in table.units:
            if unit.scope.unit_id == unit_id:
                return my_answer(unit, page)
    return None


def named_helper(insats: Insats) -> Helper:
    """Whom the plan names for something: as written there."""
    return Helper(
        name=insats.contact_name,
        title=insats.contact_title,
        unit=insats.unit_name,
        does="",
        phone=insats.contact_phone,
        hours="",
    )


def when_words(insats: Insats) -> str:
    """From and until when something is done."""
    if insats.starts_on and insats.due_on:
        same_year = insats.starts_on.year == insats.due_on.year
        first = dates.day_month(insats.starts_on) if same_year else dates.in_words(insats.starts_on)
        values = {"first": first, "last": dates.in_words(insats.due_on)}
        return _("%(first)s to %(last)s") % values
    if insats.starts_on:
        return _("from %(date)s") % {"date": dates.in_words(insats.starts_on)}
    return _("no later than %(date)s") % {"date": dates.in_words(insats.due_on)} if insats.due_on else ""


# --- Consent -------------------------------------------------------------------------------


def may_read(unit: UnitAsked) -> str:
    """What a unit may be shown, in plain words."""
    words = {
        Category.PLAN: _("the plan"),
        Category.BASIS: _("notes"),
        Category.HEALTH: _("what is about health"),
        Category.PRACTICAL: _("only its own part of the plan"),
    }
    covered = set(unit.scope.categories)
    if Category.PLAN in covered:
        covered.discard(Category.PRACTICAL)
    found = [words[c] for c in Category if c.value in covered]
    text = and_list(found)
    return text[:1].upper() + text[1:]


def and_list(parts: list[str]) -> str:
    """Anna, Ali och Bo."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def waiting_words(table: ConsentTable, page: FamilyPage) -> str:
    """That the reader has said yes and nothing is shared yet: not how many have yet to answer,
    nor whether somebody said no. Of two guardians each would else know what the other did."""
    waits = any(
        (answer := my_answer(unit, page)) is not None
        and answer.reply == Answer.Reply.YES
        and unit_state(unit, page) == State.WAITING
        for unit in table.units
    )
    return _("We are waiting for answers") if waits else ""


def unit_state(unit: UnitAsked, page: FamilyPage) -> State:
    """How the consent for a unit stands, as far as one of the family learns it: given, waiting,
    withdrawn or expired. What has never held waits until its period ends, whether somebody has
    said no, has taken a yes back or has not answered yet: what each answered is her own."""
    at, scope = page.actor.at, unit.scope
    if scope.state == State.GIVEN and not unit.in_force(at):
        starts = scope.valid.lower if scope.valid and not scope.valid.isempty else None
        return State.GIVEN if starts and at < starts else State.EXPIRED
    if scope.state in {State.GIVEN, State.EXPIRED}:
        return State(scope.state)
    if scope.valid is not None:
        return State.EXPIRED if scope.valid.isempty else State.WITHDRAWN
    return State.WAITING if at < scope.ends_at else State.EXPIRED


def unit_pill(unit: UnitAsked, page: FamilyPage) -> Pill:
    """How the consent for one unit stands. A guardian learns her own answer and whether
    the consent holds, never which of the others said no or took a yes back."""
    state = unit_state(unit, page)
    mine = my_answer(unit, page)
    reply = mine.reply if mine is not None else ""
    if state == State.GIVEN:
        return Pill(_("Yes"), "success")
    if reply == Answer.Reply.WITHDRAWN:
        return Pill(_("Taken back"), "closed")
    if state in {State.WITHDRAWN, State.EXPIRED}:
        return Pill(_("No longer holds"), "closed")
    if reply == Answer.Reply.NO:
        return Pill(_("No"), "closed")
    if mine is not None and not reply:
        return Pill(_("Waiting for your answer"), "waiting")
    return Pill(_("Not everybody has said yes"), "waiting")


def my_answer(unit: UnitAsked, page: FamilyPage) -> Answer | None:
    """The reader's own answer row about a unit."""
    return unit.answers.get(page.me) if page.me else None


def my_words(unit: UnitAsked, page: FamilyPage) -> str:
    """What the reader herself has answered about a unit, and when."""
    answer = my_answer(unit, page)
    return _answered(answer) if answer is not None and answer.reply and answer.replied_at else ""


def _answered(answer: Answer) -> str:
    words = {"yes": _("You said yes"), "no": _("You said no"), "withdrawn": _("You took back your yes")}
    when = dates.in_words(answer.replied_at) if answer.replied_at else ""
    return " ".join(filter(None, (words[answer.reply], when)))


def consents_now(tables: list[ConsentTable], page: FamilyPage) -> dict[uuid.UUID, State]:
    """How consent stands for each unit: in force if any is, else as the newest says."""
    found: dict[uuid.UUID, State] = {}
    for table in tables:
        for unit in table.units:
            state = unit_state(unit, page)
            if state == State.GIVEN and not unit.in_force(page.actor.at):
                state = State.WAITING
            if unit.scope.unit_id not in found or state == State.GIVEN:
                found[unit.scope.unit_id] = state
    return found


def goal_result(result: GoalResult) -> str:
    """How far a goal had come when we last followed it up."""
    texts = {
        GoalResult.Value.REACHED: _("When we followed up %(day)s the goal was reached."),
        GoalResult.Value.PARTLY: _("When we followed up %(day)s we had come part of the way."),
        GoalResult.Value.NOT_YET: _("When we followed up %(day)s we were not there yet."),
    }
    return texts[GoalResult.Value(result.value)] % {"day": dates.in_words(result.held_on)}


def insats_result(result: InsatsResult) -> str:
    """What had come of what somebody was to do, and of what was not done, why."""
    texts = {
        InsatsResult.Value.DONE: _("When we followed up %(day)s it was done."),
        InsatsResult.Value.ONGOING: _("When we followed up %(day)s it was going on."),
        InsatsResult.Value.NOT_DONE: _("When we followed up %(day)s it was not done: %(reason)s"),
    }
    words = {"day": dates.in_words(result.held_on), "reason": result.reason}
    return texts[InsatsResult.Value(result.value)] % words
