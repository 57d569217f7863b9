"""Rosters built person by person: lawful at once, good enough to start from."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import sparse

from staffing.roster.engines import branch, search
from staffing.roster.floor import Placements
from staffing.roster.handout import complete, floors_of
from staffing.roster.ledger import NOBODY
from staffing.roster.program import Ints, Mask, Program, bounded
from staffing.roster.variables import NO_GROUP, RosterModel

PERSON_SECONDS = 5.0  # of search for one person's month; a hundredth of a second is usual
PERSON_GAP = 0.02  # a first roster only has to be a start
RESCUE_SECONDS = 30.0  # of search for everybody at once, when people who depend on each other get stuck
BUCKET_MINUTES = 120  # of shifts alike that start within this time, only the cheapest is looked at first

# A person, their columns, and x of those before -> what each of the columns would cost. (their columns,)
Taste = Callable[[int, Ints, Ints], Ints]


def build(model: RosterModel, taste: Taste, seed: int, workers: int = 8) -> Ints | None:
    """A lawful x: person after person takes the weeks that `taste` makes cheapest.

    Returns:
        A complete x, shape (columns,); None when somebody finds no lawful weeks.
    """
    lines = _Lines(model)
    if lines.contradictory:
        return None
    x = np.zeros(model.program.columns, dtype=np.int64)
    for agent in range(len(model.problem.agents)):
        columns = lines.columns(agent)
        cost = taste(agent, columns, x)
        found = lines.weeks(agent, x, cost, seed)
        if found is None:
            return _rescued(model, seed, workers) if lines.coupled else None
        x[columns] = found
    return _completed(model, x)


def like(x: Ints) -> Taste:
    """Whatever is closest to another x."""
    return lambda agent, columns, before: 1 - 2 * x[columns]


class Worth:
    """What is worth most to the floor as the people before have left it: wages less the shortage relieved."""

    def __init__(self, model: RosterModel) -> None:
        self._model = model
        self._floors = floors_of(model, model.money.minute_price)
        self._entered = 0  # people whose shifts are on the floor already
        self._columns: list[Ints] = []  # theirs
        self._place = np.zeros(len(model.groups), dtype=np.int64)  # of each group among its queue's
        self._placements = {}
        for queue, stretches in model.stretches.items():
            own = [i for i, group in enumerate(model.groups) if group.queue == queue]
            self._place[own] = np.arange(len(own))
            self._placements[queue] = Placements(stretches, [model.groups[i].placement for i in own])

    def __call__(self, agent: int, columns: Ints, x: Ints) -> Ints:
        """The cost of the agent's columns."""
        for earlier in range(self._entered, agent):
            self._enter(earlier, x)
        self._entered = agent
        self._columns.append(columns)
        queue = self._model.problem.agents[agent].queue
        relief = self._floors[queue].relief(self._placements[queue])
        cost = self._model.program.cost[columns]
        groups = self._model.column_groups[columns]
        work = groups != NO_GROUP
        cost[work] -= relief[self._place[groups[work]]]
        return cost

    def _enter(self, agent: int, x: Ints) -> None:
        """Put a person's shifts on the floor, each with its best break."""
        floor = self._floors[self._model.problem.agents[agent].queue]
        columns = self._columns[agent]
        groups = self._model.column_groups[columns]
        for index in groups[(x[columns] > 0) & (groups != NO_GROUP)]:
            placement = self._model.groups[index].placement
            floor.enter(placement)
            if placement.breaks:
                for place in floor.best_breaks(placement):
                    floor.rest(placement, place)


