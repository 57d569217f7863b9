"""Scenarios check themselves and say what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, nan

import numpy as np
import pytest

from staffing.simulation import (
    AgentGroup,
    CallType,
    Deterministic,
    Exponential,
    LogNormal,
    Scenario,
    Shift,
    Skill,
    Vendor,
    call_log,
    simulate,
)

TYPE = CallType("a", Exponential(60), calls=[10, 20])
GROUP = AgentGroup("g", ["a"], 2)


def call_type(**more: object) -> CallType:
    return CallType(**{"name": "a", "handling": Exponential(60), "calls": 5} | more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: call_type(calls=None), "calls or arrival_times"),
        (lambda: call_type(arrival_times=[1]), "calls or arrival_times"),
        (lambda: call_type(calls=[1, -2]), "calls must be 0 or greater, finite; found -2 at index 1"),
        (lambda: call_type(calls=[[1], [2]]), "one dimension"),
        (lambda: call_type(calls=None, arrival_times=[nan]), "arrival_times"),
        (lambda: call_type(calls=None, arrival_times=[1], day_cv=0.2), "day_cv"),
        (lambda: call_type(handling=60), "handling must be a distribution; found 60"),
        (lambda: call_type(patience=None), "patience"),
        (lambda: call_type(redial=1.1), "redial"),
        (lambda: call_type(redial=nan), "redial"),
        (lambda: call_type(redial="x"), "redial must be a share 0 or above and at most 1"),
        (lambda: call_type(redial=[0.1, 0.2]), "redial must be a share"),
        (lambda: call_type(day_cv=[0.1, 0.2]), "day_cv must be one number"),
        (lambda: call_type(lines="5"), "lines must be one number"),
        (lambda: simulate(Scenario([TYPE], [GROUP]), confidence="a"), "confidence must be a share"),  # type: ignore[arg-type]
        (lambda: simulate(Scenario([TYPE], [GROUP]), replications=[1, 2]), "replications must be one"),  # type: ignore[arg-type]
        (lambda: simulate(Scenario([TYPE], [GROUP]), threshold="20"), "threshold must be one number"),  # type: ignore[arg-type]
        (lambda: call_type(most_redials=0.5), "most_redials"),
        (lambda: call_type(lines=2.5), "lines"),
        (lambda: call_type(interval_cv=-1), "interval_cv"),
        (lambda: Skill(1, 0), "handling_factor"),
        (lambda: Shift(5, 5), "in order"),
        (lambda: Shift(0, 10, ((3, 12),)), "in order"),
        (lambda: Shift(0, 10, ((5, 4),)), "in order"),
        (lambda: Shift(-1, 10), "start"),
        (lambda: AgentGroup("g", "ab", 1), "skills"),
        (lambda: AgentGroup("g", ["a"], -1.5), "staff"),
        (lambda: CallType("a", Exponential(60), calls=1.0, handling_scale=[1, 0]), "handling_scale"),
        (lambda: CallType("a", Exponential(60), calls=[1, 2], interval_cv=[1, 1, 1]), "differ in length"),
        (lambda: AgentGroup("g", ["a"], [1, -1]), "staff"),
        (lambda: AgentGroup("g", ["a"], [[1]]), "one dimension"),
        (lambda: AgentGroup("g", ["a"], [Shift(0, 1), 3]), "all shifts"),
        (lambda: AgentGroup("g", ["a"], 1, leaving="drop"), "leaving"),  # type: ignore[arg-type]
        (lambda: Vendor(agents=1.5), "agents"),
        (lambda: Vendor(after=-1), "after"),
        (lambda: Vendor(handling_factor=0), "handling_factor"),
        (lambda: Scenario([], []), "call_types"),
        (lambda: Scenario([TYPE, TYPE], []), "call type names must differ; found twice: a"),
        (lambda: Scenario([TYPE], [GROUP, GROUP]), "agent group names"),
        (lambda: Scenario([TYPE], [AgentGroup("g", ["b"], 1)]), "unknown call types: b"),
        (lambda: Scenario([TYPE], [], vendor=Vendor(call_types=("c",))), "the vendor names unknown"),
        (lambda: Scenario([TYPE], [AgentGroup("g", ["a"], [1, 2, 3])]), "differ in length"),
        (lambda: Scenario([TYPE], [], intervals=3), "differ in length"),
        (lambda: Scenario([TYPE], [], intervals=0), "intervals"),
        (lambda: Scenario([TYPE], [], interval_seconds=0), "interval_seconds"),
        (lambda: Scenario([TYPE], [], lines=-1), "lines"),
        (
            lambda: Scenario([call_type(calls=None, arrival_times=[7200])], [], intervals=4),
            "beyond the end",
        ),
    ],
)
def test_what_does_not_fit_is_refused(build: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        build()


def test_the_number_of_intervals_follows_from_the_arrays() -> None:
    assert Scenario([TYPE], [GROUP]).intervals == 2
    assert Scenario([call_type()], [AgentGroup("g", ["a"], [1, 2, 3])]).intervals == 3
    assert Scenario([call_type()], [GROUP]).intervals == 1
    assert Scenario([call_type()], [GROUP], intervals=7).seconds == 7 * 1800
    assert Scenario([call_type(calls=None, arrival_times=[5, 3599.5])], [GROUP]).intervals == 2
    assert Scenario([call_type(calls=None, arrival_times=[5, 3600])], [GROUP]).intervals == 3
    assert Scenario([call_type(calls=None, arrival_times=[])], [GROUP]).intervals == 1


def test_skills_by_order_by_number_and_in_full() -> None:
    assert AgentGroup("g", ["a", "b"], 1).skill("b") == Skill(2)
    assert AgentGroup("g", {"a": 4}, 1).skill("a") == Skill(4)
    assert AgentGroup("g", {"a": Skill(1, 1.2)}, 1).skill("a") == Skill(1, 1.2)
    assert AgentGroup("g", {"a": 4}, 1).skill("c") is None


def test_what_is_given_is_copied() -> None:
    calls, staff = np.array([1.0, 2.0]), np.array([1, 2])
    held, group = CallType("a", Exponential(60), calls=calls), AgentGroup("g", ["a"], staff)
    calls[0] = staff[0] = 99
    assert np.asarray(held.calls).tolist() == [1, 2]
    assert np.asarray(group.staff).tolist() == [1, 2]


def test_a_scenario_without_calls_or_agents_is_played() -> None:
    nobody = Scenario([call_type(calls=0)], [AgentGroup("g", ["a"], 0)], intervals=3)
    assert len(call_log(nobody).arrival) == 0
    assert len(call_log(Scenario([call_type(calls=None, arrival_times=[])], [])).arrival) == 0


def test_a_distribution_of_ones_own_will_do() -> None:
    class Hundred:
        mean = 100.0

        def sample(self, rng: np.random.Generator, size: int) -> np.ndarray:
            return np.full(size, 100.0)

    scenario = Scenario([CallType("a", Hundred(), arrival_times=[3])], [GROUP])
    assert call_log(scenario).end.tolist() == [103]


@pytest.mark.parametrize("values", [[-1.0], [nan], [1.0, 2.0]])
def test_what_such_a_distribution_draws_is_checked(values: list[float]) -> None:
    class Odd:
        mean = 100.0

        def sample(self, rng: np.random.Generator, size: int) -> np.ndarray:
            return np.array(values)

    scenario = Scenario([CallType("a", Odd(), arrival_times=[3])], [GROUP])
    with pytest.raises(ValueError, match="handling drawn from"):
        call_log(scenario)


def test_handling_may_be_long_and_patience_short() -> None:
    kind = CallType("a", LogNormal(1e6, 2), calls=50, patience=Deterministic(0))
    log = call_log(Scenario([kind], [GROUP], intervals=2, lines=inf))
    assert (log.wait == 0).all()
