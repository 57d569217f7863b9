"""The public nurse format: read, turned into a program with chains, and scored by code of its own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.nurse_instance import Cover, Request, read_instance
from benchmarks.nurse_problem import MONDAY
from benchmarks.nurse_score import score
from staffing.roster import solve
from staffing.roster.check import check
from staffing.roster.engines import search
from staffing.roster.handout import complete
from tests.roster.data.nurse_model import modelled
from tests.roster.data.solve_desk import AMPLE

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


def test_scorer_solver_and_checker_agree_on_the_optimum() -> None:
    """The product's roster costs what scorer and checker say, breaks nothing, and CP-SAT finds none better."""
    nurse = modelled(read_instance(TINY))
    best = search(nurse.model.program, seconds=AMPLE, workers=8, seed=1)
    assert best.x is not None
    assert nurse.model.program.value(best.x) == best.bound
    result = solve(nurse.problem, seconds=AMPLE, work=8, gap=0.0)
    rows = [(d.agent_id, (d.business_date - MONDAY).days, d.shift_code) for d in result.roster.duties]
    cost, faults = score(TINY.read_text(encoding="utf-8"), rows)
    report = check(result.roster, nurse.problem)
    assert not faults
    assert report.violations == ()
    assert cost == result.objective == report.objective
    assert result.bound <= best.bound <= result.objective


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


def test_rows_of_the_model_say_what_the_scorer_says() -> None:
    """Random rosters: admitted by the rows exactly when the scorer finds no fault, at the same cost."""
    nurse = modelled(read_instance(TINY))
    text = TINY.read_text(encoding="utf-8")
    draw = np.random.default_rng(5)
    result = solve(nurse.problem, seconds=AMPLE, work=4, gap=0.0)
    best = {(d.agent_id, (d.business_date - MONDAY).days): d.shift_code for d in result.roster.duties}
    judged = 0
    for _ in range(200):
        works = dict(best)
        for _ in range(int(draw.integers(0, 3))):
            where = (("ana", "bo", "cy")[int(draw.integers(3))], int(draw.integers(9)))
            works.pop(where, None)
            if draw.random() < 0.5:
                works[where] = "EL"[int(draw.integers(2))]
        rows = [(name, day, shift) for (name, day), shift in works.items()]
        cost, faults = score(text, rows)
        x = nurse.work(rows)
        if x is None:
            assert faults
            continue
        x = complete(nurse.model, x)
        assert nurse.model.program.admits(x) == (not faults), faults
        assert nurse.model.money.amount(nurse.model.program.value(x)) == cost
        judged += not faults
    assert judged > 20
