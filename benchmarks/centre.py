"""A contact centre of any size rostered: `python -m benchmarks.centre --agents 100 --weeks 4 --grid 15`.

The desk is made from the bundled bank's (`benchmarks/centre_desk.py`): its contracts (full, part, evening), shifts,
break windows, opening hours and daily profile, under jp-2023-04. Prints one JSON object: the times to the first
roster and to a roster proven within 5 % and 1 % of the best, the end, what the independent checker finds, and the
memory. `--out` writes the roster, `--json` the figures as well. `--growth PICTURE.svg` measures a series of sizes
instead, each in a process of its own, and draws how time grows with people and with weeks.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import ortools
import pandas as pd
import scipy

from benchmarks.centre_desk import centre
from benchmarks.growth import Curve, Panel, draw
from staffing.io.export import to_csv
from staffing.roster import Roster, RosterProblem, solve
from staffing.roster.check import CheckReport, check

PEOPLE, WEEKS = (30, 100, 300), (1, 2, 4, 8, 13)  # the series of --growth: at 4 weeks, and of 30 people


@dataclass(frozen=True)
class Measured:
    """One run; seconds count from the start of the solve, the building of the program included.

    `cpu_seconds` are user and system time of the solve: on a machine that others use as well they say more.
    """

    agents: int
    weeks: int
    grid_minutes: int
    start_step_minutes: int
    required_hours: float
    duties: int
    paid_hours: float
    missing_hours: float
    first_seconds: float
    first_cpu_seconds: float
    first_objective: int
    within_5_percent_seconds: float | None
    within_1_percent_seconds: float | None
    within_1_percent_cpu_seconds: float | None
    status: str
    objective: int
    bound: int
    gap: float
    seconds: float
    cpu_seconds: float
    peak_memory_mb: float
    violations: int
    remarks: int
    objective_of_checker: int
    seed: int
    machine: str


def main() -> None:
    """Measure one size, or a series of them."""
    asked = _arguments().parse_args()
    if asked.growth:
        draw(_growth(asked), asked.growth)
        return
    problem = centre(asked.agents, asked.weeks, asked.grid, asked.step or asked.grid)
    roster, found = measure(problem, asked)
    text = json.dumps(asdict(found), indent=1)
    print(text)
    if asked.json:
        asked.json.write_text(text + "\n", encoding="utf-8")
    if asked.out:
        asked.out.write_bytes(to_csv(table(roster)))


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--agents", type=int, default=100, help="people on the desk (default 100)")
    parser.add_argument("--weeks", type=int, default=4, help="planned (default 4)")
    parser.add_argument("--grid", type=int, default=15, help="minutes of an interval (default 15)")
    parser.add_argument("--step", type=int, help="minutes between the starts of shifts (default: the grid)")
    parser.add_argument("--seconds", type=float, default=120.0, help="of search (default 120)")
    parser.add_argument("--gap", type=float, default=0.01, help="enough when proven this near (default 0.01)")
    parser.add_argument(
        "--work", type=int, help="rounds of search in place of seconds, for the same result again"
    )
    parser.add_argument("--memory", type=float, help="ceiling in MB")
    parser.add_argument("--seed", type=int, default=1, help="of the search (default 1)")
    parser.add_argument("--out", type=Path, help="write the roster as CSV")
    parser.add_argument("--json", type=Path, help="write the figures as JSON (with --growth: of all sizes)")
    parser.add_argument("--growth", type=Path, help="measure a series of sizes and draw it as SVG")
    return parser


def measure(problem: RosterProblem, asked: argparse.Namespace) -> tuple[Roster, Measured]:
    """Solve once and note the way."""
    news: list[tuple[float, int, int, float]] = []
    begun = time.process_time()
    result = solve(
        problem,
        seconds=asked.seconds,
        gap=asked.gap,
        seed=asked.seed,
        work=asked.work,
        memory_mb=asked.memory,
        progress=lambda *told: news.append((*told, time.process_time() - begun)),
    )
    spent = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    report = check(result.roster, problem)
    near = {gap: next((n for n in news if n[1] - n[2] <= gap * n[1]), None) for gap in (0.05, 0.01)}
    return result.roster, Measured(
        agents=len(problem.agents),
        weeks=len(problem.horizon.days) // 7,
        grid_minutes=problem.horizon.interval_minutes,
        start_step_minutes=asked.step or asked.grid,
        required_hours=float(problem.demand["agents_gross"].sum()) * problem.horizon.interval_minutes / 60,
        duties=len(result.roster.duties),
        paid_hours=report.paid_minutes / 60,
        missing_hours=sum(report.shortage_hours.values()),
        first_seconds=news[0][0],
        first_cpu_seconds=news[0][3],
        first_objective=news[0][1],
        within_5_percent_seconds=None if near[0.05] is None else near[0.05][0],
        within_1_percent_seconds=None if near[0.01] is None else near[0.01][0],
        within_1_percent_cpu_seconds=None if near[0.01] is None else near[0.01][3],
        status=result.status,
        objective=result.objective,
        bound=result.bound,
        gap=result.gap,
        seconds=result.seconds,
        cpu_seconds=spent,
        peak_memory_mb=peak,
        **_judged(report),
        seed=asked.seed,
        machine=f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()},"
        f" ortools {ortools.__version__}, scipy {scipy.__version__}, {sys.platform}",
    )


def _judged(report: CheckReport) -> dict[str, int]:
    hard = sum(violation.severity == "hard" for violation in report.violations)
    return {
        "violations": hard,
        "remarks": len(report.violations) - hard,
        "objective_of_checker": report.objective,
    }


def table(roster: Roster) -> pd.DataFrame:
    """A roster as the columns that `staffing check` reads, one row a duty."""
    most = max((len(duty.breaks) for duty in roster.duties), default=0)
    rows = []
    for duty in roster.duties:
        row = {
            "agent_id": duty.agent_id,
            "business_date": duty.business_date.isoformat(),
            "shift_code": duty.shift_code,
            "start": duty.start.isoformat(),
            "end": duty.end.isoformat(),
        }
        for i in range(most):
            begin, end = duty.breaks[i] if i < len(duty.breaks) else (None, None)
            row[f"break_{i + 1}_start"] = begin.isoformat() if begin else ""
            row[f"break_{i + 1}_end"] = end.isoformat() if end else ""
        rows.append(row)
    return pd.DataFrame(rows)


def _growth(asked: argparse.Namespace) -> tuple[Panel, Panel]:
    """The figures of every size, each measured in a process of its own so that its memory is its own."""
    by_people = [_child(asked, people, 4) for people in PEOPLE]
    by_weeks = [by_people[0] if weeks == 4 else _child(asked, PEOPLE[0], weeks) for weeks in WEEKS]
    if asked.json:
        asked.json.write_text(json.dumps([*by_people, *by_weeks], indent=1) + "\n", encoding="utf-8")
    return (
        _panel("people, 4 weeks", PEOPLE, by_people),
        _panel(f"weeks, {PEOPLE[0]} people", WEEKS, by_weeks),
    )


def _panel(title: str, sizes: tuple[int, ...], figures: list[dict[str, float]]) -> Panel:
    curves = {
        "first roster": "first_cpu_seconds",
        "proven within 1 %": "within_1_percent_cpu_seconds",
    }
    return Panel(
        title,
        "CPU seconds",
        tuple(
            Curve(name, tuple((size, run[key]) for size, run in zip(sizes, figures, strict=True) if run[key]))
            for name, key in curves.items()
        ),
    )


def _child(asked: argparse.Namespace, people: int, weeks: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        figures = Path(folder) / "figures.json"
        size = ["--agents", str(people), "--weeks", str(weeks), "--grid", str(asked.grid)]
        limits = ["--seconds", str(asked.seconds), "--gap", str(asked.gap), "--seed", str(asked.seed)]
        step = ["--step", str(asked.step)] if asked.step else []
        subprocess.run(
            [sys.executable, "-m", "benchmarks.centre", *size, *limits, *step, "--json", str(figures)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        found: dict[str, float] = json.loads(figures.read_text(encoding="utf-8"))
        print(json.dumps(found))
        return found


if __name__ == "__main__":
    main()
