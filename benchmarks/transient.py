"""A day with a lunch peak and an overloaded hour: stationary, transient, simulated; `python -m benchmarks.transient`.

Where calls outrun agents for an hour, the stationary figures of that hour are those of an overload without end, and
the next hour's know nothing of the callers left over. The transient figures are set beside a call-by-call
simulation that shares no code with them, and every figure of every hour is judged by the simulation's interval.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from staffing.queueing import performance
from staffing.queueing.transient import TransientPerformance, transient_performance
from staffing.simulation import AgentGroup, CallType, Exponential, Never, Scenario, Shift, simulate

Floats = npt.NDArray[np.float64]

LENGTH = 1800.0
THRESHOLD = 20.0
CONFIDENCE = 0.99
ROUNDING = 1e-9
SHOWN = ("abandonment", "service_level", "mean_wait")
DRAIN = 8
"""Empty intervals at the end of the simulation, for the callers who wait when the desk closes."""


@dataclass(frozen=True)
class Day:
    """Calls and agents of each half-hour."""

    name: str
    calls: Floats
    agents: npt.NDArray[np.int64]
    aht: float
    patience: float


CALLS = np.array(
    [30, 42, 52, 60, 66, 70, 78, 88, 92, 84, 70, 64, 60, 58, 54, 48, 40, 34, 26, 20], dtype=np.float64
)
AGENTS = np.array([6, 8, 9, 11, 11, 12, 12, 10, 9, 13, 13, 11, 10, 10, 9, 8, 7, 6, 5, 4])
"""09:00 to 19:00; at half past twelve the lunch breaks begin while most calls come."""

DAYS = (
    Day("AHT 240 s, patience 180 s", CALLS, AGENTS, 240.0, 180.0),
    Day("AHT 240 s, endless patience", CALLS, AGENTS, 240.0, np.inf),
)


def main() -> None:
    """Compute, simulate, print, and write the JSON file that was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--replications", type=int, default=2000, help="simulated days of each kind (2000)")
    parser.add_argument("--out", type=Path, help="also write the figures to this JSON file")
    options = parser.parse_args()
    found = [measure(day, options.replications) for day in DAYS]
    for day, each in zip(DAYS, found, strict=True):
        print(report(each, day), end="\n\n")
    speed = speeds()
    for name, seconds in speed.items():
        print(f"{name}: {seconds:.2f} s of one processor")
    if options.out is not None:
        result = {"days": found, "seconds": speed}
        options.out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


def of(day: Day) -> TransientPerformance:
    """The day's transient figures."""
    return transient_performance(
        day.calls,
        day.aht,
        day.agents,
        interval=LENGTH,
        patience=day.patience,
        threshold=THRESHOLD,
    )


def shifts(agents: npt.NDArray[np.int64], length: float = LENGTH) -> list[Shift]:
    """Single agents whose number is that of each interval; who came first leaves first."""
    on_duty: list[float] = []
    result: list[Shift] = []
    for place, count in enumerate([*agents.tolist(), 0]):
        now = place * length
        while len(on_duty) > count:
            result.append(Shift(on_duty.pop(0), now))
        on_duty += [now] * (count - len(on_duty))
    return result


def scenario(day: Day) -> Scenario:
    """The same day for the simulator, with people told apart; the last ones stay until the queue is empty."""
    closed = np.zeros(DRAIN)
    calls = CallType(
        "calls",
        Exponential(day.aht),
        calls=np.append(day.calls, closed),
        patience=Never() if np.isinf(day.patience) else Exponential(day.patience),
    )
    people = shifts(np.append(day.agents, np.full(DRAIN, day.agents[-1])))
    return Scenario([calls], [AgentGroup("agents", ["calls"], people)], LENGTH)


