"""The evaluation, by figures worked out by hand."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from staffing.shifts import design
from staffing.shifts.design import (
    CLOSED,
    DesignLimits,
    DesignPrices,
    DesignProblem,
    MeanLength,
    PlacedBreak,
    ShiftType,
    UsedShift,
    design_shifts,
    evaluate,
)

WEEK = tuple((1,) * 4 + (0,) * 19 + (1,) for _ in range(7))  # hours 23 to 4 of a week, one person
NIGHT = DesignProblem(WEEK, 60, (ShiftType(22, 23, 4, 6),), DesignPrices(7, 2, 60))


def test_a_night_shift_of_sunday_ends_on_monday_morning() -> None:
    """The week is a ring: five hours from 23:00 on seven days cover everything, Monday's first hours too."""
    night = UsedShift(23, 5, (1,) * 7)
    checked = evaluate(NIGHT, [night])
    assert checked.faults == ()
    assert (checked.objective, checked.under_minutes, checked.over_minutes) == (60, 0, 0)
    result = design_shifts(NIGHT, seconds=600)
    assert (result.shifts, result.objective, result.bound) == ((night,), 60, 60)


def test_a_week_that_is_no_ring_lacks_its_first_hours_and_has_people_after_its_end() -> None:
    line = replace(NIGHT, cyclic=False)
    checked = evaluate(line, [UsedShift(23, 5, (1,) * 7)])
    assert (checked.under_minutes, checked.over_minutes) == (4 * 60, 4 * 60)
    assert checked.objective == 60 + 4 * 60 * (7 + 2)


def test_breaks_are_taken_from_the_cover() -> None:
    kind = ShiftType(0, 1, 4, 4, break_slots=1, break_first=1, break_last=2)
    problem = DesignProblem(((1, 1, 2, 1, 0),), 30, (kind,), DesignPrices(1, 1, 10), cyclic=False)
    shift = UsedShift(0, 4, (2,), (PlacedBreak(0, 1, 1), PlacedBreak(0, 2, 1)))
    checked = evaluate(problem, [shift])  # at work: 2, 1, 1, 2
    assert checked.faults == ()
    assert (checked.over_minutes, checked.under_minutes, checked.worked_minutes) == (60, 30, 180)
    assert checked.objective == 100


BREAK = ShiftType(0, 0, 4, 4, break_slots=1, break_first=1, break_last=1)
PLAIN = DesignProblem(((1, 1, 1, CLOSED),), 30, (ShiftType(0, 2, 2, 3),), DesignPrices(1, 1, 1))


@pytest.mark.parametrize(
    ("problem", "shift", "says"),
    [
        (PLAIN, UsedShift(0, 1, (1,)), "no shift type allows it"),
        (PLAIN, UsedShift(1, 3, (1,)), "present while closed"),
        (PLAIN, UsedShift(0, 2, (1, 1)), "given for 1 days"),
        (PLAIN, UsedShift(0, 2, (-1,)), "0 or more"),
        (replace(PLAIN, limits=DesignLimits(people_at_once=1)), UsedShift(0, 2, (2,)), "at most 1 allowed"),
        (replace(PLAIN, limits=DesignLimits(distinct_shifts=0)), UsedShift(0, 2, (1,)), "1 distinct shifts"),
        (
            replace(PLAIN, limits=DesignLimits(mean_length=MeanLength(61, 90))),
            UsedShift(0, 2, (1,)),
            "on average 61 to 90",
        ),
        (
            replace(PLAIN, required=((1,) * 4,), types=(BREAK,)),
            UsedShift(0, 4, (1,)),
            "0 breaks for 1 people",
        ),
        (
            replace(PLAIN, required=((1,) * 4,), types=(BREAK,)),
            UsedShift(0, 4, (1,), (PlacedBreak(0, 2, 1),)),
            "begins outside 1 to 1",
        ),
    ],
)
def test_what_breaks_a_rule_is_named(problem: DesignProblem, shift: UsedShift, says: str) -> None:
    faults = evaluate(problem, [shift]).faults
    assert faults
    assert all(says in fault for fault in faults)


def test_the_evaluation_imports_nothing_of_the_model() -> None:
    source = Path(design.__file__).with_name("evaluate.py").read_text(encoding="utf-8")
    imported = {node.module for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)}
    own = {module for module in imported if module and module.startswith("staffing")}
    assert own == {"staffing.shifts.design.problem", "staffing.shifts.design.result"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"required": ()},
        {"required": ((1, 2), (1,))},
        {"required": ((-2,) * 4,)},
        {"slot_minutes": 0},
        {"weights": (1, 1)},
        {"weights": (0,)},
        {"types": (ShiftType(4, 4, 1, 1),)},
        {"types": (ShiftType(0, 0, 1, 5),)},
        {"prices": DesignPrices(1, 0, 1), "limits": DesignLimits(mean_length=MeanLength(1, 2))},
    ],
)
def test_a_problem_that_contradicts_itself_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"must|at least|needs"):
        replace(PLAIN, **wrong)


@pytest.mark.parametrize("wrong", [(2, 1, 1, 1), (0, 0, 0, 1), (0, 0, 3, 3, 1, 0, 1), (0, 0, 3, 3, 1, 1, 2)])
def test_a_shift_type_that_contradicts_itself_is_refused(wrong: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="shift type"):
        ShiftType(*wrong)
