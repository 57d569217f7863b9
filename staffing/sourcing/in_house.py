"""The desk of one's own: the roster's wages, and what comes on top of wages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, nan

import numpy as np
import pandas as pd

from staffing.errors import Fault, InputError
from staffing.notes import Note
from staffing.sourcing.case import Case, Month
from staffing.sourcing.comparison import OptionService
from staffing.sourcing.figures import Figure
from staffing.sourcing.lines import DIGITS, CostLine, total
from staffing.sourcing.quote import Quote, measured_quote
from staffing.sourcing.service import measure, misses
from staffing.sourcing.tariffs import IN_HOUSE, InHouse


@dataclass(frozen=True)
class InHouseFacts:
    """What a roster pays and gives.

    `wages` has one row a month: `month` ("2027-02", of the business date), `paid_hours`, `wages` (premiums
    included, in the currency's smallest unit). `abandonment` and `service_level` are what the roster is expected
    to give over the horizon. `seats` are the most people on the floor at once; without it the largest gross
    requirement is taken. `asa_seconds` NaN is not judged.
    """

    wages: pd.DataFrame
    heads: int
    abandonment: float
    service_level: float
    asa_seconds: float = nan
    seats: int | None = None


@dataclass(frozen=True)
class _Work:
    """One month's paid work."""

    month: Month
    paid_hours: float
    wage: Figure  # per paid hour


def quote_in_house(tariff: InHouse, case: Case, facts: InHouseFacts | None) -> Quote:
    """Price a desk of one's own, from a roster or, without one, from the gross requirement at a mean wage.

    Raises:
        InputError: the facts' wages do not fit the months of the case.
    """
    if facts is None:
        return _quote_requirement(tariff, case)
    lines = tuple(_lines(tariff, _rostered(case, facts), facts.heads, _seats(case, facts)))
    against = tuple(misses(case.targets, facts.abandonment, facts.service_level, facts.asa_seconds))
    summary = OptionService(
        option=IN_HOUSE,
        capacity=_capacity(facts.heads, facts.wages["paid_hours"].sum()),
        abandonment=facts.abandonment,
        service_level=facts.service_level,
        handled_calls=float(case.calls.sum()) * (1 - facts.abandonment),
        total=total(lines),
        meets_target=not against,
        notes=against,
        asa_seconds=facts.asa_seconds,
    )
    return Quote(summary, lines, pd.DataFrame())


def _quote_requirement(tariff: InHouse, case: Case) -> Quote:
    hours = case.by_month(case.demand["agents_gross"].to_numpy(dtype=np.float64) * case.interval_minutes / 60)
    work = [_Work(month, hours[month.name], tariff.wage_hour) for month in case.months]
    full_time = tariff.hours_head_month.value
    heads = max(ceil(x.paid_hours / (full_time * x.month.share) - 1e-9) for x in work)
    return measured_quote(
        IN_HOUSE,
        _capacity(heads, sum(hours.values())),
        measure(case, case.demand["agents_net"].to_numpy(dtype=np.float64)),
        _lines(tariff, work, heads, _most_gross(case)),
        notes=[
            Note.of("No roster was given: the gross requirement at the mean wage, without shifts or premiums")
        ],
    )


def _rostered(case: Case, facts: InHouseFacts) -> list[_Work]:
    wages = facts.wages
    missing = [name for name in ("month", "paid_hours", "wages") if name not in wages.columns]
    if missing:
        raise InputError("in-house wages", [Fault("no such column", "a column", column=x) for x in missing])
    known = {month.name for month in case.months}
    rows = {
        str(month): (round(float(hours), DIGITS), int(paid))
        for month, hours, paid in zip(wages["month"], wages["paid_hours"], wages["wages"], strict=True)
    }
    strange = sorted(rows.keys() - known)
    if strange or len(rows) < len(wages):
        fault = Fault(
            ", ".join(strange) or "a month twice", f"one row for each of {', '.join(sorted(known))}"
        )
        raise InputError("in-house wages", [fault])
    where = "the roster, premiums included"
    return [
        _Work(month, hours, Figure(paid / hours if hours else 0.0, "plan", where))
        for month in case.months
        for hours, paid in [rows.get(month.name, (0.0, 0))]
    ]


def _seats(case: Case, facts: InHouseFacts) -> int:
    return _most_gross(case) if facts.seats is None else facts.seats


def _most_gross(case: Case) -> int:
    """Most people on the floor at once, all queues together."""
    return int(case.demand.groupby("interval_start")["agents_gross"].sum().max())


def _capacity(heads: int, paid_hours: float) -> Note:
    return Note.of("{heads} agents, {hours} paid hours", heads=heads, hours=f"{paid_hours:.0f}")


def _lines(tariff: InHouse, work: list[_Work], heads: int, seats: int) -> Iterator[CostLine]:
    for entry in work:
        bill = tuple(_month_lines(tariff, entry, heads, seats))
        yield from bill
        least = tariff.floor_month.value * entry.month.share
        if (short := least - total(bill)) > 0:
            note = f"{tariff.floor_month.value:.10g} x {entry.month.share:.4g} less the lines above"
            topped = Figure(short, tariff.floor_month.label, tariff.floor_month.where)
            yield CostLine.of(entry.month.name, "top-up to the floor of a desk", 1, "top-up", topped, 1, note)


def _month_lines(tariff: InHouse, work: _Work, heads: int, seats: int) -> Iterator[CostLine]:
    month, share, unit = work.month.name, work.month.share, work.month.unit
    wages = CostLine.of(month, "wages", work.paid_hours, "paid hour", work.wage)
    led = work.paid_hours / tariff.agents_per_supervisor.value
    supervisors = CostLine.of(month, "supervisors", led, "paid hour", tariff.supervisor_wage_hour)
    insured = wages.amount + supervisors.amount
    yield wages
    yield supervisors
    yield CostLine.of(month, "employer's social insurance", insured, "of wages", tariff.social_insurance)
    yield CostLine.of(month, "recruiting", heads * tariff.attrition_month.value * share, "hire", tariff.hire)
    yield CostLine.of(month, "seats", seats * share, f"seat-{unit}", tariff.seat_month)
    yield CostLine.of(month, "PC leases", seats * share, f"seat-{unit}", tariff.pc_month)
    yield CostLine.of(month, "licences", seats * share, f"seat-{unit}", tariff.licence_month)
    yield CostLine.of(month, "telephone system", share, unit, tariff.pbx_month)
