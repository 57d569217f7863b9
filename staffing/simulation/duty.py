"""When agents come and go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.queueing.arrays import Floats
from staffing.simulation.agents import AgentGroup
from staffing.simulation.scenario import Scenario


@dataclass(frozen=True)
class Change:
    """The agent comes, or goes."""

    time: float
    agent: int
    comes: bool


@dataclass(frozen=True, eq=False)
class Duty:
    """Who there is, and when they come and go; agents are counted through all groups."""

    group_of: list[int]
    """The group of each agent."""
    changes: list[Change]
    """In the order of time; those who go, go before others come, who can take what was handed back."""
    scheduled: list[Floats]
    """Start and end of each agent's stretches of work, by group; each of shape (stretches, 2)."""


def duty(scenario: Scenario) -> Duty:
    """Agents and changes of the scenario up to its end."""
    group_of: list[int] = []
    changes: list[Change] = []
    scheduled = []
    for place, group in enumerate(scenario.groups):
        agents = _stretches(group, scenario)
        for agent, spans in enumerate(agents, start=len(group_of)):
            changes += [Change(begin, agent, comes=True) for begin, _ in spans]
            changes += [Change(end, agent, comes=False) for _, end in spans]
        group_of += [place] * len(agents)
        all_spans = [span for spans in agents for span in spans]
        scheduled.append(np.array(all_spans, dtype=np.float64).reshape(-1, 2))
    kept = [each for each in changes if each.time < scenario.seconds]
    return Duty(group_of, sorted(kept, key=lambda each: (each.time, each.comes)), scheduled)


def _stretches(group: AgentGroup, scenario: Scenario) -> list[list[tuple[float, float]]]:
    """Start and end of each stretch of work of each agent; the k-th of a number works where it is k or more."""
    if group.shifts is not None:
        return [shift.spans for shift in group.shifts]
    level = np.broadcast_to(np.asarray(group.staff), scenario.interval_count)
    found = []
    for agent in range(int(level.max())):
        steps = (
            np.flatnonzero(np.diff(level > agent, prepend=False, append=False)) * scenario.interval_seconds
        )
        found.append(list(zip(steps[::2].tolist(), steps[1::2].tolist(), strict=True)))
    return found
