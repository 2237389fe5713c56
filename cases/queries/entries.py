"""One entry as an actor sees it: the versions open to her, who showed them, what changed."""

from __future__ import annotations

import difflib
import re
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from access.actor import Actor
from access.clock import access_at
from cases.models import Disclosure, Entry, Journaled, Version
from cases.wheel import Wheel

MOST_VERSIONS = 50
LONGEST_COMPARED = 3_000  # words; above this the comparison goes by lines


@dataclass(frozen=True)
class Change:
    """A piece of a comparison: ``same``, ``added`` or ``removed``."""

    kind: str
    text: str


@dataclass(frozen=True)
class EntryView:
    """An entry: the newest version that the actor may see, and the earlier ones.

    ``mine``: the actor's unit wrote it. ``shown_at``: when its owner showed
    the newest version to the actor's unit. Somebody else's versions carry no
    number, since a gap would tell of one that was not shown.
    """

    entry: Entry
    newest: Version
    mine: bool
    shown_at: datetime | None
    earlier: list[Version] = field(default_factory=list)

    def changed_since(self, version_id: uuid.UUID | None) -> Comparison | None:
        """What the next version that the actor sees changed in an earlier one;
        in the latest of them if none is named."""
        chain = [self.newest, *self.earlier]
        for new, old in pairwise(chain):
            if version_id in {None, old.pk}:
                return Comparison(old, new, word_changes(text_of(old), text_of(new)))
        return None


def journaled(version: Version, actor: Actor) -> Journaled | None:
    """That the actor's unit has copied this version into its own record, if it has. One statement."""
    return Journaled.objects.visible_to(actor).filter(version=version).first()


@dataclass(frozen=True)
class Comparison:
    """Two versions that follow upon one another, and what changed between them."""

    old: Version
    new: Version
    changes: list[Change]


def entry_view(case_id: uuid.UUID, entry_id: uuid.UUID, actor: Actor) -> EntryView | None:
    """The entry of this case, or ``None`` where the actor may see no version of it: two statements."""
    versions = list(
        Version.objects.visible_to(actor)
        .filter(case=case_id, entry=entry_id)
        .select_related("entry")
        .order_by("-no")[:MOST_VERSIONS]
    )
    shown = dict(
        Disclosure.objects.filter(
            to_unit=actor.unit_id,
            case=case_id,
            version__entry=entry_id,
            valid__contains=access_at(),
        )
        .order_by("-decided_at")
        .values_list("version", "decided_at")
    )
    if not versions:
        return None
    newest, *earlier = versions
    mine = newest.owner_unit_id == actor.unit_id
    return EntryView(newest.entry, newest, mine, None if mine else shown.get(newest.pk), earlier)


def text_of(version: Version) -> str:
    """What a version says, as text alone: the body, and of a wheel its words area by area."""
    lines = [version.body] if version.body else []
    if version.kind == Entry.Kind.WHEEL:
        for score in Wheel.of(version.data).scores:
            words = [str(score.value or "–"), score.works, score.hard]
            lines.append(f"{score.sector.label}: {' '.join(word for word in words if word)}")
    return "\n".join(lines)


def word_changes(before: str, after: str) -> list[Change]:
    """What was removed and added between two texts, word by word (line by line in very long ones)."""
    old, new = _words(before), _words(after)
    if len(old) + len(new) > LONGEST_COMPARED * 2:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    changes: list[Change] = []
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=True)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            changes.append(Change("same", "".join(old[i:j])))
            continue
        changes += [Change("removed", "".join(old[i:j]))] if j > i else []
        changes += [Change("added", "".join(new[k:m]))] if m > k else []
    return changes


def _words(text: str) -> list[str]:
    """Words with the white space that follows them."""
    return re.findall(r"\S+\s*|\s+", text)
