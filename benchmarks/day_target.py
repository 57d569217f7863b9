"""A target for the day against one for every interval: `python -m benchmarks.day_target [--seconds S] [--json F]`.

The bank's month of March 1999 is rostered with its targets (abandoned at most 5 %, 80 % answered in 20 s) kept by
every interval, then by every day, week and the month as a whole, with and without a floor of 50 % answered in time
per interval; then at equal service, both ways round: every day, week and the month at the service that the intervals'
roster reaches over the month, and the intervals with a service level so low that the month's is the day target's; and
by pyworkforce's pipeline. For each: paid hours and wages, the service that coverage expects through time, that of the
steady state which the targets count, the same roster played call by call, and the worst interval.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from staffing.config import PlanConfig, read_config
from staffing.coverage import Coverage, cover
from staffing.plan import basis_of
from staffing.queueing import performance
from staffing.requirement import Requirement
from staffing.roster import RosterProblem, solve
from staffing.roster.check import CheckReport, check
from staffing.roster.roster import RosterResult
from staffing.shifts.selection import select_shifts_pyworkforce
from staffing.simulate import Play, play_coverage

PLAN = Path(__file__).parent.parent / "data" / "anonymous-bank" / "plan.toml"
FLOOR = {"interval_floor_service_level": 0.5}
CASES: dict[str, dict[str, object]] = {
    "interval": {},
    "day, no floor": {"period": "day"},
    "day": {"period": "day", **FLOOR},
    "week": {"period": "week", **FLOOR},
    "month": {"period": "month", **FLOOR},
}
BISECTIONS = 5
EQUAL = ("day", "week", "month")  # at the service that the intervals' roster reaches over the month
PEER = "pyworkforce"


@dataclass(frozen=True)
class Measured:
    """One roster; shares are 0-1 and over the month, weighted by calls."""

    case: str
    paid_hours: float
    wages: int
    saved_hours: float  # against the first case, share
    saved_wages: float
    abandonment: float  # expected through time
    service_level: float
    abandonment_steady: float  # each interval by itself, as the targets count
    service_level_steady: float
    abandonment_played: float
    service_level_played: float
    worst_abandonment: float  # of an interval with calls
    worst_service_level: float
    days_missed: int  # days on which the steady state misses a target of the plan by more than 0.05 points
    calls_short: float  # of the case's own targets
    floor_hours_short: float
    objective: int
    gap: float
    seconds: float
    violations: int


def main() -> None:
    """Run the cases and print them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=60.0, help="of search for each roster (default 60)")
    parser.add_argument("--gap", type=float, default=0.01, help="enough when proven so near (default 0.01)")
    parser.add_argument("--seed", type=int, default=1, help="of the search and the play (default 1)")
    parser.add_argument(
        "--replications", type=int, default=10, help="times each roster is played (default 10)"
    )
    parser.add_argument("--json", type=Path, help="write the figures here")
    asked = parser.parse_args()
    rows = []
    for row in measured(asked.seconds, asked.gap, asked.seed, asked.replications):
        rows.append(row)
        print(_line(row) if len(rows) > 1 else f"{_HEAD}\n{_line(row)}", flush=True)
        if asked.json:
            found = {
                "cores": os.cpu_count(),
                "seconds": asked.seconds,
                "cases": [asdict(row) for row in rows],
            }
            asked.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def _known(value: object) -> object:
    """JSON knows no nan."""
    return None if isinstance(value, float) and np.isnan(value) else value


def measured(seconds: float, gap: float, seed: int, replications: int) -> Iterator[Measured]:
    """Every case in turn; the first one is what the others are held against."""
    config = read_config(PLAN)
    base: Measured | None = None
    by_day: Measured | None = None

    def measure(case: str, settings: PlanConfig) -> Measured:
        problem, floor = basis_of(settings)
        result = solve(problem, seconds=seconds, gap=gap, seed=seed)
        return _judge(case, problem, floor, result, base, Play(replications, seed))

    for case, changes in CASES.items():
        row = measure(case, _with(config, changes))
        base = base or row
        by_day = row if case == "day" else by_day
        yield row
    assert base is not None
    reached = {"abandonment": base.abandonment_steady, "service_level": base.service_level_steady}
    for period in EQUAL:
        equal = _with(config, {"period": period, **FLOOR, **reached})
        yield measure(f"{period}, at the intervals' service", equal)
    assert by_day is not None
    yield _tuned(config, measure, by_day.service_level_steady)
    peer = config.requirement.model_copy(update={"engine": "pyworkforce"})
    yield measure(f"{PEER}, named roster", config.model_copy(update={"requirement": peer}))
    yield _seats(config.model_copy(update={"requirement": peer}), base)


def _tuned(config: PlanConfig, measure: Callable[[str, PlanConfig], Measured], wanted: float) -> Measured:
    """Every interval with the service level at which the month's is nearest above `wanted`, by bisection."""
    low, high, found = 0.3, 0.8, None
    for _ in range(BISECTIONS):
        level = round((low + high) / 2, 4)
        changes = {"service_level": level, "abandonment": None}
        row = measure(f"interval, {level:.1%} in time", _with(config, changes))
        if row.service_level_steady >= wanted:
            high, found = level, row
        else:
            low = level
    return found or row


