"""A desk of three people for one week, and the command line in this process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from click.testing import CliRunner

from staffing.cli import main

PLAN = """\
[plan]
name = "Three people"
seed = 1

[horizon]
start = 2027-02-01
end = 2027-02-07
time_zone = "Asia/Tokyo"
interval_minutes = 30

[hours]
monday = ["09:00-13:00"]
tuesday = ["09:00-13:00"]
wednesday = ["09:00-13:00"]
thursday = ["09:00-13:00"]
friday = ["09:00-13:00"]

[history]
file = "history.csv"

[forecast]
method = "median"
weeks = 4

[targets]
service_level = 0.8
abandonment = 0.05

[requirement]
model = "erlang-a"
patience_seconds = 180
shrinkage = 0.2

[staff]
file = "agents.csv"

[[contracts]]
name = "part"
min_hours_week = 8
max_hours_week = 20
max_shifts_week = 5
shifts = ["D4", "D2"]

[[shifts]]
code = "D4"
first_start = "09:00"
last_start = "09:00"
length_minutes = 240
break_minutes = 30
break_earliest_minutes = 90
break_latest_minutes = 120

[[shifts]]
code = "D2"
first_start = "09:00"
last_start = "11:00"
step_minutes = 60
length_minutes = 120

[labour]
week_start = "monday"

[roster]
seconds = 5
gap = 0.05
"""
AGENTS = """\
agent_id,agent_name,contract,wage,leave
A1,青木 美咲,part,1300,2027-02-03
A2,石田 健,part,1250,
A3,Ueda,part,1200,
"""
HISTORY_START = date(2026, 12, 7)  # eight weeks before the plan
HEADER = "interval_start,interval_minutes,queue,offered,answered,abandoned,talk_seconds,acw_seconds"


def history() -> str:
    """Eight weeks of half-hours, 12 to 18 calls each."""
    lines = [HEADER]
    for i in range(8 * 7):
        day = HISTORY_START + timedelta(days=i)
        if day.weekday() < 5:
            for slot in range(8):
                start = datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo("Asia/Tokyo"))
                start += timedelta(minutes=30 * slot)
                offered = 12 + (3 * i + 5 * slot) % 7
                lines.append(
                    f"{start.isoformat()},30,main,{offered},{offered - 1},1,{150 * offered},{30 * offered}"
                )
    return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class Outcome:
    """How a command ended."""

    status: int
    out: str
    err: str


def run(*arguments: object) -> Outcome:
    """One command line, in this process; an exception that is not worded for the user is raised."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)
    return Outcome(result.exit_code, result.stdout, result.stderr)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@dataclass(frozen=True)
class Desk:
    """A folder with a plan's inputs, and a folder of results beside it."""

    folder: Path

    @property
    def plan(self) -> Path:
        return self.folder / "plan.toml"

    @property
    def out(self) -> Path:
        return self.folder / "out"

    def edit(self, file: str, change: Callable[[str], str | bytes]) -> None:
        """Replace a file by what `change` makes of its text."""
        path = self.folder / file
        changed = change(path.read_text(encoding="utf-8"))
        path.write_bytes(changed.encode() if isinstance(changed, str) else changed)
