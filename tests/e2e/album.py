"""What the browser tests leave behind to look at: pictures of pages and the table of steps."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

from barnensbasta.local import ROOT

HOME = ROOT / "var/e2e"
WIDTHS = (390, 1280)
HEIGHTS = {390: 844, 1280: 900}


@dataclass
class Album:
    """Pictures in ``var/e2e/shots/<name>/``, numbered in the order they were taken.

    Only where ``PICTURES`` is set, as ``make pictures`` does: no test asks for them, and they take time.
    """

    name: str
    taken: int = 0
    known: set[str] = field(default_factory=set)
    wanted: bool = bool(os.environ.get("PICTURES"))
    home: Path = field(init=False)

    def __post_init__(self) -> None:
        self.home = HOME / "shots" / self.name
        shutil.rmtree(self.home, ignore_errors=True)
        self.home.mkdir(parents=True)

    def take_once(self, page: Page, title: str) -> None:
        """Pictures of what has not been taken under this name."""
        if title not in self.known:
            self.take(page, title)

    def take(self, page: Page, title: str, *widths: int) -> None:
        """The whole page at these widths (390 and 1280 px when none is named)."""
        self.taken += 1
        self.known.add(title)
        if not self.wanted:
            return
        before = page.viewport_size
        for width in widths or WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            path = self.home / f"{self.taken:03}-{_slug(title)}-{width}.png"
            # Hiding the caret would write style attributes, which htmx copies and the policy forbids.
            page.screenshot(path=path, full_page=True, caret="initial")
        if before:
            page.set_viewport_size(before)


@dataclass
class Row:
    """One person's part of a step."""

    step: str
    who: str
    screens: int = 0
    clicks: int = 0


@dataclass
class Steps:
    """How many screens and clicks each step takes: ``var/e2e/steps.md``."""

    rows: list[Row] = field(default_factory=list)

    def row(self, step: str, who: str) -> Row:
        """A new row to count in."""
        self.rows.append(Row(step, who))
        return self.rows[-1]

    def write(self) -> str:
        """The table in Markdown, also as a file."""
        lines = ["| Step | Who | Screens | Clicks |", "|---|---|---:|---:|"]
        lines += [f"| {r.step} | {r.who} | {r.screens} | {r.clicks} |" for r in self.rows]
        text = "\n".join(lines) + "\n"
        HOME.mkdir(parents=True, exist_ok=True)
        (HOME / "steps.md").write_text(text, encoding="utf-8")
        return text


def _slug(title: str) -> str:
    """A title or an address as a file's name."""
    return re.sub(r"[^a-z0-9åäö]+", "-", title.lower()).strip("-")[:60] or "start"
