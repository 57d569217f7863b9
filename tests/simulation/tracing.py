"""One replication as rows to compare with what was worked out by hand."""

from __future__ import annotations

from math import isnan

from staffing.simulation import (
    AgentGroup,
    CallType,
    Deterministic,
    InOrder,
    Never,
    Outcome,
    Scenario,
    call_log,
)
from staffing.simulation.distributions import Distribution

Row = tuple[float, str, float, float | None, float | None, int]
"""Arrival, outcome, wait, start, end, agent; seconds."""


def calls(
    *times: float, handling: float | list[float] = 10, patience: Distribution | None = None, **more: object
) -> CallType:
    """Calls at these times, of handling times known beforehand."""
    name = str(more.pop("name", "a"))
    how_long = InOrder(handling) if isinstance(handling, list) else Deterministic(handling)
    return CallType(name, how_long, arrival_times=times, patience=patience or Never(), **more)  # type: ignore[arg-type]


def desk(*types: CallType, groups: list[AgentGroup], seconds: float = 100, **more: object) -> Scenario:
    """A scenario of one interval."""
    return Scenario(types, groups, interval_seconds=seconds, intervals=1, **more)  # type: ignore[arg-type]


def trace(scenario: Scenario) -> list[Row]:
    """Every attempt in the order of time."""
    log = call_log(scenario)
    columns = zip(
        log.arrival.tolist(),
        (Outcome(each).name.lower() for each in log.outcome.tolist()),
        log.wait.tolist(),
        (None if isnan(each) else each for each in log.start.tolist()),
        (None if isnan(each) else each for each in log.end.tolist()),
        log.agent.tolist(),
        strict=True,
    )
    return list(columns)
