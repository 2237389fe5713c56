"""The one next step of a case for whoever looks at it, with the page where it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from access.permissions import Permission
from cases.models import Process
from cases.rules import NextStep, ProcessState
from consent.models import State
from kit import dates
from web.desk.case_page import CasePage
from web.desk.words import and_list

# So long before its day a follow-up can be held from the overview.
NEAR = timedelta(days=14)


@dataclass(frozen=True)
class Next:
    """What comes now. Without ``href`` it is somebody else's to do."""

    title: str
    href: str = ""
    action: str = ""
    text: str = ""
    dated: bool = True


def next_step(page: CasePage, *, has_wheel: bool, has_events: bool) -> Next:
    """The next step: the holder's own action, or what the others wait for. What was
    decided goes before where the case stands."""
    process = page.process
    if page.standing.facts.closed:
        return _closed(process)
    if process is None:
        return _own_part(page)
    if not page.may(Permission.DECIDE_COLLABORATION):
        return _of_team(page)
    if decided := _after_decision(page, process.next_step):
        return decided
    return _of_holder(page, process, has_wheel=has_wheel, has_events=has_events)


def _of_holder(page: CasePage, process: Process, *, has_wheel: bool, has_events: bool) -> Next:
    """The holder's next action by where the case stands."""
    state = ProcessState(process.state)
    if state in {ProcessState.NOTICED, ProcessState.DIALOGUE}:
        return _find_out(page, has_wheel=has_wheel, has_events=has_events)
    if state in {ProcessState.GATHERING, ProcessState.ASSESSMENT}:
        return _decide(page)
    if state is ProcessState.CONSENT:
        return _consent(page)
    if state in {ProcessState.INVITED, ProcessState.MET, ProcessState.PLANNING}:
        return Next(_("Make a plan together"), page.path("plan/"), _("To the plan"))
    if page.consent.state and not page.consent.covers_own:
        go_through = _("Go through the answers with the family")
        return Next(go_through, page.path("samtycke/"), _("To the consent"), dated=False)
    if state is ProcessState.DORMANT:
        return Next(
            _("Look again whether help is needed"), page.path("beslut/"), _("Decide"),
            _("The case rests. Decide anew when you have talked with the child and the family."),
        )  # fmt: skip
    near = process.next_on is not None and process.next_on <= page.actor.today + NEAR
    if near and page.may(Permission.EDIT_PLAN):
        return Next(_("Follow up the plan"), page.path("plan/folj-upp/"), _("Follow up"))
    return Next(_("Follow up the plan"), page.path("plan/"), _("To the plan"))


def _own_part(page: CasePage) -> Next:
    """For a unit that sees only its own rows."""
    text = _("%(name)s sees to the rest.") % {"name": page.responsible} if page.responsible else ""
    return Next(_("Your unit's part of the plan"), page.path("plan/"), _("To the plan"), text)


def _closed(process: Process | None) -> Next:
    """Why and when it was closed, for whoever may know the process."""
    if process is None or process.closed_at is None:
        return Next(_("The case is closed"))
    values = {
        "reason": process.get_close_reason_display(),
        "date": dates.in_words(dates.as_day(process.closed_at)),
    }
    return Next(_("The case is closed"), text=_("%(reason)s. Closed %(date)s.") % values)


def _after_decision(page: CasePage, step: str) -> Next | None:
    """What follows from a decision that no other unit is needed, or another one instead."""
    if step == NextStep.CLOSE:
        return Next(
            _("Close the case"),
            page.path("avsluta/"),
            _("Close the case"),
            _("You have decided that no support is needed. Tell the child and the family first."),
        )
    if step == NextStep.SUPPORT:
        return Next(
            _("Follow up your own support"),
            page.path("beslut/"),
            _("Follow up"),
            _("Ask the child and the family what has helped. Then decide anew: go on, work together or end."),
        )
    if step == NextStep.HAND_OVER:
        return _register(page) or Next(
            _("Talk with the family about the other service"),
            page.path("samtycke/nytt/"),
            _("Ask for consent"),
            _("Ask for their consent to involve it. You are responsible until it has accepted."),
        )
    return None


def _register(page: CasePage) -> Next | None:
    """Nobody can be asked about a child under 18 without a registered guardian."""
    if not page.lacks_guardian:
        return None
    return Next(
        _("Register the child's guardians"),
        page.path("personer/vardnadshavare/"),
        _("Register a guardian"),
        _("Somebody with custody must be registered before you can ask for consent."),
    )


def _find_out(page: CasePage, *, has_wheel: bool, has_events: bool) -> Next:
    """First the talk, then the wheel, then the decision: one at a time."""
    if has_wheel:
        return _decide(page)
    if not has_events:
        return Next(
            _("Talk with the family and find out more"),
            page.path("anteckning/ny/"),
            _("Write what you have heard"),
            _("Then you fill in the wheel, your own view of how the child is."),
        )
    return Next(
        _("Fill in the wheel"),
        page.path("hjul/nytt/"),
        _("Fill in the wheel"),
        _("It is your own view of how the child is. Then you decide what is needed."),
    )


def _decide(page: CasePage) -> Next:
    return Next(_("Decide what the child needs"), page.path("beslut/"), _("Decide"))


def _consent(page: CasePage) -> Next:
    """What the consent waits for: the question, the answers, or another talk."""
    head = page.consent
    if head.state == State.WAITING:
        names = and_list(head.waiting_for)
        return Next(
            _("We are waiting for an answer from %(names)s") % {"names": names},
            page.path("samtycke/"),
            _("To the consent"),
            _("Nothing is shared before that. You can go on with your own work."),
        )
    if head.state in {State.REFUSED, State.CONFLICT, State.WITHDRAWN}:
        return Next(_("Go through the answers with the family"), page.path("samtycke/"), _("To the consent"))
    if head.in_force:
        return Next(_("Make a plan together"), page.path("plan/"), _("To the plan"))
    return _register(page) or Next(
        _("Ask the family for consent"), page.path("samtycke/nytt/"), _("Ask for consent")
    )


def _of_team(page: CasePage) -> Next:
    """For a unit of the team: the step, and whose it is."""
    process = page.process
    step = str(NextStep(process.next_step).label) if process and process.next_step else page.step_word
    text = _("%(name)s sees to it.") % {"name": page.responsible} if page.responsible else ""
    return Next(step, text=text)
