"""What is said of settings that do not fit: the key, the value as written, and what would be right; once each."""

from __future__ import annotations

from pathlib import Path

import pytest

from staffing.config import PlanConfig, read_config, site_horizon
from staffing.errors import ConfigError
from tests.end_to_end.desk import PLAN

BREAK = "break_earliest_minutes = 90\nbreak_latest_minutes = 120"


def read(folder: Path, text: str) -> PlanConfig:
    file = folder / "plan.toml"
    file.write_text(text, encoding="utf-8")
    return read_config(file)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            'monday = ["09:00-13:00"]',
            'monday = "09:00-13:00"',
            """hours.monday = '09:00-13:00': a list such as ["09:00-18:00"]; "22:00-30:00" runs past midnight""",
        ),
        (
            'monday = ["09:00-13:00"]',
            'monday = ["22:00-06:00"]',
            "hours.monday[1] = '22:00-06:00': a span must run forward within 00:00-48:00, found 22:00-06:00; "
            """allowed: a list such as ["09:00-18:00"]; "22:00-30:00" runs past midnight""",
        ),
        (
            'monday = ["09:00-13:00"]',
            'monday = ["09:00-13:00", "12:00-14:00"]',
            "hours.monday = 09:00-13:00, 12:00-14:00: the spans overlap or are out of order",
        ),
        (
            "[targets]",
            "[targets]\ninterval_floor_service_level = 0.5",
            'targets.interval_floor_service_level = 0.5: is used with period = "day", "week" or "month" only',
        ),
        (
            "[targets]",
            "[targets]\nmissed_call_price = 900",
            'targets.missed_call_price = 900: is used with period = "day", "week" or "month" only',
        ),
        (
            "[targets]",
            '[targets]\nperiod = "day"\noccupancy = 0.85',
            "targets.occupancy = 0.85: is a target for intervals only",
        ),
        (
            "[targets]",
            '[targets]\nperiod = "week"\ninterval_floor_service_level = 0.9',
            "targets.interval_floor_service_level = 0.9: at most service_level = 0.8",
        ),
        (
            "[targets]",
            '[targets]\nperiod = "month"\ninterval_floor_abandonment = 0.01',
            "targets.interval_floor_abandonment = 0.01: at least abandonment = 0.05",
        ),
        (
            "service_level = 0.8\nabandonment = 0.05",
            'service_level = 0.8\nperiod = "fortnight"',
            """targets.period = 'fortnight': "interval" (every interval meets the targets), "day", "week" or""",
        ),
        (
            "[requirement]",
            'period = "day"\n[requirement]\nengine = "pyworkforce"',
            """targets.period = "day": the pyworkforce engine sizes intervals: set "interval\"""",
        ),
        (
            "shrinkage = 0.2",
            'shrinkage = 0.2\ndemand_quantile = "newsvendor"\nlost_call_cost = 900',
            'requirement.agent_hour_cost = (missing): must be given with demand_quantile = "newsvendor"',
        ),
        (
            "shrinkage = 0.2",
            "shrinkage = 0.2\nlost_call_cost = 900",
            'requirement.lost_call_cost = 900: is used with demand_quantile = "newsvendor" only',
        ),
        (
            "shrinkage = 0.2",
            "shrinkage = 0.2\ndemand_quantile = 1.5",
            "requirement.demand_quantile = 1.5: a share such as 0.8 (enough agents in 8 of 10 such intervals)",
        ),
        (
            'friday = ["09:00-13:00"]',
            'friday = ["09:00-13:00"]\nsunday = ["09:00-13:00"]\n[hours.exceptions]\n"2026-12-31" = ["09:10-12:00"]',
            'hours.exceptions."2026-12-31" = 09:10-12:00: must begin and end on the 30-minute grid',
        ),
        (
            "interval_minutes = 30",
            'interval_minutes = 30\nclosed = ["12.2.2027"]',
            "horizon.closed[1] = '12.2.2027': a list of further closed dates, such as [2027-02-10",
        ),
        (
            "[hours]",
            'closed = [2027-02-03]\n[hours.exceptions]\n"2027-02-03" = ["09:00-12:00"]\n[hours]',
            "horizon.closed = 2027-02-03: has opening hours in hours.exceptions",
        ),
        ("start = 2027-02-01", "start = 9999-12-31", "horizon.start = 9999-12-31: a date such as 2027-02-01"),
        (
            "start = 2027-02-01",
            'start = "soon"',
            "horizon.start = 'soon': a date such as 2027-02-01, without quotes",
        ),
        (
            "[[contracts]]",
            "[contracts]",
            "contracts = (a table): one or more tables [[contracts]], in double",
        ),
        ('[staff]\nfile = "agents.csv"', "", "staff = (missing): must be given: a table [staff] with file"),
        ('file = "agents.csv"', 'file = ""', "staff.file = '': expected the name of a file"),
        ('name = "part"\n', "", "contracts[1].name = (missing): must be given: a name of 1 to 80 characters"),
        (
            'shifts = ["D4", "D2"]',
            "shifts = []",
            "contracts[1].shifts = []: a list of codes of [[shifts]], such as",
        ),
        (
            'last_start = "11:00"',
            'last_start = "08:00"',
            "shifts[2].last_start = 08:00: must not lie before first",
        ),
        (
            'last_start = "11:00"',
            'last_start = "99:00"',
            "shifts[2].last_start = '99:00': expected a time before 48",
        ),
        (
            'last_start = "11:00"',
            "last_start = 11:00:00",
            "shifts[2].last_start = 11:00:00: a time such as",
        ),
        (
            BREAK,
            "",
            "shifts[1].break_minutes = 30: the break must lie inside the shift: give break_earliest_minutes above 0 "
            "and break_latest_minutes from there to below 210",
        ),
        (
            "[labour]",
            '[labour]\npack = "jp-2022"',
            "labour.pack = jp-2022: known packs: eu-wtd-2003-88, jp-2023-04",
        ),
        (
            "[labour]",
            '[labour]\noptions = ["overtime"]',
            "labour.options = overtime: known options: agreement, ",
        ),
        (
            "[labour]",
            '[labour]\noptions = ["special_clause"]',
            "labour.options = special_clause: needs the option agreement as well",
        ),
        (
            "patience_seconds = 180",
            "patience_seconds = -3",
            'patience_seconds = -3: "history" (estimated from',
        ),
    ],
)
def test_a_message_says_what_would_be_right(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in PLAN
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, PLAN.replace(old, new))
    assert says in str(caught.value)
    assert len(caught.value.faults) == 1, str(caught.value)
    assert "Tuple" not in str(caught.value)
    assert "valid" not in str(caught.value)


