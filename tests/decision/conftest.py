"""The desk, its plan and its decision, each made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from staffing.decision import Decision, decide
from staffing.plan import Plan, plan
from tests.decision.desk import write_desk
from tests.end_to_end.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A folder of one's own, to be edited."""
    return write_desk(tmp_path / "desk")


@pytest.fixture(scope="session")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The desk, planned."""
    return plan(write_desk(tmp_path_factory.mktemp("decision") / "desk").plan)


@pytest.fixture(scope="session")
def decision(planned: Plan) -> Decision:
    """All parts, over twelve months."""
    return decide(planned, mix_seconds=60)
