"""The story of the spine through the services alone, as the app's role: a signal
becomes a case, a consent, shared notes, an agreed plan, and a withdrawal."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from access.actor import Actor
from cases.models import Case, Entry, Invitation, Process, Signal, Version
from cases.queries.team import guardians_of, team_of
from cases.services.consents import Asked, ChildSaid, answer_consent, ask_consent, note_answers
from cases.services.decisions import Outcome, decide_outcome
from cases.services.entries import Audience, Written, correct_entry, write_entry
from cases.services.signals import Noticed, forward_signal, send_signal, take_invitation, take_signal
from consent.models import Category, Consent, Route
from consent.queries import consent_tables
from kit.errors import Refused
from notices.models import Outbox
from plans.models import Insats, PlanVersion
from plans.queries.view import newest_versions, plan_view
from plans.services.agreeing import agree_plan, propose_plan, reply_for_unit
from plans.services.doing import set_status
from plans.services.drafting import GoalText, PlanText, RowText, save_plan, start_plan
from plans.services.withdrawing import withdraw_consent
from tests.database import as_loader
from tests.worlds import World


@pytest.fixture(autouse=True)
def a_known_child(world: World) -> None:
    """The world's child has a personnummer that the register knows."""
    child = world.child
    child.number, child.reserve_number = "202204052388", None
    with as_loader():
        child.save()


def noticed(world: World, actor: Actor, **changes: object) -> Noticed:
    """What the preschool saw of the world's child."""
    child = world.child
    return Noticed(
        **{
            "name": child.name,
            "number": child.number or "",
            "born_on": child.born_on,
            "municipality_code": "0761",
            "seen": "Säger få ord.",
            "seen_on": actor.today - timedelta(days=1),
            "works": "Leker gärna.",
            "family_knows": True,
            **changes,
        }  # type: ignore[arg-type]
    )


def test_a_signal_without_the_familys_yes_stays_with_its_unit(world: World) -> None:
    """No case arises, nobody else sees it, and a later yes sends it on."""
    with world.act("forskola") as actor:
        signal_id = send_signal(noticed=noticed(world, actor), by=actor)
        signal = Signal.objects.visible_to(actor).get(pk=signal_id)
        assert signal.to_unit_id is None
    with as_loader():
        assert not Case.objects.filter(child=world.child).exists()
    with world.act("bvc") as actor:
        assert not Signal.objects.visible_to(actor).exists()
    with world.act("forskola") as actor:
        forward_signal(
            signal_id=signal_id, born_on=world.child.born_on,
            yes_from="Mamma", yes_on=actor.today, by=actor,
        )  # fmt: skip
    with world.act("bvc") as actor:
        assert Signal.objects.visible_to(actor).waiting_for(actor).get().pk == signal_id


@pytest.fixture
def case(world: World) -> Case:
    """A case that BVC has taken from the preschool's signal."""
    with world.act("forskola") as actor:
        signal_id = send_signal(
            noticed=noticed(world, actor, yes_from="Mamma och pappa", yes_on=actor.today), by=actor
        )
    with world.act("bvc") as actor:
        case_id = take_signal(signal_id=signal_id, by=actor)
        with pytest.raises(Refused):
            take_signal(signal_id=signal_id, by=actor)
        return Case.objects.visible_to(actor).select_related("child").get(pk=case_id)


@pytest.fixture
def consent(world: World, case: Case) -> Consent:
    """The consent that BVC asks for after deciding on collaboration."""
    with world.act("bvc") as actor:
        decide_outcome(
            case=case, outcome=Outcome.COLLABORATE, reasons="Flera behövs.", audience=Audience(), by=actor
        )
        return ask_consent(
            case=case,
            asked=Asked(
                purpose="Språk",
                units={
                    world.units["logoped"].pk: frozenset({Category.PLAN, Category.BASIS, Category.HEALTH}),
                    world.units["preschool"].pk: frozenset({Category.PLAN, Category.BASIS}),
                },
                first_on=actor.today,
                last_on=actor.today + timedelta(days=180),
                child_view=ChildSaid(asked=True, text="Barnet vill leka med Bo."),
            ),
            by=actor,
        )


def answer_all(world: World, case: Case, consent: Consent) -> None:
    """Mamma answers on paper, pappa himself."""
    with world.act("bvc") as actor:
        (table,) = consent_tables(case.child_id, actor)
        mamma = world.guardians["mamma"].pk
        assert {p.key for p in table.missing} == {mamma, world.guardians["pappa"].pk}
        note_answers(
            consent=consent,
            replies={a.pk: "yes" for a in table.unanswered_by(mamma)},
            route=Route.PAPER,
            by=actor,
        )
        assert consent_tables(case.child_id, actor)[0].consent.state == "waiting"
        assert team_of(case.pk, actor) == []
    with world.act("pappa") as actor:
        (table,) = consent_tables(case.child_id, actor)
        answer_consent(
            consent=consent,
            replies={a.pk: "yes" for a in table.unanswered_by(world.guardians["pappa"].pk)},
            by=actor,
        )


