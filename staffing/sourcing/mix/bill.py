"""What a mix costs, line by line, from its decisions alone: quantity x rate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.sourcing.figures import Figure
from staffing.sourcing.lines import ONCE, CostLine
from staffing.sourcing.mix.plan import MixPlan, SourcePlan, added, began, ended
from staffing.sourcing.mix.problem import MixProblem
from staffing.sourcing.mix.sources import NOTHING, Booths, CallPlan, Contract, Hourly, Overflow, OwnDesk, Tier
from staffing.sourcing.mix.tiers import priced

Floats = npt.NDArray[np.float64]
AFTER = "owed after the plan"


@dataclass(frozen=True, eq=False)
class Item:
    """One figure of a source and how much of it is bought; `quantity` (months + 1,), the last after the plan."""

    source: str
    item: str
    unit: str
    figure: Figure
    quantity: Floats

    @property
    def amount(self) -> float:
        """Quantity x rate over all months, not rounded."""
        return float(self.quantity.sum() * self.figure.value)


def items(problem: MixProblem, plan: MixPlan) -> tuple[Item, ...]:
    """Everything that is paid for; items without quantity are left out."""
    found = [
        item
        for source, part in zip(problem.sources, plan.sources, strict=True)
        for item in (*_contract(problem, source, part), *_kind(problem, source, part))
    ]
    return tuple(item for item in found if item.quantity.any() and item.figure != NOTHING)


def cost(problem: MixProblem, plan: MixPlan) -> float:
    """All that is paid over the horizon and owed after it, in the currency's smallest unit, not rounded."""
    return sum(item.amount for item in items(problem, plan))


def lines(problem: MixProblem, plan: MixPlan) -> dict[str, tuple[CostLine, ...]]:
    """The cost lines of each source; what is owed after the plan stands in its last month."""
    found: dict[str, list[CostLine]] = {source.name: [] for source in problem.sources}
    months = (*problem.months, problem.months[-1])
    for item in items(problem, plan):
        for number in np.flatnonzero(item.quantity).tolist():
            name = f"{item.item}, {AFTER}" if number == len(problem.months) else item.item
            line = CostLine.of(months[number], name, float(item.quantity[number]), item.unit, item.figure)
            found[item.source].append(line)
    return {name: tuple(sorted(bill, key=lambda line: line.month)) for name, bill in found.items()}


def _contract(problem: MixProblem, source: Contract, part: SourcePlan) -> Iterator[Item]:
    count = len(problem.months)
    starts, ends = began(part.active, source.terms.begun), ended(part.active, source.terms.begun)
    season = isinstance(source, Booths) and source.season is not None
    bound = 1 if season else source.terms.bound
    owed = float((starts * np.maximum(np.arange(count) + bound - count, 0)).sum())
    active = part.active.astype(np.float64)
    yield Item(source.name, "setup fee", ONCE, source.setup, _within(starts))
    yield Item(source.name, "exit fee", ONCE, source.exit_fee, _within(ends))
    yield Item(source.name, "monthly fee", "month", source.month_fee, np.append(active, owed))
    yield Item(source.name, "liaison", "month", source.liaison_month, _within(active))
    calls = part.calls.sum(axis=1)  # (months, classes)
    if isinstance(source, OwnDesk):
        calls = _kept(problem, source, part)
    yield Item(source.name, "extra cost of calls", "call", source.call_extra, _within(calls.sum(axis=1)))


def _kind(problem: MixProblem, source: Contract, part: SourcePlan) -> Iterator[Item]:
    match source:
        case OwnDesk():
            yield from _desk(problem, source, part)
        case Booths():
            minimum = 1 if source.season is not None else source.seat_minimum
            for number, kind in enumerate(problem.classes):
                if kind.name in source.seat_month:
                    held = part.seats[:, number]
                    begun = int(source.seats.get(kind.name, 0))
                    quantity = np.append(held, _owed(held, begun, minimum)).astype(np.float64)
                    figure = source.seat_month[kind.name]
                    yield Item(source.name, f"seats, {kind.name}", "seat-month", figure, quantity)
        case Hourly():
            for number, kind in enumerate(problem.classes):
                if kind.name in source.rate_hour:
                    figure = source.rate_hour[kind.name]
                    yield Item(
                        source.name, f"hours, {kind.name}", "hour", figure, _within(part.hours[:, number])
                    )
            yield Item(source.name, "workplaces", "place-month", source.place_month, _within(part.places))
            served = problem.open_classes(source)
            rates = [
                source.rate_hour[k.name] for k, any_ in zip(problem.classes, served, strict=True) if any_
            ]
            if rates:
                short = np.maximum(source.least_hours * part.active - part.hours.sum(axis=1), 0.0)
                lowest = min(rates, key=lambda figure: figure.value)
                yield Item(source.name, "hours to the minimum", "hour", lowest, _within(short))
        case CallPlan():
            extra = np.maximum(part.channels - source.included_channels * part.active, 0)
            yield Item(source.name, "extra channels", "channel-month", source.channel_month, _within(extra))
            yield from _tiers(source, source.included_calls, source.tiers, part)
        case Overflow():
            yield from _tiers(source, source.included_calls, source.tiers, part)