def measure(day: Day, replications: int) -> dict[str, Any]:
    """All three, interval by interval and for the day; waits without end are None."""
    transient = of(day)
    stationary = performance(
        day.calls, day.aht, day.agents, interval=LENGTH, patience=day.patience, threshold=THRESHOLD
    )
    simulated = simulate(
        scenario(day), replications=replications, seed=20270401, confidence=CONFIDENCE, threshold=THRESHOLD
    )
    count, share = len(day.calls), day.calls / day.calls.sum()
    result: dict[str, Any] = {"name": day.name, "replications": replications, "intervals": {}, "day": {}}
    for name in SHOWN:
        estimate = getattr(simulated.by_interval, name)[0]
        total = getattr(simulated.total, name)
        mine, old = getattr(transient, name), getattr(stationary, name)
        low, high = estimate.low[:count], estimate.high[:count]
        inside = (mine >= low - ROUNDING) & (mine <= high + ROUNDING)
        result["intervals"][name] = {
            "stationary": finite(old),
            "transient": finite(mine),
            "simulated": finite(estimate.mean[:count]),
            "half_width": finite(estimate.half_width[:count]),
            "inside": inside.tolist(),
            "stationary_inside": ((old >= low - ROUNDING) & (old <= high + ROUNDING)).tolist(),
        }
        result["day"][name] = {
            "stationary": finite(share @ old),
            "transient": finite(share @ mine),
            "simulated": finite(total.mean),
            "half_width": finite(total.half_width),
        }
    return result


def finite(values: Any) -> Any:
    """Plain numbers, None for what has no end."""
    if np.ndim(values):
        return [finite(value) for value in values]
    return float(values) if np.isfinite(values) else None


def report(result: dict[str, Any], day: Day) -> str:
    """The figures as text."""
    lines = [f"{result['name']}: stationary | transient | simulated, {result['replications']:,} days"]
    lines.append(f"{'':5}{'calls':>6}{'agents':>7}" + "".join(f"{name:>35}" for name in SHOWN))
    for place, (calls, agents) in enumerate(zip(day.calls, day.agents, strict=True)):
        start = f"{9 + place // 2:02}:{30 * (place % 2):02}"
        cells = (_cell(name, result["intervals"][name], place) for name in SHOWN)
        lines.append(f"{start}{calls:6.0f}{agents:7}" + "".join(cells))
    cells = (_cell(name, result["day"][name]) for name in SHOWN)
    lines.append(f"{'day':5}{day.calls.sum():6.0f}{'':7}" + "".join(cells))
    for key, what in (("inside", "transient"), ("stationary_inside", "stationary")):
        shown = SHOWN if np.isfinite(day.patience) else SHOWN[1:]  # nobody gives up: nothing to judge
        judged = [one for name in shown for one in result["intervals"][name][key]]
        lines.append(f"{sum(judged)} of {len(judged)} {what} figures lie in the simulation's 99 % interval")
    return "\n".join(lines)


def _cell(name: str, figures: dict[str, Any], place: int | None = None) -> str:
    old, mine, mean, half = (
        figures[key] if place is None else figures[key][place]
        for key in ("stationary", "transient", "simulated", "half_width")
    )

    def text(value: float | None) -> str:
        if value is None:
            return "no end"
        return f"{value:.1f}" if name == "mean_wait" else f"{100 * value:.2f} %"

    width = "" if half is None else f"{half:.2f}" if name == "mean_wait" else f"{100 * half:.2f}"
    return f"{text(old):>10} {text(mine):>8} {text(mean):>8} ±{width:>5}"


def speeds() -> dict[str, float]:
    """Processor seconds for some days and a month: the shorter of two runs."""
    shape = 0.4 + 0.6 * np.exp(-(((np.arange(48) - 22) / 10) ** 2))
    month = np.tile(6 * 10 * shape[7:41], (27, 1))

    def seconds(work: Callable[[], object]) -> float:
        times = []
        for _ in range(2):
            start = time.process_time()
            work()
            times.append(time.process_time() - start)
        return min(times)

    def run(calls: Floats, aht: float, patience: float) -> Callable[[], object]:
        agents = np.ceil(calls * aht / LENGTH * 1.02 + 1)
        return lambda: transient_performance(calls, aht, agents, patience=patience)

    return {
        "27 days of 34 half-hours, up to 12 agents": seconds(run(month, 300.0, 300.0)),
        "a day of 48 half-hours, up to 37 agents": seconds(run(35 * 6 * shape, 300.0, 120.0)),
        "a day of 48 half-hours, up to 307 agents": seconds(run(300 * 6 * shape, 300.0, 120.0)),
    }


if __name__ == "__main__":
    main()
