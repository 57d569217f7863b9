"""Calibration: the wrap-up put into made-up records is found again, with an interval that holds it."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isnan

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.queueing import performance
from staffing.queueing.patience.calibrate import Calibration, calibrate

Floats = npt.NDArray[np.float64]


def erlang_a(
    calls: float, aht: float, agents: int, patience: float, threshold: float = 20
) -> tuple[float, float]:
    """Abandonment and mean wait in a half hour, by the balance equations of so many states that no more matter."""
    arrive, serve, leave = calls / 1800, 1 / aht, 1 / patience
    states = agents + 400
    weight = [1.0]
    for state in range(1, states):
        weight.append(weight[-1] * arrive / (min(state, agents) * serve + max(state - agents, 0) * leave))
    total = sum(weight)
    queue = sum(max(state - agents, 0) * each for state, each in enumerate(weight)) / total
    return queue * leave / arrive, queue / arrive


@dataclass(frozen=True)
class Records:
    """Days of half-hours with a lunch peak, and what was seen in them."""

    calls: Floats
    aht: Floats
    agents: Floats
    day: npt.NDArray[np.int64]

    @classmethod
    def of(cls, days: int, seed: int = 1) -> Records:
        rng = np.random.default_rng(seed)
        day = np.repeat(np.arange(days), 8)
        calls = rng.poisson(np.tile([20, 35, 50, 60, 55, 40, 30, 20], days)).astype(float)
        agents = np.round(calls * 200 / 1800 + rng.uniform(-1.5, 2, len(calls)), 2)
        return cls(calls, rng.uniform(150, 210, len(calls)), np.maximum(agents, 0), day)

    def expected(self, wrap_up: float, patience: float) -> tuple[Floats, Floats, Floats]:
        """Share abandoned, mean wait and service level of each half-hour."""
        low = np.floor(self.agents)
        part = self.agents - low
        below, above = (
            performance(self.calls, self.aht + wrap_up, low + more, patience=patience) for more in (0, 1)
        )
        lost, wait, in_time = (
            (1 - part) * np.asarray(getattr(below, name)) + part * np.asarray(getattr(above, name))
            for name in ("abandonment", "mean_wait", "service_level")
        )
        return lost, wait, in_time

    def seen(self, wrap_up: float, patience: float, seed: int) -> tuple[Floats, Floats]:
        """Calls abandoned and seconds waited, by chance; a day's patience varies too."""
        rng = np.random.default_rng(seed)
        lost, _, _ = self.expected(wrap_up, patience)
        mood = np.exp(rng.normal(0, 0.15, self.day.max() + 1))[self.day]
        abandoned = rng.binomial(self.calls.astype(int), np.minimum(lost * mood, 1)).astype(float)
        return abandoned, self.calls * lost * patience * rng.gamma(20, 1 / 20, len(lost))


def solve(records: Records, abandoned: Floats, waits: Floats, **options: object) -> Calibration:
    return calibrate(
        records.calls,
        records.aht,
        records.agents,
        abandoned,
        wait_seconds=waits,
        groups=records.day,
        **options,  # type: ignore[arg-type]
    )


def test_the_prediction_is_that_of_the_balance_equations() -> None:
    found = calibrate(
        [40, 10], [180, 200], [4, 1.25], [5, 3], wait_seconds=[900, 700], answered_within=[20, 4]
    )
    patience = 1600 / 8
    states = [(40, 180, 4), (10, 200, 1), (10, 200, 2)]
    (lost, wait), *part = (erlang_a(calls, aht, agents, patience) for calls, aht, agents in states)
    mixed = [0.75 * low + 0.25 * high for low, high in zip(*part, strict=True)]
    assert found.patience_seconds == patience
    assert found.before.abandonment == pytest.approx((40 * lost + 10 * mixed[0]) / 50, rel=1e-9)
    assert found.before.mean_wait_seconds == pytest.approx((40 * wait + 10 * mixed[1]) / 50, rel=1e-9)
    assert (found.observed.abandonment, found.observed.mean_wait_seconds) == (8 / 50, 1600 / 50)
    assert found.observed.service_level == 24 / 50


@settings(deadline=None, max_examples=20)
@given(st.floats(0.02, 0.6), st.floats(0.02, 0.6), st.floats(60, 900))
def test_with_the_wrap_up_found_as_many_are_predicted_to_give_up_as_did(
    one: float, other: float, patience: float
) -> None:
    records, found = Records.of(3), []
    for share in sorted([one, other]):
        abandoned = np.floor(share * records.calls)
        found.append(calibrate(records.calls, records.aht, records.agents, abandoned, patience=patience))
        if found[-1].status == "found":
            lost, _, _ = records.expected(found[-1].seconds, patience)
            assert (records.calls * lost).sum() == pytest.approx(abandoned.sum(), rel=1e-5)
        else:
            assert found[-1].status == "none_needed"
            assert (records.calls * records.expected(0, patience)[0]).sum() >= abandoned.sum()
    assert found[0].seconds <= found[1].seconds, "more who give up, more wrap-up"


def test_mean_wait_is_met_too_when_patience_comes_from_the_records() -> None:
    records = Records.of(10)
    abandoned, waits = records.seen(30, 250, 1)
    found = solve(records, abandoned, waits)
    assert found.status == "found"
    assert found.patience_seconds == pytest.approx(waits.sum() / abandoned.sum())
    assert found.after.abandonment == pytest.approx(found.observed.abandonment, rel=1e-6)
    assert found.after.mean_wait_seconds == pytest.approx(found.observed.mean_wait_seconds, rel=1e-6)
    assert found.before.abandonment < found.observed.abandonment
    _, _, in_time = records.expected(found.seconds, found.patience_seconds)
    assert found.after.service_level == pytest.approx((records.calls * in_time).sum() / records.calls.sum())


