"""Hours tiers: when a vendor takes calls, and by what factor those hours raise its prices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.errors import SettingFault
from staffing.horizon import MINUTES_A_DAY, WEEKDAYS, Span
from staffing.sourcing.figures import Checked, Positive


@dataclass(frozen=True, kw_only=True)
class HoursTier(Checked):
    """Weekdays and one span of the calendar day in which calls are taken, at `factor` times the prices.

    Days are calendar days: 01:00 on Saturday is Saturday's, whichever day the desk opened.
    """

    name: str
    days: tuple[str, ...]  # "monday" ... "sunday"
    open: Span
    factor: Positive

    def faults(self) -> Iterator[SettingFault]:
        """Bad factor, unknown or repeated days, a span beyond midnight."""
        yield from super().faults()
        for day in self.days:
            if day not in WEEKDAYS:
                yield SettingFault("days", repr(day), f"must be among {', '.join(WEEKDAYS)}")
        if not self.days or len(set(self.days)) < len(self.days):
            yield SettingFault("days", str(list(self.days)), "must name at least one weekday, each once")
        if self.open.end_minute > MINUTES_A_DAY:
            yield SettingFault(
                "open", str(self.open), "must lie within 00:00-24:00; hours are calendar hours"
            )

    def covers(self, starts: pd.DatetimeIndex, minutes: int) -> npt.NDArray[np.bool_]:
        """Whether each span of `minutes` from `starts` (site time) lies inside the tier; shape of `starts`."""
        return self._open_at(starts) & self._open_at(starts + pd.Timedelta(minutes=minutes - 1))

    def _open_at(self, moments: pd.DatetimeIndex) -> npt.NDArray[np.bool_]:
        walls = moments.tz_localize(None).as_unit("s").asi8 // 60  # minutes since a Thursday's midnight
        day, minute = (walls // MINUTES_A_DAY + 3) % 7, walls % MINUTES_A_DAY
        chosen = np.zeros(7, dtype=np.bool_)
        chosen[[WEEKDAYS.index(name) for name in self.days]] = True
        inside = (minute >= self.open.start_minute) & (minute < self.open.end_minute)
        return np.asarray(chosen[day] & inside, dtype=np.bool_)


def tier_faults(tiers: Sequence[HoursTier]) -> Iterator[SettingFault]:
    """What is wrong with a tariff's tiers as a whole; they may overlap, the cheapest that fits is taken."""
    names = [tier.name for tier in tiers]
    if not tiers:
        yield SettingFault("hours", "(none)", "must hold at least one tier, such as weekdays 09:00-18:00")
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield SettingFault("hours.name", repr(name), "is used twice; each tier needs a name of its own")


def whole_tier(tiers: Sequence[HoursTier], starts: pd.DatetimeIndex, minutes: int) -> HoursTier:
    """The cheapest tier that covers all intervals; where none does, the one that covers most."""
    covered = [int(tier.covers(starts, minutes).sum()) for tier in tiers]
    most = max(covered)
    fitting = [tier for tier, count in zip(tiers, covered, strict=True) if count == most]
    return min(fitting, key=lambda tier: tier.factor.value)


def cheapest_tiers(
    tiers: Sequence[HoursTier], starts: pd.DatetimeIndex, minutes: int
) -> npt.NDArray[np.int64]:
    """For each span from `starts` the index of the cheapest tier that covers it, -1 where none does."""
    found = np.full(len(starts), -1, dtype=np.int64)
    by_price = sorted(range(len(tiers)), key=lambda index: tiers[index].factor.value)
    for index in by_price:
        found[(found < 0) & tiers[index].covers(starts, minutes)] = index
    return found
