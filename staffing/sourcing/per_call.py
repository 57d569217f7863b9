"""The per-call plan: the fewest channels that reach the target, and their bill."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from staffing.notes import Note
from staffing.sourcing.case import Case, Month
from staffing.sourcing.hours import HoursTier, whole_tier
from staffing.sourcing.lines import ONCE, CostLine
from staffing.sourcing.quote import Quote, measured_quote
from staffing.sourcing.service import Service, measure
from staffing.sourcing.tariffs import PerCall

SHARED_POOL = "Best effort: the vendor's shared pool behind the channels is taken as never busy"


def quote_per_call(tariff: PerCall, case: Case) -> Quote:
    """Price a per-call plan: each queue has a number, and so a contract, of its own.

    A channel is a server of the queue; the same number is bought for the whole period. Calls outside the hours
    of the widest tier are lost.
    """
    tier = whole_tier(tariff.hours, case.starts, case.interval_minutes)
    offered = tier.covers(case.starts, case.interval_minutes)
    channels = {name: _fewest(tariff, case, rows, offered) for name, rows in case.queues.items()}
    service = measure(case, _seats(case, channels, offered), tariff.waiting_places.value)
    return measured_quote(
        tariff.name,
        _capacity(channels, tier),
        service,
        _lines(tariff, case, tier, channels, service),
        obstacles=(*_below_minimum(tariff, case), *_too_few(tariff, case, channels, offered)),
        notes=(Note.of(SHARED_POOL), *_outside(case, offered, tier)),
    )


def _fewest(tariff: PerCall, case: Case, rows: npt.NDArray[np.int64], offered: npt.NDArray[np.bool_]) -> int:
    """Smallest number of channels with which a queue reaches the target; the most allowed if none does."""
    alone = case.only(rows)
    fewest, most = int(tariff.included_channels.value), int(tariff.max_channels.value)
    for channels in range(fewest, most):
        seats = np.where(offered[rows], channels, 0)
        if measure(alone, seats, tariff.waiting_places.value).meets:
            return channels
    return most


def _too_few(
    tariff: PerCall, case: Case, channels: dict[str, int], offered: npt.NDArray[np.bool_]
) -> Iterator[Note]:
    """A note for each queue that misses the target though it has every channel that is sold."""
    most = int(tariff.max_channels.value)
    for name, rows in case.queues.items():
        seats = np.where(offered[rows], most, 0)
        full = channels[name] == most
        if full and not measure(case.only(rows), seats, tariff.waiting_places.value).meets:
            text = "Queue {queue}: {channels} channels, the most sold, do not reach the target"
            yield Note.of(text, queue=name, channels=most)


def _seats(case: Case, channels: dict[str, int], offered: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    seats = np.zeros(len(case.calls), dtype=np.int64)
    for name, rows in case.queues.items():
        seats[rows] = channels[name]
    return np.where(offered, seats, 0)


def _capacity(channels: dict[str, int], tier: HoursTier) -> Note:
    count = sum(channels.values())
    if count == 1:
        return Note.of("1 channel, {hours}", hours=tier.name)
    return Note.of("{channels} channels, {hours}", channels=count, hours=tier.name)


def _lines(
    tariff: PerCall, case: Case, tier: HoursTier, channels: dict[str, int], service: Service
) -> Iterator[CostLine]:
    """The bill: setup once; base fee, extra channels and overage by month, times the hours factor."""
    yield CostLine.of(case.months[0].name, "setup fee", len(channels), ONCE, tariff.setup_fee)
    factor = tier.factor.value
    note = f"x {factor:g} for {tier.name}" if factor != 1 else ""
    extra = sum(count - int(tariff.included_channels.value) for count in channels.values())
    handled = {
        name: case.by_month(np.where(np.isin(np.arange(len(case.calls)), rows), service.rates.handled, 0))
        for name, rows in case.queues.items()
    }
    for month in case.months:
        fee = len(channels) * month.share
        yield CostLine.of(month.name, "base fee", fee, month.unit, tariff.base_fee, factor, note)
        if extra:
            unit = f"channel-{month.unit}"
            fee = extra * month.share
            yield CostLine.of(
                month.name, "extra channels", fee, unit, tariff.extra_channel_month, factor, note
            )
        yield from _overage(tariff, month, [handled[name][month.name] for name in channels], factor, note)


def _overage(
    tariff: PerCall, month: Month, handled: list[float], factor: float, note: str
) -> Iterator[CostLine]:
    """Handled calls beyond the included ones; in a partial month included calls and tiers shrink by days."""
    splits = [tariff.overage_split(calls / month.share) for calls in handled]
    for number, tier in enumerate(tariff.overage):
        calls = sum(split[number] for split in splits) * month.share
        if calls:
            yield CostLine.of(month.name, _tier_item(tariff, number), calls, "call", tier.price, factor, note)


def _tier_item(tariff: PerCall, number: int) -> str:
    if len(tariff.overage) == 1:
        return "calls beyond those included"
    tier = tariff.overage[number]
    return f"calls beyond those included, {tier.from_calls.value:.10g}-{tier.to_calls.value:.10g}"


def _below_minimum(tariff: PerCall, case: Case) -> Iterator[Note]:
    calls = case.by_month(case.calls)
    volumes = [calls[month.name] / month.share for month in case.months]
    least = min(volumes)
    if least < tariff.minimum_calls.value:
        yield Note.of(
            "{calls} calls a month are {missing} below the vendor's minimum of {minimum}",
            calls=f"{least:.0f}",
            missing=f"{tariff.minimum_calls.value - least:.0f}",
            minimum=f"{tariff.minimum_calls.value:.10g}",
        )


def _outside(case: Case, offered: npt.NDArray[np.bool_], tier: HoursTier) -> Iterator[Note]:
    outside = float(case.calls[~offered].sum())
    if outside:
        yield Note.of(
            "{share} % of calls fall outside {hours}, the widest hours offered, and are lost",
            share=f"{100 * outside / case.calls.sum():.1f}",
            hours=tier.name,
        )
