"""A desk of one's own as columns, rows and charges: heads, their hours, workplaces, and the calls that overflow."""

from __future__ import annotations

import numpy as np

from staffing.sourcing.mix.activity import Activity, add_activity, add_holdings
from staffing.sourcing.mix.cells import Cells, Needs, Point, add_cells, add_sizing
from staffing.sourcing.mix.parts import Part, PiecesOf, needs_of, scaled
from staffing.sourcing.mix.problem import MixProblem
from staffing.sourcing.mix.sheet import Ints, Sheet, Term
from staffing.sourcing.mix.sources import Overflow, OwnDesk


def points_of(problem: MixProblem, desk: OwnDesk) -> tuple[Point, ...]:
    """The full need, and the points of each overflow contract that serves all that the desk does."""
    found = [Point()]
    for source in problem.sources:
        if isinstance(source, Overflow) and bool((problem.serves(source) >= problem.serves(desk)).all()):
            found.extend(Point(agents, kept, source.name) for agents, kept in source.curve)
    return tuple(found)


def add_own_desk(
    sheet: Sheet, problem: MixProblem, desk: OwnDesk, pieces: PiecesOf, running: dict[str, Activity]
) -> Part:
    """The desk; `running` are the activities of the overflow contracts by name."""
    months = problem.shape[0]
    activity = add_activity(sheet, problem.months, desk)
    cells = add_cells(sheet, problem, desk, activity, points_of(problem, desk))
    needs = add_sizing(sheet, problem, desk, cells, activity, pieces, running)
    heads, hires, released = _heads(sheet, desk, activity, months)
    places = sheet.add(months, whole=True, leading=True)
    add_holdings(
        sheet,
        places,
        desk.lease,
        desk.place_month.value,
        begun=desk.places,
        begun_until=min(months, desk.lease_left),
        earliest=0,
    )
    hours = _hours(sheet, problem, needs)
    _charge_calls(sheet, desk, cells, months)
    for month in range(months):
        inside = [(int(column), 1.0) for column in hours[month] if column >= 0]
        able = _able(desk, heads, hires, month)
        sheet.row([*inside, *scaled(able, -desk.hours_month)], high=0)
        for part in range(problem.shape[2]):
            _, peak = needs_of(needs, month, part)
            sheet.row([(int(places[month]), 1.0), *scaled(peak, -desk.places_per_agent)], low=0)
        _charge_month(sheet, problem, desk, activity, heads, hours, places, month)
    columns = {"heads": heads, "hires": hires, "released": released, "places": places, "hours": hours}
    return Part(desk, activity, cells, needs, columns)


def _heads(sheet: Sheet, desk: OwnDesk, activity: Activity, months: int) -> tuple[Ints, Ints, Ints]:
    """Heads by month: those who stay, and those hired, less those released; what changes them is charged here."""
    heads = sheet.add(months)
    most = float(desk.most_heads)
    may_come = [most if month >= desk.hire_lead else 0.0 for month in range(months)]
    hires = sheet.add(months, may_come, whole=True)
    may_go = [most if desk.release and month >= desk.release_notice else 0.0 for month in range(months)]
    released = sheet.add(months, may_go, whole=True)
    stay = 1 - desk.attrition
    insured = 1 + desk.social_insurance.value
    for month in range(months):
        change = [(int(heads[month]), 1.0), (int(hires[month]), -1.0), (int(released[month]), 1.0)]
        before = [(int(heads[month - 1]), -stay)] if month else []
        start = 0.0 if month else desk.heads * stay
        sheet.row([*change, *before], start, start)
        active = int(activity.active[month])
        sheet.row([(int(heads[month]), 1.0), (active, -most)], high=0)
        sheet.row([(int(heads[month]), 1.0), (active, -float(desk.least_heads))], low=0)
        if month >= desk.hire_lead:
            sheet.charge(hires[month], desk.hire.value, month - desk.hire_lead)
            for past in range(month - desk.training, month):
                sheet.charge(hires[month], desk.wage_month.value * insured, past)
    sheet.charge(released, desk.severance.value, range(months))
    return heads, hires, released


def _able(desk: OwnDesk, heads: Ints, hires: Ints, month: int) -> list[Term]:
    """Heads less what those hired lately do not give yet; of them, too, a share has left."""
    found = [(int(heads[month]), 1.0)]
    for age, share in enumerate(desk.learning):
        if month - age >= 0:
            found.append((int(hires[month - age]), -(1 - share) * (1 - desk.attrition) ** age))
    return found


def _hours(sheet: Sheet, problem: MixProblem, needs: Needs) -> Ints:
    """Hours on calls by month and class."""
    months, _, parts = problem.shape
    hours = np.full((months, parts), -1, dtype=np.int64)
    for month, part in needs:
        hours[month, part] = sheet.add(1)[0]
        mean, _ = needs_of(needs, month, part)
        sheet.row([(int(hours[month, part]), 1.0), *scaled(mean, -float(problem.hours[month, part]))], low=0)
    return hours


def _charge_calls(sheet: Sheet, desk: OwnDesk, cells: Cells, months: int) -> None:
    for month in range(months):
        for j, point in enumerate(cells.points):
            for column, cost in cells.calls_at(j, month, point.kept * desk.call_extra.value):
                sheet.charge(column, cost, month)


def _charge_month(
    sheet: Sheet,
    problem: MixProblem,
    desk: OwnDesk,
    activity: Activity,
    heads: Ints,
    hours: Ints,
    places: Ints,
    month: int,
) -> None:
    """Wages of all kinds with insurance; and what is missing to the floor of a desk."""
    insured = 1 + desk.social_insurance.value
    head = (desk.wage_month.value + desk.supervisor_month.value / desk.heads_per_supervisor) * insured
    sheet.charge(heads[month], head, month)
    paid = [(int(heads[month]), head), (int(places[month]), desk.place_month.value)]
    for part, kind in enumerate(problem.classes):
        column = int(hours[month, part])
        if column >= 0 and kind.name in desk.premium_hour:
            premium = desk.premium_hour[kind.name].value * insured
            sheet.charge(column, premium, month)
            paid.append((column, premium))
    if desk.floor_month.value:
        top = int(sheet.add(1)[0])
        sheet.charge(top, 1.0, month)
        fixed = desk.month_fee.value + desk.liaison_month.value - desk.floor_month.value
        sheet.row([(top, 1.0), *paid, (int(activity.active[month]), fixed)], low=0)
