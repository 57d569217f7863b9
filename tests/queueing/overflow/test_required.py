"""The numbers that targets need: the smallest that meets them, by trying every one."""

from __future__ import annotations

from math import inf
from typing import Any

import numpy as np
import pytest

from staffing.queueing import (
    OverflowPerformance,
    Targets,
    overflow_performance,
    required_own_agents,
    required_vendor_agents,
)

DESK = {"patience": 120, "interval": 1800, "handling_factor": 1.2}
SOME = Targets(service_level=0.85, threshold=30, abandonment=0.04)
CALLS = np.array([6.0, 30, 55, 120, 200])


def met(found: OverflowPerformance, targets: Targets) -> np.ndarray:
    good = np.isfinite(found.mean_wait)
    if targets.service_level is not None:
        good &= found.service_level >= targets.service_level - 1e-9
    if targets.abandonment is not None:
        good &= found.abandonment + found.blocking <= targets.abandonment + 1e-9
    if targets.asa is not None:
        good &= found.asa <= targets.asa + 1e-9
    if targets.occupancy is not None:
        good &= (found.occupancy <= targets.occupancy + 1e-9) | (found.answered == 0)
    return good


@pytest.mark.parametrize(
    ("targets", "rule"),
    [
        (SOME, {"after": 0}),
        (SOME, {"after": 20}),
        (Targets(asa=8), {"after": 15}),
        (Targets(abandonment=0.02), {"after": 0, "places": 0}),
        (Targets(abandonment=0.05), {"after": inf, "places": 4}),
        (Targets(service_level=0.8, occupancy=0.85), {"after": 5}),
    ],
)
def test_the_smallest_vendor_and_the_smallest_own_group(targets: Targets, rule: dict[str, Any]) -> None:
    every = np.arange(0, 60)
    for agents in (0, 3, 9):
        tried = met(
            overflow_performance(
                CALLS[:, None], 200, agents, every, threshold=targets.threshold, **rule, **DESK
            ),
            targets,
        )
        first = np.where(tried.any(axis=1), tried.argmax(axis=1), inf)
        found = required_vendor_agents(CALLS, 200, agents, targets, **rule, **DESK)
        assert found.tolist() == first.tolist()
    for vendor in (0, 2, 8):
        tried = met(
            overflow_performance(
                CALLS[:, None], 200, every, vendor, threshold=targets.threshold, **rule, **DESK
            ),
            targets,
        )
        assert tried.any(axis=1).all()
        own = required_own_agents(CALLS, 200, vendor, targets, **rule, **DESK)
        assert own.tolist() == tried.argmax(axis=1).tolist()


def test_no_vendor_is_large_enough_when_too_many_give_up_before_they_may_overflow() -> None:
    """Three own agents and 10 Erlangs: who waits 60 of a mean 60 seconds of patience is gone in 63 of 100 cases."""
    found = required_vendor_agents(90, 200, 3, Targets(abandonment=0.05), after=60, patience=60)
    assert found == inf
    any_number = overflow_performance(90, 200, 3, inf, after=60, patience=60)
    assert any_number.abandonment > 0.05


def test_without_calls_nobody_is_needed() -> None:
    assert required_own_agents([0, 90], 200, 0, SOME, patience=100)[0] == 0
    assert required_vendor_agents([0, 90], 200, 0, SOME, patience=100)[0] == 0


def test_callers_who_never_give_up_need_enough_agents_for_the_queue_to_end() -> None:
    """10 Erlangs and 6 own agents: with 4 more the queue grows for ever, with 5 it does not."""
    found = required_vendor_agents(90, 200, 6, Targets(abandonment=0.5))
    assert found == 5
    growing = overflow_performance(90, 200, 6, 4)
    assert (growing.mean_wait, growing.service_level, growing.occupancy) == (inf, 0, 1)
    assert growing.vendor_occupancy == pytest.approx(1)


def test_shape_is_that_of_the_arguments() -> None:
    found = required_vendor_agents([[30], [60]], 200, [3, 5, 7], SOME, patience=100)
    assert found.shape == (2, 3)
    assert (np.diff(found, axis=1) <= 0).all()
    assert (np.diff(found, axis=0) >= 0).all()


def test_a_virtual_service_level_is_refused() -> None:
    with pytest.raises(ValueError, match="definition must be offered, answered or excluding_short"):
        required_own_agents(30, 200, 2, Targets(service_level=0.8, definition="virtual"))
