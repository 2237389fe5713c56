"""Verify the audit's chain and its anchors; names every event where it doesn't hold."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from access.actor import acting_as
from audit import chain

WORDS = {
    "missing": "one or more events before it are missing",
    "changed": "it was changed, or has not its place",
    "anchor": "it is not as it was anchored outside the database",
}


class Command(BaseCommand):
    """``verify_audit``: silent agreement is said, anything else fails."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what doesn't hold, by day and number of the event, and fail."""
        with acting_as(None):
            found = list(chain.faults())
        for fault in found:
            self.stdout.write(f"{fault.day} no {fault.no}: {WORDS[fault.what]}")
        if found:
            raise CommandError(f"The audit doesn't hold in {len(found)} places.")
        self.stdout.write(f"The audit holds. Anchored days: {len(chain.anchors())}.")
