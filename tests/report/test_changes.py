"""What changed and why: parts that add up, and causes that are the only ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from staffing.demand import History
from staffing.queueing import performance
from staffing.report.month.actual import Actual, Month
from staffing.report.month.changes import Change, abandonment_change, cost_change, handling_change
from staffing.report.month.cost import Cost
from staffing.report.month.pairing import with_month
from staffing.report.month.planned import Planned

JANUARY, FEBRUARY = Month("2027-01"), Month("2027-02")


@pytest.fixture(scope="module")
def now(history: History) -> Actual:
    return Actual.of(history, FEBRUARY)


@pytest.fixture(scope="module")
def before(history: History) -> Actual:
    return Actual.of(history, JANUARY)


def sum_of(change: Change) -> float:
    return sum(value for _, value in change.parts)


def test_the_parts_lead_from_one_figure_to_the_other(now: Actual, before: Actual, plan: Planned) -> None:
    cost = Cost({"wages": 200_000})
    changes = [
        abandonment_change(now, before, None),
        abandonment_change(now, plan, None),
        handling_change(now, before),
        handling_change(now, plan),
        cost_change(now, cost, plan),
    ]
    for change in changes:
        assert change is not None
        assert change.parts
        assert change.before + sum_of(change) == pytest.approx(change.after, rel=1e-12)


def test_abandonment_is_that_of_the_records_and_of_the_plan(
    now: Actual, before: Actual, plan: Planned
) -> None:
    month, planned = abandonment_change(now, before, None), abandonment_change(now, plan, None)
    assert month is not None
    assert planned is not None
    assert (month.before, month.after) == pytest.approx((0.05, 320 / 1520))
    assert (planned.before, planned.after) == pytest.approx((0.04, 320 / 1520))
    assert dict(month.parts)["blocked"] == pytest.approx(60 / 1520)


def test_when_only_the_agents_changed_only_they_are_the_cause(
    edited: Callable[[Callable[[pd.DataFrame], pd.DataFrame]], History],
) -> None:
    """February with January's calls, handling times and waits, and one agent less.

    By hand: Erlang A of 19 or 20 calls an hour at 300 s with 2 agents less the same with 3.
    """

    def fewer(frame: pd.DataFrame) -> pd.DataFrame:
        january = frame[frame["interval_start"].str.startswith("2027-01")].iloc[0]
        february = frame["interval_start"].str.startswith("2027-02")
        for name in frame.columns.drop("interval_start"):
            frame.loc[february, name] = january[name]
        frame.loc[february, "agents"] = 2.0
        return frame

    history = edited(fewer)
    change = abandonment_change(Actual.of(history, FEBRUARY), Actual.of(history, JANUARY), None)
    assert change is not None
    parts = dict(change.parts)
    patience = (10 * 19 + 40) / 1
    lost = [performance(20, 300, n, interval=3600, patience=patience).abandonment for n in (2, 3)]
    assert parts["agents"] == pytest.approx(float(lost[0] - lost[1]))
    assert parts["calls"] == parts["aht"] == parts["patience"] == parts["blocked"] == 0
    assert parts["rest"] == pytest.approx(-parts["agents"])  # the records say that nothing changed


def test_a_month_beside_its_own_means_is_itself(now: Actual) -> None:
    pairs = with_month(now, now)
    for name, values in pairs.now.items():
        assert pairs.then[name] == pytest.approx(values)
    assert pairs.covered == pytest.approx(1.0)


def test_intervals_keep_their_deviation(now: Actual, before: Actual) -> None:
    """Each February Monday at 9 had the mean of 43 joined calls, so each becomes January's 20."""
    pairs = with_month(now, before)
    assert pairs.then["calls"] == pytest.approx(20.0)
    assert pairs.then["agents"] == pytest.approx(3.0)
    assert pairs.then["aht"] == pytest.approx(300.0)


def test_handling_hours_by_hand(now: Actual, before: Actual) -> None:
    """January: 5 Fridays, 4 of the other weekdays, 60 calls a day; February: 4 of each, Mondays 92, else 72.

    The three factors' Shapley shares are worked out from their definition below.
    """
    found = handling_change(now, before)
    assert found is not None
    assert (found.before, found.after) == pytest.approx((1260 * 300 / 3600, 1520 * 330 / 3600))
    then = ([4, 4, 4, 4, 5], [60] * 5, 300)
    here = ([4] * 5, [92, 72, 72, 72, 72], 330)

    def hours(days: int, calls: int, aht: int) -> float:
        sides = (then, here)
        return sum(d * c for d, c in zip(sides[days][0], sides[calls][1], strict=True)) * sides[aht][2] / 3600

    for place, name in enumerate(("days", "calls", "aht")):
        share = 0.0
        for others, weight in (((0, 0), 1 / 3), ((0, 1), 1 / 6), ((1, 0), 1 / 6), ((1, 1), 1 / 3)):
            low, high = list(others), list(others)
            low.insert(place, 0)
            high.insert(place, 1)
            share += weight * (hours(*high) - hours(*low))
        assert dict(found.parts)[name] == pytest.approx(share)


def test_cost_by_hand(now: Actual, plan: Planned) -> None:
    """180 h at 1,250 became 150 h at 1,400: hours -30 x 1,325, rate 150 x 165."""
    found = cost_change(now, Cost({"wages": 210_000}), plan)
    assert found is not None
    assert dict(found.parts) == pytest.approx({"agents": -39_750, "rate": 24_750})


def test_an_estimated_cost_differs_in_hours_alone(now: Actual, plan: Planned) -> None:
    found = cost_change(now, Cost({"wages": 187_500}, estimated=True), plan)
    assert found is not None
    assert found.parts == (("agents", -37_500.0),)


def test_without_agents_the_change_is_shown_but_not_split(now: Actual, before: Actual) -> None:
    blind = replace(now, frame=now.frame.assign(agent_hours=float("nan")))
    found = abandonment_change(blind, before, None)
    assert found is not None
    assert found.parts == ()
    assert found.note is not None
    assert (found.before, found.after) == pytest.approx((0.05, 320 / 1520))


def test_more_agents_never_stand_for_more_abandonment(now: Actual, before: Actual) -> None:
    better = replace(now, frame=now.frame.assign(agent_hours=now.frame["agent_hours"] + 2))
    found = abandonment_change(better, before, None)
    assert found is not None
    assert dict(found.parts)["agents"] < 0
