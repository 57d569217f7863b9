"""Staff with other duties: a queue whose servers are the people who may be interrupted at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from staffing.notes import Note
from staffing.sourcing.case import Case
from staffing.sourcing.comparison import Size
from staffing.sourcing.lines import CostLine
from staffing.sourcing.quotes.context import Context
from staffing.sourcing.quotes.draft import Draft, Reached
from staffing.sourcing.service import Service, measure
from staffing.sourcing.tariffs import OtherDuties


def draft_other_duties(tariff: OtherDuties, case: Case, context: Context) -> Draft:
    """Price interruptions with the fewest people on call that reach the target; a server is held for AHT."""
    most = int(tariff.max_people.value)
    people = {name: _fewest(case.only(rows), most) for name, rows in case.queues.items()}
    on_call = np.zeros(len(case.calls))
    for name, rows in case.queues.items():
        on_call[rows] = people[name]
    service = measure(case, on_call)
    count = sum(people.values())
    return Draft(
        capacity=Note.of("people with other duties on call: {people}", people=count),
        size=Size(heads=count),
        lines=tuple(_lines(tariff, service)),
        reached=Reached.of(service),
        obstacles=tuple(_too_many(count, most)),
    )


def _fewest(queue: Case, most: int) -> int:
    for people in range(1, most):
        if measure(queue, people).meets:
            return people
    return most


def _too_many(people: int, most: int) -> Iterator[Note]:
    if people > most:
        text = "The queues need {people} people at once, {missing} more than may be interrupted"
        yield Note.of(text, people=people, missing=people - most)


def _lines(tariff: OtherDuties, service: Service) -> Iterator[CostLine]:
    """The bill: handling time and the way back into work of every handled call, and social insurance on it."""
    case = service.case
    hours = case.by_month(service.rates.handled * (case.aht / 3600 + tariff.return_minutes / 60))
    note = f"handling time and {tariff.return_minutes:g} minutes a call"
    for month in case.months:
        work = CostLine.of(
            month.name, "work interrupted by calls", hours[month.name], "hour", tariff.wage_hour, 1, note
        )
        yield work
        item = "employer's social insurance"
        yield CostLine.of(month.name, item, work.amount, "of wages", tariff.social_insurance)
