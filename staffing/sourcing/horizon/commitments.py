"""Seats that must be kept: the cheapest way to hold what each month needs under minimum terms and notice.

A seat is held from one month to another without a gap, so the matrix of seats against months has consecutive ones in
every column: it is totally unimodular, and the linear programme has a whole-number optimum at a vertex wherever the
needs are whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog

from staffing.errors import ConfigError, SettingFault

Floats = npt.NDArray[np.float64]
SMALL = 1e-9  # of a seat


@dataclass(frozen=True)
class Commitment:
    """How long a seat is kept: at least `minimum_months`, and ended with `notice_months` of notice.

    `add_fee` is paid when a seat begins, `exit_fee` when it ends within the horizon; smallest currency unit.
    """

    minimum_months: int = 1
    notice_months: int = 0
    add_fee: float = 0.0
    exit_fee: float = 0.0

    def __post_init__(self) -> None:
        values = {
            name: getattr(self, name) for name in ("minimum_months", "notice_months", "add_fee", "exit_fee")
        }
        faults = [
            SettingFault(name, f"{value:g}", "must be a number of 0 or more")
            for name, value in values.items()
            if not (isfinite(value) and value >= 0)
        ]
        if faults:
            raise ConfigError("commitment", faults)

    @property
    def shortest(self) -> int:
        """Fewest months from a seat's beginning to its end, with notice given at once."""
        return max(1, self.minimum_months, self.notice_months)


@dataclass(frozen=True)
class Stretch:
    """`seats` held from month `start` to before month `end`; `end` None runs on beyond the horizon.

    `binding` is the month before which the minimum term does not let it end.
    """

    start: int
    end: int | None
    seats: float
    binding: int


@dataclass(frozen=True)
class CommitmentPath:
    """The cheapest holding: `held` seats by month (at least `need`), its stretches, and what it costs.

    `cost` counts the months of the horizon, fees for seats that begin or end in it included. `stranded` is what
    would still be owed by month if all seats were given up at that month's end.
    """

    need: Floats
    held: Floats
    stretches: tuple[Stretch, ...]
    cost: float
    stranded: Floats


def cheapest_path(
    need: npt.ArrayLike, price: npt.ArrayLike, terms: Commitment, already: Sequence[tuple[float, int]] = ()
) -> CommitmentPath:
    """Hold at least `need` seats in every month at least cost.

    The needs of all months are known, so notice is given in time; it lengthens a seat only where it exceeds the
    minimum term. What is owed after the last month is not part of the cost: it stands in `stranded`.

    Args:
        need: seats by month, 0 or more; whole numbers give a whole path.
        price: of a seat by month, 0 or more; or one price.
        terms: minimum term, notice and fees.
        already: seats held before the first month, each group as (seats, months from now until it may end).

    Raises:
        ValueError: needs or prices below 0.
    """
    needs = np.atleast_1d(np.asarray(need, dtype=np.float64))
    prices = np.broadcast_to(np.asarray(price, dtype=np.float64), needs.shape)
    if (needs < 0).any() or (prices < 0).any():
        raise ValueError("needs and prices must be 0 or more")
    spans = _spans(len(needs), terms, already)
    costs = np.array([_cost(span, prices, terms) for span in spans])
    amounts = _solve(spans, costs, needs, already)
    held = np.zeros(len(needs))
    for span, seats in zip(spans, amounts, strict=True):
        held[max(0, span.start) : span.end] += seats
    chosen = tuple(_stretches(held, terms, already))
    stranded = np.array([_owed(chosen, month, prices, terms) for month in range(len(needs))])
    return CommitmentPath(needs, held, chosen, float(costs @ amounts), stranded)


def _spans(months: int, terms: Commitment, already: Sequence[tuple[float, int]]) -> list[Stretch]:
    """All ways to hold one seat; a seat already held begins before the first month, at -1, -2, ... by group."""
    begins = [(-1 - group, left, left) for group, (_, left) in enumerate(already)]
    begins += [(start, start + terms.shortest, start + terms.minimum_months) for start in range(months)]
    return [
        Stretch(start, end, 1.0, binding)
        for start, first, binding in begins
        for end in (*range(max(first, 0), months), None)
    ]


def _cost(span: Stretch, prices: Floats, terms: Commitment) -> float:
    fees = (terms.add_fee if span.start >= 0 else 0.0) + (0.0 if span.end is None else terms.exit_fee)
    return float(prices[max(0, span.start) : span.end].sum()) + fees


def _solve(
    spans: Sequence[Stretch], costs: Floats, needs: Floats, already: Sequence[tuple[float, int]]
) -> Floats:
    """Seats of each span. Group g held already covers the rows -1 - g to -1: its column stays consecutive."""
    starts = np.array([span.start for span in spans])
    ends = np.array([len(needs) if span.end is None else span.end for span in spans])
    month = np.arange(len(needs))[:, np.newaxis]
    covers = ((month >= starts) & (month < ends)).astype(np.float64)
    before = -np.arange(1, len(already) + 1)[:, np.newaxis]
    held = np.cumsum([seats for seats, _ in already][::-1])[::-1]
    found = linprog(
        costs,
        A_ub=-covers,
        b_ub=-needs,
        A_eq=(starts <= before).astype(np.float64) if already else None,
        b_eq=held if already else None,
        method="highs-ds",
    )
    if found.x is None:
        raise RuntimeError(f"no commitment path was found: {found.message}")
    return np.asarray(found.x, dtype=np.float64)


def _stretches(held: Floats, terms: Commitment, already: Sequence[tuple[float, int]]) -> Iterator[Stretch]:
    """Who holds what: a seat that ends when another begins goes on in its place, and who is free first ends first.

    Several sets of stretches hold the same seats at the same cost; this one leaves the least to be owed.
    """
    running = sorted(((left, 0, seats) for seats, left in already), key=lambda entry: entry[0])
    before = sum(seats for seats, _ in already)
    for month, now in enumerate(held.tolist()):
        if now > before + SMALL:
            running.append((month + terms.minimum_months, month, now - before))
        going = before - now
        while going > SMALL:
            binding, start, seats = running.pop(0)
            gone = min(seats, going)
            going -= gone
            if seats - gone > SMALL:
                running.insert(0, (binding, start, seats - gone))
            yield Stretch(start, month, gone, binding)
        before = now
    yield from (Stretch(start, None, seats, binding) for binding, start, seats in running if seats > SMALL)


def _owed(stretches: Sequence[Stretch], month: int, prices: Floats, terms: Commitment) -> float:
    """What is paid for the months after `month` if everything in force is given up at its end."""
    owed = 0.0
    for span in stretches:
        if span.start <= month and (span.end is None or month < span.end):
            last = max(span.binding, month + 1 + terms.notice_months)
            last = last if span.end is None else min(last, span.end)
            within = float(prices[month + 1 : last].sum())
            beyond = max(0, last - max(len(prices), month + 1)) * float(prices[-1])
            owed += span.seats * (within + beyond + terms.exit_fee)
    return owed
