"""What a rule answers: allowed or not, why, and until when. Pure Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from access.reasons import Reason


@dataclass(frozen=True)
class Decision:
    """Whether something is allowed, why, and until when if it opens something."""

    allowed: bool
    reason: Reason
    until: datetime | None = None

    def __bool__(self) -> bool:
        return self.allowed


def yes(reason: Reason, until: datetime | None = None) -> Decision:
    """An allowing decision."""
    return Decision(True, reason, until)


def no(reason: Reason) -> Decision:
    """A refusing decision."""
    return Decision(False, reason)
