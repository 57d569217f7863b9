"""Rosters that cannot exist, each explained and let through: `python -m benchmarks.infeasible [--json FILE]`.

For every problem of `benchmarks.infeasible_cases`: the conflicts, the cheapest relaxation in English and Japanese,
and whether the relaxed problem has a roster that the checker passes. Exit status 1 when any has not.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.infeasible_cases import Case, cases
from staffing.notes import Note
from staffing.roster import solve
from staffing.roster.check import check
from staffing.roster.explain import Explanation, apply
from staffing.wording.language import language

SECONDS = 3.0  # of search for a better roster of the relaxed problem


@dataclass(frozen=True)
class Told:
    """One problem: what was said of it in two languages, and what became of it relaxed."""

    name: str
    cause: str
    people: int
    days: int
    status: str
    conflicts: list[list[str]]
    conflicts_ja: list[list[str]]
    obstacles: list[str]
    obstacles_ja: list[str]
    changes: list[str]
    changes_ja: list[str]
    minimal: bool
    cheapest: bool
    lawful: bool
    explained_cpu_seconds: float
    relaxed_status: str
    violations: int
    feasible: bool


def main() -> None:
    """Explain all, print, and say whether every relaxation let a roster through."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", type=Path, help="write what was said as JSON")
    asked = parser.parse_args()
    found = []
    for case in cases():
        told = tell(case)
        found.append(told)
        print("\n".join(lines(told)), flush=True)
    good = sum(told.feasible for told in found)
    print(f"{good} of {len(found)} problems have a roster once the relaxation named is applied")
    if asked.json:
        text = json.dumps([asdict(told) for told in found], indent=1, ensure_ascii=False)
        asked.json.write_text(text + "\n", encoding="utf-8")
    sys.exit(0 if good == len(found) else 1)


def tell(case: Case) -> Told:
    """Solve, explain, apply, solve again and check."""
    started = time.process_time()
    result = solve(case.problem, seconds=SECONDS)
    spent = time.process_time() - started
    told = result.explanation or Explanation()
    relaxed = apply(case.problem, told.relaxation)
    solved = solve(relaxed, seconds=SECONDS)
    report = check(solved.roster, relaxed)
    there = solved.status not in ("infeasible", "unknown")
    changes = [change.wording for change in told.relaxation.changes]
    return Told(
        name=case.name,
        cause=case.cause,
        people=len(case.problem.agents),
        days=len(case.problem.horizon.days),
        status=result.status,
        conflicts=[english(conflict.wording) for conflict in told.conflicts],
        conflicts_ja=[japanese(conflict.wording) for conflict in told.conflicts],
        obstacles=english(told.obstacles),
        obstacles_ja=japanese(told.obstacles),
        changes=english(changes),
        changes_ja=japanese(changes),
        minimal=all(conflict.minimal for conflict in told.conflicts),
        cheapest=told.relaxation.cheapest,
        lawful=told.relaxation.lawful,
        explained_cpu_seconds=round(spent, 2),
        relaxed_status=solved.status,
        violations=sum(violation.severity == "hard" for violation in report.violations),
        feasible=result.status == "infeasible" and there and report.passed,
    )


def english(notes: tuple[Note, ...] | list[Note]) -> list[str]:
    """Notes as they stand in the code."""
    return [str(note) for note in notes]


def japanese(notes: tuple[Note, ...] | list[Note]) -> list[str]:
    """Notes in Japanese."""
    lang = language("ja")
    return [lang.note({"text": note.text, "values": dict(note.values)}) for note in notes]


def lines(told: Told) -> Iterator[str]:
    """One problem as text."""
    yield f"== {told.name} ({told.people} people, {told.days} days): {told.cause}"
    for number, (conflict, ja) in enumerate(zip(told.conflicts, told.conflicts_ja, strict=True), 1):
        yield f"conflict {number}"
        for sentence, translated in zip(conflict, ja, strict=True):
            yield f"  {sentence}"
            yield f"    {translated}"
    for title, texts, ja in (
        ("in the way", told.obstacles, told.obstacles_ja),
        ("relaxation", told.changes, told.changes_ja),
    ):
        yield title
        for sentence, translated in zip(texts, ja, strict=True):
            yield f"  {sentence}"
            yield f"    {translated}"
    verdict = "feasible" if told.feasible else "NOT FEASIBLE"
    yield (
        f"applied: {verdict} ({told.relaxed_status}, {told.violations} violations);"
        f" explained in {told.explained_cpu_seconds} s of CPU"
    )
    yield ""


if __name__ == "__main__":
    main()
