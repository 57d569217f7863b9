"""What a simulation found, in the words of `staffing.queueing.Performance`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.queueing.arrays import Floats
from staffing.simulation.estimate import Estimate, of_ratio, of_share, of_sum


@dataclass(frozen=True, eq=False)
class Figures:
    """Figures of attempts to call, redials included; each an `Estimate` of the shape that `SimulationResult` gives.

    Numbers of calls are means per replication. Shares and waits are total over total: of all replications together.
    Without any calls shares are 0, service levels 1 and waits 0, as in `Performance`. A share of none or of all
    calls has the half-width of `estimate.of_share`, a mean wait of 0 that of 0.
    """

    offered: Estimate
    """Answered + abandoned + blocked + overflowed + waiting at the end."""
    answered: Estimate
    """By own agents."""
    abandoned: Estimate
    blocked: Estimate
    overflowed: Estimate
    """Taken by the vendor."""
    redialled: Estimate
    """Of the offered, those who called again after a loss."""
    waiting_at_end: Estimate
    answered_within_threshold: Estimate
    abandoned_within_threshold: Estimate
    """Short abandons."""
    overflowed_within_threshold: Estimate
    wait_probability: Estimate
    """Share of the offered that had to wait; blocked ones did not."""
    blocking: Estimate
    """Blocked / offered."""
    abandonment: Estimate
    """Abandoned / offered."""
    overflow: Estimate
    """Overflowed / offered."""
    service_level: Estimate
    """Answered within the threshold / offered. Calls the vendor takes are offered, and not answered."""
    service_level_answered: Estimate
    """Answered within the threshold / answered."""
    service_level_excluding_short: Estimate
    """Answered within the threshold / (offered - abandoned within the threshold)."""
    mean_wait: Estimate
    """Seconds, over all offered: abandoned calls with their wait, blocked ones as 0."""
    asa: Estimate
    """Seconds, over calls that own agents answered; infinite if there were calls and none was."""


@dataclass(frozen=True, eq=False)
class SimulationResult:
    """Estimates over replications, with half-widths at `confidence`; places are those of the scenario.

    Calls are counted where they arrive (a redial when it arrives), agents' time where it passes. What lies before
    the warm-up's end is left out.
    """

    total: Figures
    """All calls together; shape ()."""
    by_type: Figures
    """Shape (call types,)."""
    by_interval: Figures
    """Shape (call types, intervals)."""
    occupancy: Estimate
    """Share of the agents' time on duty spent on calls; shape (groups,). Time on duty includes what an agent works
    beyond a shift to finish a call. Groups never on duty have 0."""
    occupancy_by_interval: Estimate
    """Shape (groups, intervals)."""
    call_types: tuple[str, ...]
    groups: tuple[str, ...]
    replications: int
    batches: int
    """Of the single replication that `total`, `by_type` and `occupancy` compare; 0 with more replications."""
    seed: int
    confidence: float
    threshold: float
    """Seconds."""
    warm_up: float
    """Seconds."""


def figures(sums: dict[str, Floats], confidence: float, *, times: int = 1) -> Figures:
    """The figures from sums with one element a replication (or batch) along the first axis.

    Args:
        sums: each of `tally.COUNTS`.
        confidence: of the intervals.
        times: of batches in a replication, which numbers of calls are to be of.
    """

    def share(part: str, whole: Floats, empty: float = 0.0) -> Estimate:
        return of_share(sums[part], whole, confidence, empty)

    offered, answered, in_time = sums["offered"], sums["answered"], "answered_within_threshold"
    counts = {
        name: of_sum(array, confidence, times=times)
        for name, array in sums.items()
        if name not in ("delayed", "wait", "wait_of_answered")
    }
    asa = of_ratio(sums["wait_of_answered"], answered, confidence)
    never = (answered.sum(axis=0) == 0) & (offered.sum(axis=0) > 0)
    return Figures(
        **counts,
        wait_probability=share("delayed", offered),
        blocking=share("blocked", offered),
        abandonment=share("abandoned", offered),
        overflow=share("overflowed", offered),
        service_level=share(in_time, offered, 1.0),
        service_level_answered=share(in_time, answered, 1.0),
        service_level_excluding_short=share(in_time, offered - sums["abandoned_within_threshold"], 1.0),
        mean_wait=of_ratio(sums["wait"], offered, confidence),
        asa=Estimate(np.where(never, np.inf, asa.mean), asa.half_width),
    )
