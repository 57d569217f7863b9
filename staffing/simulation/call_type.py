"""The calls of one kind: when they come, how long they take, how long they wait."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats, number, share, whole
from staffing.queueing.arrays import Floats
from staffing.simulation.distributions import Distribution, Exponential, Never


@dataclass(frozen=True, eq=False)
class CallType:
    """Calls that need the same skill.

    Args:
        name: unique in the scenario.
        handling: talk, hold and after-call work.
        calls: expected calls per interval, >= 0: one number for all intervals, or one for each, shape (intervals,).
            Within an interval they come as a Poisson process of constant rate.
        patience: how long a caller waits before giving up; drawn anew for each attempt.
        arrival_times: instead of `calls`, the exact times in seconds from the scenario's start, >= 0, in any order.
        priority: free agents take the larger number first; nobody is interrupted.
        redial: share of the abandoned and of the blocked attempts that lead to another one, >= 0 and <= 1.
        redial_delay: from the loss to the next attempt.
        most_redials: of one caller, whole, >= 0.
        lines: callers of this type talking or waiting at most, whole, >= 0; more are blocked. Those the vendor has
            taken no longer count.
        day_cv: coefficient of variation of a gamma factor on all calls of a replication, >= 0: days that are busier
            than forecast. 0 is none.
        interval_cv: the same for each interval on its own: one number, or one for each, shape (intervals,).
        handling_scale: a factor on the handling times of the calls that first come in an interval, > 0: one number,
            or one for each, shape (intervals,).

    Raises:
        ValueError: naming the argument that is negative, nan, out of range or given twice.
    """

    name: str
    handling: Distribution
    calls: npt.ArrayLike | None = None
    patience: Distribution = field(default_factory=Never)
    arrival_times: npt.ArrayLike | None = None
    priority: int = 0
    redial: float = 0.0
    redial_delay: Distribution = field(default_factory=lambda: Exponential(300))
    most_redials: int = 50
    lines: float = inf
    day_cv: float = 0.0
    interval_cv: npt.ArrayLike = 0.0
    handling_scale: npt.ArrayLike = 1.0

    def __post_init__(self) -> None:
        if (self.calls is None) == (self.arrival_times is None):
            raise ValueError(f"call type {self.name!r}: give either calls or arrival_times")
        if self.calls is not None:
            object.__setattr__(self, "calls", _frozen(as_floats("calls", self.calls)))
        if self.arrival_times is not None:
            object.__setattr__(self, "arrival_times", _frozen(as_floats("arrival_times", self.arrival_times)))
        for name in ("handling", "patience", "redial_delay"):
            if not isinstance(getattr(self, name), Distribution):
                raise ValueError(f"{name} must be a distribution; found {getattr(self, name)!r}")
        share("redial", self.redial, none=True, full=True)
        for name in ("most_redials", "lines", "day_cv"):
            number(name, getattr(self, name))
        whole("most_redials", self.most_redials)
        whole("lines", self.lines, infinite=True)
        as_floats("day_cv", self.day_cv)
        object.__setattr__(self, "interval_cv", _frozen(as_floats("interval_cv", self.interval_cv)))
        scale = as_floats("handling_scale", self.handling_scale, positive=True)
        object.__setattr__(self, "handling_scale", _frozen(scale))
        if self.arrival_times is not None and (self.day_cv or np.any(self.interval_cv)):
            raise ValueError("day_cv and interval_cv vary calls, not arrival_times")
        if len(self._lengths()) > 1:
            raise ValueError(
                f"calls, interval_cv and handling_scale differ in length: {sorted(self._lengths())}"
            )

    @property
    def intervals(self) -> int | None:
        """How many intervals the arrays have; None where any number fits."""
        return next(iter(self._lengths()), None)

    def _lengths(self) -> set[int]:
        given = [np.asarray(each) for each in (self.calls, self.interval_cv, self.handling_scale)]
        return {len(each) for each in given if each.ndim}


def _frozen(array: Floats) -> Floats:
    """A copy that nobody can change, of at most one dimension."""
    if array.ndim > 1:
        raise ValueError(f"calls and arrival_times have one dimension; found shape {array.shape}")
    copy = array.copy()
    copy.flags.writeable = False
    return copy
