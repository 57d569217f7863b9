"""Sizing of tariffs that sell channels: the fewest channels that reach the target, the same for the whole period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from staffing.notes import Note
from staffing.sourcing.case import Case
from staffing.sourcing.hours import HoursTier, whole_tier
from staffing.sourcing.lines import ONCE, CostLine
from staffing.sourcing.quotes.draft import Reached
from staffing.sourcing.service import Service, measure
from staffing.sourcing.tariffs import ByChannel

SHARED_POOL = Note.of("Best effort: the vendor's shared pool behind the channels is taken as never busy")
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Channels:
    """What was bought: channels by queue, and the hours tier.

    Each queue has a number, and so a contract, of its own. A channel is a server of the queue. Calls outside the
    hours of the tier are lost.
    """

    tariff: ByChannel
    case: Case
    tier: HoursTier
    by_queue: Mapping[str, int]
    service: Service

    @property
    def count(self) -> int:
        """Channels of all queues."""
        return sum(self.by_queue.values())

    @property
    def factor(self) -> float:
        """What the hours multiply every monthly price by."""
        return self.tier.factor.value

    @property
    def note(self) -> str:
        """Why prices are not those of the tariff; empty where they are."""
        return f"x {self.factor:g} for {self.tier.name}" if self.factor != 1 else ""

    @property
    def reached(self) -> Reached:
        """The service of these channels."""
        return Reached.of(self.service)

    def handled(self) -> dict[str, dict[str, float]]:
        """Handled calls by queue and month."""
        handled = self.service.rates.handled
        row = np.arange(len(handled))
        return {
            name: self.case.by_month(np.where(np.isin(row, rows), handled, 0))
            for name, rows in self.case.queues.items()
        }

    def setup_line(self) -> CostLine:
        """The setup fee, once for each queue."""
        return CostLine.of(
            self.case.months[0].name, "setup fee", len(self.by_queue), ONCE, self.tariff.setup_fee
        )

    def extra_lines(self) -> Iterator[CostLine]:
        """Channels beyond those included, by month."""
        extra = self.count - len(self.by_queue) * int(self.tariff.included_channels.value)
        rate = self.tariff.extra_channel_month
        for month in self.case.months if extra else ():
            unit = f"channel-{month.unit}"
            yield CostLine.of(
                month.name, "extra channels", extra * month.share, unit, rate, self.factor, self.note
            )

    def obstacles(self) -> Iterator[Note]:
        """Too little volume for the vendor; queues that miss the target with every channel that is sold."""
        yield from _below_minimum(self.tariff, self.case)
        most = int(self.tariff.max_channels.value)
        for name, rows in self.case.queues.items():
            if self.by_queue[name] == most and not self._of_queue(rows).meets:
                text = "Queue {queue}: {channels} channels, the most sold, do not reach the target"
                yield Note.of(text, queue=name, channels=most)

    def _of_queue(self, rows: npt.NDArray[np.int64]) -> Service:
        return measure(self.case.only(rows), self.service.seats[rows], self.tariff.waiting_places.value)


def fewest_channels(tariff: ByChannel, case: Case) -> Channels:
    """The fewest channels with which each queue reaches the target; the most sold where none does."""
    tier = whole_tier(tariff.hours, case.starts, case.interval_minutes)
    sold = (tariff.included_channels.value, tariff.max_channels.value, tariff.waiting_places.value)
    key = ("fewest channels", *sold, tier.days, tier.open)
    if key not in case.shared:
        case.shared[key] = _sized(tariff, case, tier)
    channels, service = case.shared[key]
    return Channels(tariff, case, tier, channels, service)


def _sized(tariff: ByChannel, case: Case, tier: HoursTier) -> tuple[dict[str, int], Service]:
    offered = tier.covers(case.starts, case.interval_minutes)
    channels = {name: _fewest(tariff, case.only(rows), offered[rows]) for name, rows in case.queues.items()}
    seats = np.zeros(len(case.calls), dtype=np.int64)
    for name, rows in case.queues.items():
        seats[rows] = channels[name]
    return channels, measure(case, np.where(offered, seats, 0), tariff.waiting_places.value)


def with_refused(channels: Channels, kept: npt.NDArray[np.float64]) -> Channels:
    """The same channels where only a share `kept` of each row's answered calls is taken, the rest refused."""
    found = channels.service.rates
    thinned = replace(found, lost=1 - (1 - found.lost) * kept, level=found.level * kept)
    return replace(channels, service=replace(channels.service, rates=thinned))


def _fewest(tariff: ByChannel, queue: Case, offered: Bools) -> int:
    fewest, most = int(tariff.included_channels.value), int(tariff.max_channels.value)
    for channels in range(fewest, most):
        if measure(queue, np.where(offered, channels, 0), tariff.waiting_places.value).meets:
            return channels
    return most


def _below_minimum(tariff: ByChannel, case: Case) -> Iterator[Note]:
    calls = case.by_month(case.calls)
    least = min(calls[month.name] / month.share for month in case.months)
    if least < tariff.minimum_calls.value:
        yield Note.of(
            "{calls} calls a month are {missing} below the vendor's minimum of {minimum}",
            calls=f"{least:.0f}",
            missing=f"{tariff.minimum_calls.value - least:.0f}",
            minimum=f"{tariff.minimum_calls.value:.10g}",
        )
