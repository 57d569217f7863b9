"""Which cause lost how many calls: a waterfall that adds up to the calls lost.

Three causes are the desk's own: too few agents, handling time above its target, too few lines. What each lost is
found by taking causes away in the queueing model. They act together (a long handling time hurts more where agents
are missing), so a difference depends on the order in which they are taken away; each gets the mean over all orders,
L. Shapley's value (1953), which adds up in every interval.

Callers' patience comes after them: with agents, handling time and lines right, some callers still give up before
they are answered, as many as the target accepts. Were it among the others it would take a share of everything, since
nobody gives up who is patient enough.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import permutations
from math import inf

import numpy as np
import pandas as pd

from staffing.errors import Fault, InputError
from staffing.notes import Note
from staffing.sourcing.measures.desk import Desk, Floats
from staffing.sourcing.measures.outcome import first_calls, outcome
from staffing.sourcing.measures.situation import Situation

OWN = ("agents", "handling_time", "lines")
CAUSES = (*OWN, "patience", "rest", "unexplained")


@dataclass(frozen=True)
class Diagnosis:
    """What was lost, by cause.

    `by_interval` has, for each row of the desk: `queue`, `interval_start`, `calls`, `agents_there`, `agents_needed`,
    `lost` (seen, or expected where there are no records), `expected` (by the model), and calls lost by each cause;
    calls are multiplied by `days`. The causes of a row add up to `lost`:

    - "agents": fewer agents than the target needs, at the target's handling time;
    - "handling_time": longer than its target;
    - "lines": callers who found every line in use;
    - "patience": would not have given up with the reference patience, agents, handling time and lines being right;
    - "rest": lost even then;
    - "unexplained": seen, but not expected by the model; negative where it expects more.
    """

    by_interval: pd.DataFrame
    lost_without_agents: float
    months: float
    notes: tuple[Note, ...] = ()

    @property
    def lost(self) -> float:
        """Calls lost in the period."""
        return float(self.by_interval["lost"].sum()) + self.lost_without_agents

    @property
    def waterfall(self) -> pd.DataFrame:
        """By cause: `lost`, `calls` (whole numbers that add up to the lost calls), `share`, `lost_month`."""
        lost = self.by_interval[list(CAUSES)].sum().to_numpy(dtype=np.float64, copy=True)
        lost[-1] += self.lost_without_agents
        total = self.lost
        return pd.DataFrame(
            {
                "cause": list(CAUSES),
                "lost": lost,
                "calls": _whole(lost, round(total)),
                "share": lost / total if total else np.zeros(len(lost)),
                "lost_month": lost / self.months,
            }
        )

    @property
    def by_slot(self) -> pd.DataFrame:
        """Lost calls by cause and time of day, all queues and days together: where to look first."""
        frame = self.by_interval
        clock = frame["interval_start"].dt.strftime("%H:%M").rename("time")
        return frame.groupby(clock)[["calls", "lost", *CAUSES]].sum().reset_index()


def diagnose(
    desk: Desk,
    *,
    aht_target_seconds: float | None = None,
    patience_reference_seconds: float = inf,
    agents_needed: Floats | None = None,
) -> Diagnosis:
    """Attribute the lost calls of a desk to their causes.

    Args:
        desk: as it is; with `lost` from records what the model does not explain is shown, without none is.
        aht_target_seconds: mean handling time that the desk aims at; all intervals are shortened in proportion.
            None: no part is played by it.
        patience_reference_seconds: mean patience that callers could have (music, told their place); infinite:
            all that the target's agents lose counts as patience.
        agents_needed: on contacts in each row, such as a plan's roster; None: as many as reach the desk's target with
            the calls that came, in hindsight.

    Raises:
        InputError: a target that is not above 0, agents of another shape.
    """
    _check(desk, aht_target_seconds, patience_reference_seconds, agents_needed)
    mean = desk.mean_aht_seconds
    factor = 1.0 if aht_target_seconds is None or mean == 0 else min(aht_target_seconds / mean, 1.0)
    start = Situation.of(desk, first_calls(desk))
    short_aht = desk.aht_seconds * factor
    if agents_needed is None:
        agents_needed = desk.required(start.calls, short_aht, desk.patience_seconds, desk.redial)
    right = {
        "agents": {"agents": np.maximum(desk.agents, agents_needed)},
        "handling_time": {"aht_seconds": short_aht},
        "lines": {"lines": np.full_like(desk.lines, inf)},
    }
    expected = _without(start, right)
    everything = frozenset(OWN)
    parts = _shapley(expected)
    parts["rest"] = _rest(start, right, patience_reference_seconds, expected[everything])
    parts["patience"] = expected[everything] - parts["rest"]
    seen = expected[frozenset()] if desk.lost is None else desk.lost
    parts["unexplained"] = seen - expected[frozenset()]
    frame = pd.DataFrame(
        {
            "queue": desk.queue,
            "interval_start": desk.interval_start,
            "calls": desk.calls * desk.days,
            "agents_there": desk.agents,
            "agents_needed": agents_needed,
            "lost": seen * desk.days,
            "expected": expected[frozenset()] * desk.days,
        }
        | {cause: parts[cause] * desk.days for cause in CAUSES}
    )
    return Diagnosis(
        frame, desk.lost_without_agents, desk.months, tuple(_notes(desk, aht_target_seconds, mean))
    )


def _check(desk: Desk, aht: float | None, patience: float, agents: Floats | None) -> None:
    faults = []
    if aht is not None and not 0 < aht < inf:
        faults.append(Fault(f"{aht:g}", "a finite number above 0", column="aht_target_seconds"))
    if not patience >= desk.patience_seconds:
        expected = f"at least the callers' own patience of {desk.patience_seconds:.0f} s"
        faults.append(Fault(f"{patience:g}", expected, column="patience_reference_seconds"))
    if agents is not None and (agents.shape != desk.calls.shape or not (agents >= 0).all()):
        faults.append(Fault(f"{agents.shape}", f"{desk.calls.shape}, of at least 0", column="agents_needed"))
    if faults:
        raise InputError("diagnosis", faults)


def _without(start: Situation, right: dict[str, dict[str, Floats]]) -> dict[frozenset[str], Floats]:
    """Lost calls with every set of causes taken away."""
    found: dict[frozenset[str], Floats] = {}
    for number in range(2 ** len(OWN)):
        gone = frozenset(name for bit, name in enumerate(OWN) if number >> bit & 1)
        changes = {key: value for name in gone for key, value in right[name].items()}
        found[gone] = outcome(replace(start, **changes)).lost  # type: ignore[arg-type]
    return found


def _shapley(lost: dict[frozenset[str], Floats]) -> dict[str, Floats]:
    """Mean over all orders of what taking a cause away saves."""
    orders = tuple(permutations(OWN))
    parts: dict[str, Floats] = {name: np.zeros_like(lost[frozenset()]) for name in OWN}
    for order in orders:
        gone: frozenset[str] = frozenset()
        for name in order:
            parts[name] = parts[name] + (lost[gone] - lost[gone | {name}]) / len(orders)
            gone |= {name}
    return parts


def _rest(start: Situation, right: dict[str, dict[str, Floats]], patience: float, lost: Floats) -> Floats:
    """Lost with everything right and callers of the reference patience."""
    changes = {key: value for change in right.values() for key, value in change.items()}
    if patience < inf:
        return np.minimum(outcome(replace(start, patience_seconds=patience, **changes)).lost, lost)  # type: ignore[arg-type]
    # Nobody gives up: lost is what exceeds the agents' time, and the redials it leads to.
    room = changes["agents"] * start.desk.interval_seconds / np.maximum(changes["aht_seconds"], 1e-9)
    return np.minimum(np.maximum(start.calls - room, 0.0) / (1 - start.redial), lost)


def _whole(lost: Floats, total: int) -> np.ndarray:
    """Whole numbers nearest to `lost` that add up to `total`: the largest remainders are rounded up."""
    low = np.floor(lost).astype(np.int64)
    missing = total - int(low.sum())
    order = np.argsort(low - lost, kind="stable")
    low[order[: max(missing, 0)]] += 1
    return low


def _notes(desk: Desk, aht_target: float | None, mean: float) -> list[Note]:
    notes = []
    if desk.lost is None:
        notes.append(
            Note.of("There are no records of lost calls: the figures are those the queueing model expects")
        )
    if desk.lost_without_agents:
        notes.append(
            Note.of(
                "{lost} calls were lost in intervals without a record of agents on duty; they count as unexplained",
                lost=f"{desk.lost_without_agents:,.0f}",
            )
        )
    if aht_target is None:
        notes.append(Note.of("No target for handling time was given, so none of the loss is put down to it"))
    elif aht_target >= mean:
        notes.append(
            Note.of(
                "The mean handling time of {mean} s does not exceed its target of {target} s",
                mean=f"{mean:.0f}",
                target=f"{aht_target:.0f}",
            )
        )
    return notes
