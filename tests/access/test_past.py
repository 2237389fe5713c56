"""explain_access and who_could_see: against what each person really saw, now and at a past instant."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import event, given
from hypothesis import strategies as st

from access import actor as actors
from access.actor import FAMILY_HAT
from access.past import PastActor
from access.permissions import Permission
from access.reasons import Reason
from access.ticket import Kind
from audit.models import Event
from cases.models import Version
from cases.services.leading import end_assignment
from people.models import Guardianship
from plans.models import PlanVersion
from plans.past import explain_access, who_could_see
from plans.services.withdrawing import withdraw_consent
from tests.access import fixed_world
from tests.access.fixed_world import FixedWorld
from tests.access.loading import load
from tests.access.small_worlds import SmallWorld, family_worlds, small_worlds
from tests.database import as_loader
from tests.worlds import Teamwork, World

Seen = dict[tuple[uuid.UUID | None, uuid.UUID | None], set[uuid.UUID]]
Hat = tuple[uuid.UUID | None, uuid.UUID | None]


def really(hats: Iterable[Hat], case: uuid.UUID, at: datetime) -> Seen:
    """What each person sees of the case, by row-level security and a bare SELECT, acting at ``at``."""
    found: Seen = {}
    for account, membership in hats:
        actor = actors.begin(account, membership, at=at)
        rows = {
            *Version.objects.filter(case=case).values_list("pk", flat=True),
            *PlanVersion.objects.filter(case=case).values_list("pk", flat=True),
        }
        if rows and account:
            found.setdefault((account, actor.unit_id), set()).update(rows)
    return found


def answered(case: uuid.UUID, at: datetime) -> Seen:
    """What the command says of the same."""
    nobody = actors.begin(None, kind=Kind.WORK)
    found: Seen = {}
    for sight in who_could_see(case, at, by=nobody):
        if sight.versions:
            key = (sight.actor.account, sight.actor.unit)
            found.setdefault(key, set()).update(version.id for version, _ in sight.versions)
    return found


def everybody(world: World) -> list[Hat]:
    """Each membership of each account, and each account as family."""
    return [
        *((m.account_id, m.pk) for m in world.memberships.values()),
        *((account.pk, FAMILY_HAT) for account in world.accounts.values()),
    ]


@pytest.fixture
def fixed(world: World) -> FixedWorld:
    return fixed_world.build(world)


@pytest.fixture
def team(world: World) -> Teamwork:
    return world.teamwork()


@pytest.mark.parametrize("case", ["case_a", "case_b", "case_y", "case_v"])
def test_now_in_the_fixed_world(fixed: FixedWorld, case: str) -> None:
    at, pk = fixed.world.at, fixed.key(case)
    expected = really(everybody(fixed.world), pk, at)
    assert answered(pk, at) == expected
    assert len(expected) >= {"case_a": 6, "case_b": 2, "case_y": 3, "case_v": 0}[case]


@given(drawn=st.one_of(small_worlds(), family_worlds()))
def test_now_in_small_worlds(world: World, drawn: SmallWorld) -> None:
    """Closed cases, emergencies, hidings, ages, ended periods and kept entries are drawn."""
    with transaction.atomic():
        loaded = load(drawn, world)
        hats = [(acting.account, acting.membership) for acting in loaded.hats()]
        for case in (0, 1):
            pk = loaded.rows[("case", case, 0)].pk
            expected = really(hats, pk, loaded.at)
            event(f"{min(len(expected), 3)} see it")
            assert answered(pk, loaded.at) == expected
        transaction.set_rollback(True)


def test_then_after_an_assignment_ended(world: World, team: Teamwork) -> None:
    before = really(everybody(world), team.case.pk, world.at)
    logoped = world.accounts["logoped"].pk
    lead = world.add_staff("logoped-ledare", "logoped", "lead", "chef")
    with world.act("logoped-ledare", at=world.days(1)) as actor:
        end_assignment(case=team.case, account_id=logoped, by=actor)
    assert lead
    now = answered(team.case.pk, world.days(2))
    assert (logoped, world.units["logoped"].pk) not in now
    assert now == really(everybody(world), team.case.pk, world.days(2))
    then = answered(team.case.pk, world.at)
    assert then == before
    assert (logoped, world.units["logoped"].pk) in then


def test_then_after_a_consent_was_withdrawn(world: World, team: Teamwork) -> None:
    before = really(everybody(world), team.case.pk, world.at)
    with world.act("mamma", at=world.days(1)) as actor:
        withdraw_consent(consent=team.consent, unit_ids=[world.units["logoped"].pk], by=actor)
    after = really(everybody(world), team.case.pk, world.days(2))
    assert after != before
    assert answered(team.case.pk, world.days(2)) == after
    assert answered(team.case.pk, world.at) == before


def test_then_after_custody_ended(world: World, team: Teamwork) -> None:
    before = really(everybody(world), team.case.pk, world.at)
    with as_loader():
        custody = Guardianship.objects.get(child=world.child, guardian=world.guardians["mamma"])
        custody.valid = world.period((custody.valid.lower, world.days(1)))
        custody.save()
    key = (world.accounts["mamma"].pk, None)
    after = answered(team.case.pk, world.days(2))
    assert key not in after
    assert after == really(everybody(world), team.case.pk, world.days(2))
    assert key in before
    assert answered(team.case.pk, world.at) == before


def reason(world: World, who: str, thing: uuid.UUID, at: datetime, permission: str = "read_content") -> Any:
    """The decision on one account with one place."""
    nobody = actors.begin(None, kind=Kind.WORK)
    found = explain_access(world.accounts[who].pk, thing, Permission(permission), at, by=nobody)
    assert len(found) == 1, found
    return found[0].decision


def test_the_reasons(world: World, team: Teamwork) -> None:
    """Each of what the rules say, for versions, cases and other permissions."""
    world.hide(team.child_words, "mamma")
    for who, thing, expected in (
        ("bvc", team.closed_note, Reason.ASSIGNED),
        ("bvc2", team.closed_note, Reason.NOT_ASSIGNED),
        ("logoped", team.closed_note, Reason.NOT_SHOWN),
        ("logoped", team.note, Reason.CONSENTED),
        ("rektor", team.note, Reason.UNIT_TAKES_NO_PART),
        ("styrgrupp", team.note, Reason.ROLE_MAY_NOT),
        ("mamma", team.note, Reason.OWN_RIGHT),
        ("mamma", team.child_words, Reason.HIDDEN_FROM_GUARDIAN),
        ("pappa", team.note, Reason.NOT_SHOWN),
    ):
        assert reason(world, who, thing.pk, world.at).reason is expected, (who, thing)
    assert reason(world, "bvc", team.case.pk, world.at, "edit_plan").reason is Reason.ASSIGNED
    assert reason(world, "logoped", team.case.pk, world.at, "edit_plan").reason is Reason.HOLDER_ONLY
    assert reason(world, "bvc", world.child.pk, world.at).reason is Reason.ASSIGNED
    assert reason(world, "logoped", team.shown.pk, world.at).reason is Reason.CONSENTED
    assert reason(world, "logoped", team.plan.pk, world.at).reason is Reason.CONSENTED
    before = world.at - timedelta(days=700)
    nobody = actors.begin(None, kind=Kind.WORK)
    account = world.accounts["bvc"].pk
    assert explain_access(account, team.note.pk, Permission.READ_CONTENT, before, by=nobody) == []


def test_the_commands_print_no_content(world: World, team: Teamwork) -> None:
    """Ids, codes, dates and the rules' own sentences; recorded, by nobody."""
    out = io.StringIO()
    call_command("who_could_see", case=str(team.case.pk), at="2100-01-01T00:00", stdout=out)
    call_command("who_could_see", case=str(team.case.pk), at=world.at.isoformat(), stdout=out)
    call_command(
        "explain_access",
        user=str(world.accounts["logoped"].pk),
        object=str(team.note.pk),
        permission="read_content",
        stdout=out,
    )
    said = out.getvalue()
    assert f"version={team.note.pk} no=1 consented" in said
    assert "Samtycke finns (OSL 12:2)." in said
    assert "Saknar historik" in said
    for secret in (
        "Pratar lite",
        "Familjesson",
        "Testsson",
        world.child.reserve_number or "-",
        "2021",
        "2022",
    ):
        assert secret not in said.replace(world.at.isoformat(), ""), secret
    with as_loader():
        events = {e.action: e for e in Event.objects.filter(account=None)}
    assert events["explained_access"].detail["asked_of"] == str(world.accounts["logoped"].pk)
    assert events["listed_who_could_see"].case == team.case.pk


