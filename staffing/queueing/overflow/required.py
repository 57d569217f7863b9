"""How many vendor's agents beside a group, or own agents beside a vendor, the targets need."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from staffing.queueing.arrays import Floats
from staffing.queueing.overflow.desk import Desk, given
from staffing.queueing.overflow.performance import figures
from staffing.queueing.sizing.margin import ROUNDING
from staffing.queueing.sizing.search import smallest
from staffing.queueing.sizing.targets import Targets

Rows = npt.NDArray[np.intp]


def required_vendor_agents(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    agents: npt.ArrayLike,
    targets: Targets,
    *,
    after: npt.ArrayLike = 0,
    places: npt.ArrayLike = np.inf,
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
    handling_factor: npt.ArrayLike = 1,
) -> npt.NDArray[np.float64]:
    """The fewest calls that the vendor must handle at once beside so many own agents; whole numbers as floats.

    Infinite where no vendor is large enough: calls that wait `after` seconds first give up or are late by then. See
    `missed` for what is asked of the targets; arguments and errors as for `overflow_performance`.
    """
    desk, _, shape = given(
        calls,
        aht,
        agents,
        np.inf,
        after=after,
        places=places,
        interval=interval,
        patience=patience,
        threshold=targets.threshold,
        handling_factor=handling_factor,
    )
    _checked(targets)

    def at(numbers: Floats, rows: Rows) -> Floats:
        return missed(replace(desk.take(rows), vendor=numbers), targets)

    every = np.arange(len(desk))
    none = at(np.zeros(len(desk)), every) >= 0
    any_number = at(np.full(len(desk), np.inf), every) >= 0
    result = np.where(none, 0.0, np.inf)
    rows = np.flatnonzero(any_number & ~none)
    if len(rows):
        some = desk.take(rows)
        busy = figures(replace(some, vendor=np.full(len(rows), np.inf)), np.ones(len(rows)))["vendor_busy"]
        with np.errstate(all="ignore"):  # infinities are meant
            result[rows] = smallest(
                lambda numbers, part: at(numbers, rows[part]), busy + np.sqrt(busy), np.sqrt(busy) + 1
            )
    return result.reshape(shape)


def required_own_agents(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    vendor_agents: npt.ArrayLike,
    targets: Targets,
    *,
    after: npt.ArrayLike = 0,
    places: npt.ArrayLike = np.inf,
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
    handling_factor: npt.ArrayLike = 1,
) -> npt.NDArray[np.int64]:
    """The fewest own agents with whom the targets are met beside such a vendor; 0 where the vendor alone does.

    With `after` infinite and some `places` a larger own group takes calls into its queue that would have gone to the
    vendor at once, so that a service level may fall: the targets are then met, but perhaps by fewer, too.

    See `missed` for what is asked of the targets; arguments and errors as for `overflow_performance`.
    """
    desk, _, shape = given(
        calls,
        aht,
        0,
        vendor_agents,
        after=after,
        places=places,
        interval=interval,
        patience=patience,
        threshold=targets.threshold,
        handling_factor=handling_factor,
    )
    _checked(targets)

    def at(numbers: Floats, rows: Rows) -> Floats:
        return missed(replace(desk.take(rows), agents=numbers), targets)

    met = at(np.zeros(len(desk)), np.arange(len(desk))) >= 0
    result = np.zeros(len(desk), dtype=np.int64)
    rows = np.flatnonzero(~met)
    if len(rows):
        load = desk.load[rows]
        guess = np.maximum(load + np.sqrt(load) - np.minimum(desk.vendor[rows], load), 1.0)
        with np.errstate(all="ignore"):  # infinities are meant
            result[rows] = smallest(lambda numbers, part: at(numbers, rows[part]), guess, np.sqrt(load) + 1)
    return result.reshape(shape)


def missed(desk: Desk, targets: Targets) -> Floats:
    """Logarithm of allowed over found, the smallest of all targets: >= 0 where every one is met. Shape (rows,).

    Whether own agents or the vendor answer makes no difference to the caller, so the service level and the ASA are of
    both together. `abandonment` is a bound on the lost, (abandoned + blocked) / offered, and `occupancy` one on the
    own agents'. A queue that only grows meets no target.
    """
    found = figures(desk, np.ones(len(desk)))
    parts = [np.where(np.isinf(found["mean_wait"]), -np.inf, np.inf)]
    with np.errstate(divide="ignore"):
        if targets.service_level is not None:
            name = (
                "service_level" if targets.definition == "offered" else f"service_level_{targets.definition}"
            )
            parts.append(np.log(1 - targets.service_level) - np.log(np.maximum(1 - found[name], 0.0)))
        if targets.abandonment is not None:
            parts.append(np.log(targets.abandonment) - np.log(found["lost"]))
        if targets.asa is not None:
            parts.append(np.log(targets.asa) - np.log(found["asa"]))
        if targets.occupancy is not None:
            busy = np.where(desk.agents > 0, found["occupancy"], 0.0)
            parts.append(np.log(targets.occupancy) - np.log(busy))
    return np.asarray(np.minimum.reduce(parts) + ROUNDING)


def _checked(targets: Targets) -> None:
    if targets.definition == "virtual" and targets.service_level is not None:
        raise ValueError(
            "definition must be offered, answered or excluding_short for overflow; found 'virtual'"
        )
