"""Which agent takes a call, and which call an agent takes.

A call goes to the group that prefers its type most and has someone free, there to the agent free for longest. A free
agent takes, of the calls waiting that the group can handle, the highest priority, then the type the group prefers
most, then the caller who came first.
"""

from __future__ import annotations

from collections import deque

from staffing.simulation.scenario import Scenario


class Routing:
    """Free agents by group and waiting calls by type; both by number."""

    __slots__ = ("_arrival", "_call_type", "_groups", "_idle", "_tiers", "factor", "queues", "waiting")

    def __init__(
        self, scenario: Scenario, call_type: list[int], arrival: list[float], idle: list[deque[int]]
    ) -> None:
        types, groups = scenario.call_types, scenario.groups
        self._call_type = call_type
        self._arrival = arrival
        self._groups = [_groups_for(scenario, each.name) for each in types]
        self._tiers = [_tiers_of(scenario, place) for place in range(len(groups))]
        self.factor = [
            [_factor(scenario, place, each.name) for each in types] for place in range(len(groups))
        ]
        """Of the handling time, by group and call type."""
        self._idle = idle
        self.queues: list[deque[int]] = [deque() for _ in types]
        """Calls of each type in the order they came; those that left are dropped when they reach the head."""
        self.waiting = bytearray(len(call_type))
        """1 for a call that waits."""

    def agent_for(self, call_type: int) -> int:
        """Take a free agent for a call of this type; -1 if there is none."""
        for group in self._groups[call_type]:
            if self._idle[group]:
                return self._idle[group].popleft()
        return -1

    def call_for(self, group: int) -> int:
        """Take the next call for a free agent of this group; -1 if none waits."""
        waiting, arrival = self.waiting, self._arrival
        for tier in self._tiers[group]:
            best = -1
            for call_type in tier:
                queue = self.queues[call_type]
                while queue and not waiting[queue[0]]:
                    queue.popleft()
                if queue and (best < 0 or arrival[queue[0]] < arrival[best]):
                    best = queue[0]
            if best >= 0:
                self.queues[self._call_type[best]].popleft()
                waiting[best] = 0
                return best
        return -1

    def join(self, call: int) -> None:
        """Wait behind those of the same type."""
        self.waiting[call] = 1
        self.queues[self._call_type[call]].append(call)

    def rejoin(self, call: int) -> None:
        """Wait again, where the time of the call's arrival places it."""
        self.waiting[call] = 1
        queue, came = self.queues[self._call_type[call]], self._arrival[call]
        place = 0
        while place < len(queue) and self._arrival[queue[place]] < came:
            place += 1
        queue.insert(place, call)


def _groups_for(scenario: Scenario, name: str) -> list[int]:
    """Groups that take the type, the one that prefers it most first."""
    skills = [(group.skill(name), place) for place, group in enumerate(scenario.groups)]
    return [
        place
        for _, place in sorted((skill.preference, place) for skill, place in skills if skill is not None)
    ]


def _tiers_of(scenario: Scenario, group: int) -> list[list[int]]:
    """Types the group takes, first those served first; within a tier who came first counts."""
    tiers: dict[tuple[int, int], list[int]] = {}
    for place, call_type in enumerate(scenario.call_types):
        skill = scenario.groups[group].skill(call_type.name)
        if skill is not None:
            tiers.setdefault((-call_type.priority, skill.preference), []).append(place)
    return [tiers[rank] for rank in sorted(tiers)]


def _factor(scenario: Scenario, group: int, name: str) -> float:
    skill = scenario.groups[group].skill(name)
    return 1.0 if skill is None else skill.handling_factor
