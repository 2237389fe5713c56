"""Each invariant's test fails under a mutation: what it says would be noticed is noticed.

A mutation that is run beats one that is written down. Every policy is dropped and widened in
test_mutations.py, hiding in test_two_worlds.py; here each invariant has at least one of its own.
"""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver, path

from access import actor as actors
from access.actor import Actor
from barnensbasta.celery import app
from cases.models import Case, Version
from cases.queries import lists
from cases.querysets import VersionQuerySet
from people.models import Protection
from tests.access import (
    test_ages,
    test_every_url,
    test_family,
    test_immutable,
    test_invariants,
    test_no_context,
    test_recorded,
    test_row_level_security,
    test_two_worlds,
    test_two_worlds_shield,
)
from tests.access import test_context as contexts
from tests.access.test_every_url import rich  # noqa: F401 (a fixture)
from tests.access.test_no_context import case  # noqa: F401 (a fixture)
from tests.access.test_row_level_security import fixed  # noqa: F401 (a fixture)
from tests.access.test_two_worlds_shield import others  # noqa: F401 (a fixture)
from tests.access.turning_red import Mutation, definer, done, patched, together, widened
from tests.audit import test_chain
from tests.audit.test_chain import written  # noqa: F401 (a fixture)
from tests.cases import test_emergency, test_entries
from tests.cases.test_emergency import number  # noqa: F401 (a fixture)
from tests.database import as_loader
from tests.web.desk import test_lists
from web.door import DoorMiddleware


@dataclass(frozen=True)
class Red:
    """A test, what it is called with besides its fixtures, and what must make it fail."""

    what: str
    test: Callable[..., None]
    mutation: Mutation
    given: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"{self.test.__name__.split('_')[1].upper()} {self.what}"


# --- Mutations that take more than a statement --------------------------------------------------------


@contextlib.contextmanager
def outliving() -> Iterator[None]:
    """A context is the session's, and not bound to its transaction: two locks, both open."""
    setting = definer("access_owner.context_set(text, uuid, uuid, text[])", "'|'), true)", "'|'), false)")
    bound = definer(
        "access_owner.acting()", "or part[8] <> extract(epoch from transaction_timestamp())::text", ""
    )
    with setting(), bound():
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("select set_config('app.actor', '', false)")


@contextlib.contextmanager
def a_new_task() -> Iterator[None]:
    """Somebody has added a task."""

    @app.task(name="notices.tasks.unheard_of")
    def unheard_of() -> None: ...

    assert unheard_of
    try:
        yield
    finally:
        app.tasks.pop("notices.tasks.unheard_of")


@contextlib.contextmanager
def a_new_address() -> Iterator[None]:
    """Somebody has added a page."""
    known = get_resolver().url_patterns
    known.append(path("ny/", lambda _: HttpResponse(), name="new"))
    try:
        yield
    finally:
        known.pop()


_narrowed = lists._narrowed
_append = actors.flush_events
_enter = DoorMiddleware.process_view


def _goes_on_without(actor: Actor) -> None:
    """Sends the page where the audit can't be written."""
    with contextlib.suppress(DatabaseError), transaction.atomic():
        _append(actor)


def _tells_hidden_from_nonexistent(
    door: DoorMiddleware, request: HttpRequest, *view: Any
) -> HttpResponse | None:
    """403 to whoever may not read a case that exists, as a careful programmer might think right."""
    if case_id := view[2].get("case_id"):
        with as_loader():
            exists = Case.objects.filter(pk=case_id).exists()
        if exists and not Case.objects.filter(pk=case_id).exists():
            return HttpResponse(status=403)
    return _enter(door, request, *view)


def _also_by_notes(every: Any, actor: Actor, chosen: lists.Chosen) -> Any:
    """The helpful search: by what is written too."""
    if chosen.text:
        return every.filter(pk__in=Version.objects.filter(body__icontains=chosen.text).values("case"))
    return _narrowed(every, actor, chosen)


def _everything(found: VersionQuerySet, _: Actor) -> VersionQuerySet:
    """The second wall taken down too."""
    return found


# --- The list ---------------------------------------------------------------------------------------------

AT = "(select access.at())"
NOT_SHOWN = "where not exists (select from cases_disclosure o"
CHILD_VERSIONS = "access_owner.child_versions(uuid, uuid[])"
MATRIX = "access.basis_allows(text, integer, text, text, uuid, uuid, uuid, text, boolean)"
SHOWN = "select coalesce(array_agg(distinct d.version_id), '{}') from cases_disclosure d"
WHOLE_CASE = (
    "select coalesce(array_agg(distinct w.id), '{}') from cases_disclosure d"
    " join cases_version w on w.case_id = d.case_id"
)
CLOSE = "access_owner.close_unit(uuid, uuid, uuid)"
ENDS = f"and consent_id = p_consent and valid && tstzrange({AT}, null)"
ALSO = "|| access.my_child_versions()"
EVERYTHING = "|| (select coalesce(array_agg(v.id), '{{}}') from cases_version v where {0})"


