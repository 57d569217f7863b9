"""The mix of a desk and six vendors over sixty months: `python -m benchmarks.mix`.

Solves a generated instance, has the plan judged by the independent checker, and prints JSON: size, cost, bound, gap,
seconds, the contracts used, the overstatement of agents by the straight pieces.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

from benchmarks.mix_instance import EASY, HARD, Prices, instance
from benchmarks.mix_picture import draw
from staffing.sourcing.mix import check, runners_up, solve


def measure(
    months: int,
    types: int,
    vendors: int,
    calls: float,
    seed: int,
    seconds: float,
    runners: int,
    prices: Prices = EASY,
    svg: Path | None = None,
) -> dict[str, Any]:
    """Solve one instance; the figures that are printed."""
    problem = instance(months, types, vendors, calls, seed, prices)
    began, cpu = time.monotonic(), time.process_time()
    result = solve(problem, seconds=seconds)
    spent, used = time.monotonic() - began, time.process_time() - cpu
    verdict = check(problem, result.plan)
    if svg:
        draw(result, svg)
    figures: dict[str, Any] = {
        "months": months,
        "types": types,
        "classes": len(problem.classes),
        "vendors": vendors,
        "seed": seed,
        "prices": "hard" if prices is HARD else "easy",
        "objective": round(result.objective),
        "checked_cost": round(verdict.cost),
        "faults": [str(fault) for fault in verdict.faults],
        "bound": round(result.bound),
        "gap": round(result.gap, 5),
        "status": result.status,
        "sizing_error": round(result.sizing_error, 4),
        "contracts": list(result.plan.contracts),
        "seconds": round(spent, 2),
        "cpu_seconds": round(used, 2),
    }
    if runners:
        found = runners_up(result, within=0.1, most=runners, seconds=seconds)
        figures["runners_up"] = [
            {
                "contracts": list(runner.result.plan.contracts),
                "extra": round(runner.extra),
                "tips": [[tip.source, tip.price, tip.now, round(tip.then, 2)] for tip in runner.tips[:3]],
            }
            for runner in found
        ]
    return figures


def main() -> None:
    """Solve one instance."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--months", type=int, default=60)
    parser.add_argument("--types", type=int, default=4, help="contact types (1-4)")
    parser.add_argument("--vendors", type=int, default=6, help="vendors (1-6)")
    parser.add_argument("--calls", type=float, default=12_000, help="a month in the first year (12000)")
    parser.add_argument("--seed", type=int, default=1, help="of prices, seasons and growth (1)")
    parser.add_argument("--hard", action="store_true", help="own people and booths cost nearly the same")
    parser.add_argument("--seconds", type=float, default=30.0, help="of search (30)")
    parser.add_argument("--runners", type=int, default=0, help="runners-up to look for (0)")
    parser.add_argument("--svg", type=Path, help="draw the calls of each source")
    parser.add_argument("--json", type=Path, help="write the figures as JSON, too")
    asked = parser.parse_args()
    figures = measure(
        asked.months,
        asked.types,
        asked.vendors,
        asked.calls,
        asked.seed,
        asked.seconds,
        asked.runners,
        HARD if asked.hard else EASY,
        asked.svg,
    )
    text = json.dumps(figures, indent=1)
    print(text)
    if asked.json:
        asked.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
