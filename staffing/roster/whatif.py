"""What a change of the problem is worth in money: both problems solved, and the interval that their bounds allow."""

from __future__ import annotations

from dataclasses import dataclass

from staffing.roster.clock import Stop
from staffing.roster.problem import RosterProblem
from staffing.roster.roster import RosterResult
from staffing.roster.solve import solve
from staffing.roster.whatif_changes import Change


@dataclass(frozen=True)
class WhatIf:
    """What the desk costs without and with a change, in the currency's smallest unit.

    `least_cost` is what a new person costs when they work no more than their contract's least hours; None for
    other changes.
    """

    change: Change
    base: RosterResult
    changed: RosterResult
    least_cost: int | None = None

    @property
    def value(self) -> tuple[int, int] | None:
        """The least and the most that the change can save; None where one of the problems has no roster.

        The value is the least cost without the change less the least cost with it. Neither is known exactly, only
        that it lies between a bound and an objective. A change that only allows more can save nothing less than 0,
        one that only forbids nothing more.
        """
        if not (self.base.found and self.changed.found):
            return None
        low = self.base.bound - self.changed.objective
        high = self.base.objective - self.changed.bound
        if self.change.allows_more > 0:
            low, high = max(low, 0), max(high, 0)
        elif self.change.allows_more < 0:
            low, high = min(low, 0), min(high, 0)
        return low, high


def what_if(
    problem: RosterProblem,
    change: Change,
    *,
    seconds: float = 60.0,
    seed: int = 1,
    gap: float = 0.0,
    base: RosterResult | None = None,
    stop: Stop | None = None,
) -> WhatIf:
    """Solve a problem without and with a change, with the same seed, the second starting from the first's roster.

    Args:
        problem: as it is.
        change: what to try.
        seconds: of search for each of the two.
        seed: of both searches.
        gap: enough for each search; the wider, the wider the interval of the value.
        base: the problem's own result, where it is known already.
        stop: ends a search and keeps its best roster.

    Raises:
        ValueError: a change that does not fit the problem.
        ConfigError: shift templates that the law does not allow.
    """
    other = change.applied(problem)
    if base is None:
        base = solve(problem, seconds=seconds, seed=seed, gap=gap, stop=stop)
    hint = base.roster if base.found else None
    changed = solve(other, seconds=seconds, seed=seed, gap=gap, stop=stop, hint=hint)
    return WhatIf(change, base, changed, change.least_cost(problem))
