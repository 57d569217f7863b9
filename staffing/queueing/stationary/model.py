"""What goes into the formulas and what comes out, in their own units: times in mean handling times.

States: with n agents and an offered load of a Erlangs, the state "n + j callers present" has a weight relative
to the state "all agents busy, nobody waits"; j waiting callers lose patience at the rate j * eta, where eta is
the mean handling time over the mean patience (C. Palm, 1943).
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from staffing.queueing.arrays import Floats


@dataclass(frozen=True, slots=True)
class Queues:
    """Independent queues with calls and agents, every field of shape (rows,).

    load: offered Erlangs, > 0. agents: whole, >= 0. patience: mean patience over mean handling time, may be 0 or
    infinite. places: callers that may wait, whole, may be infinite. threshold: over mean handling time.
    """

    load: Floats
    agents: Floats
    patience: Floats
    places: Floats
    threshold: Floats

    def take(self, rows: npt.NDArray[np.bool_] | npt.NDArray[np.intp] | slice) -> Queues:
        """The queues of some rows."""
        return Queues(
            self.load[rows],
            self.agents[rows],
            self.patience[rows],
            self.places[rows],
            self.threshold[rows],
        )

    def __len__(self) -> int:
        return len(self.load)


@dataclass(frozen=True, slots=True)
class Flows:
    """What becomes of an arriving call; shares of all arrivals, every field of shape (rows,).

    idle + waiting + blocked = 1 and waiting = abandoned + served. "Late" means after the threshold.
    """

    idle: Floats
    """Finds a free agent."""
    waiting: Floats
    """Finds every agent busy and is admitted."""
    blocked: Floats
    """Finds every line in use."""
    served: Floats
    """Is answered after a wait."""
    abandoned: Floats
    """Gives up waiting."""
    served_late: Floats
    abandoned_late: Floats
    virtual_late: Floats
    """Would wait beyond the threshold with endless patience."""
    served_wait: Floats
    """Mean over all arrivals of the wait if answered, 0 if not; in handling times."""

    @classmethod
    def empty(cls, rows: int) -> Flows:
        """Room for `rows` results."""
        return cls(*(np.empty(rows) for _ in fields(cls)))

    def put(self, rows: npt.NDArray[np.bool_] | npt.NDArray[np.intp] | slice, part: Flows) -> None:
        """Write the results of some rows."""
        for field in fields(self):
            getattr(self, field.name)[rows] = getattr(part, field.name)

    @property
    def answered(self) -> Floats:
        """Share of arrivals answered, at once or after a wait."""
        return self.idle + self.served

    @property
    def lost(self) -> Floats:
        """Share of arrivals that give up or are turned away."""
        return np.minimum(self.abandoned + self.blocked, 1.0)
