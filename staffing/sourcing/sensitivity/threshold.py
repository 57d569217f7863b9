"""The value of an input at which another option becomes the best."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from staffing.errors import ConfigError, SettingFault
from staffing.sourcing.sensitivity.inputs import with_value
from staffing.sourcing.sensitivity.situation import Costs, Evaluate, Situation, best, monthly_costs

STRAIGHT = 1.5  # how far a cost may lie off a straight line, in smallest currency units: lines are rounded
CLEAR = 100.0  # how much two costs must move against each other for rounding not to matter
FIRST = 8  # stretches that the range is cut into to begin with


@dataclass(frozen=True)
class Threshold:
    """Beyond `value` of the input `after` is the best instead of `before` (None: none gives what is asked).

    `exact`: both costs are straight lines about it, but for rounding, and `value` is where the lines meet; else it is
    right to within the tolerance, as where a size steps or a target is no longer reached.
    """

    path: str
    value: float
    before: str | None
    after: str | None
    exact: bool


def thresholds(
    situation: Situation,
    path: str,
    low: float,
    high: float,
    *,
    tolerance: float | None = None,
    evaluate: Evaluate = monthly_costs,
) -> tuple[Threshold, ...]:
    """All values between `low` and `high` at which the best option changes.

    The range is cut into 8 stretches; where the best differs between the ends of a stretch the change is closed in
    on. Two changes that undo one another within a stretch are not seen; prices alone cannot make such a pair where
    only two options compete, since costs are linear in a price.

    Args:
        situation: where everything else stays.
        path: the input.
        low: smallest value.
        high: largest value.
        tolerance: of a value that is not exact; a millionth of the range by default.
        evaluate: the costs that decide.

    Raises:
        ConfigError: a range that is none, an input that does not exist or may not take a value of the range.
    """
    if not low < high:
        raise ConfigError("sensitivity", [SettingFault("low", f"{low:g}", f"must lie below high = {high:g}")])
    line = _Line(situation, path, evaluate, (high - low) * 1e-6 if tolerance is None else tolerance)
    ends = pairwise(np.linspace(low, high, FIRST + 1).tolist())
    return tuple(found for a, b in ends for found in line.changes(a, b))


@dataclass
class _Line:
    """The costs along one input."""

    situation: Situation
    path: str
    evaluate: Evaluate
    tolerance: float
    _known: dict[float, Costs] = field(default_factory=dict)

    def costs(self, value: float) -> Costs:
        if value not in self._known:
            self._known[value] = self.evaluate(with_value(self.situation, self.path, value))
        return self._known[value]

    def best(self, value: float) -> str | None:
        return best(self.costs(value))

    def changes(self, low: float, high: float) -> Iterator[Threshold]:
        before, after = self.best(low), self.best(high)
        if before == after:
            return
        meeting = self._meeting(low, high, before, after)
        if meeting is not None:
            yield Threshold(self.path, meeting, before, after, exact=True)
        elif high - low <= self.tolerance:
            yield Threshold(self.path, high, before, after, exact=False)
        else:
            middle = (low + high) / 2
            yield from self.changes(low, middle)
            yield from self.changes(middle, high)

    def _meeting(self, low: float, high: float, before: str | None, after: str | None) -> float | None:
        """Where two straight costs meet, if they are straight and nothing else is the best in between."""
        if before is None or after is None:
            return None
        one, two = self._straight(low, high, before), self._straight(low, high, after)
        if one is None or two is None:
            return None
        gap_low, gap_high = two[0] - one[0], two[1] - one[1]
        if abs(gap_low - gap_high) < CLEAR:
            return None
        value = low + (high - low) * gap_low / (gap_low - gap_high)
        between = {self.best(low + (high - low) * share) for share in (0.25, 0.5, 0.75)}
        return value if between <= {before, after} and low <= value <= high else None

    def _straight(self, low: float, high: float, option: str) -> tuple[float, float] | None:
        """The costs at both ends, if the option can be had and its cost is straight all the way."""
        values = np.linspace(low, high, 5)
        found = []
        for value in values.tolist():
            costs = self.costs(value)
            own = costs[costs["option"] == option]
            if not own["meets_target"].all():
                return None
            found.append(float(own["cost"].sum()))
        line = found[0] + (found[-1] - found[0]) * np.linspace(0, 1, 5)
        straight = np.abs(np.array(found) - line).max() <= STRAIGHT
        return (found[0], found[-1]) if straight else None
