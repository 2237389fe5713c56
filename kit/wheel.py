"""The wheel: from eight answers to shapes. No Django, no text on the picture other than digits and "?".

The wheel is there to talk with. It has no sum, no average, no good or bad colour; perspectives (child,
guardian, professional) are wheels of their own and never merged. "Not talked about" is ``None``, never 0.

Coordinates: the centre is (0, 0), y grows downwards, sector 0 stands at the top, the rest follow clockwise,
in right-to-left scripts too. Labels are HTML placed around the drawing by eight classes, because WeasyPrint
draws Arabic in SVG text reversed and text in a scaled SVG shrinks on a phone.
"""

from dataclasses import dataclass, field
from math import cos, pi, sin

SECTORS = 8
INNER = 30.0
OUTER = 150.0
DISC = 11.5


@dataclass(frozen=True)
class SectorView:
    """One area: its word, the answers now and last time (None: not talked about), what was said, and
    the answers in words."""

    label: str
    value: int | None = None
    previous: int | None = None
    works: str = ""
    hard: str = ""
    word: str = ""
    previous_word: str = ""

    @property
    def has_changed(self) -> bool:
        """Whether both times were talked about, and the answers differ."""
        return None not in {self.value, self.previous} and self.value != self.previous


@dataclass(frozen=True)
class WheelView:
    """One wheel of one perspective, ready to draw.

    ``now_label`` and ``previous_label`` name the dates ("Nu, 12 november 2026"); an empty ``previous_label``
    means that there is no earlier wheel. ``scale`` is the highest value, ``uid`` makes ids unique; ``compares``
    says in the table what has changed of each area.
    """

    title: str
    sectors: list[SectorView]
    now_label: str
    previous_label: str = ""
    description: str = ""
    scale: int = 5
    uid: str = "wheel"
    compares: bool = False

    def __post_init__(self) -> None:
        """A wheel that could not be drawn truthfully is refused."""
        if len(self.sectors) != SECTORS:
            message = f"a wheel has {SECTORS} sectors, not {len(self.sectors)}"
            raise ValueError(message)
        for sector in self.sectors:
            for value in (sector.value, sector.previous):
                if value is not None and not 1 <= value <= self.scale:
                    message = f"{sector.label}: {value} is not between 1 and {self.scale}"
                    raise ValueError(message)

    @property
    def has_words(self) -> bool:
        """Whether anything was said about what works or what is hard."""
        return any(sector.works or sector.hard for sector in self.sectors)

    @property
    def has_previous(self) -> bool:
        """Whether an earlier wheel is drawn."""
        return bool(self.previous_label)

    @property
    def has_unknown(self) -> bool:
        """Whether some area was not talked about."""
        return any(sector.value is None for sector in self.sectors)


@dataclass(frozen=True)
class Cell:
    """One ring of one sector."""

    path: str
    filled: bool


@dataclass(frozen=True)
class Mark:
    """A digit in its disc, or the question mark: centre, the text's baseline, the text."""

    x: str
    y: str
    baseline: str
    text: str


@dataclass(frozen=True)
class Geometry:
    """Everything that the drawing consists of, back to front."""

    cells: list[Cell] = field(default_factory=list)
    blanks: list[str] = field(default_factory=list)
    arcs: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    questions: list[Mark] = field(default_factory=list)


def _number(value: float) -> str:
    """Two decimals, no trailing zeros, no negative zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def point(radius: float, turn: float) -> tuple[str, str]:
    """The point at ``turn`` of the circle (0 is up, 0.25 is right)."""
    angle = 2 * pi * turn
    return _number(radius * sin(angle)), _number(-radius * cos(angle))


def ring_path(inner: float, outer: float, start: float, end: float) -> str:
    """A piece of a ring between two turns, closed."""
    (ax, ay), (bx, by) = point(outer, start), point(outer, end)
    (cx, cy), (dx, dy) = point(inner, end), point(inner, start)
    big, small = _number(outer), _number(inner)
    return f"M{ax} {ay}A{big} {big} 0 0 1 {bx} {by}L{cx} {cy}A{small} {small} 0 0 0 {dx} {dy}Z"


def arc_path(radius: float, start: float, end: float) -> str:
    """An open arc between two turns."""
    (ax, ay), (bx, by) = point(radius, start), point(radius, end)
    length = _number(radius)
    return f"M{ax} {ay}A{length} {length} 0 0 1 {bx} {by}"


def ring_edge(number: int, scale: int) -> float:
    """The outer radius of a ring; number 0 gives the hub's."""
    return INNER + (OUTER - INNER) * number / scale


def _mark(radius: float, turn: float, text: str, *, drop: float) -> Mark:
    x, y = point(radius, turn)
    return Mark(x, y, _number(float(y) + drop), text)


def geometry(view: WheelView) -> Geometry:
    """The shapes of a wheel."""
    made = Geometry()
    for index, sector in enumerate(view.sectors):
        _draw_sector(made, index, sector, view)
    return made


def _draw_sector(made: Geometry, index: int, sector: SectorView, view: WheelView) -> None:
    middle = index / SECTORS
    start, end = middle - 1 / (2 * SECTORS), middle + 1 / (2 * SECTORS)
    if sector.value is None:
        made.blanks.append(ring_path(INNER + 2, OUTER - 2, start + 0.004, end - 0.004))
        # Clear of last time's arc, which would otherwise run through the question mark.
        high = view.has_previous and sector.previous is not None and sector.previous > view.scale / 2 + 0.5
        made.questions.append(_mark(68.0 if high else 116.0, middle, "?", drop=8.5))
    else:
        for ring in range(1, view.scale + 1):
            path = ring_path(ring_edge(ring - 1, view.scale), ring_edge(ring, view.scale), start, end)
            made.cells.append(Cell(path, filled=ring <= sector.value))
        centre = (ring_edge(sector.value - 1, view.scale) + ring_edge(sector.value, view.scale)) / 2
        made.marks.append(_mark(centre, middle, str(sector.value), drop=5.4))
    if view.has_previous and sector.previous is not None:
        # A little short of the sector's sides, so that two neighbours' arcs never look like one line.
        radius = min(ring_edge(sector.previous, view.scale), OUTER - 3)
        made.arcs.append(arc_path(radius, start + 0.010, end - 0.010))
