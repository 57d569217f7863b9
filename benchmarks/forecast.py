"""The forecast's error on the bank's records, beside other methods; print with `python -m benchmarks.forecast`.

Every method is judged twice: from rolling origins whose held-back days all lie before 15 February 1999, and on the
last two weeks of February, which no choice has seen. Nothing is drawn at random but the desk of the speed test.
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from staffing.demand.history import History
from staffing.demand.reading import read_history
from staffing.forecast import backtest, forecast_median
from staffing.forecast.backtest import floor_wape, wape
from staffing.forecast.level import Method, centre, fill
from staffing.forecast.median import cells, open_grid
from staffing.forecast.recent import Floats, RecentWeeks, recent_weeks
from staffing.horizon import WEEKDAYS, Horizon, OpeningHours, Span

BANK = Path(__file__).parent.parent / "data" / "anonymous-bank"
HELD_BACK = date(1999, 2, 15)
DAYS = 14
TRAINING = tuple(HELD_BACK - timedelta(days=DAYS + 3 * i) for i in reversed(range(4)))
WEEKS = 8
DEFAULT = f"median of {WEEKS}"

Candidate = Callable[[RecentWeeks], Floats]


def main() -> None:
    """Print the tables."""
    history, horizon = bank()
    print(
        f"Training origins {', '.join(map(str, TRAINING))}; held back from {HELD_BACK}; {DAYS} days each.\n"
    )
    table = errors(history, horizon)
    print_table(shown(table))
    methods = table[~table.index.str.startswith("floor")]
    chosen = methods["training: interval"].idxmin()
    print(f"\nThe training origins alone would choose: {chosen}.")
    print()
    for note in backtest(history, horizon).notes:
        print(f"Held back: {note}.")
    print()
    print_table(coverage(history, horizon))
    print()
    print_table(handling(history, horizon))
    print(f"\n{speed()}")


def bank() -> tuple[History, Horizon]:
    """The sample's history, and its days, zone, grid and opening hours."""
    plan = tomllib.loads((BANK / "plan.toml").read_text(encoding="utf-8"))
    weekly = tuple(tuple(Span.parse(span) for span in plan["hours"][day]) for day in WEEKDAYS)
    days = plan["horizon"]
    horizon = Horizon(
        days["start"], days["end"], days["time_zone"], days["interval_minutes"], OpeningHours(weekly)
    )
    known = plan["history"]
    history = read_history(
        BANK / known["file"],
        horizon,
        threshold_seconds=known["threshold_seconds"],
        unrecorded_acw_seconds=known["unrecorded_acw_seconds"],
        missing_days=known["missing_days"],
    )
    return history, horizon


def of_last(days: int, method: Method) -> Candidate:
    """Median or mean of the newest `days` same weekdays; one day is seasonal naive."""
    return lambda recent: centre(recent.offered[0, ..., :days], method)


def levelled(days: int, share: float) -> Candidate:
    """The median x (calls of the newest `days` of each weekday / what the medians say of them) ** share."""

    def week(recent: RecentWeeks) -> Floats:
        middle, newest = centre(recent.offered[0], "median"), recent.offered[0, ..., :days]
        said = np.where(np.isnan(newest), np.nan, middle[..., None])
        level: Floats = middle * (np.nansum(newest) / np.nansum(said)) ** share
        return level

    return week


def smoothed(recent: RecentWeeks) -> Floats:
    """The median, half of it spread to the slots before and after."""
    middle = centre(recent.offered[0], "median")
    padded = np.pad(middle, ((0, 0), (1, 1)), constant_values=np.nan)
    before, after = (np.where(np.isnan(side), middle, side) for side in (padded[:, :-2], padded[:, 2:]))
    return (2 * middle + before + after) / 4


def pooled(recent: RecentWeeks) -> Floats:
    """The mean of the median and of the weekday's total spread by the shape common to the days of equal hours."""
    middle = centre(recent.offered[0], "median")
    hours = [tuple(np.isnan(day)) for day in middle]
    week = middle.copy()
    for pattern in set(hours):
        alike = [i for i, found in enumerate(hours) if found == pattern]
        common = np.nansum(middle[alike], axis=0)
        totals = np.nansum(middle[alike], axis=1, keepdims=True)
        week[alike] = (middle[alike] + totals * common / common.sum()) / 2
    return week


def candidates() -> dict[str, Candidate]:
    """Every method by name, the default first."""
    names: dict[str, Candidate] = {f"median of {k}": of_last(k, "median") for k in (8, 7, 6, 5, 4, 3)}
    names |= {f"mean of {k}": of_last(k, "mean") for k in (8, 6, 4)}
    for days in (1, 2, 3, 4):
        names[f"median of 8, level of the last {days}"] = levelled(days, 1.0)
        names[f"median of 8, half-way to that level ({days})"] = levelled(days, 0.5)
    names |= {"median of 8, neighbouring slots": smoothed, "median of 8, common shape": pooled}
    return names | {"seasonal naive": of_last(1, "median")}


def scored(history: History, horizon: Horizon, origin: date) -> Iterator[tuple[str, pd.DataFrame]]:
    """Each method's forecast beside what came, from one origin."""
    span = horizon.between(origin, origin + timedelta(days=DAYS - 1))
    grid = open_grid(span)
    recent = recent_weeks(history, span, WEEKS, np.unique(grid["slot"].to_numpy(np.int64)))
    cell = cells(grid, recent.slots)
    came = history.frame[["interval_start", "offered"]].rename(columns={"offered": "actual"})
    for name, candidate in candidates().items():
        calls = fill(candidate(recent), recent.slots).level[cell]
        yield name, grid.assign(calls=calls, origin=origin).merge(came, on="interval_start")


