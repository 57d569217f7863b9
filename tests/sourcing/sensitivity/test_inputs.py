"""Inputs by dotted path: read, changed, listed, refused."""

from __future__ import annotations

import pytest

from staffing.errors import ConfigError
from staffing.queueing import Targets
from staffing.sourcing import DemandShape, Tariffs
from staffing.sourcing.figures import Figure, allowed_figures
from staffing.sourcing.sensitivity import Situation, every_input, value_at, with_value


@pytest.fixture(scope="module")
def desk(tariffs: Tariffs) -> Situation:
    shape = DemandShape.even(Targets(service_level=0.8), shrinkage=0.3, patience_seconds=100)
    return Situation(tariffs, shape, calls=1000, start="2027-05")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("in_house.wage_hour", 1200),
        ("per_call[1].overage[1].price", 300),
        ("per_call[per call].setup_fee", 10_000),
        ("per_booth[per booth].hours[24/365].factor", 1.4),
        ("case.calls", 1000),
        ("case.aht_seconds", 300),
        ("case.patience_seconds", 100),
        ("case.shrinkage", 0.3),
        ("case.targets.service_level", 0.8),
        ("case.targets.threshold", 20),
        ("horizon.growth", 0),
        ("horizon.months", 12),
    ],
)
def test_an_input_is_read_and_changed_alone(desk: Situation, path: str, value: float) -> None:
    assert value_at(desk, path) == pytest.approx(value)
    moved = with_value(desk, path, value * 0.75 + 0.15)
    if path != "horizon.months":
        assert value_at(moved, path) == pytest.approx(value * 0.75 + 0.15)
    back = with_value(moved, path, value)
    if not path.startswith("case.aht"):
        assert back.tariffs == desk.tariffs
        assert back.shape.targets == desk.shape.targets
        assert (back.calls, back.growth) == (desk.calls, desk.growth)
    assert back.aht_seconds == pytest.approx(desk.aht_seconds)


def test_a_changed_figure_keeps_its_label_and_source(desk: Situation) -> None:
    moved = with_value(desk, "in_house.floor_month", 1)
    before, after = desk.tariffs.in_house.floor_month, moved.tariffs.in_house.floor_month
    assert after == Figure(1, before.label, before.where)


def test_handling_time_moves_every_interval_in_proportion(desk: Situation) -> None:
    moved = with_value(desk, "case.aht_seconds", 450)
    assert (moved.shape.typical["aht_seconds"] == 450).all()


def test_every_figure_of_the_file_is_an_input(desk: Situation) -> None:
    """All figures above 0 and below infinity of the first plan, tiers included, can be moved by 10 %."""
    paths = {entry.path for entry in every_input(desk, 0.1)}
    plan = desk.tariffs.per_call[0]
    for name in allowed_figures(type(plan)):
        value = getattr(plan, name).value
        if 0 < value < float("inf"):
            assert f"per_call[1].{name}" in paths or value < 2  # one channel cannot become 1.1 channels
    assert {"per_call[1].overage[1].price", "per_booth[1].hours[2].factor", "case.calls"} <= paths
    for entry in every_input(desk, 0.1):
        assert entry.low <= value_at(desk, entry.path) <= entry.high
        assert entry.low < entry.high
        for value in (entry.low, entry.high):
            with_value(desk, entry.path, value)


def test_whole_numbers_stay_whole(desk: Situation) -> None:
    channels = {entry.path: entry for entry in every_input(desk, 0.4)}["per_call[1].max_channels"]
    assert (channels.low, channels.high) == (2, 4)  # of 3


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("in_house.wages", "known at 'wages': name, terms"),
        ("per_call[2].setup_fee", "has no entry '2'; there are 1: per call"),
        ("per_call[1]", "must name a figure or number"),
        ("per_call[1].name", "must name a figure or number"),
        ("case.colour", "known here: calls, aht_seconds"),
        ("horizon.start", "known here: growth, rate, months"),
        ("case.targets.asa", "must name a figure or number that is given"),
        ("", "must be a dotted path"),
        ("a..b", "must be a dotted path"),
        ("planet.mass", "is not an input"),
        ("in_house.faults", "is not an input"),
    ],
)
def test_what_is_not_an_input_is_refused(desk: Situation, path: str, told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        value_at(desk, path)


def test_values_that_may_not_be_are_refused_by_the_tariff(desk: Situation) -> None:
    with pytest.raises(ConfigError, match=r"max_channels = 2\.5"):
        with_value(desk, "per_call[1].max_channels", 2.5)
    with pytest.raises(ConfigError, match="social_insurance = 2"):
        with_value(desk, "in_house.social_insurance", 2)
