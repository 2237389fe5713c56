"""``manage.py access_tables``: draw the tables of who sees and may do what anew, or say that one is old."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from access.permission_tables import who_may_what
from access.tables import who_sees_what

DOCUMENTS = {
    settings.BASE_DIR / "docs/who-sees-what.md": who_sees_what,
    settings.BASE_DIR / "docs/permissions.md": who_may_what,
}


class Command(BaseCommand):
    """Writes ``docs/who-sees-what.md`` and ``docs/permissions.md``; with ``--check`` only compares."""

    help = "Draw docs/who-sees-what.md and docs/permissions.md from the rules themselves."
    requires_system_checks: list[str] = []  # noqa: RUF012 (Django's own declaration)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--check``."""
        parser.add_argument("--check", action="store_true", help="fail if a document is old")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """Write, or compare."""
        for document, draw in DOCUMENTS.items():
            drawn = draw()
            if not check:
                document.write_text(drawn, encoding="utf-8")
            elif not document.exists() or document.read_text(encoding="utf-8") != drawn:
                raise CommandError(f"docs/{document.name} is old: run manage.py access_tables")
