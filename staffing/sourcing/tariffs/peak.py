"""Peaks only: a vendor takes all calls of named hours, weekdays or months, one's own people the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, ClassVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.errors import SettingFault
from staffing.horizon import MINUTES_A_DAY, WEEKDAYS, Span
from staffing.sourcing.figures import Allowed, Checked, Figure
from staffing.sourcing.tariffs.offered import Offered
from staffing.sourcing.tariffs.terms import UNSTATED

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


@dataclass(frozen=True, kw_only=True)
class PeakTime(Checked):
    """Calendar hours on weekdays of months; what is not given is not limited.

    As with hours tiers, 01:00 on Saturday is Saturday's, whichever day the desk opened.
    """

    days: tuple[str, ...] = WEEKDAYS
    open: Span = field(default_factory=lambda: Span.parse("00:00-24:00"))
    months: tuple[str, ...] = MONTHS

    def faults(self) -> Iterator[SettingFault]:
        """Unknown or repeated days and months, none of them, a span beyond midnight."""
        yield from super().faults()
        for key, names, known in (("days", self.days, WEEKDAYS), ("months", self.months, MONTHS)):
            for name in names:
                if name not in known:
                    yield SettingFault(key, repr(name), f"must be among {', '.join(known)}")
            if not names or len(set(names)) < len(names):
                yield SettingFault(key, str(list(names)), "must name at least one, each once")
        if self.open.end_minute > MINUTES_A_DAY:
            yield SettingFault(
                "open", str(self.open), "must lie within 00:00-24:00; hours are calendar hours"
            )

    def covers(self, starts: pd.DatetimeIndex, minutes: int) -> npt.NDArray[np.bool_]:
        """Whether each span of `minutes` from `starts` (site time) lies inside; shape of `starts`."""
        return self._holds(starts) & self._holds(starts + pd.Timedelta(minutes=minutes - 1))

    def _holds(self, moments: pd.DatetimeIndex) -> npt.NDArray[np.bool_]:
        days = [WEEKDAYS.index(day) for day in self.days]
        months = [MONTHS.index(month) + 1 for month in self.months]
        minute = np.asarray(moments.hour) * 60 + np.asarray(moments.minute)
        inside = (minute >= self.open.start_minute) & (minute < self.open.end_minute)
        inside &= np.isin(np.asarray(moments.day_of_week), days)
        return np.asarray(inside & np.isin(np.asarray(moments.month), months), dtype=np.bool_)


@dataclass(frozen=True, kw_only=True)
class Peak(Offered):
    """One's own people outside the `times`, within them another offer of the file, `vendor`, for all calls.

    The vendor's monthly fees are paid in months that have such times, its fees at the start once. Own people work in
    blocks of at least `own_block_hours`, those that reach into the vendor's times included; with 0 they come and go
    with every interval: a lower bound. Terms, hidden costs and abilities are the vendor's.
    """

    own: ClassVar[bool] = True  # what is required of vendors is asked of `vendor`

    vendor: str
    times: tuple[PeakTime, ...]
    own_block_hours: Annotated[Figure, Allowed(most=12, whole=True)] = UNSTATED

    def faults(self) -> Iterator[SettingFault]:
        """Bad figures, no times."""
        yield from super().faults()
        if not self.times:
            yield SettingFault("times", "(none)", "must hold at least one, such as weekdays 11:00-14:00")

    @property
    def needs(self) -> tuple[str, ...]:
        """The vendor's offer."""
        return (self.vendor,)

    def vendors(self, starts: pd.DatetimeIndex, minutes: int) -> npt.NDArray[np.bool_]:
        """Whether the vendor takes the calls of each span of `minutes` from `starts`; shape of `starts`."""
        inside = np.zeros(len(starts), dtype=np.bool_)
        for time in self.times:
            inside |= time.covers(starts, minutes)
        return inside
