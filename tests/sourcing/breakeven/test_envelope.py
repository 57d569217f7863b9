"""Bands and crossings of staircases against every volume there is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.sourcing.breakeven.envelope import Band, Crossing, Envelope, Point

HIGH = 300


@dataclass(frozen=True)
class Stairs:
    """A base fee, included calls, a price per call, and one more unit at a price every `capacity` calls."""

    base: int
    included: int
    price: float
    capacity: int
    unit: int
    least: int = 0
    most: int = 10**9
    curve: float = 0.0  # share of calls lost at HIGH, growing with the volume

    def __call__(self, calls: int) -> Point:
        units = -(-calls // self.capacity)
        handled = calls * (1 - self.curve * calls / HIGH / 2)
        cost = self.base + round(self.price * max(0.0, handled - self.included)) + units * self.unit
        obstacle = "minimum" if calls < self.least else "capacity" if calls > self.most else None
        return Point(cost, units, obstacle)


stairs = st.builds(
    Stairs,
    base=st.integers(0, 3000),
    included=st.sampled_from([0, 50, 100]),
    price=st.sampled_from([0, 7.5, 10, 10.2, 25]),
    capacity=st.integers(20, 200),
    unit=st.sampled_from([0, 100, 900]),
    least=st.sampled_from([0, 0, 30]),
    most=st.sampled_from([10**9, 10**9, 210]),
    curve=st.sampled_from([0.0, 0.3]),
)


def every_volume(envelope: Envelope) -> tuple[Band, ...]:
    best = [(calls, envelope.best(calls, tuple(envelope.prices))) for calls in range(1, HIGH + 1)]
    runs = [(option, [calls for calls, _ in run]) for option, run in groupby(best, key=lambda x: x[1])]
    return tuple(Band(calls[0], calls[-1], option) for option, calls in runs)


@settings(max_examples=150, deadline=None)
@given(st.lists(stairs, min_size=1, max_size=4))
def test_bands_are_those_of_every_volume(options: list[Stairs]) -> None:
    envelope = Envelope({str(number): option for number, option in enumerate(options)})
    assert envelope.bands(1, HIGH) == every_volume(envelope)
    assert not list(envelope.falls())


def test_price_crossing_by_hand() -> None:
    """30,000 + 300 (V - 50) = 315,000 at V = 1,000, where the flat one is cheaper from then on."""
    envelope = Envelope({"calls": Stairs(30_000, 50, 300, 10**6, 0), "flat": Stairs(315_000, 0, 0, 10**6, 0)})
    bands = envelope.bands(1, 5000)
    assert bands == (Band(1, 999, "calls"), Band(1000, 5000, "flat"))
    assert envelope.crossings(bands) == (Crossing(1000, "calls", "flat", "price"),)
    assert len(envelope._known) < 250  # of 10,000


def test_each_crossing_has_its_reason() -> None:
    """Flat costs 1,000 for every 100 calls; per call 12 each, from 20 calls on, up to 250.

    12 V = 1,000 at 83.3; the flat one's second unit at 101 makes 2,000, per call is dearer from 167 on; the third at
    201 makes 3,000 against 2,412, dearer from 250 on; from 251 on it is not sold.
    """
    envelope = Envelope(
        {"flat": Stairs(0, 0, 0, 100, 1000), "calls": Stairs(0, 0, 12, 10**6, 0, least=20, most=249)}
    )
    found = envelope.crossings(envelope.bands(1, 300))
    assert [(x.calls, x.after, x.reason) for x in found] == [
        (20, "calls", "minimum"),
        (84, "flat", "price"),
        (101, "calls", "step"),
        (167, "flat", "price"),
        (201, "calls", "step"),
        (250, "flat", "capacity"),
    ]


def test_equal_costs_take_no_longer() -> None:
    flat = Stairs(500, 0, 0, 10**6, 0)
    envelope = Envelope({"a": flat, "b": flat})
    assert envelope.bands(1, 100_000) == (Band(1, 100_000, "a"),)
    assert len(envelope._known) < 20


def test_what_cannot_be_had_has_a_band_of_its_own() -> None:
    envelope = Envelope({"small": Stairs(1, 0, 1, 10**6, 0, least=10, most=20)})
    bands = envelope.bands(1, 30)
    assert bands == (Band(1, 9, None), Band(10, 20, "small"), Band(21, 30, None))
    assert [x.reason for x in envelope.crossings(bands)] == ["minimum", "capacity"]


def test_a_cost_that_falls_is_told() -> None:
    falling = Envelope({"x": lambda calls: Point(1000 - calls, 0), "y": lambda calls: Point(800, 0)})
    falling.bands(1, 100)
    assert next(falling.falls())[0] == "x"
