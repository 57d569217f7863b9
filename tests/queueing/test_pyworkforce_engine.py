"""The pyworkforce engine: its own figures, unchanged, and clear words where it has none."""

from __future__ import annotations

import numpy as np
import pytest
from pyworkforce.queuing import ErlangC

from staffing.queueing import Targets
from staffing.queueing.pyworkforce_engine import required_positions

EIGHTY = Targets(service_level=0.8)


def test_its_figures_are_passed_on_unchanged() -> None:
    targets = Targets(service_level=0.8, threshold=30, occupancy=0.85)
    calls = np.array([[1.0, 20.0, 100.0], [7.5, 300.0, 64.0]])
    found = required_positions(calls, 180, targets, interval=1800, shrinkage=0.3)
    for place, each in np.ndenumerate(calls):
        queue = ErlangC(transactions=float(each), aht=3, asa=0.5, interval=30, shrinkage=0.3)
        expected = queue.required_positions(service_level=0.8, max_occupancy=0.85)
        assert found.net[place] == expected["raw_positions"]
        assert found.gross[place] == expected["positions"]
        assert found.service_level[place] == expected["service_level"]
        assert found.occupancy[place] == expected["occupancy"]
        assert found.wait_probability[place] == expected["waiting_probability"]


def test_intervals_without_calls_need_nobody_where_it_would_raise() -> None:
    found = required_positions([0, 100, 0], [0, 180, 180], EIGHTY, shrinkage=0.3)
    assert found.net.tolist() == [0, 14, 0]
    assert found.gross.tolist() == [0, 20, 0]
    assert found.service_level.tolist()[::2] == [1, 1]
    assert found.occupancy.tolist()[::2] == [0, 0]


def test_as_an_array_it_is_the_net_positions() -> None:
    found = required_positions([0, 100], 180, EIGHTY)
    assert np.asarray(found).tolist() == [0, 14]
    assert np.maximum(found, 1).tolist() == [1, 14]
    assert np.asarray(found, dtype=float).dtype == np.float64
    assert required_positions(np.zeros((0, 2)), 180, EIGHTY).net.shape == (0, 2)


@pytest.mark.parametrize(
    ("name", "targets"),
    [
        ("service_level", Targets(abandonment=0.05)),
        ("service_level", Targets(occupancy=0.8)),
        ("abandonment", Targets(service_level=0.8, abandonment=0.05)),
        ("asa", Targets(service_level=0.8, asa=30)),
        ("definition", Targets(service_level=0.8, definition="answered")),
    ],
)
def test_targets_it_does_not_know_are_refused(name: str, targets: Targets) -> None:
    with pytest.raises(
        ValueError, match=f"^{name} must .*only knows a service level with its threshold, and occupancy"
    ):
        required_positions(100, 180, targets)


def test_arguments_it_cannot_take_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"^threshold must be greater than 0"):
        required_positions(100, 180, Targets(service_level=0.8, threshold=0))
    with pytest.raises(ValueError, match=r"^aht must be greater than 0"):
        required_positions(100, 0, EIGHTY)
    with pytest.raises(ValueError, match=r"^calls must be"):
        required_positions([-1], 180, EIGHTY)
    with pytest.raises(ValueError, match=r"^shrinkage must be"):
        required_positions(100, 180, EIGHTY, shrinkage=1)
