"""The small sample, planned once for all tests of the whole path."""

from pathlib import Path

import pytest

from staffing.io.export import export
from staffing.plan import Plan, plan
from staffing.progress import ProgressEvent
from staffing.samples import sample_folder


@pytest.fixture(scope="session")
def told() -> list[ProgressEvent]:
    """The progress events of `small_desk`."""
    return []


@pytest.fixture(scope="session")
def small_desk(told: list[ProgressEvent]) -> Plan:
    """The desk of 300 calls a month, planned to the end."""
    return plan(sample_folder("small-desk") / "plan.toml", seconds=10, progress=told.append)


@pytest.fixture(scope="session")
def folder(small_desk: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small desk's files."""
    place = tmp_path_factory.mktemp("plan")
    export(small_desk, place)
    return place
