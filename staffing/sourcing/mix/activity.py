"""When a contract is active: begun after its lead, paid for its minimum term and its notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from staffing.sourcing.mix.sheet import Ints, Sheet
from staffing.sourcing.mix.sources import Contract


@dataclass(frozen=True, eq=False)
class Activity:
    """Columns of a contract by month, shapes (months,): `active` is 0 or 1; `used` whether it ever is."""

    active: Ints
    start: Ints
    stop: Ints
    used: int


def seasons(months: tuple[str, ...], season: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """First and last number of each run of months that lie in the season."""
    inside = [int(name[5:7]) in season for name in months]
    first = None
    for number, there in enumerate([*inside, False]):
        if there and first is None:
            first = number
        elif not there and first is not None:
            yield first, number - 1
            first = None


def add_activity(
    sheet: Sheet, months: tuple[str, ...], contract: Contract, season: tuple[int, ...] | None = None
) -> Activity:
    """The columns of a contract, the rows of its terms, and the fees that hang on them."""
    count, terms = len(months), contract.terms
    open_ = [1.0] * count
    if season is not None:
        runs = list(seasons(months, season))
        open_ = [float(any(a <= t <= b and a >= terms.lead for a, b in runs)) for t in range(count)]
    active = sheet.add(count, open_, whole=True, leading=True)
    start = sheet.add(count, [float(month >= terms.lead) for month in range(count)])
    may_stop = [float(not terms.begun or month >= terms.notice) for month in range(count)]
    stop = sheet.add(count, may_stop)
    used = int(sheet.add(1, 1.0, whole=True, leading=True)[0])
    found = Activity(active, start, stop, used)
    bound = terms.bound if season is None else 1
    for month in range(count):
        changes = [(int(active[month]), 1.0), (int(start[month]), -1.0), (int(stop[month]), 1.0)]
        if month:
            sheet.row([*changes, (int(active[month - 1]), -1.0)], 0, 0)
        else:
            sheet.row(changes, float(terms.begun), float(terms.begun))
        begun = [(int(start[past]), 1.0) for past in range(max(0, month - bound + 1), month + 1)]
        sheet.row([*begun, (int(active[month]), -1.0)], high=0)
        sheet.row([(used, 1.0), (int(active[month]), -1.0)], low=0)
    sheet.row([(used, 1.0), *((int(column), -1.0) for column in active)], high=0)
    if season is not None:
        _hold(sheet, active, list(seasons(months, season)))
    fee = contract.month_fee.value + contract.liaison_month.value
    sheet.charge(active, fee, range(count))
    sheet.charge(start, contract.setup.value, range(count))
    sheet.charge(stop, contract.exit_fee.value, range(count))
    owed = [max(0, month + bound - count) for month in range(count)]
    sheet.charge(start, [contract.month_fee.value * months_owed for months_owed in owed], count)
    return found


def _hold(sheet: Sheet, columns: Ints, runs: list[tuple[int, int]]) -> None:
    """Columns keep their value through each run of months."""
    for first, last in runs:
        for month in range(first + 1, last + 1):
            sheet.row([(int(columns[month]), 1.0), (int(columns[month - 1]), -1.0)], 0, 0)


def add_holdings(
    sheet: Sheet,
    holding: Ints,
    minimum: int,
    price: float,
    *,
    begun: int = 0,
    begun_until: int = 0,
    earliest: int = 0,
) -> Ints:
    """Rows for things bought by the month and held at least `minimum` months; returns the columns of those added.

    `holding` (months,) counts what is held; `begun` are held already and stay until month number `begun_until`;
    none can be added before month number `earliest`. Those given up are always the oldest. What a minimum owes after
    the last month is charged there.
    """
    count = len(holding)
    may_add = [float("inf") if month >= earliest else 0.0 for month in range(count)]
    added = sheet.add(count, may_add)
    for month in range(count):
        before = [(int(holding[month - 1]), -1.0)] if month else []
        already = 0 if month else begun
        sheet.row([(int(holding[month]), 1.0), *before, (int(added[month]), -1.0)], high=already)
        recent = [(int(added[past]), -1.0) for past in range(max(0, month - minimum + 1), month + 1)]
        least = begun if month < begun_until else 0
        sheet.row([(int(holding[month]), 1.0), *recent], low=least)
    owed = [price * max(0, month + minimum - count) for month in range(count)]
    sheet.charge(holding, price, range(count))
    sheet.charge(added, owed, count)
    return added