def test_the_whole_way(world: World, case: Case, consent: Consent) -> None:
    """From consent by way of sharing and an agreed plan to a withdrawal."""
    with world.act("bvc") as actor, pytest.raises(Refused):
        write_entry(
            case=case,
            written=Written(Entry.Kind.NOTE, "Hej", actor.today),
            audience=Audience(units=frozenset({world.units["logoped"].pk})),
            by=actor,
        )
    answer_all(world, case, consent)
    with world.act("bvc") as actor:
        assert Process.objects.get(case=case).state == "invited"
        assert {u.unit_id for u in team_of(case.pk, actor)} == {
            world.units[n].pk for n in ("bvc", "logoped", "preschool")
        }
    for name in ("logoped", "forskola"):
        with world.act(name) as actor:
            invitation = Invitation.objects.get(to_unit=actor.unit_id)
            assert take_invitation(invitation_id=invitation.pk, by=actor) == case.pk
    logoped = frozenset({world.units["logoped"].pk})
    share_a_note(world, case, logoped)
    plan = agree_a_plan(world, case)

    with world.act("mamma") as actor:
        agreed, draft = newest_versions(case.pk, actor)
        assert agreed == plan
        assert draft is None
        (table,) = consent_tables(case.child_id, actor)
        receipt = withdraw_consent(consent=table.consent, unit_ids=list(logoped), by=actor)
    assert [(c.shown, c.plans) for c in receipt] == [(1, 1)]
    with world.act("logoped") as actor:
        assert Version.objects.visible_to(actor).get().body == "Språktest bokat."
        assert not PlanVersion.objects.visible_to(actor).exists()
        assert not Insats.objects.visible_to(actor).exists()
        assert not Process.objects.exists()
        assert not Invitation.objects.exists()
        assert team_of(case.pk, actor) == []
    with world.act("bvc") as actor:
        assert {u.unit_id for u in team_of(case.pk, actor)} == {
            world.units[n].pk for n in ("bvc", "preschool")
        }
    with as_loader():
        assert Outbox.objects.filter(kind="plan_document").count() == 4


def share_a_note(world: World, case: Case, logoped: frozenset[uuid.UUID]) -> None:
    """BVC shows a note to the logoped and the guardians, and corrects it for itself only."""
    with world.act("bvc") as actor:
        version = write_entry(
            case=case,
            written=Written(Entry.Kind.NOTE, "Hörseln är bra.", actor.today),
            audience=Audience(
                units=logoped, guardians=frozenset(c.guardian_id for c in guardians_of(case, actor))
            ),
            by=actor,
        )
        correct_entry(
            entry=version.entry,
            written=Written(Entry.Kind.NOTE, "Hörseln är god.", actor.today),
            audience=Audience(),
            based_on=1,
            by=actor,
        )
    with world.act("logoped") as actor:
        assert list(Version.objects.visible_to(actor).filter(case=case)) == [version]
        write_entry(
            case=case,
            written=Written(Entry.Kind.NOTE, "Språktest bokat.", actor.today),
            audience=Audience(),
            by=actor,
        )
    with world.act("forskola") as actor:
        assert not Version.objects.visible_to(actor).filter(case=case).exists()
    with world.act("mamma") as actor:
        assert list(Version.objects.visible_to(actor)) == [version]


def agree_a_plan(world: World, case: Case) -> PlanVersion:
    """Three units, one goal, agreed as version 1."""
    goal = uuid.uuid4()
    with world.act("bvc") as actor:
        version = start_plan(case=case, kind="childs_plan", by=actor)
        rows = tuple(
            RowText(uuid.uuid4(), f"Det {name} gör", goal, world.units[unit].pk, world.accounts[name].pk)
            for name, unit in (("bvc", "bvc"), ("logoped", "logoped"), ("forskola", "preschool"))
        )
        save_plan(
            version=version,
            text=PlanText(
                (GoalText(goal, "Milo säger vad han vill"),), rows, actor.today + timedelta(days=60)
            ),
            edit_no=0,
            by=actor,
        )
        version = PlanVersion.objects.get(pk=version.pk)
        with pytest.raises(Refused):
            agree_plan(version=version, by=actor)
        propose_plan(version=version, by=actor)
    for name in ("logoped", "forskola"):
        with world.act(name) as actor:
            _, draft = newest_versions(case.pk, actor)
            assert draft == version
            reply_for_unit(version=draft, agrees=True, comment="", by=actor)
    with world.act("bvc") as actor:
        agree_plan(version=PlanVersion.objects.get(pk=version.pk), by=actor)
        team = frozenset(u.unit_id for u in team_of(case.pk, actor))
        view = plan_view(PlanVersion.objects.get(pk=version.pk), actor, units_in_force=team)
        assert view.in_force
    with world.act("logoped") as actor:
        own = Insats.objects.visible_to(actor).get(unit=actor.unit_id)
        set_status(insats=own, value="ongoing", comment="", by=actor)
        other = Insats.objects.visible_to(actor).exclude(unit=actor.unit_id)[0]
        with pytest.raises(Refused):
            set_status(insats=other, value="done", comment="", by=actor)
    with as_loader():
        assert Outbox.objects.filter(kind="plan_document").count() == 2
    return version