def my_versions(condition: str, instead: str) -> Mutation:
    """What is shown to whoever acts."""
    return definer("access.my_versions()", condition, instead)


I1 = test_invariants.test_i1_only_the_version_that_is_shown_and_only_while_it_is
I2 = test_invariants.test_i2_the_database_takes_a_ground_that_holds_between_the_two_and_no_other
I3_NODE = test_invariants.test_i3_what_is_taken_back_is_closed_on_every_node_when_it_commits
I3_PLAN = test_invariants.test_i3_the_release_of_the_plan_ends_too
I10_TIME = test_invariants.test_i10_time_alone_opens_nothing
I10_LOSS = test_invariants.test_i10_losing_something_opens_nothing
I21 = test_invariants.test_i21_what_one_guardian_is_not_shown_the_child_is_not

REDS = [
    Red("the disclosure's period is not asked about", I1, my_versions(f"where d.valid @> {AT}", "where true")),
    Red("what is shown opens the whole case", I1, my_versions(SHOWN, WHOLE_CASE)),
    Red("entries are open to reading", I1, widened("cases_version", "read")),
    Red("the matrix does not ask who gets it", I2,
        definer(MATRIX, "access_owner.party(p_to) = any(b.recipients)", "true")),
    Red("the matrix does not ask which statute", I2, definer(MATRIX, "d->>'code' = p_duty", "true")),
    Red("no ground is asked about", I2, widened("cases_disclosure", "add", using=False, check=True)),
    Red("disclosures stay", I3_NODE, definer(CLOSE, ENDS, "and false")),
    Red("releases stay", I3_PLAN, definer(CLOSE, ENDS, "and false")),
    Red("the unit takes part on", I3_PLAN,
        definer(CLOSE, "delete from cases_participation where", "delete from cases_participation where false and")),
    Red("what is shown opens the whole case", test_entries.test_i4_nothing_opens_by_itself,
        my_versions(SHOWN, WHOLE_CASE)),
    Red("what is shown opens the whole case",
        test_two_worlds.test_i6_a_unit_gets_the_same_without_what_another_has_not_shown_it,
        together(my_versions(SHOWN, WHOLE_CASE), patched("cases.querysets.VersionQuerySet.visible_to", _everything)),
        {"visitor": "logoped"}),
    Red("nothing is recorded", test_recorded.test_i7_every_page_about_a_child_is_recorded,
        patched("access.actor.flush_events", lambda actor: actor.events.clear()), {"name": "desk:entry"}),
    Red("a page is sent without its record", contexts.test_i7_no_record_no_content,
        patched("access.actor.flush_events", _goes_on_without)),
    Red("hidden is 403 and nonexistent 404", test_every_url.test_i8_who_gets_in,
        patched("web.door.DoorMiddleware.process_view", _tells_hidden_from_nonexistent), {"name": "desk:case"}),
    Red("the app may change the audit", test_row_level_security.test_i9_the_audit_can_only_be_added_to,
        done("grant update on audit_event to barnensbasta_app", "revoke update on audit_event from barnensbasta_app")),
    Red("a digest is over the id alone", test_chain.test_i9_what_was_done_to_it_is_named,
        definer("access_owner.audit_link(text, audit_event)", "access_owner.audit_line(e)", "e.id::text"),
        {"how": "changed"}),
    Red("a nödöppning does not end", I10_TIME,
        definer("access.my_emergency_cases()",
                f"and e.valid @> {AT} and {AT} < e.opened_at + interval '60 minutes'", "")),
    Red("entries open by themselves after a while", I10_TIME,
        my_versions(ALSO, ALSO + EVERYTHING.format(f"{AT} > now() + interval '10 days'"))),
    Red("who has no assignment reads everything", I10_LOSS,
        my_versions(ALSO, ALSO + EVERYTHING.format("access.my_assigned_cases() = '{}'"))),
    Red("the search looks into notes", test_lists.test_i11_only_a_name_a_number_or_a_reference_finds_a_case,
        patched("cases.queries.lists._narrowed", _also_by_notes)),
    Red("children are open to reading",
        test_row_level_security.test_i14_administration_and_steering_read_no_child,
        widened("people_child", "read"), {"actor": "admin"}),
    Red("a table's owner passes its policies",
        test_row_level_security.test_i15_every_table_is_protected_or_open_for_a_reason,
        done("alter table cases_entry no force row level security",
             "alter table cases_entry force row level security")),
    Red("the app owns a table", test_row_level_security.test_i15_no_role_that_serves_stands_above_the_policies,
        done("create table public.of_the_app (); alter table public.of_the_app owner to barnensbasta_app",
             "drop table public.of_the_app")),
    Red("cases are open to reading", test_row_level_security.test_i16_without_a_context_nothing_is_read_or_written,
        widened("cases_case", "read")),
    Red("cases are open to reading", test_no_context.test_i16_a_command_without_an_actor,
        widened("cases_case", "read")),
    Red("a context outlives its transaction", test_no_context.test_i17_the_next_one_on_the_connection_begins_anew,
        outliving, {"view": test_no_context._returns}),
    Red("a day begins in Greenwich", test_ages.test_i18_midnight_is_swedish,
        patched("access.ages.STOCKHOLM", UTC), {"on": "2026-07-15", "instant": "2026-07-14T22:00+00:00"}),
    Red("a day begins in Greenwich in the database",
        test_family.test_i18_the_database_and_python_agree_on_every_birthday,
        definer("access.birthday(date, integer)", "Europe/Stockholm", "UTC")),
    Red("what nobody reviews is forgotten", test_emergency.test_i20_unreviewed_it_escalates_and_suspends,
        definer("access.emergencies_escalate()", "e.reviewed_at is null", "false")),
    Red("one may review one's own", test_emergency.test_i20_an_arbetsledare_never_reviews_her_own,
        definer("access_owner.may_review(cases_emergency)", "e.account_id <> (select access.account())", "true")),
    Red("the child reads what is hidden from a guardian", I21,
        definer(CHILD_VERSIONS, f"h.entry_id = v.entry_id and h.valid @> {AT}", "false")),
    Red("the child reads what a guardian is not shown", I21,
        definer(CHILD_VERSIONS, NOT_SHOWN, NOT_SHOWN.replace("where", "where false and"))),
    Red("a new address", test_every_url.test_i22_every_address_has_a_row, a_new_address),
    Red("a new task", test_invariants.test_i22_every_task_says_as_whom_it_acts, a_new_task),
    Red("an assignment may point anywhere",
        test_row_level_security.test_i23_a_write_points_only_to_rows_that_its_writer_may_read,
        widened("cases_assignment", "add", using=False, check=True)),
    Red("an entry's columns are not fixed",
        test_immutable.test_i24_every_column_that_says_whose_a_row_is_is_fixed_or_excused,
        done("alter table cases_entry disable trigger immutable", "alter table cases_entry enable trigger immutable")),
    Red("a version may be changed", test_row_level_security.test_i24_what_is_written_stays_as_written,
        done("grant update on cases_version to barnensbasta_app",
             "revoke update on cases_version from barnensbasta_app"),
        {"row": "note", "column": "body", "value": "x"}),
    Red("a protected child's case is not closed", test_two_worlds_shield.test_i25_a_protected_child_is_nowhere,
        definer("access_owner.closed_cases()", f"where p.valid @> {AT}", "where false"),
        {"level": Protection.Level.MARKED}),
]  # fmt: skip


