"""A desk of 300 calls a month, weekdays 9-12 in February 2027, whose options can be priced by hand."""

from __future__ import annotations

from pathlib import Path

from tests.end_to_end.desk import Desk
from tests.mornings import HOURS, PEOPLE

TARIFFS = Path(__file__).parents[1] / "sourcing" / "plain.toml"
PLAN = f"""\
[plan]
name = "窓口"

{HOURS}
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

{PEOPLE}
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
