"""``manage.py send_reminders``: what beat and the worker do each day, by hand and at once."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from access.actor import acting_as
from notices.models import Outbox
from notices.services import claim, perform
from plans.deliveries import send_digest_of
from plans.tasks import queue_digests

LEASE = timedelta(minutes=5)
MOST = 10_000


class Command(BaseCommand):
    """Queues the digests of a day and sends them; again, and nothing more is sent."""

    help = "Send each person at most one digest of the follow-ups that are due. No name is shown."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", metavar="DATE", help="as if it were that day (2026-12-02)")

    def handle(self, *args: Any, **options: Any) -> None:
        with acting_as(None) as nobody:
            try:
                day = date.fromisoformat(options["as_of"]) if options["as_of"] else nobody.today
            except ValueError:
                raise CommandError(_("A date is written 2026-12-02.")) from None
            # Claimed before the worker can see them: it would send them as today's.
            queue_digests(day.isoformat())
            taken = claim(limit=MOST, kind=Outbox.Kind.DIGEST_MAIL, lease=LEASE)
        results = Counter(self.send(work, day) for work in taken)
        self.stdout.write(
            _("%(day)s: %(sent)d sent, %(dropped)d no longer due, %(failed)d failed and will be tried again.")
            % {
                "day": day,
                "sent": results["sent"],
                "dropped": results["dropped"],
                "failed": results["failed"],
            }
        )

    def send(self, work: Any, day: date) -> str:
        """The result of one digest; those of other days are sent as what they are."""
        outcome = perform(work, send_digest_of(day) if work.key == day.isoformat() else None)
        return outcome.result.value if outcome else "failed"
