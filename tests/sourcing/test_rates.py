"""Figures over a horizon add up calls, not percentages, by whichever definition the target has."""

from __future__ import annotations

from math import inf, isnan
from typing import Literal

import numpy as np
import pytest

from staffing.queueing import Targets, performance
from staffing.sourcing.rates import Rates, rates

CALLS = np.array([10.0, 40.0, 0.0, 25.0])
AGENTS = np.array([3, 5, 1, 0])


def measured(targets: Targets, *, patience: float = 120.0, waiting_places: float = inf) -> Rates:
    return rates(
        CALLS,
        np.full(4, 240.0),
        AGENTS,
        targets,
        interval_seconds=1800,
        patience_seconds=patience,
        waiting_places=waiting_places,
    )


def test_loss_is_abandoned_and_blocked_and_never_taken_over_offered() -> None:
    """The last interval has 25 calls and nobody there; the third has no calls and counts for nothing."""
    found = measured(Targets(), waiting_places=2)
    alone = performance(CALLS[:2], 240, AGENTS[:2], patience=120, lines=AGENTS[:2] + 2)
    lost = CALLS[:2] @ (alone.abandonment + alone.blocking) + 25
    assert (alone.blocking > 0).all()
    assert found.abandonment() == pytest.approx(lost / 75)
    assert found.handled.sum() == pytest.approx(75 - lost)


def test_service_level_of_offered_calls_is_answered_in_time_over_offered() -> None:
    alone = performance(CALLS[:2], 240, AGENTS[:2], patience=120)
    expected = (CALLS[:2] @ alone.service_level) / 75
    assert measured(Targets()).service_level() == pytest.approx(expected)


@pytest.mark.parametrize("definition", ["answered", "excluding_short"])
def test_other_service_levels_keep_their_own_denominator(
    definition: Literal["answered", "excluding_short"],
) -> None:
    """In time over answered, or over offered less those who gave up within the threshold."""
    alone = performance(CALLS[:2], 240, AGENTS[:2], patience=120)
    in_time = CALLS[:2] @ alone.service_level
    below = {
        "answered": CALLS[:2] @ (1 - alone.abandonment),
        "excluding_short": CALLS[:2] @ (1 - alone.abandonment_within_threshold) + 25,
    }
    found = measured(Targets(service_level=0.8, definition=definition))
    assert found.service_level() == pytest.approx(in_time / below[definition])


def test_asa_is_over_answered_calls() -> None:
    alone = performance(CALLS[:2], 240, AGENTS[:2], patience=120)
    answered = CALLS[:2] * (1 - alone.abandonment)
    assert measured(Targets()).asa_seconds() == pytest.approx(answered @ alone.asa / answered.sum())


def test_intervals_without_calls_miss_nothing_and_unstaffed_ones_everything() -> None:
    assert list(measured(Targets(abandonment=0.9)).missing) == [False, False, False, True]
    assert list(measured(Targets(asa=1000)).missing) == [False, False, False, True]


def test_nobody_there_at_all() -> None:
    found = rates(CALLS, CALLS * 0 + 240, 0, Targets(), interval_seconds=1800, patience_seconds=60)
    assert found.abandonment() == 1
    assert found.service_level() == 0
    assert isnan(found.asa_seconds())
