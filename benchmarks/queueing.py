"""The requirement of a year of quarter hours, beside pyworkforce; print with `python -m benchmarks.queueing`.

35,040 intervals of up to 2,000 Erlangs, 80 % within 20 seconds, AHT 300 s, Erlang C and Erlang A (patience 120 s):
once with one AHT for all intervals (a table of breakpoints) and once with an AHT of each interval's own (a search).

pyworkforce sizes one interval at a time and takes far longer, so it gets a sample of the same intervals in the same
run, spread evenly over the sorted loads. Its time for all of them is extrapolated from that and said to be. Its
Erlang A exists from 0.5.2 on, which needs Python 3.12 or later; with an older one the benchmark says so.
"""

from __future__ import annotations

import argparse
import importlib
import json
import platform
import resource
import sys
import time
import tracemalloc
from collections.abc import Callable
from importlib.metadata import version
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from staffing.queueing import Targets, performance, required_agents

Floats = npt.NDArray[np.float64]

INTERVALS = 35_040
LARGEST_LOAD = 2000.0
AHT = 300.0
LENGTH = 900.0
PATIENCE = 120.0
TARGETS = Targets(service_level=0.8, threshold=20)
SAMPLE_C = 40
SAMPLE_A = 8
REPEATS = 3
MEBIBYTE = 2**20

Result = dict[str, Any]


def main() -> None:
    """Measure, print, and write the JSON file that was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--intervals", type=int, default=INTERVALS, help=f"how many ({INTERVALS})")
    parser.add_argument("--out", type=Path, help="also write the figures to this JSON file")
    options = parser.parse_args()
    if options.intervals < 1:
        parser.error("--intervals must be at least 1")
    result = measure(options.intervals)
    print(report(result))
    if options.out is not None:
        options.out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


def measure(intervals: int) -> Result:
    """Every figure, ours and pyworkforce's, from one run."""
    rng = np.random.default_rng(20270401)
    load = rng.uniform(0, LARGEST_LOAD, intervals)
    own_aht = rng.uniform(0.7 * AHT, 1.3 * AHT, intervals)
    ours = [
        ours_for("Erlang C, one AHT", load, np.full(intervals, AHT), inf),
        ours_for("Erlang C, own AHT", load, own_aht, inf),
        ours_for("Erlang A, one AHT", load, np.full(intervals, AHT), PATIENCE),
        ours_for("Erlang A, own AHT", load, own_aht, PATIENCE),
        figures_for("Erlang C, figures only", load, inf),
        figures_for("Erlang A, figures only", load, PATIENCE),
    ]
    return {
        "intervals": intervals,
        "largest_load_erlangs": LARGEST_LOAD,
        "python": platform.python_version(),
        "versions": {name: version(name) for name in ("numpy", "scipy", "pyworkforce")},
        "ours": ours,
        "single_call_seconds": {
            "Erlang C": single(inf),
            "Erlang A": single(PATIENCE),
        },
        "pyworkforce": {
            "Erlang C": peer("ErlangC", load, SAMPLE_C, inf, ours[0]["seconds"]),
            "Erlang A": peer("ErlangA", load, SAMPLE_A, PATIENCE, ours[2]["seconds"]),
        },
        "peak_process_mib": peak_process() / MEBIBYTE,
    }


def calls_of(load: Floats, aht: Floats | float) -> Floats:
    """Calls an interval that make the load."""
    return np.asarray(load * LENGTH / aht)