def errors(history: History, horizon: Horizon) -> pd.DataFrame:
    """WAPE by interval and by day, and bias, over the training origins and on the held-back days."""
    rows: dict[str, dict[str, float]] = {}
    for label, origins in (("training", TRAINING), ("held back", (HELD_BACK,))):
        frames: dict[str, list[pd.DataFrame]] = {}
        for origin in origins:
            for name, frame in scored(history, horizon, origin):
                frames.setdefault(name, []).append(frame)
        for name, parts in frames.items():
            frame = pd.concat(parts)
            days = frame.groupby(["origin", "business_date"])[["actual", "calls"]].sum()
            rows.setdefault(name, {})[f"{label}: interval"] = wape(frame["actual"], frame["calls"])
            rows[name][f"{label}: day"] = wape(days["actual"], days["calls"])
            rows[name][f"{label}: bias"] = frame["calls"].sum() / frame["actual"].sum() - 1
        default = pd.concat(frames[DEFAULT])
        days = default.groupby(["origin", "business_date"])[["actual", "calls"]].sum()
        for grain, came in (("interval", default), ("day", days)):
            one_queue, said = pd.Series("", index=came.index), came["calls"]
            rows.setdefault("floor", {})[f"{label}: {grain}"] = floor_wape(came["actual"], one_queue)
            exact = np.sqrt(2 * said / np.pi).sum() / said.sum()
            rows.setdefault("floor, each its own volume", {})[f"{label}: {grain}"] = exact
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("method")


def coverage(history: History, horizon: Horizon) -> pd.DataFrame:
    """Share of intervals whose calls lay within calls_low to calls_high."""
    rows = []
    before = _until(history, HELD_BACK)
    for confidence in (0.5, 0.8, 0.9, 0.95):
        held = backtest(history, horizon, confidence=confidence)
        trained = backtest(before, horizon, confidence=confidence, origins=len(TRAINING), step_days=3)
        rows.append((confidence, trained.coverage, held.coverage))
    columns = ["interval's confidence", "within: training", "within: held back"]
    return pd.DataFrame(rows, columns=columns).map(percent)


def handling(history: History, horizon: Horizon) -> pd.DataFrame:
    """Error of the handling time, beside one AHT for all and each slot's own."""
    rows = []
    for label, kept, origins in (
        ("training", _until(history, HELD_BACK), TRAINING),
        ("held back", history, (HELD_BACK,)),
    ):
        tested = backtest(kept, horizon, origins=len(origins), step_days=3).frame
        tested = tested[tested["answered"] > 0]
        for origin in origins:
            frame = tested[tested["origin"] == pd.Timestamp(origin)]
            span = horizon.between(origin, origin + timedelta(days=DAYS - 1))
            recent = recent_weeks(kept, span, WEEKS, np.unique(frame["slot"].to_numpy(np.int64)))
            n, total = (np.nansum(values[0], axis=-1) for values in (recent.answered, recent.handle_seconds))
            own = np.divide(total, n, out=np.full(n.shape, total.sum() / n.sum()), where=n > 0)
            cell = cells(frame, recent.slots)
            came = frame["answered"] * frame["aht_actual"]
            for name, aht in (
                ("drawn to the overall AHT", frame["aht_seconds"]),
                ("one AHT for all", total.sum() / n.sum()),
                ("each slot's own", own[cell]),
            ):
                rows.append((name, label, (frame["answered"] * aht - came).abs().sum(), came.sum()))
    table = pd.DataFrame(rows, columns=["handling time", "days", "missed", "came"])
    table = table.pivot_table(index="handling time", columns="days", aggfunc="sum", sort=False)
    return shown(pd.DataFrame(table["missed"] / table["came"]))


def speed() -> str:
    """Seconds for a year of 40 queues, day and night at 30 minutes, from a year of history."""
    hours = OpeningHours(((Span(0, 1440),),) * 7)
    past = Horizon(date(2024, 1, 1), date(2024, 12, 31), "UTC", 30, hours)
    grid, random = past.grid(), np.random.default_rng(1)
    frames = []
    for queue in range(40):
        offered = random.poisson(20, len(grid))
        frames.append(
            grid.assign(
                queue=f"q{queue:02d}", offered=offered, answered=offered, handle_seconds=200.0 * offered
            )
        )
    history = History(pd.concat(frames, ignore_index=True), "UTC", 30, "random calls", "", 20)
    began = time.perf_counter()
    forecast = forecast_median(history, past.between(date(2025, 1, 1), date(2025, 12, 31)))
    seconds = time.perf_counter() - began
    return f"{len(forecast.frame):,} intervals from {len(history.frame):,} recorded ones: {seconds:.1f} s"


def _until(history: History, day: date) -> History:
    """The history before a day."""
    frame = history.frame[history.frame["business_date"] < pd.Timestamp(day)]
    return History(
        frame, history.time_zone, history.interval_minutes, history.source, "", history.threshold_seconds
    )


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """Shares as text, the index as the first column."""
    return table.map(percent).reset_index()


def percent(share: float) -> str:
    """`0.1967` as `19.7 %`; nothing for NaN."""
    return "" if np.isnan(share) else f"{100 * share:.1f} %"


def print_table(table: pd.DataFrame) -> None:
    """As Markdown."""
    rows = [[str(cell) for cell in row] for row in (table.columns, *table.to_numpy())]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    rows.insert(1, ["-" * width for width in widths])
    for row in rows:
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |")


if __name__ == "__main__":
    main()
