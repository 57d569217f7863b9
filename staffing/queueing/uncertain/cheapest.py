"""How many agents cost least, when a lost call has a price and demand is uncertain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats, broadcast
from staffing.queueing.arrays import Floats
from staffing.queueing.sizing.required import COUNTABLE
from staffing.queueing.stationary.workload import Workload, given
from staffing.queueing.uncertain.expected import expected_lost
from staffing.queueing.uncertain.rate import coefficient

Rows = npt.NDArray[np.intp]

LARGE = 1e5
"""Desks whose cost is beyond that of so many agents are settled to that share of it: their costs are that flat."""


def newsvendor_share(shortage_cost: npt.ArrayLike, idle_cost: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Which quantile of the demand to staff for: cu / (cu + co).

    One more agent saves `shortage_cost` if the demand turns out above the staff and wastes `idle_cost` if not, so
    that staff are worth adding while P(demand > staff) x cu > P(demand <= staff) x co (K. J. Arrow, T. Harris and
    J. Marschak, 1951). 0 where both cost nothing.

    Args:
        shortage_cost: cu, what an agent too few costs in an interval, >= 0; see `shortage_cost`.
        idle_cost: co, what an agent too many costs in an interval, >= 0.

    Raises:
        ValueError: naming the argument that is negative, nan or not finite.
    """
    under, over = broadcast(
        shortage_cost=as_floats("shortage_cost", shortage_cost), idle_cost=as_floats("idle_cost", idle_cost)
    )
    with np.errstate(all="ignore"):
        return np.where(under > 0, 1 / (1 + over / under), 0.0)


def shortage_cost(
    lost_call_cost: npt.ArrayLike,
    agent_cost: npt.ArrayLike,
    aht: npt.ArrayLike,
    *,
    interval: npt.ArrayLike = 1800,
) -> npt.NDArray[np.float64]:
    """What one agent too few costs in an interval: the calls left unanswered, less the wage that was saved.

    When demand exceeds the staff every agent is busy all the time, and one more would have answered interval / aht
    calls. That is the limit of large desks: losses are calls beyond capacity, l E[(rate - n interval / aht)+] +
    c n is least where P(rate > n interval / aht) = c aht / (l interval), which is the newsvendor's quantile with
    cu = l interval / aht - c and co = c. A small desk loses calls before it is full; `cheapest_agents` counts them.

    Args:
        lost_call_cost: l, of a call that is never answered, >= 0.
        agent_cost: c, of an agent for an interval, >= 0.
        aht: mean handling time in seconds, >= 0.
        interval: in seconds, > 0.

    Raises:
        ValueError: naming the argument that is negative, nan or not finite, and an interval of 0.
    """
    lost, wage, handling, length = broadcast(
        lost_call_cost=as_floats("lost_call_cost", lost_call_cost),
        agent_cost=as_floats("agent_cost", agent_cost),
        aht=as_floats("aht", aht),
        interval=as_floats("interval", interval, positive=True),
    )
    with np.errstate(all="ignore"):  # an agent answers any number of calls that take no time
        saved = np.minimum(np.where(lost > 0, lost * (length / handling), 0.0), np.finfo(np.float64).max)
    return np.maximum(saved - wage, 0.0)


@dataclass(frozen=True)
class CheapestAgents:
    """The numbers of agents with the lowest expected cost; arrays of the shape the arguments broadcast to."""

    agents: npt.NDArray[np.int64]
    cost: Floats
    """Expected cost of an interval: agents and lost calls together."""
    lost_calls: Floats
    """Expected calls of an interval that are never answered."""