def test_a_page_is_told_nothing(world: World, team: Teamwork) -> None:
    """Only work that acts as nobody: neither a page nor a task of somebody's."""
    for kind, account in (
        (Kind.PAGE, None),
        (Kind.PAGE, world.accounts["admin"].pk),
        (Kind.WORK, world.accounts["bvc"].pk),
    ):
        actors.begin(account, kind=kind)
        with connection.cursor() as cursor:
            cursor.execute(
                "select access.past_staff(%(c)s, null, now()), access.past_family(%(c)s, null, now()),"
                " access.past_versions(%(c)s, now()), access.past_cases(%(c)s)",
                {"c": team.case.pk},
            )
            assert {str(fact) for fact in cursor.fetchone()} <= {"[]"}


@pytest.mark.parametrize(
    "options",
    [
        {"case": "x", "at": "2026-01-01T00:00"},
        {"case": str(uuid.uuid4()), "at": "igår"},
        {"case": str(uuid.uuid4()), "at": "2026-01-01T00:00"},
    ],
)
def test_wrong_questions(db: None, options: dict[str, str]) -> None:
    with pytest.raises(CommandError):
        call_command("who_could_see", **options)


def test_who_decides_is_not_guessed() -> None:
    """Nobody without custody or that right decides for the child."""
    from access.facts import ActionFacts
    from access.past import decides_for_child
    from access.roles import Role

    assert not decides_for_child(PastActor(None, ActionFacts(Role.CASEWORKER)))
