"""Walking through the program as somebody, and trying what somebody else has met."""

from __future__ import annotations

import copy
import re
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, resolve

from tests.access.fixed_world import FixedWorld
from tests.crawl.gathering import Target, targets
from tests.papers import paper_text

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# Ends the visit: tried by the tests of sessions.
_NOT_WALKED = {"/logga-ut/"}
# Written whatever comes of a request: who was refused, the session's own row, what slows guessing.
_ALWAYS_WRITTEN = {"audit_event", "audit_head", "access_session", "django_session", "people_signinattempt"}
_WRITTEN = """
select relname, n_tup_ins + n_tup_upd + n_tup_del from pg_stat_xact_user_tables
where n_tup_ins + n_tup_upd + n_tup_del > 0
"""


@dataclass
class Judge:
    """Who may read what, by hand and nothing of the program: each row by its name, each sign."""

    fixed: FixedWorld
    by_name: dict[str, set[str]]
    signs: dict[str, set[str]]
    readers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for name, row in self.fixed.rows.items():
            if name in self.by_name:
                # A signal and its text have one number: its head may be read by more.
                self.readers[str(row.pk)] |= self.by_name[name]

    def may_meet(self, visitor: str, address: str) -> bool:
        """Whether every thing that the address names may be known of by her."""
        return all(self.may_know(visitor, one) for one in ID.findall(address))

    def may_know(self, visitor: str, one: str) -> bool:
        """Whether she may know of a thing; of what the judge doesn't know, it says nothing."""
        return one not in self.readers or visitor in self.readers[one]

    def betrayed(self, visitor: str, body: str) -> list[str]:
        """Signs in an answer that are not for her."""
        return sorted(sign for sign, readers in self.signs.items() if sign in body and visitor not in readers)

    def names_known(self, address: str) -> bool:
        """Whether the address names anything that the judge knows of."""
        return any(one in self.readers for one in ID.findall(address))

    def kind(self, target: Target) -> tuple[object, ...]:
        """What is of one kind: the same view, asked the same way, of things that the same people may
        know of."""
        whose = tuple(
            tuple(sorted(self.readers[one])) if one in self.readers else "?"
            for one in ID.findall(target.address)
        )
        return route(target.address), whose, "?" in target.address, target.fragment


@dataclass(frozen=True)
class Answer:
    """What came of asking: its text, also where that stands on a paper, and what was written."""

    status: int
    text: str
    location: str
    is_html: bool
    is_paper: bool
    changed: set[str]


@dataclass
class Met:
    """What everybody met, and who met it."""

    by: dict[Target, set[str]] = field(default_factory=lambda: defaultdict(set))
    signs: set[str] = field(default_factory=set)
    signs_on_paper: set[str] = field(default_factory=set)
    pages: Counter[str] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    papers: Counter[str] = field(default_factory=Counter)

    def addresses(self) -> list[Target]:
        """What is asked for by GET."""
        return self._all("get")

    def forms(self) -> list[Target]:
        """What is sent."""
        return self._all("post")

    def fragments(self) -> list[Target]:
        """What htmx asks for, in either way."""
        return [target for target in self.by if target.fragment]

    def note(self, visitor: str, answer: Answer, judge: Judge) -> None:
        """What an answer showed her."""
        shown = {sign for sign in judge.signs if sign in answer.text}
        self.signs |= shown
        if answer.is_paper:
            self.papers[visitor] += 1
            self.signs_on_paper |= shown

    def _all(self, method: str) -> list[Target]:
        found = (target for target in self.by if target.method == method)
        return sorted(found, key=lambda target: (target.address, target.fragment))


def route(address: str) -> str:
    """The name of the view behind an address; nothing where there is none."""
    try:
        match = resolve(address.split("?")[0])
    except Resolver404:
        return ""
    return match.view_name or match.route


def walk(
    client: Client, visitor: str, judge: Judge, met: Met, *, most: int, sent: Counter[Any]
) -> Iterator[str]:
    """Everywhere that links lead from the first page on; of each kind ``most`` pages, and as many
    forms as they stand, less those in ``sent``. Yields what she was shown that is not for her, and where
    the program falls over."""
    waiting, seen, kinds = [Target("get", "/")], set[Target](), Counter[Any]()
    while waiting:
        target = waiting.pop(0)
        counted = kinds if target.method == "get" else sent
        kind = judge.kind(target)
        if counted[kind] >= most:
            continue
        counted[kind] += 1
        answer = ask(client, target)
        (met.pages if target.method == "get" else met.sent)[visitor] += 1
        where = f"{target.method} {target.address} ({route(target.address)})"
        yield from (f"is shown {sign} at {where}" for sign in judge.betrayed(visitor, answer.text))
        if answer.status >= 500:
            yield f"is answered {answer.text[:200]} at {where}"
        met.note(visitor, answer, judge)
        for each in _led_to(target, answer):
            met.by[each].add(visitor)
            if each not in seen:
                seen.add(each)
                waiting.append(each)


def _led_to(target: Target, answer: Answer) -> Iterator[Target]:
    """Where an answer leads. What a sent form would lead to was undone with it."""
    if target.method == "post":
        return
    found = [Target("get", answer.location)] if answer.location else []
    found += targets(answer.text, target.address) if answer.is_html else []
    yield from (one for one in found if one.address.startswith("/") and one.path not in _NOT_WALKED)


def ask(client: Client, target: Target) -> Answer:
    """An answer; nothing comes of it, neither in the database nor in the browser. Where the program
    falls over it is a 500 with what was raised."""
    cookies = copy.deepcopy(client.cookies)
    try:
        return _asked(client, target)
    except Exception as error:
        if connection.needs_rollback:
            raise
        return Answer(
            500, f"{type(error).__name__}: {error}", "", is_html=False, is_paper=False, changed=set()
        )
    finally:
        client.cookies = cookies


def _asked(client: Client, target: Target) -> Answer:
    headers = {"HX-Request": "true"} if target.fragment else {}
    changed: set[str] = set()
    with transaction.atomic():
        if target.method == "get":
            answer: Any = client.get(target.address, headers=headers)
        else:
            before = _written()
            answer = client.post(target.address, dict(target.fields), headers=headers)
            changed = {table for table, rows in _written().items() if rows != before.get(table, 0)}
        body = b"".join(answer) if answer.streaming else answer.content
        transaction.set_rollback(True)
    kind = answer.get("Content-Type", "")
    is_paper = kind == "application/pdf"
    return Answer(
        status=answer.status_code,
        text=paper_text(body) if is_paper else body.decode("utf-8", "replace"),
        location=answer.get("Location", ""),
        is_html="html" in kind,
        is_paper=is_paper,
        changed=changed - _ALWAYS_WRITTEN,
    )


def unknown(target: Target, known: Callable[[str], bool]) -> Target:
    """The same address, with ids of things that don't exist instead of those that aren't known."""
    return replace(
        target,
        address=ID.sub(lambda one: one[0] if known(one[0]) else str(uuid.uuid4()), target.address),
    )


def _written() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN)
        return dict(cursor.fetchall())
