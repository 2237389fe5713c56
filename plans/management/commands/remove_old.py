"""``manage.py remove_old``: what beat and the worker do each night, by hand and at once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from plans.retention import count_old, remove_old


class Command(BaseCommand):
    """Removes old drafts, done background work and the like; again, and nothing more goes."""

    help = "Remove what is kept no longer (docs/retention.md). Records of children are never touched."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count")

    def handle(self, *args: Any, **options: Any) -> None:
        counted = count_old() if options["dry_run"] else remove_old(lasts=None)
        head = _("Would be removed:") if options["dry_run"] else _("Removed:")
        self.stdout.write(" ".join([head, ", ".join(f"{kind} {count}" for kind, count in counted.items())]))
