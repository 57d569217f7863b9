"""Solve a public shift-scheduling (nurse) instance as a roster problem of the product.

    python -m benchmarks.nurse INSTANCE.txt --seconds 60 --out SOLUTION.csv [--seed 1] [--json FIGURES.json]

The solution's columns are employee, day (counted from 0) and shift. The objective printed is that of
`benchmarks/nurse_score.py`, which knows nothing of the model; the run fails when a rule is broken, or when the
product's own checker sees it otherwise.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import sys
import time
from pathlib import Path

from benchmarks.nurse_instance import read_instance
from benchmarks.nurse_problem import MONDAY, problem_of
from benchmarks.nurse_score import read_solution, score
from staffing.roster import Roster, solve
from staffing.roster.check import check
from staffing.roster.patterns.compile_all import compile_all


def main() -> int:
    """Solve, write, score, print; status 1 when no roster was found or a rule is broken."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("instance", type=Path)
    parser.add_argument(
        "--seconds", type=float, default=60.0, help="reading and building included (default 60)"
    )
    parser.add_argument(
        "--gap", type=float, default=0.0, help="enough when proven within this share (default 0)"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the search (default 1)")
    parser.add_argument("--out", type=Path, required=True, help="the solution, CSV")
    parser.add_argument("--json", type=Path, help="write the figures to a file, too")
    parser.add_argument("--trace", action="store_true", help="print each better roster or bound to stderr")
    asked = parser.parse_args()
    before = time.perf_counter()
    compile_all()  # once after the sources have changed; a user's first search would wait for it
    started = time.perf_counter()
    problem = problem_of(read_instance(asked.instance))
    read = time.perf_counter() - started
    news: list[tuple[float, int, int]] = []

    def told(seconds: float, objective: int, bound: int) -> None:
        news.append((read + seconds, objective, bound))
        if asked.trace:
            print(f"{read + seconds:8.1f} s  objective {objective}  bound {bound}", file=sys.stderr)

    result = solve(problem, seconds=asked.seconds - read, gap=asked.gap, seed=asked.seed, progress=told)
    seconds = time.perf_counter() - started
    write(asked.out, result.roster)
    objective, faults = score(asked.instance.read_text(encoding="utf-8"), read_solution(asked.out))
    report = check(result.roster, problem)
    found = result.status != "infeasible" and not faults
    if found and (report.objective != objective or report.violations):
        faults = [*faults, f"the product's checker finds {report.objective} and {report.violations[:3]}"]
    figures = {
        "instance": asked.instance.stem,
        "status": result.status,
        "objective": objective if found else None,
        "bound": result.bound,
        "gap": round(result.gap, 6),
        "seconds": round(seconds, 2),
        "compile_seconds": round(started - before, 2),
        "first_feasible_seconds": next((round(s, 2) for s, _, _ in news), None),
        "best_seconds": next((round(s, 2) for s, value, _ in news if value == objective), None),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "seed": asked.seed,
        "broken_rules": faults,
    }
    text = json.dumps(figures, indent=1)
    print(text)
    if asked.json:
        asked.json.write_text(text + "\n", encoding="utf-8")
    return 0 if found and not faults else 1


def write(path: Path, roster: Roster) -> None:
    """Write a roster as employee, day, shift."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["employee", "day", "shift"])
        writer.writerows((d.agent_id, (d.business_date - MONDAY).days, d.shift_code) for d in roster.duties)


if __name__ == "__main__":
    sys.exit(main())
