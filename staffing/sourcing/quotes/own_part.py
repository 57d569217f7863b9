"""The part that one's own people take where a vendor takes the rest: how many work when, and their bill."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.sourcing.case import Case
from staffing.sourcing.comparison import Size
from staffing.sourcing.figures import Figure
from staffing.sourcing.lines import CostLine
from staffing.sourcing.quotes.blocks import BlockCover, DayNeed, Ints
from staffing.sourcing.quotes.context import Context
from staffing.sourcing.quotes.in_house import required_bill
from staffing.sourcing.tariffs import InHouse

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class OwnBill:
    """What one's own people cost, and how many they are."""

    lines: tuple[CostLine, ...]
    size: Size


class OwnPart:
    """One's own people of a case, in blocks of at least so many hours (0: by interval).

    A day shorter than a block is worked as one block of its own length. `least` are there whenever calls may come.
    """

    def __init__(self, case: Case, context: Context, block_hours: int, least: int = 0) -> None:
        self.case, self.context, self.block_hours, self.least = case, context, block_hours, least

    @cached_property
    def needed(self) -> Floats:
        """Agents per row with whom it reaches the target by itself; 0 without calls."""
        return np.where(self.case.calls > 0, self.case.demand["agents_net"].to_numpy(dtype=np.float64), 0.0)

    @cached_property
    def shrinkage(self) -> float:
        """The largest share that gives the case's gross numbers from its net ones by rounding up."""
        net, gross = (
            self.case.demand[name].to_numpy(dtype=np.float64) for name in ("agents_net", "agents_gross")
        )
        some = (net > 0) & (gross >= net)
        return float((1 - net[some] / gross[some]).min()) if some.any() else 0.0

    @cached_property
    def hour_cost(self) -> float:
        """What an agent on calls costs an hour, about: wages and what grows with them, seats and people."""
        tariff = self.tariff
        paid = tariff.wage_hour.value
        paid += tariff.supervisor_wage_hour.value / tariff.agents_per_supervisor.value
        paid *= 1 + tariff.social_insurance.value
        seat = tariff.seat_month.value + tariff.space_month.value + tariff.pc_month.value
        seat += tariff.licence_month.value + tariff.pbx_seat_month.value
        seat += tariff.attrition_month.value * tariff.hire.value
        return (paid + seat / tariff.hours_head_month.value) / (1 - self.shrinkage)

    @cached_property
    def tariff(self) -> InHouse:
        """The in-house tariff, at the roster's mean wage where a roster is known."""
        facts, tariff = self.context.facts, self.context.in_house
        if facts is None or not facts.wages["paid_hours"].sum():
            return tariff
        mean = float(facts.wages["wages"].sum() / facts.wages["paid_hours"].sum())
        return replace(tariff, wage_hour=Figure(mean, "plan", "the roster's mean, premiums included"))

    def gross(self, net: npt.ArrayLike) -> Floats:
        """People to schedule for so many on calls."""
        return np.ceil(np.asarray(net, dtype=np.float64) / (1 - self.shrinkage) - 1e-9)

    def in_blocks(self, net: npt.ArrayLike) -> Floats:
        """The fewest agent-hours in blocks that cover so many agents per row; agents per row."""
        wanted = np.asarray(net, dtype=np.float64)
        if not self.block_hours:
            return wanted
        result = np.zeros(len(wanted))
        for rows, hour in self._days:
            least = min(self.block_hours, int(hour.max()) + 1)
            most = np.zeros(int(hour.max()) + 1)
            np.maximum.at(most, hour, wanted[rows])
            # Beyond the day's last hour a block is dear: nobody stays when the desk is closed.
            prices = (1.0,) * len(most) + (float(2 * len(most)),) * (least - 1)
            (bought,) = BlockCover(least).cover([DayNeed(tuple(int(x) for x in most), prices)])
            result[rows] = bought[hour]
        return result

    @cached_property
    def _days(self) -> tuple[tuple[Ints, Ints], ...]:
        """Rows of each queue's business dates, with the hour of each."""
        demand = self.case.demand
        keys = [demand["queue"].astype(str), pd.to_datetime(demand["business_date"])]
        groups = (np.sort(rows) for rows in demand.groupby(keys, sort=True).indices.values())
        return tuple(
            (
                rows,
                np.asarray(
                    (self.case.starts[rows] - self.case.starts[rows].min()) // pd.Timedelta(hours=1),
                    dtype=np.int64,
                ),
            )
            for rows in groups
        )

    def bill(self, net: Floats) -> OwnBill:
        """The in-house bill for so many agents per row on calls."""
        case = self.case.with_columns(agents_net=net, agents_gross=self.gross(net))
        context = Context(self.context.tariffs, None, self.context.new_desk)
        return OwnBill(*required_bill(self.tariff, case, context))
