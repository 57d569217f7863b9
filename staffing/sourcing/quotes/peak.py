"""Peaks only: one's own people outside named times, a vendor for all calls within them, each sized to the target."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.notes import Note
from staffing.sourcing.case import Case
from staffing.sourcing.comparison import Size
from staffing.sourcing.lines import ONCE, CostLine
from staffing.sourcing.quotes.context import Context
from staffing.sourcing.quotes.draft import Draft, Reached
from staffing.sourcing.quotes.hidden import hidden_lines, work_of
from staffing.sourcing.quotes.own_part import OwnPart
from staffing.sourcing.quotes.vendor_part import filters
from staffing.sourcing.service import measure, misses
from staffing.sourcing.tariffs import Offered, Peak

Bools = npt.NDArray[np.bool_]
DraftOf = Callable[[Offered, Case, Context], Draft]


def draft_peak(tariff: Peak, case: Case, context: Context, draft_of: DraftOf) -> Draft:
    """Price own people for the rest and the vendor for its times; `draft_of` drafts any kind of offer."""
    vendor = context.tariffs.named(tariff.vendor)
    theirs = tariff.vendors(case.starts, case.interval_minutes)
    own = _own(tariff, case, context, theirs)
    seasons = tuple(_seasons(case, theirs))
    bought = tuple(draft_of(vendor, work_of(season, vendor.hidden), context) for season in seasons)
    parts = (*((own,) if own else ()), *bought)
    vendors_lines = tuple(_vendor_lines(vendor, seasons, bought))
    reached = _together(case, tuple(part.reached for part in parts))
    size = _size(own, bought)
    return Draft(
        capacity=Note.of(
            "{heads} agents, {hours} paid hours; {vendor} for {share} % of calls, months: {months}",
            heads=own.size.heads if own else 0,
            hours=f"{own.size.hours if own else 0:.0f}",
            vendor=tariff.vendor,
            share=f"{100 * _share(case, theirs):.1f}",
            months=sum(len(season.months) for season in seasons),
        ),
        size=size,
        lines=(*(own.lines if own else ()), *vendors_lines),
        reached=reached,
        obstacles=(*filters(vendor, context), *dict.fromkeys(note for x in bought for note in x.obstacles)),
        notes=tuple(_notes(tariff, own, bought)),
        vendors=frozenset(line.item for line in vendors_lines),
    )


def _own(tariff: Peak, case: Case, context: Context, theirs: Bools) -> Draft | None:
    """Own people outside the times; None where all calls are the vendor's."""
    calls = np.where(theirs, 0.0, case.calls)
    if case.calls.any() and not calls.any():
        return None
    part = OwnPart(case, context, int(tariff.own_block_hours.value))
    agents = part.in_blocks(np.where(theirs, 0.0, part.needed))
    rest = np.flatnonzero(~theirs)
    reached = Reached.of(measure(case.only(rest), agents[rest]))
    bill = part.bill(agents)
    text = "{heads} agents, {hours} paid hours"
    capacity = Note.of(text, heads=bill.size.heads, hours=f"{bill.size.hours:.0f}")
    return Draft(capacity=capacity, size=bill.size, lines=bill.lines, reached=reached)


def _seasons(case: Case, theirs: Bools) -> Iterator[Case]:
    """The vendor's part of the case, one for each run of months that have such times."""
    run: list[int] = []
    with_times = set(case.row_month[theirs & (case.calls > 0)].tolist())
    for number, month in enumerate((*case.months, None)):
        if month is not None and month.name in with_times:
            run.append(number)
        elif run:
            first, last = case.months[run[0]].name, case.months[run[-1]].name
            inside = theirs & (case.row_month >= first) & (case.row_month <= last)
            start = max(case.start, _first_day(first))
            end = min(case.end, pd.Period(last, "M").end_time.date())
            if inside.all() and (start, end) == (case.start, case.end):
                yield case  # with what other offers have worked out for it
            else:
                yield replace(case.only(np.flatnonzero(inside)), start=start, end=end)
            run = []


def _first_day(month: str) -> date:
    return date(int(month[:4]), int(month[5:]), 1)


def _vendor_lines(
    vendor: Offered, seasons: tuple[Case, ...], bought: tuple[Draft, ...]
) -> Iterator[CostLine]:
    """The bills of all seasons; what is paid at the start is paid at the first start."""
    for number, (season, draft) in enumerate(zip(seasons, bought, strict=True)):
        for line in draft.lines:
            if number == 0 or line.unit != ONCE:
                yield line
        yield from hidden_lines(vendor.hidden, season, draft.reached)


def _together(case: Case, parts: tuple[Reached, ...]) -> Reached:
    """The service of all parts, each weighted by its calls."""
    offered = np.array([sum(part.offered.values()) for part in parts])
    handled = np.array([sum(part.handled.values()) for part in parts])
    lost = _mean([part.abandonment for part in parts], offered)
    counted = handled if case.targets.definition == "answered" else offered
    level = _mean([part.service_level for part in parts], counted)
    asa = _mean([part.asa_seconds for part in parts], handled)
    counts = [(part.intervals_open, part.intervals_missing) for part in parts]
    return Reached(
        abandonment=lost,
        service_level=level,
        asa_seconds=asa,
        offered=_sums(case, [part.offered for part in parts]),
        handled=_sums(case, [part.handled for part in parts]),
        misses=tuple(misses(case.targets, lost, level, asa, case.calls_a_month)),
        table=pd.concat([part.table for part in parts], ignore_index=True),
        intervals_open=sum(open_ or 0 for open_, _ in counts),
        intervals_missing=sum(missing or 0 for _, missing in counts),
    )


def _mean(values: list[float], weights: npt.NDArray[np.float64]) -> float:
    total = float(weights.sum())
    some = [value * weight for value, weight in zip(values, weights, strict=True) if weight > 0]
    return float(sum(some)) / total if total > 0 else 0.0


def _sums(case: Case, parts: list[Mapping[str, float]]) -> dict[str, float]:
    result = dict.fromkeys((month.name for month in case.months), 0.0)
    for part in parts:
        for month, calls in part.items():
            result[month] += calls
    return result


def _size(own: Draft | None, bought: tuple[Draft, ...]) -> Size:
    """What is bought at most in any season; hours over the whole period."""
    mine = own.size if own else Size()
    sizes = [draft.size for draft in bought] or [Size()]
    return Size(
        heads=mine.heads + max(size.heads for size in sizes),
        seats=mine.seats + max(size.seats for size in sizes),
        channels=max(size.channels for size in sizes),
        hours=mine.hours + sum(size.hours for size in sizes),
        calls=max(size.calls for size in sizes),
    )


def _share(case: Case, theirs: Bools) -> float:
    return float((case.calls * case.days)[theirs].sum() / max(case.total_calls, 1e-12))


def _notes(tariff: Peak, own: Draft | None, bought: tuple[Draft, ...]) -> Iterator[Note]:
    if not bought:
        yield Note.of("No calls come in the times named: the vendor is not needed")
    if own is None:
        yield Note.of("All calls come in the times named: nobody of one's own is needed")
    elif not tariff.own_block_hours.value:
        yield Note.of("Own people come and go with every interval: a lower bound of their hours")
    yield from dict.fromkeys(note for draft in bought for note in draft.notes)
