"""Names for an outline's counts: who works which of a week's shifts, team by team.

Once an outline says how many people of each team work each shift, teams have nothing to do with each other, except
where a rule binds people of several. Each team's names are a small program of its own:

    minimise   wages + shortage price x work of the shifts that nobody takes
    subject to everybody's own rows, and   people of the team on a shift + seats left empty = the outline's count

Usually no seat stays empty. Where one does, breaks and missing people are worked out anew for the people there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import numpy as np
from scipy import sparse

from staffing.roster.engines import Outcome
from staffing.roster.ledger import NOBODY
from staffing.roster.outline import Outline
from staffing.roster.program import Ints, Mask, Program, bounded
from staffing.roster.variables import NO_GROUP, RosterModel

Engine = Callable[[Program, Ints], Outcome]  # a program, and an x to start from, admissible or not

Shift = tuple[Ints, int]  # work columns of one team on one shift, and how many of them the outline counts


def name(
    model: RosterModel, rows: Program, week: Ints, plan: Outline, counts: Ints, x: Ints, engine: Engine
) -> Ints | None:
    """A copy of `x` with the people of a week named for an outline's counts; None when somebody finds no week.

    Args:
        model: the roster's model.
        rows: the model's rows that reach into the week; they are kept with all other weeks as in `x`.
        week: the week's columns.
        plan: the week's outline.
        counts: a solution of it. Shape (the outline's columns,).
        x: what to start from. Shape (columns,).
        engine: solves a team's program.
    """
    named = x.copy()
    named[week] = 0
    named[plan.shared] = counts[: len(plan.shared)]
    inside = np.zeros(len(x), dtype=np.bool_)
    inside[week] = True
    people = rows.keeping(rows.rows_within(~model.floor))
    priced = inside & (model.owners == NOBODY) & ~model.floor  # what rules add to price what they forgive
    exact = True
    for members, shifts in _teams(model, people, plan, counts, inside):
        free = (inside & np.append(members, False)[model.owners]) | priced
        taken = free & (model.column_groups == NO_GROUP)
        for work, _ in shifts:
            taken[work] = True
        taken[[column for own in model.held.values() for column in own]] = False  # meetings as in the outline
        found = _seat(model, people, taken, shifts, named, engine)
        if found is None:  # somebody needs a shift that the outline leaves out
            found = _seat(model, people, free, shifts, named, engine)
        if found is None:
            return None
        columns, values = found
        named[columns] = values
        exact = exact and all(int(named[work].sum()) == number for work, number in shifts)
        exact = exact and int(named[free & (model.column_groups != NO_GROUP)].sum()) == sum(
            number for _, number in shifts
        )
    return named if exact and rows.admits(named) else _settled(model, rows, inside, named, engine)


def _teams(
    model: RosterModel, people: Program, plan: Outline, counts: Ints, inside: Mask
) -> list[tuple[Mask, list[Shift]]]:
    """The people of each team, a mask over agents, and its shifts; teams that a row binds together are one."""
    team_of, teams = model.teams
    bound = np.arange(teams)
    for several in _shared_rows(model, people, inside):
        together = np.isin(bound, bound[team_of[several]])
        bound[together] = bound[together].min()
    shifts: defaultdict[int, list[Shift]] = defaultdict(list)
    for column, work in plan.staffed:
        if counts[column]:
            shifts[int(bound[team_of[model.owners[work[0]]]])].append((work, int(counts[column])))
    return [(bound[team_of] == team, shifts[team]) for team in np.unique(bound[team_of]).tolist()]


def _shared_rows(model: RosterModel, people: Program, inside: Mask) -> list[Ints]:
    """The people of each row that binds several people of this week."""
    nobody = len(model.problem.agents)
    owners = np.where(inside & (model.owners != NOBODY), model.owners, nobody)
    least, _ = people.span_of_rows(owners)
    _, most = people.span_of_rows(np.where(owners == nobody, NOBODY, owners))
    matrix = people.matrix
    several = np.flatnonzero(least < most).tolist()
    found = [
        np.unique(owners[matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]]) for row in several
    ]
    return [members[members != nobody] for members in found]


def _seat(
    model: RosterModel, people: Program, free: Mask, shifts: list[Shift], named: Ints, engine: Engine
) -> tuple[Ints, Ints] | None:
    """New values for the columns in `free`, so that few seats stay empty; None when somebody finds no week.

    Shifts that the outline counts take no more people than it says; the others, where `free` holds any, take as
    many as need them.
    """
    part = people.part(free, named)
    program, columns, seats = part.program, part.columns, len(shifts)
    place = [np.searchsorted(columns, work) for work, _ in shifts]
    ends = np.cumsum([0, *(len(work) for work in place)])
    filled = np.concatenate([np.zeros(0, dtype=np.int64), *place])
    wanted = np.array([number for _, number in shifts], dtype=np.int64)
    minutes = np.array([_minutes(model, work) for work, _ in shifts], dtype=np.int64)
    rows, width = program.matrix.shape[0], len(columns) + seats
    matrix = program.matrix
    taken = sparse.csr_array((np.ones_like(filled), filled, ends), shape=(seats, width))
    empty = sparse.csr_array(
        (np.ones_like(wanted), len(columns) + np.arange(seats), np.arange(seats + 1)), shape=(seats, width)
    )
    wide = sparse.csr_array((matrix.data, matrix.indices, matrix.indptr), shape=(rows, width))
    found = engine(
        bounded(
            np.concatenate([program.cost, minutes * model.money.minute_price + 1]),
            np.concatenate([program.upper, wanted]),
            sparse.csr_array(sparse.vstack([wide, taken + empty], format="csr")),
            np.concatenate([program.low, wanted]),
            np.concatenate([program.high, wanted]),
        ),
        np.concatenate([named[columns], wanted]),
    ).x
    return None if found is None else (columns, found[: len(columns)])


def _minutes(model: RosterModel, work: Ints) -> int:
    return model.groups[int(model.column_groups[work[0]])].placement.work_minutes


def _settled(model: RosterModel, rows: Program, inside: Mask, named: Ints, engine: Engine) -> Ints | None:
    """The same people with counts, breaks and missing people that follow from them."""
    part = rows.part(inside & (model.owners == NOBODY), named)
    found = engine(part.program, named[part.columns]).x
    return None if found is None else part.into(named, found)
