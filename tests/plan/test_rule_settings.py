"""Rules, wishes and people's hours from the files reach the roster, and the files are kept beside it."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date, time
from pathlib import Path

import pytest

from staffing.plan import Plan, plan
from staffing.roster.roster import Duty
from staffing.samples import sample_folder

RULES = """
[[rules]]
rule = "consecutive_days_most"
days = 2
agents = ["D01"]
[[rules]]
rule = "shifts_in_period"
period = "week"
shifts = ["D4"]
most = 0
contracts = ["part"]
[[rules]]
rule = "even_share"
kind = "soft"
weight = 10
of = "shifts"
shifts = ["D5"]
[[shift_demand]]
weekday = "friday"
shift = "D5-1300"
people = 1
under_price = 20000
"""
STAFF = """\
agent_id,agent_name,queue,contract,wage,leave,tags,available
D01,A,main,full,1300,2027-02-15,SV,
D02,B,main,full,1250,,SV,
D03,C,main,part,1150,2027-02-03..2027-02-05,,
D04,D,main,part,1100,,,月火水木金 09:00-15:00
"""
REQUESTS = "agent_id,date,wants,shift,weight\nD02,2027-02-08,off,,90000\nD03,2027-02-09,on,D5,90000\n"
FIXED = "agent_id,date,shift\nD01,2027-02-09,D8\nD01,2027-02-10,\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    folder: Path = tmp_path_factory.mktemp("desk") / "small"
    shutil.copytree(sample_folder("small-desk"), folder)
    text = (folder / "plan.toml").read_text("utf-8")
    text = text.replace(
        'file = "agents.csv"', 'file = "agents.csv"\nrequests = "requests.csv"\nfixed = "fixed.csv"'
    )
    (folder / "plan.toml").write_text(text + RULES, "utf-8")
    for name, content in (("agents.csv", STAFF), ("requests.csv", REQUESTS), ("fixed.csv", FIXED)):
        (folder / name).write_text(content, "utf-8")
    return plan(folder / "plan.toml", until="roster", seconds=4)


def duties(made: Plan, agent_id: str) -> list[Duty]:
    assert made.roster is not None
    return [duty for duty in made.roster.result.roster.duties if duty.agent_id == agent_id]


def test_rules_of_the_settings_are_kept(made: Plan) -> None:
    days = {duty.business_date.toordinal() for duty in duties(made, "D01")}
    assert not any({day, day + 1, day + 2} <= days for day in days)
    assert {duty.shift_code[:2] for agent_id in ("D03", "D04") for duty in duties(made, agent_id)} == {"D5"}


def test_hours_of_the_staff_list_are_kept(made: Plan) -> None:
    found = duties(made, "D04")
    assert found
    assert all(duty.end.time() <= time(15) for duty in found)


def test_wishes_and_fixed_days_are_kept(made: Plan) -> None:
    worked = {
        (duty.agent_id, duty.business_date): duty.shift_code
        for agent in "1234"
        for duty in duties(made, f"D0{agent}")
    }
    assert ("D02", date(2027, 2, 8)) not in worked
    assert worked["D03", date(2027, 2, 9)].startswith("D5")
    assert worked["D01", date(2027, 2, 9)] == "D8-0900"
    assert ("D01", date(2027, 2, 10)) not in worked


def test_demand_by_shift_is_met_where_it_is_dear(made: Plan) -> None:
    fridays = Counter(
        duty.business_date
        for duty in duties(made, "D03")
        if duty.shift_code == "D5-1300" and duty.business_date.weekday() == 4
    )
    assert set(fridays) == {
        date(2027, 2, day) for day in (12, 19, 26)
    }  # D04 leaves at 15:00, D03 is away on the 5th


def test_the_files_are_kept_beside_the_results(made: Plan) -> None:
    assert made.inputs["requests.csv"] == REQUESTS.encode()
    assert made.inputs["fixed.csv"] == FIXED.encode()
