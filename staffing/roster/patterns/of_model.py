"""A roster model as patterns see it: its program without columns that are mere sums, and a chain a person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from staffing.roster.limits import Limit
from staffing.roster.patterns.chain import NO_COLUMN, Chain, Count, Runs, Weekends, follows_after_rest
from staffing.roster.program import Ints, Mask, Program, joined
from staffing.roster.rules import (
    ConsecutiveDaysLeast,
    ConsecutiveDaysMost,
    ConsecutiveDaysOffLeast,
    ForbiddenSuccession,
    LegalRun,
    MinimumRest,
    Rule,
    WeekendsMost,
)
from staffing.roster.rules.weekends import SATURDAY, weekends_of
from staffing.roster.variables import Menu, RosterModel


@dataclass(frozen=True)
class Described:
    """The program that patterns search, over the model's own columns, and everybody's chain."""

    program: Program
    chains: tuple[Chain, ...]


def describe(model: RosterModel) -> Described:
    """What a pattern search needs of a model.

    Columns that are sums of a person's work columns are put in as those sums. Limits that one person's pattern
    shows by itself (runs, successions, weekends, counts over periods) go into the chains; all other rows stay rows.
    """
    program = _without_sums(model)
    limits: defaultdict[int, list[Limit]] = defaultdict(list)
    for limit in model.limits:
        limits[limit.agent].append(limit)
    structural: defaultdict[int, list[int]] = defaultdict(list)
    for agent, row in model.structural:
        structural[agent].append(row)
    kinds = _Kinds(model)
    whole = [
        _chain(model, program, kinds, agent, limits[agent], structural[agent])
        for agent in range(len(model.problem.agents))
    ]
    chains = tuple(chain.possible() for chain in whole)
    for chain, possible in zip(whole, chains, strict=True):
        program.upper[np.setdiff1d(chain.columns, possible.columns)] = 0
    return Described(program, chains)


def _without_sums(model: RosterModel) -> Program:
    """The model's program with each sum, and each shift's count, replaced by what it sums; their columns are 0.

    The rows that defined them are left without columns and go.
    """
    program = model.program
    sums = [*model.derived.sums, *((group.count, group.count_row) for group in model.groups)]
    if not sums:
        return replace(program, upper=program.upper.copy())
    columns, rows = (np.array(part, dtype=np.int64) for part in zip(*sums, strict=True))
    is_sum = np.zeros(program.columns, dtype=np.bool_)
    is_sum[columns] = True
    defining = program.matrix[rows].tocoo()
    member = ~is_sum[defining.col]
    others = np.flatnonzero(~is_sum)
    put_in = sparse.csr_array(
        (
            np.append(np.ones(len(others), dtype=np.int64), defining.data[member]),
            (np.append(others, columns[defining.row[member]]), np.append(others, defining.col[member])),
        ),
        shape=(program.columns, program.columns),
    )
    matrix = sparse.csr_array(program.matrix @ put_in)
    matrix.eliminate_zeros()
    upper = np.where(is_sum, 0, program.upper)
    return Program(program.cost, upper, matrix, program.low, program.high)


class _Kinds:
    """What each shift is to the rules of succession: one kind a code."""

    def __init__(self, model: RosterModel) -> None:
        self._menus: dict[int, tuple[Menu, Ints]] = {}
        self._known: dict[tuple[str, str], int] = {}
        self.shifts: list[
            tuple[str, str, int, int]
        ] = []  # template, code, start and end from the day's midnight
        horizon = model.problem.horizon
        edges = [horizon.at(day, 0).utcoffset() for day in (*model.days, model.days[-1])]
        self.steady = (
            len(set(edges)) == 1
        )  # no clock change, so that a pair of kinds rests alike on every day
        for agent in range(len(model.problem.agents)):
            for day in range(len(model.days)):
                self.of(model.options(agent, day).menu)

    def of(self, menu: Menu) -> Ints:
        """The kinds of a menu's placements. Shape (placements,)."""
        if id(menu) not in self._menus:
            self._menus[id(menu)] = (
                menu,
                np.array(
                    [
                        self._kind(p.template, p.shift.code, p.shift.start_minute, p.shift.end_minute)
                        for p in menu.placements
                    ],
                    dtype=np.int64,
                ),
            )
        return self._menus[id(menu)][1]

    def _kind(self, template: str, code: str, start: int, end: int) -> int:
        key = (template, code)
        if key not in self._known:
            self._known[key] = len(self.shifts)
            self.shifts.append((template, code, start, end))
        return self._known[key]

    def barred_by(self, rule: Rule, model: RosterModel) -> Mask | None:
        """Which kinds may not follow which on the next day; None where the rule is not of this sort."""
        if isinstance(rule, ForbiddenSuccession):
            return np.array(
                [
                    [
                        any((a, b) in rule.barred for a in before[:2] for b in after[:2])
                        for after in self.shifts
                    ]
                    for before in self.shifts
                ],
                dtype=np.bool_,
            ).reshape(len(self.shifts), len(self.shifts))
        if isinstance(rule, MinimumRest) and self.steady:
            starts = np.array([shift[2] for shift in self.shifts], dtype=np.int64)
            ends = np.array([shift[3] for shift in self.shifts], dtype=np.int64)
            rest = model.problem.pack.min_rest_minutes or 0
            return ~follows_after_rest(starts, ends, rest)
        return None


