"""``manage.py explain_access``: may somebody do something with an object, and why, now or then?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from access.actor import acting_as
from access.permissions import Permission
from access.words import why
from plans.management.commands._asking import capacity, the_id, the_instant, without_history
from plans.past import Explained, explain_access


class Command(BaseCommand):
    """Prints the policy's decisions with their reasons: ids, codes and instants alone."""

    help = "Why an account may or may not do something with a case, entry, version, disclosure or child."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--user", required=True, help="the account's id")
        parser.add_argument("--object", required=True, help="the object's id")
        parser.add_argument("--permission", required=True, choices=[one.value for one in Permission])
        parser.add_argument("--at", help="an instant, such as 2026-01-31T14:00; else now")

    def handle(self, *args: Any, **options: Any) -> None:
        at, account, thing = the_instant(options["at"]), the_id(options["user"]), the_id(options["object"])
        permission = Permission(options["permission"])
        with acting_as(None) as nobody:
            found = explain_access(account, thing, permission, at, by=nobody)
        if not found:
            raise CommandError(_("There is no such object, or the account had no place then."))
        self.stdout.write(f"at={at.isoformat()} permission={permission} object={thing}")
        for one in found:
            self.stdout.write(_line(one))
        self.stdout.write(without_history())


def _line(one: Explained) -> str:
    facts = one.actor.action
    known = (
        f"participates={facts.unit_participates or '-'} assigned={facts.assigned} shut={facts.circle.closed} "
        f"named={facts.circle.named} emergency={facts.emergency} holds_now={facts.holds_case} closed={facts.closed}"
        if facts.family is None
        else f"custody={bool(facts.family.custody)} given={bool(facts.family.adult)} "
        f"child={facts.family.is_the_child} let_in={facts.family.let_in}"
    )
    version = f" {one.version.what}={one.version.id} no={one.version.no}" if one.version else ""
    decision = one.decision
    until = f" until={decision.until.isoformat()}" if decision.until else ""
    answer = "yes" if decision else "no"
    return (
        f"case={one.case_id}{version} {capacity(one.actor)}: {answer} {decision.reason.value}{until}\n"
        f"  {why(decision.reason)}\n  {known}"
    )
