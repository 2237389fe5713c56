"""The walls agree: for every (actor, row) of small random worlds, what the ORM's
``visible_to`` gives, what row-level security gives to a bare SELECT, and what the
rules say (oracle.py) are the same; and so for writes.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import ProgrammingError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Model
from hypothesis import event, given
from hypothesis import strategies as st

from access import actor as actors
from access.permissions import Permission
from cases.facts import family_standing, standing
from cases.models import Case, Disclosure, Entry, Process, Version
from consent.models import Answer
from kit.dates import as_day
from people.models import Account
from plans.models import FamilyReply, Goal, Insats, Plan, PlanVersion, Release, Status
from tests.access import oracle
from tests.access.loading import Acting, Loaded, load, new_status, new_version
from tests.access.oracle import THE_CHILD
from tests.access.small_worlds import CASES, GUARDIANS, UNITS, SmallWorld, family_worlds, small_worlds
from tests.worlds import World

MODELS: dict[str, type[Model]] = {
    "case": Case,
    "process": Process,
    "entry": Entry,
    "version": Version,
    "disclosure": Disclosure,
    "plan": Plan,
    "plan_version": PlanVersion,
    "goal": Goal,
    "insats": Insats,
    "release": Release,
    "status": Status,
}
FAMILY_MAY = (Permission.READ_CONTENT, Permission.ANSWER_CONSENT, Permission.REPLY_TO_PLAN)
FILTERED = ("case", "process", "entry", "version", "plan", "plan_version", "goal", "insats")


@given(drawn=st.one_of(small_worlds(), family_worlds()))
def test_i1_reads_agree(world: World, drawn: SmallWorld) -> None:
    """ORM == row-level security == oracle, for each hat of each person."""
    with _example(drawn, world) as loaded:
        keys = {(MODELS[key[0]], row.pk): key for key, row in loaded.rows.items()}
        for acting in loaded.hats():
            actor = actors.begin(acting.account, acting.membership, at=loaded.at)
            expected = oracle.readable(drawn, acting.hat)
            bare = {keys[MODELS[what], pk] for what, pk in _bare()}
            filtered = {
                keys[MODELS[what], pk]
                for what in FILTERED
                for pk in MODELS[what].objects.visible_to(actor).values_list("pk", flat=True)  # type: ignore[attr-defined]
            }
            event(f"sees {'much' if len(expected) > 5 else 'something' if expected else 'nothing'}")
            assert bare == expected, (acting.hat, "row-level security", bare ^ expected)
            assert filtered == {k for k in expected if k[0] in FILTERED}, (acting.hat, "ORM", filtered)


@given(drawn=family_worlds())
def test_families_agree(world: World, drawn: SmallWorld) -> None:
    """Whoever is a child's guardian now, or the child herself from 16, may read, answer and
    reply for it by the policy, has its case by the ORM, and can write by row-level security
    just what she answers in that capacity."""
    with _example(drawn, world) as loaded:
        for acting in loaded.hats():
            actor = actors.begin(acting.account, acting.membership, at=loaded.at)
            found = set(Case.objects.of_family(actor).values_list("pk", flat=True))
            for case in CASES:
                expected = oracle.meets(drawn, acting.hat, case)
                how = family_standing(loaded.children[case], actor)
                decided = {p: bool(how.decide(p)) for p in FAMILY_MAY}
                event(f"family {expected}")
                assert decided == dict.fromkeys(FAMILY_MAY, expected), (acting.hat, "policy", case)
                assert (loaded.rows[("case", case, 0)].pk in found) == expected, (acting.hat, "ORM", case)
            for number in range(len(drawn.plans)):
                for person in (*GUARDIANS, THE_CHILD):
                    allowed = oracle.may_reply(drawn, acting.hat, number, person)
                    event(f"reply {'written' if allowed else 'refused'}")
                    assert _saved(_reply(loaded, number, person)) == allowed, (acting.hat, "reply", person)


@given(drawn=small_worlds())
def test_writes_agree(world: World, drawn: SmallWorld) -> None:
    """An entry, a version, a disclosure or a status can be written if, and only if, the
    oracle says so; and the policy's decision to let her write is the same."""
    with _example(drawn, world) as loaded:
        for acting in loaded.hats():
            actor = actors.begin(acting.account, acting.membership, at=loaded.at)
            account = Account(pk=acting.account)
            for case in CASES:
                pk = loaded.rows[("case", case, 0)].pk
                decided = bool(standing(pk, actor).decide(Permission.WRITE_ENTRY))
                assert decided == oracle.works_on(drawn, acting.hat, case), (acting.hat, "policy", case)
            for allowed, what, row in _attempts(loaded, acting, account):
                done = _saved(row)
                event(f"{what} {'written' if done else 'refused'}")
                assert done == allowed, (acting.hat, what)


