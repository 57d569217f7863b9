"""Ten desks whose calls overflow to a vendor, beside the simulator; print with `python -m benchmarks.overflow`.

Each desk's overflowing share, abandonment (abandoned / offered) and service level (answered by own agents within the
threshold / offered, as the simulator counts it) by `overflow_performance`, beside the 99 % interval of a call-by-call
simulation that shares no code with it. `z` is the peakedness of the overflow when the vendor takes every call.

A right figure lies outside one interval in a hundred: of the thirty, with other seeds, none on three days of four.
`--seeds 20` counts.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from math import inf
from typing import Any

from staffing.queueing import overflow_performance, overflow_stream
from staffing.simulation import AgentGroup, CallType, Estimate, Exponential, Scenario, Vendor, simulate

CONFIDENCE = 0.99
INTERVAL = 1800.0
THRESHOLD = 20.0
WARM_UP = 4
"""Intervals."""
REPLICATIONS = 40
SEED = 1
WIDEST = 0.005
"""Half of an interval, as a share."""


@dataclass(frozen=True)
class Case:
    """One desk; `calls` per half-hour, times in seconds."""

    name: str
    calls: float
    aht: float
    agents: int
    vendor_agents: float
    after: float
    patience: float
    places: float = inf
    handling_factor: float = 1.0
    played: int = 300_000
    """Calls, about."""

    @property
    def scenario(self) -> Scenario:
        """The desk for one replication."""
        return Scenario(
            [CallType("calls", Exponential(self.aht), calls=self.calls, patience=Exponential(self.patience))],
            [AgentGroup("own", ["calls"], self.agents)],
            interval_seconds=INTERVAL,
            intervals=round(self.played / REPLICATIONS / self.calls) + WARM_UP,
            lines=self.agents + self.places,
            vendor=Vendor(agents=self.vendor_agents, after=self.after, handling_factor=self.handling_factor),
        )


CASES = (
    Case("one own agent, vendor of one", 8, 240, 1, 1, 20, 120, played=150_000),
    Case("at once, vendor too small, long calls", 15, 600, 4, 2, 0, 150, played=250_000),
    Case("at once, few calls reach it", 90, 180, 11, 2, 0, 90, played=350_000),
    Case("half the agents it takes", 100, 240, 6, 4, 15, 120, played=370_000),
    Case("peaky: rare overflow in bursts", 390, 120, 30, 2, 20, 60, played=500_000),
    Case("peaky: vendor of any number", 90, 300, 14, inf, 30, 180, played=500_000),
    Case("vendor takes longer", 50, 200, 5, 3, 10, 60, handling_factor=1.6, played=300_000),
    Case("late overflow, patient callers", 30, 120, 2, 1, 60, 400, played=330_000),
    Case("own queue of three, then the vendor", 45, 240, 5, 3, inf, 120, places=3, played=550_000),
    Case("at once, and a queue of five when both are full", 78, 150, 5, 2, 0, 100, places=5, played=480_000),
)


def main() -> None:
    """Compute, simulate and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--seeds", type=int, help="play with seeds 1 to this, count the intervals that hold")
    options = parser.parse_args()
    if options.seeds:
        found = [inside for seed in range(1, options.seeds + 1) for inside in judged(seed)]
        print(f"{sum(found)} of {len(found)} figures lie in their 99 % interval")
        return
    start = time.process_time()
    results = [measure(case) for case in CASES]
    seconds = time.process_time() - start
    if options.json:
        print(json.dumps({"cases": results, "seconds": seconds}, indent=2))
    else:
        print("\n".join(report(results)))
        print(f"{seconds:.0f} s of one processor, nearly all of it the simulator's")


def compare(case: Case, seed: int = SEED) -> Iterator[tuple[str, float, Estimate]]:
    """Each figure's name, its exact value and the estimate."""
    exact = overflow_performance(
        case.calls,
        case.aht,
        case.agents,
        case.vendor_agents,
        after=case.after,
        places=case.places,
        interval=INTERVAL,
        patience=case.patience,
        threshold=THRESHOLD,
        handling_factor=case.handling_factor,
    )
    total = simulate(
        case.scenario,
        replications=REPLICATIONS,
        seed=seed,
        confidence=CONFIDENCE,
        threshold=THRESHOLD,
        warm_up=WARM_UP * INTERVAL,
    ).total
    yield "overflow", float(exact.overflow), total.overflow
    yield "abandonment", float(exact.abandonment), total.abandonment
    yield "service_level", float(exact.service_level_own), total.service_level


def judged(seed: int) -> list[bool]:
    """Whether each interval of each case holds the exact figure."""
    return [bool(found.covers(exact)) for case in CASES for _, exact, found in compare(case, seed)]


def measure(case: Case) -> dict[str, Any]:
    """The case with its figures, as JSON."""
    stream = overflow_stream(
        case.calls,
        case.aht,
        case.agents,
        after=case.after,
        places=case.places,
        patience=case.patience,
        handling_factor=case.handling_factor,
    )
    figures = {
        name: {
            "exact": exact,
            "simulated": float(found.mean),
            "half_width": float(found.half_width),
            "inside": bool(found.covers(exact)),
        }
        for name, exact, found in compare(case)
    }
    settings = {name: None if value == inf else value for name, value in asdict(case).items()}
    return settings | {"peakedness": float(stream.peakedness), "figures": figures}


def report(results: list[dict[str, Any]]) -> Iterator[str]:
    """The figures as lines of text."""
    names = ("overflow", "abandonment", "service_level")
    yield f"{'':49}{'z':>5}" + "".join(f"{name + ', %':>24}" for name in names)
    for result in results:
        cells = []
        for name in names:
            exact, mean, half, inside = result["figures"][name].values()
            mark = "" if inside else " !"
            cells.append(f"{f'{100 * exact:.2f} | {100 * mean:.2f} ±{100 * half:.2f}{mark}':>24}")
        yield f"{result['name']:49}{result['peakedness']:5.2f}" + "".join(cells)
    all_figures = [figure for result in results for figure in result["figures"].values()]
    inside = sum(figure["inside"] for figure in all_figures)
    widest = max(figure["half_width"] for figure in all_figures)
    yield f"{inside} of {len(all_figures)} inside; the widest interval is ±{100 * widest:.2f} points"


if __name__ == "__main__":
    main()
