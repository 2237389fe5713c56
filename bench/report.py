"""The table: each page beside its floor, and with its walls beside without."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

MEDIAN, P95, WALLS = 2.0, 3.0, 1.3


def p95(times: list[float]) -> float:
    """The ninety-fifth percentile."""
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]


@dataclass(frozen=True)
class Row:
    """What was measured of one page for so many users at once, in seconds."""

    name: str
    who: str
    users: int
    page: list[float]
    floor: list[float]
    bare: list[float]
    equal: bool

    @property
    def ratios(self) -> tuple[float, float, float]:
        """Median and p95 to the floor's, and median with walls to without."""
        page, floor, bare = (statistics.median(times) for times in (self.page, self.floor, self.bare))
        return page / floor, p95(self.page) / p95(self.floor), page / bare

    @property
    def missed(self) -> list[str]:
        """Which of the three is not reached."""
        limits = zip(("median", "p95", "walls"), self.ratios, (MEDIAN, P95, WALLS), strict=True)
        return [name for name, ratio, limit in limits if ratio > limit]

    def cells(self) -> list[str]:
        """As the table shows it."""
        times = [self.page, self.floor, self.bare]
        medians = [f"{1000 * statistics.median(each):.1f}" for each in times]
        tails = [f"{1000 * p95(each):.1f}" for each in times[:2]]
        ratios = [f"{ratio:.2f}" for ratio in self.ratios]
        reached = "no: " + ", ".join(self.missed) if self.missed else "yes"
        same = "" if self.equal else " (HTML differs)"
        return [self.name, self.who, str(self.users), *medians, *tails, *ratios, reached + same]


HEAD = ["page", "as", "users", "page ms", "floor ms", "no walls ms", "page p95", "floor p95",
        "median ≤ 2", "p95 ≤ 3", "walls ≤ 1.3", "reached"]  # fmt: skip


def table(rows: list[Row]) -> str:
    """In Markdown, with columns that stand under one another."""
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEAD))]
    text = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        for line in lines
    ]
    text.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(text) + "\n"
