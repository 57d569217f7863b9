"""Make the files of `data/` again, or print the figures that their README files quote.

    python scripts/make_samples.py CALLS.csv     from the bank's call records (plain or .csv.gz)
    python scripts/make_samples.py --figures     what data/anonymous-bank/README.md quotes

Written are history.csv, calls.csv.gz and agents.csv of the bank, and profile.csv and agents.csv of the small desk;
the plan.toml and README.md files are written by hand. The same records give the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import io
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from staffing.config import PlanConfig, read_config, site_horizon
from staffing.demand import read_history
from staffing.demand.importers import import_calls, write_history
from staffing.horizon import clock

DATA = Path(__file__).resolve().parent.parent / "data"
BANK_PLAN = DATA / "anonymous-bank" / "plan.toml"

# How the bank's invented contracts and wages follow from the records.
MIN_CALLS = 100  # agents with fewer are left out: they helped for an hour or a day
EVENING_HOUR, EVENING_SHARE = 18, 0.45  # this share of calls from 18:00 on makes an evening contract
FULL_TIME_CALLS = 1500  # in the two months; fewer make a part-time contract
TOP_WAGE, WAGE_STEP, WAGE_UNIT = (
    1500,
    15,
    10,
)  # yen an hour: most calls first, each next one 15 less, to 10 yen
LEAVE = {
    "A14": "1999-03-02",
    "A05": "1999-03-21..1999-03-25",
    "A28": "1999-03-10;1999-03-17",
    "A07": "1999-03-30..1999-03-31",
    "A37": "1999-03-14..1999-03-15",
}

# The small desk, all invented: half-hours from 09:00 on, and weekdays against the mean.
DAY_SHAPE = (0.8, 1.2, 1.5, 1.6, 1.5, 1.2, 0.7, 0.6, 0.9, 1.2, 1.4, 1.3, 1.1, 1.0, 0.8, 0.6, 0.4, 0.2)
WEEK_SHAPE = {"monday": 1.3, "tuesday": 1.0, "wednesday": 0.9, "thursday": 0.9, "friday": 0.9}
DESK_STAFF = (
    ("D01", "青木 美咲", "full", 1300, "2027-02-15"),
    ("D02", "石田 健", "full", 1250, ""),
    ("D03", "上野 直子", "part", 1150, "2027-02-03..2027-02-05"),
    ("D04", "江口 亮", "part", 1100, ""),
)


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(
        description="Make the sample data, or print the figures quoted beside it."
    )
    parser.add_argument("calls", nargs="?", type=Path, help="the call records, .csv or .csv.gz")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder to write to (default: data/)")
    parser.add_argument("--figures", action="store_true", help="print the figures of the README files")
    arguments = parser.parse_args()
    if not arguments.figures and arguments.calls is None:
        parser.error("name the call records, or ask for --figures")
    if arguments.calls is not None:
        make_bank(arguments.calls, arguments.data / "anonymous-bank")
        make_desk(arguments.data / "small-desk")
    if arguments.figures:
        for line in figures(arguments.data / "anonymous-bank"):
            print(line)


def make_bank(calls: Path, folder: Path) -> None:
    """Write history.csv, calls.csv.gz and agents.csv; the opening hours are those of the bank's plan.toml."""
    folder.mkdir(parents=True, exist_ok=True)
    raw = gzip.decompress(calls.read_bytes()) if calls.suffix == ".gz" else calls.read_bytes()
    config = read_config(BANK_PLAN)
    records = pd.read_csv(io.BytesIO(raw), parse_dates=["queue_entry"])
    write_history(count_calls(calls, config), folder / "history.csv")
    (folder / "agents.csv").write_text(bank_agents(records).to_csv(index=False), encoding="utf-8")
    packed = gzip.compress(raw.replace(b"\r\n", b"\n"), compresslevel=9, mtime=0)  # holds no name and no time
    (folder / "calls.csv.gz").write_bytes(packed)


def count_calls(calls: Path, config: PlanConfig) -> pd.DataFrame:
    """The canonical history of the call records, zero rows included."""
    assert config.history is not None
    return import_calls(
        calls,
        site_horizon(config),
        threshold_seconds=config.history.threshold_seconds,
        missing_days=config.history.missing_days,
    )


