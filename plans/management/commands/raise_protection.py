"""``manage.py raise_protection``: the population register says that an identity is protected."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from access.actor import acting_as
from cases.services.circle import raise_from_register
from people.models import Protection


class Command(BaseCommand):
    """Hides the child at once. Nobody is named by it: the arbetsledare who hold the case are asked to."""

    help = "Protect the identity of the child whose number is read from standard input, never an argument."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--level", choices=Protection.Level.values, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        number = sys.stdin.readline().strip()
        with acting_as(None) as nobody:
            raised = raise_from_register(number=number, level=Protection.Level(options["level"]), by=nobody)
        if not raised:
            raise CommandError(_("No child with that number can be protected further."))
        self.stdout.write(_("Protected."))
