"""Each kind of source as columns, rows and charges of the program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from staffing.sourcing.mix.activity import Activity, add_activity, add_holdings, seasons
from staffing.sourcing.mix.cells import Cells, Needs, Point, add_cells, add_sizing
from staffing.sourcing.mix.problem import MixProblem
from staffing.sourcing.mix.segments import Pieces
from staffing.sourcing.mix.sheet import Ints, Sheet, Term
from staffing.sourcing.mix.sources import Booths, CallPlan, Contract, Hourly, Overflow, Source
from staffing.sourcing.mix.tiers import add_tiers, priced

PiecesOf = dict[tuple[int, int], Pieces]  # by team and class


@dataclass(frozen=True, eq=False)
class Part:
    """A source's columns; `columns` by the name of the plan's field they are read into."""

    source: Source
    activity: Activity
    cells: Cells | None
    needs: Needs = field(default_factory=dict)
    columns: dict[str, Ints] = field(default_factory=dict)


def add_booths(sheet: Sheet, problem: MixProblem, source: Booths, pieces: PiecesOf) -> Part:
    """Seats by class, the sum of what the teams need, held for their minimum."""
    months, _, parts = problem.shape
    activity = add_activity(sheet, problem.months, source, source.season)
    cells = add_cells(sheet, problem, source, activity)
    needs = add_sizing(sheet, problem, source, cells, activity, pieces, {})
    _charge_calls(sheet, source, cells, months)
    seats = np.full((months, parts), -1, dtype=np.int64)
    for part in np.flatnonzero(problem.serves(source).any(axis=0)).tolist():
        name = problem.classes[part].name
        seats[:, part] = sheet.add(months, float(source.most_seats), whole=True)
        for month in range(months):
            column = int(seats[month, part])
            sheet.row([(column, 1.0), (int(activity.active[month]), -float(source.most_seats))], high=0)
            sheet.row([(column, 1.0), *_whole_needs(sheet, needs, month, part)], low=0)
        begun = int(source.seats.get(name, 0))
        price = source.seat_month[name].value
        if source.season is not None:
            sheet.charge(seats[:, part], price, range(months))
            for first, last in seasons(problem.months, source.season):
                for month in range(first + 1, last + 1):
                    sheet.row([(int(seats[month, part]), 1.0), (int(seats[month - 1, part]), -1.0)], 0, 0)
            continue
        add_holdings(
            sheet,
            seats[:, part],
            max(source.seat_minimum, 1),
            price,
            begun=begun,
            begun_until=min(months, source.terms.notice) if begun else 0,
            earliest=source.terms.lead,
        )
    names = [kind.name for kind in problem.classes]
    for group in source.alike:
        columns = [seats[:, names.index(name)] for name in group if name in names]
        for one, other in pairwise([column for column in columns if column.min() >= 0]):
            for a, b in zip(one.tolist(), other.tolist(), strict=True):
                sheet.row([(a, 1.0), (b, -1.0)], 0, 0)
    return Part(source, activity, cells, needs, {"seats": seats})


def add_hourly(sheet: Sheet, problem: MixProblem, source: Hourly, pieces: PiecesOf) -> Part:
    """Hours that follow the demand, topped up to the month's least at the lowest rate."""
    months, _, parts = problem.shape
    activity = add_activity(sheet, problem.months, source)
    cells = add_cells(sheet, problem, source, activity)
    needs = add_sizing(sheet, problem, source, cells, activity, pieces, {})
    _charge_calls(sheet, source, cells, months)
    served = np.flatnonzero(problem.serves(source).any(axis=0)).tolist()
    hours = np.full((months, parts), -1, dtype=np.int64)
    columns = {"hours": hours}
    places = sheet.add(months, whole=True) if source.place_month.value else None
    if places is not None:
        sheet.charge(places, source.place_month.value, range(months))
        columns["places"] = places
    for part in served:
        hours[:, part] = sheet.add(months)
        sheet.charge(hours[:, part], source.rate_hour[problem.classes[part].name].value, range(months))
        for month in range(months):
            mean, peak = needs_of(needs, month, part)
            open_ = float(problem.hours[month, part])
            sheet.row([(int(hours[month, part]), 1.0), *scaled(mean, -open_)], low=0)
            sheet.row([*peak, (int(activity.active[month]), -float(source.most_agents))], high=0)
            if places is not None:
                sheet.row([(int(places[month]), 1.0), *scaled(peak, -1.0)], low=0)
    if source.least_hours and served:
        lowest = min(source.rate_hour[problem.classes[part].name].value for part in served)
        top = sheet.add(months)
        sheet.charge(top, lowest, range(months))
        for month in range(months):
            taken = [(int(hours[month, part]), 1.0) for part in served]
            least = (int(activity.active[month]), -source.least_hours)
            sheet.row([(int(top[month]), 1.0), *taken, least], low=0)
    return Part(source, activity, cells, needs, columns)


