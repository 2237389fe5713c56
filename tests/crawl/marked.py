"""The fixed world and its neighbours, each text in it marked with a sign that stands nowhere else, and whose it is."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator
from typing import Any

from django.db.models.signals import pre_save

from cases.models import ChildView, Concern, Draft, Handover, Hiding, Maturity, Meeting, SignalText, Version
from kit import pdf
from kit.dates import as_day
from plans.document import context_of
from plans.models import Document, FamilyReply, FollowUp, Goal, Insats, InsatsResult, Release
from tests.access.fixed_world import FixedWorld, build
from tests.access.readers import ACTORS, READERS
from tests.access.readers import STAFF as COLLEAGUES
from tests.crawl.neighbours import FAMILY, STAFF, neighbours
from tests.database import as_loader
from tests.worlds import World

VISITORS = tuple(sorted({*ACTORS, *STAFF, *FAMILY}))

# Where somebody writes freely: the field of each kind of row.
TEXTS: dict[type[Any], str] = {
    Version: "body",
    Goal: "text",
    Insats: "what",
    SignalText: "seen",
    Concern: "reason",
    Handover: "note",
    Hiding: "reason",
    Meeting: "place",
    Maturity: "reason",
    ChildView: "text",
    FamilyReply: "comment",
    FollowUp: "note",
    InsatsResult: "reason",
    Draft: "fields",
}


# Of a meeting whoever is invited is told the place, though she reads no row of it.
TOLD = {"meeting_a": {"polis", "mamma"}, "meeting_today": {"mamma"}}


def marked_world(world: World) -> tuple[FixedWorld, dict[str, set[str]], dict[str, set[str]]]:
    """The fixed world and its neighbours; who may read each row; and for each sign who may read it."""
    with _marking() as signs:
        fixed = build(world)
        rows, more = neighbours(world, fixed)
    fixed = FixedWorld(world, fixed.rows | rows)
    readers = {name: _with_neighbours(who) for name, who in READERS.items()} | more
    _print(fixed)
    read_by = {
        signs[type(row), row.pk]: readers[name] | TOLD.get(name, set())
        for name, row in fixed.rows.items()
        if name in readers and (type(row), row.pk) in signs
    }
    return fixed, readers, read_by


def _with_neighbours(who: set[str]) -> set[str]:
    """What everybody reads, or everybody at work, they do too."""
    return who | (set(STAFF) if who >= COLLEAGUES else set()) | (FAMILY if who >= set(ACTORS) else set())


def _print(fixed: FixedWorld) -> None:
    """Each paper as it is made in earnest: as whoever it is for, with what she may see."""
    for row in fixed.rows.values():
        if isinstance(row, Document) and row.pages:
            with as_loader():
                release = Release.objects.select_related("to_guardian__account", "to_child__account").get(
                    pk=row.release_id
                )
            to = release.to_guardian or release.to_child
            assert to is not None
            assert to.account is not None
            with fixed.world.act(to.account.username) as actor:
                release = Release.objects.get(pk=row.release_id)
                made = pdf.render("pdf/plan.html", context_of(release, actor, on=as_day(row.rendered_at)))
            with as_loader():
                Document.objects.filter(pk=row.pk).update(pdf=made, pages=made.pages)


@contextlib.contextmanager
def _marking() -> Iterator[dict[tuple[type[Any], Any], str]]:
    """While it lasts, every text that is written begins with a sign; row → sign."""
    signs: dict[tuple[type[Any], Any], str] = {}
    numbers = itertools.count(1)

    def mark(sender: type[Any], instance: Any, **_: object) -> None:
        field = TEXTS.get(sender)
        if field is None or not instance._state.adding:
            return
        sign = f"tecken{next(numbers):04d}x"
        text = getattr(instance, field)
        if isinstance(text, dict):
            setattr(instance, field, {key: f"{sign} {value}" for key, value in text.items()})
        else:
            setattr(instance, field, f"{sign} {text}")
        signs[sender, instance.pk] = sign

    pre_save.connect(mark, weak=False)
    try:
        yield signs
    finally:
        pre_save.disconnect(mark)
