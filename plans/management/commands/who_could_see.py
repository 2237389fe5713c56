"""``manage.py who_could_see``: who could see what of a case at an instant?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from access.actor import acting_as
from plans.management.commands._asking import capacity, the_id, the_instant, without_history
from plans.past import objects, who_could_see


class Command(BaseCommand):
    """Prints actors and, for each, the versions with the reason: ids, numbers and codes alone."""

    help = "Everybody who could see something of a case at an instant, and which versions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--case", required=True, help="the case's id")
        parser.add_argument("--at", required=True, help="an instant, such as 2026-01-31T14:00")

    def handle(self, *args: Any, **options: Any) -> None:
        case, at = the_id(options["case"]), the_instant(options["at"])
        with acting_as(None) as nobody:
            known = [place for place in objects(case) if place.what == "case"]
            found = who_could_see(case, at, by=nobody)
        if not known:
            raise CommandError(_("There is no such case."))
        self.stdout.write(f"at={at.isoformat()} case={case}")
        for sight in found:
            self.stdout.write(capacity(sight.actor))
            for version, decision in sight.versions:
                self.stdout.write(f"  {version.what}={version.id} no={version.no} {decision.reason.value}")
        self.stdout.write(without_history())
