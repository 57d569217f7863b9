"""Break-even of the catalogue's offers: costs by monthly volume, crossings, and the picture of the docs.

    python -m benchmarks.breakeven --svg docs/images/break-even.svg

prices a desk of weekdays 9:00-18:00 (AHT 5 minutes, 80 % in 20 s) at the volumes it takes to find every crossing to
one call a month, and says how many that were. `--json` writes the figures as well.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pandas as pd

from staffing.queueing import Targets
from staffing.sourcing import BreakEven, Context, DemandShape, break_even, load_tariffs

MONTH = "2027-05"  # 21 weekdays
SHOWN = (
    "in-house",
    "other duties, 5 people",
    "per call",
    "bundle, large",
    "per booth",
    "hourly",
    "consignment",
)
COLOURS = ("#1f5fa8", "#7a7a7a", "#c2571a", "#8a3b8f", "#3b7d3b", "#b0902c", "#a02c2c")
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 440, 80, 150, 46, 50
Scale = Callable[[float], float]


def main() -> None:
    """Measure, print, draw."""
    asked = _arguments().parse_args()
    tariffs = load_tariffs()
    names = tuple(asked.offers) or SHOWN
    offers = [tariffs.named(name) for name in names]
    shape = DemandShape.even(Targets(service_level=asked.service_level), aht_seconds=asked.aht, shrinkage=0.3)
    begun = time.process_time()
    found = break_even(
        offers, shape, Context(tariffs), month=MONTH, most=asked.most, points=asked.points if asked.svg else 0
    )
    seconds = time.process_time() - begun
    print(f"{len(found.curve):,} of {len(names) * asked.most:,} prices in {seconds:.1f} s of one core")
    for band in found.bands:
        print(f"{band.first:>6,} - {band.last:>6,}  {band.option or 'none'}")
    print(found.pairs.to_string(index=False))
    if asked.svg:
        draw(found, names, asked.svg)
    if asked.json:
        figures = {
            "prices": len(found.curve),
            "seconds": seconds,
            "bands": [[band.first, band.last, band.option] for band in found.bands],
            "pairs": found.pairs.to_dict(orient="records"),
        }
        asked.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--most", type=int, default=4000, help="largest monthly volume (default 4000)")
    parser.add_argument("--aht", type=float, default=300, help="seconds (default 300)")
    parser.add_argument("--service-level", type=float, default=0.8, help="share in 20 s (default 0.8)")
    parser.add_argument("--offers", nargs="*", default=(), help="names of offers of the catalogue")
    parser.add_argument("--points", type=int, default=80, help="volumes a curve is drawn through at least")
    parser.add_argument("--svg", type=Path, help="draw the curves")
    parser.add_argument("--json", type=Path, help="write the figures as JSON")
    return parser


def draw(found: BreakEven, names: Sequence[str], path: Path) -> None:
    """Costs by volume as a picture: one line an option, a band below that names the cheapest."""
    top = 1.05 * float(found.curve.loc[found.curve["can_be_had"], "cost"].max())
    most = int(found.curve["calls"].max())

    def x(calls: float) -> float:
        return LEFT + calls / most * (WIDTH - LEFT - RIGHT)

    def y(cost: float) -> float:
        return HEIGHT - BOTTOM - cost / top * (HEIGHT - TOP - BOTTOM)

    parts = [_text(LEFT, 20, "Cost a month by calls a month, all at 80 % in 20 s", "start")]
    step = 10 ** (len(str(int(top))) - 1)
    for cost in range(0, int(top), step):
        parts.append(_line([(LEFT, y(cost)), (WIDTH - RIGHT, y(cost))], "#dddddd", 1))
        parts.append(_text(LEFT - 6, y(cost) + 4, f"{cost:,}", "end"))
    for calls in range(0, most + 1, 500):
        parts.append(_text(x(calls), HEIGHT - BOTTOM + 30, f"{calls:,}", "middle"))
    ends = []
    for name, colour in zip(names, COLOURS, strict=False):
        own = found.curve[(found.curve["option"] == name) & found.curve["can_be_had"]]
        parts.extend(_steps(own, x, y, colour))
        if not own.empty:
            last = own.iloc[-1]
            ends.append((y(float(last["cost"])), x(float(last["calls"])), name, colour))
    parts.extend(_names(ends))
    for band in found.bands:
        colour = COLOURS[list(names).index(band.option)] if band.option in names else "#ffffff"
        left, right = x(band.first), x(band.last + 1)
        bar = f'x="{left:.1f}" y="{HEIGHT - BOTTOM + 4}" width="{right - left:.1f}" height="10"'
        parts.append(f'<rect {bar} fill="{colour}"/>\n')
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif"'
        ' font-size="12">\n<title>Cost a month of every option by calls a month</title>\n'
        '<rect width="100%" height="100%" fill="white"/>\n' + "".join(parts) + "</svg>\n",
        encoding="utf-8",
    )


def _steps(own: pd.DataFrame, x: Scale, y: Scale, colour: str) -> list[str]:
    """A line through what was priced; where more is bought the line goes on as it ran, and rises upright."""
    run: list[tuple[float, float]] = []
    before = None
    for row in own.itertuples():
        place = (x(float(row.calls)), y(float(row.cost)))
        bought = (row.heads, row.seats, row.channels)
        if len(run) > 1 and bought != before:
            (x0, y0), (x1, y1) = run[-2:]
            slope = (y1 - y0) / (x1 - x0) if x1 > x0 else 0.0
            run.append((place[0], y1 + slope * (place[0] - x1)))
        run.append(place)
        before = bought
    return [_line(run, colour, 2)] if len(run) > 1 else []


def _names(ends: list[tuple[float, float, str, str]]) -> list[str]:
    """Names at the right ends of the lines, pushed apart where they would overlap."""
    parts, free = [], 0.0
    for height, right, name, colour in sorted(ends):
        at = max(height + 4, free)
        parts.append(_text(min(right + 6, WIDTH - RIGHT + 6), at, name, "start", colour))
        free = at + 14
    return parts


def _text(x: float, y: float, text: str, anchor: str, colour: str = "#333333") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>\n'


def _line(points: list[tuple[float, float]], colour: str, width: int) -> str:
    places = " ".join(f"{px:.1f},{py:.1f}" for px, py in points)
    return f'<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="{width}"/>\n'


if __name__ == "__main__":
    main()
