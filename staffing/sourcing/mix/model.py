"""The whole program of a mix, and how a solution of it is read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf, isfinite

import numpy as np

from staffing.sourcing.mix.curves import constant, following
from staffing.sourcing.mix.own_desk import add_own_desk
from staffing.sourcing.mix.parts import (
    Part,
    PiecesOf,
    add_booths,
    add_call_plan,
    add_hourly,
    add_overflow,
    add_overflow_calls,
)
from staffing.sourcing.mix.plan import MixPlan, SourcePlan
from staffing.sourcing.mix.problem import MixProblem
from staffing.sourcing.mix.segments import Pieces, above, corners
from staffing.sourcing.mix.sheet import Floats, Ints, Program, Sheet, Term
from staffing.sourcing.mix.sources import Booths, CallPlan, Contract, Hourly, Overflow, OwnDesk

PIECES = 3  # straight pieces a curve of agents is replaced by
_NO_SHARE = 1e-6  # of overflow points that counts as none


@dataclass(frozen=True, eq=False)
class Model:
    """A problem's program, with the parts that its columns belong to, in the problem's order.

    `used` (sources,) are the 0/1 columns that say whether a source is ever active; `sizing_error` the largest mean
    overstatement of agents by the straight pieces, as a share.
    """

    problem: MixProblem
    sheet: Sheet
    program: Program
    parts: tuple[Part, ...]
    used: Ints
    sizing_error: float

    def read(self, x: Floats) -> MixPlan:
        """The plan that a solution describes; whole numbers are rounded, tiny volumes are none."""
        parts = {part.source.name: part for part in self.parts}
        found = [_read(self.problem, parts[source.name], x) for source in self.problem.sources]
        for desk, own in zip(self.problem.sources, found, strict=True):
            if isinstance(desk, OwnDesk):
                for number, source in enumerate(self.problem.sources):
                    if isinstance(source, Overflow):
                        left = _overflowed(self.problem, desk, own, source.name)
                        found[number] = replace(found[number], calls=left)
        return MixPlan(tuple(found))


def build(problem: MixProblem, pieces: int = PIECES) -> Model:
    """Write the program down."""
    sheet, sizer = Sheet(), _Sizer(problem, pieces)
    parts: list[Part] = [add_overflow(sheet, problem, x) for x in problem.sources if isinstance(x, Overflow)]
    running = {part.source.name: part.activity for part in parts}
    overflows = list(parts)
    for source in problem.sources:
        match source:
            case OwnDesk():
                desk = add_own_desk(sheet, problem, source, sizer.of(source), running)
                assert desk.cells is not None
                for part in overflows:
                    add_overflow_calls(sheet, problem, part, desk.cells.points, desk.cells)
                parts.append(desk)
            case Booths():
                parts.append(add_booths(sheet, problem, source, sizer.of(source)))
            case CallPlan():
                parts.append(add_call_plan(sheet, problem, source, sizer.of(source)))
            case Hourly():
                parts.append(add_hourly(sheet, problem, source, sizer.of(source)))
    by_name = {part.source.name: part for part in parts}
    ordered = tuple(by_name[source.name] for source in problem.sources)
    _cover(sheet, problem, ordered)
    _limit(sheet, problem, ordered)
    _order_alike(sheet, ordered)
    used = np.array([part.activity.used for part in ordered])
    return Model(problem, sheet, sheet.build(), ordered, used, sizer.error)


class _Sizer:
    """Pieces of each source's curves; those of teams alike are made once."""

    def __init__(self, problem: MixProblem, pieces: int) -> None:
        self._problem, self._count = problem, pieces
        self._known: dict[tuple[object, ...], Pieces] = {}

    @property
    def error(self) -> float:
        """The largest error of all pieces made."""
        return max((pieces.error for pieces in self._known.values()), default=0.0)

    def of(self, source: Contract) -> PiecesOf:
        """By team and class, where the source takes any calls."""
        problem, found = self._problem, {}
        erlangs, serves = problem.erlangs(source), problem.serves(source)
        for team, kinds in enumerate(problem.teams(source)):
            for part, kind in enumerate(problem.classes):
                able = [k for k in kinds if serves[k, part]]
                loads = (problem.calls[:, able, part] * erlangs[:, able, part]).sum(axis=1)
                if able and loads.max() > 0:
                    aht = problem.team_aht(source, kinds)
                    follows = isinstance(source, (OwnDesk, Hourly))
                    key = (follows, aht, kind.slots, float(loads.max()))
                    if key not in self._known:
                        self._known[key] = self._pieces(*key)
                    found[team, part] = self._known[key]
        return found

    def _pieces(
        self, follows: bool, aht: float, slots: tuple[tuple[float, float], ...], most: float
    ) -> Pieces:
        asked = (self._problem.targets, aht, self._problem.patience_seconds, slots, most)
        return above(following(*asked), self._count) if follows else corners(constant(*asked), self._count)


