"""Shift templates: which starts and lengths may be worked, and the concrete shifts they expand to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from staffing.horizon import Horizon, clock


@dataclass(frozen=True)
class Break:
    """A break whose start may move inside a window, both ends of it minutes after the shift's start.

    A paid break is working time in which nobody is on the floor.
    """

    minutes: int
    earliest: int
    latest: int
    paid: bool = False


@dataclass(frozen=True)
class Shift:
    """One start and length on a weekday, with breaks whose starts may move inside windows.

    Minutes count from the business date's midnight (wall clock). `break_minutes` is the main break, unpaid; 0 means
    none. `further` are breaks beside it, paid or not. All are taken in the order of their windows, with at least
    `break_gap_minutes` of presence between the end of one and the start of the next.
    """

    code: str
    start_minute: int
    length_minutes: int  # presence, breaks included
    break_minutes: int = 0
    break_earliest: int = 0  # first start of the break, minutes after the shift's start
    break_latest: int = 0  # last start of the break, minutes after the shift's start
    further: tuple[Break, ...] = ()
    break_gap_minutes: int = 0

    @property
    def breaks(self) -> tuple[Break, ...]:
        """Every break, in the order in which they are taken."""
        main = (
            (Break(self.break_minutes, self.break_earliest, self.break_latest),) if self.break_minutes else ()
        )
        return tuple(sorted((*main, *self.further), key=lambda b: (b.earliest, b.latest)))

    @property
    def unpaid_minutes(self) -> int:
        """All breaks that are no working time."""
        return self.break_minutes + sum(b.minutes for b in self.further if not b.paid)

    @property
    def end_minute(self) -> int:
        """Wall-clock end, breaks included (on a day without a clock change)."""
        return self.start_minute + self.length_minutes

    @property
    def work_minutes(self) -> int:
        """Working time: presence without the unpaid breaks."""
        return self.length_minutes - self.unpaid_minutes

    def place(self, horizon: Horizon, day: date) -> tuple[datetime, datetime]:
        """Start and end on one business date; the length is elapsed time, whatever the clocks do."""
        start = horizon.at(day, self.start_minute)
        end = start.astimezone(UTC) + timedelta(minutes=self.length_minutes)
        return start, end.astimezone(horizon.zone)


@dataclass(frozen=True)
class ShiftTemplate:
    """A family of shifts of one length whose start moves in steps."""

    code: str
    first_start_minute: int
    last_start_minute: int
    step_minutes: int
    length_minutes: int
    break_minutes: int = 0
    break_earliest: int = 0
    break_latest: int = 0
    further: tuple[Break, ...] = ()
    break_gap_minutes: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.first_start_minute <= self.last_start_minute:
            raise ValueError(f"shift {self.code}: the last start lies before the first")
        if self.step_minutes <= 0 or self.length_minutes <= 0:
            raise ValueError(f"shift {self.code}: step and length must be above 0 minutes")
        if self.break_minutes:
            inside = 0 < self.break_earliest <= self.break_latest
            if not inside or self.break_latest + self.break_minutes >= self.length_minutes:
                raise ValueError(f"shift {self.code}: the break must lie inside the shift")
        self._check_further()

    def _check_further(self) -> None:
        """Breaks one after the other must fit, each as early as it may."""
        free = 1
        for own in next(iter(self.shifts())).breaks:
            begin = max(own.earliest, free)
            if own.minutes <= 0 or not 0 < own.earliest <= own.latest:
                raise ValueError(f"shift {self.code}: a break needs minutes and a window that runs forward")
            if begin > own.latest or own.latest + own.minutes >= self.length_minutes:
                raise ValueError(
                    f"shift {self.code}: the breaks do not fit into the shift one after the other"
                )
            free = begin + own.minutes + self.break_gap_minutes

    def shifts(self) -> Iterable[Shift]:
        """Every concrete shift; the code carries the start, as in `F8-0930`."""
        for start in range(self.first_start_minute, self.last_start_minute + 1, self.step_minutes):
            yield Shift(
                code=f"{self.code}-{clock(start).replace(':', '')}",
                start_minute=start,
                length_minutes=self.length_minutes,
                break_minutes=self.break_minutes,
                break_earliest=self.break_earliest,
                break_latest=self.break_latest,
                further=self.further,
                break_gap_minutes=self.break_gap_minutes,
            )
