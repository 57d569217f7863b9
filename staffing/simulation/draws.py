"""Everything random, drawn before anything happens.

Each call type has a stream of its own for arrivals, handling, patience, the will to call again and the delay before
it. What is drawn does not depend on agents, lines or the vendor: scenarios that differ in those only see the same
calls, so that the difference between them is known far better than either (common random numbers).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats
from staffing.queueing.arrays import Floats
from staffing.simulation.call_type import CallType
from staffing.simulation.distributions import Distribution
from staffing.simulation.scenario import Scenario

Whole = npt.NDArray[np.int64]
_Streams = Callable[["Stream"], np.random.Generator]


class Stream(IntEnum):
    """What a stream of random numbers is for."""

    ARRIVALS = 0
    HANDLING = 1
    PATIENCE = 2
    REDIALS = 3
    DELAYS = 4
    PATIENCE_AGAIN = 5
    DAY = 6


@dataclass(frozen=True, eq=False)
class Attempts:
    """Every attempt to call that may be made: first ones in order of time, then the redials losses may lead to.

    Arrays of the shape (attempts,), in seconds.
    """

    first: int
    """How many first attempts there are."""
    arrival: Floats
    """When a first attempt comes; nan for redials, whose time depends on what happens."""
    call_type: Whole
    handling: Floats
    patience: Floats
    delay: Floats
    """Between the loss of the attempt before and this one; 0 for first attempts."""
    following: Whole
    """The attempt that the loss of this one leads to; -1 for none."""


def draw(scenario: Scenario, seed: int, replication: int) -> Attempts:
    """The calls of one replication; the same for the same seed and number, whatever else is simulated."""
    parts = [
        _of_type(place, call_type, scenario, (seed, replication))
        for place, call_type in enumerate(scenario.call_types)
    ]
    firsts = np.array([part.first for part in parts])
    rows = np.concatenate([np.arange(len(part.arrival)) < part.first for part in parts])
    arrival = np.concatenate([part.arrival for part in parts])
    order = np.concatenate(
        [np.flatnonzero(rows)[np.argsort(arrival[rows], kind="stable")], np.flatnonzero(~rows)]
    )
    place = np.empty(len(order) + 1, dtype=np.int64)
    place[order] = np.arange(len(order))
    place[-1] = -1
    shift = np.cumsum([0, *(len(part.arrival) for part in parts[:-1])])
    following = [
        np.where(part.following < 0, -1, part.following + by) for part, by in zip(parts, shift, strict=True)
    ]
    return Attempts(
        first=int(firsts.sum()),
        arrival=arrival[order],
        call_type=np.concatenate([part.call_type for part in parts])[order],
        handling=np.concatenate([part.handling for part in parts])[order],
        patience=np.concatenate([part.patience for part in parts])[order],
        delay=np.concatenate([part.delay for part in parts])[order],
        following=place[np.concatenate(following)[order]],
    )


def _of_type(place: int, call_type: CallType, scenario: Scenario, key: tuple[int, int]) -> Attempts:
    """The attempts of one call type, with places among themselves."""
    seed, replication = key

    def rng(stream: Stream) -> np.random.Generator:
        return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(replication, place, stream)))

    times = _arrivals(call_type, scenario, rng)
    first = len(times)
    more = _redials(call_type, first, rng(Stream.REDIALS))
    again = int(more.sum())
    caller = np.concatenate([np.arange(first), np.repeat(np.arange(first), more)])
    following = np.full(first + again, -1, dtype=np.int64)
    following[:first][more > 0] = first + (np.cumsum(more) - more)[more > 0]
    same = caller[first:-1] == caller[first + 1 :] if again else np.zeros(0, dtype=bool)
    following[first : first + len(same)][same] = np.arange(first + 1, first + 1 + len(same))[same]
    return Attempts(
        first=first,
        arrival=np.concatenate([times, np.full(again, np.nan)]),
        call_type=np.full(first + again, place),
        handling=(
            _sample("handling", call_type.handling, rng(Stream.HANDLING), first)
            * _by_interval(call_type.handling_scale, times, scenario)
        )[caller],
        patience=np.concatenate(
            [
                _sample("patience", call_type.patience, rng(Stream.PATIENCE), first),
                _sample("patience", call_type.patience, rng(Stream.PATIENCE_AGAIN), again),
            ]
        ),
        delay=np.concatenate(
            [np.zeros(first), _sample("redial_delay", call_type.redial_delay, rng(Stream.DELAYS), again)]
        ),
        following=following,
    )


def _by_interval(values: npt.ArrayLike, times: Floats, scenario: Scenario) -> Floats:
    """The value of the interval that each time lies in."""
    each = np.broadcast_to(np.asarray(values, dtype=np.float64), scenario.interval_count)
    place = (times / scenario.interval_seconds).astype(np.intp)
    return np.asarray(each[np.minimum(place, scenario.interval_count - 1)])


def _sample(name: str, distribution: Distribution, rng: np.random.Generator, size: int) -> Floats:
    """Checked, since a distribution may be the caller's own."""
    drawn = f"{name} drawn from {type(distribution).__name__}"
    values = as_floats(drawn, distribution.sample(rng, size), infinite=True)
    if values.shape != (size,):
        raise ValueError(f"{drawn} must have shape ({size},); found {values.shape}")
    return values


def _arrivals(call_type: CallType, scenario: Scenario, rng: _Streams) -> Floats:
    """Times of the first attempts, in order."""
    if call_type.arrival_times is not None:
        return np.sort(np.atleast_1d(np.asarray(call_type.arrival_times)))
    count = scenario.interval_count
    expected = np.broadcast_to(np.asarray(call_type.calls, dtype=np.float64), count)
    day = _gamma(rng(Stream.DAY), call_type.day_cv, 1)
    each = rng(Stream.ARRIVALS)
    expected = expected * day * _gamma(each, call_type.interval_cv, count)
    calls = each.poisson(expected)
    within = each.random(int(calls.sum()))
    return np.sort((np.repeat(np.arange(count), calls) + within) * scenario.interval_seconds)


def _gamma(rng: np.random.Generator, cv: npt.ArrayLike, size: int) -> Floats:
    """Factors of mean 1 with these coefficients of variation, one for all or one for each."""
    spread = np.broadcast_to(np.asarray(cv, dtype=np.float64), size)
    factors = np.ones(size)
    some = spread > 0
    factors[some] = rng.gamma(spread[some] ** -2.0, spread[some] ** 2)
    return factors


def _redials(call_type: CallType, callers: int, rng: np.random.Generator) -> Whole:
    """How often each caller would call again if every attempt were lost: k or more with probability share^k."""
    share, most = call_type.redial, call_type.most_redials
    if share in (0, 1):
        return np.full(callers, int(share * most))
    willing = np.log(1 - rng.random(callers)) / np.log(share)
    return np.asarray(np.minimum(willing, most).astype(np.int64))
