"""A month of 50,000 calls, beside SimPy and Ciw, and 20 exact cases; print with `python -m benchmarks.simulation`.

The month: 30 days of half hours, open 8:00-20:00, AHT 240 s and patience 120 s, both exponential, and the agents of
each half hour from the Erlang A requirement for 80 % in 20 s. Each engine plays it in a process of its own, so that
its peak memory is its own. Times are of the processor; start-up and imports are not in them, drawing is.

SimPy (a process for each call, a priority resource, requests of higher priority for agents who are off duty) gets
the very calls that ours draws. Its agents have no names: when their number falls, free ones go first, so that it has
a little less overtime and loses a few calls more. With a number of agents that stays the same it must answer and lose
exactly the calls that ours does, and the benchmark says whether it did. Ciw draws its own calls. Its schedules put a
new crew on duty at every change while the old one finishes its calls, so it has more agents than the others and loses
fewer calls. Where SimPy or Ciw is not installed the benchmark says so.

The cases are those of `tests/simulation/data/stationary_cases.csv`, with seed 1, or counted with as many as `--seeds`
says.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import platform
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.simulation_cases import FIGURES, Case, cases, compare
from staffing.queueing import Targets, required_agents
from staffing.simulation import (
    AgentGroup,
    CallType,
    Exponential,
    LogNormal,
    Outcome,
    Scenario,
    Shift,
    Skill,
    Vendor,
    Weibull,
    call_log,
    simulate,
)
from staffing.simulation.draws import draw

Result = dict[str, Any]
Floats = npt.NDArray[np.float64]

CALLS = 50_000
DAYS = 30
OPENS, CLOSES = 16, 40
"""Half hours of the day."""
LENGTH = 1800.0
CONSTANT = 13
"""Agents of the month in which their number stays the same."""
AHT = 240.0
PATIENCE = 120.0
SEED = 1
REPEATS = 3
HOURLY = (0.7, 1.1, 1.5, 1.4, 1.1, 1.2, 1.25, 1.2, 1.0, 0.8, 0.6, 0.4)
WEEKDAY = (1.3, 1.1, 1.0, 1.0, 0.95, 0.4, 0.25)


def main() -> None:
    """Measure, print, and write the JSON file that was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=sorted(ENGINES), help="play the month with one engine, print JSON")
    parser.add_argument(
        "--seeds", type=int, help="play the cases with seeds 1 to this, count the intervals that hold"
    )
    parser.add_argument("--out", type=Path, help="also write the figures to this JSON file")
    options = parser.parse_args()
    if options.only:
        print(json.dumps(measure(options.only)))
        return
    if options.seeds:
        print(coverage(options.seeds))
        return
    engines = {name: apart(name) for name in ENGINES if name not in PEERS or importlib.util.find_spec(name)}
    missing = [name for name in PEERS if name not in engines]
    compared = [(case, list(compare(case))) for case in cases()]
    print("\n".join([*report(engines, missing), "", *table(compared)]))
    if options.out is not None:
        options.out.write_text(json.dumps(engines, indent=2) + "\n", encoding="utf-8")


def expected_calls() -> Floats:
    """Calls of each half hour of the month."""
    day = np.zeros(48)
    day[OPENS:CLOSES] = np.repeat(HOURLY, 2)
    month = np.concatenate([day * WEEKDAY[number % 7] for number in range(DAYS)])
    return np.asarray(month * CALLS / month.sum())


def plain() -> Scenario:
    """One type, one group."""
    calls = expected_calls()
    staff = required_agents(calls, AHT, Targets(service_level=0.8), patience=PATIENCE)
    call_type = CallType("calls", Exponential(AHT), calls=calls, patience=Exponential(PATIENCE))
    return Scenario([call_type], [AgentGroup("agents", ["calls"], staff)], interval_seconds=LENGTH)


def constant() -> Scenario:
    """The same calls, and the same number of agents day and night."""
    return replace(plain(), groups=[AgentGroup("agents", ["calls"], CONSTANT)])


