"""Score a roster of a public nurse instance, straight from the instance's text and the solution's CSV.

    python -m benchmarks.nurse_score INSTANCE.txt SOLUTION.csv

Nothing here is shared with the model or its reader, so that one mistake cannot pass both.
"""

from __future__ import annotations

import argparse
import csv
import sys
from itertools import groupby
from pathlib import Path


def score(instance: str, rows: list[tuple[str, int, str]]) -> tuple[int, list[str]]:
    """The objective of a roster and every rule it breaks, in words.

    Args:
        instance: the text of the instance.
        rows: (employee, day counted from 0, shift), one a shift worked.
    """
    part: dict[str, list[list[str]]] = {}
    for line in (raw.strip() for raw in instance.splitlines()):
        if line.startswith("SECTION_"):
            part[line[8:]] = []
        elif line and line[0] != "#":
            part[list(part)[-1]].append(line.split(","))
    days = int(part["HORIZON"][0][0])
    minutes = {line[0]: int(line[1]) for line in part["SHIFTS"]}
    barred = {line[0]: set(line[2].split("|")) if len(line) > 2 else set() for line in part["SHIFTS"]}
    staff = {line[0]: line[1:] for line in part["STAFF"]}
    off = {line[0]: {int(day) for day in line[1:]} for line in part["DAYS_OFF"]}
    faults = []
    plan: dict[str, dict[int, str]] = {name: {} for name in staff}
    for name, day, shift in rows:
        if name not in staff or shift not in minutes or not 0 <= day < days:
            faults.append(f"{name}, day {day}, {shift}: no such person, day or shift")
        elif day in plan[name]:
            faults.append(f"{name}, day {day}: two shifts")
        else:
            plan[name][day] = shift
    for name, worked in plan.items():
        faults += [
            f"{name}: {fault}"
            for fault in _faults(worked, days, minutes, barred, staff[name], off.get(name, set()))
        ]
    cost = sum(
        int(w) for name, day, shift, w in part["SHIFT_ON_REQUESTS"] if plan[name].get(int(day)) != shift
    )
    cost += sum(
        int(w) for name, day, shift, w in part["SHIFT_OFF_REQUESTS"] if plan[name].get(int(day)) == shift
    )
    for day, shift, required, under, over in part["COVER"]:
        present = sum(worked.get(int(day)) == shift for worked in plan.values())
        cost += max(0, int(required) - present) * int(under) + max(0, present - int(required)) * int(over)
    return cost, faults


def _faults(
    worked: dict[int, str],
    days: int,
    minutes: dict[str, int],
    barred: dict[str, set[str]],
    limits: list[str],
    off: set[int],
) -> list[str]:
    caps, most, least, longest, shortest, rest, weekends = limits
    found = [f"works on day off {day}" for day in sorted(off & worked.keys())]
    for cap in caps.split("|"):
        shift, number = cap.split("=")
        if (had := list(worked.values()).count(shift)) > int(number):
            found.append(f"{had} x {shift}, at most {number}")
    total = sum(minutes[shift] for shift in worked.values())
    if not int(least) <= total <= int(most):
        found.append(f"{total} minutes, from {least} to {most}")
    for day, shift in worked.items():
        if worked.get(day + 1) in barred[shift]:
            found.append(f"day {day}: {shift} then {worked[day + 1]}")
    start = 0
    for busy, group in groupby(day in worked for day in range(days)):
        length = len(list(group))
        edge = start == 0 or start + length == days
        if busy and (length > int(longest) or (length < int(shortest) and not edge)):
            found.append(f"day {start}: {length} work days, from {shortest} to {longest}")
        if not busy and length < int(rest) and not edge:
            found.append(f"day {start}: {length} days off, at least {rest}")
        start += length
    had = sum(bool({saturday, saturday + 1} & worked.keys()) for saturday in range(5, days, 7))
    if had > int(weekends):
        found.append(f"{had} weekends, at most {weekends}")
    return found


def read_solution(path: Path) -> list[tuple[str, int, str]]:
    """The rows of a solution's CSV."""
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["employee"], int(row["day"]), row["shift"]) for row in csv.DictReader(file)]


def main() -> int:
    """Print the objective and every broken rule; status 1 when there is one."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("instance", type=Path)
    parser.add_argument("solution", type=Path)
    asked = parser.parse_args()
    cost, faults = score(asked.instance.read_text(encoding="utf-8"), read_solution(asked.solution))
    print(f"objective {cost}, broken rules {len(faults)}")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
