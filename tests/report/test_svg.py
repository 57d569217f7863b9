"""Pictures: bars as high as their numbers, axes of round numbers, texts escaped."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffing.report.document import Chart, Column, Series, Table
from staffing.report.svg import draw
from staffing.report.svg.frame import width_of, wrapped
from staffing.report.svg.scale import Scale, ticks
from staffing.report.svg.waterfall import spans_of
from staffing.wording.language import language

SPACE = "{http://www.w3.org/2000/svg}"
COLUMNS = (Column("name", "Name"), Column("a", "A", "count"), Column("b", "B", "count"))


def drawn(rows: tuple[tuple[str, float | None, float | None], ...]) -> ET.Element:
    series = (Series("a", "A", "bar", "#111111"), Series("b", "B", "bar", "#222222"))
    chart = Chart("t", "Title <1>", "Words & more", "name", series, "count")
    table = Table("t", "T", COLUMNS, rows)
    return ET.fromstring(draw(chart, table, language("en"), "JPY"))


def bars(root: ET.Element, colour: str) -> list[ET.Element]:
    return [e for e in root.iter(f"{SPACE}rect") if e.attrib["fill"] == colour and e.attrib["height"] != "12"]


def test_bars_are_in_proportion_and_stand_on_one_another() -> None:
    root = drawn((("x", 10, 30), ("y", 20, 10)))
    first, second = bars(root, "#111111"), bars(root, "#222222")
    heights = [float(bar.attrib["height"]) for bar in (*first, *second)]
    assert heights[1] == pytest.approx(2 * heights[0], abs=0.02)
    assert heights[2] == pytest.approx(3 * heights[0], abs=0.03)
    assert float(second[0].attrib["y"]) + heights[2] == pytest.approx(float(first[0].attrib["y"]), abs=0.02)


def test_unknown_numbers_are_left_out() -> None:
    assert len(bars(drawn((("x", None, 5), ("y", 1, None))), "#111111")) == 1


def test_texts_are_escaped() -> None:
    root = drawn((("<b>&", 1, 2),))
    texts = [e.text for e in root.iter(f"{SPACE}text")]
    assert "<b>&" in texts
    title = root.find(f"{SPACE}title")
    assert title is not None
    assert title.text == "Title <1>"


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=20), st.integers(2, 8))
def test_ticks_hold_all_values_evenly_and_few(values: list[float], wanted: int) -> None:
    found = ticks(values, wanted)
    span = max(0.0, *values) - min(0.0, *values)
    room = 1e-6 * max(1.0, span)
    assert found[0] <= min(0.0, *values) + room
    assert found[-1] >= max(0.0, *values) - room
    assert 2 <= len(found) <= wanted + 3
    steps = [b - a for a, b in pairwise(found)]
    assert max(steps) == pytest.approx(min(steps), rel=1e-6)


def test_ticks_of_calls_are_whole() -> None:
    assert ticks([3.0], 8, whole=True) == (0.0, 1.0, 2.0, 3.0)
    assert ticks([12.6]) == (0.0, 5.0, 10.0, 15.0)


def test_a_scale_runs_backwards_too() -> None:
    assert Scale(0, 10, 300, 100)(5) == 200


def test_a_waterfall_ends_where_the_total_stands() -> None:
    assert spans_of([10, 3, -5, 8], frozenset({0, 3})) == [(0, 10), (10, 13), (13, 8), (0, 8)]


@given(st.text(alphabet="ab 応答率、(", max_size=40), st.floats(30, 200))
def test_wrapped_lines_keep_every_character_and_the_width(words: str, width: float) -> None:
    lines = wrapped(words, width, 10)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    for line in lines:
        assert width_of(line, 10) <= width or " " not in line
