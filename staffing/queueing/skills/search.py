"""A local search for the cheapest agents of one interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations_with_replacement

import numpy as np

from staffing.queueing.arrays import Floats
from staffing.queueing.sizing.targets import Targets
from staffing.queueing.skills.estimate import Figures, network_figures
from staffing.queueing.skills.network import Network, Whole, members

ROUNDING = 1e-12
"""A target missed by less than this, relatively, is met."""

WORST = 10.0
"""Slack counts between -WORST and WORST."""

HOPE = 0.05
"""An exchange is looked at if the sum of its parts' effects leaves no queue shorter of its targets than this."""

MANY = 12
"""Groups beyond which two for two are not tried: there would be tens of thousands of exchanges."""

MOST_ADDED = 10_000

DEFINITIONS = {
    "offered": "service_level",
    "answered": "service_level_answered",
    "virtual": "service_level_virtual",
    "excluding_short": "service_level_excluding_short",
}


class Search:
    """Numbers of agents by group for one network, judged by the estimate; each judged once."""

    def __init__(self, network: Network, targets: tuple[Targets, ...], cost: Floats, need: Floats) -> None:
        """`need`: agents that must be able to serve one of each set of queues, see `bounds.needs`."""
        self._network = network
        self._targets = targets
        self._cost = cost
        self._need = need
        self._able = (members(len(targets)) @ network.skills.T).astype(np.float64)
        self._known: dict[tuple[int, ...], Floats] = {}
        self._exchanges = _exchanges(cost)

    def cheapest(self, separate: Whole, starts: Sequence[Whole]) -> Whole:
        """The cheapest of separate queues and of what the search makes of each of the `starts`."""
        ends = [self._dedicated(separate)]
        ends += [self._improved(self._repaired(start)) for start in starts]
        good = [end for end in ends if self.meets(end)] or [self._repaired(ends[0])]
        return min(good, key=lambda end: (round(float(end @ self._cost), 9), tuple(-end)))

    def meets(self, agents: Whole) -> bool:
        """Whether every target is met."""
        return bool((self._slack(agents) >= -ROUNDING).all())

    def _dedicated(self, separate: Whole) -> Whole:
        """Each queue's agents in the group with the fewest skills, then the cheapest, that serves it."""
        agents = np.zeros(len(self._cost), dtype=np.int64)
        skills = self._network.skills
        for queue in np.flatnonzero(self._network.rate > 0):
            fitting = np.flatnonzero(skills[:, queue])
            group = min(fitting, key=lambda place: (skills[place].sum(), self._cost[place]))
            agents[group] += separate[queue]
        return agents

    def _slack(self, agents: Whole) -> Floats:
        """How far each queue is from the first target it would miss: log(allowed / found), shape (queues,)."""
        key = tuple(int(number) for number in agents)
        if key not in self._known:
            found = network_figures(replace(self._network, agents=np.asarray(agents, dtype=np.float64)))
            self._known[key] = np.array(
                [
                    _slack(found, queue, aim) if self._network.rate[queue] > 0 else WORST
                    for queue, aim in enumerate(self._targets)
                ]
            )
        return self._known[key]

    def _repaired(self, agents: Whole) -> Whole:
        """Agents added one by one where they help most for their cost, until every target is met."""
        for _ in range(MOST_ADDED):
            short = np.minimum(self._slack(agents), 0.0)
            if (short >= -ROUNDING).all():
                break
            helping = np.flatnonzero(self._network.skills[:, short < -ROUNDING].any(axis=1))
            more = [agents + np.eye(len(agents), dtype=np.int64)[group] for group in helping]
            gains = [np.minimum(self._slack(other), 0.0).sum() - short.sum() for other in more]
            agents = more[int(np.argmax(np.array(gains) / self._cost[helping]))]
        return agents

    def _improved(self, agents: Whole) -> Whole:
        """The first cheaper numbers that meet the targets, again and again, until there are none.

        What one agent more or less does is judged anew only when the last judgement leads no further.
        """
        if not self.meets(agents):
            return agents
        effects, fresh = self._effects(agents), True
        while True:
            better = next((other for other in self._cheaper(agents, effects) if self.meets(other)), None)
            if better is not None:
                agents, fresh = self._further(agents, better), False
            elif fresh:
                return agents
            else:
                effects, fresh = self._effects(agents), True

    def _further(self, agents: Whole, better: Whole) -> Whole:
        """What saves once made again, in strides that double as long as the targets are met."""
        change = better - agents
        while True:
            change = 2 * change
            other = better + change
            if (other < 0).any() or (self._able @ other < self._need).any() or not self.meets(other):
                return better
            better = other

    def _effects(self, agents: Whole) -> tuple[Floats, Floats]:
        """What one agent less and one more of each group does to the slack, shape (groups, queues)."""
        slack = self._slack(agents)
        less, more = np.empty((2, len(agents), len(slack)))
        for group, one in enumerate(np.eye(len(agents), dtype=np.int64)):
            less[group] = self._slack(agents - one) - slack if agents[group] else np.nan
            more[group] = self._slack(agents + one) - slack
        return np.where(np.isnan(less), -more, less), more

    def _cheaper(self, agents: Whole, effects: tuple[Floats, Floats]) -> Iterator[Whole]:
        """Neighbours that cost less, keep to the bounds and may meet the targets; the largest saving first."""
        less, more = effects
        gone, come = self._exchanges
        others = agents - gone + come
        hoped = self._slack(agents) + gone @ less + come @ more
        others = others[(others >= 0).all(axis=1) & (hoped >= -HOPE).all(axis=1)]
        return iter(others[(others @ self._able.T >= self._need).all(axis=1)])


def _exchanges(cost: Floats) -> tuple[Whole, Whole]:
    """Agents of each group out and in, shape (exchanges, groups): up to two for up to two, where that saves.

    The largest saving first. With many groups two are exchanged for no more than one.
    """
    groups = len(cost)
    one = np.eye(groups, dtype=np.int64)
    lots = [np.zeros((1, groups), dtype=np.int64), one]
    lots.append(np.array([one[a] + one[b] for a, b in combinations_with_replacement(range(groups), 2)]))
    pairs = [(out, into) for out in (1, 2) for into in (0, 1, 2) if into < 2 or groups <= MANY]
    gone = np.concatenate([np.repeat(lots[out], len(lots[into]), axis=0) for out, into in pairs])
    come = np.concatenate([np.tile(lots[into], (len(lots[out]), 1)) for out, into in pairs])
    saving = np.round((gone - come) @ cost, 9)
    rows = np.flatnonzero((saving > 0) & ~((gone > 0) & (come > 0)).any(axis=1))
    rows = rows[np.argsort(-saving[rows], kind="stable")]
    return gone[rows], come[rows]


def _slack(found: Figures, queue: int, targets: Targets) -> float:
    """Log of allowed over found, the smallest of all targets; endless waits miss every target."""
    if not np.isfinite(found["mean_wait"][queue]):
        return -WORST
    pairs = []
    if targets.service_level is not None:
        pairs.append((1 - targets.service_level, 1 - found[DEFINITIONS[targets.definition]][queue]))
    for name in ("abandonment", "asa", "occupancy"):
        allowed = getattr(targets, name)
        if allowed is not None:
            pairs.append((allowed, found[name][queue]))
    slack = [float(np.log(allowed / max(figure, 1e-300))) for allowed, figure in pairs]
    return float(np.clip(min(slack, default=WORST), -WORST, WORST))
