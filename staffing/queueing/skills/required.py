"""The cheapest numbers of agents in groups that share queues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats
from staffing.queueing.arrays import Floats
from staffing.queueing.sizing.targets import Targets
from staffing.queueing.skills.bounds import (
    SkillBounds,
    alone,
    each_target,
    fewest,
    needs,
    skill_bounds,
    surely_alone,
)
from staffing.queueing.skills.demand import Demand
from staffing.queueing.skills.estimate import SkillPerformance, skill_performance
from staffing.queueing.skills.network import Bools, Skills, Whole, skill_matrix
from staffing.queueing.skills.search import Search

PREMIUM = 0.05
"""What each further skill adds to the cost of an agent unless told otherwise; an example."""


@dataclass(frozen=True)
class SkillRequirement:
    """Agents by group, each of them counted once."""

    agents: Whole
    """Shape (..., groups)."""
    total: Whole
    """Their sum, shape (...)."""
    cost: Floats
    """Shape (...)."""
    separate_cost: Floats
    """Of queues staffed each by agents who serve nothing else, shape (...); infinite where the skills have none."""
    bounds: SkillBounds
    performance: SkillPerformance
    """What the agents give each queue, shape (..., queues)."""
    meets: Bools
    """Whether `performance` meets every target, shape (...)."""


def required_skills(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    targets: Targets | Sequence[Targets],
    skills: Skills,
    *,
    cost: npt.ArrayLike | None = None,
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
) -> SkillRequirement:
    """The cheapest numbers of agents that meet every queue's targets by the estimate of `skill_performance`.

    A local search from the least that the bounds allow, once with the cheapest and once with the widest skills:
    agents are added where they help most, then up to two exchanged for up to two others as long as that saves. Always
    the same result, not proven the cheapest there is; it costs no more than separate queues. From tenths of a second
    (two queues) to many seconds (four, with all pairs) an interval; intervals alike are solved once.

    Args:
        calls: shape (..., queues); `aht`, `interval` and `patience` broadcast to it.
        aht: mean handling time in seconds, > 0 where there are calls.
        targets: for all queues, or one each. Occupancy is that of all agents connected with the queue.
        skills: the groups that may exist, for each the numbers of its queues.
        cost: of an agent of each group, > 0, shape (groups,); 1 + PREMIUM for each skill beyond the first if None.
        interval: seconds, > 0.
        patience: mean seconds a caller is willing to wait, > 0.

    Raises:
        ValueError: naming the argument; as `skill_performance` and `required_agents` do; for a queue with calls that
            no group serves.
    """
    bounds = skill_bounds(calls, aht, targets, skills, interval=interval, patience=patience)
    given = Demand.of(calls, aht, interval, patience, 0.0)
    aims = each_target(targets, given.queues)
    given = Demand.of(calls, aht, interval, patience, np.array([aim.threshold for aim in aims]))
    matrix = skill_matrix(skills, given.queues)
    prices = _prices(cost, matrix)
    found, met = _cheapest(given, aims, matrix, prices)
    single = matrix.sum(axis=1) == 1
    cheapest = np.array([prices[single & serves].min(initial=np.inf) for serves in matrix.T])
    return SkillRequirement(
        agents=found,
        total=found.sum(axis=-1),
        cost=np.asarray(found @ prices),
        separate_cost=np.multiply(
            bounds.separate, cheapest, out=np.zeros(given.calls.shape), where=bounds.separate > 0
        ).sum(axis=-1),
        bounds=bounds,
        performance=skill_performance(
            given.calls,
            given.aht,
            skills,
            found,
            interval=given.interval,
            patience=patience,
            threshold=given.threshold,
        ),
        meets=met,
    )


def _cheapest(
    demand: Demand, targets: tuple[Targets, ...], skills: Bools, prices: Floats
) -> tuple[Whole, Bools]:
    """The search for every interval: agents, shape (..., groups), and whether they meet the targets, (...)."""
    separate = alone(demand, targets).reshape(-1, demand.queues)
    sure = surely_alone(demand, targets).reshape(-1, demand.queues)
    solved: dict[bytes, tuple[Whole, bool]] = {}
    answers = []
    for row, own in enumerate(separate):
        network = demand.network(row, skills, np.zeros(len(skills)))
        key = b"".join(part.tobytes() for part in (network.rate, network.aht, network.patience))
        if key not in solved:
            need = needs(demand, row, targets, sure[row])
            search = Search(network, targets, prices, need)
            starts = [fewest(need, skills, prices), fewest(need, skills, 1 / skills.sum(axis=1))]
            agents = search.cheapest(own, starts)
            solved[key] = agents, search.meets(agents)
        answers.append(solved[key])
    agents = np.array([agents for agents, _ in answers], dtype=np.int64).reshape(*demand.lead, len(skills))
    return agents, np.array([met for _, met in answers], dtype=np.bool_).reshape(demand.lead)


def _prices(cost: npt.ArrayLike | None, skills: Bools) -> Floats:
    if cost is None:
        return np.asarray(1 + PREMIUM * (skills.sum(axis=1) - 1.0), dtype=np.float64)
    prices = as_floats("cost", cost, positive=True)
    if prices.shape != (len(skills),):
        raise ValueError(f"cost must have one element a group ({len(skills)}); found shape {prices.shape}")
    return prices
