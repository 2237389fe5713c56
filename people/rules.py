"""How often a sign-in may fail before it has to wait."""

from datetime import datetime, timedelta

WINDOW = timedelta(minutes=15)
# Ten guesses are enough for a person who has forgotten, and nothing for a machine.
FAILURES_OF_A_NAME = 10
# A school or an agency shares one address, so an address is given far more.
FAILURES_OF_AN_ADDRESS = 100

# Looking for persons by name or number: enough for a day's work, and nothing for whoever tries numbers.
SEARCHES = 30
SEARCH_WINDOW = timedelta(minutes=5)


def search_waits_until(searches: list[datetime]) -> datetime | None:
    """When the next search is open; takes the instants of those within :data:`SEARCH_WINDOW`, newest first."""
    return searches[SEARCHES - 1] + SEARCH_WINDOW if len(searches) >= SEARCHES else None


def waits_until(of_name: list[datetime], of_address: list[datetime]) -> datetime | None:
    """When the next try is open, or ``None`` if it is open now.

    Takes the instants of the failures within :data:`WINDOW`, newest first. The
    name opens again when its tenth latest failure has left the window.
    """
    closed = [
        failures[limit - 1] + WINDOW
        for failures, limit in (
            (of_name, FAILURES_OF_A_NAME),
            (of_address, FAILURES_OF_AN_ADDRESS),
        )
        if len(failures) >= limit
    ]
    return max(closed, default=None)
