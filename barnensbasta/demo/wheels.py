"""Wheels in short: eight values in the wheel's order, and the words that were said."""

from __future__ import annotations

from cases.wheel import Perspective, Sector, SectorScore, Wheel

Words = dict[Sector, tuple[str, str]]


def wheel(perspective: Perspective, values: str, words: Words | None = None) -> dict[str, object]:
    """A version's data. ``values`` is eight digits, "-" where it was not talked
    about; ``words`` says what works and what is hard."""
    said = words or {}
    scores = tuple(
        SectorScore(sector, None if value == "-" else int(value), *said.get(sector, ("", "")))
        for sector, value in zip(Sector, values, strict=True)
    )
    return Wheel(perspective, scores).data()
