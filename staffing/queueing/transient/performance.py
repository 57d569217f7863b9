"""What callers and agents get through a day whose calls and agents change, backlog included."""

from __future__ import annotations

from dataclasses import fields
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats, broadcast, whole
from staffing.queueing.arrays import Floats, quotient
from staffing.queueing.transient.figures import figures
from staffing.queueing.transient.packing import Days, by_stretch
from staffing.queueing.transient.result import TransientPerformance

NEVER = 1e-9
"""A share of calls not above this is rounding."""

FEWEST = 1e-100
"""Fewer calls than this are none: their shares would be quotients of rounding."""

Leaving = Literal["finish", "return"]
Closing = Literal["drain", "cut"]


def transient_performance(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    agents: npt.ArrayLike,
    *,
    interval: float = 1800,
    patience: npt.ArrayLike = np.inf,
    lines: npt.ArrayLike = np.inf,
    threshold: float = 20,
    opens: npt.ArrayLike = False,
    present: npt.ArrayLike = 0,
    leaving: Leaving = "finish",
    closing: Closing = "drain",
) -> TransientPerformance:
    """The queue M(t)/M/n(t)+M with rates and agents that change from interval to interval: exact but for rounding.

    The last axis is time; all others are independent days. A waiting line is carried from one interval into the
    next, and so is what is left of calls in hand, which go on at the next interval's rate. Callers are answered in
    the order of arrival.

    Args:
        calls: calls offered per interval, >= 0.
        aht: mean handling time in seconds, > 0 where there are calls (0 has no chain and is refused). 0 where there
            are none takes the one before.
        agents: agents on contacts, whole, >= 0.
        interval: length of every interval in seconds, > 0.
        patience: mean time in seconds a caller is willing to wait, >= 0; exponential; may be infinite. Below a
            thousandth of the AHT it is taken as 0: who finds no free agent leaves at once, as do those still waiting
            when such an interval begins. Of those who find none, at most the share agents x patience / AHT, below
            agents / 1000, would have been answered.
        lines: callers talking or waiting at most, whole; may be infinite. Calls that leaving agents finish are not
            counted. Callers who are there when the lines become fewer stay.
        threshold: within which an answer counts for the service level, seconds, >= 0.
        opens: True where the desk opens, after having been closed: the queue is empty then, and the stretch of
            intervals before it has come to its end. The first interval always opens.
        present: callers there when the first interval opens, talking or waiting, whole; of the days' shape, without
            the axis of intervals.
        leaving: an agent who leaves with a call in hand may "finish" it, or "return" the caller to the head of the
            queue to be taken by another one; see `docs/time-varying.md`.
        closing: callers in the queue at the end of a stretch are answered by its last interval's agents: "drain"; or
            sent away: "cut".

    Raises:
        ValueError: naming the argument that is negative, nan, not finite where it must be, or not whole; an AHT of
            0 where there are calls; arguments that do not broadcast; and an interval with so many calls, or times so
            short beside it, that its chain would be too large to compute (from about 3,000 agents on).
    """
    for name, value, allowed in (
        ("leaving", leaving, get_args(Leaving)),
        ("closing", closing, get_args(Closing)),
    ):
        if value not in allowed:
            raise ValueError(f"{name} must be one of {', '.join(allowed)}; found {value!r}")
    days, shape = _days(
        calls=np.atleast_1d(as_floats("calls", calls)),
        aht=as_floats("aht", aht),
        agents=whole("agents", agents),
        patience=as_floats("patience", patience, infinite=True),
        lines=whole("lines", lines, infinite=True),
        opens=as_floats("opens", opens),
        present=whole("present", present)[..., None],
        interval=_single("interval", interval, positive=True),
        threshold=_single("threshold", threshold),
        finish=leaving == "finish",
        drain=closing == "drain",
    )
    if not days.calls.size:
        return TransientPerformance(**{field.name: np.empty(shape) for field in fields(TransientPerformance)})
    described = _described(days, by_stretch(days, figures))
    return TransientPerformance(**{name: value.reshape(shape) for name, value in described.items()})


