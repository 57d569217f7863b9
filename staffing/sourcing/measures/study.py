"""Measures against lost calls: why calls are lost, what each measure costs a call avoided, which, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
import pandas as pd

from staffing.errors import ConfigError, SettingFault
from staffing.notes import Note
from staffing.sourcing.lines import ledger
from staffing.sourcing.measures.best_set import BestSet, best_set, sums
from staffing.sourcing.measures.desk import Desk, Floats
from staffing.sourcing.measures.diagnosis import Diagnosis, diagnose
from staffing.sourcing.measures.effect_of import Judge, State
from staffing.sourcing.measures.introduced import Introduced, introduced
from staffing.sourcing.measures.joint import MOST, Joint, joint
from staffing.sourcing.measures.measure import Catalogue
from staffing.sourcing.measures.order import Aim, Order, best_order
from staffing.sourcing.measures.placing import Placing, best_placing
from staffing.sourcing.measures.ranking import ranking
from staffing.sourcing.measures.remarks import remarks

LONGEST = 120  # months


@dataclass(frozen=True)
class MeasureStudy:
    """What a study found. Money in the smallest unit of `currency`, sums over `months`.

    `ranking` (see `ranking.ranking`) has every measure by itself; `together` the sets that were compared: `measures`,
    `size`, `lost`, `avoided`, `cost`, `cost_per_call`; `lines` the bill of each measure by itself.
    """

    diagnosis: Diagnosis
    before: State
    placed_best: Placing
    """The same agent-hours where they save most: no roster of these hours loses fewer calls."""
    ranking: pd.DataFrame
    lines: pd.DataFrame
    together: pd.DataFrame
    best: BestSet
    best_low: Introduced
    """The same measures, weak."""
    best_high: Introduced
    """The same measures, strong."""
    order: Order
    months: int
    currency: str
    notes: tuple[Note, ...]

    def top(self, count: int = 5) -> pd.DataFrame:
        """The measures that avoid lost calls at the least cost each."""
        return _first(self.ranking, count)

    @property
    def order_steps(self) -> pd.DataFrame:
        """The best order: `step`, `measure`, `begins`, `works` (end of month), `lost_month`, `cost_month`."""
        rows = [
            (number, step.name, step.begins, step.works, step.lost_month, round(step.cost_month))
            for number, step in enumerate(self.order.steps, start=1)
        ]
        return pd.DataFrame(rows, columns=["step", "measure", "begins", "works", "lost_month", "cost_month"])


def study_measures(
    desk: Desk,
    catalogue: Catalogue,
    *,
    months: int = 12,
    budget: float = inf,
    price_lost_call: float | None = None,
    names: Sequence[str] | None = None,
    compared: int = 8,
    aim: Aim | None = None,
    aht_target_seconds: float | None = None,
    patience_reference_seconds: float = inf,
    agents_needed: Floats | None = None,
) -> MeasureStudy:
    """Diagnose the lost calls of a desk and judge measures against them.

    Args:
        desk: from `desk_of_history` or `desk_of_case`.
        catalogue: the measures.
        months: of the horizon; every month is the desk's mean month.
        budget: for all measures together over the horizon.
        price_lost_call: what a lost call costs; None: the fewest lost calls are sought, whatever they cost.
        names: the measures to look at; None: all.
        compared: how many measures, those that avoid calls at the least cost each with what they require, are
            compared in all their combinations; at most 12. Each one more doubles the work.
        aim: of the order (see `best_order`); None: "money" with a price of a lost call, else "lost".
        aht_target_seconds: see `diagnose`.
        patience_reference_seconds: see `diagnose`.
        agents_needed: see `diagnose`.

    Raises:
        ConfigError: settings out of range or unknown measures.
        InputError: see `diagnose`.
    """
    chosen = _checked(catalogue, months, budget, price_lost_call, names, compared)
    judge = Judge(desk, catalogue)
    table = ranking(judge, chosen, months)
    kept = _kept(table, catalogue, compared)
    sets = joint(judge, kept)
    best = best_set(sets, months, budget=budget, price_lost_call=price_lost_call)
    order = best_order(
        joint(judge, best.names),
        months,
        aim=aim or ("lost" if price_lost_call is None else "money"),
        price_lost_call=price_lost_call or 0.0,
    )
    placed = best_placing(desk)
    bills = [(name, introduced(judge, catalogue.closure(name), months).lines) for name in table["measure"]]
    return MeasureStudy(
        diagnosis=diagnose(
            desk,
            aht_target_seconds=aht_target_seconds,
            patience_reference_seconds=patience_reference_seconds,
            agents_needed=agents_needed,
        ),
        before=judge.before,
        placed_best=placed,
        ranking=table,
        lines=ledger(((name, (line for _, line in lines)) for name, lines in bills), catalogue.currency),
        together=_together(sets, months),
        best=best,
        best_low=introduced(judge, best.names, months, "low"),
        best_high=introduced(judge, best.names, months, "high"),
        order=order,
        months=months,
        currency=catalogue.currency,
        notes=tuple(remarks(judge, table, kept, best, placed)),
    )


def best_measures(desk: Desk, catalogue: Catalogue, *, months: int = 12, count: int = 5) -> pd.DataFrame:
    """The measures that avoid lost calls at the least cost each, by themselves; columns as `ranking.ranking`."""
    table = ranking(Judge(desk, catalogue), catalogue.names, months)
    return _first(table, count)


def _first(table: pd.DataFrame, count: int) -> pd.DataFrame:
    """The first rows that avoid any call."""
    some: pd.DataFrame = table[np.isfinite(table["cost_per_call"])]
    return some.head(count).reset_index(drop=True)


def _checked(
    catalogue: Catalogue,
    months: int,
    budget: float,
    price: float | None,
    names: Sequence[str] | None,
    compared: int,
) -> tuple[str, ...]:
    faults = []
    if not 1 <= months <= LONGEST:
        faults.append(SettingFault("months", str(months), f"must be from 1 to {LONGEST}"))
    if not budget >= 0:
        faults.append(SettingFault("budget", str(budget), "must be 0 or more"))
    if price is not None and not 0 <= price < inf:
        faults.append(SettingFault("price_lost_call", str(price), "must be 0 or more, and finite"))
    if not 1 <= compared <= MOST:
        faults.append(SettingFault("compared", str(compared), f"must be from 1 to {MOST}"))
    for name in names or ():
        if name not in catalogue.names:
            faults.append(
                SettingFault("names", repr(name), f"is no measure; known: {', '.join(catalogue.names)}")
            )
    if faults:
        raise ConfigError(catalogue.file or "measures", faults)
    return catalogue.names if names is None else tuple(dict.fromkeys(names))


def _kept(table: pd.DataFrame, catalogue: Catalogue, compared: int) -> tuple[str, ...]:
    """The measures to combine, in the catalogue's order: the cheapest a call, with what they require."""
    kept: frozenset[str] = frozenset()
    for name in table.loc[np.isfinite(table["cost_per_call"]), "measure"]:
        more = kept | catalogue.closure(name)
        if len(more) <= compared:
            kept = more
    return tuple(name for name in catalogue.names if name in kept)


def _together(table: Joint, months: int) -> pd.DataFrame:
    lost, cost = sums(table, months)
    numbers = np.flatnonzero(table.possible)
    avoided = lost[0] - lost[numbers]
    per_call = np.full(len(numbers), inf)
    np.divide(cost[numbers], avoided, out=per_call, where=avoided > 0)
    frame = pd.DataFrame(
        {
            "measures": [", ".join(table.members(int(number))) for number in numbers],
            "size": [int(number).bit_count() for number in numbers],
            "lost": lost[numbers],
            "avoided": avoided,
            "cost": np.rint(cost[numbers]).astype(np.int64),
            "cost_per_call": per_call,
        }
    )
    return frame.sort_values(["lost", "cost"], kind="stable").reset_index(drop=True)