def _desk(problem: MixProblem, desk: OwnDesk, part: SourcePlan) -> Iterator[Item]:
    count = len(problem.months)
    training, hiring = np.zeros(count), np.zeros(count)
    for month in np.flatnonzero(part.hires).tolist():
        training[month - desk.training : month] += part.hires[month]
        hiring[month - desk.hire_lead] += part.hires[month]
    wages = Item(desk.name, "wages", "head-month", desk.wage_month, _within(part.heads))
    taught = Item(desk.name, "wages in training", "head-month", desk.wage_month, _within(training))
    led = part.heads / desk.heads_per_supervisor
    leaders = Item(desk.name, "supervisors", "supervisor-month", desk.supervisor_month, _within(led))
    premiums = [
        Item(
            desk.name,
            f"premium, {kind.name}",
            "hour",
            desk.premium_hour[kind.name],
            _within(part.hours[:, number]),
        )
        for number, kind in enumerate(problem.classes)
        if kind.name in desk.premium_hour
    ]
    insured = _money([wages, taught, leaders, *premiums])
    share = desk.social_insurance
    held = part.places
    leased = np.append(held, _owed(held, desk.places, desk.lease)).astype(np.float64)
    places = Item(desk.name, "workplaces", "place-month", desk.place_month, leased)
    yield from (wages, taught, leaders, *premiums)
    yield Item(desk.name, "employer's social insurance", "of wages", share, insured)
    yield Item(desk.name, "recruiting", "hire", desk.hire, _within(hiring))
    yield Item(desk.name, "severance", "head", desk.severance, _within(part.released))
    yield places
    if desk.floor_month.value:
        fees = (desk.month_fee.value + desk.liaison_month.value) * part.active
        paid = _money([wages, leaders, *premiums])[:-1] * (1 + share.value) + _money([places])[:-1] + fees
        short = np.maximum(desk.floor_month.value * part.active - paid, 0.0)
        figure = Figure(1.0, desk.floor_month.label, desk.floor_month.where)
        yield Item(desk.name, "top-up to the floor of a desk", "unit of money", figure, _within(short))


def _tiers(source: Contract, included: float, tiers: tuple[Tier, ...], part: SourcePlan) -> Iterator[Item]:
    billed = part.calls.sum(axis=(1, 2)) * source.repeat_factor
    before = 0.0
    for tier in priced(included, tiers):
        inside = np.clip(billed - before, 0.0, tier.calls)
        name = f"calls from {before:,.10g}" if before else "calls"
        yield Item(source.name, name, "call", tier.price, _within(inside))
        before += tier.calls


def _kept(problem: MixProblem, desk: OwnDesk, part: SourcePlan) -> Floats:
    """Calls that own agents take themselves, (months, classes)."""
    found = np.zeros(part.calls.shape[::2])
    for team, kinds in enumerate(problem.teams(desk)):
        found += part.calls[:, kinds, :].sum(axis=1) * part.kept_share[team]
    return found


def _owed(held: npt.NDArray[np.int64], begun: int, minimum: int) -> float:
    """Months of things added whose minimum runs beyond the plan."""
    count = len(held)
    return float((added(held, begun) * np.maximum(np.arange(count) + minimum - count, 0)).sum())


def _within(quantity: npt.ArrayLike) -> Floats:
    return np.append(np.asarray(quantity, dtype=np.float64), 0.0)


def _money(parts: list[Item]) -> Floats:
    return np.asarray(sum((item.quantity * item.figure.value for item in parts), np.zeros(1)))