def _marks(red: Red) -> list[pytest.MarkDecorator]:
    """A test with transactions of its own needs them here too."""
    marks = [*getattr(red.test, "pytestmark", ()), *_of_module(red.test)]
    return [
        getattr(pytest.mark, m.name)(*m.args, **m.kwargs) for m in marks if m.name == "django_db" and m.kwargs
    ]


def _of_module(test: Callable[..., None]) -> list[pytest.Mark]:
    marks = getattr(inspect.getmodule(test), "pytestmark", [])
    return [mark.mark for mark in (marks if isinstance(marks, list) else [marks])]


@pytest.fixture
def mutated(request: pytest.FixtureRequest) -> Iterator[Red]:
    """Begun before the test's own fixtures, and undone after them."""
    red: Red = request.param
    with red.mutation():
        yield red


@pytest.mark.parametrize(
    "mutated", [pytest.param(red, id=red.id, marks=_marks(red)) for red in REDS], indirect=True
)
def test_turns_red(mutated: Red, request: pytest.FixtureRequest, django_db_setup: None) -> None:
    """The invariant's own test, called under the mutation, fails."""
    test = inspect.unwrap(mutated.test)
    wanted = [name for name in inspect.signature(test).parameters if name not in mutated.given]
    if any(mark.name == "django_db" for mark in getattr(mutated.test, "pytestmark", ())):
        request.getfixturevalue("db")
    fixtures = {name: request.getfixturevalue(name) for name in wanted}
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        test(**fixtures, **mutated.given)


def test_every_invariant_that_holds_now_has_one() -> None:
    """Those of I1–I26 that have neither stand in docs/security.md with the reason; I5 and I13 are run in
    tests/access/test_two_worlds.py and tests/house/test_canaries.py."""
    have = {red.test.__name__.split("_")[1].upper() for red in REDS}
    assert have == {f"I{n}" for n in range(1, 26)} - {"I5", "I12", "I13", "I19"}


def test_each_says_what_turns_it_red() -> None:
    """In its docstring, for whoever reads the test."""
    silent = [
        red.id
        for red in REDS
        if "Red when" not in (red.test.__doc__ or "") and "Red for" not in (red.test.__doc__ or "")
    ]
    assert not silent
