"""Between which numbers the agents of queues that share them must lie.

Above: every queue staffed on its own. Such a staff meets every target whoever may be trained for what, as long as the
agents counted for a queue are kept for it; so no more are ever needed.

Below, for any routing that takes each queue's callers in the order they come, with S any set of queues and N(S) the
agents able to serve one of them:

- N({q}) is at least what q needs alone: calls of other queues only take agents away from it. (But for targets on the
  answered alone, see `surely_alone`.)
- N(S) is at least the load of S that must be carried: load x (1 - the loss that the targets allow), by Little's law;
  more than the load where nobody in S ever gives up.
- Where S has one handling time and one patience, N(S) is at least what a single queue of all its calls needs to lose
  no more than the mean loss allowed: the calls present leave at rate s / aht + (present - s) / patience, s being
  served, and no assignment serves more than min(present, N(S)), which is what the single queue serves.

The smallest total that fits all sets is the bound. Full pooling is not one in general: a single queue served first
come, first served treats all callers alike, which costs agents where queues differ in targets or handling time
(W. Whitt, 1999, on partitioning customers).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from staffing.queueing.arrays import Floats
from staffing.queueing.sizing.required import required_agents
from staffing.queueing.sizing.targets import Targets
from staffing.queueing.skills.demand import Demand
from staffing.queueing.skills.network import MOST_QUEUES, Bools, Skills, Whole, members, skill_matrix

HOUR = 3600.0
ROUNDING = 1e-9


@dataclass(frozen=True)
class SkillBounds:
    """Agents per interval; `lower` <= agents needed <= `upper`."""

    separate: Whole
    """What each queue needs alone, shape (..., queues): `required_agents`."""
    upper: Whole
    """Their sum, shape (...): full separation."""
    pooled: Whole
    """Everybody able to serve every queue, callers taken in the order they come, every target met, shape (...).
    Exact where handling time and patience are the same for all queues. Otherwise one queue of mean handling time and
    mean rate of giving up stands for the mixture, which is an approximation, and neither above nor below for
    certain."""
    lower: Whole
    """Proven, for the skills that are allowed, shape (...)."""


def skill_bounds(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    targets: Targets | Sequence[Targets],
    skills: Skills,
    *,
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
) -> SkillBounds:
    """Bounds on the agents that queues need together; arguments as for `skill_performance`.

    Args:
        calls: shape (..., queues).
        aht: broadcast to `calls`.
        targets: for all queues, or one each.
        skills: the groups that may exist, for each the numbers of its queues.
        interval: broadcast to `calls`.
        patience: broadcast to `calls`.

    Raises:
        ValueError: as `skill_performance` and `required_agents` do; for more than MOST_QUEUES queues; for a queue
            with calls that no group serves.
    """
    given = Demand.of(calls, aht, interval, patience, 0.0)
    aims = each_target(targets, given.queues)
    if given.queues > MOST_QUEUES:
        raise ValueError(f"calls must be of at most {MOST_QUEUES} queues at once; found {given.queues}")
    matrix = skill_matrix(skills, given.queues)
    refuse_unserved(given, matrix)
    separate = alone(given, aims)
    rows = range(int(np.prod(given.lead)))
    flat = surely_alone(given, aims).reshape(-1, given.queues)
    lowest = [fewest(needs(given, row, aims, flat[row]), matrix, np.ones(len(matrix))).sum() for row in rows]
    return SkillBounds(
        separate=separate,
        upper=separate.sum(axis=-1),
        pooled=_pooled(given, aims),
        lower=np.array(lowest, dtype=np.int64).reshape(given.lead),
    )


def each_target(targets: Targets | Sequence[Targets], queues: int) -> tuple[Targets, ...]:
    """One for each queue.

    Raises:
        ValueError: if there are not as many as queues.
    """
    found = (targets,) * queues if isinstance(targets, Targets) else tuple(targets)
    if len(found) != queues or not all(isinstance(one, Targets) for one in found):
        raise ValueError(f"targets must be one Targets, or one for each of the {queues} queues")
    return found


def refuse_unserved(demand: Demand, skills: Bools) -> None:
    """Every queue with calls needs a group."""
    busy = (demand.calls > 0).reshape(-1, demand.queues).any(axis=0)
    lost = np.flatnonzero(busy & ~skills.any(axis=0))
    if len(lost):
        raise ValueError(f"skills: no group serves queue {lost[0]}, which has calls")


def alone(demand: Demand, targets: tuple[Targets, ...]) -> Whole:
    """What each queue needs of its own, shape (..., queues)."""
    columns = [
        required_agents(
            demand.calls[..., queue],
            demand.aht[..., queue],
            aim,
            interval=demand.interval[..., queue],
            patience=demand.patience[..., queue],
        )
        for queue, aim in enumerate(targets)
    ]
    return np.stack(columns, axis=-1)


def surely_alone(demand: Demand, targets: tuple[Targets, ...]) -> Whole:
    """What each queue needs of its own by the targets that agents taken away can only harm, shape (..., queues).

    A caller never gets an earlier answer for fewer agents. So more are lost and fewer answered in time, while figures
    of the answered alone may improve when others are lost: these are left out.
    """
    found = np.zeros(demand.calls.shape, dtype=np.int64)
    for endless in (False, True):
        sure = tuple(_sure(aim, endless) for aim in targets)
        chosen = np.isinf(demand.patience) == endless
        calls = np.where(chosen, demand.calls, 0.0)
        patience = np.where(chosen, demand.patience, np.inf if endless else 1.0)
        found += alone(replace(demand, calls=calls, patience=patience), sure)
    return found


def _sure(targets: Targets, endless: bool) -> Targets:
    level = None if targets.definition == "answered" else targets.service_level
    return replace(
        targets,
        service_level=level,
        abandonment=None if endless else targets.abandonment,
        asa=None,
        occupancy=None,
    )


def needs(demand: Demand, row: int, targets: tuple[Targets, ...], separate: Whole) -> Floats:
    """Agents that must be able to serve one of each set of queues, shape (2 ** queues,).

    `separate`: the row's `surely_alone`, shape (queues,).
    """
    calls, aht, interval, patience = (
        getattr(demand, name).reshape(-1, demand.queues)[row]
        for name in ("calls", "aht", "interval", "patience")
    )
    rate = calls / interval
    loss = np.array([_allowed_loss(aim, wait) for aim, wait in zip(targets, patience, strict=True)])
    sets = members(demand.queues)
    found: Floats = np.ceil(sets @ (rate * aht * (1 - loss)) - ROUNDING)
    for number in range(1, len(sets)):
        inside = sets[number] & (calls > 0)  # the rate of next to no calls may be 0
        if not inside.any():
            continue
        found[number] = max(found[number], separate[inside].max())
        if np.isinf(patience[inside]).all():
            found[number] = max(found[number], np.floor(rate[inside] @ aht[inside] + ROUNDING) + 1)
            continue
        if inside.sum() > 1 and _alike(aht[inside]) and _alike(patience[inside]):
            found[number] = max(
                found[number], _one_queue(rate[inside], aht[inside], patience[inside], loss[inside])
            )
    return found


def fewest(need: Floats, skills: Bools, cost: Floats) -> Whole:
    """The cheapest numbers of agents, shape (groups,), with at least `need` able to serve one of each set."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    able = (members(skills.shape[1]) @ skills.T).astype(np.float64)
    wanted = need > 0
    wanted[0] = False
    if not wanted.any():
        return np.zeros(len(cost), dtype=np.int64)
    found = milp(
        cost,
        constraints=LinearConstraint(able[wanted], lb=need[wanted]),
        integrality=np.ones(len(cost), dtype=np.int64),
        bounds=Bounds(0, np.inf),
    )
    if found.x is None:
        raise ArithmeticError(f"no numbers of agents were found: {found.message}")
    return np.asarray(np.rint(found.x), dtype=np.int64)


