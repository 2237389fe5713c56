"""The one next step of a case for whoever looks at it, with the page where it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from access.permissions import Permission
from cases.rules import NextStep, ProcessState
from consent.models import State
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


def next_step(page: CasePage, *, has_wheel: bool) -> Next:
    """The next step: the holder's own action, or what the others wait for."""
    process = page.process
    if page.standing.facts.closed:
        return Next(_("The case is closed"), text=page.close_reason)
    if process is None:
        text = _("%(name)s sees to the rest.") % {"name": page.responsible} if page.responsible else ""
        return Next(_("Your unit's part of the plan"), page.path("plan/"), _("To the plan"), text)
    if not page.may(Permission.DECIDE_COLLABORATION):
        return _of_team(page)
    state = ProcessState(process.state)
    if state in {ProcessState.NOTICED, ProcessState.DIALOGUE}:
        return _find_out(page, has_wheel=has_wheel)
    if state in {ProcessState.GATHERING, ProcessState.ASSESSMENT}:
        return _decide(page)
    if state is ProcessState.CONSENT:
        return _consent(page)
    if state in {ProcessState.INVITED, ProcessState.MET, ProcessState.PLANNING}:
        return Next(_("Make a plan together"), page.path("plan/"), _("To the plan"))
    if page.consent.state and not page.consent.covers_own:
        go_through = _("Go through the answers with the family")
        return Next(go_through, page.path("samtycke/"), _("To the consent"), dated=False)
    near = process.next_on is not None and process.next_on <= page.actor.today + NEAR
    if near and page.may(Permission.EDIT_PLAN):
        return Next(_("Follow up the plan"), page.path("plan/folj-upp/"), _("Follow up"))
    return Next(_("Follow up the plan"), page.path("plan/"), _("To the plan"))


def _find_out(page: CasePage, *, has_wheel: bool) -> Next:
    if has_wheel:
        return _decide(page)
    return Next(
        _("Talk with the family and find out more"),
        page.path("hjul/nytt/"),
        _("Fill in the wheel"),
        _("Write down what you hear as a note. Then fill in the wheel, your own view of it."),
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
    return Next(_("Ask the family for consent"), page.path("samtycke/nytt/"), _("Ask for consent"))


def _of_team(page: CasePage) -> Next:
    """For a unit of the team: the step, and whose it is."""
    process = page.process
    step = str(NextStep(process.next_step).label) if process and process.next_step else page.step_word
    text = _("%(name)s sees to it.") % {"name": page.responsible} if page.responsible else ""
    return Next(step, text=text)
