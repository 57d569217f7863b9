"""Moments on the grid of open intervals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from staffing.horizon import Horizon, clock
from staffing.io.moments import Moments

Ints = NDArray[np.int64]
Days = NDArray[np.datetime64]


@dataclass(frozen=True)
class Grid:
    """The open intervals around some moments, in time order; `frame` is that of `Horizon.grid()`."""

    frame: pd.DataFrame
    utc: Moments  # each interval's start
    step: np.timedelta64
    zone: ZoneInfo

    @classmethod
    def around(cls, moments: Moments, horizon: Horizon) -> Grid:
        """The grid from the business date before the first moment to the last one's."""
        ends = pd.DatetimeIndex([moments.min(), moments.max()]).tz_localize("UTC").tz_convert(horizon.zone)
        first, last = (end.date() for end in ends)
        frame = horizon.between(
            first - timedelta(days=1), last
        ).grid()  # its night may reach into the first day
        utc = frame["interval_start"].dt.tz_convert("UTC").dt.tz_localize(None).to_numpy()
        return cls(frame, utc, np.timedelta64(horizon.interval_minutes, "m"), horizon.zone)

    def __len__(self) -> int:
        return len(self.utc)

    @property
    def days(self) -> Days:
        """Each interval's business date."""
        return self.frame["business_date"].to_numpy().astype("datetime64[D]")

    def containing(self, moments: Moments) -> Ints:
        """The position of the open interval each moment lies in; -1 outside the opening hours."""
        if not len(self):
            return np.full(len(moments), -1, dtype=np.int64)
        place = np.searchsorted(self.utc, moments, side="right") - 1
        inside = (place >= 0) & (moments < self.utc[place] + self.step)
        return np.where(inside, place, -1)

    def starting(self, moments: Moments) -> Ints:
        """The position of the open interval that starts at each moment; -1 when none does."""
        place = self.containing(moments)
        if not len(self):
            return place
        return np.where((place >= 0) & (self.utc[place] == moments), place, -1)

    def floor(self, moments: Moments) -> Moments:
        """The start of the interval each moment lies in; outside the opening hours counted from local midnight."""
        place = self.containing(moments)
        local = (
            pd.DatetimeIndex(moments).tz_localize("UTC").tz_convert(self.zone).tz_localize(None).to_numpy()
        )
        into = (local - local.astype("datetime64[D]")) % self.step
        starts: Moments = moments - into
        starts[place >= 0] = self.utc[place[place >= 0]]
        return starts

    def misfits(self, moments: Moments) -> NDArray[np.bool_]:
        """Interval starts of another grid: off its steps, or cutting an open interval in two."""
        last = moments + self.step - np.timedelta64(1, "us")
        cuts: NDArray[np.bool_] = (self.containing(last) >= 0) & (self.starting(moments) < 0)
        return cuts | np.not_equal(self.floor(moments), moments)

    def spell(self, chosen: NDArray[np.bool_]) -> Iterator[tuple[date, str]]:
        """The chosen intervals in words, by business date: `07:00-09:30, 12:00-12:30 (6 intervals)`."""
        minutes = int(self.step / np.timedelta64(1, "m"))
        table = self.frame.loc[chosen, ["business_date", "slot"]]
        for day, slots in table.groupby("business_date")["slot"]:
            runs: Any = slots.groupby((slots.diff() != minutes).cumsum()).agg(["min", "max"])
            ranges = [f"{clock(low)}-{clock(high + minutes)}" for low, high in runs.to_numpy().tolist()]
            word = "interval" if len(slots) == 1 else "intervals"
            yield pd.Timestamp(str(day)).date(), f"{', '.join(ranges)} ({len(slots)} {word})"
