"""Sizing for more than the expected calls: the quantile that is asked for, and the one that costs ask for."""

from __future__ import annotations

from math import isclose

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from staffing.demand_risk import DemandRisk
from staffing.forecast.forecast import Forecast
from staffing.queueing import Targets
from staffing.requirement import Staffing, require

FRAME = pd.DataFrame(
    {
        "queue": "q",
        "interval_start": pd.date_range("2027-02-01 09:00", periods=3, freq="30min", tz="Asia/Tokyo"),
        "business_date": pd.Timestamp("2027-02-01"),
        "slot": [18, 19, 20],
        "calls": [100.0, 4.0, 0.0],
        "calls_low": 0.0,
        "calls_high": 200.0,
        "aht_seconds": [300.0, 240.0, 240.0],
        "dispersion": [2.5, 1.0, 2.5],
    }
)
FORECAST = Forecast(FRAME, "median", 30, 0.8)
TARGETS = Targets(service_level=0.8)


def sized(**risk: float) -> pd.DataFrame:
    staffing = Staffing(patience_seconds=180, risk=DemandRisk(**risk))
    return require(FORECAST, TARGETS, staffing).frame


def test_by_default_the_expected_calls_are_sized_for() -> None:
    assert DemandRisk().sized_calls(FRAME, 1800).tolist() == [100.0, 4.0, 0.0]
    assert require(FORECAST, TARGETS, Staffing(patience_seconds=180)).notes == ()


def test_a_quantile_is_that_of_the_gamma_rate_and_a_poisson_count_has_a_certain_one() -> None:
    """Counts of mean 100 and variance 250 have a rate of variance 150."""
    calls = DemandRisk(quantile=0.9).sized_calls(FRAME, 1800)
    assert calls[0] == pytest.approx(stats.gamma.ppf(0.9, 100**2 / 150, scale=1.5), rel=1e-9)
    assert calls[1:].tolist() == [4.0, 0.0]


def test_more_agents_for_more_certainty_while_service_is_told_at_the_expected_calls() -> None:
    plain, safe = sized(), sized(quantile=0.9)
    assert safe["agents_net"].tolist()[0] > plain["agents_net"].tolist()[0]
    assert safe["service_level"].iloc[0] > plain["service_level"].iloc[0]
    assert safe["agents_net"].tolist()[1:] == plain["agents_net"].tolist()[1:]


def test_costs_give_the_newsvendors_share() -> None:
    """An agent of 2,000 yen an hour costs 1,000 for the interval and would answer 6 calls of 300 s worth 1,000."""
    share = DemandRisk(lost_call_cost=1000, agent_hour_cost=2000).shares(np.array([300.0]), 1800)
    assert share is not None
    assert isclose(share[0], (6 * 1000 - 1000) / (6 * 1000))


@pytest.mark.parametrize(("quantile", "says"), [(0.9, "more demand"), (0.1, "less demand")])
def test_a_requirement_says_when_it_is_not_sized_for_the_expected_calls(quantile: float, says: str) -> None:
    staffing = Staffing(patience_seconds=180, risk=DemandRisk(quantile=quantile))
    (note,) = require(FORECAST, TARGETS, staffing).notes
    assert says in note.text
    assert ("expected", "104") in note.values  # noqa: PD011 - no frame
