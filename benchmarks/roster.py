"""The bank's month of March 1999 rostered: `python -m benchmarks.roster [--agents N] [--seconds S] [--out JSON]`.

Prints the time to the first roster, to a roster within 5 % and 1 % of the bound, and the end: objective, bound, gap
and peak memory. With `--agents` the desk is scaled: people are the sample's in turn, the requirement grows as they
do.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import sys
import time
from dataclasses import asdict, dataclass, replace
from itertools import cycle, islice
from pathlib import Path

import numpy as np
import ortools
import scipy

from staffing.plan import problem_of
from staffing.roster import RosterProblem, solve
from staffing.roster.check import check

PLAN = Path(__file__).parent.parent / "data" / "anonymous-bank" / "plan.toml"


@dataclass(frozen=True)
class Measured:
    """One run; seconds count from the start of the solve, the building of the program included."""

    agents: int
    open_intervals: int
    required_hours: float
    duties: int
    paid_hours: float
    missing_hours: float
    first_seconds: float
    first_objective: int
    within_5_percent_seconds: float | None
    within_1_percent_seconds: float | None
    status: str
    objective: int
    bound: int
    gap: float
    seconds: float
    wall_seconds: float
    peak_memory_mb: float
    violations: int
    machine: str


def main() -> None:
    """Run once and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--agents", type=int, help="people on the desk (default: the sample's)")
    parser.add_argument("--seconds", type=float, default=60.0, help="of search (default 60)")
    parser.add_argument(
        "--gap", type=float, default=0.001, help="enough when proven within this share (default 0.001)"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the search (default 1)")
    parser.add_argument("--plan", type=Path, default=PLAN, help="another plan than the bank's")
    parser.add_argument("--out", type=Path, help="write the figures as JSON")
    asked = parser.parse_args()
    problem = problem_of(asked.plan)
    if asked.agents:
        problem = scaled(problem, asked.agents)
    found = measure(problem, asked.seconds, asked.gap, asked.seed)
    figures = asdict(found)
    for name, value in figures.items():
        print(f"{name:26} {value:,.4g}" if isinstance(value, float) else f"{name:26} {value}")
    if asked.out:
        asked.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def scaled(problem: RosterProblem, people: int) -> RosterProblem:
    """The same desk with another number of people, and a requirement to match."""
    factor = people / len(problem.agents)
    demand = problem.demand.assign(
        agents_gross=np.ceil(problem.demand["agents_gross"] * factor - 1e-9).astype("int64")
    )
    agents = tuple(
        replace(agent, agent_id=f"N{i:04d}") for i, agent in enumerate(islice(cycle(problem.agents), people))
    )
    return replace(problem, demand=demand, agents=agents)


def measure(problem: RosterProblem, seconds: float, gap: float, seed: int) -> Measured:
    """Solve once and note the way."""
    news: list[tuple[float, int, int]] = []
    started = time.perf_counter()
    result = solve(problem, seconds=seconds, gap=gap, seed=seed, progress=lambda *told: news.append(told))
    wall = time.perf_counter() - started
    report = check(result.roster, problem)
    hours = problem.horizon.interval_minutes / 60
    return Measured(
        agents=len(problem.agents),
        open_intervals=len(problem.demand),
        required_hours=float(problem.demand["agents_gross"].sum()) * hours,
        duties=len(result.roster.duties),
        paid_hours=report.paid_minutes / 60,
        missing_hours=sum(report.shortage_hours.values()),
        first_seconds=news[0][0],
        first_objective=news[0][1],
        within_5_percent_seconds=_when(news, 0.05),
        within_1_percent_seconds=_when(news, 0.01),
        status=result.status,
        objective=result.objective,
        bound=result.bound,
        gap=result.gap,
        seconds=result.seconds,
        wall_seconds=wall,
        peak_memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        violations=len(report.violations),
        machine=f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()},"
        f" ortools {ortools.__version__}, scipy {scipy.__version__}, {sys.platform}",
    )


def _when(news: list[tuple[float, int, int]], gap: float) -> float | None:
    """When the roster was first proven to be within a share of the best."""
    return next((s for s, objective, bound in news if objective - bound <= gap * objective), None)


if __name__ == "__main__":
    main()
