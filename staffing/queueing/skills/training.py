"""Whom to train for what: the smallest cross-training that brings a given share of the pooling gain.

Each step trains one more person of one queue for one other queue, whichever lowers the loss of all queues together
most, of the pairs begun before unless a new one does much better. A few people with two skills each, chained from
queue to queue, bring most of what training everybody for everything would (W. C. Jordan and S. C. Graves, 1995;
R. B. Wallace and W. Whitt, 2005).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import whole
from staffing.queueing.skills.demand import Demand
from staffing.queueing.skills.estimate import network_figures
from staffing.queueing.skills.network import MOST_QUEUES, Bools, Network, Whole, members, skill_matrix

Measure = Literal["abandonment", "service_level", "mean_wait"]
"""What is to gain, over the calls of all queues: fewer lost, more in time, or a shorter mean wait."""

Worth = tuple[float, float]
"""Agents lacking for an end of waiting, see `_short`, and the measure: the smaller the better."""

Way = tuple[Worth, int, int]
"""What training somebody of a home queue for another leads to."""

ROUNDING = 1e-9
NEW_PAIR = 1.5
"""A pair of queues that nobody serves yet is begun only if it gains this many times what the others do: fewer kinds
of training."""


@dataclass(frozen=True)
class TrainingStep:
    """`people` more of queue `home` trained for queue `extra`, and what all steps so far bring."""

    home: int
    extra: int
    people: int
    trained: int
    """People trained so far."""
    value: float
    """The measure over all calls after this step."""
    gain: float
    """Share of the pooling gain reached: 0 with separate queues, 1 with one pool of all. May pass 1 where queues of
    different handling time or patience are better kept partly apart."""


@dataclass(frozen=True)
class CrossTraining:
    """Steps in the order to take them; the gain never falls from one to the next."""

    steps: tuple[TrainingStep, ...]
    separate: float
    """The measure over all calls with nobody trained."""
    pooled: float
    """The measure with everybody trained for every queue."""
    reached: bool
    """Whether the last step reaches the share asked for. If not, nobody more could be trained to any gain, or
    pooling brings none."""
    skills: tuple[tuple[int, ...], ...]
    """Groups after all steps: their queues."""
    agents: Whole
    """Groups after all steps: their numbers, shape (groups,); the sum is that of the specialists."""

    @property
    def pairs(self) -> dict[tuple[int, int], int]:
        """People to train in all, by (home, extra)."""
        found: dict[tuple[int, int], int] = {}
        for step in self.steps:
            found[step.home, step.extra] = found.get((step.home, step.extra), 0) + step.people
        return found


def cross_training(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    specialists: npt.ArrayLike,
    *,
    share: float = 0.8,
    measure: Measure = "abandonment",
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
    threshold: npt.ArrayLike = 20,
) -> CrossTraining:
    """Train one person after another, each for the pair of queues that gains most, until `share` is reached.

    Figures are those of `skill_performance` and inherit its error: in truth the gain may be some ten points of a
    hundred smaller. A search by steps, not proven the smallest.

    Args:
        calls: of one interval, shape (queues,), at least two queues; the other arguments broadcast to it.
        aht: mean handling time in seconds, > 0 where there are calls.
        specialists: agents of each queue, whole, >= 0. Their number stays.
        share: of the pooling gain to reach, above 0 and at most 1.
        measure: what to gain. "abandonment" needs finite patience.
        interval: seconds, > 0.
        patience: mean seconds a caller is willing to wait, > 0.
        threshold: seconds, for the measure "service_level".

    Raises:
        ValueError: naming the argument.
    """
    given = Demand.of(calls, aht, interval, patience, threshold)
    if given.lead or given.queues < 2:
        raise ValueError(
            f"calls must be of one interval and at least two queues; found shape {given.calls.shape}"
        )
    if given.queues > MOST_QUEUES:
        raise ValueError(f"calls must be of at most {MOST_QUEUES} queues at once; found {given.queues}")
    if not 0 < share <= 1:
        raise ValueError(f"share must be above 0 and at most 1; found {share}")
    if measure not in get_args(Measure):
        raise ValueError(f"measure must be one of {', '.join(get_args(Measure))}; found {measure!r}")
    home = whole("specialists", specialists)
    if home.shape != (given.queues,):
        raise ValueError(f"specialists must have one element a queue; found shape {home.shape}")
    if measure == "abandonment" and np.isinf(given.patience).any():
        raise ValueError(
            "patience must be finite for the measure abandonment; take mean_wait or service_level"
        )
    return _Plan(given, measure).grown(home.astype(np.int64), share)


class _Plan:
    """Groups of one and two skills, and the one of all."""

    def __init__(self, demand: Demand, measure: Measure) -> None:
        queues = demand.queues
        self._demand = demand
        self._measure = measure
        pairs = [(first, second) for first in range(queues) for second in range(first + 1, queues)]
        self._skills = (*((queue,) for queue in range(queues)), *pairs)
        self._place = {skills: place for place, skills in enumerate(self._skills)}
        self._matrix = skill_matrix(self._skills, queues)

    def grown(self, specialists: Whole, share: float) -> CrossTraining:
        """Step by step from the specialists."""
        queues = len(specialists)
        agents = np.concatenate([specialists, np.zeros(len(self._skills) - queues, dtype=np.int64)])
        separate = now = self._worth(self._matrix, agents)
        pooled = self._worth(np.ones((1, queues), dtype=np.bool_), specialists.sum(keepdims=True))
        steps: list[TrainingStep] = []
        gain = 0.0
        while pooled < separate and gain < share:
            way = self._best(agents, queues, now)
            if way is None or not way[0] < now:
                break
            now, home, extra = way
            agents = self._trained(agents, home, extra)
            gain = max(gain, _gain(now, separate, pooled))
            steps.append(TrainingStep(home, extra, 1, len(steps) + 1, self._shown(now), gain))
        kept = np.flatnonzero(agents)
        return CrossTraining(
            steps=_merged(steps),
            separate=self._shown(separate),
            pooled=self._shown(pooled),
            reached=gain >= share,
            skills=tuple(self._skills[group] for group in kept),
            agents=agents[kept],
        )

    def _best(self, agents: Whole, queues: int, now: Worth) -> Way | None:
        """The next person to train: of a pair begun before, unless another pair gains much more."""
        ways = [
            (self._worth(self._matrix, self._trained(agents, home, extra)), home, extra)
            for home in range(queues)
            if agents[home] > 0
            for extra in range(queues)
            if extra != home and self._demand.calls[extra] > 0
        ]
        if not ways:
            return None
        best = min(ways)
        begun = [way for way in ways if agents[self._place[min(way[1:]), max(way[1:])]] > 0 and way[0] < now]
        usual = min(begun, default=best)
        if usual[0][0] > 0 or now[0] > 0:
            return best
        return best if now[1] - best[0][1] > NEW_PAIR * (now[1] - usual[0][1]) else usual

    def _trained(self, agents: Whole, home: int, extra: int) -> Whole:
        moved = agents.copy()
        moved[home] -= 1
        moved[self._place[min(home, extra), max(home, extra)]] += 1
        return moved

    def _worth(self, skills: Bools, agents: Whole) -> Worth:
        network = self._demand.network(0, skills, agents.astype(np.float64))
        busy = network.rate > 0
        figures = network_figures(network)[self._measure][busy]
        mean = float(figures @ network.rate[busy] / max(network.rate.sum(), 1e-300))
        return _short(network), -mean if self._measure == "service_level" else mean

    def _shown(self, worth: Worth) -> float:
        return -worth[1] if self._measure == "service_level" else worth[1]


def _short(network: Network) -> float:
    """Agents that the sets of queues whose callers never give up lack to have an end of waiting, over all sets."""
    sets = members(len(network.rate))[1:]
    patient = ~(sets & np.isfinite(network.patience)).any(axis=1)
    load = sets @ np.where(network.rate > 0, network.load, 0.0)
    lacking = (load - network.able()[1:] + ROUNDING)[patient & (load > 0)]
    return float(np.maximum(lacking, 0.0).sum())


def _gain(now: Worth, separate: Worth, pooled: Worth) -> float:
    """Nothing as long as anybody waits for ever; everything once that ends, if the mean wait was infinite."""
    if now[0] > 0:
        return 0.0
    return 1.0 if np.isinf(separate[1]) else (separate[1] - now[1]) / (separate[1] - pooled[1])


def _merged(steps: list[TrainingStep]) -> tuple[TrainingStep, ...]:
    """Steps that train for the same pair one after another as one."""
    found: list[TrainingStep] = []
    for step in steps:
        if found and (found[-1].home, found[-1].extra) == (step.home, step.extra):
            people = found.pop().people + step.people
            step = TrainingStep(step.home, step.extra, people, step.trained, step.value, step.gain)
        found.append(step)
    return tuple(found)
