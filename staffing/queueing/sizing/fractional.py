"""The requirement as a number with a fraction, between the whole numbers that miss and meet the targets.

With n the smallest number that meets all targets, each target missed at n - 1 says how far towards n it is met:

- service level and abandonment by the figure itself, which is linear in the share of the time that n instead of
  n - 1 agents are there: 53.76 agents are 54 for 76 % of the time and 53 for the rest;
- average speed of answer and occupancy by their reciprocals, which exist in an overload too, and make an occupancy
  target alone need exactly load / occupancy;
- a queue that must not grow needs more than its load.

The largest of these is the answer. It is continuous in the calls, rises with them, and rounded up is n. Only where
losses shift with limited lines (see `required_agents`) may it jump or fall: there fewer agents may do.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from staffing.queueing.arrays import Floats, quotient
from staffing.queueing.sizing.margin import LATE, ROUNDING
from staffing.queueing.sizing.required import needed
from staffing.queueing.sizing.targets import Targets
from staffing.queueing.stationary.flows import flows
from staffing.queueing.stationary.redial import attempts
from staffing.queueing.stationary.workload import SHORTEST, Workload, given


def required_agents_fractional(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    targets: Targets,
    *,
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
    lines: npt.ArrayLike = np.inf,
    redial: npt.ArrayLike = 0,
) -> npt.NDArray[np.float64]:
    """The agents that targets need, interpolated between the last number that misses and the first that meets them.

    For sums and shares over many intervals, where rounding up each would count too many; whoever has to sit there
    needs `required_agents`, which is this rounded up. How it is interpolated: see the head of this module.

    Arguments, shape and errors as for `required_agents`; 0 without calls.
    """
    workload, _, shape = given(
        calls=calls,
        aht=aht,
        interval=interval,
        patience=patience,
        lines=lines,
        redial=redial,
        threshold=targets.threshold,
    )
    result = needed(workload, targets).astype(np.float64)
    rows = np.flatnonzero(workload.calls > 0)
    if len(rows):
        with np.errstate(all="ignore"):  # infinities are meant, and where() drops what they spoil
            result[rows] = _interpolated(workload.take(rows), result[rows], targets)
    return result.reshape(shape)


def _interpolated(workload: Workload, enough: Floats, targets: Targets) -> Floats:
    few = enough - 1
    parts = _parts(workload, few, targets)
    share = np.zeros_like(enough)
    for name, (found, wanted) in _parts(workload, enough, targets).items():
        before = parts[name][0]
        part = (wanted - before) / (found - before)
        missed = before < wanted - ROUNDING * np.abs(wanted)
        share = np.where(missed, np.fmax(share, np.where(np.isnan(part), 1.0, part)), share)
    result = few + np.clip(share, 0.0, 1.0)
    growing = np.isinf(workload.patience) & np.isinf(workload.lines)
    result = np.where(growing, np.fmax(result, np.nextafter(workload.load(workload.calls), np.inf)), result)
    return np.clip(result, np.nextafter(few, np.inf), enough)


def _parts(workload: Workload, agents: Floats, targets: Targets) -> dict[str, tuple[Floats, Floats]]:
    """Of each target what is found and wanted, in terms that grow with the agents; 1 - x loses digits near 1."""
    arrivals = attempts(workload, agents)
    shares = flows(workload.queues(arrivals, agents))
    ones = np.ones_like(agents)
    parts: dict[str, tuple[Floats, Floats]] = {}
    if targets.service_level is not None:
        late, of = LATE[targets.definition](shares)
        parts["service_level"] = (-quotient(late, of, 1.0), -(1 - targets.service_level) * ones)
    if targets.abandonment is not None:
        parts["abandonment"] = (-shares.abandoned, -targets.abandonment * ones)
    if targets.asa is not None:
        waited = shares.served_wait * np.maximum(workload.aht, SHORTEST)
        speed = np.where(shares.answered > 0, quotient(shares.answered, waited, np.inf), 0.0)
        parts["asa"] = (speed, ones / targets.asa)
    if targets.occupancy is not None:
        busy = workload.load(arrivals) * shares.answered
        parts["occupancy"] = (quotient(agents, busy, 0.0), ones / targets.occupancy)
    return parts
