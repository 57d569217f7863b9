"""Project every option over 1 to 60 months: sizes, cash flow, what is owed, and what may happen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.notes import Note
from staffing.sourcing.case import Case
from staffing.sourcing.horizon.cashflow import CashFlow
from staffing.sourcing.horizon.growth import growth_lines
from staffing.sourcing.horizon.kept import kept
from staffing.sourcing.horizon.months import before
from staffing.sourcing.horizon.projection import Projection
from staffing.sourcing.horizon.risk import Risk, outcome
from staffing.sourcing.horizon.scenarios import Uncertainty
from staffing.sourcing.horizon.served import Seated, Served
from staffing.sourcing.horizon.shape import DemandShape
from staffing.sourcing.horizon.tax import NO_TAX, Tax
from staffing.sourcing.horizon.variable import Bought, variable_cost
from staffing.sourcing.horizon.volumes import Season, Volumes
from staffing.sourcing.lines import ONCE, CostLine, ledger
from staffing.sourcing.quotes import Context, Quote, quote
from staffing.sourcing.quotes.hidden import work_of
from staffing.sourcing.tariffs import InHouse, Offered

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Option:
    """One offer over the horizon."""

    offer: Offered
    cases: tuple[Case, ...]
    quotes: tuple[Quote, ...]
    lines: tuple[CostLine, ...]
    stranded: Floats


def project(
    offers: Sequence[Offered],
    shape: DemandShape,
    context: Context,
    *,
    start: str,
    months: int,
    calls: float,
    growth: float = 0.0,
    season: Season | None = None,
    rate: float = 0.0,
    tax: Tax = NO_TAX,
    uncertainty: Uncertainty | None = None,
) -> Projection:
    """Size every offer to the shape's target in every month, and pay for it.

    What is paid once is paid in the first month. Seats and leases that terms do not let go are held at least cost.
    The size of each month is the one its forecast asks for; people, seats and channels can be added for the next
    month as far as lead times allow it, since the forecast is known.

    Args:
        offers: of any kind.
        shape: typical days, target, patience.
        context: the tariffs around the offers; a roster's facts hold for months that were planned and are not used.
        start: first month in which calls are taken, as "2027-04".
        months: 1 to 60.
        calls: offered in a mean month at the start.
        growth: per year.
        season: factors by calendar month.
        rate: yearly rate of discount.
        tax: consumption tax, shown apart.
        uncertainty: how calls may turn out; without it no paths are drawn.

    Raises:
        ConfigError: settings out of range.
        InputError: a month without open intervals.
    """
    volumes = Volumes.of(start, months, calls, growth=growth, season=season)
    cases = tuple(
        shape.case(month, volume) for month, volume in zip(volumes.months, volumes.calls, strict=True)
    )
    options = [_option(offer, cases, replace(context, facts=None)) for offer in offers]
    flow = CashFlow(
        ledger(((option.offer.name, option.lines) for option in options), context.tariffs.currency),
        volumes.months,
        {option.offer.name: _handled(option) for option in options},
        rate,
        tax,
    )
    risk = None if uncertainty is None else _risk(options, uncertainty.factors(months), rate)
    return Projection(
        currency=context.tariffs.currency,
        volumes=volumes,
        flow=flow,
        sizes=pd.concat([_sizes(option, volumes) for option in options], ignore_index=True),
        risk=risk,
        notes=(*_notes(options, volumes, context), *_unmoved(risk)),
        lost_calls_counted=context.tariffs.lost_calls is not None and context.tariffs.lost_calls.counted,
        lost=ledger(
            ((option.offer.name, (x for made in option.quotes for x in made.lost)) for option in options),
            context.tariffs.currency,
        ),
    )


def _option(offer: Offered, cases: tuple[Case, ...], context: Context) -> _Option:
    quotes = tuple(_quote(offer, case, context, number) for number, case in enumerate(cases))
    names = [case.months[0].name for case in cases]
    bills = [tuple(line for line in found.lines if line.unit != ONCE) for found in quotes]
    vendors = frozenset().union(*(found.vendors for found in quotes))
    days = np.array([_open_days(case) for case in cases])
    held = kept(offer, context.tariffs, bills, names, days, vendors)
    grown = (
        growth_lines(offer, [found.size.heads for found in quotes], names)
        if isinstance(offer, InHouse)
        else ()
    )
    lines = (*_once(quotes), *(line for bill in bills for line in bill), *held.lines, *grown)
    return _Option(offer, cases, quotes, lines, held.stranded)


def _once(quotes: Sequence[Quote]) -> Iterator[CostLine]:
    """What is paid once, in the first month that bills it: a peak's vendor may begin later than the first."""
    paid: set[str] = set()
    for found in quotes:
        new = [line for line in found.lines if line.unit == ONCE and line.item not in paid]
        yield from new
        paid.update(line.item for line in new)


def _quote(offer: Offered, case: Case, context: Context, number: int) -> Quote:
    """The quote of the `number`-th month; people of a new desk are that far on their learning curve."""
    if isinstance(offer, InHouse) and context.new_desk and number < len(offer.learning):
        return quote(replace(offer, learning=offer.learning[number:]), case, context)
    return quote(offer, case, replace(context, new_desk=context.new_desk and number == 0))