def bank_agents(records: pd.DataFrame) -> pd.DataFrame:
    """The agents with at least `MIN_CALLS` calls, by id; contract and wage by the rules above."""
    named = records.dropna(subset="agent").assign(
        late=lambda calls: calls["queue_entry"].dt.hour >= EVENING_HOUR
    )
    agents = named.groupby("agent").agg(calls=("late", "size"), late=("late", "mean"))
    agents = agents[agents["calls"] >= MIN_CALLS].sort_values("calls", ascending=False, kind="stable")
    wage = [(TOP_WAGE - WAGE_STEP * place) // WAGE_UNIT * WAGE_UNIT for place in range(len(agents))]
    contract = agents["calls"].ge(FULL_TIME_CALLS).map({True: "full", False: "part"})
    contract = contract.where(agents["late"] < EVENING_SHARE, "evening")
    ids = agents.index.astype(str)
    frame = pd.DataFrame(
        {
            "agent_id": ids,
            "agent_name": "Agent " + ids,
            "queue": "main",
            "contract": contract.to_numpy(),
            "wage": wage,
            "leave": [LEAVE.get(agent, "") for agent in ids],
        }
    )
    return frame.sort_values("agent_id")


def make_desk(folder: Path) -> None:
    """Write profile.csv and agents.csv."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [
        (day, clock(9 * 60 + 30 * slot), round(weight * share, 3))
        for day, weight in WEEK_SHAPE.items()
        for slot, share in enumerate(DAY_SHAPE)
    ]
    profile = pd.DataFrame(rows, columns=["weekday", "start", "weight"])
    staff = pd.DataFrame(DESK_STAFF, columns=["agent_id", "agent_name", "contract", "wage", "leave"])
    staff.insert(2, "queue", "main")
    (folder / "profile.csv").write_text(profile.to_csv(index=False), encoding="utf-8")
    (folder / "agents.csv").write_text(staff.to_csv(index=False), encoding="utf-8")


def figures(folder: Path) -> Iterator[str]:
    """The figures that the bank's README quotes, a line each."""
    config = read_config(BANK_PLAN)
    assert config.history is not None
    horizon = site_horizon(config)
    calls = pd.read_csv(folder / "calls.csv.gz", parse_dates=["queue_entry"])
    yield f"calls                        {len(calls):,}"
    yield f"agents with a name           {calls['agent'].nunique()}"
    yield f"agents with {MIN_CALLS} calls or more {len(bank_agents(calls))}"
    yield from _months(calls)
    yield from _saturdays(calls)
    history = read_history(folder / "history.csv", horizon, missing_days=config.history.missing_days)
    yield f"rows of the history          {len(pd.read_csv(folder / 'history.csv')):,}"
    yield f"open intervals               {len(history.frame):,}, {int(history.frame['offered'].sum()):,} calls"
    yield from (f"note                         {note}" for note in history.notes)
    yield from _contracts(config, bank_agents(calls))


def _months(calls: pd.DataFrame) -> Iterator[str]:
    """Abandonment, waiting and handling by month."""
    for month, rows in calls.groupby(calls["queue_entry"].dt.strftime("%Y-%m")):
        taken = rows[rows["outcome"] == "answered"]
        lost = len(rows) - len(taken)
        yield (
            f"{month}                      {len(rows):,} calls, {lost:,} abandoned ({lost / len(rows):.1%}), "
            f"mean wait {rows['queue_s'].mean():.0f} s (answered calls {taken['queue_s'].mean():.0f} s), "
            f"AHT {taken['handle_s'].mean():.0f} s, "
            f"answered within 20 s {taken['queue_s'].le(20).sum() / len(rows):.0%}, "
            f"waiting / abandoned {rows['queue_s'].sum() / lost:.0f} s, {rows['agent'].nunique()} agents"
        )


def _saturdays(calls: pd.DataFrame) -> Iterator[str]:
    """When agents begin to answer on Saturdays."""
    saturday = calls[calls["queue_entry"].dt.day_of_week == 5]
    hour = saturday["queue_entry"].dt.hour
    early = saturday[hour == 19]
    answered = early["outcome"].eq("answered").sum()
    yield f"Saturdays, 19:00-20:00       {len(early)} of {len(saturday)} calls, {answered} answered"
    for day, rows in saturday[saturday["outcome"] == "answered"].groupby(saturday["queue_entry"].dt.date):
        yield f"first answer on {day}   {rows['queue_entry'].min():%H:%M:%S}"


def _contracts(config: PlanConfig, agents: pd.DataFrame) -> Iterator[str]:
    """How many hours a week the team may work."""
    total = 0.0
    for contract in config.contracts:
        people = int((agents["contract"] == contract.name).sum())
        total += people * contract.max_hours_week
        hours = f"{contract.min_hours_week:g}-{contract.max_hours_week:g} h a week each"
        yield f"contract {contract.name:<20}{people} agents, {hours}"
    yield f"hours a week at most         {total:g}"


if __name__ == "__main__":
    main()
