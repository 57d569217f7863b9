"""The desk of three people, planned once, and copies of it to be spoilt."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.end_to_end.desk import AGENTS, PLAN, Desk, history, run


@pytest.fixture(scope="session")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The desk, planned; not to be changed."""
    folder = tmp_path_factory.mktemp("planned")
    (folder / "plan.toml").write_text(PLAN, encoding="utf-8")
    (folder / "agents.csv").write_text(AGENTS, encoding="utf-8")
    (folder / "history.csv").write_text(history(), encoding="utf-8")
    desk = Desk(folder)
    outcome = run("plan", desk.plan, "--out", desk.out)
    assert outcome.status == 0, outcome.err
    return desk


@pytest.fixture
def desk(planned: Desk, tmp_path: Path) -> Desk:
    """A copy of the planned desk, results included, to be spoilt."""
    shutil.copytree(planned.folder, tmp_path / "desk")
    return Desk(tmp_path / "desk")
