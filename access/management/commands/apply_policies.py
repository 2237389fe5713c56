"""Apply row-level security, or check that the database has what the files say."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from access import rls


class Command(BaseCommand):
    """``apply_policies`` after each migrate; ``--check`` changes nothing."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Add ``--check``."""
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Apply, or compare and fail on any difference."""
        if options["check"]:
            difference = rls.difference()
            if difference:
                for row in difference.only_in_database:
                    self.stdout.write(f"only in the database: {row}")
                for row in difference.only_in_files:
                    self.stdout.write(f"only in the files: {row}")
                raise CommandError("The database's policies are not those of the files.")
            self.stdout.write("The database's policies are those of the files.")
            return
        self.stdout.write(f"{rls.apply()} policies applied.")
