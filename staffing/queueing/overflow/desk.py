"""An own group whose calls overflow to a vendor, as callers state it: checked, and in rates a second."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats, broadcast, whole
from staffing.queueing.arrays import Floats

Rows = npt.NDArray[np.bool_] | npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Desk:
    """Own groups with their vendors; every field of shape (rows,), times in seconds, rates a second."""

    arrival: Floats
    """Calls a second; may be 0."""
    aht: Floats
    agents: Floats
    patience: Floats
    after: Floats
    """A caller who has waited so long may go to the vendor; 0 at once, infinite never."""
    places: Floats
    """Callers the own queue holds; who finds it full goes to the vendor or is blocked."""
    vendor: Floats
    """Calls the vendor handles at once; infinite is any number."""
    vendor_aht: Floats
    threshold: Floats

    @property
    def load(self) -> Floats:
        """Erlangs offered to the own group."""
        return self.arrival * self.aht

    @property
    def serving(self) -> Floats:
        """Calls that all own agents end a second."""
        return self.agents / self.aht

    @property
    def loss(self) -> Floats:
        """The rate at which a waiting caller gives up."""
        return 1 / self.patience

    def take(self, rows: Rows) -> Desk:
        """Some rows."""
        return Desk(*(getattr(self, field.name)[rows] for field in fields(self)))

    def __len__(self) -> int:
        return len(self.arrival)


class Given(NamedTuple):
    """What a caller handed in: checked, broadcast and flat."""

    desk: Desk
    interval: Floats
    shape: tuple[int, ...]


def given(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    agents: npt.ArrayLike,
    vendor_agents: npt.ArrayLike,
    *,
    after: npt.ArrayLike,
    places: npt.ArrayLike,
    interval: npt.ArrayLike,
    patience: npt.ArrayLike,
    threshold: npt.ArrayLike,
    handling_factor: npt.ArrayLike,
) -> Given:
    """The arguments of `overflow_performance` as a desk, rows in the order of the broadcast shape.

    Raises:
        ValueError: naming the argument; "after" for a wait above 0 with a limited queue.
    """
    arrays = broadcast(
        calls=as_floats("calls", calls),
        aht=as_floats("aht", aht, positive=True),
        agents=whole("agents", agents),
        vendor_agents=whole("vendor_agents", vendor_agents, infinite=True),
        after=as_floats("after", after, infinite=True),
        places=whole("places", places, infinite=True),
        interval=as_floats("interval", interval, positive=True),
        patience=as_floats("patience", patience, infinite=True, positive=True),
        threshold=as_floats("threshold", threshold),
        handling_factor=as_floats("handling_factor", handling_factor, positive=True),
    )
    shape = arrays[0].shape
    load, length, staff, vendor, wait, room, span, patient, limit, factor = (
        array.reshape(-1) for array in arrays
    )
    if ((wait > 0) & np.isfinite(wait) & np.isfinite(room)).any():
        raise ValueError(
            "after must be 0 or infinite where places is finite: both limits at once have no formula; "
            "staffing.simulation plays them"
        )
    desk = Desk(
        arrival=load / span,
        aht=length,
        agents=staff,
        patience=patient,
        after=wait,
        places=room,
        vendor=vendor,
        vendor_aht=length * factor,
        threshold=limit,
    )
    return Given(desk, span, shape)