def _open_days(case: Case) -> float:
    return float(case.demand.drop_duplicates("business_date")["days"].sum())


def _handled(option: _Option) -> Floats:
    return np.array([found.summary.handled_calls for found in option.quotes])


def _sizes(option: _Option, volumes: Volumes) -> pd.DataFrame:
    sizes = [found.size for found in option.quotes]
    reached = [found.summary for found in option.quotes]
    return pd.DataFrame(
        {
            "option": option.offer.name,
            "month": volumes.months,
            "calls": volumes.calls,
            "heads": [size.heads for size in sizes],
            "seats": [size.seats for size in sizes],
            "channels": [size.channels for size in sizes],
            "hours": [size.hours for size in sizes],
            "abandonment": [found.abandonment for found in reached],
            "service_level": [found.service_level for found in reached],
            "meets_target": [found.meets_target for found in reached],
            "stranded": np.floor(option.stranded + 0.5).astype(np.int64),
            "lost_calls_cost": [found.lost_calls_cost or 0 for found in reached],
        }
    )


def _risk(options: Sequence[_Option], factors: Floats, rate: float) -> Risk:
    """The same factors for every option whose seats are known."""
    known = [option for option in options if all("seats" in made.intervals for made in option.quotes)]
    bought = [
        tuple(
            _bought(option.offer, case, made) for case, made in zip(option.cases, option.quotes, strict=True)
        )
        for option in known
    ]
    if not known:
        return Risk({})
    curves = Served(tuple(tuple(seated for _, seated in months) for months in bought)).curves(factors)
    return Risk(
        {
            option.offer.name: outcome(months, found, *_fixed(option, months), factors, rate)
            for option, months, found in zip(known, bought, curves, strict=True)
        }
    )


def _fixed(option: _Option, bought: Sequence[tuple[Bought, Seated]]) -> tuple[Floats, Floats]:
    """The bill of each month at the forecast without what follows the calls, and its part that is paid once."""
    at = {case.months[0].name: number for number, case in enumerate(option.cases)}
    bill, once = np.zeros(len(at)), np.zeros(len(at))
    for line in option.lines:
        bill[at[line.month]] += line.amount
        once[at[line.month]] += line.amount if line.unit == ONCE else 0
    return bill - np.array([_at_forecast(month) for month, _ in bought]), once


def _at_forecast(bought: Bought) -> float:
    handled = {queue: np.array([calls]) for queue, calls in bought.handled.items()}
    return float(variable_cost(bought, handled)[0])


def _bought(offer: Offered, case: Case, made: Quote) -> tuple[Bought, Seated]:
    """What was bought for a month: the calls its queues were to handle, and the seats that take them."""
    work = work_of(case, offer.hidden)
    table = made.intervals
    handled = work.calls * work.days * (1 - table["abandonment"].to_numpy(np.float64))
    by_queue = {queue: float(handled[rows].sum()) for queue, rows in work.queues.items()}
    places = getattr(offer, "waiting_places", None)
    seated = Seated(work, table["seats"].to_numpy(np.float64), inf if places is None else places.value)
    return Bought(offer, work, by_queue), seated


def _unmoved(risk: Risk | None) -> Iterator[Note]:
    for name in () if risk is None else risk.unmoved:
        text = "{option}: its bill is that of the forecast on every path, since no part of it follows the calls there"
        yield Note.of(text, option=name)


def _notes(options: Sequence[_Option], volumes: Volumes, context: Context) -> Iterator[Note]:
    first = volumes.months[0]
    yield Note.of(
        "A month is paid at its end, what is paid once at the start of its month; the monthly rate is "
        "(1 + yearly rate)^(1/12) - 1"
    )
    if context.facts is not None:
        yield Note.of(
            "The roster's wages hold for the months that were planned: one's own desk is priced at the gross "
            "requirement and the mean wage"
        )
    for option in options:
        lead = int(context.tariffs.terms_of(option.offer).lead_months.value)
        if lead:
            text = (
                "{option}: to take calls from {start} on it must be ordered by {order}, {lead} months before"
            )
            yield Note.of(text, option=option.offer.name, start=first, order=before(first, lead), lead=lead)
        missed = [
            month
            for month, found in zip(volumes.months, option.quotes, strict=True)
            if not found.summary.meets_target
        ]
        if missed:
            text = "{option}: does not meet what is asked in {count} of {months} months, first in {month}"
            yield Note.of(
                text, option=option.offer.name, count=len(missed), months=len(volumes.months), month=missed[0]
            )
        if any(line.item.startswith("bundle of") for line in option.lines):
            text = "{option}: the size of the bundle is taken to change from month to month"
            yield Note.of(text, option=option.offer.name)
        if not all("seats" in found.intervals for found in option.quotes):
            text = "{option}: its seats by interval are not known, so it is left out of the paths"
            yield Note.of(text, option=option.offer.name)
    if any(isinstance(option.offer, InHouse) for option in options):
        yield Note.of("One's own desk keeps its people through months that need fewer: nobody is dismissed")
