"""Arithmetic of the outbox: leases, and when to try again."""

from __future__ import annotations

from datetime import timedelta

# Whoever died with work in hand has lost it after this; with the sweep's own interval it
# is taken up again well within a minute.
LEASE = timedelta(seconds=30)
# A sweep takes no new work after the first, and is ended after the second, so that no piece
# of work takes longer than the lease.
SWEEP_CLAIMS_FOR = timedelta(seconds=5)
SWEEP_ENDS_AFTER = timedelta(seconds=29)
SWEEP_EVERY = timedelta(seconds=3)
FIRST_PAUSE = timedelta(seconds=20)
LONGEST_PAUSE = timedelta(hours=1)
LAST_ATTEMPT = 60
# Older than this and background work stands still.
HEARTBEAT_LATE = timedelta(seconds=60)


def again_after(attempt: int) -> timedelta | None:
    """How long to wait after failed attempt number ``attempt``, or None to give up.

    20 seconds, doubled each time up to an hour: about two and a half days in all.
    """
    if attempt >= LAST_ATTEMPT:
        return None
    doubled: int = 2 ** min(attempt - 1, 20)
    return min(FIRST_PAUSE * doubled, LONGEST_PAUSE)
