"""Twenty queues that have exact formulas: every figure within its 99 % interval."""

from __future__ import annotations

import pytest

from benchmarks.simulation_cases import Case, cases, compare


def test_there_are_twenty_cases_of_every_kind() -> None:
    found = cases()
    assert len(found) == 20
    assert sum(case.redial > 0 for case in found) == 2
    assert {case.replications > 1 for case in found} == {True, False}


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_every_figure_lies_within_its_interval(case: Case) -> None:
    compared = list(compare(case))
    assert len(compared) >= 2
    outside = [
        (name, exact, float(found.mean), float(found.half_width))
        for name, exact, found in compared
        if not found.covers(exact)
    ]
    assert outside == []
