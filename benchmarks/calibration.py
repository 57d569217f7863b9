"""The queueing model against a real centre: abandonment and mean wait from agents on duty, calibrated and not.

    python -m benchmarks.calibration [--out figures.json]

The bank's January and February, half-hour by half-hour: calls, handling time and agents on duty as recorded go into
Erlang A; printed beside what was seen. Then January's wrap-up and patience are tried on February, which they have not
seen; the rule for "on duty" is varied; and the gaps between the calls of an agent show the wrap-up directly.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from staffing.calibration import calibrate_history, predicted_service
from staffing.config import read_config, site_horizon
from staffing.demand import History, read_history
from staffing.demand.importers import import_calls
from staffing.queueing import Targets, performance, required_agents
from staffing.queueing.patience.calibrate import Calibration
from staffing.queueing.patience.mean_agents import MeanService
from staffing.queueing.patience.records import RecordedPatience, estimate_patience_records

BANK = Path(__file__).resolve().parent.parent / "data" / "anonymous-bank"
AWAY_MINUTES = (10, 15, 20, 30, 60)
GRIDS = (60, 15)  # minutes, beside the half-hours of the plan
LIMITS = (15, 30, 60, 120, np.inf)
TARGETS = Targets(service_level=0.8, abandonment=0.05)
WRAP_UP = 25  # as the bank's plan.toml has it


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="The queueing model against the bank's records.")
    parser.add_argument("--out", type=Path, help="also write the figures to this file, as JSON")
    arguments = parser.parse_args()
    figures = measure()
    for line in report(figures):
        print(line)
    if arguments.out is not None:
        arguments.out.write_text(json.dumps(figures, indent=2, default=str) + "\n", encoding="utf-8")


def measure() -> dict[str, Any]:
    """All figures."""
    history = bank()
    month = history.frame["business_date"].dt.month
    january, february = (only(history, (month == number).to_numpy()) for number in (1, 2))
    learned = calibrate_history(january).result
    assert history.waits is not None
    patience = estimate_patience_records(history.waits.seconds, history.waits.abandoned)
    return {
        "months": {
            name: asdict(calibrate_history(part).result)
            for name, part in (("both", history), ("January", january), ("February", february))
        },
        "february_by_january": asdict(
            predicted_service(
                february, wrap_up_seconds=learned.seconds, patience_seconds=learned.patience_seconds
            )
        ),
        "february_without": asdict(
            predicted_service(february, wrap_up_seconds=0, patience_seconds=learned.patience_seconds)
        ),
        "on_duty": {str(minutes): asdict(on_duty(history, minutes)) for minutes in AWAY_MINUTES}
        | {"any call in the half-hour": asdict(calibrate_history(heads(history)).result)}
        | {f"20, intervals of {minutes}": asdict(other_grid(minutes)) for minutes in GRIDS},
        "waiting": waiting(history),
        "gaps": gaps(),
        "patience": {str(limit): float(patience.patience_at_waits_up_to(limit)) for limit in LIMITS},
        "bands": bands(patience),
        "fit": asdict(patience.fit) | {"p": patience.fit.p},
        "agent_hours": {str(limit): agent_hours(history, patience, limit) for limit in LIMITS},
        "agent_hours_abandonment": {
            str(limit): agent_hours(history, patience, limit, targets=Targets(abandonment=0.05))
            for limit in LIMITS
        },
        "agent_hours_without_wrap_up": agent_hours(history, patience, np.inf, wrap_up=0),
    }


def bank(file: str = "calls.csv.gz") -> History:
    """The bank's history, handling time as recorded."""
    config = read_config(BANK / "plan.toml")
    assert config.history is not None
    return read_history(BANK / file, site_horizon(config), missing_days=config.history.missing_days)


def other_grid(minutes: int) -> Calibration:
    """Calibrated on intervals of another length."""
    config = read_config(BANK / "plan.toml")
    assert config.history is not None
    horizon = replace(site_horizon(config), interval_minutes=minutes)
    history = read_history(BANK / "calls.csv.gz", horizon, missing_days=config.history.missing_days)
    return calibrate_history(replace(history, waits=None)).result