def _days(
    *, interval: float, threshold: float, finish: bool, drain: bool, **arrays: Floats
) -> tuple[Days, tuple[int, ...]]:
    """The arrays as rows of days, and the shape of the answer."""
    same = broadcast(**arrays)
    shape = same[0].shape
    rows = dict(zip(arrays, (array.reshape(-1, shape[-1]) for array in same), strict=True))
    calls = np.where(rows["calls"] < FEWEST, 0.0, rows["calls"])
    days = Days(
        calls=calls,
        aht=_known_aht(calls, rows["aht"]),
        agents=rows["agents"],
        patience=rows["patience"],
        lines=rows["lines"],
        opens=rows["opens"] > 0,
        present=rows["present"][:, :1].ravel().astype(np.intp),
        interval=interval,
        threshold=threshold,
        finish=finish,
        drain=drain,
    )
    return days, shape


def _known_aht(calls: Floats, aht: Floats) -> Floats:
    """The AHT of every interval; an interval without one takes that of the one before, or of the next that has one.

    Raises:
        ValueError: where there are calls and the AHT is 0.
    """
    missing = aht <= 0
    if not missing.any():
        return aht
    if (missing & (calls > 0)).any():
        raise ValueError("aht must be greater than 0 where there are calls; found 0")
    place = np.where(missing, -1, np.arange(aht.shape[1]))
    before = np.maximum.accumulate(place, axis=1)
    first = np.where(missing.all(axis=1), -1, np.argmax(~missing, axis=1))
    source = np.where(before >= 0, before, first[:, None])
    found: Floats = np.where(source >= 0, np.take_along_axis(aht, np.maximum(source, 0), axis=1), 1.0)
    return found


def _single(name: str, value: float, *, positive: bool = False) -> float:
    array = as_floats(name, value, positive=positive)
    if array.ndim:
        raise ValueError(f"{name} must be one number; found shape {array.shape}")
    return float(array)


def _described(days: Days, sums: dict[str, Floats]) -> dict[str, Floats]:
    """Every field of `TransientPerformance` from the expected sums."""
    calls, agents, in_time = days.calls, days.agents, sums["will_be_answered_in_time"]
    opens = days.opens.copy()
    opens[:, :1] = True
    before = np.roll(sums["waiting_at_end"], 1, axis=1)
    before[opens] = 0.0
    before[:, :1] = np.maximum(days.present[:, None] - agents[:, :1], 0.0)
    backlog = sums["waiting_at_end"]
    gone = sums["abandoned"] + sums["blocked"]
    ends = np.roll(opens, -1, axis=1)
    cut_off = np.where(ends, backlog - sums["late_answered"] - sums["late_abandoned"], 0.0)
    lost = calls - sums["will_be_answered"] - sums["will_abandon"] - sums["blocked"]
    for_ever = days.drain & (lost > NEVER * calls)
    staffed = agents * days.interval
    queue = sums["waiting_seconds"] / days.interval
    return {
        "calls": calls,
        "answered": np.maximum(calls + sums["returned"] + before - gone - backlog, 0.0),
        "abandoned": sums["abandoned"],
        "blocked": sums["blocked"],
        "returned": sums["returned"],
        "backlog": backlog,
        "present": sums["present_at_end"],
        "answered_late": sums["late_answered"],
        "abandoned_late": sums["late_abandoned"],
        "cut_off": np.where(cut_off > NEVER * backlog, cut_off, 0.0),
        "wait_probability": _share(sums["will_wait"], calls),
        "blocking": _share(sums["blocked"], calls),
        "answered_share": _share(sums["will_be_answered"], calls),
        "abandonment": _share(sums["will_abandon"], calls),
        "service_level": _share(in_time, calls, 1.0),
        "service_level_answered": _share(in_time, sums["will_be_answered"], np.where(calls > 0, 0.0, 1.0)),
        "mean_wait": np.where(for_ever, np.inf, quotient(sums["wait_of_all"], calls, 0.0)),
        "asa": quotient(sums["wait_of_answered"], sums["will_be_answered"], np.where(calls > 0, np.inf, 0.0)),
        "occupancy": np.minimum(quotient(sums["busy_seconds"], staffed, (queue > 0) * 1.0), 1.0),
        "queue_length": queue,
        "overtime": sums["taken"] * days.aht,
        "neglected": sums["neglected"],
    }


def _share(part: Floats, whole_: Floats, otherwise: npt.ArrayLike = 0.0) -> Floats:
    return np.minimum(quotient(part, whole_, otherwise), 1.0)
