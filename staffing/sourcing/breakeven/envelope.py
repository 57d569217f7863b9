"""Which option is cheapest at which volume, exactly, although costs are staircases.

Costs do not fall with volume, so on a range of volumes each lies between its values at the two ends. Where that is
enough to tell the cheapest the range is done; elsewhere it is halved, down to single calls. Where every option that
is left has bought the same at both ends and runs straight in between, the ends decide for the whole range.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from typing import Literal

Reason = Literal["price", "step", "capacity", "minimum"]
STRAIGHT = 1.0  # how far a cost may lie off a straight line, in smallest currency units: amounts are rounded
CLEAR = 10.0  # a lead that the rounding of a bill's lines cannot turn


@dataclass(frozen=True)
class Point:
    """One option at one volume: what it costs a month, what was bought, and why it cannot be had (None: it can)."""

    cost: float
    bought: Hashable
    obstacle: Literal["capacity", "minimum"] | None = None

    @property
    def price(self) -> float:
        """The cost, infinite where the option cannot be had."""
        return self.cost if self.obstacle is None else inf


Price = Callable[[int], Point]


@dataclass(frozen=True)
class Band:
    """Volumes `first` to `last` (calls a month) for which one option is the cheapest; None: none can be had."""

    first: int
    last: int
    option: str | None


@dataclass(frozen=True)
class Crossing:
    """From `calls` a month on `after` is the cheaper way, up to then `before` was.

    `reason`: "price" (the costs meet), "step" (one of the two buys more or less from here on), "capacity" (`before`
    does not reach the target any more) or "minimum" (`after` takes no smaller volume).
    """

    calls: int
    before: str | None
    after: str | None
    reason: Reason


@dataclass
class Envelope:
    """The cheapest of several options by volume; each volume is priced once."""

    prices: Mapping[str, Price]
    _known: dict[tuple[str, int], Point] = field(default_factory=dict)

    def at(self, option: str, calls: int) -> Point:
        """One option at one volume."""
        key = option, calls
        if key not in self._known:
            self._known[key] = self.prices[option](calls)
        return self._known[key]

    def best(self, calls: int, options: tuple[str, ...]) -> str | None:
        """The cheapest; at equal cost the one that is cheaper one call further, else the first."""
        costs = {option: self.at(option, calls).price for option in options}
        least = min(costs.values())
        equal = [option for option in options if costs[option] == least]
        if least == inf:
            return None
        if len(equal) > 1:
            return min(equal, key=lambda option: self.at(option, calls + 1).price)
        return equal[0]

    def falls(self) -> Iterator[tuple[str, int, int]]:
        """Options that cost less at a larger volume, among those priced: for them bands may be missed."""
        for option in self.prices:
            known = sorted(calls for name, calls in self._known if name == option)
            for fewer, more in pairwise(known):
                if self.at(option, more).cost < self.at(option, fewer).cost - STRAIGHT:
                    yield option, fewer, more

    def bands(
        self, low: int, high: int, options: tuple[str, ...] | None = None, stretch: int = 1
    ) -> tuple[Band, ...]:
        """The cheapest option of every volume from `low` to `high`.

        Volumes at most `stretch` apart with the same cheapest are not looked into between them.
        """
        chosen = tuple(self.prices) if options is None else options
        found: list[Band] = []
        for band in self._split(low, high, chosen, stretch):
            if found and found[-1].option == band.option:
                found[-1] = Band(found[-1].first, band.last, band.option)
            else:
                found.append(band)
        return tuple(found)

    def crossings(self, bands: tuple[Band, ...]) -> tuple[Crossing, ...]:
        """Where one band follows another, with the reason."""
        return tuple(
            Crossing(after.first, before.option, after.option, self._reason(before, after))
            for before, after in pairwise(bands)
        )

    def _split(self, low: int, high: int, options: tuple[str, ...], stretch: int) -> Iterator[Band]:
        left = self._possible(low, high, options)
        if not left:
            yield Band(low, high, None)
            return
        first, last = self.best(low, left), self.best(high, left)
        if high - low <= stretch or (
            first == last and first is not None and self._settled(low, high, left, first)
        ):
            yield from self._changes(low, high, left)
            return
        middle = (low + high) // 2
        yield from self._split(low, middle, left, stretch)
        yield from self._split(middle + 1, high, left, stretch)

    def _changes(self, low: int, high: int, options: tuple[str, ...]) -> Iterator[Band]:
        """The changes between two volumes, as far as halving finds them."""
        first = self.best(low, options)
        if first == self.best(high, options):
            yield Band(low, high, first)
            return
        before, after = low, high
        while after - before > 1:
            middle = (before + after) // 2
            if self.best(middle, options) == first:
                before = middle
            else:
                after = middle
        yield Band(low, before, first)
        yield from self._changes(after, high, options)

    def _possible(self, low: int, high: int, options: tuple[str, ...]) -> tuple[str, ...]:
        """Options that may be the cheapest somewhere from `low` to `high`."""
        ends = {option: (self.at(option, low), self.at(option, high)) for option in options}
        sold = {
            option: pair
            for option, pair in ends.items()
            if pair[0].obstacle is None or pair[1].obstacle is None or pair[0].obstacle != pair[1].obstacle
        }
        most = min(
            (b.cost for a, b in sold.values() if a.obstacle is None and b.obstacle is None), default=inf
        )
        return tuple(option for option, (a, _) in sold.items() if a.cost <= most)

    def _settled(self, low: int, high: int, options: tuple[str, ...], winner: str) -> bool:
        """Whether one option is the cheapest all the way, having been so at both ends."""
        if len(options) == 1:
            return self._sold(low, high, winner)
        if not all(self._straight(low, high, option) for option in options):
            return False
        others = [option for option in options if option != winner]
        return all(self._ahead(low, high, winner, option) for option in others)

    def _sold(self, low: int, high: int, option: str) -> bool:
        return self.at(option, low).obstacle is None and self.at(option, high).obstacle is None

    def _straight(self, low: int, high: int, option: str) -> bool:
        """The same bought at both ends, and the costs at three places in between on the line through the ends."""
        start, end = self.at(option, low), self.at(option, high)
        if start.bought != end.bought or not self._sold(low, high, option):
            return False
        slope = (end.cost - start.cost) / (high - low)
        return all(
            abs(self.at(option, calls).cost - start.cost - slope * (calls - low)) <= STRAIGHT
            for calls in _between(low, high)
        )

    def _ahead(self, low: int, high: int, winner: str, other: str) -> bool:
        """Cheaper at both ends by more than rounding, or never different at all."""
        gaps = [
            self.at(other, calls).cost - self.at(winner, calls).cost
            for calls in (low, *_between(low, high), high)
        ]
        return min(gaps[0], gaps[-1]) > CLEAR or not any(gaps)

    def _reason(self, before: Band, after: Band) -> Reason:
        calls = after.first
        if before.option is not None and self.at(before.option, calls).obstacle is not None:
            return "capacity"
        if after.option is not None and self.at(after.option, calls - 1).obstacle is not None:
            return "minimum"
        both = [option for option in (before.option, after.option) if option is not None]
        stepped = any(self.at(x, calls - 1).bought != self.at(x, calls).bought for x in both)
        return "step" if stepped else "price"


def _between(low: int, high: int) -> tuple[int, ...]:
    quarter = (high - low) // 4
    return tuple(sorted({low + quarter, (low + high) // 2, high - quarter} - {low, high}))
