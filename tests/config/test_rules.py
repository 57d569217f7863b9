"""`[[rules]]` and `[[shift_demand]]`: every rule can be named, and what does not fit is addressed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from staffing.config import PlanConfig, read_config, rules_from, shift_demand, site_horizon
from staffing.config.rules import RULES
from staffing.errors import ConfigError
from staffing.roster import rules
from staffing.roster.problem import Agent
from staffing.roster.rules import ConsecutiveDaysMost, EvenShare, MinimumRest, Together
from staffing.samples import sample_folder

SMALL = (sample_folder("small-desk") / "plan.toml").read_text("utf-8")
AGENTS = tuple(
    Agent(f"D0{i}", f"D0{i}", "main", "full" if i < 3 else "part", 1200, tags=frozenset({"SV"}))
    for i in range(1, 5)
)
PARAMETERS = {  # one good table a rule
    "allowed_starts": 'windows = ["08:00-10:00"]',
    "apart": 'pair = ["D01", "D02"]',
    "consecutive_days_least": "days = 2",
    "consecutive_days_most": "days = 5",
    "consecutive_days_off_least": "days = 2",
    "days_off_after_nights": "days = 2",
    "days_off_in_window": "window_days = 28\ndays_off = 4",
    "even_share": 'kind = "soft"\nweight = 100\nof = "shifts"\nshifts = ["D8"]\nhistory = { D01 = 3 }',
    "forbidden_succession": 'barred = [["D8", "D5-0900"]]',
    "hours_in_period": 'period = "month"\nmost_minutes = 9600',
    "hours_in_window": "days = 14\nmost_minutes = 4800",
    "leave_allowance": "most = 2",
    "minimum_on_duty": 'tag = "SV"\nleast = 1',
    "nights_on_end_most": "nights = 3",
    "shifts_in_period": 'period = "week"\nshifts = ["D5"]\nmost = 2',
    "stable_starts": "within_minutes = 120",
    "together": 'pair = ["D01", "D02"]',
    "weekends_most": "weekends = 2",
    "weekends_on_end_most": "weekends = 1",
}


def read(tmp_path: Path, tables: str) -> PlanConfig:
    file = tmp_path / "plan.toml"
    file.write_text(SMALL + "\n" + tables, "utf-8")
    return read_config(file)


def faults(tmp_path: Path, tables: str) -> str:
    with pytest.raises(ConfigError) as caught:
        rules_from(read(tmp_path, tables), AGENTS)
    return str(caught.value)


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_rule_can_be_named(tmp_path: Path, name: str) -> None:
    (rule,) = rules_from(read(tmp_path, f'[[rules]]\nrule = "{name}"\n{PARAMETERS.get(name, "")}\n'), AGENTS)
    assert type(rule) is RULES[name]


def test_no_rule_is_forgotten() -> None:
    classes = {getattr(rules, name) for name in rules.__all__ if isinstance(getattr(rules, name), type)}
    internal = {rules.Attendance, rules.Rule, rules.Seats, rules.FixedDays, rules.OneShiftADay}
    assert set(RULES.values()) == classes - internal


def test_parameters_kind_weight_and_people(tmp_path: Path) -> None:
    config = read(
        tmp_path,
        """
