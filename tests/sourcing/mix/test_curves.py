"""Curves of agents are those of the queueing formulas, and their pieces never understate them."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffing.queueing import Targets, required_agents
from staffing.sourcing.mix.curves import constant, following
from staffing.sourcing.mix.segments import above, corners
from staffing.sourcing.rates import rates

SLOTS = ((0.25, 0.6), (0.5, 1.1), (0.25, 1.2))  # shares of hours x calls: 0.15 + 0.55 + 0.30 = 1
AIMS = ((Targets(service_level=0.8), inf), (Targets(abandonment=0.05), 90.0))
CURVES = [
    (following(aim, 300, wait, SLOTS, 12.0), constant(aim, 300, wait, SLOTS, 12.0)) for aim, wait in AIMS
]


@given(load=st.floats(0.01, 11.9), which=st.integers(0, 1))
def test_agents_that_follow_the_demand_are_the_required_ones_slot_by_slot(load: float, which: int) -> None:
    (mean, peak), _ = CURVES[which]
    aim, wait = AIMS[which]
    factors = np.array([factor for _, factor in SLOTS])
    agents = required_agents(
        load * factors * 12, 300, aim, interval=3600, patience=wait
    )  # 12 calls an hour: 1 Erlang
    assert mean.at(load) >= np.dot([0.25, 0.5, 0.25], agents) - 1e-12
    assert peak.at(load) >= agents.max()
    just_above = required_agents(load * 1.00001 * factors * 12, 300, aim, interval=3600, patience=wait)
    assert mean.at(load) <= np.dot([0.25, 0.5, 0.25], just_above) + 1e-12


@given(load=st.floats(0.05, 11.9), which=st.integers(0, 1))
def test_constant_seats_reach_the_target_over_the_class_and_one_less_does_not(
    load: float, which: int
) -> None:
    _, seats = CURVES[which]
    aim, wait = AIMS[which]

    def reaches(count: float) -> bool:
        calls = load * 12 * np.array([factor for _, factor in SLOTS])
        found = rates(calls, np.full(3, 300.0), count, aim, interval_seconds=3600, patience_seconds=wait)
        weights = calls * np.array([share for share, _ in SLOTS])
        lost = float(found.lost @ weights / weights.sum())
        level = float(found.level @ weights / weights.sum())
        return lost <= (aim.abandonment or 1) + 1e-9 and level >= (aim.service_level or 0) - 1e-9

    count = seats.at(load)
    assert reaches(count)
    close = bool((np.abs(seats.loads - load) < 2e-5 * load).any())  # a step is taken a millionth early
    assert close or count == 1 or not reaches(count - 1)


@pytest.mark.parametrize("pieces", [1, 2, 3, 6])
@pytest.mark.parametrize("which", [0, 1])
def test_pieces_lie_on_or_over_the_curve(pieces: int, which: int) -> None:
    (mean, peak), seats = CURVES[which]
    found = above((mean, peak), pieces)
    assert len(found.segments) <= pieces
    for segment in found.segments:
        for load in np.linspace(segment.low, segment.high, 301)[1:]:
            for curve, (a, b) in zip((mean, peak), segment.lines, strict=True):
                assert a + b * load >= curve.at(load) - 1e-9
    for segment in corners(seats, pieces).segments:
        (a, b) = segment.lines[0]
        for load in np.linspace(segment.low, segment.high, 301)[1:]:
            assert np.ceil(a + b * load - 1e-9) >= seats.at(load)


def test_more_pieces_are_closer_and_enough_of_them_are_exact() -> None:
    (mean, peak), seats = CURVES[0]
    errors = [above((mean, peak), pieces).error for pieces in (1, 6, 12)]
    assert errors[0] >= errors[1] >= errors[-1] > 0
    assert errors[-1] < 0.7 * errors[0]
    assert above((mean, peak), len(mean.loads)).error == pytest.approx(0, abs=1e-12)
    assert corners(seats, len(seats.loads)).error == pytest.approx(0, abs=1e-12)
