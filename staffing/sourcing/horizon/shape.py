"""The shape of demand: typical days of the week, and the demand of any calendar month made of them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cached_property
from math import inf, isinf

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.errors import Fault, InputError
from staffing.horizon import MINUTES_A_DAY, Span
from staffing.queueing import Targets, required_agents
from staffing.sourcing.case import Case
from staffing.sourcing.horizon.months import parts

Floats = npt.NDArray[np.float64]
_KEYS = ["queue", "weekday", "slot"]


@dataclass(frozen=True)
class DemandShape:
    """Typical days, one for each weekday that is open.

    `typical` has one row per queue, weekday (0 Monday) and slot (wall-clock minute of the business date): `weight`
    (calls of such an interval on any scale) and `aht_seconds`. `closed` dates have no demand; a date in `like` runs
    as another weekday (a holiday as a Sunday). `shrinkage` is 1 - net / gross of the agents required.
    """

    typical: pd.DataFrame
    targets: Targets
    interval_minutes: int
    patience_seconds: float
    zone: tzinfo | None = None
    shrinkage: float = 0.0
    closed: frozenset[date] = frozenset()
    like: Mapping[date, int] = field(default_factory=dict, hash=False)

    @classmethod
    def of(
        cls, case: Case, *, closed: Collection[date] = (), like: Mapping[date, int] | None = None
    ) -> DemandShape:
        """The mean day of each weekday of a case, weighed by the days a row stands for.

        Args:
            case: any number of days; a weekday without rows is closed.
            closed: dates of later months on which the desk does not open, whatever their weekday.
            like: dates, of the case or later, that run as another weekday (0 Monday to 6 Sunday).
        """
        alike = dict(like or {})
        shown = case.demand
        dates = pd.DatetimeIndex(pd.to_datetime(shown["business_date"]))
        days = shown["days"].to_numpy(np.float64) if "days" in shown else np.ones(len(shown))
        rows = pd.DataFrame(
            {
                "queue": shown["queue"].astype(str),
                "date": dates,
                "weekday": [alike.get(day.date(), day.weekday()) for day in dates],
                "slot": _slots(case.starts, dates),
                "days": days,
                "calls": case.calls * days,
                "work": case.calls * case.aht * days,
                "aht_seconds": case.aht,
            }
        )
        sums = rows.groupby(_KEYS, as_index=False).agg({"calls": "sum", "work": "sum", "aht_seconds": "mean"})
        opened = rows.drop_duplicates(["queue", "date"]).groupby(["queue", "weekday"])["days"].sum()
        count = opened.loc[pd.MultiIndex.from_frame(sums[["queue", "weekday"]])].to_numpy(np.float64)
        calls, work, plain = (sums[name].to_numpy(np.float64) for name in ("calls", "work", "aht_seconds"))
        typical = sums[_KEYS].assign(
            weight=calls / count,
            aht_seconds=np.divide(work, calls, out=plain.copy(), where=calls > 0),
        )
        return cls(
            typical,
            case.targets,
            case.interval_minutes,
            case.patience_seconds,
            case.starts.tz,
            _shrinkage(case, days),
            frozenset(closed),
            alike,
        )

    @classmethod
    def even(
        cls,
        targets: Targets,
        *,
        hours: str = "09:00-18:00",
        weekdays: Collection[int] = range(5),
        profile: Sequence[float] | None = None,
        aht_seconds: float = 300,
        patience_seconds: float = inf,
        interval_minutes: int = 60,
        shrinkage: float = 0.0,
        queue: str = "calls",
        closed: Collection[date] = (),
    ) -> DemandShape:
        """A desk that is open for the same hours on each of `weekdays`; calls are even over them or follow `profile`.

        Raises:
            InputError: a profile that does not hold one share of at least 0 for each interval, with calls.
        """
        span = Span.parse(hours)
        slots = np.arange(span.start_minute, span.end_minute, interval_minutes)
        weight = np.ones(len(slots)) if profile is None else np.asarray(profile, dtype=np.float64)
        if weight.shape != slots.shape or not (weight >= 0).all() or not weight.sum() > 0:
            fault = Fault(str(profile), f"{len(slots)} shares of at least 0, not all 0", column="profile")
            raise InputError("shape", [fault])
        days = sorted(weekdays)
        typical = pd.DataFrame(
            {
                "queue": queue,
                "weekday": np.repeat(days, len(slots)),
                "slot": np.tile(slots, len(days)),
                "weight": np.tile(weight, len(days)),
                "aht_seconds": float(aht_seconds),
            }
        )
        return cls(typical, targets, interval_minutes, patience_seconds, None, shrinkage, frozenset(closed))

    def dates(self, month: str) -> dict[int, list[date]]:
        """The open dates of a calendar month ("2027-05") by the weekday they run as."""
        year, number = parts(month)
        opened = set(self.typical["weekday"])
        found: dict[int, list[date]] = {}
        for day in range(1, monthrange(year, number)[1] + 1):
            when = date(year, number, day)
            weekday = self.like.get(when, when.weekday())
            if when not in self.closed and weekday in opened:
                found.setdefault(weekday, []).append(when)
        return dict(sorted(found.items()))

    def month(self, month: str, calls: float) -> pd.DataFrame:
        """`calls` spread over the open intervals of a calendar month, as typical days.

        Returns:
            One row per queue, weekday and slot, for `Case`: `queue`, `interval_start`, `business_date`, `slot`,
            `calls` (of one such interval), `aht_seconds`, `agents_net`, `agents_gross`, `days` (how many days of
            the month the row stands for). Calls x days add up to `calls`.

        Raises:
            InputError: the month has no open interval with calls.
        """
        frame = self._frame(month)
        count = frame["days"].to_numpy(np.int64)
        weight = frame["calls"].to_numpy(np.float64)
        per_row = calls * weight / float(weight @ count)
        while (per_row * count).sum() < calls:  # rounding must not take the total below a vendor's minimum
            per_row = per_row * (1 + 2.0**-52)
        net = self._net(per_row, frame["aht_seconds"].to_numpy(np.float64))
        gross = np.ceil(net / (1 - self.shrinkage) - 1e-9).astype(np.int64)
        return frame.assign(calls=per_row, agents_net=net, agents_gross=gross)

    def _frame(self, month: str) -> pd.DataFrame:
        """A month's rows with their weights for calls; each month is worked out once."""
        if month in self._frames:
            return self._frames[month]
        dates = self.dates(month)
        rows = self.typical[self.typical["weekday"].isin(list(dates))].reset_index(drop=True)
        days = rows["weekday"].map({weekday: len(found) for weekday, found in dates.items()})
        if not rows["weight"].gt(0).any():
            raise InputError("demand", [Fault(f"no open interval with calls in {month}", "at least one")])
        shown = rows["weekday"].map({weekday: self._plain(found) for weekday, found in dates.items()})
        self._frames[month] = pd.DataFrame(
            {
                "queue": rows["queue"],
                "interval_start": self._moments(shown, rows["slot"]),
                "business_date": pd.to_datetime(shown).dt.as_unit("us"),
                "slot": rows["slot"],
                "calls": rows["weight"].to_numpy(np.float64),
                "aht_seconds": rows["aht_seconds"],
                "agents_net": 0,
                "agents_gross": 0,
                "days": days.to_numpy(np.int64),
            }
        )
        return self._frames[month]

    @cached_property
    def _frames(self) -> dict[str, pd.DataFrame]:
        return {}

    def case(self, month: str, calls: float) -> Case:
        """The month as a case whose fees count for the whole calendar month."""
        year, number = parts(month)
        return Case.of(
            self.month(month, calls),
            self.targets,
            interval_minutes=self.interval_minutes,
            patience_seconds=self.patience_seconds,
            period=(date(year, number, 1), date(year, number, monthrange(year, number)[1])),
        )

    def with_aht(self, factor: float) -> DemandShape:
        """The same shape with every handling time multiplied."""
        typical = self.typical.assign(aht_seconds=self.typical["aht_seconds"] * factor)
        return replace(self, typical=typical)

    @cached_property
    def queues(self) -> tuple[str, ...]:
        """Names of the queues."""
        return tuple(sorted(set(self.typical["queue"])))

    def _net(self, calls: Floats, aht: Floats) -> npt.NDArray[np.int64]:
        # where nobody gives up, a limit on abandonment sizes nothing
        limit = None if isinf(self.patience_seconds) else self.targets.abandonment
        targets = replace(self.targets, abandonment=limit)
        interval = self.interval_minutes * 60
        net = required_agents(calls, aht, targets, interval=interval, patience=self.patience_seconds)
        return np.asarray(net, dtype=np.int64)

    def _plain(self, days: list[date]) -> date:
        """The first of the dates without a change of the clocks; the first of all where each has one."""
        if self.zone is None:
            return days[0]
        return next((day for day in days if self._offset(day) == self._offset(day, 2)), days[0])

    def _offset(self, day: date, ahead: int = 0) -> timedelta | None:
        return datetime.combine(day + timedelta(days=ahead), time(), self.zone).utcoffset()

    def _moments(self, dates: pd.Series[date], slots: pd.Series[int]) -> pd.DatetimeIndex:
        walls = pd.DatetimeIndex(pd.to_datetime(dates) + pd.to_timedelta(slots, unit="min")).as_unit("us")
        if self.zone is None:
            return walls
        return walls.tz_localize(self.zone, nonexistent="shift_forward", ambiguous=np.ones(len(walls), bool))


def _slots(starts: pd.DatetimeIndex, dates: pd.DatetimeIndex) -> npt.NDArray[np.int64]:
    """Wall-clock minutes from the business date's midnight."""
    walls = starts.tz_localize(None)
    ahead = (walls.normalize() - dates) // pd.Timedelta(days=1)
    minutes = np.asarray(ahead) * MINUTES_A_DAY + np.asarray(walls.hour) * 60 + np.asarray(walls.minute)
    return np.asarray(minutes, dtype=np.int64)


def _shrinkage(case: Case, days: Floats) -> float:
    net, gross = (
        float(case.demand[name].to_numpy(np.float64) @ days) for name in ("agents_net", "agents_gross")
    )
    return max(0.0, 1 - net / gross) if gross > 0 else 0.0
