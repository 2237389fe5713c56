"""``manage.py process_document``: draw the process anew, or say that the drawing is old."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cases.process_document import process_document

DOCUMENT = settings.BASE_DIR / "docs/process.md"


class Command(BaseCommand):
    """Writes ``docs/process.md``; with ``--check`` only compares."""

    help = "Draw docs/process.md from the table of the process."
    requires_system_checks: list[str] = []  # noqa: RUF012 (Django's own declaration)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--check``."""
        parser.add_argument("--check", action="store_true", help="fail if the document is old")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """Write, or compare."""
        drawn = process_document()
        if not check:
            DOCUMENT.write_text(drawn, encoding="utf-8")
        elif not DOCUMENT.exists() or DOCUMENT.read_text(encoding="utf-8") != drawn:
            raise CommandError("docs/process.md is old: run manage.py process_document")
