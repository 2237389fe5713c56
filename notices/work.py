"""A claimed piece of work, and who does which kind."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.module_loading import import_string

from access.actor import FAMILY_HAT, Actor
from notices.models import Delivery, Outbox

# The family's hat, as access.actor_begin knows it.
FAMILY = FAMILY_HAT
# Work that is done as the recipient's first workplace, whichever it is.
_WHEREVER_SHE_WORKS = frozenset(
    {Outbox.Kind.DIGEST_MAIL, Outbox.Kind.REVIEW_MAIL, Outbox.Kind.EMERGENCY_MAIL}
)


@dataclass(frozen=True)
class Work:
    """A row of the outbox, ours until its lease ends. ``attempt`` fences off a late finisher."""

    id: uuid.UUID
    recipient: uuid.UUID
    unit: uuid.UUID | None
    membership: uuid.UUID | None
    kind: Outbox.Kind
    key: str
    subject: uuid.UUID | None
    attempt: int

    @property
    def hat(self) -> uuid.UUID | None:
        """The membership to act by: the unit's, the recipient's first for what is hers
        wherever she works, and else the family's."""
        if self.unit:
            return self.membership or FAMILY
        return None if self.kind in _WHEREVER_SHE_WORKS else FAMILY

    def concerns(self, actor: Actor) -> bool:
        """Whether the recipient still is who the work was for: works in that unit, works
        anywhere, or is family."""
        if self.unit:
            return actor.unit_id == self.unit
        return actor.is_family if self.hat == FAMILY else actor.role is not None


@dataclass(frozen=True)
class Outcome:
    """How a piece of work ended, without content."""

    result: Delivery.Result
    message_id: str = ""
    why: str = ""


def sent(message_id: str = "") -> Outcome:
    """Done."""
    return Outcome(Delivery.Result.SENT, message_id=message_id)


def dropped(why: str) -> Outcome:
    """It no longer concerns the recipient. ``why`` is a word for the log."""
    return Outcome(Delivery.Result.DROPPED, why=why)


Handler: TypeAlias = Callable[[Work, Actor], Outcome]

# By dotted name, because they stand above: what is due and visible is theirs to know.
_HANDLERS: dict[Outbox.Kind, str] = {
    Outbox.Kind.NEWS_MAIL: "plans.deliveries.send_news",
    Outbox.Kind.DIGEST_MAIL: "plans.deliveries.send_digest",
    Outbox.Kind.PLAN_DOCUMENT: "plans.deliveries.make_document",
    Outbox.Kind.REVIEW_MAIL: "reviews.deliveries.send_review",
    Outbox.Kind.EMERGENCY_MAIL: "plans.deliveries.send_emergency",
}


def handler_of(kind: Outbox.Kind) -> Handler:
    """Who does this kind of work."""
    handler: Handler = import_string(_HANDLERS[kind])
    return handler