[[rules]]
rule = "consecutive_days_most"
days = 4
contracts = ["part"]
agents = ["D01"]
[[rules]]
rule = "rest"
kind = "soft"
weight = 3000
[[rules]]
rule = "even_share"
kind = "soft"
weight = 100
of = "nights"
history = { D01 = 3 }
[[rules]]
rule = "together"
pair = ["D03", "D04"]
[[rules]]
rule = "weekends_most"
kind = "off"
""",
    )
    assert rules_from(config, AGENTS) == (
        ConsecutiveDaysMost(days=4, people=frozenset({"D01", "D03", "D04"})),
        MinimumRest(kind="soft", weight=3000),
        EvenShare(kind="soft", weight=100, history=(("D01", 3),)),
        Together(pair=("D03", "D04")),
    )


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('rule = "restt"', "rules[1].rule = restt: known rules: allowed_starts, apart,"),
        ('rule = "rest"\nkind = "weak"', 'rules[1].kind = \'weak\': "hard", "soft" (with a weight) or "off"'),
        ('rule = "rest"\nkind = "soft"', "rules[1].weight = 0: a soft rule needs a price a unit, above 0"),
        ('rule = "rest"\nweight = 5', 'rules[1].weight = 5: only a rule of kind = "soft" has a weight'),
        ('rule = "rest"\nhours = 9', "rules[1].hours = 9: is no parameter of this rule; it has: none"),
        ('rule = "law_day"\nkind = "soft"\nweight = 1', 'rules[1].kind = soft: "hard" or "off"'),
        ('rule = "weekends_most"', "rules[1].weekends = (missing): must be given: a whole number from 0"),
        ('rule = "weekends_most"\nweekends = -1', "rules[1].weekends = -1: a whole number from 0"),
        ('rule = "weekends_most"\nweekends = true', "rules[1].weekends = True: a whole number from 0"),
        ('rule = "consecutive_days_most"\ndays = 0', "rules[1].days = 0: a whole number from 1"),
        (
            'rule = "shifts_in_period"\nperiod = "year"',
            'rules[1].period = \'year\': a choice of "week", "month"',
        ),
        (
            'rule = "shifts_in_period"\nperiod = "week"\nleast = 3\nmost = 2',
            "rules[1].least = 3: must not exceed most = 2",
        ),
        (
            'rule = "forbidden_succession"\nbarred = [["D8", "N8"]]',
            "rules[1].barred = N8: known shifts: D8, D5, D4",
        ),
        ('rule = "even_share"', 'rules[1].kind = hard: "soft", with a weight, or "off"'),
        (
            'rule = "allowed_starts"\nwindows = ["9-10"]',
            "rules[1].windows = ['9-10']: a list of spans in which",
        ),
        ('rule = "rest"\ncontracts = ["half"]', "rules[1].contracts = half: known contracts: full, part"),
        ('rule = "rest"\nagents = ["D09"]', "rules[1].agents = D09: an agent_id of the staff list"),
        ('rule = "apart"\npair = ["D01", "D09"]', "rules[1].pair = D09: an agent_id of the staff list"),
        ('rule = "apart"\npair = ["D01", "D01"]', "two different agent ids"),
        (
            'rule = "apart"\npair = ["D01", "D02"]\nagents = ["D01"]',
            "rules[1].agents = D01: is no setting of a rule for the team",
        ),
    ],
)
def test_what_does_not_fit_is_addressed(tmp_path: Path, table: str, message: str) -> None:
    assert message in faults(tmp_path, f"[[rules]]\n{table}\n")


def test_shift_demand_of_a_weekday_and_of_a_date(tmp_path: Path) -> None:
    config = read(
        tmp_path,
        """
[[shift_demand]]
weekday = "monday"
shift = "D8"
people = 2
under_price = 9000
[[shift_demand]]
date = 2027-02-08
shift = "D8"
people = 1
under_price = 500
over_price = 50
""",
    )
    found = {demand.day: demand for demand in shift_demand(config, site_horizon(config))}
    assert sorted(found) == [date(2027, 2, day) for day in (1, 8, 15, 22)]
    assert (found[date(2027, 2, 1)].people, found[date(2027, 2, 1)].under_price) == (2, 9000)
    assert (found[date(2027, 2, 8)].people, found[date(2027, 2, 8)].over_price) == (1, 50)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('shift = "D8"', "shift_demand[1] = (a table): give either date or weekday"),
        ('shift = "D9"\nweekday = "monday"', "shift_demand[1].shift = D9: known shifts: D8, D5, D4"),
    ],
)
def test_shift_demand_that_does_not_fit(tmp_path: Path, lines: str, message: str) -> None:
    assert message in faults(tmp_path, f"[[shift_demand]]\npeople = 1\nunder_price = 1\n{lines}\n")
