"""Shifts placed on business dates: when they run, where their break may lie, how much of them is night.

Times are whole minutes since 1970 UTC, so a clock change bends no length.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise, product
from zoneinfo import ZoneInfo

import numpy as np

from staffing.horizon import MINUTES_A_DAY, Horizon
from staffing.labour.clock import is_night, minute_of, wall_minutes
from staffing.labour.pack import RulePack
from staffing.roster.problem import RosterProblem
from staffing.roster.roster import Duty, Session
from staffing.shifts.template import Break, Shift

_EPOCH = date(1970, 1, 1)

Segment = tuple[int, int]  # first minute, minute after the last


@dataclass(frozen=True)
class Pause:
    """A break of a placed shift, or an activity by its name, and the starts it may have, ascending.

    `settled` is an activity whose start is settled for somebody.
    """

    begins: tuple[int, ...]
    minutes: int
    paid: bool = False
    activity: str = ""
    settled: bool = False

    def rest(self, begin: int) -> Segment:
        """The break that begins at `begin`."""
        return begin, begin + self.minutes


@dataclass(frozen=True)
class Placement:
    """A shift on one business date with the break starts it may use, all of which leave the same night minutes.

    A shift whose breaks may lie inside or outside the night hours stands as several placements, one a number of
    night minutes, because their pay differs. `pauses` are in the order in which they are taken; where several follow
    one another, a choice of a start of each is numbered through (`rests`). `fact` is a shift that has begun, whose
    pauses are what they are.
    """

    day: date
    template: str
    shift: Shift
    start: int
    end: int
    pauses: tuple[Pause, ...]
    night_minutes: int
    dates: tuple[date, ...]  # calendar dates with a minute of presence
    fact: bool = False

    @cached_property
    def activities(self) -> tuple[str, ...]:
        """The names of the activities that the shift holds, in the order in which they are attended."""
        return tuple(pause.activity for pause in self.pauses if pause.activity)

    @cached_property
    def gaps(self) -> tuple[int, ...]:
        """The least minutes between each pause's end and the next one's start.

        Two breaks keep the template's gap, in which an activity counts as the work that it is.
        """
        found: list[int] = []
        since: int | None = None  # minutes of activities since the last break
        for before, after in pairwise(self.pauses):
            since = 0 if not before.activity else None if since is None else since + before.minutes
            apart = 0 if after.activity or since is None else self.shift.break_gap_minutes - since
            found.append(max(0, apart))
        return tuple(found)

    @property
    def breaks(self) -> tuple[int, ...]:
        """The starts of every break, one break after the other, numbered as `rests`."""
        return tuple(begin for pause in self.pauses for begin in pause.begins)

    @cached_property
    def rests(self) -> tuple[Segment, ...]:
        """Every break at every start it may have, one break after the other."""
        return tuple(pause.rest(begin) for pause in self.pauses for begin in pause.begins)

    @cached_property
    def slices(self) -> tuple[slice, ...]:
        """The numbers of each break's starts among `rests`."""
        ends = np.cumsum([0, *(len(pause.begins) for pause in self.pauses)]).tolist()
        return tuple(slice(*pair) for pair in pairwise(ends))

    @cached_property
    def latest(self) -> tuple[int, ...]:
        """For each break the latest start that leaves the next ones theirs."""
        found: list[int] = []
        limit = self.end
        for pause, gap in zip(reversed(self.pauses), (*reversed(self.gaps), 0), strict=False):
            fitting = [begin for begin in pause.begins if begin + pause.minutes <= limit]
            found.append(fitting[-1] if fitting else pause.begins[0])
            limit = found[-1] - gap
        return tuple(reversed(found))

    def pruned(self, begins: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...] | None:
        """Of some starts of each pause those that leave every other pause one; None when there are none."""
        kept: list[tuple[int, ...]] = []
        ready = self.start
        for pause, gap, own in zip(self.pauses, (*self.gaps, 0), begins, strict=False):
            kept.append(tuple(begin for begin in own if begin >= ready))
            if not kept[-1]:
                return None
            ready = kept[-1][0] + pause.minutes + gap
        limit = self.end
        for i in reversed(range(len(kept))):
            kept[i] = tuple(begin for begin in kept[i] if begin + self.pauses[i].minutes <= limit)
            if not kept[i]:
                return None
            limit = kept[i][-1] - (self.gaps[i - 1] if i else 0)
        return tuple(kept)

    @property
    def work_minutes(self) -> int:
        """Working time, unpaid breaks excluded."""
        return self.shift.work_minutes

    def duty(self, agent_id: str, zone: ZoneInfo, *begins: int) -> Duty:
        """The duty of one person, with its pauses at `begins`; without any at the first possible starts."""
        taken = [
            (pause, _moment(begin, zone), _moment(begin + pause.minutes, zone))
            for pause, begin in zip(self.pauses, begins or self._first_begins(), strict=True)
        ]
        rests = [(pause.paid, start, end) for pause, start, end in taken if not pause.activity]
        return Duty(
            agent_id=agent_id,
            business_date=self.day,
            shift_code=self.shift.code,
            start=_moment(self.start, zone),
            end=_moment(self.end, zone),
            breaks=tuple((start, end) for paid, start, end in rests if not paid),
            paid_breaks=tuple((start, end) for paid, start, end in rests if paid),
            sessions=tuple(
                Session(pause.activity, start, end) for pause, start, end in taken if pause.activity
            ),
        )

    def _first_begins(self) -> list[int]:
        begins: list[int] = []
        free = self.start
        for pause, gap in zip(self.pauses, (*self.gaps, 0), strict=False):
            begins.append(next((begin for begin in pause.begins if begin >= free), pause.begins[-1]))
            free = begins[-1] + pause.minutes + gap
        return begins


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
    opened = max((a for a, b in hours if a <= start), default=start)
    closed = not _inside([(start, end)], hours)
    if closed and len(shift.breaks) != 1:
        return
    choices = []  # for each break: its starts by the night minutes that it takes
    for own in shift.breaks:
        by_night: defaultdict[int, list[int]] = defaultdict(list)
        for begin in _break_starts(own, start, opened, horizon.interval_minutes):
            until = begin + own.minutes
            if not closed or _inside([(start, begin), (until, end)], hours):
                asleep = 0 if own.paid else int(night[begin - start : until - start].sum())
                by_night[asleep].append(begin)
        choices.append([(asleep, Pause(tuple(b), own.minutes, own.paid)) for asleep, b in by_night.items()])
    found: defaultdict[int, list[tuple[Pause, ...]]] = defaultdict(list)
    for taken in product(*choices):
        found[int(night.sum()) - sum(asleep for asleep, _ in taken)].append(tuple(p for _, p in taken))
    for minutes, variants in sorted(found.items()):
        for pauses in variants:
            yield Placement(day, template, shift, start, end, pauses, minutes, dates)


def _break_starts(own: Break, start: int, opened: int, step: int) -> list[int]:
    """Break starts inside the window on the grid that runs from `opened`; its first minute when it holds none."""
    first, last = start + own.earliest, start + own.latest
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
