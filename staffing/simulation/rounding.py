"""Numbers of agents with a fraction, as shrinkage leaves them, made whole for one replication."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

import numpy as np

from staffing.simulation.agents import AgentGroup
from staffing.simulation.scenario import Scenario

STREAM = 1_000_000
"""Keeps these draws apart from those of the calls, whose streams are numbered by replication from 0."""

GOLDEN = (sqrt(5) - 1) / 2
"""Multiples of it fill the stretch from 0 to 1 evenly (H. Weyl, 1916), so that few replications are enough."""


def whole_staff(scenario: Scenario, seed: int, replication: int) -> Scenario:
    """The scenario with whole numbers of agents: a fraction is the chance of one agent more.

    One number decides for all intervals of a group: with one for each, agents would come and go who never did, and
    those who go finish their calls beside the others. A scenario that has whole numbers only is returned as it is.
    """
    groups: list[AgentGroup] = []
    for place, group in enumerate(scenario.groups):
        levels = None if group.shifts is not None else np.asarray(group.staff, dtype=np.float64)
        if levels is None or not np.mod(levels, 1.0).any():
            groups.append(group)
            continue
        rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(STREAM + place,)))
        chance = (rng.random() + replication * GOLDEN) % 1
        groups.append(replace(group, staff=np.floor(levels + chance)))
    if all(each is group for each, group in zip(groups, scenario.groups, strict=True)):
        return scenario
    return replace(scenario, groups=tuple(groups))