def waiting(history: History) -> dict[str, float]:
    """Share of callers who had to wait at all, seen and predicted after calibration."""
    found = calibrate_history(history).result
    frame = history.frame[history.frame["offered"] > 0]
    calls, answered = frame["offered"].to_numpy(), frame["answered"].to_numpy()
    mean = frame["handle_seconds"].sum() / answered.sum()
    aht = np.where(answered > 0, frame["handle_seconds"] / np.maximum(answered, 1), mean) + found.seconds
    whole = np.floor(frame["agents"].to_numpy())
    part = frame["agents"].to_numpy() - whole
    low, high = (
        performance(calls, aht, whole + more, patience=found.patience_seconds).wait_probability
        for more in (0, 1)
    )
    assert history.waits is not None
    return {
        "seen": float((history.waits.seconds > 0).mean()),
        "predicted": float((calls * ((1 - part) * low + part * high)).sum() / calls.sum()),
    }


def only(history: History, rows: np.ndarray) -> History:
    """Some rows of a history."""
    return replace(history, frame=history.frame[rows].reset_index(drop=True), waits=None)


def on_duty(history: History, away_minutes: int) -> Calibration:
    """Calibrated with another rule for who is on duty."""
    config = read_config(BANK / "plan.toml")
    assert config.history is not None
    table = import_calls(
        BANK / "calls.csv.gz",
        site_horizon(config),
        missing_days=config.history.missing_days,
        away_minutes=away_minutes,
    )
    agents = table.set_index("interval_start")["agents"]
    there = agents.reindex(history.frame["interval_start"]).to_numpy()
    return calibrate_history(replace(history, frame=history.frame.assign(agents=there), waits=None)).result


def taken() -> pd.DataFrame:
    """The calls that an agent with a name took: when they began and ended, in seconds."""
    calls = pd.read_csv(BANK / "calls.csv.gz", parse_dates=["queue_entry"])
    entry = (calls["queue_entry"] - pd.Timestamp("1999-01-01")).dt.total_seconds()
    calls = calls.assign(entry=entry, begin=entry + calls["queue_s"])
    calls = calls.assign(end=calls["begin"] + calls["handle_s"].fillna(0))
    return calls.sort_values(["agent", "begin"])


