"""How fast an agent is who holds several conversations at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats, whole
from staffing.queueing.arrays import Floats
from staffing.queueing.channels.walk import States

MOST = 100
"""Conversations at once."""


@dataclass(frozen=True, slots=True)
class Speed:
    """`rates[k]`: conversations an agent who holds k completes per handling time of a conversation held alone."""

    rates: Floats

    @property
    def slots(self) -> int:
        """Conversations an agent holds at most."""
        return len(self.rates) - 1

    @property
    def full(self) -> float:
        """Rate of an agent whose slots are all taken."""
        return float(self.rates[-1])

    @property
    def alone(self) -> float:
        """Handling time of a conversation held alone, over the stated one."""
        return 1 / float(self.rates[1])

    def total(self, held: States, agents: Floats) -> States:
        """Rate of `agents`, shape (rows,), who share `held` > 0 conversations evenly, shape (rows, states)."""
        staff = agents[:, None]
        fewer = np.clip(np.ceil(held / staff) - 1, 0, self.slots - 1)
        one_more = held - fewer * staff
        place = fewer.astype(np.intp)
        less, more = self.rates[place], self.rates[place + 1]
        return np.asarray(staff * less + one_more * (more - less))


def speed(concurrency: int, slowdown: npt.ArrayLike) -> Speed:
    """The rates for a share of slowdown per further conversation, or for a factor of each number held.

    Raises:
        ValueError: naming the argument.
    """
    most = whole("concurrency", concurrency)
    if most.ndim or not 1 <= most <= MOST:
        raise ValueError(f"concurrency must be one whole number from 1 to {MOST}; found {concurrency!r}")
    held = np.arange(1.0, float(most) + 1)
    given = as_floats("slowdown", slowdown)
    if given.ndim == 0:
        if given > 1:
            raise ValueError(
                f"slowdown must be at most 1 (k conversations take k times as long); found {float(given):g}"
            )
        factor = 1 + given * (held - 1)
    else:
        factor = as_floats("slowdown", slowdown, positive=True)
        if factor.shape != held.shape:
            raise ValueError(
                f"slowdown must be one share or {len(held)} factors, one for each number of conversations held; "
                f"found shape {factor.shape}"
            )
    rates = np.concatenate([[0.0], held / factor])
    worse = np.flatnonzero(np.diff(rates) < -1e-12 * rates[1:])
    if len(worse):
        most_useful = int(worse[0])
        raise ValueError(
            f"slowdown must not make an agent complete less with {most_useful + 1} conversations than with "
            f"{most_useful}; lower the concurrency instead"
        )
    return Speed(np.maximum.accumulate(rates))
