"""Rosters built person by person: lawful at once, good enough to start from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from staffing.roster.engines import relax, search
from staffing.roster.floor import Placements
from staffing.roster.handout import complete, floors_of
from staffing.roster.ledger import NOBODY
from staffing.roster.program import Ints, Program
from staffing.roster.variables import RosterModel

PERSON_SECONDS = 5.0  # of search for one person's month; a tenth of a second is usual
PERSON_GAP = 0.02  # a first roster only has to be a start

Taste = Callable[
    [int, Ints], Ints
]  # a person, and x of those before -> what each column would cost. (columns,)


def build(model: RosterModel, taste: Taste, seed: int) -> Ints | None:
    """A lawful x: person after person takes the weeks that `taste` makes cheapest.

    Returns:
        A complete x, shape (columns,); None when somebody finds no lawful weeks beside those of the people before.
    """
    everybody = model.program.keeping(model.program.rows_within(model.owners != NOBODY))
    x = np.zeros(everybody.columns, dtype=np.int64)
    for agent in range(len(model.problem.agents)):
        own = replace(everybody, cost=taste(agent, x)).part(model.owners == agent, x)
        found = _solve(own.program, seed)
        if found is None:
            return None
        x = own.into(x, found)
    x = complete(model, x)
    return x if model.program.admits(x) else None


def like(x: Ints) -> Taste:
    """Whatever is closest to another x."""
    cost = 1 - 2 * x
    return lambda agent, before: cost


class Worth:
    """What is worth most to the floor as the people before have left it: wages less the shortage relieved."""

    def __init__(self, model: RosterModel) -> None:
        self._model = model
        self._floors = floors_of(model, model.money.minute_price)
        self._entered = 0  # people whose shifts are on the floor already
        self._groups = {
            queue: [group for group in model.groups if group.queue == queue] for queue in model.stretches
        }
        self._placements = {
            queue: Placements(stretches, [group.placement for group in self._groups[queue]])
            for queue, stretches in model.stretches.items()
        }

    def __call__(self, agent: int, x: Ints) -> Ints:
        """The cost of every column of the agent's queue."""
        for earlier in range(self._entered, agent):
            self._enter(earlier, x)
        self._entered = agent
        cost = self._model.program.cost.copy()
        queue = self._model.problem.agents[agent].queue
        relief = self._floors[queue].relief(self._placements[queue])
        for group, worth in zip(self._groups[queue], relief.tolist(), strict=True):
            cost[group.members] -= worth
        return cost

    def _enter(self, agent: int, x: Ints) -> None:
        """Put a person's shifts on the floor, each with its best break."""
        floor = self._floors[self._model.problem.agents[agent].queue]
        for day in range(len(self._model.days)):
            options = self._model.options(agent, day)
            for i in np.flatnonzero(x[options.columns]):
                placement = options.placements[i]
                floor.enter(placement)
                if placement.breaks:
                    floor.rest(placement, floor.best_break(placement))


def _solve(program: Program, seed: int) -> Ints | None:
    """One person's best weeks, nearly: by the relaxation when it happens to be whole, else by search."""
    relaxed = relax(program)
    if relaxed is not None:
        x = np.rint(relaxed.x).astype(np.int64)
        if program.admits(x) and program.value(x) - relaxed.bound <= PERSON_GAP * abs(relaxed.bound):
            return x
    return search(program, seconds=PERSON_SECONDS, workers=1, seed=seed, gap=PERSON_GAP).x
