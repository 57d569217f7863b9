"""Numbers of agents with a fraction, as shrinkage leaves them, made whole for one replication."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from staffing.simulation.agents import AgentGroup
from staffing.simulation.scenario import Scenario

STREAM = 1_000_000
"""Keeps these draws apart from those of the calls, whose streams are numbered by call type from 0."""


def whole_staff(scenario: Scenario, seed: int, replication: int) -> Scenario:
    """The scenario with whole numbers of agents: a fraction is the chance of one agent more, interval by interval.

    One that has whole numbers only is returned as it is.
    """
    groups: list[AgentGroup] = []
    for place, group in enumerate(scenario.groups):
        levels = None if group.shifts is not None else np.asarray(group.staff, dtype=np.float64)
        if levels is None or not np.mod(levels, 1.0).any():
            groups.append(group)
            continue
        rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(replication, STREAM + place)))
        each = np.broadcast_to(levels, scenario.interval_count)
        groups.append(replace(group, staff=np.floor(each + rng.random(len(each)))))
    if all(each is group for each, group in zip(groups, scenario.groups, strict=True)):
        return scenario
    return replace(scenario, groups=tuple(groups))
