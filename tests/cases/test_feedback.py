"""Feedback to whoever noticed: what a yes covers, who is told, and when one is reminded."""

from __future__ import annotations

from datetime import timedelta

import pytest

from access.actor import Actor
from audit.models import Event
from cases.models import Case, Feedback, Lock, Signal
from cases.queries.feedback import feedback_tasks_of, feedback_to, may_say
from cases.queries.work import Todo, When
from cases.services.feedback import give_feedback
from kit.errors import Refused
from kit.working_days import add_working_days
from tests.database import as_loader
from tests.worlds import World

TO_ALL, OF_THE_SIGNAL = ["talked", "plan", "otherwise", "received"], ["talked", "otherwise", "received"]


@pytest.fixture
def case(world: World) -> Case:
    return world.open_case()


@pytest.fixture
def signal(world: World, case: Case) -> Signal:
    """The preschool's, with the guardians' yes to sending it; BVC has received it."""
    made = world.signal(to_unit="bvc", case=case, taken_by="bvc")
    with as_loader():
        Signal.objects.filter(pk=made.pk).update(yes_from="Mamma", yes_on=world.day(-2))
    return made


def tell(case: Case, signal: Signal, what: str, by: Actor) -> Feedback:
    return give_feedback(case=case, signal=signal, what=what, by=by)


def test_the_yes_to_the_signal_covers_what_came_of_it(world: World, case: Case, signal: Signal) -> None:
    """Not that a plan has begun; the sender is told the sentence and the day, and by whom not at all."""
    with world.act("bvc") as actor:
        assert may_say(signal.pk) == OF_THE_SIGNAL
        with pytest.raises(Refused, match="täcker inte"):
            tell(case, signal, "plan", actor)
        tell(case, signal, "talked", actor)
        with pytest.raises(Refused, match="redan"):
            tell(case, signal, "talked", actor)
    with world.act("forskola") as actor:
        (told,) = feedback_to(actor)[signal.pk]
        assert (told.what, told.on) == ("talked", world.today)
        assert not Feedback.objects.exists()
    for stranger in ("bvc2", "logoped", "mamma"):
        with world.act(stranger) as actor:
            assert feedback_to(actor) == {}
    with as_loader():
        assert Event.objects.filter(action="feedback_given", object=signal.pk).count() == 1


def test_a_consent_that_covers_the_senders_unit_covers_the_plan(
    world: World, case: Case, signal: Signal
) -> None:
    """For as long as it holds, and only for that unit."""
    world.consent(case, "logoped")
    with world.act("bvc"):
        assert may_say(signal.pk) == OF_THE_SIGNAL
    world.consent(case, "preschool")
    with world.act("bvc") as actor:
        assert may_say(signal.pk) == TO_ALL
        tell(case, signal, "plan", actor)
    with world.act("bvc", at=world.days(400)):
        assert may_say(signal.pk) == OF_THE_SIGNAL


def test_without_any_yes_only_that_it_was_received(world: World, case: Case, signal: Signal) -> None:
    """As where the case is locked to named staff: then to nobody more than that."""
    with as_loader():
        Signal.objects.filter(pk=signal.pk).update(yes_from="", yes_on=None)
    with world.act("bvc") as actor:
        assert may_say(signal.pk) == ["received"]
        with pytest.raises(Refused, match="täcker inte"):
            tell(case, signal, "talked", actor)
        tell(case, signal, "received", actor)
    with world.act("forskola") as actor:
        (told,) = feedback_to(actor)[signal.pk]
        assert told.words == "Vi har tagit emot det. Vi får inte berätta mer."


def test_of_a_locked_case_the_sender_hears_nothing_new(world: World, case: Case, signal: Signal) -> None:
    """The signal was sent before it was locked, so neither it nor its feedback is hers to see."""
    world.feedback(signal, "bvc", "bvc")
    with as_loader():
        Lock.objects.create(
            case=case, reason="Barnahus", locked_by=world.accounts["bvc"], locked_at=world.at,
            valid=world.period((world.days(-0.5), None)),
        )  # fmt: skip
    with world.act("forskola") as actor:
        assert feedback_to(actor) == {}
    with world.act("bvc"):
        assert may_say(signal.pk) == []


@pytest.mark.parametrize("who", ["forskola", "bvc2", "bvc-ledare", "logoped"])
def test_only_whoever_holds_the_case_tells(world: World, case: Case, signal: Signal, who: str) -> None:
    with world.act(who) as actor:
        assert may_say(signal.pk) == []
        with pytest.raises(Refused):
            tell(case, signal, "received", actor)


def test_one_is_reminded_within_ten_working_days(world: World, case: Case, signal: Signal) -> None:
    """A week before, on the day, and late; not once something is told, nor of what one's own unit noticed."""
    with as_loader():
        taken = Signal.objects.get(pk=signal.pk).taken_at
    assert taken is not None
    due = add_working_days(taken.astimezone().date(), 10)
    world.signal("bvc", "bvc2", to_unit="bvc", case=case, taken_by="bvc")
    late_after = taken + timedelta(days=(due - taken.astimezone().date()).days)
    for at, when in (
        (world.at, When.LATER),
        (late_after, When.TODAY),
        (late_after + timedelta(days=1), When.LATE),
    ):
        with world.act("bvc", at=at) as actor:
            (task,) = feedback_tasks_of(actor)
            assert (task.todo, task.when, task.target) == (Todo.GIVE_FEEDBACK, when, signal.pk)
    with world.act("bvc2", at=late_after) as actor:
        assert feedback_tasks_of(actor) == []
    world.feedback(signal, "bvc", "bvc")
    with world.act("bvc", at=late_after) as actor:
        assert feedback_tasks_of(actor) == []
