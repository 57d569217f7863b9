"""What a user should know about a forecast from history, as notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from staffing.demand.history import History
from staffing.forecast.handling import HandlingTime
from staffing.forecast.level import Bools, Filled, Method
from staffing.forecast.recent import Floats, Ints, RecentWeeks
from staffing.horizon import Horizon, Span
from staffing.notes import Note

QUIET = 0.9  # medians that add up to less than this share of the means


@dataclass(frozen=True)
class QueueWeek:
    """What one queue's week looks like; arrays of shape (7 weekdays, slots)."""

    queue: str
    calls: Filled
    mean: Floats
    dispersion: float | None
    handling: HandlingTime
    handling_is_borrowed: bool


def remarks(
    history: History,
    horizon: Horizon,
    recent: RecentWeeks,
    queues: Sequence[QueueWeek],
    open_cells: Ints,
    *,
    weeks: int,
    method: Method,
) -> Iterator[Note]:
    """The notes of a forecast; `open_cells` (7, slots) counts how often the horizon has each cell."""
    if recent.left_out:
        yield Note.of(
            "{count} recorded days that the opening hours close were left out: {days}",
            count=len(recent.left_out),
            days=", ".join(map(str, recent.left_out)),
        )
    for queue in sorted(set(history.queues) - set(recent.queues)):
        yield Note.of(
            "{queue}: no recorded open day before {day}, not forecast", queue=queue, day=horizon.start
        )
    for week, days in zip(queues, recent.days, strict=True):
        yield from _short(week.queue, days[open_cells > 0], weeks)
        yield from _gaps(week, open_cells > 0, recent.slots, horizon.interval_minutes)
        yield from _quiet(week, open_cells, method)
        if week.handling_is_borrowed:
            yield Note.of(
                "{queue}: no handling time in the weeks used, a mean of more records stands in: {aht_seconds} s",
                queue=week.queue,
                aht_seconds=round(week.handling.overall),
            )
    yield from _scatter(queues)


def _short(queue: str, days: Ints, weeks: int) -> Iterator[Note]:
    recorded = days[days > 0]
    if recorded.size and recorded.min() < weeks:
        yield Note.of(
            "{queue}: the forecast rests on {fewest} to {most} recorded days of each weekday, {weeks} were asked for",
            queue=queue,
            fewest=recorded.min(),
            most=recorded.max(),
            weeks=weeks,
        )


def _gaps(week: QueueWeek, needed: Bools, slots: Ints, minutes: int) -> Iterator[Note]:
    lent, near = week.calls.from_weekdays & needed, week.calls.from_neighbours & needed
    if lent.any():
        yield Note.of(
            "{queue}: {count} intervals of the week have no history of their own ({times}); they follow the same "
            "time of the other weekdays, scaled to their weekday's level",
            queue=week.queue,
            count=lent.sum(),
            times=spelled(slots[lent.any(axis=0)], minutes),
        )
    if near.any():
        yield Note.of(
            "{queue}: {count} intervals of the week have no history on any weekday ({times}); they follow the "
            "nearest time that has",
            queue=week.queue,
            count=near.sum(),
            times=spelled(slots[near.any(axis=0)], minutes),
        )


def _quiet(week: QueueWeek, open_cells: Ints, method: Method) -> Iterator[Note]:
    medians, means = (float((values * open_cells).sum()) for values in (week.calls.level, week.mean))
    if method == "median" and medians < QUIET * means:
        yield Note.of(
            "{queue}: the medians add up to {medians} calls, the means to {means}; in intervals with so few calls "
            'the median runs low: use method "mean", longer intervals or a profile',
            queue=week.queue,
            medians=round(medians),
            means=round(means),
        )


def _scatter(queues: Sequence[QueueWeek]) -> Iterator[Note]:
    found = [week.dispersion for week in queues if week.dispersion is not None]
    if len(found) < len(queues):
        yield Note.of(
            "Too few recorded days to see how counts scatter: the intervals take them as Poisson counts"
        )
    elif found:
        low, high = f"{min(found):.1f}", f"{max(found):.1f}"
        yield Note.of(
            "The variance of the counts is {dispersion} times that of Poisson counts; calls_low and calls_high allow "
            "for it",
            dispersion=low if low == high else f"{low}-{high}",
        )


def spelled(slots: Ints, minutes: int) -> str:
    """Slots as spans: `"18:00-19:30, 21:00-21:30"`."""
    runs = np.split(slots, np.flatnonzero(np.diff(slots) != minutes) + 1)
    return ", ".join(str(Span(int(run[0]), int(run[-1]) + minutes)) for run in runs)