class _Lines:
    """The rows between people's columns, person by person, and those that several people share."""

    def __init__(self, model: RosterModel) -> None:
        self._model = model
        everybody = model.program.keeping(model.program.rows_within(model.owners != NOBODY))
        self.contradictory = everybody.contradictory
        everybody = everybody.keeping(np.flatnonzero(np.diff(everybody.matrix.indptr)))
        first, last = everybody.span_of_rows(model.owners)
        single = np.flatnonzero(first == last)
        order = single[np.argsort(first[single], kind="stable")]
        self._own = everybody.keeping(order)
        self._shared = everybody.keeping(np.flatnonzero(first != last))
        people = np.arange(len(model.problem.agents) + 1)
        self._ends = np.searchsorted(first[order], people)
        by_owner = np.argsort(model.owners, kind="stable")
        self._columns = np.split(by_owner, np.searchsorted(model.owners[by_owner], people))[1:-1]
        self.coupled = bool(len(self._shared.low))
        self._starts = np.array([group.placement.start for group in model.groups], dtype=np.int64)
        self._minutes = np.array([group.placement.work_minutes for group in model.groups], dtype=np.int64)
        held: dict[tuple[str, ...], int] = {}
        self._held = np.array(
            [held.setdefault(group.placement.activities, len(held)) for group in model.groups], dtype=np.int64
        )

    def columns(self, agent: int) -> Ints:
        """A person's columns."""
        return self._columns[agent]

    def weeks(self, agent: int, x: Ints, cost: Ints, seed: int) -> Ints | None:
        """One person's best weeks, nearly, beside those of the people before; first among few shifts, then all."""
        columns = self._columns[agent]
        some = self._cheapest(columns, cost)
        program = self._program(agent, columns[some], x, cost[some])
        found = branch(program, PERSON_SECONDS, PERSON_GAP).x
        if found is not None:
            weeks = np.zeros(len(columns), dtype=np.int64)
            weeks[some] = found
            return weeks
        program = self._program(agent, columns, x, cost)
        found = branch(program, PERSON_SECONDS, PERSON_GAP).x
        if found is None:
            found = search(program, seconds=PERSON_SECONDS, workers=1, seed=seed, gap=PERSON_GAP).x
        return found

    def _cheapest(self, columns: Ints, cost: Ints) -> Ints:
        """Places of the cheapest of each day's shifts alike, and of all columns that are no shifts."""
        groups = self._model.column_groups[columns]
        work = np.flatnonzero(groups != NO_GROUP)
        days = self._model.column_days[columns[work]]
        bucket = self._starts[groups[work]] // BUCKET_MINUTES
        minutes = self._minutes[groups[work]]
        held = self._held[groups[work]]
        order = np.lexsort((cost[work], bucket, held, minutes, days))
        keys = np.stack([days, minutes, held, bucket])[:, order]
        new = np.append(True, (keys[:, 1:] != keys[:, :-1]).any(axis=0))[: len(order)]
        return np.sort(np.concatenate([work[order[new]], np.flatnonzero(groups == NO_GROUP)]))

    def _program(self, agent: int, columns: Ints, x: Ints, cost: Ints) -> Program:
        """A person's rows, and what the people before and after leave of the rows they share."""
        whole = self._model.program
        own = self._own.keeping(np.arange(self._ends[agent], self._ends[agent + 1]))
        matrix, low, high = _restricted(own.matrix, columns), own.low, own.high
        if self.coupled:
            shared, later = self._shared, np.where(self._model.owners > agent, whole.upper, 0)
            settled = shared.matrix @ x
            most, least = (_signed(shared.matrix, sign) @ later for sign in (1, -1))
            matrix = sparse.vstack([matrix, _restricted(shared.matrix, columns)], format="csr")
            low = np.concatenate([low, shared.low - settled - most])
            high = np.concatenate([high, shared.high - settled - least])
        return bounded(cost, whole.upper[columns], matrix, low, high)


def _restricted(matrix: sparse.csr_array, columns: Ints) -> sparse.csr_array:
    """A matrix's sorted `columns`; time grows with the rows given, not with the matrix they were cut from."""
    place = np.searchsorted(columns, matrix.indices)
    place[place == len(columns)] = 0
    kept = columns[place] == matrix.indices if len(columns) else np.zeros(len(place), dtype=np.bool_)
    ends = np.concatenate([[0], np.cumsum(kept)])[matrix.indptr]
    return sparse.csr_array((matrix.data[kept], place[kept], ends), shape=(matrix.shape[0], len(columns)))


def _signed(matrix: sparse.csr_array, sign: int) -> sparse.csr_array:
    data = np.maximum(matrix.data, 0) if sign > 0 else np.minimum(matrix.data, 0)
    return sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)


def _rescued(model: RosterModel, seed: int, workers: int) -> Ints | None:
    """Everybody's weeks at once, whatever they cost: for rules that people one after the other cannot keep."""
    program = model.program.keeping(model.program.rows_within(model.owners != NOBODY))
    people = program.part(model.owners != NOBODY, np.zeros(program.columns, dtype=np.int64))
    found = search(people.program, seconds=RESCUE_SECONDS, workers=workers, seed=seed, gap=1.0).x
    return (
        None
        if found is None
        else _completed(model, people.into(np.zeros(program.columns, dtype=np.int64), found))
    )


def _completed(model: RosterModel, x: Ints) -> Ints | None:
    """Counts, breaks and missing people for the shifts of `x`; by a solver where rules add columns of nobody's."""
    done = complete(model, x)
    if model.program.admits(done):
        return done
    free = model.owners == NOBODY
    for columns in (free, free | same_shifts(model, x)) if model.problem.activities else (free,):
        rest = model.program.part(columns, x)
        found = branch(rest.program, RESCUE_SECONDS, PERSON_GAP).x
        if found is not None:
            return rest.into(x, found)
    return None


def same_shifts(model: RosterModel, x: Ints, activity: str = "") -> Mask:
    """Columns that move sessions of activities and nothing else a person does. Shape (columns,).

    Work columns of the shift that a person works in `x`, with whatever activities are in it, and those that say who
    is left out and when people meet; of one activity only where its name is given.
    """
    free = np.zeros(model.program.columns, dtype=np.bool_)
    free[[*model.session_columns, *model.left_out]] = True
    own = [other for other in model.problem.activities if activity in ("", other.name)]
    for agent, person in enumerate(model.problem.agents):
        mine = [other for other in own if person.agent_id in other.people]
        for day, date in enumerate(model.days):
            if not any(other.on(date) for other in mine):
                continue
            options = model.options(agent, day)
            worked = next((p for c, p in model.choices(agent, day) if x[c]), None)
            if worked is not None:
                like = (worked.start, worked.shift.code, worked.night_minutes)
                free[options.columns] = [
                    (p.start, p.shift.code, p.night_minutes) == like for p in options.placements
                ]
    return free