def _cover(sheet: Sheet, problem: MixProblem, parts: tuple[Part, ...]) -> None:
    """Every call enters one source."""
    for month, kind, part in np.argwhere(problem.calls > 0).tolist():
        terms: list[Term] = []
        for each in parts:
            if each.cells is not None:
                terms.extend(each.cells.entering(month, kind, part))
        sheet.row(terms, 1, 1)


def _limit(sheet: Sheet, problem: MixProblem, parts: tuple[Part, ...]) -> None:
    limits = problem.limits
    if limits.most_vendors is not None:
        vendors = [(part.activity.used, 1.0) for part in parts if not isinstance(part.source, OwnDesk)]
        sheet.row(vendors, high=limits.most_vendors)
    if limits.own_share > 0:
        desk = next((part.cells for part in parts if isinstance(part.source, OwnDesk)), None)
        for month in range(problem.shape[0]):
            kept: list[Term] = []
            for j, point in enumerate(desk.points if desk else ()):
                kept.extend(desk.calls_at(j, month, point.kept) if desk else ())
            sheet.row(kept, low=limits.own_share * float(problem.calls[month].sum()))
    if isfinite(limits.budget_month):
        for month in range(problem.shape[0]):
            sheet.row(sheet.month_terms(month), high=limits.budget_month)
    if limits.budget_total < inf:
        every = [term for month in range(problem.shape[0] + 1) for term in sheet.month_terms(month)]
        sheet.row(every, high=limits.budget_total)


def _order_alike(sheet: Sheet, parts: tuple[Part, ...]) -> None:
    """Of vendors that differ in name only, the first is active in the most months."""
    for number, part in enumerate(parts):
        for later in parts[number + 1 :]:
            if (
                type(later.source) is type(part.source)
                and replace(later.source, name=part.source.name) == part.source
            ):
                first = [(int(column), 1.0) for column in part.activity.active]
                sheet.row([*first, *((int(column), -1.0) for column in later.activity.active)], low=0)
                break


def _read(problem: MixProblem, part: Part, x: Floats) -> SourcePlan:
    months, kinds, parts = problem.shape
    teams = len(problem.teams(part.source))
    values = np.append(x, 0.0)  # column -1 is none

    def of(name: str, shape: tuple[int, ...]) -> Floats:
        columns = part.columns.get(name)
        return np.zeros(shape) if columns is None else np.maximum(values[columns], 0.0)

    def whole(name: str, shape: tuple[int, ...]) -> Ints:
        return np.rint(of(name, shape)).astype(np.int64)

    calls = np.zeros((months, kinds, parts))
    agents, kept = np.ones((teams, months, parts)), np.ones((teams, months, parts))
    staffed = np.ones((teams, months, parts), dtype=np.bool_)
    overflow = np.full((teams, months, parts), "", dtype=object)
    if part.cells is not None:
        calls = part.cells.amounts(x).sum(axis=0)
        for (month, where), by_team in part.needs.items():
            for team, sized in by_team.items():
                weights = np.maximum(values[sized.picks].sum(axis=1), 0.0)
                staffed[team, month, where] = weights.sum() > 0.5
                if not staffed[team, month, where]:  # what a solver's tolerance leaves there is no work
                    calls[month, list(problem.teams(part.source)[team]), where] = 0.0
                over = [number for number, point in enumerate(part.cells.points) if point.overflow]
                if not over or weights[over].sum() <= _NO_SHARE:
                    continue
                weights /= weights.sum()
                points = part.cells.points
                agents[team, month, where] = weights @ [point.agents for point in points]
                kept[team, month, where] = weights @ [point.kept for point in points]
                overflow[team, month, where] = points[max(over, key=lambda number: weights[number])].overflow
    return SourcePlan(
        name=part.source.name,
        active=values[part.activity.active] > 0.5,
        calls=calls,
        hours=of("hours", (months, parts)),
        seats=whole("seats", (months, parts)),
        places=whole("places", (months,)),
        channels=whole("channels", (months,)),
        heads=of("heads", (months,)),
        hires=whole("hires", (months,)),
        released=whole("released", (months,)),
        staffed=staffed,
        agents_share=agents,
        kept_share=kept,
        overflow_to=overflow.astype(np.str_),
    )


def _overflowed(problem: MixProblem, desk: OwnDesk, own: SourcePlan, name: str) -> Floats:
    """Calls that the desk leaves to an overflow contract, (months, types, classes)."""
    found = np.zeros_like(own.calls)
    left = (1 - own.kept_share) * (own.overflow_to == name)
    for team, kinds in enumerate(problem.teams(desk)):
        for kind in kinds:
            found[:, kind, :] = own.calls[:, kind, :] * left[team]
    return found
