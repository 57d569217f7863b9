"""The requirement as pyworkforce computes it, for users who come from there and want to see the same figures.

Nothing is put right here: `docs/pyworkforce.md` lists where its numbers differ from `required_agents`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats, broadcast
from staffing.queueing.arrays import Floats
from staffing.queueing.sizing.targets import Targets

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Positions:
    """pyworkforce's figures, unchanged; every field has the shape the arguments broadcast to.

    As an array it is `net`, so that it can stand where the result of `required_agents` does.
    """

    net: Ints
    """Its `raw_positions`: agents on contacts."""
    gross: Ints
    """Its `positions`: after shrinkage."""
    service_level: Floats
    occupancy: Floats
    wait_probability: Floats

    def __array__(
        self, dtype: npt.DTypeLike | None = None, copy: bool | None = None
    ) -> npt.NDArray[np.generic]:
        return np.array(self.net, dtype=dtype, copy=copy)


def required_positions(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    targets: Targets,
    *,
    interval: npt.ArrayLike = 1800,
    shrinkage: npt.ArrayLike = 0.0,
) -> Positions:
    """Ask `pyworkforce.queuing.ErlangC` for each interval in turn.

    An interval without calls, for which it raises, needs nobody: 0 positions, service level 1, occupancy and
    wait probability 0. It works in minutes, so seconds are divided by 60 on the way in.

    Args:
        calls: calls offered per interval, >= 0.
        aht: mean handling time in seconds, > 0 where there are calls.
        targets: `service_level` with `threshold` > 0 ("offered", which is all it knows), and perhaps `occupancy`.
        interval: length of an interval in seconds, > 0.
        shrinkage: share of paid time not on contacts, >= 0 and < 1.

    Raises:
        ValueError: naming the bad argument, or the target that this engine does not know.
    """
    _refuse_unknown(targets)
    given = broadcast(
        calls=as_floats("calls", calls),
        aht=as_floats("aht", aht),
        interval=as_floats("interval", interval, positive=True),
        shrinkage=as_floats("shrinkage", shrinkage, below=1.0),
    )
    shape = given[0].shape
    found = [
        _ask(targets, *(float(value) for value in row)) for row in zip(*map(np.ravel, given), strict=True)
    ]
    columns = np.array(found, dtype=np.float64).reshape(-1, 5).T
    net, gross = (column.astype(np.int64).reshape(shape) for column in columns[:2])
    level, occupancy, waiting = (column.reshape(shape) for column in columns[2:])
    return Positions(net, gross, level, occupancy, waiting)


def _ask(
    targets: Targets, calls: float, aht: float, interval: float, shrinkage: float
) -> tuple[float, float, float, float, float]:
    if calls == 0:
        return 0, 0, 1.0, 0.0, 0.0
    if aht == 0:
        raise ValueError("aht must be greater than 0 for the pyworkforce engine where there are calls")
    from pyworkforce.queuing import ErlangC  # brings pandas and OR-Tools along: only for those who ask for it

    queue = ErlangC(
        transactions=calls,
        aht=aht / 60,
        asa=targets.threshold / 60,
        interval=interval / 60,
        shrinkage=shrinkage,
    )
    limit = 1.0 if targets.occupancy is None else targets.occupancy
    result = queue.required_positions(service_level=targets.service_level, max_occupancy=limit)
    names = ("raw_positions", "positions", "service_level", "occupancy", "waiting_probability")
    net, gross, level, occupancy, waiting = (float(result[name]) for name in names)
    return net, gross, level, occupancy, waiting


def _refuse_unknown(targets: Targets) -> None:
    knows = "the pyworkforce engine only knows a service level with its threshold, and occupancy"
    if targets.service_level is None:
        raise ValueError(f"service_level must be given: {knows}")
    for name in ("abandonment", "asa"):
        if getattr(targets, name) is not None:
            raise ValueError(f"{name} must be left out: {knows}")
    if targets.definition != "offered":
        raise ValueError(f"definition must be 'offered', found {targets.definition!r}: {knows}")
    if targets.threshold == 0:
        raise ValueError("threshold must be greater than 0 for the pyworkforce engine")
