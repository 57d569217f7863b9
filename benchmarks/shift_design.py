"""Public instances of the minimum shift design problem: `python -m benchmarks.shift_design INSTANCE.dzn`.

Reads the MiniZinc data (people per slot of a cyclic week, ranges of starts and lengths, weights), solves it with the
product's own solver, and checks the answer with the product's independent evaluation before anything is printed. The
objective is minutes over and under, each times its weight, + the weight of a shift for each distinct shift used; the
bounds on duties a week that the data carries too are counted only with `--duties`, as a limit on the mean length.

Prints JSON. `--out` writes the answer as CSV: `shift_start` (HH:MM), `start_slot`, `length_slots`, `length_minutes`,
and `day_1`, `day_2`, ... with the people who begin the shift on that day.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import time
from dataclasses import dataclass, replace
from math import ceil, floor
from pathlib import Path
from typing import Any

from staffing.shifts.design import (
    DesignLimits,
    DesignPrices,
    DesignProblem,
    DesignResult,
    Evaluation,
    MeanLength,
    ShiftType,
    design_shifts,
    evaluate,
)

_ASSIGNMENT = re.compile(r"(\w+)\s*=\s*(\[[^\]]*\]|[^;\[]+);")
_COMMENT = re.compile(r"%.*")


@dataclass(frozen=True)
class Instance:
    """The problem of a data file, and its bounds on the mean duty for those who want them kept."""

    problem: DesignProblem
    mean_length: MeanLength | None

    def with_duties(self) -> DesignProblem:
        """The problem with the bounds on duties a week as a limit."""
        limits = replace(self.problem.limits, mean_length=self.mean_length)
        return replace(self.problem, limits=limits)


def parse(text: str) -> Instance:
    """Read MiniZinc data.

    Raises:
        ValueError: naming what is missing or does not fit.
    """
    data = {name: _value(raw) for name, raw in _ASSIGNMENT.findall(_COMMENT.sub("", text))}
    needed = ["interval", "days", "demand", "minStart", "maxStart", "minLength", "maxLength"]
    needed += ["weightUnderCover", "weightOverCover", "weightShiftInstances"]
    missing = [name for name in needed if name not in data]
    if missing:
        raise ValueError(f"the data lacks {', '.join(missing)}")
    days, demand = int(data["days"]), [int(value) for value in data["demand"]]
    if not demand or len(demand) % days:
        raise ValueError(f"the demand has {len(demand)} slots, which {days} days do not share evenly")
    size = len(demand) // days
    ranges = (data["minStart"], data["maxStart"], data["minLength"], data["maxLength"])
    problem = DesignProblem(
        required=tuple(tuple(demand[day * size : (day + 1) * size]) for day in range(days)),
        slot_minutes=int(data["interval"]),
        types=tuple(ShiftType(*(int(value) for value in kind)) for kind in zip(*ranges, strict=True)),
        prices=DesignPrices(
            int(data["weightUnderCover"]), int(data["weightOverCover"]), int(data["weightShiftInstances"])
        ),
        limits=DesignLimits(),
    )
    return Instance(problem, _mean_length(data))


def _value(raw: str) -> Any:
    if raw.startswith("["):
        return [float(value) for value in raw.strip("[]").split(",") if value.strip()]
    return float(raw)


def _mean_length(data: dict[str, Any]) -> MeanLength | None:
    """From duties a week and minutes a week of one person."""
    if not {"minDuties", "maxDuties", "avgMinutes"} <= data.keys() or not data["minDuties"]:
        return None
    minutes = data["avgMinutes"]
    return MeanLength(ceil(minutes / data["maxDuties"]), floor(minutes / data["minDuties"]))


def write(problem: DesignProblem, result: DesignResult, file: Path) -> None:
    """The answer as CSV, one line a shift."""
    step = problem.slot_minutes
    with file.open("w", encoding="utf-8", newline="") as target:
        out = csv.writer(target)
        out.writerow(
            ["shift_start", "start_slot", "length_slots", "length_minutes"]
            + [f"day_{day + 1}" for day in range(problem.days)]
        )
        for shift in result.shifts:
            minute = shift.start * step
            clock = f"{minute // 60:02d}:{minute % 60:02d}"
            out.writerow([clock, shift.start, shift.length, shift.length * step, *shift.people])


def figures(result: DesignResult, checked: Evaluation, news: list[tuple[float, int, int]]) -> dict[str, Any]:
    """What is printed; everything but bound and times comes from the evaluation."""
    return {
        "objective": checked.objective,
        "bound": result.bound,
        "gap": round(result.gap, 6),
        "status": result.status,
        "seconds": round(result.seconds, 2),
        "over_minutes": checked.over_minutes,
        "under_minutes": checked.under_minutes,
        "shifts": checked.distinct_shifts,
        "duties": checked.duties,
        "first_seconds": round(news[0][0], 2) if news else None,
        "best_seconds": round(next(s for s, found, _ in news if found == result.objective), 2)
        if news
        else None,
        "seed": result.seed,
    }


def main() -> None:
    """Solve one instance."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("instance", type=Path, help="MiniZinc data (.dzn)")
    parser.add_argument("--seconds", type=float, default=60.0, help="of search (default 60)")
    parser.add_argument("--gap", type=float, default=0.0, help="enough when proven within this share (0)")
    parser.add_argument("--seed", type=int, default=1, help="of the search (default 1)")
    parser.add_argument("--duties", action="store_true", help="keep the bounds on duties a week, as a limit")
    parser.add_argument("--out", type=Path, help="write the answer as CSV")
    parser.add_argument("--json", type=Path, help="write the figures as JSON, too")
    asked = parser.parse_args()
    instance = parse(asked.instance.read_text(encoding="utf-8"))
    problem = instance.with_duties() if asked.duties else instance.problem
    news: list[tuple[float, int, int]] = []
    cpu = time.process_time()
    result = design_shifts(
        problem,
        seconds=asked.seconds,
        gap=asked.gap,
        seed=asked.seed,
        progress=lambda *told: news.append(told),
    )
    cpu = time.process_time() - cpu
    checked = evaluate(problem, result.shifts)
    if checked.faults or checked.objective != result.objective:
        sys.exit(f"the answer fails its check: {checked}, the solver says {result.objective}")
    text = json.dumps(
        {"instance": asked.instance.stem} | figures(result, checked, news) | {"cpu_seconds": round(cpu, 2)},
        indent=1,
    )
    print(text)
    if asked.out:
        write(problem, result, asked.out)
    if asked.json:
        asked.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
