"""A desk of 300 calls a month, weekdays 9-12 in February 2027, whose options can be priced by hand."""

from __future__ import annotations

from pathlib import Path

from tests.end_to_end.desk import Desk

TARIFFS = Path(__file__).parents[1] / "sourcing" / "plain.toml"
PLAN = """\
[plan]
name = "窓口"

[horizon]
start = 2027-02-01
end = 2027-02-28
time_zone = "Asia/Tokyo"
interval_minutes = 60

[hours]
monday = ["09:00-12:00"]
tuesday = ["09:00-12:00"]
wednesday = ["09:00-12:00"]
thursday = ["09:00-12:00"]
friday = ["09:00-12:00"]

[forecast]
method = "profile"
profile = "profile.csv"
calls_per_month = 300
aht_seconds = 300

[targets]
abandonment = 0.05

[requirement]
model = "erlang-a"
patience_seconds = 180

[staff]
file = "agents.csv"

[[contracts]]
name = "part"
min_hours_week = 0
max_hours_week = 20
max_shifts_week = 5
shifts = ["D"]

[[shifts]]
code = "D"
first_start = "09:00"
last_start = "09:00"
length_minutes = 180

[labour]
week_start = "monday"

[roster]
seconds = 2

[sourcing]
tariffs = "tariffs.toml"
"""
AGENTS = "agent_id,agent_name,contract,wage\nA1,青木,part,1200\nA2,石田,part,1200\nA3,上田,part,1200\n"
PROFILE = "weekday,start,weight\n" + "".join(
    f"{day},{hour:02d}:00,1\n"
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday")
    for hour in (9, 10, 11)
)


def write_desk(folder: Path) -> Desk:
    """The desk's files in a new folder."""
    folder.mkdir(parents=True)
    texts = {"plan.toml": PLAN, "agents.csv": AGENTS, "profile.csv": PROFILE}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "tariffs.toml").write_bytes(TARIFFS.read_bytes())
    return Desk(folder)
