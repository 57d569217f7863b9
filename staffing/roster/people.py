"""People one at a time: the part of a roster's program that concerns single persons, without cover and breaks."""

from __future__ import annotations

import numpy as np

from staffing.roster.engines import relax, search
from staffing.roster.floor import Floor, Placements
from staffing.roster.handout import complete
from staffing.roster.program import Ints, Part, Program
from staffing.roster.variables import NOBODY, RosterModel

PERSON_SECONDS = 5.0  # of search for one person's month; a tenth of a second is usual
PERSON_GAP = 0.02  # the first roster only has to be a start


class People:
    """The rows that hold between people's own columns, and rosters built from them person by person."""

    def __init__(self, model: RosterModel) -> None:
        self._model = model
        whole = model.program
        rows = whole.rows_within(model.owners != NOBODY)
        self._program = Program(
            whole.cost, whole.upper, whole.matrix[rows], whole.low[rows], whole.high[rows]
        )
        self._groups = {
            queue: (groups, Placements(stretches, [group.placement for group in groups]))
            for queue, stretches in model.stretches.items()
            for groups in [[group for group in model.groups if group.queue == queue]]
        }

    def part(self, agent: int, x: Ints, cost: Ints) -> Part:
        """One person's own program at other costs, everyone else doing what `x` says. `cost` (columns,)."""
        priced = Program(
            cost, self._program.upper, self._program.matrix, self._program.low, self._program.high
        )
        return priced.part(self._model.owners == agent, x)

    def build(self, like: Ints | None, seed: int) -> Ints | None:
        """A lawful roster, person after person; None when somebody finds no lawful weeks beside those before.

        Each person takes what is worth most to the floor as those before have left it; with `like`, whatever
        is closest to that x.
        """
        x = np.zeros(self._program.columns, dtype=np.int64)
        floors = {queue: Floor(stretches) for queue, stretches in self._model.stretches.items()}
        for agent, person in enumerate(self._model.problem.agents):
            floor = floors[person.queue]
            cost = self._worth(person.queue, floor) if like is None else 1 - 2 * like
            part = self.part(agent, x, cost)
            found = _solve(part.program, seed)
            if found is None:
                return None
            x = part.into(x, found)
            self._enter(agent, x, floor)
        x = complete(self._model, x)
        return x if self._model.program.admits(x) else None

    def _worth(self, queue: str, floor: Floor) -> Ints:
        """What each column costs, less the shortage that one more person of a queue on it takes away."""
        cost = self._program.cost.copy()
        groups, placements = self._groups[queue]
        relief = floor.relief(placements) * self._model.money.minute_price
        for group, worth in zip(groups, relief.tolist(), strict=True):
            cost[group.members] -= worth
        return cost

    def _enter(self, agent: int, x: Ints, floor: Floor) -> None:
        """Put a person's shifts on the floor, each with its best break."""
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
    if relaxed is None:
        return None
    x = np.rint(relaxed.x).astype(np.int64)
    if program.admits(x) and program.value(x) - relaxed.bound <= PERSON_GAP * abs(relaxed.bound):
        return x
    return search(program, seconds=PERSON_SECONDS, workers=1, seed=seed, gap=PERSON_GAP).x