@pytest.mark.parametrize("given", [None, 250.0])
def test_the_intervals_hold_the_truth_as_often_as_they_say(given: float | None) -> None:
    held, patience_held = [], []
    records = Records.of(8)
    for seed in range(60):
        found = solve(records, *records.seen(30, 250, seed), patience=given)
        held.append(found.low_seconds <= 30 <= found.high_seconds)
        patience_held.append(found.patience_low_seconds <= 250 <= found.patience_high_seconds)
    assert 0.9 <= np.mean(held) <= 0.99
    assert 0.9 <= np.mean(patience_held) <= 0.99 if given is None else not any(patience_held)


def test_the_interval_is_as_wide_as_resampling_days_makes_it() -> None:
    records = Records.of(20)
    abandoned, waits = records.seen(30, 250, 3)
    found = solve(records, abandoned, waits)
    rng, again = np.random.default_rng(4), []
    for _ in range(100):
        rows = np.concatenate([np.flatnonzero(records.day == day) for day in rng.integers(0, 20, 20)])
        part = Records(records.calls[rows], records.aht[rows], records.agents[rows], records.day[rows])
        again.append(solve(part, abandoned[rows], waits[rows]).seconds)
    width = found.high_seconds - found.low_seconds
    assert width == pytest.approx(2 * 2.093 * np.std(again, ddof=1), rel=0.2)


def test_more_confidence_widens_the_interval() -> None:
    records = Records.of(10)
    seen = records.seen(30, 250, 2)
    less, more = (solve(records, *seen, confidence=confidence) for confidence in (0.8, 0.99))
    assert more.low_seconds < less.low_seconds < less.seconds < less.high_seconds < more.high_seconds
    assert more.patience_low_seconds < less.patience_low_seconds


def test_fewer_lost_than_predicted_needs_no_wrap_up_and_says_so() -> None:
    found = calibrate(100, 180, 9, 1, patience=120)
    assert (found.status, found.seconds) == ("none_needed", 0)
    assert isnan(found.low_seconds)
    assert found.before == found.after
    assert found.before.abandonment > found.observed.abandonment == 0.01


def test_more_lost_than_any_wrap_up_explains_is_said() -> None:
    """Agents beyond number lose nobody, however long the wrap-up."""
    found = calibrate(10, 60, 1000, 5, patience=120)
    assert found.status == "out_of_reach"
    assert isnan(found.seconds)
    assert isnan(found.after.abandonment)
    assert found.before.abandonment < 1e-9
    endless = calibrate(10, 60, 1, 5, patience=inf)
    assert endless.status == "out_of_reach", "callers of endless patience give up under no wrap-up"


@pytest.mark.parametrize(
    ("arguments", "patience"),
    [
        (([], [], [], []), None),
        (([], [], [], []), 60),
        ((0, 180, 3, 0), None),
        (([0], [100], [2], [0]), 60),
        (([0, 0], 180, 0, 0), None),
        (([20, 30], 180, 0, [20, 30]), 60),
        (([20, 0], 180, [0, 5], [20, 0]), 60),
        ((20, 180, 8, 0), None),
    ],
    ids=repr,
)
def test_nothing_seen_says_nothing(arguments: tuple[object, ...], patience: float | None) -> None:
    found = calibrate(*arguments, wait_seconds=0, patience=patience)  # type: ignore[arg-type]
    assert found.status == "unknown"
    assert isnan(found.seconds)
    assert isnan(found.low_seconds)
    assert isnan(found.after.abandonment)


def test_nothing_lost_of_callers_who_have_patience_needs_nothing() -> None:
    found = calibrate(20, 180, 8, 0, wait_seconds=0, patience=60)
    assert (found.status, found.seconds) == ("none_needed", 0)


def test_one_day_gives_a_figure_without_an_interval() -> None:
    records = Records.of(1)
    found = solve(records, *records.seen(40, 200, 5))
    assert found.status == "found"
    assert isnan(found.low_seconds)
    assert isnan(found.high_seconds)
    assert isnan(found.patience_low_seconds)
    assert found.groups == 1


def test_the_interval_does_not_reach_below_none() -> None:
    records = Records.of(3)
    found = solve(records, *records.seen(1, 250, 9), confidence=0.999)
    assert found.status == "found"
    assert found.low_seconds == 0


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("calls", {"calls": -1}),
        ("aht", {"aht": inf}),
        ("agents", {"agents": float("nan")}),
        ("abandoned", {"abandoned": 0.5}),
        ("abandoned", {"abandoned": 101}),
        ("wait_seconds", {"wait_seconds": -1}),
        ("wait_seconds", {"wait_seconds": None, "patience": None}),
        ("answered_within", {"answered_within": -1}),
        ("patience", {"patience": 0}),
        ("interval", {"interval": 0}),
        ("threshold", {"threshold": -1}),
        ("confidence", {"confidence": 1}),
        ("groups", {"groups": [1, 2]}),
    ],
)
def test_bad_arguments_are_named(name: str, change: dict[str, object]) -> None:
    given: dict[str, object] = {"calls": 100, "aht": 180, "agents": 9, "abandoned": 10, "patience": 120}
    with pytest.raises(ValueError, match=rf"^{name} must "):
        calibrate(**(given | change))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="do not broadcast"):
        calibrate([1, 2], [1, 2, 3], 1, 0, patience=1)