def best(work: Callable[[], object]) -> float:
    """Shortest of a few times, in seconds: what the machine does beside the work only adds."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def peak(work: Callable[[], object]) -> int:
    """Largest number of bytes that the work holds at once."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def peak_process() -> int:
    """Largest resident size of this process so far, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def ours_for(name: str, load: Floats, aht: Floats, patience: float) -> Result:
    """Our requirement of all intervals."""
    calls = calls_of(load, aht)

    def work() -> npt.NDArray[np.int64]:
        return required_agents(calls, aht, TARGETS, interval=LENGTH, patience=patience)

    seconds = best(work)
    return {
        "name": name,
        "seconds": seconds,
        "intervals_per_second": len(load) / seconds,
        "peak_mib": peak(work) / MEBIBYTE,
        "agents": int(work().sum()),
    }


def figures_for(name: str, load: Floats, patience: float) -> Result:
    """Every figure of all intervals, with five agents above the load."""
    agents, calls = np.ceil(load) + 5, calls_of(load, AHT)

    def work() -> object:
        return performance(calls, AHT, agents, interval=LENGTH, patience=patience)

    seconds = best(work)
    return {
        "name": name,
        "seconds": seconds,
        "intervals_per_second": len(load) / seconds,
        "peak_mib": peak(work) / MEBIBYTE,
    }


def single(patience: float) -> float:
    """Seconds for one call with one interval."""
    calls = float(calls_of(np.float64(57.1), AHT))
    rounds = 50

    def work() -> None:
        for _ in range(rounds):
            required_agents(calls, AHT, TARGETS, interval=LENGTH, patience=patience)

    return best(work) / rounds


def peer(name: str, load: Floats, size: int, patience: float, ours_seconds: float) -> Result | None:
    """A model of pyworkforce on a sample of the intervals, extrapolated to all; None where it has no such model."""
    model = getattr(importlib.import_module("pyworkforce.queuing"), name, None)
    if model is None:
        return None
    size = min(size, len(load))
    sample = np.sort(load)[((np.arange(size) + 0.5) / size * len(load)).astype(np.intp)]
    options = {"aht": AHT / 60, "asa": TARGETS.threshold / 60, "interval": LENGTH / 60}
    if patience < inf:
        options["patience"] = patience / 60
    start = time.perf_counter()
    theirs = [
        model(transactions=calls, **options).required_positions(TARGETS.service_level)["raw_positions"]
        for calls in calls_of(sample, AHT).tolist()
    ]
    seconds = time.perf_counter() - start
    ours = required_agents(calls_of(sample, AHT), AHT, TARGETS, interval=LENGTH, patience=patience)
    whole = seconds / size * len(load)
    return {
        "sampled_intervals": size,
        "sampled_seconds": seconds,
        "extrapolated_seconds": whole,
        "ratio_to_ours": whole / ours_seconds,
        "sampled_agents": sum(theirs),
        "our_agents": int(ours.sum()),
    }


def report(result: Result) -> str:
    """The figures as text."""
    lines = [
        f"{result['intervals']:,} intervals up to {result['largest_load_erlangs']:,.0f} Erlangs, 80 % in 20 s; "
        f"Python {result['python']}, "
        + ", ".join(f"{name} {value}" for name, value in result["versions"].items()),
        "",
        f"{'':30}{'seconds':>9}{'intervals/s':>14}{'peak MiB':>10}",
    ]
    lines += [
        f"{each['name']:30}{each['seconds']:9.3f}{each['intervals_per_second']:14,.0f}{each['peak_mib']:10.1f}"
        for each in result["ours"]
    ]
    for name, seconds in result["single_call_seconds"].items():
        lines.append(f"one call, one interval, {name}: {1000 * seconds:.2f} ms")
    lines.append("")
    for name, theirs in result["pyworkforce"].items():
        if theirs is None:
            lines.append(f"pyworkforce {name}: none in this version (from 0.5.2 on, Python 3.12 or later)")
            continue
        lines += [
            f"pyworkforce {name}: {theirs['sampled_seconds']:.2f} s for {theirs['sampled_intervals']} of these,",
            f"    extrapolated to all {theirs['extrapolated_seconds']:,.0f} s, "
            f"{theirs['ratio_to_ours']:,.0f} times our time with one AHT;",
            f"    agents in the sample: {theirs['sampled_agents']:,}, ours {theirs['our_agents']:,}",
        ]
    lines.append(f"peak memory of the whole process: {result['peak_process_mib']:.0f} MiB")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