def heads(history: History) -> History:
    """With the agents who talked at any time in the half-hour, each counted whole."""
    calls = taken().dropna(subset="agent")
    first, last = (calls["begin"] // 1800).astype(int), (calls["end"] // 1800).astype(int)
    pairs = {
        (agent, slot)
        for agent, low, high in zip(calls["agent"], first, last, strict=True)
        for slot in range(low, high + 1)
    }
    count = pd.Series([slot for _, slot in pairs]).value_counts()
    local = history.frame["interval_start"].dt.tz_localize(None) - pd.Timestamp("1999-01-01")
    there = count.reindex(local.dt.total_seconds() // 1800, fill_value=0).to_numpy()
    return replace(history, frame=history.frame.assign(agents=there.astype(float)), waits=None)


def gaps() -> dict[str, float]:
    """Seconds from the end of a call to the agent's next, in two ways, where a caller was waiting when it ended.

    The agent's own next caller was waiting: too short, since a slow agent's caller is taken by a colleague. Any
    caller was waiting: too long, since the queue may have emptied meanwhile. Gaps below 20 minutes, as for duty.
    """
    calls = taken()
    moments = np.concatenate([calls["entry"], calls["begin"]])
    change = np.concatenate([np.ones(len(calls)), -np.ones(len(calls))])
    order = np.lexsort((change, moments))
    waiting = np.cumsum(change[order])
    mine = calls[(calls["outcome"] == "answered") & calls["agent"].notna()]
    following = mine.groupby("agent")[["entry", "begin"]].shift(-1)
    gap = (following["begin"] - mine["end"]).clip(lower=0)
    place = np.searchsorted(moments[order], mine["end"].to_numpy(), side="right") - 1
    near = gap < 1200
    own = gap[near & (following["entry"] <= mine["end"])]
    any_caller = gap[near & (waiting[place] > 0)]
    return {
        "own_mean": float(own.mean()),
        "own_median": float(own.median()),
        "any_mean": float(any_caller.mean()),
        "any_median": float(any_caller.median()),
    }


def bands(patience: RecordedPatience) -> list[dict[str, float]]:
    """Giving up by how long callers have waited."""
    found = patience.bands
    columns = (found.from_seconds, found.to_seconds, found.ended, found.mean_seconds)
    names = ("from", "to", "abandoned", "patience")
    return [dict(zip(names, map(float, row), strict=True)) for row in zip(*columns, strict=True)]


def agent_hours(
    history: History,
    patience: RecordedPatience,
    limit: float,
    *,
    wrap_up: float = WRAP_UP,
    targets: Targets = TARGETS,
) -> float:
    """What the targets of the bank's plan need for its recorded calls with the patience at waits up to a limit."""
    frame = history.frame[history.frame["answered"] > 0]
    aht = (frame["handle_seconds"] / frame["answered"]).to_numpy() + wrap_up
    seconds = float(patience.patience_at_waits_up_to(limit))
    return float(required_agents(frame["offered"].to_numpy(), aht, targets, patience=seconds).sum()) / 2


def report(figures: dict[str, Any]) -> Iterator[str]:
    """The figures as text."""
    yield f"{'':34}{'abandoned':>10}{'mean wait':>11}{'in 20 s':>9}"
    for name, month in figures["months"].items():
        title = {"both": "January and February"}.get(name, name)
        limits = f"{month['low_seconds']:.1f} to {month['high_seconds']:.1f}"
        yield f"{title}: wrap-up {month['seconds']:.1f} s ({limits}), patience {month['patience_seconds']:.0f} s"
        for row, text in (
            ("observed", "seen"),
            ("before", "predicted"),
            ("after", "predicted with the wrap-up"),
        ):
            yield service(text, month[row])
    yield "February by January's wrap-up and patience, which it had no part in"
    yield service("seen", figures["months"]["February"]["observed"])
    yield service("predicted, no wrap-up", figures["february_without"])
    yield service("predicted, January's wrap-up", figures["february_by_january"])
    yield ""
    yield "off duty after so many minutes without a call -> wrap-up, abandoned before, after"
    for minutes, found in figures["on_duty"].items():
        yield (
            f"  {minutes:>26}: {found['seconds']:5.1f} s, {found['before']['abandonment']:.2%}, "
            f"{found['after']['abandonment']:.2%}, {found['after']['service_level']:.1%} in 20 s"
        )
    wait = figures["waiting"]
    yield f"callers who had to wait at all: {wait['seen']:.1%}, predicted after calibration {wait['predicted']:.1%}"
    told = figures["gaps"]
    yield (
        f"from the end of a call to the agent's next while callers wait: mean {told['own_mean']:.1f} s (median "
        f"{told['own_median']:.0f} s) at least, {told['any_mean']:.1f} s ({told['any_median']:.0f} s) at most"
    )
    yield from patience_report(figures)


def patience_report(figures: dict[str, Any]) -> Iterator[str]:
    """What is known of patience."""
    fit = figures["fit"]
    yield ""
    yield (
        f"exponential patience: p = {fit['p']:.1g}, Weibull shape {fit['shape']:.3f} ({fit['shape_low']:.3f} to "
        f"{fit['shape_high']:.3f}), {fit['misplaced']:.1%} give up in another band than expected"
    )
    for band in figures["bands"]:
        yield (
            f"  {band['from']:>4.0f}-{band['to']:<4.0f} s {band['abandoned']:>6.0f} gave up, as if patience were "
            f"{band['patience']:.0f} s"
        )
    yield "patience at waits up to, and agent-hours for 80 % in 20 s and 5 % abandoned, and for 5 % abandoned alone"
    for limit, seconds in figures["patience"].items():
        both, alone = figures["agent_hours"][limit], figures["agent_hours_abandonment"][limit]
        yield f"  {limit:>6} s: {seconds:.0f} s, {both:,.1f} and {alone:,.1f} agent-hours"
    yield f"  without wrap-up {figures['agent_hours_without_wrap_up']:,.1f} agent-hours"


def service(name: str, figures: dict[str, float] | MeanService) -> str:
    """One line of three figures."""
    assert isinstance(figures, dict)
    return (
        f"  {name:<32}{figures['abandonment']:>10.2%}{figures['mean_wait_seconds']:>9.1f} s"
        f"{figures['service_level']:>9.1%}"
    )


if __name__ == "__main__":
    main()