def test_pyworkforce_needs_a_threshold(tmp_path: Path) -> None:
    text = PLAN.replace("[targets]", "[targets]\nthreshold_seconds = 0")
    read(tmp_path, text)
    with pytest.raises(
        ConfigError, match=r"threshold_seconds = 0: the pyworkforce engine needs seconds above 0"
    ):
        read(tmp_path, text.replace("[requirement]", '[requirement]\nengine = "pyworkforce"'))


def test_a_file_that_is_no_utf_8_says_to_save_it_so(tmp_path: Path) -> None:
    for encoding in ("cp932", "utf-16"):
        (tmp_path / "plan.toml").write_text(PLAN.replace("Three people", "三人"), encoding=encoding)
        with pytest.raises(ConfigError, match="is not UTF-8 text; save it as UTF-8"):
            read_config(tmp_path / "plan.toml")


def test_a_night_that_runs_into_the_next_morning_is_found_whatever_days_are_planned(tmp_path: Path) -> None:
    """The history's Sundays matter too, though none is planned."""
    text = PLAN.replace("[hours]", '[hours]\nsaturday = ["09:00-36:00"]\nsunday = ["10:00-12:00"]')
    config = read(tmp_path, text.replace("end = 2027-02-07", "end = 2027-02-05"))
    with pytest.raises(ConfigError, match="begin before the day before has closed"):
        site_horizon(config)


def test_holidays_are_known_as_far_back_as_a_history_may_go(tmp_path: Path) -> None:
    config = read(tmp_path, PLAN.replace("[hours]", 'holidays = "JP"\n[hours]'))
    hours = site_horizon(config).hours
    for year in range(2016, 2028):
        assert not hours.spans(config.horizon.start.replace(year=year, month=1, day=1))
