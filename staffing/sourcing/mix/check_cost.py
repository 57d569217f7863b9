"""What a mix costs, recomputed by walking through its months; shares nothing with the bill."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from staffing.sourcing.mix.plan import MixPlan, SourcePlan
from staffing.sourcing.mix.problem import MixProblem
from staffing.sourcing.mix.sources import Booths, CallPlan, Contract, Hourly, Overflow, OwnDesk, Tier

Floats = npt.NDArray[np.float64]


def recomputed(problem: MixProblem, plan: MixPlan) -> tuple[float, Floats]:
    """The total, with what is owed after the plan, and what is paid in each month (months,)."""
    paid, after = np.zeros(len(problem.months)), 0.0
    for source, part in zip(problem.sources, plan.sources, strict=True):
        after += _agreement(source, part, paid)
        match source:
            case OwnDesk():
                after += _desk(problem, source, part, paid)
            case Booths():
                minimum = 1 if source.season is not None else source.seat_minimum
                for number, kind in enumerate(problem.classes):
                    if kind.name in source.seat_month:
                        price, begun = source.seat_month[kind.name].value, int(source.seats.get(kind.name, 0))
                        after += _held(part.seats[:, number].tolist(), begun, minimum, price, paid)
            case Hourly():
                _hours(problem, source, part, paid)
            case CallPlan() | Overflow():
                for month in range(len(paid)):
                    calls = float(part.calls[month].sum()) * source.repeat_factor
                    paid[month] += _call_price(calls, source.included_calls, source.tiers)
                    if isinstance(source, CallPlan) and part.active[month]:
                        extra = max(0, int(part.channels[month]) - source.included_channels)
                        paid[month] += extra * source.channel_month.value
    return float(paid.sum() + after), paid


def _agreement(source: Contract, part: SourcePlan, paid: Floats) -> float:
    """Fees of being active, beginning and ending, extra cost of calls; returns what is owed after the plan."""
    runs, until, after = source.terms.begun, 0, 0.0
    seasonal = isinstance(source, Booths) and source.season is not None
    for month in range(len(paid)):
        if part.active[month]:
            paid[month] += source.month_fee.value + source.liaison_month.value
            if not runs:
                paid[month] += source.setup.value
                until = month + (1 if seasonal else max(source.terms.minimum, source.terms.notice, 1))
                after += max(0, until - len(paid)) * source.month_fee.value
        elif runs:
            paid[month] += source.exit_fee.value
        runs = bool(part.active[month])
        if not isinstance(source, OwnDesk):
            paid[month] += float(part.calls[month].sum()) * source.call_extra.value
    return after


def _held(held: list[int], begun: int, minimum: int, price: float, paid: Floats) -> float:
    before, after = begun, 0.0
    for month, count in enumerate(held):
        paid[month] += count * price
        after += max(0, count - before) * max(0, month + minimum - len(held)) * price
        before = count
    return after


def _desk(problem: MixProblem, desk: OwnDesk, part: SourcePlan, paid: Floats) -> float:
    insured = 1 + desk.social_insurance.value
    for month in range(len(paid)):
        running = float(part.heads[month]) * desk.wage_month.value * insured
        running += (
            float(part.heads[month]) / desk.heads_per_supervisor * desk.supervisor_month.value * insured
        )
        for number, kind in enumerate(problem.classes):
            if kind.name in desk.premium_hour:
                running += float(part.hours[month, number]) * desk.premium_hour[kind.name].value * insured
        in_training = sum(part.hires[month + 1 : month + 1 + desk.training].tolist())
        found = part.hires[month + desk.hire_lead] if month + desk.hire_lead < len(paid) else 0
        paid[month] += in_training * desk.wage_month.value * insured + found * desk.hire.value
        paid[month] += int(part.released[month]) * desk.severance.value + running
        floor = running + int(part.places[month]) * desk.place_month.value
        if part.active[month]:
            floor += desk.month_fee.value + desk.liaison_month.value
            paid[month] += max(0.0, desk.floor_month.value - floor)
        for team, kinds in enumerate(problem.teams(desk)):
            taken = sum(part.calls[month, kind] * part.kept_share[team, month] for kind in kinds)
            paid[month] += float(np.sum(taken)) * desk.call_extra.value
    return _held(part.places.tolist(), desk.places, desk.lease, desk.place_month.value, paid)


def _hours(problem: MixProblem, source: Hourly, part: SourcePlan, paid: Floats) -> None:
    served = problem.open_classes(source)
    prices = [
        source.rate_hour[k.name].value if ok else 0.0 for k, ok in zip(problem.classes, served, strict=True)
    ]
    for month in range(len(paid)):
        paid[month] += sum(float(h) * p for h, p in zip(part.hours[month], prices, strict=True))
        paid[month] += int(part.places[month]) * source.place_month.value
        if part.active[month]:
            least = min((p for p, ok in zip(prices, served, strict=True) if ok), default=0.0)
            paid[month] += max(0.0, source.least_hours - float(part.hours[month].sum())) * least


def _call_price(calls: float, included: float, tiers: tuple[Tier, ...]) -> float:
    left, price = max(0.0, calls - included), 0.0
    for tier in tiers:
        price += min(left, tier.calls) * tier.price.value
        left -= min(left, tier.calls)
    return price
