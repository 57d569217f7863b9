"""Coverage: who is on the floor in each interval, and the service the callers can then expect."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from staffing.presence import Floats, presence
from staffing.requirement import Requirement, service_through_time
from staffing.roster.problem import RosterProblem
from staffing.roster.roster import Roster


@dataclass(frozen=True)
class Expected:
    """What callers can expect over the horizon; shares weighted by calls, occupancy by staffed time."""

    abandonment: float
    service_level: float
    mean_wait_seconds: float
    asa_seconds: float  # mean wait of the answered; NaN when nobody is
    occupancy: float


@dataclass(frozen=True)
class Coverage:
    """Scheduled against required, per queue and open interval.

    `frame` columns: `queue`, `interval_start`, `business_date`, `slot`, `calls`, `aht_seconds`, `required_net`,
    `required_gross`, `on_floor` (people working, not on break, in no activity), `on_break`, `scheduled_net`
    (= on_floor x (1 - shrinkage)), `gap` (= scheduled_net - required_net), `service_level`, `abandonment`,
    `occupancy`, `mean_wait_seconds`, `asa_seconds`. The service is that of the calls arriving in the interval, worked
    out through time: callers left over from the interval before are there, too (`staffing.queueing.transient`).
    """

    frame: pd.DataFrame
    interval_minutes: int

    @property
    def short(self) -> pd.Series:
        """True where fewer people are on the floor than the gross requirement."""
        return self.frame["on_floor"] + 1e-9 < self.frame["required_gross"]

    @property
    def short_agent_hours(self) -> float:
        """People missing on the floor, times hours."""
        missing = (self.frame["required_gross"] - self.frame["on_floor"]).clip(lower=0)
        return float(missing.sum()) * self.interval_minutes / 60

    @property
    def worst_gap(self) -> float:
        """The largest number of people missing at once, all queues together; 0 when none is."""
        missing = (self.frame["required_gross"] - self.frame["on_floor"]).clip(lower=0)
        return float(missing.groupby(self.frame["interval_start"]).sum().max())

    def expected(self) -> Expected:
        """The service over the whole horizon."""
        frame = self.frame
        calls = frame["calls"].to_numpy()
        total = calls.sum()
        if total == 0:
            return Expected(0.0, 1.0, 0.0, 0.0, 0.0)

        def by_calls(column: str) -> float:
            return float((frame[column].to_numpy()[calls > 0] * calls[calls > 0]).sum() / total)

        staffed = frame["scheduled_net"].to_numpy()
        busy = float((frame["occupancy"].to_numpy() * staffed).sum())
        return Expected(
            abandonment=by_calls("abandonment"),
            service_level=by_calls("service_level"),
            mean_wait_seconds=by_calls("mean_wait_seconds"),
            asa_seconds=_mean_answered_wait(frame),
            occupancy=busy / float(staffed.sum()) if staffed.sum() > 0 else 0.0,
        )


def cover(roster: Roster, problem: RosterProblem, requirement: Requirement) -> Coverage:
    """Count people on the floor per interval and work out the service they give."""
    staffing = requirement.staffing
    frame = requirement.frame[
        ["queue", "interval_start", "business_date", "slot", "calls", "aht_seconds"]
    ].assign(
        required_net=requirement.frame["agents_net"],
        required_gross=requirement.frame["agents_gross"],
    )
    on_floor, on_break = presence(roster, problem, frame, requirement.interval_minutes)
    net = on_floor * (1 - staffing.shrinkage)
    expected = _expected(frame, net, requirement)
    frame = frame.assign(
        on_floor=on_floor,
        on_break=on_break,
        scheduled_net=net,
        gap=net - frame["required_net"],
        service_level=expected["service_level"],
        abandonment=expected["abandonment"],
        occupancy=expected["occupancy"],
        mean_wait_seconds=expected["mean_wait"],
        asa_seconds=expected["asa"],
    )
    return Coverage(frame, requirement.interval_minutes)


def _expected(frame: pd.DataFrame, net: Floats, requirement: Requirement) -> dict[str, Floats]:
    """The service in each row: queue by queue, and through time while the desk is open without a pause."""
    length = requirement.interval_minutes * 60
    queue = pd.factorize(frame["queue"])[0]
    start = frame["interval_start"].astype("int64").to_numpy() // 1_000_000
    order = np.lexsort((start, queue))
    follows = (np.diff(queue[order]) == 0) & (np.diff(start[order]) == length)
    found = service_through_time(
        frame["calls"].to_numpy(float)[order],
        frame["aht_seconds"].to_numpy(float)[order],
        net[order],
        interval=length,
        patience=requirement.staffing.modelled_patience,
        threshold=requirement.targets.threshold,
        opens=np.append(True, ~follows),
    )
    back = np.argsort(order)
    return {name: values[back] for name, values in found.items()}


def _mean_answered_wait(frame: pd.DataFrame) -> float:
    answered = frame["calls"] * (1 - frame["abandonment"])
    some = (answered > 0) & frame["asa_seconds"].notna()
    total = float(answered[some].sum())
    return float((answered[some] * frame.loc[some, "asa_seconds"]).sum()) / total if total else float("nan")
