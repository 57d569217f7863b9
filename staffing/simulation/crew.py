"""The agents of one replication: who is on duty, who talks, who works late."""

from __future__ import annotations

from collections import deque

from staffing.simulation.duty import Duty
from staffing.simulation.scenario import Scenario


class Crew:
    """Agents by number, counted through all groups; those free are kept in `idle`, which routing takes them from."""

    __slots__ = ("_late_since", "_on_duty", "_returns", "changes", "group_of", "idle", "overtime", "serving")

    def __init__(self, scenario: Scenario, duty: Duty) -> None:
        self.changes = duty.changes
        self.group_of = duty.group_of
        """The group of each agent."""
        self.serving = [-1] * len(self.group_of)
        """The call of each agent; -1 for none."""
        self.idle: list[deque[int]] = [deque() for _ in scenario.groups]
        """Free agents of each group, the one free for longest first."""
        self.overtime: list[tuple[float, float, int]] = []
        """Work beyond an agent's time: start, end, group."""
        self._returns = [group.leaving == "return" for group in scenario.groups]
        self._on_duty = bytearray(len(self.group_of))
        self._late_since: dict[int, float] = {}
        """When the time of an agent was over who still has to finish a call."""

    def come(self, now: float, agent: int) -> bool:
        """An agent's time begins: whether there is no call to finish from the time before."""
        self._on_duty[agent] = 1
        if self.serving[agent] < 0:
            return True
        self._end_overtime(now, agent)
        return False

    def go(self, now: float, agent: int, ends: list[float]) -> bool:
        """An agent's time is over: whether there is a call to hand back, by when each call `ends`."""
        group, call = self.group_of[agent], self.serving[agent]
        self._on_duty[agent] = 0
        if call < 0:
            self.idle[group].remove(agent)
            return False
        if self._returns[group] and ends[call] > now:
            return True
        self._late_since[agent] = now
        return False

    def done(self, now: float, agent: int) -> bool:
        """An agent's call has ended: whether there is time for another."""
        self.serving[agent] = -1
        if self._on_duty[agent]:
            return True
        self._end_overtime(now, agent)
        return False

    def close(self, end: float) -> None:
        """Who works late does so up to the end."""
        for agent in list(self._late_since):
            self._end_overtime(end, agent)

    def _end_overtime(self, now: float, agent: int) -> None:
        self.overtime.append((self._late_since.pop(agent), now, self.group_of[agent]))
