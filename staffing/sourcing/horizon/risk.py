"""What an option costs and gives when calls do not come as forecast, and how options compare path by path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.sourcing.horizon.cashflow import discounts
from staffing.sourcing.horizon.served import Curves, Seated
from staffing.sourcing.horizon.variable import Bought, taken, variable_cost

Floats = npt.NDArray[np.float64]
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class Outcome:
    """One option over all paths; arrays of shape (paths,), money in the smallest currency unit."""

    total: Floats
    present_value: Floats
    abandonment: Floats
    service_level: Floats
    months_missed: Floats  # in which the month's own figures miss the target


@dataclass(frozen=True)
class Risk:
    """Outcomes of every option under the same draws; the sizes are those decided on the forecast."""

    outcomes: Mapping[str, Outcome]

    @property
    def unmoved(self) -> tuple[str, ...]:
        """Options that cost the same on every path: no part of their bill is known to follow the calls."""
        return tuple(name for name, found in self.outcomes.items() if np.ptp(found.total) < 0.5)

    def quantiles(self, shares: Sequence[float] = QUANTILES) -> pd.DataFrame:
        """One row per option and quantity (a field of `Outcome`): `option`, `quantity`, `mean`, a column a share."""
        rows = [
            (option, name, float(values.mean()), *np.quantile(values, shares))
            for option, outcome in self.outcomes.items()
            for name, values in vars(outcome).items()
        ]
        return pd.DataFrame(
            rows, columns=["option", "quantity", "mean", *(f"q{share:g}" for share in shares)]
        )

    def differences(self, shares: Sequence[float] = QUANTILES) -> pd.DataFrame:
        """One row per ordered pair of options: `option` less `other`, path by path, in present value.

        Columns: `option`, `other`, `mean`, `standard_deviation`, one column a share, `chance_cheaper` (share of
        paths on which `option` costs less; paths of equal cost count half).
        """
        names = list(self.outcomes)
        rows = []
        for one in names:
            for other in names:
                if one != other:
                    gap = self.outcomes[one].present_value - self.outcomes[other].present_value
                    chance = float((gap < 0).mean() + 0.5 * (gap == 0).mean())
                    rows.append((one, other, gap.mean(), gap.std(), *np.quantile(gap, shares), chance))
        columns = ["option", "other", "mean", "standard_deviation", *(f"q{share:g}" for share in shares)]
        return pd.DataFrame(rows, columns=[*columns, "chance_cheaper"])


def outcome(
    months: Sequence[tuple[Bought, Seated]],
    curves: Curves,
    fixed: Floats,
    once: Floats,
    factors: Floats,
    rate: float,
) -> Outcome:
    """Serve and price one option on every path.

    Args:
        months: what was bought in each month.
        curves: what it gives, over the range of `factors`.
        fixed: the month's bill at the forecast without what follows the calls, shape (months,).
        once: the part of it that is paid at the start of its month.
        factors: calls over forecast, shape (paths, months).
        rate: yearly rate of discount.
    """
    shape = factors.shape
    offered, handled, good = (np.zeros(shape) for _ in range(3))
    level, variable = np.ones(shape), np.zeros(shape)
    missed = np.zeros(shape[0])
    for number, (bought, seated) in enumerate(months):
        answered = curves.handled_at(number, factors[:, number])
        got = taken(bought, answered)
        variable[:, number] = variable_cost(bought, got)
        attempts = seated.case.total_calls * factors[:, number]
        before, after = (np.asarray(sum(parts.values())) for parts in (answered, got))
        share = np.divide(after, before, out=np.ones_like(before), where=before > 0)
        level[:, number] = curves.level_at(number, factors[:, number]) * share
        offered[:, number], handled[:, number] = attempts, np.minimum(after, attempts)
        good[:, number] = level[:, number] * attempts
        missed += _misses(seated, 1 - handled[:, number] / np.maximum(attempts, 1e-300), level[:, number])
    start, end = discounts(shape[1], rate)
    cost = fixed + variable
    whole = np.maximum(offered.sum(axis=1), 1e-300)
    return Outcome(
        total=cost.sum(axis=1),
        present_value=once @ start + (cost - once) @ end,
        abandonment=np.maximum(0.0, 1 - handled.sum(axis=1) / whole),
        service_level=good.sum(axis=1) / whole,
        months_missed=missed,
    )


def _misses(seated: Seated, lost: Floats, level: Floats) -> npt.NDArray[np.bool_]:
    """Months whose abandonment or service level misses the target; speed of answer is not judged here."""
    targets = seated.case.targets
    missed = np.zeros(len(lost), dtype=np.bool_)
    if targets.abandonment is not None:
        missed |= lost > targets.abandonment + 1e-6
    if targets.service_level is not None:
        missed |= level < targets.service_level - 1e-6
    return missed
