"""What waits in a unit's inbox, and what somebody has herself noticed."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from access.actor import Actor
from cases.models import Case, Invitation, Signal, SignalText
from kit.dates import as_day
from kit.working_days import add_working_days

MOST = 100
ANSWERED_WITHIN = 1


@dataclass(frozen=True)
class InboxSignal:
    """The head of a signal: nothing of what was seen, until somebody takes it."""

    signal: Signal
    stands_with_lead: bool
    same_in_inbox: bool = False
    same_case: Case | None = None


@dataclass(frozen=True)
class SignalView:
    """A signal with its text, for whoever may read the text."""

    signal: Signal
    text: SignalText
    is_mine: bool

    @property
    def waits_for_yes(self) -> bool:
        """Not sent on: the guardians haven't said yes."""
        return self.signal.delivered_at is None and not self.signal.ended_as

    @property
    def has_ended(self) -> bool:
        """It is not to be sent on."""
        return bool(self.signal.ended_as)

    @property
    def is_taken(self) -> bool:
        """Somebody has received it."""
        return self.signal.taken_at is not None


def signals_waiting(actor: Actor) -> list[InboxSignal]:
    """Signals in the unit's inbox that nobody has taken, oldest first."""
    if not actor.is_staff:
        return []
    found = (
        Signal.objects.visible_to(actor)
        .waiting_for(actor)
        .select_related("from_unit")
        .order_by("delivered_at", "pk")[:MOST]
    )
    signals, cases = list(found), namesakes(found, actor)
    return [
        InboxSignal(
            each,
            is_late(each.delivered_at, actor.today),
            any(_same(each) == _same(other) for other in signals if other.case_id != each.case_id),
            next((c for c in cases.get(_same(each), []) if c.pk != each.case_id), None),
        )
        for each in signals
    ]


def namesakes(signals: Iterable[Signal], actor: Actor) -> dict[tuple[str, date], list[Case]]:
    """Open cases that the actor works on for the unit that holds them, whose child has the
    name and the day of birth of one of the signals. Of others' cases it says nothing."""
    wanted = {_same(each) for each in signals}
    if not wanted:
        return {}
    cases = (
        Case.objects.worked_on_by(actor)
        .filter(
            child__born_on__in={born_on for _name, born_on in wanted},
            process__closed_at__isnull=True,
            process__responsible_unit=actor.unit_id,
        )
        .select_related("child")
    )
    found: dict[tuple[str, date], list[Case]] = {}
    for case in cases:
        found.setdefault((_plain(case.child.name), case.child.born_on), []).append(case)
    return found


def _same(signal: Signal) -> tuple[str, date]:
    return _plain(signal.typed_name), signal.born_on


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def invitations_waiting(actor: Actor) -> list[Invitation]:
    """Invitations to the unit that nobody has taken, oldest first."""
    if not actor.is_staff:
        return []
    return list(
        Invitation.objects.filter(to_unit=actor.unit_id, taken_by__isnull=True)
        .select_related("from_unit")
        .order_by("sent_at", "pk")[:MOST]
    )


def is_late(delivered_at: datetime | None, today: date) -> bool:
    """Unclaimed after one working day: it stands with the unit's arbetsledare."""
    if delivered_at is None:
        return False
    return add_working_days(as_day(delivered_at), ANSWERED_WITHIN) < today


def own_signals(actor: Actor, *, most: int = 10) -> list[Signal]:
    """What the actor herself has noticed, newest first."""
    if not actor.is_staff:
        return []
    sent = Signal.objects.visible_to(actor).sent_by(actor)
    return list(sent.order_by("-sent_at", "pk")[:most])


def signal_of(signal_id: uuid.UUID, actor: Actor) -> SignalView | None:
    """A signal with its text if, and only if, the actor sent it, leads the unit
    that did, or works on its case for the unit that received it."""
    text = _readable_texts(actor).filter(signal_id=signal_id).first()
    if text is None:
        return None
    return SignalView(text.signal, text, is_mine=text.sent_by_id == actor.account_id)


def signal_of_case(case: Case, actor: Actor) -> SignalText | None:
    """The latest signal that the case began or went on with, for the unit that took it."""
    return (
        _readable_texts(actor)
        .filter(case=case, to_unit=actor.unit_id, signal__taken_at__isnull=False)
        .order_by("-signal__sent_at")
        .first()
    )


def _readable_texts(actor: Actor) -> QuerySet[SignalText]:
    texts = SignalText.objects.select_related(
        "signal", "from_unit", "signal__from_unit", "sent_by__staffmember"
    )
    if not actor.is_staff:
        return texts.none()
    sent = Q(from_unit=actor.unit_id, sent_by=actor.account_id)
    worked_on = Case.objects.worked_on_by(actor)
    readable = sent | Q(to_unit=actor.unit_id, case__in=worked_on)
    if actor.is_lead:
        readable |= Q(from_unit=actor.unit_id)
    return texts.filter(readable)
