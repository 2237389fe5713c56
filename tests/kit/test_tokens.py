"""The colours: text at least 4.5:1 on what it stands on, borders and shapes that mean something 3:1."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parents[2] / "static/css/tokens.css").read_text(encoding="utf-8")
LIGHT = dict(re.findall(r"--bb-([\w-]+): (#[0-9a-f]{6});", CSS.split("@media")[0]))
DARK = dict(re.findall(r"--bb-([\w-]+): (#[0-9a-f]{6});", CSS.split("@media")[1]))

TEXT = [
    *[
        (ink, paper)
        for ink in ("ink", "ink-soft", "accent", "danger")
        for paper in ("paper", "surface", "sunken")
    ],
    *[(f"{kind}", f"{kind}-soft") for kind in ("info", "success", "warning", "danger", "accent")],
    *[("ink", f"{kind}-soft") for kind in ("info", "success", "warning", "danger", "accent", "clay")],
    ("ink-soft", "accent-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("on-accent", "accent-active"),
    ("paper", "danger"),
    ("on-hero", "hero"),
    ("on-hero-soft", "hero"),
    ("wheel-digit", "wheel-disc"),
]
SHAPES = [
    ("line-strong", "paper"),
    ("line-strong", "surface"),
    ("accent", "accent-soft"),
    ("wheel-fill", "wheel-empty"),
    ("wheel-fill", "paper"),
    ("wheel-previous", "wheel-halo"),
    ("wheel-line", "paper"),
    ("focus-outer", "paper"),
]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_and_shapes_can_be_seen(scheme: dict[str, str]) -> None:
    weak = [(pair, 4.5) for pair in TEXT if contrast(scheme[pair[0]], scheme[pair[1]]) < 4.5]
    weak += [(pair, 3) for pair in SHAPES if contrast(scheme[pair[0]], scheme[pair[1]]) < 3]
    assert weak == []


def test_both_schemes_name_the_same_colours() -> None:
    assert set(LIGHT) == set(DARK)


def test_our_own_style_sheets_use_logical_directions_except_the_wheel() -> None:
    folder = Path(__file__).resolve().parents[2] / "static/css"
    for name in ("app.css", "components.css", "tokens.css", "print.css"):
        text = re.sub(r"/\*.*?\*/", "", (folder / name).read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(
            r"(?<![\w-])(left|right|margin-left|margin-right|padding-left|padding-right)\s*:", text
        ), name