def _with(config: PlanConfig, changes: Mapping[str, object]) -> PlanConfig:
    return config.model_copy(update={"targets": config.targets.model_copy(update=changes)})


def _judge(
    case: str,
    problem: RosterProblem,
    floor: Requirement,
    result: RosterResult,
    base: Measured | None,
    play: Play,
) -> Measured:
    report, coverage = check(result.roster, problem), cover(result.roster, problem, floor)
    expected = coverage.expected()
    steady = _steady(coverage, floor)
    total = play_coverage(coverage, floor, play).result.total
    with_calls = coverage.frame[coverage.frame["calls"] > 0]
    hours = report.paid_minutes / 60
    return Measured(
        case=case,
        paid_hours=hours,
        wages=report.wages,
        saved_hours=1 - hours / base.paid_hours if base else 0.0,
        saved_wages=1 - report.wages / base.wages if base else 0.0,
        abandonment=expected.abandonment,
        service_level=expected.service_level,
        abandonment_steady=steady[0],
        service_level_steady=steady[1],
        abandonment_played=float(total.abandonment.mean),
        service_level_played=float(total.service_level.mean),
        worst_abandonment=float(with_calls["abandonment"].max()),
        worst_service_level=float(with_calls["service_level"].min()),
        days_missed=steady[2],
        calls_short=_calls_short(report),
        floor_hours_short=sum(report.shortage_hours.values()),
        objective=report.objective,
        gap=result.gap,
        seconds=result.seconds,
        violations=len(report.violations),
    )


def _calls_short(report: CheckReport) -> float:
    return sum(part.short for part in report.service) / 1000


def _steady(coverage: Coverage, floor: Requirement) -> tuple[float, float, int]:
    """Abandonment and service level of the month in the steady state, and the days that miss the plan's targets."""
    frame, net = coverage.frame, coverage.frame["scheduled_net"].to_numpy(float)
    calls, low = (
        frame["calls"].to_numpy(float),
        np.floor(coverage.frame["scheduled_net"].to_numpy(float) + 1e-9),
    )
    aht, part = frame["aht_seconds"].to_numpy(float), np.maximum(net - low, 0)
    patience, threshold = floor.staffing.modelled_patience, floor.targets.threshold
    below, above = (
        performance(
            calls, aht, n, interval=floor.interval_minutes * 60, patience=patience, threshold=threshold
        )
        for n in (low, low + 1)
    )
    lost = ((1 - part) * below.abandonment + part * above.abandonment) * calls
    level = ((1 - part) * below.service_level + part * above.service_level) * calls
    days = frame.assign(lost=lost, level=level).groupby("business_date")[["calls", "lost", "level"]].sum()
    targets = read_config(PLAN).targets
    missed = (days["lost"] > (float(targets.abandonment or 1) + 0.0005) * days["calls"]) | (
        days["level"] < (float(targets.service_level or 0) - 0.0005) * days["calls"]
    )
    return float(lost.sum() / calls.sum()), float(level.sum() / calls.sum()), int(missed.sum())


def _seats(config: PlanConfig, base: Measured) -> Measured:
    """The pipeline of pyworkforce itself: unnamed seats without contracts or rest, at the sample's mean wage."""
    problem, _ = basis_of(config)
    minutes = {shift.code: shift.work_minutes for _, shifts in problem.shifts for shift in shifts}
    hours = sum(minutes[code] * n for (_, code), n in select_shifts_pyworkforce(problem).items()) / 60
    wages = round(hours * float(np.mean([agent.wage for agent in problem.agents])))
    unknown = float("nan")
    return Measured(
        f"{PEER}, unnamed seats",
        hours,
        wages,
        1 - hours / base.paid_hours,
        1 - wages / base.wages,
        *(unknown,) * 8,
        0,
        0.0,
        0.0,
        wages,
        unknown,
        0.0,
        0,
    )


_HEAD = (
    f"{'case':32}{'paid h':>8}{'wages':>11}{'saved':>8}{'lost':>8}{'in time':>9}{'steady':>15}{'played':>16}"
    f"{'worst':>16}{'days':>6}{'short':>7}{'gap':>7}{'s':>6}"
)


def _line(row: Measured) -> str:
    return (
        f"{row.case:32}{row.paid_hours:8,.0f}{row.wages:11,}{row.saved_hours:8.1%}{row.abandonment:8.2%}"
        f"{row.service_level:9.2%}{row.abandonment_steady:7.2%}{row.service_level_steady:8.2%}"
        f"{row.abandonment_played:8.2%}{row.service_level_played:8.2%}"
        f"{row.worst_abandonment:8.2%}{row.worst_service_level:8.2%}{row.days_missed:6}{row.calls_short:7.1f}"
        f"{row.gap:7.2%}{row.seconds:6.0f}"
    )


if __name__ == "__main__":
    main()
