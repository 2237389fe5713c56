"""``manage.py prepare``: the database as this version of the code wants it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


def collect_static() -> None:
    """Static files, unless they are those of the last time."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            digest.update(f"{path} {storage.get_modified_time(path)}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if not stamp.is_file() or stamp.read_text() != digest.hexdigest():
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(digest.hexdigest())


class Command(BaseCommand):
    """Migrations, then policies; for the demo its county and static files too.

    In one process, because each ``manage.py`` costs a second. Until the policies are applied the
    app's role has no grant on a new table, so a start in between shows nothing.
    """

    help = "Migrate, apply policies; with --demo also load the demo county and collect static files."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", database="migrator", interactive=False, verbosity=0)
        call_command("apply_policies")
        if options["demo"]:
            collect_static()
            call_command("load_demo")
            call_command("personas")
