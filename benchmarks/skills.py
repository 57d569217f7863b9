"""The estimate of queues that share agents, beside the simulator and exact chains; `python -m benchmarks.skills`.

40 designs of two to four queues and 20 to 80 agents: N, M, W, chains, a pool beside specialists, full pools of
unlike queues. Each is simulated call by call (exponential handling and patience, as the estimate assumes) and shown
with the half-width of its 95 % interval. Two simpler estimates stand beside: each shared agent given to one queue (so
that the shortest queue has the most agents for its load), and everybody in one pool.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog

from staffing.queueing import Targets, performance
from staffing.queueing.skills import SkillPerformance, cross_training, required_skills, skill_performance
from staffing.simulation import AgentGroup, CallType, Exponential, Scenario, SimulationResult, simulate
from tests.queueing.skills.chain import CASES, solve

Floats = npt.NDArray[np.float64]
HOUR = 3600.0
CALLS = 400_000
REPLICATIONS = 10
SEED = 20270401


@dataclass(frozen=True)
class Design:
    """Calls an hour, times in seconds, groups and their agents."""

    name: str
    calls: Floats
    aht: Floats
    patience: Floats
    skills: list[list[int]]
    agents: list[int]


@dataclass(frozen=True)
class Row:
    """One queue of one design: shares of calls."""

    design: str
    queue: int
    band: float
    seen: dict[str, float]
    half_width: dict[str, float]
    estimate: dict[str, float]
    split: dict[str, float]
    pooled: dict[str, float]


SHAPES: dict[str, tuple[int, list[list[int]], list[float]]] = {
    "N": (2, [[1], [0, 1]], [0.4, 0.6]),
    "M": (2, [[0], [1], [0, 1]], [0.45, 0.4, 0.15]),
    "M, half shared": (2, [[0], [1], [0, 1]], [0.25, 0.25, 0.5]),
    "W": (3, [[0, 1], [1, 2]], [0.5, 0.5]),
    "W and own": (3, [[0], [1], [2], [0, 1], [1, 2]], [0.3, 0.15, 0.25, 0.15, 0.15]),
    "chain of 3": (3, [[0], [1], [2], [0, 1], [1, 2], [0, 2]], [0.27, 0.27, 0.26, 0.07, 0.07, 0.06]),
    "chain of 4": (
        4,
        [[0], [1], [2], [3], [0, 1], [1, 2], [2, 3], [0, 3]],
        [0.15, 0.15, 0.15, 0.15, 0.1, 0.1, 0.1, 0.1],
    ),
    "few of all": (4, [[0], [1], [2], [3], [0, 1, 2, 3]], [0.23, 0.23, 0.22, 0.22, 0.1]),
    "pairs and all": (3, [[0], [1], [2], [0, 1], [0, 1, 2]], [0.25, 0.25, 0.25, 0.125, 0.125]),
    "X, unlike queues": (3, [[0, 1, 2]], [1.0]),
}
SIZES = (20, 36, 55, 80)

TRAINED: list[tuple[list[float], list[float], list[int]]] = [
    ([200.0, 160.0], [300.0, 300.0], [18, 14]),
    ([120.0, 80.0, 100.0], [300.0, 300.0, 300.0], [11, 7, 9]),
    ([120.0, 80.0, 100.0, 60.0], [300.0, 240.0, 360.0, 300.0], [11, 6, 11, 6]),
]
"""Calls an hour, handling times, specialists."""


def designs() -> list[Design]:
    """Every shape in four sizes, with loads, handling times and patience drawn once and for all."""
    rng = np.random.default_rng(SEED)
    found = []
    for name, (queues, skills, shares) in SHAPES.items():
        for size in SIZES:
            agents = np.floor(np.array(shares) * size).astype(int)
            agents[-1] += size - agents.sum()
            fair = np.zeros(queues)
            for group, number in zip(skills, agents, strict=True):
                fair[group] += number / len(group)
            load = fair * rng.uniform(0.85, 1.05) * rng.uniform(0.88, 1.12, queues)
            aht = np.full(queues, 300.0) if rng.random() < 0.3 else rng.uniform(150, 450, queues).round()
            patience = np.full(queues, float(rng.choice([60, 120, 180, 300])))
            if rng.random() < 0.4:
                patience = rng.uniform(60, 360, queues).round()
            found.append(
                Design(f"{name}, {size}", load * HOUR / aht, aht, patience, skills, [int(n) for n in agents])
            )
    return found


def play(design: Design, calls: int, seed: int) -> SimulationResult:
    """Fewest skills first, first come first served; the first hour is left out."""
    types = [
        CallType(str(queue), Exponential(aht), calls=rate, patience=Exponential(wait))
        for queue, (rate, aht, wait) in enumerate(zip(design.calls, design.aht, design.patience, strict=True))
    ]
    groups = [
        AgentGroup(str(place), {str(queue): len(skills) for queue in skills}, staff=number)
        for place, (skills, number) in enumerate(zip(design.skills, design.agents, strict=True))
    ]
    hours = 1 + int(np.ceil(calls / REPLICATIONS / design.calls.sum()))
    scene = Scenario(types, groups, interval_seconds=HOUR, intervals=hours)
    return simulate(scene, replications=REPLICATIONS, seed=seed, warm_up=HOUR)


def split(design: Design) -> dict[str, Floats]:
    """Each shared agent given to one queue, the smallest ratio of agents to load as large as can be."""
    load = design.calls * design.aht / HOUR
    pairs = [(group, queue) for group, skills in enumerate(design.skills) for queue in skills]
    given = np.array(
        [[group == place for group, _ in pairs] for place in range(len(design.skills))], dtype=float
    )
    got = np.array([[queue == place for _, queue in pairs] for place in range(len(load))], dtype=float)
    answer = linprog(
        np.append(np.zeros(len(pairs)), -1.0),
        A_ub=np.column_stack([-got, load]),
        b_ub=np.zeros(len(load)),
        A_eq=np.column_stack([given, np.zeros(len(design.skills))]),
        b_eq=design.agents,
    )
    return between(design.calls, design.aht, design.patience, got @ answer.x[:-1])


def between(calls: Floats, aht: Floats, patience: Floats, agents: Floats) -> dict[str, Floats]:
    """Figures of single queues with fractions of agents, straight between whole numbers."""
    lower = np.floor(agents + 1e-9)
    above = np.clip(agents - lower, 0.0, 1.0)
    few, more = (
        performance(calls, aht, number, interval=HOUR, patience=patience) for number in (lower, lower + 1)
    )
    return {
        name: getattr(few, name) * (1 - above) + getattr(more, name) * above
        for name in ("abandonment", "service_level")
    }


def pool(design: Design) -> dict[str, Floats]:
    """Everybody in one pool with the mean handling time, each queue with its own patience."""
    total = design.calls.sum()
    aht = float(design.calls @ design.aht / total)
    one = performance(total, aht, sum(design.agents), interval=HOUR, patience=design.patience)
    return {"abandonment": one.abandonment, "service_level": one.service_level}


def measure(calls: int) -> list[Row]:
    """Every design, estimated and simulated."""
    rows = []
    for number, design in enumerate(designs()):
        found: SkillPerformance = skill_performance(
            design.calls, design.aht, design.skills, design.agents, interval=HOUR, patience=design.patience
        )
        seen = play(design, calls, SEED + number).by_type
        others = [split(design), pool(design)]
        for queue in range(len(design.calls)):
            names = ("abandonment", "service_level")
            rows.append(
                Row(
                    design.name,
                    queue,
                    float(found.abandonment_band[queue]),
                    {name: float(getattr(seen, name).mean[queue]) for name in names},
                    {name: float(getattr(seen, name).half_width[queue]) for name in names},
                    {name: float(getattr(found, name)[queue]) for name in names},
                    *({name: float(other[name][queue]) for name in names} for other in others),
                )
            )
        print_rows([row for row in rows if row.design == design.name])
    return rows


def print_rows(rows: list[Row]) -> None:
    """A line a queue, in per cent."""
    for row in rows:
        cells = [f"{row.design:22} {row.queue}"]
        for name in ("abandonment", "service_level"):
            estimate, seen, half = (100 * part[name] for part in (row.estimate, row.seen, row.half_width))
            cells.append(f"{estimate:6.2f} {seen:6.2f} +- {half:4.2f} {estimate - seen:+6.2f}")
        print("  ".join(cells))


def summary(rows: list[Row]) -> dict[str, Any]:
    """Errors in percentage points: mean, mean size, the size 19 of 20 stay below, the largest."""
    kinds = {
        "all queues with own agents, or one pool": [row for row in rows if row.band < 0.03],
        "some queue without own agents": [row for row in rows if row.band > 0.03],
        "all": rows,
    }
    found: dict[str, Any] = {}
    for kind, chosen in kinds.items():
        for method in ("estimate", "split", "pooled"):
            for name in ("abandonment", "service_level"):
                off = np.array([100 * (getattr(row, method)[name] - row.seen[name]) for row in chosen])
                found[f"{kind}: {name}, {method}"] = {
                    "queues": len(off),
                    "bias": float(off.mean()),
                    "mean size": float(np.abs(off).mean()),
                    "19 of 20 below": float(np.quantile(np.abs(off), 0.95)),
                    "largest": float(np.abs(off).max()),
                }
    return found


def exact_cases(simulated: int) -> list[str]:
    """Small cases whose chains can be solved."""
    lines = []
    for number, case in enumerate(CASES):
        exact = solve(case)
        calls = np.array(case.rate) * HOUR
        skills, agents = [[0], [1], [0, 1]], [*case.own, case.shared]
        estimate = skill_performance(calls, case.aht, skills, agents, interval=HOUR, patience=case.patience)
        kept = [place for place, count in enumerate(agents) if count]
        design = Design(
            case.name,
            calls,
            np.array(case.aht),
            np.array(case.patience),
            [skills[place] for place in kept],
            [agents[place] for place in kept],
        )
        seen = play(design, simulated, SEED - 1 - number).by_type.abandonment
        for queue in (0, 1):
            one, two, three = (
                100 * float(part[queue]) for part in (exact.abandonment, estimate.abandonment, seen.mean)
            )
            half = 100 * float(seen.half_width[queue])
            lines.append(
                f"{case.name:22} {queue}  exact {one:6.2f}  simulated {three:6.2f} +- {half:4.2f}"
                f"  estimate {two:6.2f}  error {two - one:+5.2f}"
            )
    return lines


def required_cases(simulated: int) -> list[str]:
    """The cheapest groups for 80 % in 20 s and 5 % lost, and what the simulator says they give."""
    lines = []
    aim = Targets(service_level=0.8, threshold=20, abandonment=0.05)
    for number, (calls, aht, _) in enumerate(TRAINED):
        queues = range(len(calls))
        pairs = [[queue, queue + 1] for queue in queues[:-1]] + (
            [[0, len(calls) - 1]] if len(calls) > 2 else []
        )
        skills = [[queue] for queue in queues] + pairs
        start = time.process_time()
        need = required_skills(calls, aht, aim, skills, interval=HOUR, patience=180)
        seconds = time.process_time() - start
        agents = [int(count) for count in need.agents]
        design = Design("", np.array(calls), np.array(aht), np.full(len(calls), 180.0), skills, agents)
        seen = play(design, simulated, SEED + 2000 + number).by_type
        lines.append(
            f"{len(calls)} queues: {need.total} agents {agents}, {need.bounds.upper} apart, at least "
            f"{need.bounds.lower}, one pool {need.bounds.pooled}; {seconds:.1f} s; worst queue simulated "
            f"{seen.service_level.mean.min():.1%} in time, {seen.abandonment.mean.max():.1%} lost"
        )
    return lines


def trained_cases(simulated: int) -> list[str]:
    """What cross-training gains by the estimate and by the simulator."""
    lines = []
    for number, (calls, aht, own) in enumerate(TRAINED):
        plan = cross_training(calls, aht, own, interval=HOUR, patience=180)
        rate = np.array(calls)
        queues = list(range(len(calls)))
        lost = []
        for skills, agents in (
            ([[queue] for queue in queues], own),
            ([list(group) for group in plan.skills], [int(count) for count in plan.agents]),
            ([queues], [sum(own)]),
        ):
            design = Design("", rate, np.array(aht), np.full(len(calls), 180.0), skills, agents)
            seen = play(design, simulated, SEED + 1000 + number).by_type.abandonment.mean
            lost.append(float(seen @ rate / rate.sum()))
        gain = (lost[0] - lost[1]) / (lost[0] - lost[2])
        lines.append(
            f"{sum(own)} people, {len(calls)} queues: {plan.steps[-1].trained} trained, gain "
            f"{plan.steps[-1].gain:.0%}, simulated {gain:.0%}; lost {plan.separate:.1%} apart, "
            f"{plan.steps[-1].value:.1%} trained (simulated {lost[1]:.1%}), {plan.pooled:.1%} in one pool"
        )
    return lines


def main() -> None:
    """Measure, print, and write the JSON file that was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--calls", type=int, default=CALLS, help=f"simulated for each design ({CALLS})")
    parser.add_argument("--out", type=Path, help="also write the figures to this JSON file")
    options = parser.parse_args()
    if options.calls < REPLICATIONS:
        parser.error(f"--calls must be at least {REPLICATIONS}")
    print("abandonment of small cases, per cent of calls")
    print("\n".join(exact_cases(options.calls)))
    print("\nagents for 80 % in 20 s and 5 % lost, cost 1.05 with two skills")
    print("\n".join(required_cases(options.calls)))
    print("\ncross-training for 80 % of the gain")
    print("\n".join(trained_cases(options.calls)))
    print("\ndesign, agents; queue      abandonment: estimate, simulated, error   service level: the same")
    start = time.perf_counter()
    rows = measure(options.calls)
    found = summary(rows)
    print(f"\n{time.perf_counter() - start:.0f} s; errors in percentage points")
    print(f"{'':66}{'queues':>7}{'bias':>8}{'mean':>8}{'19 of 20':>10}{'largest':>9}")
    for name, part in found.items():
        figures = [part[key] for key in ("bias", "mean size", "19 of 20 below", "largest")]
        print(f"{name:66}{part['queues']:7}" + "".join(f"{figure:+8.2f}" for figure in figures[:1]), end="")
        print(f"{figures[1]:8.2f}{figures[2]:10.2f}{figures[3]:9.2f}")
    if options.out is not None:
        options.out.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
