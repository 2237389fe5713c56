"""Somebody has guessed a password too often, at whichever door it is asked for."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from kit import dates


def too_many(until: datetime) -> str:
    """What to do when somebody has guessed too often."""
    # The minute after, because the clock shows whole minutes.
    clock = dates.clock(until + timedelta(minutes=1))
    return _("There have been too many tries. Wait until %(clock)s and try again.") % {"clock": clock}
