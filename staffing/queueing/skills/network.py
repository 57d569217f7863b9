"""Queues, and groups of agents who can serve some of them: the shape of one multi-skill problem.

Sets of queues are held as bits: set 5 is queues 0 and 2. Arrays over all sets have 2 ** queues elements, the empty
set first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from staffing.queueing.arrays import Floats

Bools = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]
Skills = Sequence[Sequence[int]]
"""For each group of agents the numbers of the queues they serve, from 0."""

MOST_QUEUES = 8
"""Queues that may be connected through shared agents: every set of them is looked at."""


def skill_matrix(skills: Skills, queues: int) -> Bools:
    """Whether a group serves a queue, shape (groups, queues).

    Raises:
        ValueError: for no group, a group without skills, a queue that does not exist or that is named twice.
    """
    groups = [tuple(group) for group in skills]
    if not groups:
        raise ValueError("skills must hold at least one group")
    matrix = np.zeros((len(groups), queues), dtype=np.bool_)
    for place, group in enumerate(groups):
        known = all(isinstance(queue, int | np.integer) and 0 <= queue < queues for queue in group)
        if not group or not known or len(set(group)) < len(group):
            raise ValueError(
                f"skills of group {place} must be different queues from 0 to {queues - 1}, at least one; "
                f"found {group}"
            )
        matrix[place, list(group)] = True
    return matrix


@lru_cache(maxsize=32)
def members(queues: int) -> Bools:
    """Which queues each set holds, shape (2 ** queues, queues)."""
    sets = np.arange(1 << queues)
    found = ((sets[:, None] >> np.arange(queues)) & 1).astype(np.bool_)
    found.flags.writeable = False
    return found


@dataclass(frozen=True, slots=True)
class Network:
    """One interval's queues and agents; `rate` in calls a second, times in seconds.

    `rate`, `aht`, `patience`, `threshold`: shape (queues,). `skills`: shape (groups, queues). `agents`: (groups,).
    """

    rate: Floats
    aht: Floats
    patience: Floats
    threshold: Floats
    skills: Bools
    agents: Floats

    @property
    def load(self) -> Floats:
        """Erlangs of each queue."""
        return self.rate * self.aht

    @property
    def hang_up_rate(self) -> Floats:
        """Of one waiting caller, a second."""
        return 1 / self.patience

    def own(self) -> Floats:
        """Agents of each queue who serve nothing else, shape (queues,)."""
        alone = self.skills.sum(axis=1) == 1
        return np.asarray(self.agents[alone] @ self.skills[alone], dtype=np.float64)

    def able(self) -> Floats:
        """Agents able to serve any queue of each set."""
        reach = members(self.skills.shape[1]) @ self.skills.T
        return np.asarray(reach @ self.agents)

    def part(self, queues: Whole) -> Network:
        """Some of the queues, with the agents who serve any of them."""
        reach = self.skills[:, queues]
        groups = reach.any(axis=1) & (self.agents > 0)
        return Network(
            self.rate[queues],
            self.aht[queues],
            self.patience[queues],
            self.threshold[queues],
            reach[groups],
            self.agents[groups],
        )

    def by_preference(self) -> Network:
        """Groups that serve the same queues made one, and sorted: fewest skills first, else as they come."""
        place: dict[bytes, int] = {}
        which = [place.setdefault(row.tobytes(), len(place)) for row in self.skills]
        rows = np.array([which.index(number) for number in range(len(place))], dtype=np.intp)
        agents: Floats = np.bincount(which, weights=self.agents, minlength=len(place)).astype(np.float64)
        order = np.argsort(self.skills[rows].sum(axis=1), kind="stable")
        return replace(self, skills=self.skills[rows[order]], agents=agents[order])


def components(skills: Bools, queues: Bools) -> list[Whole]:
    """The `queues` in lots that share agents, directly or through others; groups all of whose rows count.

    Args:
        skills: shape (groups, queues), of groups that have agents.
        queues: which queues take part, shape (queues,).
    """
    left = set(np.flatnonzero(queues).tolist())
    found = []
    while left:
        lot = {min(left)}
        while True:
            touched = skills[skills[:, sorted(lot)].any(axis=1)].any(axis=0)
            wider = lot | (set(np.flatnonzero(touched).tolist()) & left)
            if wider == lot:
                break
            lot = wider
        left -= lot
        found.append(np.array(sorted(lot), dtype=np.int64))
    return found