def _allowed_loss(targets: Targets, patience: float) -> float:
    """The largest share of calls that may be lost with every target met."""
    if np.isinf(patience):
        return 0.0
    loss = 1.0 if targets.abandonment is None else targets.abandonment
    if targets.service_level is not None:
        if targets.definition == "offered":
            loss = min(loss, 1 - targets.service_level)
        elif targets.definition == "virtual":
            loss = min(loss, 1 - targets.service_level * float(np.exp(-targets.threshold / patience)))
    return loss


def _one_queue(rate: Floats, aht: Floats, patience: Floats, loss: Floats) -> float:
    """What one queue of all these calls needs to lose no more than may be lost of them."""
    allowed = float(rate @ loss / rate.sum()) if rate.any() else 0.0
    if not 0 < allowed < 1:
        return 0.0
    return float(
        required_agents(
            rate.sum() * HOUR, aht[0], Targets(abandonment=allowed), interval=HOUR, patience=patience[0]
        )
    )


def _pooled(demand: Demand, targets: tuple[Targets, ...]) -> Whole:
    rate = demand.calls / demand.interval
    total = rate.sum(axis=-1)
    safe = np.where(total > 0, total, 1.0)
    aht = (rate * demand.aht).sum(axis=-1) / safe
    hang_up = (rate / demand.patience).sum(axis=-1) / safe
    patience = np.where(hang_up > 0, 1 / np.where(hang_up > 0, hang_up, 1.0), np.inf)
    found = np.zeros(demand.lead, dtype=np.int64)
    for queue, aim in enumerate(targets):
        one = required_agents(total * HOUR, aht, aim, interval=HOUR, patience=patience)
        found = np.maximum(found, np.where(demand.calls[..., queue] > 0, one, 0))
    return found


def _alike(values: Floats) -> bool:
    return bool((values == values[0]).all())
