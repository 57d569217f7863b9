"""The pages on the horizon, on break-even and on sensitivity print what they show; the picture can be drawn."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pandas as pd
import pytest

from benchmarks.breakeven import draw
from staffing.sourcing.breakeven import Band, BreakEven
from tests.snippets import DOCS, examples, printed


@pytest.mark.parametrize(("page", "count"), [("horizon.md", 3), ("break-even.md", 2), ("sensitivity.md", 2)])
def test_examples_print_what_the_page_shows(page: str, count: int) -> None:
    found = examples(page)
    assert len(found) == count
    names: dict[str, object] = {}  # the snippets of a page go on from one another
    for code, shown in found:
        assert [line.rstrip() for line in printed(code, names).splitlines()] == shown.splitlines()


def test_the_picture_shows_each_option_and_the_cheapest(tmp_path: Path) -> None:
    """Two options, a step and a crossing: a line each, and a bar of two parts as long as the volumes are many."""
    rows = [
        ("a", 1, 100.0, 1),
        ("a", 50, 100.0, 1),
        ("a", 100, 300.0, 2),
        ("b", 1, 50.0, 0),
        ("b", 100, 250.0, 0),
    ]
    curve = pd.DataFrame(rows, columns=["option", "calls", "cost", "seats"])
    curve = curve.assign(can_be_had=True, heads=0, channels=0)
    found = BreakEven((Band(1, 25, "b"), Band(26, 100, "a")), (), pd.DataFrame(), curve, ())
    draw(found, ("a", "b"), tmp_path / "picture.svg")
    root = ET.parse(tmp_path / "picture.svg").getroot()
    space = "{http://www.w3.org/2000/svg}"
    lines = [x for x in root.findall(f"{space}polyline") if x.attrib["stroke-width"] == "2"]
    assert [len(line.attrib["points"].split()) for line in lines] == [4, 2]  # one point more where a steps up
    bars = [x for x in root.findall(f"{space}rect") if x.attrib["height"] == "10"]
    assert float(bars[1].attrib["width"]) == pytest.approx(3 * float(bars[0].attrib["width"]), rel=0.01)
    shown = [x.text for x in root.findall(f"{space}text")]
    assert {"a", "b"} <= set(shown)


def test_the_picture_of_the_page_is_there() -> None:
    assert ET.parse(DOCS / "images" / "break-even.svg").getroot().tag.endswith("svg")
