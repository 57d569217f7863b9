"""A situation: everything that a comparison of options depends on, and the costs that follow from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from staffing.sourcing.case import Case
from staffing.sourcing.comparison import OptionService
from staffing.sourcing.horizon.project import project
from staffing.sourcing.horizon.shape import DemandShape
from staffing.sourcing.horizon.volumes import Season
from staffing.sourcing.quotes import Context, quote
from staffing.sourcing.tariffs import Consignment, Offered, Overflow, Peak, Tariffs


@dataclass(frozen=True)
class Situation:
    """A tariff file, a desk and a horizon; `calls` are those of a mean month at its start.

    `rate` is the yearly rate of discount. `only` names the options that are compared; all when empty.
    """

    tariffs: Tariffs
    shape: DemandShape
    calls: float
    start: str
    months: int = 12
    growth: float = 0.0
    rate: float = 0.0
    season: Season | None = None
    only: tuple[str, ...] = ()

    @property
    def aht_seconds(self) -> float:
        """Mean handling time of the typical week's calls."""
        typical = self.shape.typical
        weight = typical["weight"].to_numpy(np.float64)
        return float(weight @ typical["aht_seconds"].to_numpy(np.float64) / weight.sum())

    def with_aht(self, seconds: float) -> Situation:
        """The same with every handling time in proportion."""
        return replace(self, shape=self.shape.with_aht(seconds / self.aht_seconds))


Costs: TypeAlias = pd.DataFrame
"""One row per option: `option`, `cost` (float, smallest currency unit), `meets_target` (what is asked, all of it)."""

Evaluate: TypeAlias = Callable[[Situation], Costs]


def monthly_costs(situation: Situation) -> Costs:
    """A month of the mean volume, what is paid once left out: quick, and blind to terms, growth and season.

    What lost calls are worth is part of the cost where the tariffs count it.
    """
    return Monthly()(situation)


@dataclass
class Monthly:
    """`monthly_costs` that remembers: an option is priced anew only where something that it depends on has changed.

    Inputs are moved one at a time, and most prices belong to one offer.
    """

    _cases: dict[tuple[int, str, float], tuple[DemandShape, Case]] = field(default_factory=dict, repr=False)
    _found: dict[tuple[int, ...], tuple[tuple[Any, ...], OptionService]] = field(
        default_factory=dict, repr=False
    )

    def __call__(self, situation: Situation) -> Costs:
        """As `monthly_costs`."""
        case = self._case(situation)
        return _costs(situation, [self._summary(offer, case, situation) for offer in _offers(situation)])

    def _case(self, situation: Situation) -> Case:
        shape = situation.shape
        key = id(shape), situation.start, situation.calls
        if key not in self._cases:
            self._cases[key] = shape, shape.case(situation.start, situation.calls)
        return self._cases[key][1]

    def _summary(self, offer: Offered, case: Case, situation: Situation) -> OptionService:
        on = (offer, case, *_depends_on(offer, situation.tariffs))
        key = tuple(map(id, on))  # the parts are kept, so that no other takes their ids
        if key not in self._found:
            self._found[key] = on, quote(offer, case, Context(situation.tariffs)).summary
        return self._found[key][1]


def _depends_on(offer: Offered, tariffs: Tariffs) -> tuple[Any, ...]:
    """The parts of a tariff file beside the offer that its quote reads."""
    every = tariffs.requirements, tariffs.lost_calls
    if isinstance(offer, (Overflow, Peak)):
        return (*every, tariffs.in_house, *(tariffs.named(name) for name in offer.needs))
    return (*every, tariffs.in_house) if isinstance(offer, Consignment) else every


def _costs(situation: Situation, found: list[OptionService]) -> Costs:
    return pd.DataFrame(
        {
            "option": [summary.option for summary in found],
            "cost": [float(summary.total - summary.one_off + _lost(situation, summary)) for summary in found],
            "meets_target": [summary.meets_target for summary in found],
        }
    )


def present_values(situation: Situation) -> Costs:
    """Present value over the horizon, with what is paid once and what terms force to be kept."""
    found = project(
        _offers(situation),
        situation.shape,
        Context(situation.tariffs),
        start=situation.start,
        months=situation.months,
        calls=situation.calls,
        growth=situation.growth,
        season=situation.season,
        rate=situation.rate,
    ).options
    return pd.DataFrame(
        {
            "option": found["option"],
            "cost": found["present_value"] + (found["lost_calls_value"] if _counted(situation) else 0.0),
            "meets_target": found["months_missed"] == 0,
        }
    )


def best(costs: Costs) -> str | None:
    """The cheapest option that gives what is asked; None when none does; the first of equals."""
    fit = costs[costs["meets_target"]]
    return None if fit.empty else str(fit["option"].iloc[int(fit["cost"].to_numpy().argmin())])


def _counted(situation: Situation) -> bool:
    prices = situation.tariffs.lost_calls
    return prices is not None and prices.counted


def _lost(situation: Situation, summary: OptionService) -> int:
    return (summary.lost_calls_cost or 0) if _counted(situation) else 0


def _offers(situation: Situation) -> list[Offered]:
    offers = situation.tariffs.every
    return [offer for offer in offers if not situation.only or offer.name in situation.only]