def lost_by_constant_agents() -> int:
    """Calls that ours loses then."""
    return int((call_log(constant(), seed=SEED).outcome == Outcome.ABANDONED).sum())


def everything() -> Scenario:
    """The same calls as three types with all that a scenario can have; 42 agents on shifts of 6 hours."""
    calls = expected_calls()
    types = [
        CallType(
            name,
            LogNormal(AHT, 1.2),
            calls=share * calls,
            patience=Weibull(PATIENCE, 0.8),
            priority=priority,
            redial=0.4,
            interval_cv=0.1,
        )
        for name, share, priority in (("orders", 0.5, 1), ("delivery", 0.3, 0), ("technical", 0.2, 0))
    ]
    skills: list[dict[str, Skill | int]] = [
        {"orders": 1, "delivery": 2},
        {"delivery": 1, "orders": 2},
        {"technical": 1, "delivery": Skill(2, handling_factor=1.2)},
    ]
    groups = [
        AgentGroup(f"group {place}", each, list(shifts(14, place))) for place, each in enumerate(skills)
    ]
    return Scenario(types, groups, interval_seconds=LENGTH, lines=50, vendor=Vendor(agents=5, after=180))


def shifts(agents: int, offset: int) -> Iterator[Shift]:
    """Six hours a day with a break of half an hour, begun in turn over the first six hours."""
    for day in range(DAYS):
        for agent in range(agents):
            start = (day * 48 + OPENS + (agent + offset) % 13) * LENGTH
            yield Shift(start, start + 6 * 3600, ((start + 3 * 3600, start + 3.5 * 3600),))


def ours(scenario: Scenario) -> Result:
    """One replication with all its figures."""
    found = simulate(scenario, replications=1, seed=SEED).total
    return {name: float(getattr(found, name).mean) for name in ("offered", "answered", "abandoned")}


def levels(scenario: Scenario) -> list[int]:
    """Agents of each interval."""
    staff = np.broadcast_to(np.asarray(scenario.groups[0].staff), scenario.interval_count)
    return [int(level) for level in staff]


def with_simpy(scenario: Scenario) -> Result:
    """The calls that ours draws, each a process."""
    import simpy

    attempts = draw(scenario, SEED, 0)
    env, counted, staff = simpy.Environment(), Counter[str](), levels(scenario)
    agents = simpy.PriorityResource(env, max(staff))

    def caller(handling: float, patience: float) -> Iterator[Any]:
        with agents.request(priority=1) as request:
            found = yield request | env.timeout(patience)
            counted["answered" if request in found else "abandoned"] += 1
            if request in found:
                yield env.timeout(handling)

    def arrivals() -> Iterator[Any]:
        lists = (each.tolist() for each in (attempts.arrival, attempts.handling, attempts.patience))
        for arrival, handling, patience in zip(*lists, strict=True):
            yield env.timeout(arrival - env.now)
            env.process(caller(handling, patience))

    def duty() -> Iterator[Any]:
        off: list[Any] = []
        for level in staff:
            while len(off) < max(staff) - level:
                off.append(agents.request(priority=0))
            while len(off) > max(staff) - level:
                agents.release(request) if (request := off.pop()).triggered else request.cancel()
            yield env.timeout(LENGTH)

    env.process(duty())
    env.process(arrivals())
    env.run(until=scenario.seconds)
    return {"offered": attempts.first, **counted}


def with_ciw(scenario: Scenario) -> Result:
    """Calls of the same rates, drawn by Ciw."""
    import ciw

    ciw.seed(SEED)
    ends = [LENGTH * (place + 1) for place in range(scenario.interval_count)]
    rates = (np.asarray(scenario.call_types[0].calls) / LENGTH).tolist()
    network = ciw.create_network(
        arrival_distributions=[
            ciw.dists.PoissonIntervals(rates=rates, endpoints=ends, max_sample_date=ends[-1])
        ],
        service_distributions=[ciw.dists.Exponential(1 / AHT)],
        reneging_time_distributions=[ciw.dists.Exponential(1 / PATIENCE)],
        number_of_servers=[
            ciw.Schedule(
                numbers_of_servers=levels(scenario),
                shift_end_dates=ends,
                preemption=False,
            )
        ],
    )
    run = ciw.Simulation(network)
    run.simulate_until_max_time(ends[-1])
    kinds = Counter(record.record_type for record in run.get_all_records())
    return {"offered": sum(kinds.values()), "answered": kinds["service"], "abandoned": kinds["renege"]}


