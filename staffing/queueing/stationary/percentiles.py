"""How long callers wait: the tail of the waiting time, and its percentiles.

The stationary figures know the wait beyond any time (`Flows`: late served, late abandoned, late virtual), so the
tail is one evaluation and a percentile is the tail's inverse.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats, whole
from staffing.queueing.arrays import Floats
from staffing.queueing.stationary.crossing import last_positive
from staffing.queueing.stationary.flows import flows
from staffing.queueing.stationary.model import Flows
from staffing.queueing.stationary.redial import attempts
from staffing.queueing.stationary.workload import SHORTEST, Workload, given

Whose = Literal["arrivals", "answered", "abandoned", "virtual"]
"""Whose wait: of all arrivals (until they are answered or give up; blocked calls do not wait), of the answered, of
those who gave up, or the wait that an admitted caller of endless patience would have."""

LATE: dict[str, Callable[[Flows], tuple[Floats, Floats]]] = {
    "arrivals": lambda f: (f.served_late + f.abandoned_late + _for_ever(f), np.ones_like(f.idle)),
    "answered": lambda f: (f.served_late, f.answered),
    "abandoned": lambda f: (f.abandoned_late, f.abandoned),
    "virtual": lambda f: (f.virtual_late, f.idle + f.waiting),
}
"""Who of them waits longer than the threshold, and all of them; as shares of arrivals."""


def _for_ever(f: Flows) -> Floats:
    """Callers of endless patience whom no agent will ever answer."""
    return np.where((f.served == 0) & (f.abandoned == 0), f.waiting, 0.0)


def wait_tail(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    agents: npt.ArrayLike,
    t: npt.ArrayLike,
    *,
    whose: Whose = "arrivals",
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
    lines: npt.ArrayLike = np.inf,
    redial: npt.ArrayLike = 0,
) -> npt.NDArray[np.float64]:
    """Share of `whose` waits that last longer than `t` seconds (>= 0, may be infinite).

    Small shares keep their digits. 0 where nobody is concerned: without calls, or where nobody is answered or gives
    up. Shape: what the arguments broadcast to; the others as for `performance`.

    Raises:
        ValueError: as `performance`; for an unknown `whose`.
    """
    _known(whose)
    workload, (staff,), shape = given(
        calls=calls,
        aht=aht,
        agents=whole("agents", agents),
        threshold=as_floats("t", t, infinite=True),
        interval=interval,
        patience=patience,
        lines=lines,
        redial=redial,
    )
    result = np.zeros(len(staff))
    rows = np.flatnonzero(workload.calls > 0)
    with np.errstate(all="ignore"):  # infinities are meant, and where() drops what they spoil
        result[rows] = _Waits(workload.take(rows), staff[rows], whose).tail(workload.threshold[rows])
    return result.reshape(shape)


def wait_percentile(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    agents: npt.ArrayLike,
    share: npt.ArrayLike,
    *,
    whose: Whose = "arrivals",
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
    lines: npt.ArrayLike = np.inf,
    redial: npt.ArrayLike = 0,
) -> npt.NDArray[np.float64]:
    """Seconds that at least this `share` of `whose` waits stay within: 0.9 asks for the 90th percentile.

    0 where so many do not wait at all, infinite where so many are never done waiting (an overload without limit).
    To about 1e-12 of itself. `share` is >= 0 and < 1; shape and the others as for `wait_tail`.

    Raises:
        ValueError: as `performance`; for an unknown `whose`.
    """
    _known(whose)
    workload, (staff, wanted), shape = given(
        calls=calls,
        aht=aht,
        agents=whole("agents", agents),
        share=as_floats("share", share, below=1.0),
        interval=interval,
        patience=patience,
        lines=lines,
        redial=redial,
    )
    result = np.zeros(len(staff))
    rows = np.flatnonzero(workload.calls > 0)
    with np.errstate(all="ignore"):  # infinities are meant, and where() drops what they spoil
        waits = _Waits(workload.take(rows), staff[rows], whose)
        beyond = 1 - wanted[rows]
        some = np.flatnonzero(waits.tail(np.zeros(len(rows))) > beyond)
        result[rows[some]] = waits.take(some).percentile(beyond[some])
    return result.reshape(shape)


class _Waits:
    """Queues with calls, their arrivals solved once for all times."""

    def __init__(
        self, workload: Workload, agents: Floats, whose: Whose, arrivals: Floats | None = None
    ) -> None:
        self.workload, self.agents, self.whose = workload, agents, whose
        self.arrivals = attempts(workload, agents) if arrivals is None else arrivals

    def take(self, rows: npt.NDArray[np.intp]) -> _Waits:
        return _Waits(self.workload.take(rows), self.agents[rows], self.whose, self.arrivals[rows])

    def tail(self, seconds: Floats) -> Floats:
        timed = self.workload.with_threshold(seconds)
        late, of = LATE[self.whose](flows(timed.queues(self.arrivals, self.agents)))
        return np.divide(late, of, out=np.zeros_like(late), where=of > 0).clip(0.0, 1.0)

    def percentile(self, beyond: Floats) -> Floats:
        """Where the tail falls to `beyond`, which it exceeds at 0."""

        def excess(seconds: Floats, rows: npt.NDArray[np.intp]) -> Floats:
            return np.log(self.take(rows).tail(seconds)) - np.log(beyond[rows])

        start = np.maximum(self.workload.aht, SHORTEST) / np.maximum(self.agents, 1.0)
        return last_positive(excess, start)


def _known(whose: str) -> None:
    if whose not in get_args(Whose):
        raise ValueError(f"whose must be one of {', '.join(get_args(Whose))}; found {whose!r}")
