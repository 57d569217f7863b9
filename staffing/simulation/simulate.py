"""A scenario, played as often as asked for."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from staffing.queueing.arguments import as_floats, number, share, whole
from staffing.queueing.arrays import Floats
from staffing.simulation.draws import draw
from staffing.simulation.duty import Duty, duty
from staffing.simulation.estimate import of_ratio
from staffing.simulation.events import play
from staffing.simulation.recording import CallLog
from staffing.simulation.result import SimulationResult, figures
from staffing.simulation.rounding import whole_staff
from staffing.simulation.scenario import Scenario
from staffing.simulation.tally import COUNTS, Tally, tally


def simulate(
    scenario: Scenario,
    *,
    replications: int = 10,
    seed: int = 0,
    confidence: float = 0.95,
    threshold: float = 20.0,
    warm_up: float = 0.0,
    batches: int = 20,
) -> SimulationResult:
    """Play the scenario call by call, and estimate what callers and agents get.

    The same scenario and seed give the same result on every run. Scenarios that differ only in agents, lines or the
    vendor see the same calls under the same seed.

    With one replication `total`, `by_type` and `occupancy` have half-widths from comparing `batches` equal stretches
    of it, which says something only where calls and staff are the same in all intervals and a batch is much longer
    than the memory of the queue. The half-widths by interval are then infinite.

    Args:
        scenario: what to play.
        replications: how often, with independent calls, >= 1.
        seed: whole, >= 0.
        confidence: of the intervals, above 0 and below 1; Student's t.
        threshold: seconds within which an answer counts for the service level, >= 0.
        warm_up: seconds at the beginning that are played and not counted, since the desk starts empty; less than the
            scenario has.
        batches: of a single replication, >= 2.

    Raises:
        ValueError: naming the argument.
    """
    _check(scenario, replications, seed, confidence, threshold, warm_up, batches)
    batches = batches if replications == 1 else 0
    edges = np.arange(scenario.interval_count + 1) * scenario.interval_seconds
    edges = np.maximum(edges, warm_up)  # an interval keeps only what comes after the warm-up
    tallies = []
    for agents, log in _replications(scenario, int(replications), int(seed)):
        tallies.append(tally(scenario, agents, log, edges, threshold))
    cells = _stack(tallies)
    sums = {name: array.sum(axis=2) for name, array in cells.items()}
    if batches:
        stretches = tally(
            scenario, agents, log, np.linspace(warm_up, scenario.seconds, batches + 1), threshold
        )
        sums = {name: np.moveaxis(array[0], 1, 0) for name, array in _stack([stretches]).items()}
    return SimulationResult(
        total=figures({name: sums[name].sum(axis=1) for name in COUNTS}, confidence, times=max(batches, 1)),
        by_type=figures({name: sums[name] for name in COUNTS}, confidence, times=max(batches, 1)),
        by_interval=figures({name: cells[name] for name in COUNTS}, confidence),
        occupancy=of_ratio(sums["busy"], sums["staffed"], confidence),
        occupancy_by_interval=of_ratio(cells["busy"], cells["staffed"], confidence),
        call_types=tuple(each.name for each in scenario.call_types),
        groups=tuple(each.name for each in scenario.groups),
        replications=replications,
        batches=batches,
        seed=seed,
        confidence=confidence,
        threshold=threshold,
        warm_up=warm_up,
    )


def call_log(scenario: Scenario, *, seed: int = 0, replication: int = 0) -> CallLog:
    """Every call of one replication: the one that `simulate` plays under the same seed and number."""
    key = int(whole("seed", seed)), int(whole("replication", replication))
    return play(scenario, duty(whole_staff(scenario, *key)), draw(scenario, *key))


def _replications(scenario: Scenario, replications: int, seed: int) -> Iterator[tuple[Duty, CallLog]]:
    """Who was there and what happened, one replication after the other."""
    staffed, agents = scenario, duty(scenario)
    for replication in range(replications):
        present = whole_staff(scenario, seed, replication)
        if present is not staffed:  # numbers with fractions, drawn anew
            staffed, agents = present, duty(present)
        yield agents, play(scenario, agents, draw(scenario, seed, replication))


def _stack(tallies: list[Tally]) -> dict[str, Floats]:
    """All sums, of shape (tallies, call types or groups, slots)."""
    calls = {name: np.stack([each.calls[name] for each in tallies]) for name in COUNTS}
    return calls | {name: np.stack([getattr(each, name) for each in tallies]) for name in ("busy", "staffed")}


def _check(
    scenario: Scenario,
    replications: int,
    seed: int,
    confidence: float,
    threshold: float,
    warm_up: float,
    batches: int,
) -> None:
    for name, value, least in (("replications", replications, 1), ("seed", seed, 0), ("batches", batches, 2)):
        number(name, value)
        if whole(name, value) < least:
            raise ValueError(f"{name} must be at least {least}; found {value}")
    share("confidence", confidence)
    for name, seconds in (("threshold", threshold), ("warm_up", warm_up)):
        number(name, seconds)
    as_floats("threshold", threshold)
    as_floats("warm_up", warm_up, below=scenario.seconds)
