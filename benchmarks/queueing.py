"""The requirement of a year of quarter hours, beside pyworkforce; print with `python -m benchmarks.queueing`.

35,040 and 1,000,000 intervals of up to 2,000 Erlangs, 80 % within 20 seconds, AHT 300 s, Erlang C and Erlang A
(patience 120 s): once with one AHT for all intervals (a table of breakpoints, whose building is timed apart) and
once with an AHT of each interval's own (a search).

Whoever proves a smallest number has to look at it and at the one before: the time of these two evaluations for all
intervals, vectorised, is the bound that any such method has; ours is given as a multiple of it. A table gets below,
since a breakpoint is proven once for all intervals.

pyworkforce sizes one interval at a time and takes far longer, so it gets a sample of the same intervals in the same
run, spread evenly over the loads. Its time for all of them is extrapolated from that and said to be. Its
Erlang A exists from 0.5.2 on, which needs Python 3.12 or later; with an older one the benchmark says so.
"""

from __future__ import annotations

import argparse
import importlib
import json
import platform
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
from staffing.queueing.sizing.breakpoints import breakpoints
from staffing.queueing.sizing.margin import margin
from staffing.queueing.stationary.workload import Workload, given

Floats = npt.NDArray[np.float64]

INTERVALS = (35_040, 1_000_000)
LARGEST_LOAD = 2000.0
AHT = 300.0
LENGTH = 900.0
MODELS = {"Erlang C": inf, "Erlang A": 120.0}
TARGETS = Targets(service_level=0.8, threshold=20)
SAMPLE = {"Erlang C": 40, "Erlang A": 8}
REPEATS = 3
SINGLE = 300
MEBIBYTE = 2**20

Result = dict[str, Any]


def main() -> None:
    """Measure, print, and write the JSON file that was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--intervals", type=int, nargs="+", default=INTERVALS, help="how many (35040 and 1000000)"
    )
    parser.add_argument("--out", type=Path, help="also write the figures to this JSON file")
    options = parser.parse_args()
    if min(options.intervals) < 1:
        parser.error("--intervals must be at least 1")
    result = measure(options.intervals)
    print(report(result))
    if options.out is not None:
        options.out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


def measure(sizes: list[int]) -> Result:
    """Every figure, ours and pyworkforce's, from one run."""
    result: Result = {
        "largest_load_erlangs": LARGEST_LOAD,
        "python": platform.python_version(),
        "versions": {name: version(name) for name in ("numpy", "scipy", "pyworkforce")},
        "single_call_seconds": {model: single(patience) for model, patience in MODELS.items()},
        "table_seconds": {model: table(patience) for model, patience in MODELS.items()},
        "pyworkforce": {model: peer(model, patience) for model, patience in MODELS.items()},
        "runs": [run(size, model, patience) for size in sizes for model, patience in MODELS.items()],
        "peak_process_mib": peak_process(),
    }
    for each in result["runs"]:
        compare(each, result["pyworkforce"][each["model"]])
    return result


def compare(each: Result, theirs: Result | None) -> None:
    """Add pyworkforce's time for as many intervals, and its ratio to ours."""
    if theirs is None:
        return
    whole = theirs["sampled_seconds"] / theirs["sampled_intervals"] * each["intervals"]
    each["pyworkforce_extrapolated_seconds"] = whole
    for name in ("one AHT, by table", "own AHT, by search"):
        each["ours"][name]["pyworkforce_times_ours"] = whole / each["ours"][name]["seconds"]


def run(intervals: int, model: str, patience: float) -> Result:
    """One model and number of intervals: by table, by search, and the bound."""
    rng = np.random.default_rng(20270401)
    load = rng.uniform(0, LARGEST_LOAD, intervals)
    own = rng.uniform(0.7 * AHT, 1.3 * AHT, intervals)
    repeats = REPEATS if intervals <= INTERVALS[0] else REPEATS - 1
    by_table, _ = ours_for(load, AHT, patience, repeats)
    by_search, enough = ours_for(load, own, patience, repeats)
    bound = two_evaluations(load, own, enough, patience, repeats)
    ours = {
        "one AHT, by table": by_table,
        "own AHT, by search": by_search,
        "every figure": figures_for(load, patience, repeats),
    }
    for each in ours.values():
        each["times_the_bound"] = each["seconds"] / bound
    return {
        "intervals": intervals,
        "model": model,
        "ours": ours,
        "two_evaluations_seconds": bound,
    }


