"""The wheel's arithmetic, and that the drawing says no more than was answered."""

from collections.abc import Sequence
from math import hypot
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from kit import wheel
from kit.components_demo import demo_wheel, first_wheel
from kit.wheel import SectorView, WheelView

LABELS = ["Trygg", "Må bra", "Utvecklas", "Omvårdad", "Aktiv", "Respekterad", "Ansvarstagande", "Delaktig"]


def a_wheel(
    values: Sequence[int | None], previous: Sequence[int | None] | None = None, **more: Any
) -> WheelView:
    before = previous or [None] * 8
    sectors = [SectorView(label, now, then) for label, now, then in zip(LABELS, values, before, strict=True)]
    return WheelView("Hjulet", sectors, "Nu", **more)


def test_each_sector_has_as_many_filled_cells_as_its_value() -> None:
    shapes = wheel.geometry(a_wheel([1, 2, 3, 4, 5, 1, 2, 3]))
    filled = [sum(cell.filled for cell in shapes.cells[i : i + 5]) for i in range(0, 40, 5)]
    assert filled == [1, 2, 3, 4, 5, 1, 2, 3]
    assert [mark.text for mark in shapes.marks] == ["1", "2", "3", "4", "5", "1", "2", "3"]


def test_what_was_not_talked_about_is_a_question_never_a_zero() -> None:
    shapes = wheel.geometry(a_wheel([None] * 8))
    assert not shapes.cells
    assert not shapes.marks
    assert len(shapes.blanks) == len(shapes.questions) == 8
    with pytest.raises(ValueError, match="0 is not between"):
        a_wheel([0] * 8)


def test_the_earlier_wheel_is_drawn_only_when_there_is_one() -> None:
    before = [2, None, 3, 3, 3, 3, 3, 3]
    assert wheel.geometry(a_wheel([3] * 8, before)).arcs == []
    assert len(wheel.geometry(a_wheel([3] * 8, before, previous_label="Förra gången")).arcs) == 7


def test_sectors_go_clockwise_from_the_top() -> None:
    assert wheel.point(10, 0) == ("0", "-10")
    assert wheel.point(10, 0.25) == ("10", "0")
    marks = wheel.geometry(a_wheel([5] * 8)).marks
    assert float(marks[0].y) < 0 < float(marks[2].x)


@pytest.mark.parametrize("scale", [3, 5, 10])
def test_everything_stays_inside_the_circle(scale: int) -> None:
    shapes = wheel.geometry(a_wheel([scale] * 8, scale=scale))
    for mark in shapes.marks:
        assert hypot(float(mark.x), float(mark.y)) + wheel.DISC <= wheel.OUTER + 6


def test_a_wheel_has_eight_sectors() -> None:
    with pytest.raises(ValueError, match="8 sectors"):
        WheelView("Hjulet", [SectorView("Trygg", 1)], "Nu")


def test_the_drawing_has_a_name_a_description_and_only_digits_as_text() -> None:
    with translation.override("sv"):
        html = render_to_string("wheel/frame.html", {"wheel": demo_wheel(), "in_pdf": False})
    assert 'role="img"' in html
    assert "<title id=" in html
    assert "Utvecklas: 3, förra gången 2." in html
    assert "inte pratat om" in html
    texts = {part.split("<")[0] for part in html.split("<text ")[1:] for part in [part.split(">")[1]]}
    assert texts <= {"1", "2", "3", "4", "5", "?"}
    assert "style=" not in html


def test_the_table_says_the_same_in_words() -> None:
    with translation.override("sv"):
        html = render_to_string("wheel/table.html", {"wheel": first_wheel()})
    assert html.count("Inte pratat om") == 7
    assert html.count('scope="row"') == 8
