"""The stationary cases in the data of the tests: what formulas say exactly, and what the simulator finds."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf, isfinite
from pathlib import Path

from staffing.queueing import performance
from staffing.simulation import (
    AgentGroup,
    CallType,
    Deterministic,
    Estimate,
    Exponential,
    Never,
    Scenario,
    simulate,
)

FILE = Path(__file__).parents[1] / "tests" / "simulation" / "data" / "stationary_cases.csv"
CONFIDENCE = 0.99
FIGURES = (
    "wait_probability",
    "blocking",
    "abandonment",
    "service_level",
    "service_level_excluding_short",
    "mean_wait",
    "asa",
)
WARM_UP = 10
"""Intervals of half an hour; those with redials, which are slow to come back, take 100 more."""


@dataclass(frozen=True)
class Case:
    """One row."""

    name: str
    calls: float
    aht: float
    agents: int
    patience: float
    lines: float
    redial: float
    redial_delay: float
    threshold: float
    intervals: int
    replications: int
    seed: int = 1

    @property
    def scenario(self) -> Scenario:
        """The queue without end, for as long as the case is played."""
        call_type = CallType(
            "calls",
            Exponential(self.aht),
            calls=self.calls,
            patience=Exponential(self.patience) if isfinite(self.patience) else Never(),
            redial=self.redial,
            redial_delay=Exponential(self.redial_delay) if self.redial else Deterministic(0),
        )
        group = AgentGroup("agents", ["calls"], self.agents)
        return Scenario([call_type], [group], intervals=self.intervals + self.warm_up, lines=self.lines)

    @property
    def warm_up(self) -> int:
        """Intervals."""
        return WARM_UP + (100 if self.redial else 0)


def cases() -> list[Case]:
    """Every row of the file."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return [
            Case(
                name=row["case"],
                calls=float(row["calls"]),
                aht=float(row["aht_seconds"]),
                agents=int(row["agents"]),
                patience=float(row["patience_seconds"]),
                lines=float(row["lines"]),
                redial=float(row["redial"]),
                redial_delay=float(row["redial_delay_seconds"]),
                threshold=float(row["threshold_seconds"]),
                intervals=int(row["intervals"]),
                replications=int(row["replications"]),
            )
            for row in csv.DictReader(file)
        ]


def compare(case: Case) -> Iterator[tuple[str, float, Estimate]]:
    """Each figure's name, its exact value and the estimate; figures that cannot vary are left out."""
    exact = performance(
        case.calls,
        case.aht,
        case.agents,
        patience=case.patience,
        lines=case.lines,
        redial=case.redial,
        threshold=case.threshold,
    )
    found = simulate(
        case.scenario,
        replications=case.replications,
        seed=case.seed,
        confidence=CONFIDENCE,
        threshold=case.threshold,
        warm_up=case.warm_up * 1800.0,
    )
    for name in FIGURES:
        value = float(getattr(exact, name))
        if (name == "abandonment" and case.patience == inf) or (name == "blocking" and case.lines == inf):
            continue
        if case.lines == case.agents and name != "blocking":
            continue  # nobody waits
        yield name, value, getattr(found.total, name)
    yield "occupancy", float(exact.occupancy), found.occupancy[0]
