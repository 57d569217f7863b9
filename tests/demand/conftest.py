"""A desk, and files for it written row by row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from staffing.horizon import Horizon, OpeningHours, Span

HEADER = "interval_start,offered,answered,abandoned,talk_seconds"


@pytest.fixture
def desk() -> Callable[..., Horizon]:
    """A horizon with the same hours on all days of the week; only zone, grid and hours matter to a history."""

    def make(*hours: str, zone: str = "Asia/Tokyo", minutes: int = 60) -> Horizon:
        spans = tuple(Span.parse(text) for text in hours or ("09:00-12:00",))
        day = date(2027, 6, 1)
        return Horizon(day, day, zone, minutes, OpeningHours((spans,) * 7))

    return make


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """A CSV file of the rows given, below a header."""

    def write(*rows: str | Sequence[str], header: str = HEADER, encoding: str = "utf-8") -> Path:
        path = tmp_path / "history.csv"
        path.write_bytes(("\n".join([header, *map(str, rows)]) + "\n").encode(encoding))
        return path

    return write
