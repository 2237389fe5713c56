"""Invariants of the access model that no other test is about: I1–I3, I10, I21 and I22, each by the
database and by the ORM alike. All of I1–I26, with their tests: docs/security.md."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Model
from hypothesis import event, given

from access import actor as actors
from access import ticket
from access.law import BasisFacts, Need, decide_basis, party_of
from access.units import UnitKind
from agencies.models import Membership
from barnensbasta.celery import app
from cases.models import Assignment, Case, Disclosure, Emergency, Hiding, Participation, Process, Version
from cases.services.emergency import Asked, open_in_emergency
from consent.law import basis_of
from consent.models import LegalBasis
from people.models import Account, Child, Guardian, Guardianship
from people.numbers import LegalSex, make_test_number
from plans.models import Insats, PlanVersion
from plans.services.withdrawing import withdraw_consent
from tests import services
from tests.access.loading import Loaded, load
from tests.access.oracle import is_closed
from tests.access.small_worlds import SmallWorld, family_worlds, in_force
from tests.database import as_loader
from tests.worlds import Teamwork, World

CONTENT = (Case, Process, Version, PlanVersion, Insats)


Row = tuple[type[Model], uuid.UUID]


def reads(world: World, username: str, at: datetime | None = None) -> set[Row]:
    """All that she reads of cases, entries and plans; the two walls agree about each."""
    with world.act(username, at=at) as actor:
        bare: set[Row] = {
            (model, pk) for model in CONTENT for pk in model.objects.values_list("pk", flat=True)
        }
        filtered: set[Row] = {
            (model, pk)
            for model in CONTENT
            for pk in model.objects.visible_to(actor).values_list("pk", flat=True)
        }
    assert bare == filtered, (username, at, bare ^ filtered)
    return bare


def rows(*found: Model) -> set[Row]:
    """As ``reads`` has them."""
    return {(type(row), row.pk) for row in found}


# --- I1: a unit reads another's entry by a disclosure of that very version -------------------------


def test_i1_only_the_version_that_is_shown_and_only_while_it_is(world: World) -> None:
    """Neither its correction, nor another entry, nor before or after the disclosure's period.

    Red when a disclosure's period or recipient is not asked about, or cases_version is open to reading.
    """
    team = world.teamwork()
    corrected = world.version(team.note.entry, 2, "bvc")
    over, coming, theirs = (world.entry("bvc", "bvc", team.case) for _ in range(3))
    world.show(over, to_unit="logoped", consent=team.consent, valid=(world.days(-1), world.days(-0.5)))
    world.show(coming, to_unit="logoped", consent=team.consent, valid=(world.days(1), None))
    world.show(theirs, to_unit="preschool", consent=team.consent)
    of_others = rows(team.note, corrected, over, coming, theirs, team.closed_note)
    assert reads(world, "logoped") & of_others == rows(team.note)
    assert reads(world, "logoped", world.days(-0.75)) & of_others == rows(team.note, over)
    assert reads(world, "logoped", world.days(2)) & of_others == rows(team.note, coming)
    for stranger in ("soc", "soc-vaxjo", "mentor", "bvc2"):
        assert reads(world, stranger) == set()


# --- I2: one ground that holds, on every disclosure ----------------------------------------------------

OWNERS = {"social": "soc", "bvc": "bvc", "school": "mentor", "pupil_health": "kurator", "police": "polis"}
TO_UNITS = ("social", "bvc", "logoped", "school", "preschool", "pupil_health", "police", "leisure")


def test_i2_the_database_takes_a_ground_that_holds_between_the_two_and_no_other(world: World) -> None:
    """Every ground from five kinds of unit to eight, inserted past every service: accepted if, and only if,
    the matrix allows it. B1 takes a consent, the others take none, and none without a ground is taken.

    Red when the policy of cases_disclosure does not ask the matrix.
    """
    case = world.open_case(world.child, "social", "soc")
    for unit, username in OWNERS.items():
        world.participate(unit, case)
        world.assign(username, unit, case)
    consent = world.consent(case, *TO_UNITS, from_unit="social", asked_by="soc", opens=False)
    bases = list(LegalBasis.objects.filter(no=1).order_by("code"))
    assert len(bases) == 15
    wrong, allowed = [], 0
    for owner, username in OWNERS.items():
        version = world.entry(owner, username, case, category="practical")
        with world.act(username):
            for to_unit, basis in itertools.product(set(TO_UNITS) - {owner}, bases):
                if (owner, basis.code) == ("police", "B1"):
                    continue  # on consent to those alone whom it knows by it (R1.2): test_row_level_security
                facts = _facts(world, owner, to_unit, consent.valid.upper)
                for duty in ("", *(str(duty["code"]) for duty in basis.duties)):
                    row = _shown(
                        version, world, to_unit, basis, consent if basis.code == "B1" else None, duty
                    )
                    lawful = bool(decide_basis(basis_of(basis), replace(facts, duty=duty)))
                    taken = _taken(row)
                    allowed += taken
                    if taken != lawful:
                        wrong.append(f"{basis.code} {duty} from {owner} to {to_unit}: {taken}")
            mixed = [row for row in _without_one_ground(version, world, bases, consent) if _taken(row)]
            assert not mixed
    assert not wrong, "\n".join(sorted(wrong))
    assert allowed > 60


def _without_one_ground(
    version: Version, world: World, bases: list[LegalBasis], consent: Any
) -> Iterator[Disclosure]:
    """To a unit on no ground, on one that isn't, on consent that isn't named, on another with consent."""
    to_unit = next(unit for unit in TO_UNITS if world.units[unit] != version.owner_unit)
    by_code = {basis.code: basis for basis in bases}
    yield _shown(version, world, to_unit, LegalBasis(code="", no=1, second=""), None)
    yield _shown(version, world, to_unit, LegalBasis(code="B16", no=1, second=""), None)
    yield _shown(version, world, to_unit, LegalBasis(code="B2", no=9, second=""), None)
    yield _shown(version, world, to_unit, by_code["B1"], None)
    yield _shown(version, world, to_unit, by_code["B2"], consent)
    yield _shown(version, world, to_unit, by_code["B14"], None)
    yield _shown(version, world, to_unit, by_code["B2"], None, "sol_20_6")


def _shown(
    version: Version, world: World, to_unit: str, basis: LegalBasis, consent: Any, duty: str = ""
) -> Disclosure:
    until = world.days(100)
    return Disclosure(
        version=version,
        case=version.case,
        owner_unit=version.owner_unit,
        to_unit=world.units[to_unit],
        basis=basis.code,
        basis_no=basis.no,
        second=basis.second,
        duty=duty,
        consent=consent,
        decided_by=version.author,
        decided_at=world.at,
        ends_at=until,
        valid=DateTimeTZRange(empty=True) if basis.second else DateTimeTZRange(world.at, until),
    )


def _facts(world: World, owner: str, to_unit: str, consent_until: datetime) -> BasisFacts:
    mine, theirs = world.units[owner], world.units[to_unit]
    return BasisFacts(
        owner=party_of(UnitKind(mine.kind), is_public=mine.organisation.is_public),
        recipient=party_of(UnitKind(theirs.kind), is_public=theirs.organisation.is_public),
        born_on=world.child.born_on,
        at=world.at,
        category="practical",
        same_authority=mine.organisation_id == theirs.organisation_id,
        consent_until=consent_until,
        filled=frozenset(Need),
    )


def _taken(row: Disclosure) -> bool:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            transaction.set_rollback(True)
    except (ProgrammingError, IntegrityError):
        return False
    return True


# --- I3: what is taken back is closed everywhere at once -------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_i3_what_is_taken_back_is_closed_on_every_node_when_it_commits(world: World) -> None:
    """Another server's connection, opened before, reads it until mamma's withdrawal commits and not after;
    the page of a session that was signed in before is 404. The unit takes part on another ground too, so that
    it is the disclosure that closes.

    Red when a withdrawal leaves disclosures as they are.
    """
    team = world.teamwork()
    world.participate("logoped", team.case)
    browser = world.client("logoped")
    page = f"/barn/{team.case.pk}/anteckning/{team.note.entry_id}/"
    assert browser.get(page).status_code == 200
    url = services.address().database_url("barnensbasta_app", services.database_name())
    with psycopg.connect(url, autocommit=True) as node:
        assert _on(node, world, team) == 1
        with world.act("mamma") as actor:
            withdraw_consent(consent=team.consent, unit_ids=[world.units["logoped"].pk], by=actor)
            assert _on(node, world, team) == 1, "not committed yet"
        assert _on(node, world, team) == 0
    assert browser.get(page).status_code == 404


def test_i3_the_release_of_the_plan_ends_too(world: World) -> None:
    """All that the unit read by the consent, and nothing of what is its own; also where it takes part on.

    Red when a withdrawal leaves releases, or the unit's part, as they are.
    """
    team = world.teamwork()
    with as_loader():
        process = Process.objects.get(case=team.case)
    assert reads(world, "logoped") >= rows(process, team.note, team.plan, team.logoped_note)
    with world.act("mamma") as actor:
        withdraw_consent(consent=team.consent, unit_ids=[world.units["logoped"].pk], by=actor)
    assert reads(world, "logoped") == rows(team.case, team.logoped_note)
    world.participate("logoped", team.case)
    assert reads(world, "logoped") == rows(team.case, process, team.logoped_note)


def _on(node: psycopg.Connection[Any], world: World, team: Teamwork) -> int:
    """How many rows of the note the logoped reads there."""
    account, hat = world.accounts["logoped"].pk, world.memberships["logoped"].pk
    sealed = ticket.sealed(ticket.Kind.PAGE, str(account), str(hat), "", pid=node.info.backend_pid)
    with node.transaction():
        node.execute("select access.actor_begin(%s)", [sealed])
        return node.execute("select from cases_version where id = %s", [team.note.pk]).rowcount


# --- I10: nothing opens by losing something, or by time ------------------------------------------------------

PEOPLE = ("bvc", "bvc-ledare", "logoped", "forskola", "fritid", "polis", "soc", "mamma", "pappa", "styrgrupp")
# A child of four: until she is sixteen nobody begins to read by a birthday.
INSTANTS = (0, 1, 30, 179, 181, 9 * 365, 11 * 365)


def test_i10_time_alone_opens_nothing(world: World) -> None:
    """Whatever is decided today, each later instant shows the same or less, through the end of consents and
    the child's birthdays up to 16, from which a youth reads (docs/who-sees-what.md).

    Red when a nödöppning does not end, or when entries open by themselves after a while.
    """
    team = world.teamwork()
    emergency = _emergency(world, team)
    for username in PEOPLE:
        seen = [reads(world, username, world.days(days) + timedelta(minutes=1)) for days in INSTANTS]
        for days, before, after in zip(INSTANTS[1:], seen, seen[1:], strict=False):
            assert after <= before, (username, days)
    assert reads(world, "mamma", world.days(11 * 365)) < reads(world, "mamma")
    assert reads(world, "bvc2", emergency) == set()


def _emergency(world: World, team: Teamwork) -> datetime:
    """A nödöppning by bvc2 is over after an hour; that instant."""
    number = make_test_number(world.child.born_on, LegalSex.FEMALE)
    with as_loader():
        Child.objects.filter(pk=world.child.pk).update(number=number.digits, reserve_number=None)
    asked = Asked(number, Emergency.Code.STAND_IN, "Kollegan är sjuk och mamman står här.")
    with world.act("bvc2") as actor:
        assert open_in_emergency(asked=asked, by=actor)
    assert reads(world, "bvc2") >= rows(team.note)
    return world.at + timedelta(minutes=60)


LOSSES: dict[str, Callable[[], object]] = {
    "the assignment": lambda: Assignment.objects.all().delete(),
    "the unit's part": lambda: Participation.objects.all().delete(),
    "the role": lambda: Membership.objects.all().delete(),
    "the role from now on": lambda: Membership.objects.update(valid=DateTimeTZRange(None, None, empty=True)),
    "the account": lambda: Account.objects.update(is_active=False),
    "custody": lambda: Guardianship.objects.all().delete(),
    "uncontested custody": lambda: Guardianship.objects.update(contested=True),
    "the disclosures": lambda: Disclosure.objects.update(valid=DateTimeTZRange(empty=True)),
}


def test_i10_losing_something_opens_nothing(world: World) -> None:
    """An assignment, a role, custody, what was shown; and a consent that is taken back.

    Red when somebody without an assignment reads more than with it.
    """
    team = world.teamwork()
    before = {username: reads(world, username) for username in PEOPLE}
    assert sum(map(bool, before.values())) >= 8
    for name, loses in LOSSES.items():
        with transaction.atomic():
            with as_loader():
                loses()
            for username in PEOPLE:
                assert reads(world, username) <= before[username], (name, username)
            transaction.set_rollback(True)
    with world.act("mamma") as actor:
        units = [scope.unit_id for scope in team.consent.scope_set.all()]
        withdraw_consent(consent=team.consent, unit_ids=units, by=actor)
    for username in PEOPLE:
        assert reads(world, username) <= before[username], ("consent", username)


# --- I21: the child is shown no more than each of her guardians ------------------------------------------------


@given(drawn=family_worlds())
def test_i21_what_the_child_is_shown_each_guardian_is_shown(world: World, drawn: SmallWorld) -> None:
    """As the child, under 18, in any case that is not closed: no version that isn't shown to every guardian
    who decides, or that is hidden from one. (In a closed case the family is let in one by one, ADR 15.)

    Red when child_versions does not ask about hiding, or about the guardians.
    """
    with transaction.atomic():
        loaded = load(drawn, world)
        youth = loaded.people["youth"].pk
        actors.begin(youth, at=loaded.at)
        shown = _as_child()
        event(f"the child is shown {'something' if shown else 'nothing'}")
        for custody in drawn.custodies:
            if (
                custody.child == 1
                and not custody.contested
                and in_force(custody.valid)
                and not is_closed(drawn, 1)
            ):
                assert shown <= _shown_to(loaded, loaded.guardians[custody.guardian]), custody
        transaction.set_rollback(True)


def _as_child() -> set[uuid.UUID]:
    with connection.cursor() as cursor:
        cursor.execute("select unnest(access.my_child_versions())")
        return {pk for (pk,) in cursor.fetchall()}


def _shown_to(loaded: Loaded, guardian: Guardian) -> set[uuid.UUID]:
    """What the rows say that she is shown, and that nobody has hidden from her."""
    with as_loader():
        hidden = Hiding.objects.filter(guardian=guardian, valid__contains=loaded.at).values("entry")
        shown = Disclosure.objects.filter(to_guardian=guardian, valid__contains=loaded.at)
        return set(shown.exclude(version__entry__in=hidden).values_list("version_id", flat=True))


def test_i21_what_one_guardian_is_not_shown_the_child_is_not(world: World) -> None:
    """Rows alone, whoever wrote them: shown to the youth and both guardians; hidden from one, or no longer
    shown to one, it is hers no more.

    Red when child_versions does not ask about hiding, or about each guardian.
    """
    case = world.open_case(world.youth, "pupil_health", "kurator")
    note, other = (world.entry("pupil_health", "kurator", case) for _ in range(2))
    for version in (note, other):
        world.show(version, to_child=world.youth)
        world.show(version, to_guardian="mor")
    shown = [world.show(version, to_guardian="far") for version in (note, other)]
    assert rows(note, other) <= reads(world, "ungdom")
    world.hide(note, "mor")
    assert reads(world, "ungdom") & rows(note, other) == rows(other)
    with as_loader():
        Disclosure.objects.filter(pk=shown[1].pk).update(valid=DateTimeTZRange(world.days(-1), world.at))
    assert not reads(world, "ungdom") & rows(note, other)


# --- I22: nothing is done that nobody decided who does -----------------------------------------------------------

# Each task, and as whom it acts: nobody, who may only call narrow functions, or each piece of work's recipient.
TASKS = {
    "notices.tasks.sweep": "each recipient",
    "plans.tasks.end_lapsed": "nobody",
    "plans.tasks.queue_digests": "nobody",
    "plans.tasks.remove_old": "nobody",
    "plans.tasks.escalate_emergencies": "nobody",
    "plans.tasks.count_without_anybody": "nobody",
    "reviews.tasks.make": "nobody",
    "audit.tasks.anchor": "nobody",
}


def test_i22_every_task_says_as_whom_it_acts() -> None:
    """A new task fails here until it is decided; and what acts as nobody reads nothing
    (tests/access/test_no_context.py).

    Red for a task that nobody has put down.
    """
    app.loader.import_default_modules()
    ours = {name for name in app.tasks if not name.startswith(("celery.", "tests."))}
    assert ours == set(TASKS)
