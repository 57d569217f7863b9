"""Measures begun together at the start of a horizon: what they avoid and cost until it ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from staffing.sourcing.lines import ONCE, CostLine, total
from staffing.sourcing.measures.effect_of import Judge, Running, State
from staffing.sourcing.measures.effects import Level
from staffing.sourcing.measures.timing import bill, starts_after


@dataclass(frozen=True)
class Introduced:
    """Some measures at one level of their effects; sums over the horizon."""

    state: State
    """With all of them in force, a month."""
    lines: tuple[tuple[str, CostLine], ...]
    """What is paid, with the measure that it is paid for."""
    avoided: float
    """Calls."""

    @property
    def cost(self) -> int:
        """Of all lines, in the smallest currency unit."""
        return total(line for _, line in self.lines)

    @property
    def one_off(self) -> int:
        """Of the lines paid at the start."""
        return total(line for _, line in self.lines if line.unit == ONCE)

    @property
    def cost_per_call(self) -> float:
        """Cost / calls avoided; infinite when none is."""
        return self.cost / self.avoided if self.avoided > 0 else inf


def introduced(judge: Judge, names: Iterable[str], months: int, level: Level = "expected") -> Introduced:
    """Begin measures together; each works when its lead time, and that of what it requires, is over."""
    chosen = frozenset(names)
    measures = [measure for measure in judge.catalogue.measures if measure.name in chosen]
    starts = starts_after(judge.catalogue, [measure.name for measure in measures])
    heads = judge.desk.heads
    lines = [(each.name, line) for each in measures for line in bill(Running(each, 0.0, 0.0), heads, 0)]
    avoided = 0.0
    times = sorted({0, months, *(start for start in starts.values() if start < months)})
    for begin, end in pairwise(times):
        now = judge.state((name for name, start in starts.items() if start <= begin), level)
        avoided += (judge.before.lost - now.lost) * (end - begin)
        for each in now.running:
            monthly = (line for line in bill(each, heads, end - begin) if line.unit != ONCE)
            lines += [(each.measure.name, line) for line in monthly]
    return Introduced(judge.state(chosen, level), tuple(lines), avoided)
