"""What callers ask of queues, checked and in one shape."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats
from staffing.queueing.arrays import Floats
from staffing.queueing.skills.network import Bools, Network


@dataclass(frozen=True, slots=True)
class Demand:
    """Each of shape (..., queues): calls per interval; times in seconds."""

    calls: Floats
    aht: Floats
    interval: Floats
    patience: Floats
    threshold: Floats

    @classmethod
    def of(
        cls,
        calls: npt.ArrayLike,
        aht: npt.ArrayLike,
        interval: npt.ArrayLike,
        patience: npt.ArrayLike,
        threshold: npt.ArrayLike,
    ) -> Demand:
        """Checked, and broadcast to `calls`.

        Raises:
            ValueError: naming the argument that is out of range or does not fit.
        """
        arrays = {
            "calls": as_floats("calls", calls),
            "aht": as_floats("aht", aht),
            "interval": as_floats("interval", interval, positive=True),
            "patience": as_floats("patience", patience, infinite=True, positive=True),
            "threshold": as_floats("threshold", threshold),
        }
        shape = arrays["calls"].shape
        if not shape or not shape[-1]:
            raise ValueError(f"calls must have one element a queue on the last axis; found shape {shape}")
        try:
            fitted = [np.broadcast_to(array, shape) for array in arrays.values()]
        except ValueError as error:
            shapes = ", ".join(f"{name} {array.shape}" for name, array in arrays.items() if array.ndim)
            raise ValueError(f"arguments do not broadcast to calls: {shapes}") from error
        if (fitted[1][fitted[0] > 0] == 0).any():
            raise ValueError("aht must be greater than 0 where there are calls")
        return cls(*fitted)

    @property
    def queues(self) -> int:
        """How many."""
        return int(self.calls.shape[-1])

    @property
    def lead(self) -> tuple[int, ...]:
        """The shape without the queues."""
        return tuple(self.calls.shape[:-1])

    def repeated(self, lead: tuple[int, ...]) -> Demand:
        """Broadcast along leading axes."""
        shape = (*lead, self.queues)
        return Demand(*(np.broadcast_to(getattr(self, name), shape) for name in Demand.__slots__))

    def network(self, row: int, skills: Bools, agents: Floats) -> Network:
        """One interval of the flattened leading axes."""
        calls, aht, interval, patience, threshold = (
            getattr(self, name).reshape(-1, self.queues)[row] for name in Demand.__slots__
        )
        return Network(calls / interval, aht, patience, threshold, skills, agents)