def calls_of(load: Floats, aht: Floats | float) -> Floats:
    """Calls an interval that make the load."""
    return np.asarray(load * LENGTH / aht)


def times(work: Callable[[], object], repeats: int) -> list[float]:
    """Seconds of each of a few runs."""
    found = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return found


def timed(work: Callable[[], Any], intervals: int, repeats: int) -> tuple[Result, Any]:
    """Time and memory of some work on all intervals, and what it found.

    The shortest of the times: what the machine does beside the work only adds. Memory is the most that it holds at
    once, from a run of its own.
    """
    seconds = min(times(work, repeats))
    tracemalloc.start()
    try:
        found = work()
        held = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    figures = {
        "seconds": seconds,
        "intervals_per_second": intervals / seconds,
        "peak_mib": held / MEBIBYTE,
    }
    return figures, found


def peak_process() -> float | None:
    """Largest resident size of this process so far, in MiB; None where the system does not say (Windows)."""
    try:
        resource = importlib.import_module("resource")
    except ModuleNotFoundError:
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / MEBIBYTE)


def ours_for(
    load: Floats, aht: Floats | float, patience: float, repeats: int
) -> tuple[Result, npt.NDArray[np.int64]]:
    """Our requirement of all intervals, and what it is."""
    calls = calls_of(load, aht)

    def work() -> npt.NDArray[np.int64]:
        return required_agents(calls, aht, TARGETS, interval=LENGTH, patience=patience)

    figures, agents = timed(work, len(load), repeats)
    return {**figures, "agents": int(agents.sum())}, agents


def figures_for(load: Floats, patience: float, repeats: int) -> Result:
    """Every figure of all intervals, with five agents above the load."""
    agents, calls = np.ceil(load) + 5, calls_of(load, AHT)
    figures, _ = timed(
        lambda: performance(calls, AHT, agents, interval=LENGTH, patience=patience), len(load), repeats
    )
    return figures


def two_evaluations(
    load: Floats, aht: Floats, agents: npt.NDArray[np.int64], patience: float, repeats: int
) -> float:
    """Seconds to look at the answer and at the number before, for all intervals."""
    workload, enough = queues(calls_of(load, aht), aht, patience), agents.astype(np.float64)

    def work() -> None:
        with np.errstate(all="ignore"):
            met = margin(workload, enough, TARGETS) >= 0
            missed = margin(workload, np.maximum(enough - 1, 1.0), TARGETS) < 0
        if not (met.all() and (missed | (enough == 1)).all()):
            raise AssertionError("a requirement is not the smallest number that meets the targets")

    return min(times(work, repeats))


def queues(calls: Floats, aht: Floats | float, patience: float) -> Workload:
    """Arguments as the package holds them."""
    return given(
        calls=calls,
        aht=aht,
        interval=LENGTH,
        patience=patience,
        lines=inf,
        redial=0,
        threshold=TARGETS.threshold,
    ).workload


def table(patience: float) -> Result:
    """Building the breakpoints of every number of agents up to 2,000 Erlangs."""
    ends = np.array([1e-3, LARGEST_LOAD]) * LENGTH / AHT
    first, last = required_agents(ends, AHT, TARGETS, interval=LENGTH, patience=patience)
    agents = np.arange(first, last, dtype=np.float64)
    one = queues(np.full(len(agents), ends[0]), AHT, patience)

    def work() -> None:
        with np.errstate(all="ignore"):
            breakpoints(one, agents, ends, TARGETS)

    return {"seconds": min(times(work, 5)), "breakpoints": len(agents)}


