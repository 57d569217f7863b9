"""Solve a public shift-scheduling (nurse) instance.

    python -m benchmarks.nurse INSTANCE.txt --seconds 60 --out SOLUTION.csv [--seed 1] [--json FIGURES.json]

The solution's columns are employee, day (counted from 0) and shift. The objective printed is that of
`benchmarks/nurse_score.py`, which knows nothing of the model; the run fails when a rule is broken.
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
from benchmarks.nurse_program import nurse_program
from benchmarks.nurse_score import read_solution, score
from staffing.roster.clock import Clock
from staffing.roster.patterns import PatternSearch


def main() -> int:
    """Solve, write, score, print; status 1 when no roster was found or a rule is broken."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("instance", type=Path)
    parser.add_argument(
        "--seconds", type=float, default=60.0, help="reading and building included (default 60)"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the search (default 1)")
    parser.add_argument("--threads", type=int, default=2, help="of the search (default 2)")
    parser.add_argument("--out", type=Path, required=True, help="the solution, CSV")
    parser.add_argument("--json", type=Path, help="write the figures to a file, too")
    parser.add_argument("--trace", action="store_true", help="print each better roster or bound to stderr")
    asked = parser.parse_args()
    started = time.perf_counter()
    nurse = nurse_program(read_instance(asked.instance))
    news: list[tuple[float, int | None, int | None]] = []
    built = time.perf_counter() - started

    def told(seconds: float, objective: int | None, bound: int | None) -> None:
        news.append((built + seconds, objective, bound))
        if asked.trace:
            figures = [None if figure is None else figure + nurse.offset for figure in (objective, bound)]
            print(f"{built + seconds:8.1f} s  objective {figures[0]}  bound {figures[1]}", file=sys.stderr)

    search = PatternSearch(
        nurse.program,
        nurse.owners,
        nurse.days,
        nurse.chains,
        Clock(max(0.0, asked.seconds - built), None),
        asked.seed,
        told,
        threads=asked.threads,
    )
    x, bound = search.run()
    seconds = time.perf_counter() - started
    with asked.out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["employee", "day", "shift"])
        writer.writerows([] if x is None else nurse.worked(x))
    objective, faults = score(asked.instance.read_text(encoding="utf-8"), read_solution(asked.out))
    lower = None if bound is None else bound + nurse.offset
    found = x is not None and not faults
    status = "none" if not found else "optimal" if objective == lower else "feasible"
    figures = {
        "instance": asked.instance.stem,
        "status": status,
        "objective": objective if found else None,
        "bound": lower,
        "gap": None if not found or lower is None or not objective else (objective - lower) / objective,
        "seconds": round(seconds, 2),
        "first_feasible_seconds": next((round(s, 2) for s, value, _ in news if value is not None), None),
        "best_seconds": next(
            (round(s, 2) for s, v, _ in news if v is not None and v + nurse.offset == objective), None
        ),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "seed": asked.seed,
        "broken_rules": faults,
    }
    text = json.dumps(figures, indent=1)
    print(text)
    if asked.json:
        asked.json.write_text(text + "\n", encoding="utf-8")
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
