"""The per-call plan: base fee, extra channels, and handled calls beyond the included ones."""

from __future__ import annotations

from collections.abc import Iterator

from staffing.notes import Note
from staffing.sourcing.case import Case, Month
from staffing.sourcing.comparison import Size
from staffing.sourcing.lines import CostLine
from staffing.sourcing.quotes.channels import SHARED_POOL, Channels, fewest_channels
from staffing.sourcing.quotes.context import Context
from staffing.sourcing.quotes.draft import Draft
from staffing.sourcing.tariffs import PerCall


def draft_per_call(tariff: PerCall, case: Case, context: Context) -> Draft:
    """Price a per-call plan with the fewest channels that reach the target."""
    bought = fewest_channels(tariff, case)
    return Draft(
        capacity=_capacity(bought),
        size=Size(channels=bought.count, calls=tariff.included_calls.value * len(bought.by_queue)),
        lines=tuple(per_call_lines(tariff, bought)),
        reached=bought.reached,
        obstacles=tuple(bought.obstacles()),
        notes=(SHARED_POOL,),
    )


def _capacity(bought: Channels) -> Note:
    if bought.count == 1:
        return Note.of("1 channel, {hours}", hours=bought.tier.name)
    return Note.of("{channels} channels, {hours}", channels=bought.count, hours=bought.tier.name)


def per_call_lines(tariff: PerCall, bought: Channels) -> Iterator[CostLine]:
    """The bill: setup once; base fee, extra channels and overage by month, times the hours factor."""
    yield bought.setup_line()
    handled, queues = bought.handled(), len(bought.by_queue)
    extra = {line.month: line for line in bought.extra_lines()}
    for month in bought.case.months:
        fee, unit = queues * month.share, month.unit
        yield CostLine.of(month.name, "base fee", fee, unit, tariff.base_fee, bought.factor, bought.note)
        if month.name in extra:
            yield extra[month.name]
        yield from _overage(tariff, bought, month, [handled[name][month.name] for name in bought.by_queue])


def _overage(tariff: PerCall, bought: Channels, month: Month, handled: list[float]) -> Iterator[CostLine]:
    """Handled calls beyond the included ones; in a partial month included calls and tiers shrink by days."""
    splits = [tariff.overage_split(calls / month.share) for calls in handled]
    for number, tier in enumerate(tariff.overage):
        calls = sum(split[number] for split in splits) * month.share
        if calls:
            item = _tier_item(tariff, number)
            yield CostLine.of(month.name, item, calls, "call", tier.price, bought.factor, bought.note)


def _tier_item(tariff: PerCall, number: int) -> str:
    if len(tariff.overage) == 1:
        return "calls beyond those included"
    tier = tariff.overage[number]
    return f"calls beyond those included, {tier.from_calls.value:.10g}-{tier.to_calls.value:.10g}"
