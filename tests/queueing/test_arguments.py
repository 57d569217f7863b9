"""Bad arguments are refused by name; every other one, however odd, gives figures."""

from __future__ import annotations

import inspect
import subprocess
import sys
from dataclasses import fields, is_dataclass
from math import inf, nan
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.queueing import Performance, Targets, erlang_b, erlang_c, performance, required_agents
from staffing.queueing.arguments import as_floats, share
from staffing.queueing.channels import callback_effort
from staffing.queueing.sizing.fractional import required_agents_fractional
from staffing.queueing.sizing.inverse import longest_aht, most_calls, shortest_patience
from staffing.queueing.sizing.trunks import required_lines
from staffing.queueing.stationary.marginal import marginal_agent
from staffing.queueing.stationary.percentiles import Whose, wait_percentile, wait_tail
from staffing.queueing.uncertain.cheapest import cheapest_agents, newsvendor_share, shortage_cost
from staffing.queueing.uncertain.expected import expected_performance
from staffing.queueing.uncertain.rate import (
    chance_of_meeting,
    count_quantile,
    demand_quantile,
    rate_cv,
    required_agents_uncertain,
)

GOOD: dict[str, Any] = {
    "calls": 100,
    "aht": 180,
    "agents": 12,
    "interval": 1800,
    "patience": 120,
    "lines": 20,
    "threshold": 20,
    "redial": 0.1,
}
BAD = [
    *((name, value) for name in GOOD for value in (-1, nan, "many", None, [3, -0.5], [[1, 2], [1]])),
    *((name, inf) for name in ("calls", "aht", "agents", "interval", "redial")),
    ("agents", 2.5),
    ("lines", 7.25),
    ("interval", 0),
    ("redial", 1),
    ("redial", 1.2),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_bad_argument_is_named(name: str, value: Any) -> None:
    with pytest.raises(ValueError, match=f"^{name} must be"):
        performance(**{**GOOD, name: value})
    if name not in ("agents", "threshold"):
        rest = {key: given for key, given in GOOD.items() if key not in ("agents", "threshold")}
        with pytest.raises(ValueError, match=f"^{name} must be"):
            required_agents(**{**rest, name: value}, targets=Targets(service_level=0.5))


def test_the_place_and_the_value_are_named_too() -> None:
    with pytest.raises(ValueError, match=r"^calls must be 0 or greater, finite; found -3 at index 1$"):
        performance([1, -3], 180, 5)
    with pytest.raises(ValueError, match=r"^aht must be .* found nan at index \(0, 1\)$"):
        performance(1, [[180, nan]], 5)
    with pytest.raises(ValueError, match=r"^arguments do not broadcast: calls \(2,\), aht \(3,\)$"):
        required_agents([1, 2], [1, 2, 3], Targets(asa=1))


@pytest.mark.parametrize(
    "value",
    [
        "12",
        ["100"],
        np.array(["1"]),
        b"1",
        np.array([1, "2"], dtype=object),
        np.ma.array([1, 2], mask=[False, True]),
    ],
    ids=repr,
)
def test_text_and_masked_elements_are_refused(value: Any) -> None:
    with pytest.raises(ValueError, match=r"^calls must be numeric, found"):
        performance(value, 180, 12)


def test_numbers_of_every_kind_are_taken() -> None:
    expected = performance(1, 180, 2).service_level
    unmasked = np.ma.array([1, 1], mask=[False, False])
    for value in (True, np.int8(1), np.float32(1), np.array([1, 1.0], dtype=object), unmasked):
        np.testing.assert_array_equal(performance(value, 180, 2).service_level, expected)


def test_the_upper_bound_is_told_as_it_is() -> None:
    assert as_floats("x", 1, at_most=1.0) == 1
    with pytest.raises(ValueError, match=r"^x must be 0 or greater and at most 1, finite; found 1\.5$"):
        as_floats("x", 1.5, at_most=1.0)
    with pytest.raises(ValueError, match=r"^x must be greater than 0 and less than 1, finite; found 1$"):
        as_floats("x", 1, positive=True, below=1.0)
    with pytest.raises(ValueError, match=r"^reach must be greater than 0 and at most 1, finite; found 1\.2$"):
        callback_effort(60, reach=1.2, attempts=2, attempt_seconds=5)


def test_a_share_is_one_number_within_its_bounds() -> None:
    assert share("x", 1, full=True) == 1
    assert share("x", 0, none=True) == 0
    for value in (0, 1, nan, None, "0.5", [0.5], 2):
        with pytest.raises(ValueError, match=r"^x must be a share above 0 and below 1, such as .*; found"):
            share("x", value)


@pytest.mark.parametrize("formula", [erlang_b, erlang_c])
def test_erlang_formulas_refuse_by_name_and_know_their_corners(formula: Any) -> None:
    for name, arguments in {"load": (-1, 5), "agents": (5, 1.5)}.items():
        with pytest.raises(ValueError, match=f"^{name} must be"):
            formula(*arguments)
    with pytest.raises(ValueError, match=r"^arguments do not broadcast: load \(2,\), agents \(3,\)$"):
        formula([1, 2], [1, 2, 3])
    np.testing.assert_array_equal(formula([0, 0, 2], [0, 3, 0]), [0, 0, 1])


EVERY = [
    wait_tail,
    wait_percentile,
    required_agents_fractional,
    most_calls,
    longest_aht,
    shortest_patience,
    marginal_agent,
    required_lines,
    rate_cv,
    demand_quantile,
    count_quantile,
    required_agents_uncertain,
    chance_of_meeting,
    expected_performance,
    newsvendor_share,
    shortage_cost,
    cheapest_agents,
    erlang_b,
    erlang_c,
    performance,
    required_agents,
]
ANY = st.floats(min_value=0, allow_infinity=False, allow_nan=False)
WHOLE = st.one_of(st.integers(0, 2000).map(float), ANY.map(np.floor))


REDIAL = st.one_of(st.just(0.0), st.just(0.0), st.floats(0, 1, exclude_max=True))


@settings(max_examples=200)
@given(ANY, ANY, WHOLE, ANY, WHOLE, ANY, REDIAL, st.booleans(), st.booleans())
def test_any_finite_numbers_give_figures(
    calls: float,
    aht: float,
    agents: float,
    patience: float,
    lines: float,
    threshold: float,
    redial: float,
    endless: bool,
    unlimited: bool,
) -> None:
    found = performance(
        calls,
        aht,
        agents,
        patience=inf if endless else patience,
        lines=inf if unlimited else lines,
        threshold=threshold,
        redial=redial,
    )
    for field in fields(Performance):
        value = float(getattr(found, field.name))
        assert value >= 0, field.name
        if field.name not in ("mean_wait", "asa", "queue_length", "attempts"):
            assert value <= 1 + 1e-9, field.name


@settings(max_examples=100)
@given(ANY, st.floats(0, 1e5), ANY)
def test_any_countable_load_can_be_staffed(calls: float, aht: float, patience: float) -> None:
    load = calls / 1800 * aht
    wanted = Targets(service_level=0.8, occupancy=0.9)
    if load > 1e15:
        with pytest.raises(ValueError, match=r"^calls: a load of"):
            required_agents(calls, aht, wanted, patience=patience)
    else:
        assert required_agents(calls, aht, wanted, patience=patience) >= (calls > 0)


def any_numbers(function: Any) -> Any:
    """Any finite numbers >= 0 for the arguments of a question, over the whole range of floats."""
    limits = {"patience": st.one_of(st.just(inf), ANY), "lines": st.one_of(st.just(inf), WHOLE)}
    names = set(inspect.signature(function).parameters)
    if function in SLOW:  # thousands of places are integrated one queue at a time
        limits["lines"] = st.one_of(st.just(inf), st.integers(0, 50))
    known = {
        **limits,
        "calls": ANY,
        "aht": ANY,
        "agents": WHOLE,
        "t": ANY,
        "threshold": ANY,
        "interval": st.floats(min_value=0, exclude_min=True, allow_infinity=False),
        "redial": REDIAL,
        "blocking": st.floats(0, 1, exclude_min=True, exclude_max=True),
        "share": st.floats(0, 1, exclude_max=True),
        "cv": st.floats(0, 10, exclude_max=True),
        "dispersion": st.floats(1, allow_infinity=False),
        "agent_cost": st.floats(min_value=0, exclude_min=True, allow_infinity=False),
        "lost_call_cost": ANY,
        "shortage_cost": ANY,
        "idle_cost": ANY,
        "load": ANY,
        "targets": st.sampled_from(WANTED),
        "whose": st.sampled_from(get_args(Whose)),
    }
    return st.fixed_dictionaries({name: known[name] for name in sorted(names)})


WANTED = [
    Targets(service_level=0.8),
    Targets(service_level=0.999, threshold=0, occupancy=0.01, definition="virtual"),
    Targets(service_level=0.5, threshold=300, abandonment=0.01, definition="excluding_short"),
    Targets(service_level=0.01, asa=1e-6, definition="answered"),
    Targets(),
]
SLOW = (
    chance_of_meeting,
    cheapest_agents,
    expected_performance,
    longest_aht,
    most_calls,
    required_agents_uncertain,
    required_lines,
    shortest_patience,
)
NOT_A_FIGURE = ("calls: ", "blocking: ", "occupancy: ", "service_level: ", "asa: ", "abandonment: ")
"""What a question may be refused with: more agents than can be counted, or too few lines for the targets."""


def values(answer: Any) -> list[float]:
    if answer is None:
        return []
    if is_dataclass(answer):
        return [value for field in fields(answer) for value in values(getattr(answer, field.name))]
    return [float(answer)]


@pytest.mark.parametrize("function", EVERY, ids=lambda function: function.__name__)
def test_every_question_has_an_answer_for_any_numbers(function: Any) -> None:
    signed = function is marginal_agent

    @settings(max_examples=20 if function in SLOW else 60, deadline=None)
    @given(any_numbers(function))
    def ask(numbers: dict[str, Any]) -> None:
        answer, refusal = None, NOT_A_FIGURE[0]
        try:
            answer = function(**numbers)
        except ValueError as refused:
            refusal = str(refused)
        assert refusal.startswith(NOT_A_FIGURE)
        for value in values(answer):
            if function is shortest_patience:
                assert np.isnan(value) or value >= 0
            else:
                assert value >= 0 or (signed and not np.isnan(value))

    ask()


class TestCorners:
    def test_no_calls(self) -> None:
        found = performance(0, [0, 180, 180], [0, 0, 5], patience=[inf, 60, 60], lines=[inf, 0, 5])
        for field in fields(Performance):
            expected = 1.0 if field.name.startswith("service_level") else 0.0
            assert getattr(found, field.name).tolist() == [expected] * 3, field.name

    @pytest.mark.parametrize("agents", [0, 5, 10])
    def test_more_load_than_erlang_c_can_take(self, agents: int) -> None:
        found = performance(100, 180, agents)
        assert float(found.wait_probability) == float(found.occupancy) == 1
        assert float(found.mean_wait) == float(found.asa) == float(found.queue_length) == inf
        assert float(found.blocking) == float(found.abandonment) == 0
        for name in ("", "_answered", "_virtual", "_excluding_short"):
            assert float(getattr(found, f"service_level{name}")) == 0

    def test_nobody_there(self) -> None:
        found = performance(100, 180, 0, patience=60)
        assert float(found.abandonment) == float(found.wait_probability) == float(found.occupancy) == 1
        assert float(found.mean_wait) == 60
        assert float(found.asa) == inf
        assert float(found.service_level) == float(found.service_level_answered) == 0
        assert float(found.abandonment_within_threshold) == pytest.approx(1 - np.exp(-1 / 3))
        limited = performance(100, 180, 0, patience=60, lines=2)
        load = 100 / 1800 * 60
        assert float(limited.blocking) == pytest.approx(float(erlang_b(load, 2)))

    def test_no_patience_at_all(self) -> None:
        found = performance(100, 180, 11, patience=0)
        assert float(found.abandonment) == pytest.approx(float(erlang_b(10, 11)), rel=1e-12)
        assert float(found.service_level) == pytest.approx(1 - float(erlang_b(10, 11)), rel=1e-12)
        assert float(found.mean_wait) == float(found.asa) == 0
        nearly = performance(100, 180, 11, patience=1e-9)
        assert float(nearly.abandonment) == pytest.approx(float(found.abandonment), rel=1e-9)

    def test_agents_beyond_the_lines_stay_idle(self) -> None:
        within, beyond = (performance(100, 180, agents, lines=12) for agents in (12, 24))
        assert float(beyond.blocking) == float(within.blocking)
        assert float(beyond.occupancy) == pytest.approx(float(within.occupancy) / 2)

    def test_no_line(self) -> None:
        found = performance(100, 180, 5, lines=0)
        assert float(found.blocking) == 1
        assert float(found.occupancy) == float(found.service_level) == 0
        assert float(found.asa) == inf

    def test_calls_that_take_no_time(self) -> None:
        found = performance(100, 0, 1, patience=60)
        assert float(found.service_level) == pytest.approx(1)
        assert float(found.occupancy) == pytest.approx(0)


def test_importing_it_brings_no_heavy_package_along() -> None:
    """It could be published alone: numpy is all that an import needs."""
    code = "import sys, staffing.queueing; print([m for m in sys.modules if '.' not in m])"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    for name in ("pandas", "scipy", "ortools", "pyworkforce", "joblib"):
        assert f"'{name}'" not in modules
