"""A duty on the minute axis: whole minutes since 1970 UTC, so that no clock change can bend a length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from staffing.roster.roster import Duty

MINUTES_A_DAY = 1440

Segment = tuple[int, int]  # first minute, minute after the last


def instant(moment: datetime) -> int:
    """The minute since 1970 UTC.

    Raises:
        ValueError: for a time without an offset or off the whole minute.
    """
    if moment.tzinfo is None:
        raise ValueError(f"a duty's time needs an offset, found {moment.isoformat()}")
    seconds = moment.timestamp()
    if seconds % 60:
        raise ValueError(f"a duty's time must lie on a whole minute, found {moment.isoformat()}")
    return int(seconds) // 60


def wall_instant(day: date, minute: int, zone: ZoneInfo) -> int:
    """The instant of a wall-clock minute counted from `day`'s midnight; a skipped time moves forward."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    return instant(wall.replace(tzinfo=zone))


def overlap(one: Segment, other: Segment) -> int:
    """Minutes that two segments share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def merged(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """The same minutes as sorted segments that neither touch nor overlap; empty ones are dropped."""
    union: list[Segment] = []
    for start, end in sorted(s for s in segments if s[0] < s[1]):
        if union and start <= union[-1][1]:
            union[-1] = (union[-1][0], max(union[-1][1], end))
        else:
            union.append((start, end))
    return tuple(union)


def without(whole: Segment, holes: Iterable[Segment]) -> tuple[Segment, ...]:
    """What is left of `whole` when `holes` are cut out."""
    left: list[Segment] = []
    at = whole[0]
    for start, end in merged(holes):
        left.append((at, min(start, whole[1])))
        at = max(at, end)
    left.append((at, whole[1]))
    return tuple((start, end) for start, end in left if start < end)


@dataclass(frozen=True)
class Stint:
    """One duty as segments of minutes: presence, the breaks as written, and the work between them."""

    duty: Duty
    position: int  # place in the roster
    presence: Segment
    breaks: tuple[Segment, ...]
    work: tuple[Segment, ...]

    @classmethod
    def of(cls, duty: Duty, position: int) -> Stint:
        """The duty on the minute axis.

        Raises:
            ValueError: for a time without an offset or off the whole minute.
        """
        presence = (instant(duty.start), instant(duty.end))
        breaks = tuple((instant(start), instant(end)) for start, end in duty.breaks)
        return cls(duty, position, presence, breaks, without(presence, breaks))

    @cached_property
    def paid_breaks(self) -> tuple[Segment, ...]:
        """Rests that are working time."""
        return tuple((instant(start), instant(end)) for start, end in self.duty.paid_breaks)

    @cached_property
    def sessions(self) -> tuple[tuple[str, Segment], ...]:
        """The activities attended, each with its time."""
        return tuple((own.activity, (instant(own.start), instant(own.end))) for own in self.duty.sessions)

    @cached_property
    def on_floor(self) -> tuple[Segment, ...]:
        """The work without its paid breaks and activities: time in which a contact can be taken."""
        away = (*self.paid_breaks, *(span for _, span in self.sessions))
        return tuple(part for own in self.work for part in without(own, away))

    @property
    def agent_id(self) -> str:
        """Whose duty it is."""
        return self.duty.agent_id

    @property
    def day(self) -> date:
        """The business date the duty counts for."""
        return self.duty.business_date

    @property
    def work_minutes(self) -> int:
        """Working time, breaks excluded."""
        return sum(end - start for start, end in self.work)

    def inside(self, rest: Segment) -> bool:
        """Whether a break runs forward and has work before and after it, as the law wants."""
        return self.presence[0] < rest[0] < rest[1] < self.presence[1]

    def dates(self, zone: ZoneInfo) -> Iterator[date]:
        """Every date on the clock that holds a minute of the duty."""
        if self.presence[0] < self.presence[1]:
            first, last = self._edges(zone)
            yield from (first + timedelta(days=i) for i in range((last - first).days + 1))

    def nearby_days(self, zone: ZoneInfo) -> Iterator[date]:
        """The dates of the duty, and the day before: its hours may run past midnight."""
        first, last = self._edges(zone)
        yield from (first + timedelta(days=i) for i in range(-1, (last - first).days + 1))

    def work_by_date(self, zone: ZoneInfo) -> dict[date, int]:
        """Minutes of work on each date on the clock, in order; dates without any are left out."""
        found = {}
        for day in self.dates(zone):
            whole = (wall_instant(day, 0, zone), wall_instant(day, MINUTES_A_DAY, zone))
            minutes = sum(overlap(work, whole) for work in self.work)
            if minutes:
                found[day] = minutes
        return found

    def _edges(self, zone: ZoneInfo) -> tuple[date, date]:
        """The dates of the first and of the last minute."""
        last = max(self.presence[0], self.presence[1] - 1)
        first, last_day = (
            datetime.fromtimestamp(minute * 60, zone).date() for minute in (self.presence[0], last)
        )
        return first, last_day

    def night_minutes(
        self, start_minute: int | None, end_minute: int | None, zone: ZoneInfo, until: int | None = None
    ) -> int:
        """Work between two wall-clock minutes of the night, only what lies before `until` when given.

        0 where the law names no night.
        """
        if start_minute is None or end_minute is None:
            return 0
        length = (end_minute - start_minute) % MINUTES_A_DAY
        nights = [
            (wall_instant(day, start_minute, zone), wall_instant(day, start_minute + length, zone))
            for day in self.nearby_days(zone)
        ]
        return sum(
            overlap(work, (start, end if until is None else min(end, until)))
            for work in self.work
            for start, end in nights
        )


def week_of(day: date, week_start: int) -> date:
    """The first day of the working week that holds `day`."""
    return day - timedelta(days=(day.weekday() - week_start) % 7)
