"""Everybody's browsers, what they met, and what came of trying what somebody else has met."""

from __future__ import annotations

import itertools
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from barnensbasta.local import ROOT
from tests.access.door_rows import ROWS
from tests.access.readers import NOBODY
from tests.crawl.gathering import Target
from tests.crawl.marked import VISITORS, marked_world
from tests.crawl.walking import Answer, Judge, Met, ask, route, unknown, walk
from tests.worlds import World

LISTS = ROOT / "var/crawl"
SIGNED_IN_SECONDS = 300
# A draft is its writer's alone, whatever she says that it is a draft of.
_OWN = {"cases_draft"}
# What differs from one answer to the next by itself: a token, the seconds left, the clock.
_CHANGES = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|data-session-\w+="\d+"|\b\d\d[.:]\d\d\b')


@dataclass
class Crawl:
    """The world, everybody's browser, and what came of it."""

    world: World
    judge: Judge
    browsers: dict[str, tuple[Client, float]] = field(default_factory=dict)
    met: Met = field(default_factory=Met)
    wrong: list[str] = field(default_factory=list)
    statuses: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    tried: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, world: World) -> Crawl:
        """Nobody has met anything yet."""
        fixed, readers, signs = marked_world(world)
        crawl = cls(world, Judge(fixed, readers, signs))
        # Somebody has read before, so that there is a log to look at and to take home.
        for reader, case in (("bvc", "case_a"), ("kurator", "case_y")):
            assert crawl.browser(reader).get(f"/barn/{fixed.key(case)}/").status_code == 200
        return crawl

    def browser(self, visitor: str) -> Client:
        """Signed in, for her first workplace or the one that her name says; and anew after a while,
        since no visit prolongs her session: all that comes of it is undone."""
        client, since = self.browsers.get(visitor, (None, 0.0))
        if client is None or time.monotonic() - since > SIGNED_IN_SECONDS:
            account, _, unit = visitor.partition("/")
            membership = self.world.memberships[visitor] if unit else None
            client = self.world.client(None if visitor == NOBODY else account, membership=membership)
            self.browsers[visitor] = client, time.monotonic()
        return client

    def walk(self, *, most: int, senders: tuple[str, ...] = ()) -> None:
        """As everybody, everywhere. Forms of one kind are sent by the first who meets them, and by
        each of the ``senders``."""
        by_all: Counter[Any] = Counter()
        for visitor in VISITORS:
            sent = Counter() if visitor in senders else by_all
            found = walk(self.browser(visitor), visitor, self.judge, self.met, most=most, sent=sent)
            self.wrong += [f"{visitor} {what}" for what in found]

    def replay(self, found: list[Target], *, every: int = 1, by: tuple[str, ...] = VISITORS) -> None:
        """Each of what was found, by everybody who did not meet it; or, of all these, each
        ``every``-th pair, so that nobody and nothing is left out."""
        pairs = (
            (target, visitor) for target in found for visitor in by if visitor not in self.met.by[target]
        )
        for target, visitor in itertools.islice(pairs, 0, None, every):
            self.wrong += self._try(visitor, target)

    def _try(self, visitor: str, target: Target) -> Iterator[str]:
        answer = ask(self.browser(visitor), target)
        self._count(visitor, target, answer)
        where = f"{target.method} {target.address} ({route(target.address)})"
        # What she sends she may get back.
        sent = " ".join(value for _, value in target.fields)
        for sign in self.judge.betrayed(visitor, answer.text):
            if sign not in sent:
                yield f"{visitor} is shown {sign} at {where}"
        if answer.status >= 500:
            yield f"{visitor} is answered {answer.text[:200]} at {where}"
            return
        changed = answer.changed - _OWN
        if changed and not self._may_send(visitor, target):
            yield f"{visitor} changes {', '.join(sorted(changed))} at {where}"
        if visitor == NOBODY:
            if answer.status == 200 and self.judge.names_known(target.address):
                yield f"nobody gets {where}"
        elif not self.judge.may_meet(visitor, target.address) and self._tells(visitor, target, answer):
            yield f"{visitor} gets {answer.status} at {where} and can tell it from nothing"

    def _may_send(self, visitor: str, target: Target) -> bool:
        """Whether she may open this door, by the table of all addresses, though no page led her there,
        and know of what she sends it about: leisure may fill in a wheel."""
        door = ROWS.get(route(target.address))
        return bool(door and visitor in door.may and self.judge.may_meet(visitor, target.address))

    def _count(self, visitor: str, target: Target, answer: Answer) -> None:
        asked = "" if target.method == "get" else "POST "
        self.statuses[visitor][f"{asked}{answer.status}"] += 1
        self.tried["addresses" if target.method == "get" else "forms"] += 1
        self.tried["fragments"] += target.fragment
        self.tried["papers"] += answer.is_paper

    def _tells(self, visitor: str, target: Target, answer: Answer) -> bool:
        """Whether an answer about what she may not know of tells her anything. Of the 404s a third is
        held beside that about nothing; and every other answer, as where she writes a draft that says
        of itself that it belongs to this."""
        self.tried["hidden"] += 1
        if answer.status == 404 and self.tried["hidden"] % 3:
            return False
        return not self._like_nothing(visitor, target, answer)

    def _like_nothing(self, visitor: str, target: Target, answer: Answer) -> bool:
        """Whether what is hidden is answered as what doesn't exist, in the same words."""
        elsewhere = unknown(target, lambda one: self.judge.may_know(visitor, one))
        nothing = ask(self.browser(visitor), elsewhere)
        self.tried["beside nothing"] += 1
        return nothing.status == answer.status and self._words(nothing) == self._words(answer)

    def _words(self, answer: Answer) -> str:
        return _CHANGES.sub("", answer.text)

    def one_of_each_kind(self, found: list[Target]) -> list[Target]:
        """Of each view with each circle of readers the first: whoever may know of one of them may
        know of the others."""
        kinds = {self.judge.kind(target): target for target in reversed(found)}
        return sorted(kinds.values(), key=lambda target: (target.address, target.fragment))

    def write(self, part: str) -> None:
        """Who tried how much, and how it was answered: ``var/crawl/``."""
        kinds = sorted({kind for counted in self.statuses.values() for kind in counted})
        met, tried = self.met, self.tried
        lines = [
            f"# Crawl, {part}",
            "",
            f"{len(VISITORS)} visitors walked through {met.pages.total()} pages, sent "
            f"{met.sent.total()} forms of their own and read {met.papers.total()} PDFs. They met "
            f"{len(met.addresses())} addresses and {len(met.forms())} forms, {len(met.fragments())} of them "
            f"asked for by htmx, of {len({route(target.address) for target in met.by})} views; and "
            f"{len(met.signs)} of {len(self.judge.signs)} signs, {len(met.signs_on_paper)} of them in PDFs.",
            "",
            f"Tried as somebody else: {tried['addresses']} addresses and {tried['forms']} forms, "
            f"{tried['fragments']} of them as htmx does; {tried['hidden']} were hidden, "
            f"{tried['beside nothing']} of these compared with something that doesn't exist; "
            f"{tried['papers']} PDFs read.",
            "",
            f"| who | pages walked | forms sent | PDFs read | {' | '.join(kinds)} |",
            f"|{'---|' * (len(kinds) + 4)}",
        ]
        for visitor, counted in sorted(self.statuses.items()):
            answers = " | ".join(str(counted[kind]) for kind in kinds)
            own = f"{met.pages[visitor]} | {met.sent[visitor]} | {met.papers[visitor]}"
            lines.append(f"| {visitor} | {own} | {answers} |")
        LISTS.mkdir(parents=True, exist_ok=True)
        (LISTS / f"{part.replace(' ', '-')}.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