def cheapest_agents(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    *,
    agent_cost: npt.ArrayLike,
    lost_call_cost: npt.ArrayLike,
    cv: npt.ArrayLike = 0,
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
    lines: npt.ArrayLike = np.inf,
    redial: npt.ArrayLike = 0,
) -> CheapestAgents:
    """The number of agents that minimises agents x agent_cost + expected lost calls x lost_call_cost.

    Lost calls are those that give up or are blocked for good (redials that are answered are not lost), averaged
    over the gamma rate with mean `calls` and coefficient of variation `cv`; with endless patience and lines, the
    calls beyond what the agents can take. The minimum is that over every number, the smallest of equals: losses fall
    with the agents, so that stretches whose agents alone cost too much are ruled out whole; nothing has to be convex.
    Desks of more than 100,000 agents are settled to 1e-5 of the cost.

    Args:
        calls: mean calls an interval, >= 0.
        aht: mean handling time, >= 0.
        agent_cost: of an agent for an interval, > 0.
        lost_call_cost: of a call that is never answered, >= 0.
        cv: >= 0 and < 10.
        interval: as for `performance`.
        patience: as for `performance`.
        lines: as for `performance`.
        redial: as for `performance`.

    Raises:
        ValueError: naming the argument; for more than 1e15 agents.
    """
    workload, (wage, price, spread), shape = given(
        calls=calls,
        aht=aht,
        agent_cost=as_floats("agent_cost", agent_cost, positive=True),
        lost_call_cost=as_floats("lost_call_cost", lost_call_cost),
        cv=coefficient(cv),
        interval=interval,
        patience=patience,
        lines=lines,
        redial=redial,
    )
    with np.errstate(all="ignore"):  # infinities are meant, and where() drops what they spoil
        agents, lost = _Costs(workload, spread, price / wage).cheapest()
        cost = agents * wage + np.where(lost > 0, lost * price, 0.0)
    return CheapestAgents(agents.astype(np.int64).reshape(shape), cost.reshape(shape), lost.reshape(shape))


class _Costs:
    """Branch and bound in units of one agent's cost; `price` is that of a lost call."""

    def __init__(self, workload: Workload, cv: Floats, price: Floats) -> None:
        self.workload, self.cv, self.price = workload, cv, np.minimum(price, 1e300)

    def losses(self, agents: Floats, rows: Rows) -> Floats:
        """What lost calls cost."""
        return self.price[rows] * self.lost(agents, rows)

    def lost(self, agents: Floats, rows: Rows) -> Floats:
        return expected_lost(self.workload.take(rows), agents, self.cv[rows])

    def cheapest(self) -> tuple[Floats, Floats]:
        count = len(self.price)
        rows = np.arange(count)
        low, at_low = np.zeros(count), self.losses(np.zeros(count), rows)
        high, at_high = self._enough()
        best, cost = np.where(high + at_high < at_low, high, low), np.minimum(at_low, high + at_high)
        while len(rows):
            # Every number strictly between has at least low + 1 agents, and the losses of `high`.
            slack = np.where(cost[rows] > LARGE, cost[rows] / LARGE, 0.0)
            open_ = (high - low > 1) & (low + 1 + at_high < cost[rows] - slack)
            rows, low, high, at_high = rows[open_], low[open_], high[open_], at_high[open_]
            middle = np.floor((low + high) / 2)
            at_middle = self.losses(middle, rows)
            order = np.lexsort((middle, middle + at_middle, rows))
            first = order[np.unique(rows[order], return_index=True)[1]]
            better = first[_better(middle[first], at_middle[first], best[rows[first]], cost[rows[first]])]
            best[rows[better]], cost[rows[better]] = middle[better], (middle + at_middle)[better]
            rows = np.concatenate([rows, rows])
            low, high = np.concatenate([low, middle]), np.concatenate([middle, high])
            at_high = np.concatenate([at_middle, at_high])
        return best, self.lost(best, np.arange(count))

    def _enough(self) -> tuple[Floats, Floats]:
        """A number of agents beyond which no agent pays for himself, and its losses."""
        most = np.minimum(self.workload.lines, COUNTABLE)
        high = np.minimum(np.maximum(np.ceil(self.workload.load(self.workload.calls)), 1.0), most)
        losses = np.zeros(len(high))
        rows = np.arange(len(high))
        while len(rows):
            losses[rows] = self.losses(high[rows], rows)
            rows = rows[(losses[rows] > 1) & (high[rows] < self.workload.lines[rows])]
            if (high[rows] >= COUNTABLE).any():
                raise ValueError(f"calls: more than {COUNTABLE:g} agents would pay for themselves")
            high[rows] = np.minimum(high[rows] * 2, most[rows])
        return high, losses


def _better(agents: Floats, losses: Floats, best: Floats, cost: Floats) -> npt.NDArray[np.bool_]:
    total = agents + losses
    better: npt.NDArray[np.bool_] = (total < cost) | ((total == cost) & (agents < best))
    return better
