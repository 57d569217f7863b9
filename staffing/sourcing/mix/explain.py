"""Why no mix exists: calls that nobody can take, and single changes each of which lets them through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from time import monotonic

import numpy as np

from staffing.notes import Note
from staffing.sourcing.figures import Figure
from staffing.sourcing.mix.engine import minimise
from staffing.sourcing.mix.model import build
from staffing.sourcing.mix.problem import MixProblem
from staffing.sourcing.mix.sources import Booths, CallPlan, Hourly, OwnDesk, Source, Tier

_NOBODY = "\0"  # the name of a source that takes whatever no other can
_FURTHER = 64  # steps that a whole limit is raised by at most
_TOLD = 3  # changes that are named
_ENOUGH = 1e-4  # share of a cell's calls that counts as left over
Change = Callable[[float], MixProblem]


@dataclass(frozen=True)
class Loosening:
    """A figure that could be other: `values` from the nearest to the furthest, and the problem at each."""

    text: str
    source: str
    now: float
    values: Sequence[float]
    at: Change

    def told(self, value: float) -> Note:
        """The change in words."""
        return Note.of(self.text, source=self.source, now=f"{self.now:,.10g}", then=f"{value:,.10g}")


def why_none(problem: MixProblem, seconds: float) -> tuple[Note, ...]:
    """What is left over where as little as possible is, then single changes that let it through, nearest values.

    Changes are tried one by one for as long as the time lasts: none that is named does not mean that none would do.
    """
    until = monotonic() + seconds
    found = list(_left(problem, seconds / 3))
    changes = 0
    for each in _loosenings(problem):
        if changes == _TOLD or monotonic() > until:
            break
        value = _nearest(each, until)
        if value is not None:
            changes += 1
            found.append(each.told(value))
    return tuple(found)


def _left(problem: MixProblem, seconds: float) -> Iterator[Note]:
    """The first month, class and type whose calls nobody takes when as few as possible are left."""
    nobody = CallPlan(
        name=_NOBODY, tiers=(Tier(Figure(0.0)),), certificates=_every(problem), most_channels=10_000
    )
    most = problem.limits.most_vendors
    limits = replace(problem.limits, most_vendors=None if most is None else most + 1)
    model = build(replace(problem, sources=(*problem.sources, nobody), limits=limits), 1)
    cells = model.parts[-1].cells
    assert cells is not None
    cost = np.zeros_like(model.program.cost)
    inside = cells.shares[0] >= 0
    cost[cells.shares[0][inside]] = problem.calls[inside]
    found = minimise(replace(model.program, cost=cost), seconds, 0.01)
    if found.x is None:
        return
    taken = cells.amounts(found.x)[0]
    for month, kind, part in np.argwhere(taken > _ENOUGH * problem.calls).tolist():
        values = {
            "month": problem.months[month],
            "calls": f"{taken[month, kind, part]:,.0f}",
            "type": problem.types[kind].name,
            "hours": problem.classes[part].name,
        }
        able = [source for source in problem.sources if problem.serves(source)[kind, part]]
        if not able:
            yield Note.of("{month}: no source serves {type}, {hours}: {calls} calls", **values)
        elif all(_first(source) > month for source in able):
            text = "{month}: no source can have begun that takes {type}, {hours}: {calls} calls"
            yield Note.of(text, **values)
        else:
            yield Note.of("{month}: no source takes {calls} calls of {type}, {hours}", **values)
        return


def _every(problem: MixProblem) -> frozenset[str]:
    return frozenset().union(*(kind.certificates for kind in problem.types))


def _first(source: Source) -> int:
    """The first month in which a source can take calls."""
    if source.terms.begun:
        return source.hire_lead if isinstance(source, OwnDesk) and not source.heads else 0
    return max(source.terms.lead, source.hire_lead) if isinstance(source, OwnDesk) else source.terms.lead


def _nearest(each: Loosening, until: float) -> float | None:
    """The first value at which a mix exists; None where there is none at the furthest."""
    low, high = -1, len(each.values) - 1
    if not _exists(each.at(each.values[high]), until):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _exists(each.at(each.values[middle]), until) else (middle, high)
    return each.values[high]


def _exists(problem: MixProblem, until: float) -> bool:
    program = build(problem, 1).program
    free = replace(program, cost=np.zeros_like(program.cost))
    return minimise(free, max(0.5, until - monotonic()), 1.0).x is not None


def _loosenings(problem: MixProblem) -> Iterator[Loosening]:
    yield from _limits(problem)
    for source in problem.sources:
        yield from _leads(problem, source)
    for source in problem.sources:
        yield from _most(problem, source)


def _with(problem: MixProblem, source: Source) -> MixProblem:
    return problem.with_sources(tuple(source if x.name == source.name else x for x in problem.sources))


def _leads(problem: MixProblem, source: Source) -> Iterator[Loosening]:
    lead = _first(source)

    def begun_by(value: float) -> MixProblem:
        months = int(value)
        changed = replace(source, terms=replace(source.terms, lead=min(source.terms.lead, months)))
        if isinstance(changed, OwnDesk):
            sooner = min(changed.hire_lead, months)
            changed = replace(changed, hire_lead=sooner, training=min(changed.training, sooner))
        return _with(problem, changed)

    if lead:
        text = "A mix exists if {source} can take calls {then} months after the first month begins, not {now}"
        yield Loosening(text, source.name, lead, range(lead - 1, -1, -1), begun_by)


def _most(problem: MixProblem, source: Source) -> Iterator[Loosening]:
    """Limits of what a source sells."""
    name: str | None = None
    match source:
        case Booths():
            name, text = "most_seats", "A mix exists if {source} sells {then} seats, not {now}"
        case CallPlan():
            name, text = "most_channels", "A mix exists if {source} sells {then} channels, not {now}"
        case Hourly():
            name, text = "most_agents", "A mix exists if {source} sells {then} agents at a time, not {now}"
        case OwnDesk():
            name, text = "most_heads", "A mix exists if {source} may have {then} heads, not {now}"
    if name is not None:
        key, now = name, float(getattr(source, name))
        yield Loosening(
            text,
            source.name,
            now,
            [now + step for step in range(1, _FURTHER + 1)],
            lambda value: _with(problem, replace(source, **{key: int(value)})),  # type: ignore[arg-type]
        )


def _limits(problem: MixProblem) -> Iterator[Loosening]:
    limits = problem.limits

    def at(key: str) -> Change:
        return lambda value: replace(problem, limits=replace(limits, **{key: value}))  # type: ignore[arg-type]

    if limits.most_vendors is not None:
        values = range(limits.most_vendors + 1, len(problem.sources) + 1)
        text = "A mix exists with {then} vendors, not {now}"
        if values:
            yield Loosening(text, "", limits.most_vendors, values, at("most_vendors"))
    if limits.own_share > 0:
        values_ = [limits.own_share * (100 - step) / 100 for step in range(1, 101)]
        text = "A mix exists if own agents take a share of {then} of the calls, not {now}"
        yield Loosening(text, "", limits.own_share, values_, at("own_share"))
    for key, text in (
        ("budget_month", "A mix exists if {then} may be paid in a month, not {now}"),
        ("budget_total", "A mix exists if {then} may be paid in all, not {now}"),
    ):
        now = float(getattr(limits, key))
        if isfinite(now) and now > 0:
            steps = [round(now * (1 + step / 50)) for step in range(1, 201)]
            yield Loosening(text, "", now, steps, at(key))
