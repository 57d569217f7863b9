"""Ten desks played call by call: every figure within its 99 % interval, and the intervals narrow."""

from __future__ import annotations

import pytest

from benchmarks.overflow import CASES, WIDEST, Case, compare


def test_there_are_ten_cases_of_every_kind() -> None:
    assert len(CASES) == 10
    assert {case.aht for case in CASES} >= {120, 240, 600}
    assert {case.after for case in CASES} > {0, 20, 60}
    assert sum(case.places < 10 for case in CASES) == 2


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_figure_lies_within_its_interval(case: Case) -> None:
    compared = list(compare(case))
    assert [name for name, _, _ in compared] == ["overflow", "abandonment", "service_level"]
    outside = [
        (name, exact, float(found.mean), float(found.half_width))
        for name, exact, found in compared
        if not found.covers(exact) or found.half_width > WIDEST
    ]
    assert outside == []
