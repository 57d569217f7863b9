"""The interval grid: time zone, opening hours, closed days, business dates.

A business date is the day a desk's opening span began: 01:00 on Tuesday belongs to Monday when Monday is
open 22:00-26:00. A slot is the interval's wall-clock minute counted from the business date's midnight, so
25:00 is 1500.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pandas as pd

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MINUTES_A_DAY = 1440
_CLOCK = re.compile(r"^(\d{1,2}):([0-5]\d)$")
_SPAN = re.compile(r"^(\d{1,2}:[0-5]\d)\s*-\s*(\d{1,2}:[0-5]\d)$")


@dataclass(frozen=True, order=True)
class Span:
    """Minutes from a business date's midnight, end exclusive; an end beyond 1440 lies in the next day."""

    start_minute: int
    end_minute: int

    def __post_init__(self) -> None:
        if not 0 <= self.start_minute < self.end_minute <= 2 * MINUTES_A_DAY:
            raise ValueError(f"a span must run forward within 00:00-48:00, found {self}")

    @classmethod
    def parse(cls, text: str) -> Span:
        """Read `"07:00-24:00"`; an end past midnight is written `"22:00-26:00"`.

        Raises:
            ValueError: naming the text and the form expected.
        """
        match = _SPAN.match(text.strip())
        if match is None:
            raise ValueError(f'expected opening hours like "09:00-18:00", found {text!r}')
        return cls(minute_of_clock(match[1]), minute_of_clock(match[2]))

    def __str__(self) -> str:
        return f"{clock(self.start_minute)}-{clock(self.end_minute)}"


def minute_of_clock(text: str) -> int:
    """Read `"09:30"` as a minute of the business date; hours may run past 24.

    Raises:
        ValueError: naming the text and the form expected.
    """
    match = _CLOCK.match(text.strip())
    if match is None:
        raise ValueError(f'expected a time like "09:30", found {text!r}')
    return int(match[1]) * 60 + int(match[2])


def clock(minute: int) -> str:
    """A minute of the business date as `"HH:MM"`; hours run past 24."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


@dataclass(frozen=True)
class OpeningHours:
    """When a desk takes contacts: seven weekdays (Monday first), and dates that differ (empty: closed)."""

    weekly: tuple[tuple[Span, ...], ...]
    exceptions: Mapping[date, tuple[Span, ...]] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if len(self.weekly) != 7:
            raise ValueError(f"weekly opening hours need seven days, Monday first, found {len(self.weekly)}")
        for spans in (*self.weekly, *self.exceptions.values()):
            if any(b.start_minute < a.end_minute for a, b in pairwise(spans)):
                raise ValueError(f"opening spans of one day overlap or are out of order: {spans}")

    def spans(self, day: date) -> tuple[Span, ...]:
        """The open spans of one business date; empty when closed."""
        exception = self.exceptions.get(day)
        return self.weekly[day.weekday()] if exception is None else exception

    def closing(self, days: Iterable[date]) -> OpeningHours:
        """The same hours with `days` closed; a date that already has hours of its own keeps them."""
        closed = dict.fromkeys(days, ()) | dict(self.exceptions)
        return OpeningHours(self.weekly, closed)


@dataclass(frozen=True)
class Horizon:
    """The days looked at, in one time zone, on one grid."""

    start: date
    end: date  # inclusive
    time_zone: str
    interval_minutes: int
    hours: OpeningHours

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"the horizon ends {self.end} before it starts {self.start}")
        if self.interval_minutes not in (5, 6, 10, 15, 20, 30, 60):
            raise ValueError(
                f"interval_minutes must be 5, 6, 10, 15, 20, 30 or 60, found {self.interval_minutes}"
            )

        self._check_spans()

    def _check_spans(self) -> None:
        previous_end = 0
        for day in self.days:
            spans = self.hours.spans(day)
            for span in spans:
                if span.start_minute % self.interval_minutes or span.end_minute % self.interval_minutes:
                    raise ValueError(
                        f"opening hours {span} on {day} do not fill whole intervals of {self.interval_minutes} "
                        "minutes; change the hours or choose shorter intervals"
                    )
            if spans and spans[0].start_minute < previous_end - MINUTES_A_DAY:
                raise ValueError(f"opening hours {spans[0]} on {day} begin before the day before has closed")
            previous_end = spans[-1].end_minute if spans else 0

    @property
    def days(self) -> tuple[date, ...]:
        """Every business date, closed ones included."""
        return tuple(self.start + timedelta(days=i) for i in range((self.end - self.start).days + 1))

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.time_zone)

    def between(self, start: date, end: date) -> Horizon:
        """The same desk over other days."""
        return Horizon(start, end, self.time_zone, self.interval_minutes, self.hours)

    def at(self, day: date, minute: int) -> datetime:
        """The moment of a wall-clock minute of a business date (a time skipped by DST moves forward)."""
        wall = datetime.combine(day + timedelta(days=minute // MINUTES_A_DAY), time(), self.zone)
        naive = wall.replace(hour=minute % MINUTES_A_DAY // 60, minute=minute % 60)
        return datetime.fromtimestamp(naive.timestamp(), self.zone)

    def grid(self) -> pd.DataFrame:
        """One row per open interval, in time order.

        Returns:
            Columns `interval_start` (datetime64, the site's zone), `business_date` (datetime64, midnight, no
            zone), `slot` (wall-clock minute of the business date). Steps are real time: where clocks go back,
            the doubled hour stands twice, with the same slots.
        """
        step = timedelta(minutes=self.interval_minutes)
        rows: list[tuple[datetime, date, int]] = []
        for day in self.days:
            midnight = datetime.combine(day, time())
            for span in self.hours.spans(day):
                moment = self.at(day, span.start_minute).astimezone(ZoneInfo("UTC"))
                end = self.at(day, span.end_minute).astimezone(ZoneInfo("UTC"))
                while moment < end:
                    local = moment.astimezone(self.zone)
                    slot = int((local.replace(tzinfo=None) - midnight).total_seconds() // 60)
                    if slot < span.end_minute:  # a closing time that the clock skips closes where it skips
                        rows.append((moment, day, slot))
                    moment += step
        frame = pd.DataFrame(rows, columns=["interval_start", "business_date", "slot"])
        starts = pd.to_datetime(frame["interval_start"], utc=True).dt.tz_convert(self.time_zone)
        return frame.assign(
            interval_start=starts.dt.as_unit("us"),
            business_date=pd.to_datetime(frame["business_date"]).dt.as_unit("us"),
            slot=frame["slot"].astype("int64"),
        )
