"""The public nurse format: read, turned into a program with chains, and scored by code of its own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.nurse_instance import Cover, Request, read_instance
from benchmarks.nurse_program import nurse_program
from benchmarks.nurse_score import score
from staffing.roster.clock import Clock
from staffing.roster.engines import search
from staffing.roster.patterns import PatternSearch

TINY = Path(__file__).parent / "data" / "nurse_tiny.txt"


def test_reader_takes_every_section() -> None:
    instance = read_instance(TINY)
    assert instance.days == 9
    assert [(s.name, s.minutes, set(s.not_followed_by)) for s in instance.shifts] == [
        ("E", 480, set()),
        ("L", 600, {"E"}),
    ]
    ana, _, cy = instance.employees
    assert (ana.max_shifts, ana.max_minutes, ana.min_minutes) == ({"E": 9, "L": 2}, 3000, 1440)
    assert (ana.max_work_days, ana.min_work_days, ana.min_days_off, ana.max_weekends) == (4, 2, 2, 1)
    assert (ana.days_off, cy.days_off) == (frozenset({4}), frozenset())
    assert instance.on_requests[0] == Request("ana", 2, "E", 3)
    assert instance.off_requests == (Request("bo", 3, "L", 4),)
    assert instance.cover[2] == Cover(2, "E", 1, 50, 2)


def test_reader_names_the_file_that_is_no_instance(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("SECTION_HORIZON\nmany\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"other\.txt"):
        read_instance(other)


def test_scorer_and_program_agree_on_the_optimum() -> None:
    """The solver's x, written as a roster, costs what the scorer says, breaks nothing, and is proven best."""
    nurse = nurse_program(read_instance(TINY))
    best = search(nurse.program, seconds=20, workers=8, seed=1)
    assert best.x is not None
    cost, faults = score(TINY.read_text(encoding="utf-8"), nurse.worked(best.x))
    assert not faults
    assert cost == nurse.program.value(best.x) + nurse.offset == best.bound + nurse.offset
    x, bound = PatternSearch(
        nurse.program, nurse.owners, nurse.days, nurse.chains, Clock(60, None), seed=1, steps=8
    ).run()
    assert x is not None
    assert bound is not None
    assert nurse.program.admits(x)
    assert bound <= best.bound <= nurse.program.value(x)


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([("ana", 4, "E")], "works on day off 4"),
        ([("ana", 0, "L"), ("ana", 1, "L"), ("ana", 2, "L")], "3 x L, at most 2"),
        ([("bo", 2, "L"), ("bo", 3, "E")], "L then E"),
        ([("cy", 3, "L")], "1 work days, from 2"),
        ([("bo", d, "E") for d in (2, 3, 4, 5)], "4 work days"),
        ([("bo", 2, "L"), ("bo", 4, "L")], "1 days off, at least 2"),
        ([("ana", 0, "E")], "480 minutes, from 1440"),
        ([("bo", 9, "E")], "no such person, day or shift"),
        ([("bo", 5, "E"), ("bo", 5, "L")], "two shifts"),
    ],
)
def test_scorer_names_what_is_broken(rows: list[tuple[str, int, str]], fault: str) -> None:
    _, faults = score(TINY.read_text(encoding="utf-8"), rows)
    assert any(fault in found for found in faults)


def test_rows_of_the_program_say_what_the_scorer_says() -> None:
    """Random rosters: admitted by the rows exactly when the scorer finds no fault."""
    nurse = nurse_program(read_instance(TINY))
    text = TINY.read_text(encoding="utf-8")
    draw = np.random.default_rng(5)
    best = search(nurse.program, seconds=20, workers=8, seed=1).x
    assert best is not None
    slack = np.flatnonzero(nurse.owners < 0)
    for _ in range(200):
        works = best[nurse.table] * (nurse.table >= 0)
        for _ in range(int(draw.integers(0, 3))):
            e, d = int(draw.integers(3)), int(draw.integers(9))
            works[e, d] = 0
            if draw.random() < 0.5:
                s = int(draw.integers(2))
                works[e, d, s] = nurse.table[e, d, s] >= 0
        x = np.zeros(nurse.program.columns, dtype=np.int64)
        x[nurse.table[works > 0]] = 1
        for chain in nurse.chains:
            assert chain.weekends is not None
            for saturday, column in zip(chain.weekends.saturdays, chain.weekends.columns, strict=True):
                own = chain.columns[np.isin(chain.days, [saturday, saturday + 1])]
                x[column] = int(x[own].any())
        cover = nurse.program.matrix[-len(slack) // 2 :] @ x
        required = nurse.program.low[-len(slack) // 2 :]
        x[slack] = np.concatenate([np.maximum(required - cover, 0), np.maximum(cover - required, 0)])
        cost, faults = score(text, nurse.worked(x))
        assert nurse.program.admits(x) == (not faults), faults
        assert cost == nurse.program.value(x) + nurse.offset
