"""The desk of one's own: the roster's wages, and what comes on top of wages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

import numpy as np
import pandas as pd

from staffing.errors import Fault, InputError
from staffing.notes import Note
from staffing.sourcing.case import Case, Month
from staffing.sourcing.comparison import Size
from staffing.sourcing.figures import Figure
from staffing.sourcing.lines import DIGITS, ONCE, CostLine, total
from staffing.sourcing.quotes.context import Context, InHouseFacts
from staffing.sourcing.quotes.draft import Draft, Reached
from staffing.sourcing.quotes.equipment import TelephoneChoice, equipment_lines
from staffing.sourcing.service import measure, misses
from staffing.sourcing.tariffs import InHouse


@dataclass(frozen=True)
class _Work:
    """One month's paid work."""

    month: Month
    paid_hours: float
    wage: Figure  # per paid hour
    slower: float  # hours paid on top, over `paid_hours`: new people take longer


def draft_in_house(tariff: InHouse, case: Case, context: Context) -> Draft:
    """Price a desk of one's own, from a roster or, without one, from the gross requirement at a mean wage.

    Raises:
        InputError: the facts' wages do not fit the months of the case.
    """
    facts = context.facts
    if facts is None:
        work, heads, seats = _required(tariff, case, context.new_desk)
        reached = Reached.of(measure(case, case.demand["agents_net"].to_numpy(dtype=np.float64)))
        text = "No roster was given: the gross requirement at the mean wage, without shifts or premiums"
        notes: tuple[Note, ...] = (Note.of(text),)
    else:
        work, heads = _rostered(tariff, case, context, facts), facts.heads
        seats = _most_gross(case) if facts.seats is None else facts.seats
        reached, notes = _expected(case, facts), ()
    hours = sum(entry.paid_hours for entry in work)
    return Draft(
        capacity=Note.of("{heads} agents, {hours} paid hours", heads=heads, hours=f"{hours:.0f}"),
        size=Size(heads=heads, seats=seats, hours=hours),
        lines=(*_start_lines(tariff, work, heads, context), *_lines(tariff, work, heads, seats)),
        reached=reached,
        notes=(*notes, *TelephoneChoice(tariff, seats).note()),
    )


def required_bill(tariff: InHouse, case: Case, context: Context) -> tuple[tuple[CostLine, ...], Size]:
    """The lines and the size of the gross requirement at the mean wage, as `draft_in_house` bills it."""
    work, heads, seats = _required(tariff, case, context.new_desk)
    lines = (*_start_lines(tariff, work, heads, context), *_lines(tariff, work, heads, seats))
    return lines, Size(heads=heads, seats=seats, hours=sum(entry.paid_hours for entry in work))


def _required(tariff: InHouse, case: Case, new_desk: bool) -> tuple[list[_Work], int, int]:
    """The gross requirement as paid work, the heads that takes, and the seats."""
    hours = case.by_month(case.demand["agents_gross"].to_numpy(dtype=np.float64) * case.interval_minutes / 60)
    work = [
        _Work(month, hours[month.name], tariff.wage_hour, slower)
        for month, slower in zip(case.months, _slower(tariff, len(case.months), new_desk), strict=True)
    ]
    full_time = tariff.hours_head_month.value
    heads = max(ceil(x.paid_hours * (1 + x.slower) / (full_time * x.month.share) - 1e-9) for x in work)
    return work, heads, _most_gross(case)


def _rostered(tariff: InHouse, case: Case, context: Context, facts: InHouseFacts) -> list[_Work]:
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
    slower = _slower(tariff, len(case.months), context.new_desk)
    return [
        _Work(month, hours, Figure(paid / hours if hours else 0.0, "plan", where), more)
        for month, more in zip(case.months, slower, strict=True)
        for hours, paid in [rows.get(month.name, (0.0, 0))]
    ]


def _slower(tariff: InHouse, months: int, new_desk: bool) -> list[float]:
    """Hours on top of the paid ones, by month, as a share of them: for a new desk its first months are slower."""
    slower = [1 / tariff.output_of_staff - 1] * months
    for number, step in enumerate(tariff.learning[:months] if new_desk else ()):
        slower[number] = step.aht_factor.value - 1
    return slower


def _expected(case: Case, facts: InHouseFacts) -> Reached:
    offered = case.by_month(case.calls)
    against = misses(
        case.targets, facts.abandonment, facts.service_level, facts.asa_seconds, case.calls_a_month
    )
    return Reached(
        abandonment=facts.abandonment,
        service_level=facts.service_level,
        asa_seconds=facts.asa_seconds,
        offered=offered,
        handled={month: calls * (1 - facts.abandonment) for month, calls in offered.items()},
        misses=tuple(against),
        table=pd.DataFrame(),
    )


def _most_gross(case: Case) -> int:
    """Most people on the floor at once, all queues together."""
    return int(case.demand.groupby("interval_start")["agents_gross"].sum().max())


def _start_lines(tariff: InHouse, work: list[_Work], heads: int, context: Context) -> Iterator[CostLine]:
    """A new desk hires and trains everybody before the first call."""
    if not context.new_desk:
        return
    month, wage = work[0].month.name, _training_wage(tariff, work[0])
    yield CostLine.of(month, "recruiting at the start", heads, ONCE, tariff.hire)
    if tariff.training_hours.value:
        taught, insured = tariff.training_hours.value, tariff.social_insurance.value
        note = f"{taught:g} paid hours a person, with employer's social insurance of {insured:g}"
        factor = taught * (1 + insured)
        yield CostLine.of(month, "training at the start", heads, ONCE, wage, factor, note)


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
    month, share = work.month.name, work.month.share
    paid = tuple(_paid_lines(tariff, work, heads))
    yield from paid
    insured = total(paid)
    yield CostLine.of(month, "employer's social insurance", insured, "of wages", tariff.social_insurance)
    yield CostLine.of(month, "recruiting", heads * tariff.attrition_month.value * share, "hire", tariff.hire)
    yield from equipment_lines(tariff, work.month, seats)


def _paid_lines(tariff: InHouse, work: _Work, heads: int) -> Iterator[CostLine]:
    """What is paid as wages, and so insured: operators, slower new people, training, supervisors."""
    month, hours = work.month.name, work.paid_hours
    yield CostLine.of(month, "wages", hours, "paid hour", work.wage)
    slower = hours * work.slower
    if slower:
        note = f"{work.slower:.4f} of paid hours, by the learning curve"
        yield CostLine.of(month, "slower new people", slower, "paid hour", work.wage, 1, note)
    trained = heads * tariff.attrition_month.value * work.month.share * tariff.training_hours.value
    if trained:
        note = f"{tariff.training_hours.value:g} paid hours for each person hired"
        wage = _training_wage(tariff, work)
        yield CostLine.of(month, "training of new people", trained, "paid hour", wage, 1, note)
    led = (hours + slower) / tariff.agents_per_supervisor.value
    yield CostLine.of(month, "supervisors", led, "paid hour", tariff.supervisor_wage_hour)


def _training_wage(tariff: InHouse, work: _Work) -> Figure:
    return work.wage if work.wage.value else tariff.wage_hour
