"""Bundles: for each queue the size that costs least over the period, and the calls beyond it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from staffing.notes import Note
from staffing.sourcing.case import Case
from staffing.sourcing.comparison import Size
from staffing.sourcing.lines import CostLine
from staffing.sourcing.quotes.channels import SHARED_POOL, Channels, fewest_channels
from staffing.sourcing.quotes.context import Context
from staffing.sourcing.quotes.draft import Draft
from staffing.sourcing.tariffs import Bundle, BundleSize

Handled = Mapping[str, Mapping[str, float]]


def draft_bundle(tariff: Bundle, case: Case, context: Context) -> Draft:
    """Price the cheapest sizes, with the fewest channels that reach the target."""
    bought = fewest_channels(tariff, case)
    handled = bought.handled()
    sizes = {name: _cheapest(tariff, case, handled[name]) for name in bought.by_queue}
    calls = sum(size.calls.value for size in sizes.values())
    return Draft(
        capacity=Note.of(
            "bundles of {calls} calls a month, channels: {channels}, {hours}",
            calls=f"{calls:.0f}",
            channels=bought.count,
            hours=bought.tier.name,
        ),
        size=Size(channels=bought.count, calls=calls),
        lines=tuple(_lines(tariff, bought, sizes, handled)),
        reached=bought.reached,
        obstacles=tuple(bought.obstacles()),
        notes=(SHARED_POOL,),
    )


def _cheapest(tariff: Bundle, case: Case, handled: Mapping[str, float]) -> BundleSize:
    def price(size: BundleSize) -> float:
        return sum(
            size.month.value * month.share
            + tariff.overage.value * max(0.0, handled[month.name] - size.calls.value * month.share)
            for month in case.months
        )

    return min(tariff.sizes, key=price)


def _lines(
    tariff: Bundle, bought: Channels, sizes: Mapping[str, BundleSize], handled: Handled
) -> Iterator[CostLine]:
    """The bill: setup once; bundles by size, extra channels and calls beyond by month, times the hours factor."""
    yield bought.setup_line()
    extra = {line.month: line for line in bought.extra_lines()}
    for month in bought.case.months:
        for size, count in Counter(sizes.values()).items():
            item = f"bundle of {size.calls.value:.10g} calls"
            fee = count * month.share
            yield CostLine.of(month.name, item, fee, month.unit, size.month, bought.factor, bought.note)
        if month.name in extra:
            yield extra[month.name]
        beyond = sum(
            max(0.0, handled[name][month.name] - size.calls.value * month.share)
            for name, size in sizes.items()
        )
        if beyond > 1e-6:
            item = "calls beyond those included"
            yield CostLine.of(month.name, item, beyond, "call", tariff.overage, bought.factor, bought.note)
