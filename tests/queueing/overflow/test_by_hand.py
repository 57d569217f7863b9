"""Systems small enough to work out by hand, and faults of the arguments."""

from __future__ import annotations

from math import exp, inf
from typing import Any

import numpy as np
import pytest

from staffing.queueing import overflow_performance, overflow_stream, peaked_loss, pool_performance


def test_one_agent_and_a_vendor_of_one_at_one_erlang() -> None:
    """Nobody waits. Erlang: one agent loses 1 / (1 + 1) = 1/2 of the calls, two lose 1/2 / (1 + 1 + 1/2) = 1/5.

    So own agents answer 50 of 100 calls, the vendor 50 - 20 = 30, and 20 are blocked; of the 50 that overflow 20 find
    the vendor busy, 40 %. Own agents are busy half the time, the vendor 3/10.
    """
    found = overflow_performance(10, 180, 1, 1, places=0)  # 10 x 180 s / 1800 s = 1 Erlang
    assert found.answered == pytest.approx(0.5)
    assert found.overflow == pytest.approx(0.3)
    assert found.blocking == pytest.approx(0.2)
    assert found.lost == pytest.approx(0.2)
    assert found.service_level == pytest.approx(0.8)
    assert found.service_level_own == pytest.approx(0.5)
    assert found.vendor_full == pytest.approx(0.4)
    assert found.occupancy == pytest.approx(0.5)
    assert found.vendor_occupancy == pytest.approx(0.3)
    assert found.overflow_calls == pytest.approx(3)


def test_variance_of_the_overflow_of_one_agent_at_one_erlang() -> None:
    """Mean 1/2; variance 1/2 x (1 - 1/2 + 1 / (1 + 1 + 1/2 - 1)) = 1/2 x (1/2 + 2/3) = 7/12, so 7/6 of the mean."""
    stream = overflow_stream(10, 180, 1)
    assert stream.mean == pytest.approx(1 / 2)
    assert stream.variance == pytest.approx(7 / 12)
    assert stream.peakedness == pytest.approx(7 / 6)


def test_without_own_agents_a_vendor_of_any_number_takes_whoever_stays() -> None:
    """Mean patience 60 s, taken after 30 s: exp(-1/2) = 60.65 % stay, and all of them waited 30 s."""
    found = overflow_performance(50, 200, 0, inf, after=30, patience=60, threshold=30)
    assert found.overflow == pytest.approx(exp(-0.5))
    assert found.abandonment == pytest.approx(1 - exp(-0.5))
    assert found.asa == pytest.approx(30)
    assert found.service_level == pytest.approx(exp(-0.5))
    assert overflow_performance(50, 200, 0, inf, after=30, patience=60, threshold=29.9).service_level == 0


def test_a_vendor_who_takes_twice_as_long_at_one_erlang() -> None:
    """One agent, a vendor of one, handling times 180 and 360 s, nobody waits; rates in calls per 180 s.

    States (own, vendor); 1 in, 1 and 1/2 out. Own busy or not with the vendor busy: (1 + 1/2) p01 = p11. The vendor
    becomes busy as often as free: p10 = 1/2 (p01 + p11). Nobody busy: p00 = p10 + 1/2 p01. With p01 = 2 they are
    p11 = 3, p10 = 5/2, p00 = 7/2, in all 11. Own busy (5/2 + 3) / 11 = 1/2, as it must be; 3 of 5 1/2 overflows find
    the vendor busy.
    """
    found = overflow_performance(10, 180, 1, 1, places=0, handling_factor=2)
    assert found.vendor_full == pytest.approx(3 / 5.5)
    assert found.blocking == pytest.approx(3 / 11)
    assert found.overflow == pytest.approx(2.5 / 11)
    assert found.vendor_occupancy == pytest.approx(5 / 11)


def test_without_calls_nobody_waits() -> None:
    found = overflow_performance([0, 9], 200, 2, 1, after=10, patience=60)
    assert found.service_level[0] == 1
    assert found.overflow[0] == found.lost[0] == found.mean_wait[0] == found.overflow_calls[0] == 0
    assert overflow_stream(0, 200, 2).peakedness == 1


def test_figures_keep_the_shape_of_the_arguments() -> None:
    found = overflow_performance(np.full((3, 1), 30.0), 200, [1, 2, 3, 4], 2, patience=60, after=10)
    assert found.overflow.shape == (3, 4)
    single = overflow_performance(30, 200, 3, 2, patience=60, after=10)
    assert single.overflow.shape == ()
    assert found.overflow[1, 2] == pytest.approx(float(single.overflow), rel=1e-12)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"calls": -1}, "calls"),
        ({"aht": 0}, "aht"),
        ({"agents": 1.5}, "agents"),
        ({"vendor_agents": -1}, "vendor_agents"),
        ({"vendor_agents": 0.5}, "vendor_agents"),
        ({"after": -1}, "after"),
        ({"places": 2.5}, "places"),
        ({"after": 20, "places": 3}, "after must be 0 or infinite where places is finite"),
        ({"patience": 0}, "patience"),
        ({"threshold": inf}, "threshold"),
        ({"handling_factor": 0}, "handling_factor"),
        ({"interval": 0}, "interval"),
        ({"calls": [1, 2], "agents": [1, 2, 3]}, "do not broadcast: calls"),
    ],
)
def test_a_wrong_argument_is_named(arguments: dict[str, Any], named: str) -> None:
    good: dict[str, Any] = {"calls": 30, "aht": 200, "agents": 3, "vendor_agents": 2, "patience": 60}
    with pytest.raises(ValueError, match=named):
        overflow_performance(**(good | arguments))


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"vendor_agents": inf}, "vendor_agents"),
        ({"places": inf}, "places"),
        ({"other_load": -1}, "other_load"),
        ({"vendor_places": 0.5}, "vendor_places"),
        ({"vendor_places": inf, "patience": inf, "other_load": 9}, "vendor_places must be finite"),
    ],
)
def test_a_wrong_pool_is_named(arguments: dict[str, Any], named: str) -> None:
    good: dict[str, Any] = {"calls": 30, "aht": 200, "agents": 3, "vendor_agents": 2, "patience": 60}
    with pytest.raises(ValueError, match=named):
        pool_performance(**(good | arguments))


def test_wrong_streams_are_named() -> None:
    with pytest.raises(ValueError, match="mean"):
        peaked_loss(0, 1, 3)
    with pytest.raises(ValueError, match="variance"):
        peaked_loss(1, 0, 3)
    with pytest.raises(ValueError, match="after must be 0 or infinite"):
        overflow_stream(10, 200, 3, after=20)