@given(drawn=family_worlds())
def test_answers_agree(world: World, drawn: SmallWorld) -> None:
    """Somebody's answer about one unit can be changed by a bare UPDATE if, and only if, and by
    the way that, the oracle says: never where a yes is in force."""
    with _example(drawn, world) as loaded:
        for acting in loaded.hats():
            actors.begin(acting.account, acting.membership, at=loaded.at)
            for (scope, person), answer in loaded.answers.items():
                allowed = oracle.may_answer(drawn, acting.hat, scope, person)
                done = [route for route in ("electronic", "paper") if _answered(answer, route, acting)]
                event(f"answers {' and '.join(done) or 'nothing'}")
                assert done == [allowed] * bool(allowed), (acting.hat, scope, person)


def _answered(answer: Answer, route: str, acting: Acting) -> bool:
    """Whether the app's role may change the answer to no in this way; undone either way."""
    noted_by = acting.account if route == "paper" else None
    try:
        with transaction.atomic():
            changed = Answer.objects.filter(pk=answer.pk).update(reply="no", route=route, noted_by=noted_by)
            transaction.set_rollback(True)
    except ProgrammingError:
        return False
    return bool(changed)


def _attempts(loaded: Loaded, acting: Acting, account: Account) -> Iterator[tuple[bool, str, Model]]:
    """Every write that is tried for one hat: whether it is allowed, and the row."""
    if acting.account is None:
        return
    drawn, hat = loaded.drawn, acting.hat
    for case in CASES:
        for owner in {hat.unit or "bvc", "school"}:
            allowed = oracle.may_write_entry(drawn, hat, case, owner)
            yield allowed, "entry", _entry(loaded, case, owner, account)
    for number, written in enumerate(drawn.entries):
        allowed = oracle.may_write_entry(drawn, hat, written.case, written.owner)
        entry = loaded.rows[("entry", number, 0)]
        yield allowed, "version", new_version(entry, 9, written.category, account, loaded.at)
        for unit in UNITS:
            allowed = oracle.may_show(drawn, hat, number, unit)
            consent = loaded.consents[written.case]
            row = _disclosure(
                loaded, number, account, to_unit=loaded.cast.units[unit], consent=consent, basis="B1"
            )
            yield allowed, "disclosure to a unit", row
        for guardian in GUARDIANS:
            asked = guardian == 0
            allowed = oracle.may_show_guardian(drawn, hat, number, guardian, asked)
            to = loaded.guardians[guardian]
            row = _disclosure(loaded, number, account, to_guardian=to, child_asked=asked, basis="B14")
            yield allowed, "disclosure to a guardian", row
    for number, planned in enumerate(drawn.plans):
        for index, unit_of_row in enumerate(planned.rows):
            if unit_of_row:
                insats = loaded.rows[("insats", number, index)]
                yield (
                    oracle.may_report(drawn, hat, number, index),
                    "status",
                    new_status(insats, account, loaded.at),
                )


def _entry(loaded: Loaded, case: int, owner: str, account: Account) -> Entry:
    return Entry(
        case=loaded.rows[("case", case, 0)],
        owner_unit=loaded.cast.units[owner],
        kind="note",
        happened_on=as_day(loaded.at),
        created_by=account,
        created_at=loaded.at,
    )


def _reply(loaded: Loaded, plan: int, person: int) -> FamilyReply:
    version = loaded.rows[("plan_version", plan, 0)]
    child = loaded.children[loaded.drawn.plans[plan].case]
    return FamilyReply(
        version=version,
        case=version.case,
        owner_unit=version.owner_unit,
        guardian=None if person == THE_CHILD else loaded.guardians[person],
        child=child if person == THE_CHILD else None,
        value="yes",
        replied_at=loaded.at,
    )


def _disclosure(loaded: Loaded, entry: int, account: Account, **to: Any) -> Disclosure:
    version = loaded.rows[("version", entry, 0)]
    return Disclosure(
        version=version,
        case=version.case,
        owner_unit=version.owner_unit,
        decided_by=account,
        decided_at=loaded.at,
        # Short, so that a consent that is in force now also covers the whole of it.
        valid=DateTimeTZRange(loaded.at, loaded.at + timedelta(hours=1)),
        **to,
    )


def _saved(row: Model) -> bool:
    """Whether the app's role may insert the row; undone either way."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            transaction.set_rollback(True)
    except ProgrammingError:  # insufficient privilege: a policy said no
        return False
    return True


def _bare() -> list[tuple[str, Any]]:
    """Every row of each table that row-level security lets through."""
    selects = []
    for what, model in MODELS.items():
        columns = f"select '{what}', \"{model._meta.pk.column}\" from "  # noqa: S608
        selects.append(columns + model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(selects))
        return list(cursor.fetchall())


@contextlib.contextmanager
def _example(drawn: SmallWorld, world: World) -> Iterator[Loaded]:
    """Each drawn world in a savepoint of its own: hypothesis rolls nothing back."""
    with transaction.atomic():
        yield load(drawn, world)
        transaction.set_rollback(True)
