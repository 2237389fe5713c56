"""What was mutated and what caught it: a part for each test, joined in ``var/mutations.md``.

The tests run in several processes, so each writes its own part; whoever writes joins all that are
there. ``python -m tests.mutations.report`` prints the whole with its counts.
"""

from __future__ import annotations

import fcntl
from dataclasses import dataclass, field
from pathlib import Path

from barnensbasta.local import ROOT

PARTS = ROOT / "var/mutations"
LIST = ROOT / "var/mutations.md"
NOBODY = "**nobody noticed**"


@dataclass(frozen=True)
class Tried:
    """One mutation: what it was, of which kind, and what caught it."""

    what: str
    kind: str
    caught: str | None


@dataclass
class Report:
    """A part of the list. ``equivalent`` says of a mutation why nothing can notice it."""

    part: str
    equivalent: dict[str, str] = field(default_factory=dict)
    tried: list[Tried] = field(default_factory=list)

    def add(self, what: str, kind: str, caught: str | None) -> None:
        """A mutation and the assertion that it turned red, if any."""
        self.tried.append(Tried(what, kind, caught))

    def wrong(self) -> list[str]:
        """What nobody noticed and no reason excuses, and reasons that are old: for something that is
        caught all the same."""
        uncaught = [f"nobody noticed {t.what}" for t in self.tried if not self._said(t)]
        stale = [f"not equivalent: {t.what}" for t in self.tried if t.caught and t.what in self.equivalent]
        return uncaught + stale

    def write(self) -> None:
        """Write this part, and all parts as one list."""
        same = sum(not t.caught and t.what in self.equivalent for t in self.tried)
        lost = sum(not self._said(t) for t in self.tried)
        lines = [
            f"## {self.part}",
            "",
            f"{len(self.tried)} mutations: {len(self.tried) - same - lost} caught, {same} equivalent, "
            f"{lost} uncaught.",
            "",
            "| mutation | what caught it |",
            "|---|---|",
            *(f"| {_cell(t.what)} | {_cell(self._said(t) or NOBODY)} |" for t in self.tried),
        ]
        PARTS.mkdir(parents=True, exist_ok=True)
        with (PARTS / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            _file(self.part).write_text("\n".join(lines) + "\n", encoding="utf-8")
            LIST.write_text(joined(), encoding="utf-8")

    def _said(self, tried: Tried) -> str | None:
        excuse = self.equivalent.get(tried.what)
        return tried.caught or (f"equivalent: {excuse}" if excuse else None)


def joined() -> str:
    """All parts that are there, under their sums."""
    parts = [path.read_text(encoding="utf-8") for path in sorted(PARTS.glob("*.md"))]
    sums = [f"- {part.splitlines()[0].removeprefix('## ')}: {part.splitlines()[2]}" for part in parts]
    return "\n".join(["# Mutations", "", *sums, "", *parts])


def _file(part: str) -> Path:
    return PARTS / f"{part.replace(' ', '-')}.md"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    print(joined())