def single(patience: float) -> Result:
    """Seconds for one call with one interval."""
    calls = float(calls_of(np.array(57.1), AHT))
    found = times(lambda: required_agents(calls, AHT, TARGETS, interval=LENGTH, patience=patience), SINGLE)
    return {"least": min(found), "median": float(np.median(found))}


def peer(model: str, patience: float) -> Result | None:
    """A model of pyworkforce on a sample of the intervals; None where it has no such model."""
    theirs = getattr(importlib.import_module("pyworkforce.queuing"), model.replace(" ", ""), None)
    if theirs is None:
        return None
    size = SAMPLE[model]
    calls = calls_of((np.arange(size) + 0.5) / size * LARGEST_LOAD, AHT)
    options = {"aht": AHT / 60, "asa": TARGETS.threshold / 60, "interval": LENGTH / 60}
    if patience < inf:
        options["patience"] = patience / 60
    start = time.perf_counter()
    agents = [
        theirs(transactions=each, **options).required_positions(TARGETS.service_level)["raw_positions"]
        for each in calls.tolist()
    ]
    seconds = time.perf_counter() - start
    ours = required_agents(calls, AHT, TARGETS, interval=LENGTH, patience=patience)
    return {
        "sampled_intervals": size,
        "sampled_seconds": seconds,
        "sampled_agents": sum(agents),
        "our_agents": int(ours.sum()),
    }


def report(result: Result) -> str:
    """The figures as text."""
    versions = ", ".join(f"{name} {value}" for name, value in result["versions"].items())
    lines = [
        f"up to {result['largest_load_erlangs']:,.0f} Erlangs, 80 % in 20 s; Python {result['python']}, {versions}"
    ]
    for each in result["runs"]:
        lines += ["", *report_run(each)]
    lines.append("")
    for model, theirs in result["pyworkforce"].items():
        if theirs is None:
            lines.append(f"pyworkforce {model}: none in this version (from 0.5.2 on, Python 3.12 or later)")
            continue
        lines.append(
            f"pyworkforce {model}: {theirs['sampled_seconds']:.2f} s for {theirs['sampled_intervals']} intervals, "
            f"{theirs['sampled_agents']:,} agents; ours {theirs['our_agents']:,}"
        )
    for model, seconds in result["single_call_seconds"].items():
        lines.append(
            f"one call, one interval, {model}: {1000 * seconds['least']:.2f} ms at least, "
            f"{1000 * seconds['median']:.2f} ms in the median"
        )
    for model, built in result["table_seconds"].items():
        lines.append(
            f"table of {built['breakpoints']:,} breakpoints, {model}: {built['seconds']:.3f} s to build"
        )
    if result["peak_process_mib"] is not None:
        lines.append(f"peak memory of the whole process: {result['peak_process_mib']:.0f} MiB")
    return "\n".join(lines)


def report_run(each: Result) -> list[str]:
    """The figures of one model and number of intervals."""
    title = f"{each['intervals']:,} intervals, {each['model']}"
    lines = [f"{title:34}{'seconds':>9}{'intervals/s':>14}{'peak MiB':>10}{'x bound':>9}{'pyworkforce':>13}"]
    for name, ours in each["ours"].items():
        ratio = ours.get("pyworkforce_times_ours")
        lines.append(
            f"    {name:30}{ours['seconds']:9.3f}{ours['intervals_per_second']:14,.0f}{ours['peak_mib']:10.1f}"
            f"{ours['times_the_bound']:9.2f}" + (f"{ratio:11,.0f} x" if ratio else "")
        )
    lines.append(f"    {'the bound: two evaluations':30}{each['two_evaluations_seconds']:9.3f}")
    theirs = each.get("pyworkforce_extrapolated_seconds")
    if theirs is not None:
        lines.append(f"    {'pyworkforce, extrapolated':30}{theirs:9,.0f}")
    return lines


if __name__ == "__main__":
    main()
