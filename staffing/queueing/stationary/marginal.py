"""What one agent is worth: the figures with one more and with one fewer beside those of now."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import whole
from staffing.queueing.arrays import Floats
from staffing.queueing.stationary.performance import figures
from staffing.queueing.stationary.workload import Workload, given


@dataclass(frozen=True)
class Change:
    """By how much figures change; arrays of the shape the arguments broadcast to."""

    answered_calls: Floats
    """Calls answered per interval."""
    abandonment: Floats
    """Share of arrivals; -0.02 is two percentage points fewer."""
    blocking: Floats
    """Share of arrivals."""
    service_level: Floats
    """Share of arrivals answered within the threshold."""
    mean_wait: Floats
    """Seconds, over all arrivals."""
    asa: Floats
    """Seconds, over answered calls."""
    occupancy: Floats
    """Share of the agents' time."""
    queue_length: Floats
    """Callers waiting."""


@dataclass(frozen=True)
class MarginalAgent:
    """The changes that one agent makes."""

    more: Change
    """With an agent more."""
    fewer: Change
    """With an agent fewer; no change where there is none to take away."""


def marginal_agent(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    agents: npt.ArrayLike,
    *,
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
    lines: npt.ArrayLike = np.inf,
    threshold: npt.ArrayLike = 20,
    redial: npt.ArrayLike = 0,
) -> MarginalAgent:
    """What one agent more and one agent fewer change; each change is the new figure minus that of now.

    In an overload with endless patience agents answer what they can (`agents` x `interval` / `aht`), and the waits
    are infinite: no change while they stay so, minus infinity from the agent on who ends it. Arguments and errors
    as for `performance`.
    """
    workload, (staff,), shape = given(
        calls=calls,
        aht=aht,
        agents=whole("agents", agents),
        interval=interval,
        patience=patience,
        lines=lines,
        threshold=threshold,
        redial=redial,
    )
    with np.errstate(all="ignore"):  # infinities are meant
        now, more, fewer = (
            _figures(workload, number) for number in (staff, staff + 1, np.maximum(staff - 1, 0.0))
        )
        changes = ({name: _difference(then[name], now[name]) for name in now} for then in (more, fewer))
        shaped = ({name: value.reshape(shape) for name, value in change.items()} for change in changes)
        return MarginalAgent(*(Change(**change) for change in shaped))


def _figures(workload: Workload, agents: Floats) -> dict[str, Floats]:
    """What `Change` compares. Answered calls as minus those lost: of few lost ones the digits stay."""
    found = figures(workload, agents)
    picked = {field.name: found[field.name] for field in fields(Change) if field.name in found}
    return {"answered_calls": -lost_calls(workload, agents, found), **picked}


def lost_calls(workload: Workload, agents: Floats, found: dict[str, Floats]) -> Floats:
    """Calls per interval that are never answered; `found` as `figures` gives it.

    Those who give up or are blocked and do not call again; with endless patience and lines what exceeds the agents.
    """
    lost = found["attempts"] * (found["abandonment"] + found["blocking"]) * (1 - workload.redial)
    per_agent = np.where(workload.aht > 0, workload.interval / workload.aht, np.inf)
    taken = np.where(agents > 0, agents * per_agent, 0.0)
    endless = np.isinf(workload.patience) & np.isinf(workload.lines)
    beyond = np.maximum(workload.calls - taken, 0.0)
    return np.minimum(np.where(endless, beyond, lost), workload.calls)


def _difference(after: Floats, before: Floats) -> Floats:
    return np.where(after == before, 0.0, after - before)
