"""Agents for a deadline against every window, against integer programmes and against the fluid line itself."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp, minimize

from staffing.queueing.channels import deferred_work, required_deferred_agents

HOUR = 3600.0
ITEMS = st.lists(st.integers(0, 25), min_size=1, max_size=10)
DEADLINE = st.sampled_from([0.0, 900.0, 1800.0, 3600.0, 4000.0, 7200.0, 90000.0])


def judged(share: float) -> float:
    """1 where there was nothing to judge."""
    return 1.0 if np.isnan(share) else share


def by_windows(items: list[int], seconds: float, deadline: float, interval: float) -> float:
    """The largest load of any window, from a fine grid of windows and all knots."""
    size, work = len(items), np.array(items) * seconds
    total = np.append(0.0, np.cumsum(work))
    borders = np.arange(size + 1) * interval
    end = size * interval
    until = [
        time for time in (*borders, end - deadline, *np.linspace(0, end, 61)) if 0 <= time <= end - deadline
    ]
    best = 0.0
    for start in (*borders, *np.linspace(0, end, 61)):
        for last in until:
            length = last + deadline - start
            if last >= start and length > 1e-9:
                amount = np.interp(last, borders, total) - np.interp(start, borders, total)
                best = max(best, float(amount) / length)
    return best


@settings(deadline=None, max_examples=25)
@given(ITEMS, st.integers(10, 900), DEADLINE)
def test_the_level_is_the_largest_load_of_a_window(items: list[int], seconds: int, deadline: float) -> None:
    found = required_deferred_agents(items, seconds, deadline=deadline, finish=False)
    assert float(found.level) == pytest.approx(
        by_windows(items, seconds, deadline, 1800), rel=1e-9, abs=1e-12
    )
    assert int(found.agents) == np.ceil(float(found.level) - 1e-9)


@settings(deadline=None, max_examples=40)
@given(ITEMS, st.integers(10, 900), DEADLINE, st.booleans())
def test_what_is_found_meets_the_deadline_and_less_does_not(
    items: list[int], seconds: int, deadline: float, finish: bool
) -> None:
    found = required_deferred_agents(items, seconds, deadline=deadline, finish=finish)
    for agents in (found.agents, found.level, found.profile, found.even_profile):
        outcome = deferred_work(items, seconds, agents, deadline=deadline)
        assert judged(float(outcome.share_in_time)) == pytest.approx(1, abs=1e-9)
        if finish:
            assert float(outcome.backlog[-1]) == pytest.approx(0, abs=1e-6)
    if float(found.level) > 0 and not finish:
        outcome = deferred_work(items, seconds, float(found.level) * (1 - 1e-4), deadline=deadline)
        assert float(outcome.late) > 0


def fewest(low: npt.NDArray[np.float64], high: npt.NDArray[np.float64], peak: float | None) -> float:
    """Least sum of whole agents (or, without a peak, least peak) by an integer programme over agents and work done.

    Variables: agents by interval, work done by interval, peak.
    """
    size = len(low) - 1
    running = np.tril(np.ones((size, size)))
    one = np.eye(size)
    none = np.zeros((size, size))
    column = np.zeros((size, 1))
    rows = [
        LinearConstraint(np.hstack([none, running, column]), low[1:] - 1e-9, high[1:] + 1e-9),
        LinearConstraint(np.hstack([one, -one, column]), 0, np.inf),
        LinearConstraint(np.hstack([-one, none, column + 1]), 0, np.inf),
    ]
    cost = np.concatenate([np.zeros(2 * size), [1.0]]) if peak is None else np.append(np.ones(size), 0.0)
    cost = np.append(cost, np.zeros(2 * size + 1 - len(cost)))
    most = np.inf if peak is None else peak
    integral = np.concatenate([np.ones(size), np.zeros(size), [1]])
    upper = np.concatenate([np.full(2 * size, np.inf), [most]])
    from scipy.optimize import Bounds

    result = milp(cost, constraints=rows, integrality=integral, bounds=Bounds(0, upper))
    assert result.status == 0, result.message
    return float(result.fun)


def bounds(
    items: list[int], seconds: float, whole_deadline: int, *, finish: bool
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """What must be and what can be done by each border, in agents x intervals."""
    high = np.append(0.0, np.cumsum(np.array(items) * seconds / 1800))
    low = np.append(np.zeros(whole_deadline), high)[: len(high)]
    if finish:
        low[-1] = high[-1]
    return low, high


@settings(deadline=None, max_examples=25)
@given(ITEMS, st.integers(30, 1700), st.integers(0, 4), st.booleans())
def test_the_profile_has_the_least_sum_and_the_least_peak_of_all(
    items: list[int], seconds: int, whole_deadline: int, finish: bool
) -> None:
    found = required_deferred_agents(items, seconds, deadline=whole_deadline * 1800, finish=finish)
    low, high = bounds(items, seconds, whole_deadline, finish=finish)
    peak = fewest(low, high, None)
    assert found.profile.max() == round(peak)
    assert found.profile.sum() == round(fewest(low, high, round(peak)))


@settings(deadline=None, max_examples=15)
@given(st.lists(st.integers(0, 25), min_size=1, max_size=7), st.integers(30, 1700), st.integers(0, 4))
def test_the_even_profile_has_the_least_sum_of_squares(
    items: list[int], seconds: int, whole_deadline: int
) -> None:
    found = required_deferred_agents(items, seconds, deadline=whole_deadline * 1800, finish=True)
    low, high = bounds(items, seconds, whole_deadline, finish=True)
    even = found.even_profile
    running = np.tril(np.ones((len(items), len(items))))
    assert float(even.sum()) == pytest.approx(float(low[-1]), abs=1e-9)
    assert (running @ even >= low[1:] - 1e-9).all()
    assert (running @ even <= high[1:] + 1e-9).all()
    assert float(even.max()) == pytest.approx(float(found.level), rel=1e-9, abs=1e-12)
    limits = [
        {"type": "ineq", "fun": lambda x: running @ x - low[1:]},
        {"type": "ineq", "fun": lambda x: high[1:] - running @ x},
    ]
    start = np.diff(high)
    rival = minimize(
        lambda x: float(x @ x),
        start,
        jac=lambda x: 2 * x,
        constraints=limits,
        bounds=[(0, None)] * len(items),
        method="SLSQP",
        options={"maxiter": 300, "ftol": 1e-12},
    )
    assert float(even @ even) <= float(rival.fun) * (1 + 1e-6) + 1e-6


@settings(deadline=None, max_examples=25)
@given(ITEMS, st.integers(10, 900), DEADLINE, st.floats(0.05, 0.99))
def test_a_share_needs_the_smallest_number_that_reaches_it(
    items: list[int], seconds: int, deadline: float, share: float
) -> None:
    found = required_deferred_agents(items, seconds, deadline=deadline, share=share, finish=False)
    enough = deferred_work(items, seconds, found.agents, deadline=deadline)
    assert judged(float(enough.share_in_time)) >= share - 1e-9
    if found.agents:
        fewer = deferred_work(items, seconds, found.agents - 1, deadline=deadline)
        assert float(fewer.share_in_time) < share


@settings(deadline=None, max_examples=25)
@given(ITEMS, st.integers(10, 900), DEADLINE, st.floats(0.05, 0.99))
def test_a_share_that_must_be_finished_is_of_all_items(
    items: list[int], seconds: int, deadline: float, share: float
) -> None:
    found = required_deferred_agents(items, seconds, deadline=deadline, share=share)
    for agents in range(max(int(found.agents) - 1, 0), int(found.agents) + 1):
        outcome = deferred_work(items, seconds, agents, deadline=deadline)
        missed = float(outcome.late + outcome.open_at_end)
        assert (missed <= (1 - share) * sum(items) + 1e-6) == (agents == found.agents)


def test_a_deadline_beyond_the_end_still_needs_agents() -> None:
    found = required_deferred_agents([10, 10], 300, deadline=HOUR)
    assert int(found.agents) == 2
    assert found.profile.sum() >= 20 * 300 / 1800
    assert int(required_deferred_agents([10, 10], 300, deadline=HOUR, share=0.5).agents) == 1
    assert int(required_deferred_agents([10, 10], 300, deadline=HOUR, finish=False).agents) == 0


@settings(deadline=None, max_examples=25)
@given(ITEMS, st.integers(10, 900), DEADLINE, st.integers(1, 40), st.floats(0, 20000), st.booleans())
def test_a_backlog_is_done_when_it_is_due(
    items: list[int], seconds: int, deadline: float, backlog: int, age: float, finish: bool
) -> None:
    found = required_deferred_agents(
        items, seconds, deadline=deadline, backlog=backlog, backlog_age=age, finish=finish
    )
    due = max(deadline - age, 1800.0)
    done_by = int(due // 1800)
    for agents in (found.agents, found.profile, found.even_profile):
        outcome = deferred_work(items, seconds, agents, deadline=deadline, backlog=backlog, backlog_age=age)
        if due <= len(items) * 1800:
            place = min(done_by, len(items) - 1)
            assert float(np.cumsum(outcome.completed)[place]) >= backlog - 1e-6
        if finish:
            assert float(outcome.backlog[-1]) == pytest.approx(0, abs=1e-5)


def test_a_quiet_long_deadline_needs_the_mean_and_none_needs_the_peak() -> None:
    items = [0, 0, 12, 0, 0, 0, 0, 0]
    at_once = required_deferred_agents(items, 600, deadline=0)
    assert float(at_once.level) == pytest.approx(4)
    within_two_hours = required_deferred_agents(items, 600, deadline=2 * HOUR)
    assert float(within_two_hours.level) == pytest.approx(12 * 600 / (1800 + 2 * HOUR))
    np.testing.assert_allclose(within_two_hours.even_profile, [0, 0, 0.8, 0.8, 0.8, 0.8, 0.8, 0])
    np.testing.assert_array_equal(within_two_hours.profile, [0, 0, 1, 1, 1, 1, 0, 0])


def test_efficiency_scales_the_level() -> None:
    full = required_deferred_agents([5, 9, 3], 700, deadline=1800)
    half = required_deferred_agents([5, 9, 3], 700, deadline=1800, efficiency=0.5)
    np.testing.assert_allclose(half.level, full.level * 2)
    np.testing.assert_allclose(half.even_profile, full.even_profile * 2)


def test_rows_are_independent_and_a_year_is_quick_enough_to_test() -> None:
    items = np.round(30 + 20 * np.sin(np.arange(17520) / 48 * 2 * np.pi))
    both = required_deferred_agents([items, items[::-1]], 400, deadline=8 * HOUR)
    single = required_deferred_agents(items, 400, deadline=8 * HOUR)
    assert both.agents.shape == (2,)
    np.testing.assert_array_equal(both.profile[0], single.profile)
    assert float(deferred_work(items, 400, single.agents, deadline=8 * HOUR).share_in_time) == 1
    assert float(deferred_work(items, 400, single.agents - 1, deadline=8 * HOUR).share_in_time) < 1


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"items": [-1]}, "items"),
        ({"items": [1e99]}, "items"),
        ({"handling_time": -1}, "handling_time"),
        ({"share": 0}, "share"),
        ({"share": 1.5}, "share"),
        ({"share": [0.5, 0.6]}, "share"),
        ({"efficiency": 0}, "efficiency"),
        ({"interval": -1}, "interval"),
        ({"backlog": np.nan}, "backlog"),
        ({"deadline": -1}, "deadline"),
    ],
)
def test_wrong_input_names_the_argument(wrong: dict[str, object], name: str) -> None:
    arguments: dict[str, object] = {"items": [1, 2], "handling_time": 300, "deadline": 0} | wrong
    with pytest.raises(ValueError, match=name):
        required_deferred_agents(**arguments)  # type: ignore[arg-type]
