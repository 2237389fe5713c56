"""``manage.py make_reviews``: what beat and the worker do each morning, by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from reviews.rules import month_of
from reviews.services import make_reviews, remind


class Command(BaseCommand):
    """Makes each unit's log review of a month that is over; again, and nothing more is made."""

    help = "Make the log reviews of a month that is over (default: the latest) and queue the mails."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--month", help="for example 2026-10")

    def handle(self, *args: Any, **options: Any) -> None:
        made = make_reviews(_month(options["month"]))
        self.stdout.write(
            _("Reviews made: %(made)d. Mails queued: %(queued)d.") % {"made": made, "queued": remind()}
        )


def _month(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return month_of(date.fromisoformat(f"{text}-01"))
    except ValueError as error:
        raise CommandError(_("Write the month as 2026-10.")) from error
