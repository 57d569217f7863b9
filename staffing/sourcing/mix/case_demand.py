"""The demand of a case by month, queue and class of hours, as a mix asks for it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.sourcing.case import Case
from staffing.sourcing.hours import cheapest_tiers, whole_tier
from staffing.sourcing.tariffs import by_channel, by_hour

Strings = npt.NDArray[np.str_]
FINENESS = 20  # slots of a class that differ by less than 1 / 20 of its mean calls are taken together


class CaseDemand:
    """A case by month, queue and class.

    `names` (rows,) are the classes of its intervals, `wholes` (rows,) what they were before peaks were cut out.
    """

    def __init__(self, case: Case, names: Strings, wholes: Strings) -> None:
        self.case, self.names = case, names
        whole = {str(name): str(one) for name, one in zip(names, wholes, strict=True)}
        groups = [
            tuple(name for name in whole if whole[name] == one) for one in dict.fromkeys(whole.values())
        ]
        self.alike = tuple(group for group in groups if len(group) > 1)
        self.classes = tuple(str(name) for name in dict.fromkeys(self.names))
        self.queues = tuple(case.queues)
        months = [month.name for month in case.months]
        weighed = case.calls * case.days
        self.calls = np.zeros((len(months), len(self.queues), len(self.classes)))
        self.hours = np.zeros((len(months), len(self.classes)))
        place = (
            np.array([months.index(str(name)) for name in case.row_month]),
            np.array([self.queues.index(str(name)) for name in case.demand["queue"]]),
            np.array([self.classes.index(str(name)) for name in self.names]),
        )
        np.add.at(self.calls, place, weighed)
        once = ~pd.Series(case.starts).duplicated().to_numpy()
        np.add.at(self.hours, (place[0][once], place[2][once]), case.days[once] * case.interval_minutes / 60)
        usual = np.where(self.hours > 0, self.hours, np.nan)
        mean = np.nanmean(usual, axis=0)
        self.hours = np.where(
            self.hours > 0, self.hours, mean
        )  # a class without hours in a month has no calls there
        totals = [weighed[rows].sum() for rows in case.queues.values()]
        self.aht = [
            float((weighed * case.aht)[rows].sum() / calls) if calls else float(case.aht[rows].mean())
            for rows, calls in zip(case.queues.values(), totals, strict=True)
        ]
        gross = float(case.demand["agents_gross"].sum())
        self.on_calls = float(case.demand["agents_net"].sum()) / gross if gross else 1.0

    def slots(self, name: str) -> tuple[tuple[float, float], ...]:
        """Shares of hours and relative load of a class, by weekday and time of day, all queues together."""
        case, inside = self.case, self.names == name
        frame = pd.DataFrame(
            {
                "start": case.starts[inside],
                "day": case.starts[inside].day_of_week,
                "time": case.starts[inside].hour * 60 + case.starts[inside].minute,
                "load": case.load[inside] * case.days[inside],
                "days": case.days[inside],
            }
        )
        by_start = frame.groupby("start").agg(
            day=("day", "first"), time=("time", "first"), load=("load", "sum"), days=("days", "first")
        )
        by_slot = by_start.groupby(["day", "time"])[["load", "days"]].sum()
        share = (by_slot["days"] / by_slot["days"].sum()).to_numpy()
        mean = float(by_slot["load"].sum() / by_slot["days"].sum())
        if mean == 0:
            return ((1.0, 1.0),)
        factor = (by_slot["load"] / by_slot["days"]).to_numpy() / mean
        steps = np.rint(factor * FINENESS)
        merged = [(float(share[steps == s].sum()), steps == s) for s in np.unique(steps)]
        return tuple((part, float(share[some] @ factor[some]) / part) for part, some in merged)

    def factors(self, offer: by_channel.ByChannel | by_hour.ByHour) -> dict[str, float]:
        """The hours factor of each class that an offer covers whole; the mean where tiers differ inside."""
        case, found = self.case, {}
        tiers = cheapest_tiers(offer.hours, case.starts, case.interval_minutes)
        if isinstance(offer, by_channel.ByChannel):
            one = whole_tier(offer.hours, case.starts, case.interval_minutes)
            covered = one.covers(case.starts, case.interval_minutes)
            values = np.where(covered, one.factor.value, np.nan)
        else:
            values = np.array([offer.hours[n].factor.value if n >= 0 else np.nan for n in tiers])
        for name in self.classes:
            inside = self.names == name
            if not np.isnan(values[inside]).any():
                found[name] = float(np.average(values[inside], weights=case.days[inside]))
        return found
