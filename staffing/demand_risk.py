"""For which demand a desk is sized: the expected calls, or more, since a forecast is never certain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.notes import Note
from staffing.queueing.uncertain.cheapest import newsvendor_share, shortage_cost
from staffing.queueing.uncertain.rate import demand_quantile, rate_cv

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class DemandRisk:
    """Which quantile of each interval's uncertain rate of calls to size for; by default the expected calls.

    `quantile` names it, above 0 and below 1. Without it both costs do, in the currency's smallest unit: that of a
    call that is never answered, and of an agent for an hour; the share is then the newsvendor's, which
    `staffing.queueing.uncertain.cheapest` derives. The rate's spread is the forecast's dispersion beyond Poisson: the
    chance within the interval is part of every queueing formula and not counted twice.
    """

    quantile: float | None = None
    lost_call_cost: float | None = None
    agent_hour_cost: float | None = None

    def sized_calls(self, frame: pd.DataFrame, interval_seconds: float) -> Floats:
        """Calls per row of a forecast's frame to size for, shape (rows,)."""
        calls = frame["calls"].to_numpy(np.float64)
        share = self.shares(frame["aht_seconds"].to_numpy(np.float64), interval_seconds)
        if share is None:
            return calls
        return demand_quantile(calls, share, cv=rate_cv(calls, frame["dispersion"].to_numpy(np.float64)))

    def notes(self, expected: Floats, sized: Floats) -> tuple[Note, ...]:
        """What a reader of the requirement should know: none where it is sized for the expected calls."""
        if self == EXPECTED:
            return ()
        return (
            Note.of(
                "Sized for more demand than expected: {sized} calls instead of {expected}, since a forecast may be "
                "exceeded",
                sized=f"{sized.sum():,.0f}",
                expected=f"{expected.sum():,.0f}",
            )
            if sized.sum() >= expected.sum()
            else Note.of(
                "Sized for less demand than expected: {sized} calls instead of {expected}, as the share or the "
                "costs that are set ask for",
                sized=f"{sized.sum():,.0f}",
                expected=f"{expected.sum():,.0f}",
            ),
        )

    def shares(self, aht_seconds: Floats, interval_seconds: float) -> Floats | None:
        """The quantile per interval, shape as `aht_seconds`; None for the expected calls."""
        if self.quantile is not None:
            return np.full(aht_seconds.shape, self.quantile)
        if self.lost_call_cost is None or self.agent_hour_cost is None:
            return None
        wage = self.agent_hour_cost * interval_seconds / 3600
        short = shortage_cost(self.lost_call_cost, wage, aht_seconds, interval=interval_seconds)
        return np.asarray(newsvendor_share(short, wage))


EXPECTED = DemandRisk()
"""Size for the expected calls."""
