"""What an agent more or fewer changes is the difference of the figures, and obeys the flow of calls."""

from __future__ import annotations

from dataclasses import fields
from math import inf
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from staffing.queueing import performance
from staffing.queueing.stationary.marginal import Change, marginal_agent
from tests.queueing.test_identities import INTERVAL, centres


@settings(deadline=None, max_examples=50)
@given(centres())
def test_changes_are_differences_of_figures(case: dict[str, Any]) -> None:
    load, agents = case.pop("load"), case.pop("agents")
    calls = load * INTERVAL / case["aht"]
    found = marginal_agent(calls, agents=agents, interval=INTERVAL, **case)
    now = performance(calls, agents=agents, interval=INTERVAL, **case)
    for change, number in ((found.more, agents + 1), (found.fewer, agents - 1)):
        then = performance(calls, agents=number, interval=INTERVAL, **case)
        for field in fields(Change):
            if field.name == "answered_calls":
                continue
            before, after = (float(getattr(each, field.name)) for each in (now, then))
            expected = 0.0 if before == after else after - before
            assert float(getattr(change, field.name)) == pytest.approx(expected, rel=1e-12, abs=1e-12)
        if float(then.asa) < inf and float(now.asa) < inf:
            answered = [float(each.attempts * (1 - each.abandonment - each.blocking)) for each in (now, then)]
            assert float(change.answered_calls) == pytest.approx(
                answered[1] - answered[0], abs=1e-8 * max(calls, 1e-3)
            )


def test_an_agent_fewer_and_one_more_are_the_same_step() -> None:
    agents = np.arange(1, 90)
    more = marginal_agent(400, 257, agents - 1, patience=60).more
    fewer = marginal_agent(400, 257, agents, patience=60).fewer
    for field in fields(Change):
        np.testing.assert_allclose(getattr(fewer, field.name), -getattr(more, field.name), rtol=1e-13)


def test_each_agent_is_worth_less_than_the_one_before() -> None:
    worth = marginal_agent(400, 257, np.arange(120), patience=300).more.answered_calls
    assert (worth > 0).all()
    assert (np.diff(worth) < 1e-12).all()
    assert (np.diff(worth[40:]) < 0).all()


def test_in_a_deep_overload_an_agent_answers_all_he_can() -> None:
    expected = 1800 / 257
    assert float(marginal_agent(4000, 257, 50, patience=60).more.answered_calls) == pytest.approx(expected)
    endless = marginal_agent(400, 257, [0, 50, 57, 58, 70])
    np.testing.assert_allclose(
        endless.more.answered_calls, [expected, expected, 400 - 57 * expected, 0, 0], atol=1e-9
    )
    assert endless.more.asa[:3].tolist() == [0, 0, -inf]
    assert endless.fewer.asa[[0, 1, 3]].tolist() == [0, 0, inf]


def test_few_lost_calls_keep_their_digits() -> None:
    """The difference of two answered totals would be rounding."""
    change = float(marginal_agent(400, 257, 110, patience=60).more.answered_calls)
    lost = [float(performance(400, 257, agents, patience=60).abandonment) for agents in (110, 111)]
    assert 0 < change < 1e-7
    assert change == pytest.approx(400 * (lost[0] - lost[1]), rel=1e-9)


def test_there_is_nobody_to_take_away_from_nobody() -> None:
    fewer = marginal_agent([400, 0], 257, 0, patience=60).fewer
    assert all(getattr(fewer, field.name).tolist() == [0, 0] for field in fields(Change))