def add_call_plan(sheet: Sheet, problem: MixProblem, source: CallPlan, pieces: PiecesOf) -> Part:
    """Channels, the same in all hours of a month, and calls in tiers."""
    months, _, parts = problem.shape
    activity = add_activity(sheet, problem.months, source)
    cells = add_cells(sheet, problem, source, activity)
    needs = add_sizing(sheet, problem, source, cells, activity, pieces, {})
    _charge_calls(sheet, source, cells, months)
    most, included = float(source.most_channels), float(source.included_channels)
    channels = sheet.add(months, most, whole=True)
    extra = sheet.add(months)
    sheet.charge(extra, source.channel_month.value, range(months))
    for month in range(months):
        active = int(activity.active[month])
        sheet.row([(int(channels[month]), 1.0), (active, -most)], high=0)
        sheet.row([(int(channels[month]), 1.0), (active, -included)], low=0)
        sheet.row([(int(channels[month]), 1.0), (int(extra[month]), -1.0), (active, -included)], high=0)
        for part in range(parts):
            if terms := _whole_needs(sheet, needs, month, part):
                sheet.row([(int(channels[month]), 1.0), *terms], low=0)
        billed = cells.calls_of(month, source.repeat_factor)
        ceiling = float(problem.calls[month].sum()) * source.repeat_factor
        _bound_calls(sheet, billed, active, source.least_calls, source.most_calls, ceiling)
        add_tiers(sheet, billed, active, priced(source.included_calls, source.tiers), ceiling, month)
    return Part(source, activity, cells, needs, {"channels": channels})


def add_overflow(sheet: Sheet, problem: MixProblem, source: Overflow) -> Part:
    """The contract alone; its calls hang on the desk's, which is written down later."""
    return Part(source, add_activity(sheet, problem.months, source), None)


def add_overflow_calls(
    sheet: Sheet, problem: MixProblem, part: Part, points: Sequence[Point], desk: Cells
) -> None:
    """The calls that the desk's points leave to an overflow contract, in tiers."""
    source = part.source
    assert isinstance(source, Overflow)
    for month in range(problem.shape[0]):
        active = int(part.activity.active[month])
        billed: list[Term] = []
        for j, point in enumerate(points):
            if point.overflow == source.name:
                billed.extend(desk.calls_at(j, month, (1 - point.kept) * source.repeat_factor))
        ceiling = float(problem.calls[month].sum()) * source.repeat_factor
        for column, share in billed:
            sheet.charge(column, share / source.repeat_factor * source.call_extra.value, month)
        if source.least_share:
            least = -source.least_share * float(problem.calls[month].sum())
            sheet.row([*scaled(billed, 1 / source.repeat_factor), (active, least)], low=0)
        _bound_calls(sheet, billed, active, source.least_calls, source.most_calls, ceiling)
        add_tiers(sheet, billed, active, priced(source.included_calls, source.tiers), ceiling, month)


def scaled(terms: list[Term], factor: float) -> list[Term]:
    """The same terms, multiplied."""
    return [(column, coefficient * factor) for column, coefficient in terms]


def _charge_calls(sheet: Sheet, source: Contract, cells: Cells, months: int) -> None:
    for month in range(months):
        for column, calls in cells.calls_of(month, source.call_extra.value):
            sheet.charge(column, calls, month)


def _bound_calls(
    sheet: Sheet, billed: list[Term], active: int, least: float, most: float, ceiling: float
) -> None:
    if least:
        sheet.row([*billed, (active, -least)], low=0)
    sheet.row([*billed, (active, -min(most, ceiling))], high=0)


def needs_of(needs: Needs, month: int, part: int) -> tuple[list[Term], list[Term]]:
    """Mean and peak agents of all teams in a month and class."""
    here = needs.get((month, part), {}).values()
    return ([t for sized in here for t in sized.needs[0]], [t for sized in here for t in sized.needs[1]])


def _whole_needs(sheet: Sheet, needs: Needs, month: int, part: int) -> list[Term]:
    """Minus the whole agents of all teams; where there is one team its line will do, since what holds it is whole."""
    here = needs.get((month, part), {}).values()
    if len(here) < 2:
        return [term for sized in here for term in scaled(sized.needs[0], -1.0)]
    found: list[Term] = []
    for sized in here:
        whole = int(sheet.add(1, whole=True)[0])
        sheet.row([(whole, 1.0), *scaled(sized.needs[0], -1.0)], low=0)
        found.append((whole, -1.0))
    return found
