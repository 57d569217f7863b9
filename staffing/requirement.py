"""The requirement: how many agents each open interval needs, net and gross, and the service that gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.demand_risk import EXPECTED, DemandRisk
from staffing.forecast.forecast import Forecast
from staffing.notes import Note
from staffing.queueing import Targets, performance, required_agents
from staffing.queueing.pyworkforce_engine import Positions, required_positions
from staffing.queueing.transient import transient_performance
from staffing.shrinkage import gross

Floats = npt.NDArray[np.float64]
Model = Literal["erlang-a", "erlang-c"]
Engine = Literal["staffing", "pyworkforce"]


@dataclass(frozen=True)
class Staffing:
    """How calls become agents, beside the targets.

    Shrinkage is the share of paid time lost beside the breaks that the roster places (absence, meetings, training),
    so gross = net / (1 - shrinkage), rounded up to whole people. `patience_seconds` is the callers' mean
    patience; Erlang C takes it as endless.
    """

    model: Model = "erlang-a"
    patience_seconds: float = np.inf
    shrinkage: float = 0.0
    minimum_agents: int = 0
    engine: Engine = "staffing"
    risk: DemandRisk = EXPECTED

    @property
    def modelled_patience(self) -> float:
        """Mean patience the queueing model works with, in seconds."""
        return self.patience_seconds if self.model == "erlang-a" else float(np.inf)


@dataclass(frozen=True)
class Requirement:
    """Agents per queue and open interval.

    `frame` columns: those of the forecast, `calls_sized` (calls that the agents are sized for), `agents_net` (on
    contacts), `agents_gross` (people on the floor), and, with `agents_net` agents and the expected calls,
    `service_level`, `abandonment`, `occupancy`, `asa_seconds`.
    """

    frame: pd.DataFrame
    targets: Targets
    staffing: Staffing
    interval_minutes: int
    notes: tuple[Note, ...] = ()

    @property
    def agent_hours_net(self) -> float:
        """Agent-hours on contacts over the horizon."""
        return float(self.frame["agents_net"].sum()) * self.interval_minutes / 60

    @property
    def agent_hours_gross(self) -> float:
        """Agent-hours on the floor over the horizon."""
        return float(self.frame["agents_gross"].sum()) * self.interval_minutes / 60


def require(forecast: Forecast, targets: Targets, staffing: Staffing) -> Requirement:
    """Size every open interval: the smallest number of agents that meets all targets, at least the floor.

    The targets are met at the expected calls, or at the quantile of them that `staffing.risk` asks for.

    With `engine="pyworkforce"` the agents, service level and occupancy are pyworkforce's own, unchanged, wherever
    the floor does not ask for more; targets that it does not know are left out, with a note.

    Raises:
        ValueError: when the engine cannot work with these targets.
    """
    frame = forecast.frame.reset_index(drop=True)
    calls = frame["calls"].to_numpy(float)
    aht = frame["aht_seconds"].to_numpy(float)
    interval = forecast.interval_minutes * 60
    sized_calls = staffing.risk.sized_calls(frame, interval)
    if staffing.engine == "pyworkforce":
        theirs = _ask_pyworkforce(sized_calls, aht, targets, staffing, interval)
        needed, notes = theirs.net, _left_out(targets)
    else:
        theirs, notes = None, ()
        needed = required_agents(
            sized_calls, aht, targets, interval=interval, patience=staffing.modelled_patience
        )
    net = np.maximum(needed, staffing.minimum_agents)
    reached = performance(
        calls, aht, net, interval=interval, patience=staffing.modelled_patience, threshold=targets.threshold
    )
    sized = frame.assign(
        calls_sized=sized_calls,
        agents_net=net.astype("int64"),
        agents_gross=gross(net, staffing.shrinkage),
        service_level=reached.service_level,
        abandonment=reached.abandonment,
        occupancy=reached.occupancy,
        asa_seconds=reached.asa,
    )
    if theirs is not None:
        own = needed >= staffing.minimum_agents
        sized = sized.assign(
            agents_gross=np.where(own, theirs.gross, sized["agents_gross"]),
            service_level=np.where(own, theirs.service_level, sized["service_level"]),
            occupancy=np.where(own, theirs.occupancy, sized["occupancy"]),
        )
    notes += staffing.risk.notes(calls, sized_calls)
    return Requirement(sized, targets, staffing, forecast.interval_minutes, notes)


def _ask_pyworkforce(
    calls: Floats, aht: Floats, targets: Targets, staffing: Staffing, interval: int
) -> Positions:
    known = Targets(
        service_level=targets.service_level, threshold=targets.threshold, occupancy=targets.occupancy
    )
    return required_positions(calls, aht, known, interval=interval, shrinkage=staffing.shrinkage)


def _left_out(targets: Targets) -> tuple[Note, ...]:
    given = {"abandonment": targets.abandonment, "asa_seconds": targets.asa}
    return tuple(
        Note.of(
            "The pyworkforce engine does not know the target {target} = {value}: left out",
            target=name,
            value=value,
        )
        for name, value in given.items()
        if value is not None
    )


def service_through_time(
    calls: np.ndarray,
    aht: np.ndarray,
    agents: np.ndarray,
    *,
    interval: int,
    patience: float,
    threshold: float,
    opens: np.ndarray | bool = False,
) -> dict[str, np.ndarray]:
    """Service through time with a fractional number of agents; callers left over are carried to the next interval.

    After shrinkage a floor of 7 people is 5.95 agents on average: 5 at some moments, 6 at most. All intervals are
    worked out with the whole numbers below, and with those above, and the figures of each interval are interpolated.
    Occupancy is weighted by the agents there, asa by the calls answered. Callers who wait when the desk closes are
    still answered by those who are there last. Patience below a second is taken as a second. Where nobody gives up,
    less than one agent is one who takes longer: with nobody at all on some days a mean wait would have no end.

    Arrays of one shape, intervals in the order of time; `opens` is True where one does not follow the one before, so
    that nobody waits at its start. Returns `service_level`, `abandonment`, `occupancy`, `mean_wait`, `asa` (NaN
    where nobody answers).
    """
    if np.isinf(patience):
        alone = (agents > 1e-9) & (agents < 1)
        aht, agents = aht / np.where(alone, agents, 1.0), np.where(alone, 1.0, agents)
    low = np.floor(agents + 1e-9)
    part = np.where(agents - low > 1e-9, agents - low, 0.0)
    whole = np.stack([low, np.ceil(agents - 1e-9)]) if part.any() else low[None]
    found = transient_performance(
        calls,
        aht,
        whole,
        interval=interval,
        patience=max(patience, 1.0),
        threshold=threshold,
        opens=opens,
    )
    with np.errstate(invalid="ignore"):  # 0 / 0 where nobody is there, or nobody is answered
        staffed = part * whole[-1] / (low + part)
        answered = part * found.answered_share[-1]
        answered = answered / ((1 - part) * found.answered_share[0] + answered)
    weights = {
        "service_level": part,
        "abandonment": part,
        "mean_wait": part,
        "occupancy": np.where(part > 0, staffed, 0),  # a share of the agents' time
        "asa": answered,  # a mean over the answered
    }
    return {
        name: _mixed(getattr(found, name)[0], getattr(found, name)[-1], weight)
        for name, weight in weights.items()
    }


def _mixed(lower: Floats, upper: Floats, part: Floats) -> Floats:
    """(1 - part) x lower + part x upper; 0 parts of an endless wait are none of it."""
    with np.errstate(invalid="ignore"):
        mean = (1 - part) * lower + part * upper
    return np.where(part <= 0, lower, np.where(part >= 1, upper, mean))
