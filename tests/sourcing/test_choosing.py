"""One choice for each interval: the steps of a plain greedy rule, and no way hangs on what was never held."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from staffing.queueing import overflow_performance
from staffing.sourcing.quotes.choosing import SLACK, Choices
from staffing.sourcing.quotes.known_rows import KnownRows, Rule
from staffing.sourcing.rates import Floats


def plain(cost: Floats, excess: Floats) -> list[int]:
    """The rule of `Choices.best` for one target, every step worked out from the beginning."""
    chosen = cost.argmin(axis=1).tolist()
    limit, rows = max(float(np.abs(excess).max()), 1e-12), range(len(cost))

    def found() -> float:
        return sum(float(excess[row, chosen[row]]) for row in rows)

    def steps() -> list[tuple[float, int, int]]:
        return [
            (
                min(excess[row, chosen[row]] - excess[row, choice], found())
                / limit
                / max(cost[row, choice] - cost[row, chosen[row]], 1e-9),
                -row,
                -choice,
            )
            for row, choice in product(rows, range(cost.shape[1]))
            if np.isfinite(cost[row, choice])
            and excess[row, chosen[row]] - excess[row, choice] > 1e-12 * limit
        ]

    while found() > SLACK * limit and (left := steps()):
        _, row, choice = max(left)
        chosen[-row] = -choice
    while found() <= SLACK * limit:
        savings = [
            (cost[row, chosen[row]] - cost[row, choice], -row, -choice)
            for row, choice in product(rows, range(cost.shape[1]))
            if found() + excess[row, choice] - excess[row, chosen[row]] <= SLACK * limit
        ]
        saving, row, choice = max(savings)
        if saving <= 1e-9:
            break
        chosen[-row] = -choice
    return chosen


@pytest.mark.parametrize("seed", range(12))
def test_the_steps_are_those_of_the_plain_rule(seed: int) -> None:
    """Each further agent costs the same and helps less; the prices and sizes of intervals are drawn."""
    rng = np.random.default_rng(seed)
    agents = np.arange(6.0)
    cost = rng.uniform(1, 5, (15, 1)) * agents
    excess = rng.uniform(1, 9, (15, 1)) * (np.exp(-agents * rng.uniform(0.3, 1.5, (15, 1))) - 0.2)
    found = Choices(cost, excess[np.newaxis]).best()
    assert found.of.tolist() == plain(cost, excess)
    assert excess[np.arange(15), found.of].sum() <= SLACK * np.abs(excess).max()


@pytest.mark.parametrize("seed", range(6))
def test_what_was_never_held_changes_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    agents = np.arange(8.0)
    cost = rng.uniform(1, 5, (20, 1)) * agents
    excess = rng.uniform(1, 9, (1, 20, 1)) * (np.exp(-agents * rng.uniform(0.3, 1.5, (20, 1))) - 0.2)
    found = Choices(cost, excess).best()
    fewer = np.where(found.held | (rng.random(cost.shape) < 0.3), cost, np.inf)
    assert np.isinf(fewer).any()
    assert Choices(fewer, excess).best().of.tolist() == found.of.tolist()


@pytest.mark.parametrize("seed", range(40))
def test_targets_that_pull_against_each_other_come_to_an_end(seed: int) -> None:
    """Choices without any order, several targets: no interval is left without one, and none in reach is dearer."""
    rng = np.random.default_rng(seed)
    intervals, choices, targets = (int(rng.integers(2, most)) for most in (8, 6, 4))
    cost = rng.random((intervals, choices))
    excess = rng.normal(0.2, 1, (targets, intervals, choices))
    found = Choices(cost, excess).best()
    every = np.arange(intervals)
    assert found.held[every, found.of].all()
    beyond = excess[:, every, found.of].sum(axis=1)
    if (beyond <= SLACK * np.abs(excess).max(axis=(1, 2))).all():
        for row, choice in product(range(intervals), range(choices)):
            changed = beyond + excess[:, row, choice] - excess[:, row, found.of[row]]
            assert cost[row, choice] >= cost[row, found.of[row]] - 1e-9 or (changed > 0).any()


def test_rows_that_were_asked_for_before_are_the_formulas() -> None:
    """In any order, together or one by one, the figures are those of `overflow_performance`."""
    known = KnownRows(1800, 240.0, 20.0, Rule(20.0, 1.1))
    calls, own = np.array([[12.0], [30.0], [12.0]]), np.array([0.0, 2, 5, 2])
    first = known.of(30.0, 300.0, 2, 3)
    found = known.of(calls, 300.0, own, 3)
    exact = overflow_performance(
        calls, 300.0, own, 3, after=20, interval=1800, patience=240, threshold=20, handling_factor=1.1
    )
    for name in ("answered", "overflow", "lost", "service_level", "asa"):
        assert getattr(found, name) == pytest.approx(getattr(exact, name), rel=1e-12)
    assert float(first.overflow) == found.overflow[1, 1] == found.overflow[1, 3]
