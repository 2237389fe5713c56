"""What is done to the system so that a test of an invariant fails: mutations, each undone afterwards.

A mutation is begun before the test's own transaction and undone after it, because a change of a
policy or a table waits for whoever uses the table. It is made through a connection of the superuser,
in this process's own database alone. Python is changed by a ``MonkeyPatch`` of its own.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests import services

Mutation = Callable[[], AbstractContextManager[None]]


@contextlib.contextmanager
def superuser() -> Iterator[psycopg.Connection[Any]]:
    """Past every policy, to change them."""
    url = services.address().superuser_url(services.database_name())
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


def definer(function: str, condition: str, instead: str) -> Mutation:
    """One condition of one function is another."""

    @contextlib.contextmanager
    def mutated() -> Iterator[None]:
        with superuser() as owner:
            (source,) = owner.execute(  # type: ignore[misc]
                "select pg_get_functiondef(%s::regprocedure)", [function]
            ).fetchone()
            assert condition in source, f"{function} has no such condition any more"
            owner.execute(sql.SQL(source.replace(condition, instead)))
            try:
                yield
            finally:
                owner.execute(sql.SQL(source))

    return mutated


def widened(table: str, policy: str, *, using: bool = True, check: bool = False) -> Mutation:
    """A policy lets everybody's rows through: to be read (``using``), to be written (``check``)."""

    @contextlib.contextmanager
    def mutated() -> Iterator[None]:
        name = sql.Identifier(policy), sql.Identifier(table)
        with superuser() as owner:
            was = owner.execute(
                "select pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid) from pg_policy"
                " where polname = %s and polrelid = %s::regclass", [policy, table],
            ).fetchone()  # fmt: skip
            assert was is not None
            for clause, expression in _clauses(was, using, check, instead="true"):
                owner.execute(sql.SQL(f"alter policy {{}} on {{}} {clause} ({expression})").format(*name))
            try:
                yield
            finally:
                for clause, expression in _clauses(was, using, check):
                    text = sql.SQL("alter policy {} on {} ").format(*name)
                    owner.execute(text + sql.SQL(f"{clause} ({expression})"))

    return mutated


def _clauses(was: tuple[Any, ...], using: bool, check: bool, instead: str = "") -> Iterator[tuple[str, str]]:
    for wanted, clause, expression in ((using, "using", was[0]), (check, "with check", was[1])):
        if wanted and expression is not None:
            yield clause, instead or expression


def done(statement: str, undo: str) -> Mutation:
    """A grant, a trigger, an owner."""

    @contextlib.contextmanager
    def mutated() -> Iterator[None]:
        with superuser() as owner:
            owner.execute(sql.SQL(statement))
            try:
                yield
            finally:
                owner.execute(sql.SQL(undo))

    return mutated


def patched(target: str, value: object) -> Mutation:
    """Something in Python is something else; ``target`` as ``MonkeyPatch.setattr`` takes it."""

    @contextlib.contextmanager
    def mutated() -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(target, value)
            yield

    return mutated


def together(*mutations: Mutation) -> Mutation:
    """Where one alone is held by another wall."""

    @contextlib.contextmanager
    def mutated() -> Iterator[None]:
        with contextlib.ExitStack() as stack:
            for mutation in mutations:
                stack.enter_context(mutation())
            yield

    return mutated
