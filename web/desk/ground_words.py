"""Tests of harm and signatures in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from access.actor import Actor
from access.law import Second
from access.law_words import SECONDS, TESTS
from access.permissions import Permission
from access.reasons import Reason
from access.words import why
from agencies.models import StaffMember
from cases.models import Disclosure
from cases.queries.sharing import name_of
from cases.rules import Outcome
from consent.law import Law
from kit import dates
from web.desk.case_page import CasePage


@dataclass(frozen=True)
class TestLine:
    """One test of harm: of what, for whom, on which ground, with which outcome, by whom."""

    to: str
    ground: str
    rule: str
    outcome: str
    kind: str
    decided: str
    grounds: str
    signed: str
    because: str
    state: str
    sign: str


def test_lines(found: list[Disclosure], law: Law, actor: Actor) -> list[TestLine]:
    """All of them, with the names of those who decided. One statement."""
    people = {one.decided_by_id for one in found} | {one.signed_by_id for one in found if one.signed_by_id}
    names = dict(StaffMember.objects.filter(account__in=people).values_list("account", "name"))
    return [_line(one, law, actor, names) for one in found]


def ground_name(disclosure: Disclosure, law: Law) -> str:
    """What the ground is called, with its paragraph, in the version that was decided on."""
    code, no = disclosure.basis, disclosure.basis_no
    row = law.version(code, no)
    duty = f", {law.duty_name(code, disclosure.duty, no)}" if disclosure.duty else ""
    return f"{row.name} ({row.provision}){duty}"


def signing(waiting: Disclosure, law: Law, page: CasePage) -> dict[str, Any]:
    """What the page for the second person says, and why she can't sign if she can't."""
    names = dict(StaffMember.objects.filter(account=waiting.decided_by_id).values_list("account", "name"))
    own = waiting.decided_by_id == page.actor.account_id
    lacks = waiting.second == Second.LAWYER and not page.may(Permission.SIGN_AS_LAWYER)
    old = law.rows[waiting.basis].no != waiting.basis_no
    reason = (
        Reason.LAW_CHANGED
        if old
        else Reason.NOT_ONES_OWN
        if own
        else Reason.SIGNED_BY_LAWYER
        if lacks
        else None
    )
    return {
        "waiting": waiting,
        "to": name_of(waiting),
        "ground": ground_name(waiting, law),
        "decider": names.get(waiting.decided_by_id, ""),
        "decided": dates.in_words(waiting.decided_at),
        "is_mine": own,
        "until": dates.through(waiting.ends_at) if waiting.ends_at else "",
        "cannot": why(reason) if reason else "",
    }


def _line(one: Disclosure, law: Law, actor: Actor, names: dict[Any, str]) -> TestLine:
    refused = one.outcome == Outcome.REFUSED
    waits = bool(one.second) and one.signed_at is None and not refused
    signed = names.get(one.signed_by_id, "") if one.signed_by_id else ""
    return TestLine(
        to=name_of(one),
        ground="" if refused and not one.duty and one.basis == "B2" else ground_name(one, law),
        rule=", ".join(str(part) for part in (one.rule, TESTS.get(one.test, "")) if part),
        outcome=str(Outcome(one.outcome).label),
        kind="late" if refused else "waiting" if waits else "neutral",
        decided=_("%(name)s, %(date)s")
        % {"name": names.get(one.decided_by_id, ""), "date": dates.in_words(one.decided_at)},
        grounds=one.grounds,
        signed=_signed(one, signed, refused=refused),
        because=one.declined_because,
        state=str(SECONDS[Second(one.second)]) if waits else _state(one, actor, refused=refused),
        sign=f"/barn/{one.case_id}/skriv-under/{one.pk}/" if waits else "",
    )


def _signed(one: Disclosure, name: str, *, refused: bool) -> str:
    """The second person's yes or no, and when."""
    if not name or one.signed_at is None:
        return ""
    words = _("%(name)s did not sign, %(date)s") if refused else _("Signed by %(name)s, %(date)s")
    return words % {"name": name, "date": dates.in_words(one.signed_at)}


def _state(one: Disclosure, actor: Actor, *, refused: bool) -> str:
    if refused:
        return ""
    if one.valid.isempty or (one.valid.upper and one.valid.upper <= actor.at):
        return _("Not shown any more.")
    return dates.through(one.valid.upper).capitalize() if one.valid.upper else _("Until you stop it.")
