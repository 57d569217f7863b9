"""The desk as it is: calls, handling time and agents of every interval, and what was lost."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.errors import Fault, InputError
from staffing.queueing import Targets, required_agents

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Desk:
    """What measures are judged on. Arrays have one element a row: a queue's open interval.

    Rows of a queue follow one another in time. `agents` are those on contacts, a mean with fractions. `lost` is what
    was seen, abandoned and blocked; None where there are no records. `calls` are all that came, the redials of lost
    callers among them.
    """

    calls: Floats
    aht_seconds: Floats
    agents: Floats
    queue: npt.NDArray[np.str_]
    interval_start: pd.DatetimeIndex
    interval_seconds: float
    patience_seconds: float
    targets: Targets
    months: float
    """That the rows stand for; figures a month are sums divided by this."""
    heads: float
    """People at the desk."""
    lines: Floats
    """Callers talking or waiting at most, of the row's queue; infinite without limit."""
    days: Floats
    """How often each row occurs in the period."""
    redial: float = 0.0
    """Share of lost callers who call again."""
    lost: Floats | None = None
    lost_without_agents: float = 0.0
    """Lost in intervals for which nobody recorded the agents; these have no row."""

    def __post_init__(self) -> None:
        faults = tuple(self._faults())
        if faults:
            raise InputError("desk", faults)

    def _faults(self) -> list[Fault]:
        faults = []
        rows = len(self.calls)
        if rows == 0:
            return [Fault("no rows", "at least one open interval")]
        for name, least in (
            ("calls", 0),
            ("aht_seconds", 0),
            ("agents", 0),
            ("days", 0),
            ("lines", 0),
            ("lost", 0),
        ):
            values = getattr(self, name)
            if values is None:
                continue
            if values.shape != (rows,):
                faults.append(Fault(f"{values.shape}", f"({rows},)", column=name))
                continue
            bad = np.flatnonzero(np.isnan(values) | (values < least) | (np.isinf(values) & (name != "lines")))
            if len(bad):
                faults.append(
                    Fault(
                        f"{values[bad[0]]:g}", f"a number of at least {least}", int(bad[0]) + 2, column=name
                    )
                )
        if ((self.calls > 0) & (self.aht_seconds <= 0)).any():
            faults.append(
                Fault("0", "a handling time above 0 wherever there are calls", column="aht_seconds")
            )
        for name, good in (
            ("patience_seconds", 0 < self.patience_seconds < np.inf),
            ("months", 0 < self.months < np.inf),
            ("heads", 0 <= self.heads < np.inf),
            ("redial", 0 <= self.redial < 1),
        ):
            if not good:
                allowed = "from 0 to below 1" if name == "redial" else "a finite number above 0"
                faults.append(Fault(f"{getattr(self, name):g}", allowed, column=name))
        return faults

    @property
    def mean_aht_seconds(self) -> float:
        """Over all calls; 0 without any."""
        weight = self.calls * self.days
        return float((weight * self.aht_seconds).sum() / weight.sum()) if weight.any() else 0.0

    @cached_property
    def week(self) -> Ints:
        """Number of each row's week of seven days from the first row's midnight on, told apart by queue."""
        midnight = self.interval_start.min().normalize()
        weeks = ((self.interval_start - midnight) // pd.Timedelta(days=7)).to_numpy(dtype=np.int64)
        codes = np.unique(self.queue, return_inverse=True)[1]
        return np.asarray(codes * (int(weeks.max()) + 1) + weeks)

    @cached_property
    def queues(self) -> tuple[npt.NDArray[np.intp], ...]:
        """Row numbers of each queue."""
        return tuple(np.flatnonzero(self.queue == name) for name in np.unique(self.queue))

    def required(self, calls: Floats, aht_seconds: Floats, patience_seconds: float, redial: float) -> Floats:
        """Agents that reach the desk's targets in each row, for first calls (redials are worked out)."""
        key = (calls.tobytes(), aht_seconds.tobytes(), patience_seconds, redial)
        if key not in self._sized:
            self._sized[key] = required_agents(
                calls,
                aht_seconds,
                self.targets,
                interval=self.interval_seconds,
                patience=patience_seconds,
                redial=redial,
            ).astype(np.float64)
        return self._sized[key]

    @cached_property
    def _sized(self) -> dict[tuple[bytes, bytes, float, float], Floats]:
        """Sets of measures often leave the same calls: sized once."""
        return {}

    def monthly(self, per_row: npt.ArrayLike) -> float:
        """Sum of a quantity a row occurrence, a month."""
        return float((np.asarray(per_row, dtype=np.float64) * self.days).sum() / self.months)
