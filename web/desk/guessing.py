"""Searches and forms in which a name or a number is tried: so many in a while, and then one waits."""

from __future__ import annotations

from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from access.actor import Actor
from kit import dates
from kit.forms import BaseForm
from people.services import wait_for_search

SEARCHED = _("You have searched many times in a short while. Wait until %(clock)s and try again.")
TYPED = _("You have tried many numbers in a short while. Wait until %(clock)s and try again.")


def tried(form: BaseForm, actor: Actor, words: str | Promise = TYPED) -> int:
    """200 where what is typed may be compared with what is known; else the reason is in the form.
    All that one tries counts together, whether it is found or not."""
    if not form.is_valid():
        return 422
    until = wait_for_search(by=actor)
    if until is None:
        return 200
    # The minute after, because the clock shows whole minutes.
    form.add_error(None, str(words) % {"clock": dates.clock(until + timedelta(minutes=1))})
    return 429
