"""Plain tariffs for sums by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from staffing.sourcing import Tariffs, load_tariffs


@pytest.fixture(scope="session")
def tariffs() -> Tariffs:
    """Plans without terms or hidden costs."""
    return load_tariffs(Path(__file__).parents[1] / "plain.toml")
