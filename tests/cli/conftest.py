"""A desk's folder to plan from, not planned yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.desk import AGENTS, PLAN, Desk, history


def write_desk(folder: Path) -> Desk:
    """The three people's settings, staff and history in a new folder."""
    folder.mkdir(parents=True)
    for name, text in (("plan.toml", PLAN), ("agents.csv", AGENTS), ("history.csv", history())):
        (folder / name).write_text(text, encoding="utf-8")
    return Desk(folder)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Three people, one week."""
    return write_desk(tmp_path / "desk")