ENGINES: dict[str, tuple[Callable[[], Scenario], Callable[[Scenario], Result]]] = {
    "ours": (plain, ours),
    "simpy": (plain, with_simpy),
    "ciw": (plain, with_ciw),
    "ours, everything on": (everything, ours),
}
PEERS = ("simpy", "ciw")


def measure(name: str) -> Result:
    """The shortest of a few processor times, and what the whole process took in memory."""
    build, play = ENGINES[name]
    scenario, seconds, found = build(), [], {}
    play(scenario)  # whatever is imported late
    for _ in range(REPEATS):
        start = time.process_time()
        found = play(scenario)
        seconds.append(time.process_time() - start)
    if name == "simpy":
        found["lost_by_constant_agents"] = with_simpy(constant())["abandoned"]
    unit = 1 if sys.platform == "darwin" else 1024
    return {
        **found,
        "seconds": min(seconds),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20,
        "version": version(name) if name in PEERS else "",
    }


def apart(name: str) -> Result:
    """`measure` in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.simulation", "--only", name]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: Result = json.loads(done.stdout)
    return found


def report(engines: dict[str, Result], missing: list[str]) -> Iterator[str]:
    """The month."""
    yield f"A month of {CALLS:,} calls, one replication; Python {platform.python_version()}, numpy {version('numpy')}"
    columns = ("seconds", "calls/s", "x ours", "peak MiB", "offered", "answered", "abandoned")
    yield f"{'':24}" + "".join(f"{column:>11}" for column in columns)
    for name, found in engines.items():
        seconds = found["seconds"]
        ratio = seconds / engines["ours"]["seconds"]
        speed = found["offered"] / seconds
        counts = "".join(f"{found[column]:11,.0f}" for column in columns[4:])
        label = f"{name} {found['version']}"
        yield f"{label:24}{seconds:11.2f}{speed:11,.0f}{ratio:11.1f}{found['peak_mib']:11.0f}{counts}"
    for name in missing:
        yield f"{name}: not installed"
    if "simpy" in engines:
        theirs, same = engines["simpy"]["lost_by_constant_agents"], lost_by_constant_agents()
        yield f"With {CONSTANT} agents all month SimPy loses {theirs:,} of the same calls, ours {same:,}."


def table(compared: list[tuple[Case, list[Any]]]) -> Iterator[str]:
    """The cases, figure by figure."""
    yield f"{'case':36}{'figure':31}{'exact':>10}{'simulated':>11}{'+- 99 %':>10}"
    inside = 0
    for case, found in compared:
        for name, exact, estimate in found:
            holds = bool(estimate.covers(exact))
            inside += holds
            mean, width = float(estimate.mean), float(estimate.half_width)
            verdict = "inside" if holds else "OUTSIDE"
            yield f"{case.name:36}{name:31}{exact:10.5f}{mean:11.5f}{width:10.5f}  {verdict}"
    yield f"{inside} of {sum(len(found) for _, found in compared)} inside"


def coverage(seeds: int) -> str:
    """How many of the 99 % intervals hold with seeds that nobody chose."""
    held = Counter[str]()
    count = Counter[str]()
    for seed in range(1, seeds + 1):
        for case in cases():
            for name, exact, estimate in compare(replace(case, seed=seed)):
                count[name] += 1
                held[name] += bool(estimate.covers(exact))
    lines = [f"{name:31}{held[name]:6} of {count[name]:6}" for name in (*FIGURES, "occupancy")]
    return "\n".join(
        [*lines, f"{'all':31}{held.total():6} of {count.total():6} ({held.total() / count.total():.1%})"]
    )


if __name__ == "__main__":
    main()
