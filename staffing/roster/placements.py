"""Shifts placed on business dates: when they run, where their break may lie, how much of them is night.

Times are whole minutes since 1970 UTC, so a clock change bends no length.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from staffing.horizon import MINUTES_A_DAY, Horizon
from staffing.labour.clock import is_night, minute_of, wall_minutes
from staffing.labour.pack import RulePack
from staffing.roster.problem import RosterProblem
from staffing.roster.roster import Duty
from staffing.shifts.template import Shift

_EPOCH = date(1970, 1, 1)

Segment = tuple[int, int]  # first minute, minute after the last


@dataclass(frozen=True)
class Placement:
    """A shift on one business date with the break starts it may use, all of which leave the same night minutes.

    A shift whose break may lie inside or outside the night hours stands as several placements, one a number of
    night minutes, because their pay differs. `breaks` is empty for a shift without a break.
    """

    day: date
    template: str
    shift: Shift
    start: int
    end: int
    breaks: tuple[int, ...]
    night_minutes: int
    dates: tuple[date, ...]  # calendar dates with a minute of presence

    @property
    def work_minutes(self) -> int:
        """Working time, the break excluded."""
        return self.shift.work_minutes

    def rest(self, begin: int) -> Segment:
        """The break that begins at `begin`."""
        return begin, begin + self.shift.break_minutes

    def duty(self, agent_id: str, zone: ZoneInfo, begin: int | None = None) -> Duty:
        """The duty of one person, with the break at `begin` (the first possible when None)."""
        pauses: tuple[tuple[datetime, datetime], ...] = ()
        if self.breaks:
            first, last = self.rest(self.breaks[0] if begin is None else begin)
            pauses = ((_moment(first, zone), _moment(last, zone)),)
        return Duty(
            agent_id=agent_id,
            business_date=self.day,
            shift_code=self.shift.code,
            start=_moment(self.start, zone),
            end=_moment(self.end, zone),
            breaks=pauses,
        )


def place_shifts(problem: RosterProblem) -> tuple[tuple[Placement, ...], ...]:
    """Every shift that fits the opening hours and can still begin, by day of the horizon.

    Ordered by start, end and code.

    Work must lie inside the opening hours of the business date or of the dates beside it (a night shift runs
    into the next date's hours); a break may lie in a closed hour. A shift that starts after midnight does so while
    the hours of its business date still run: else it is the next date's.
    """
    horizon = problem.horizon
    first = soonest(problem)
    placed = []
    for day in horizon.days:
        hours = _open_segments(horizon, day)
        found = [
            placement
            for template, shifts in problem.shifts
            for shift in shifts
            for placement in _place(template, shift, day, horizon, problem.pack, hours)
            if placement.start >= first
        ]
        placed.append(tuple(sorted(found, key=lambda p: (p.start, p.end, p.shift.code, p.breaks))))
    return tuple(placed)


def soonest(problem: RosterProblem) -> float:
    """The minute since 1970 UTC before which nothing can begin any more."""
    return -math.inf if problem.begun is None else problem.begun.until.timestamp() / 60


def _place(
    template: str, shift: Shift, day: date, horizon: Horizon, pack: RulePack, hours: list[Segment]
) -> Iterator[Placement]:
    """The placements of one shift on one day: none, one, or one a number of night minutes."""
    late = shift.start_minute >= MINUTES_A_DAY
    if late and not any(
        a.start_minute <= shift.start_minute < a.end_minute for a in horizon.hours.spans(day)
    ):
        return
    start, end = (minute_of(moment) for moment in shift.place(horizon, day))
    wall = wall_minutes(start, end, horizon.zone)
    dates = tuple(_EPOCH + timedelta(days=int(i)) for i in np.unique(wall // MINUTES_A_DAY))
    night = is_night(wall, pack)
    if not shift.break_minutes:
        if _inside([(start, end)], hours):
            yield Placement(day, template, shift, start, end, (), int(night.sum()), dates)
        return
    by_night: defaultdict[int, list[int]] = defaultdict(list)
    opened = max((a for a, b in hours if a <= start), default=start)
    for begin in _break_starts(shift, start, opened, horizon.interval_minutes):
        pause = (begin, begin + shift.break_minutes)
        if _inside([(start, pause[0]), (pause[1], end)], hours):
            asleep = int(night[pause[0] - start : pause[1] - start].sum())
            by_night[int(night.sum()) - asleep].append(begin)
    for minutes, begins in sorted(by_night.items()):
        yield Placement(day, template, shift, start, end, tuple(begins), minutes, dates)


def _break_starts(shift: Shift, start: int, opened: int, step: int) -> list[int]:
    """Break starts inside the window on the grid that runs from `opened`; its first minute when it holds none."""
    first, last = start + shift.break_earliest, start + shift.break_latest
    on_grid = list(range(first + (opened - first) % step, last + 1, step))
    return on_grid or [first]


def _open_segments(horizon: Horizon, day: date) -> list[Segment]:
    """Opening hours of a date and of the dates beside it, joined where they touch."""
    spans = []
    for near in (day - timedelta(days=1), day, day + timedelta(days=1)):
        for span in horizon.hours.spans(near):
            ends = (horizon.at(near, span.start_minute), horizon.at(near, span.end_minute))
            spans.append((minute_of(ends[0]), minute_of(ends[1])))
    joined: list[Segment] = []
    for begin, end in sorted(spans):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined


def _inside(work: list[Segment], hours: list[Segment]) -> bool:
    return all(any(a <= begin and end <= b for a, b in hours) for begin, end in work)


def _moment(minute: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(minute * 60, zone)