def _chain(
    model: RosterModel,
    program: Program,
    kinds: _Kinds,
    agent: int,
    limits: list[Limit],
    structural: list[int],
) -> Chain:
    days = range(len(model.days))
    options = [model.options(agent, day) for day in days]
    columns = joined([own.columns for own in options])
    shown = _Shown(model, program, agent, columns)
    follows = np.ones((len(kinds.shifts), len(kinds.shifts)), dtype=np.bool_)
    runs: dict[str, int] = {}
    weekends: Weekends | None = None
    rows, left = list(structural), []
    for rule, own in _by_rule(limits):
        hard = model.price(rule) is None
        barred = kinds.barred_by(rule, model) if hard else None
        if barred is not None:
            follows &= ~barred
            rows += [limit.row for limit in own if limit.last - limit.first == 1]
            left += [limit for limit in own if limit.last - limit.first != 1]
        elif hard and (run := _run(rule, model)) is not None:
            name, length = run
            runs[name] = (
                min(runs.get(name, length), length) if name == "max_work" else max(runs.get(name, 1), length)
            )
            rows += [limit.row for limit in own]
        elif hard and isinstance(rule, WeekendsMost) and weekends is None:
            weekends = shown.weekends(rule, own)
            left += [] if weekends is not None else own
        else:
            left += own
    person = model.problem.agents[agent]
    before = person.carried.consecutive_days if person.carried is not None else 0
    return Chain(
        columns=columns,
        days=np.repeat(np.array(days, dtype=np.int64), [len(own.columns) for own in options]),
        kinds=joined([kinds.of(own.menu) for own in options]),
        follows=follows,
        idle=np.ones(len(days), dtype=np.bool_),
        runs=Runs(**runs, worked_before=before or None),
        counts=tuple(shown.counts(left)),
        weekends=weekends,
        rows=tuple(rows),
    )


def _by_rule(limits: list[Limit]) -> list[tuple[Rule, list[Limit]]]:
    found: dict[int, tuple[Rule, list[Limit]]] = {}
    for limit in limits:
        found.setdefault(id(limit.rule), (limit.rule, []))[1].append(limit)
    return list(found.values())


def _run(rule: Rule, model: RosterModel) -> tuple[str, int] | None:
    """The side of a run that a rule limits, and its length in days."""
    match rule:
        case ConsecutiveDaysMost():
            return "max_work", rule.days
        case LegalRun() if model.problem.pack.max_consecutive_days is not None:
            return "max_work", model.problem.pack.max_consecutive_days
        case ConsecutiveDaysLeast():
            return "min_work", rule.days
        case ConsecutiveDaysOffLeast():
            return "min_off", rule.days
    return None


class _Shown:
    """What of a person's limits their options show."""

    def __init__(self, model: RosterModel, program: Program, agent: int, columns: Ints) -> None:
        self._model = model
        self._program = program
        self._agent = agent
        self._columns = columns
        self._place = {int(column): i for i, column in enumerate(columns)}

    def counts(self, limits: list[Limit]) -> list[Count]:
        """The limits that are sums of the person's options, apart from slack of their own."""
        found = []
        for limit in limits:
            weights = self._weights(limit)
            if weights is not None:
                found.append(self._count(limit, weights))
        return found

    def _weights(self, limit: Limit) -> Ints | None:
        """What each option adds to a limit's sum; None when something else does, or takes away. Shape (options,)."""
        matrix = self._program.matrix
        inside = slice(matrix.indptr[limit.row], matrix.indptr[limit.row + 1])
        weights = np.zeros(len(self._columns), dtype=np.int64)
        for column, factor in zip(matrix.indices[inside].tolist(), matrix.data[inside].tolist(), strict=True):
            if column in (limit.under, limit.over):
                continue
            if column not in self._place or factor < 0:
                return None
            weights[self._place[column]] = factor
        return weights

    def _count(self, limit: Limit, weights: Ints) -> Count:
        most = int(weights.sum())
        return Count(
            first=limit.first,
            last=limit.last,
            weights=weights,
            low=0 if limit.low is None else max(0, limit.low),
            high=most if limit.high is None else limit.high,
            rows=(limit.row,),
            under_column=NO_COLUMN if limit.under is None else limit.under,
            over_column=NO_COLUMN if limit.over is None else limit.over,
        )

    def weekends(self, rule: WeekendsMost, limits: list[Limit]) -> Weekends | None:
        """The weekends that the person can work, when each has a column of its own or both days one option."""
        rows = dict(self._model.derived.any)
        saturdays: list[int] = []
        columns: list[int] = []
        links: list[int] = []
        for days in weekends_of(self._model):
            column = self._model.working_any(self._agent, days)
            if column is None:
                continue
            if column not in rows:
                return None
            saturdays.append(
                days.start if self._model.days[days.start].weekday() == SATURDAY else days.start - 1
            )
            columns.append(column)
            links += rows[column]
        return Weekends(
            np.array(saturdays, dtype=np.int64),
            np.array(columns, dtype=np.int64),
            rule.weekends,
            tuple(links),
            tuple(limit.row for limit in limits),
        )
