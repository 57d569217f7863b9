"""plan.toml: what fits is read as meant; what does not is named by key, value and what is allowed."""

from pathlib import Path

import pytest

from staffing.config import opening_hours, read_config, shift_families, site_horizon
from staffing.errors import ConfigError

GOOD = """
[plan]
name = "Desk"
[horizon]
start = 2027-02-01
end = 2027-02-28
time_zone = "Asia/Tokyo"
holidays = "JP"
closed = [2027-02-12]
[hours]
monday = ["09:00-18:00"]
thursday = ["09:00-12:00", "13:00-18:00"]
friday = ["22:00-26:00"]
[hours.exceptions]
"2027-02-11" = ["10:00-12:00"]
[forecast]
method = "profile"
profile = "profile.csv"
calls_per_month = 300
aht_seconds = 300
[targets]
abandonment = 0.05
[requirement]
patience_seconds = 180
[staff]
file = "agents.csv"
[[contracts]]
name = "full"
min_hours_week = 20
max_hours_week = 40
max_shifts_week = 5
shifts = ["F8"]
[[shifts]]
code = "F8"
first_start = "09:00"
last_start = "10:00"
length_minutes = 480
"""


def read(tmp_path: Path, text: str) -> object:
    file = tmp_path / "plan.toml"
    file.write_text(text, encoding="utf-8")
    return read_config(file)


def test_a_good_file_is_read_and_its_file_names_lie_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(GOOD, encoding="utf-8")
    config = read_config(file)
    assert config.beside(config.staff.file) == tmp_path / "agents.csv"
    assert config.requirement.patience_seconds == 180
    (code, shifts), *_ = shift_families(config)
    assert (code, [shift.code for shift in shifts]) == ("F8", ["F8-0900", "F8-0930", "F8-1000"])


def test_holidays_and_closed_days_are_closed_unless_they_have_hours_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(GOOD, encoding="utf-8")
    config = read_config(file)
    grid = site_horizon(config).grid()
    open_hours = grid.groupby(grid["business_date"].dt.strftime("%m-%d")).size() / 2
    assert open_hours["02-11"] == 2  # a public holiday with hours of its own
    assert "02-12" not in open_hours  # a Friday closed by the plan
    assert open_hours["02-05"] == 4  # Friday 22:00-26:00 belongs to Friday
    assert open_hours["02-04"] == 8
    assert not opening_hours(config).spans(config.horizon.start.replace(day=23))  # the Emperor's Birthday


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("abandonment = 0.05", "abandonment = 5", ["targets.abandonment", "5", "0.05 for 5 %"]),
        ("abandonment = 0.05", "abandon = 0.05", ["targets.abandon", "did you mean abandonment"]),
        ("abandonment = 0.05", "", ["targets", "give at least one of service_level"]),
        ("Asia/Tokyo", "Tokyo", ["horizon.time_zone", "Tokyo", "Asia/Tokyo"]),
        ('holidays = "JP"', 'holidays = "Japan"', ["horizon.holidays", "Japan", '"JP"']),
        ("end = 2027-02-28", "end = 2027-01-28", ["horizon.end", "2027-01-28", "2027-02-01"]),
        ("end = 2027-02-28", "end = 2028-02-28", ["horizon.end", "13 weeks"]),
        ("09:00-18:00", "9-18", ["hours.monday[1]", "9-18", "09:00-18:00"]),
        ("09:00-18:00", "18:00-09:00", ["hours.monday[1]", "forward"]),
        ('"F8"]', '"F9"]', ["contracts[1].shifts", "F9", "F8"]),
        ("min_hours_week = 20", "min_hours_week = 50", ["contracts[1].min_hours_week", "50", "40"]),
        ("min_hours_week = 20", "", ["contracts[1].min_hours_week", "(missing)"]),
        ("max_shifts_week = 5", "max_shifts_week = 8", ["contracts[1].max_shifts_week", "8", "1 to 7"]),
        ("length_minutes = 480", 'length_minutes = "8h"', ["shifts[1].length_minutes", "8h", "30-1440"]),
        ("length_minutes = 480", "length_minutes = nan", ["shifts[1].length_minutes", "nan"]),
        ("patience_seconds = 180", "", ["requirement.patience_seconds", "history"]),
        (
            "patience_seconds = 180",
            "patience_seconds = -3",
            ["requirement.patience_seconds", "-3", "above 0"],
        ),
        ("calls_per_month = 300", "", ["forecast.calls_per_month", "(missing)", "profile"]),
        ('method = "profile"', 'method = "arima"', ["forecast.method", "arima", "median"]),
        ('method = "profile"', 'method = "median"', ["history", "(missing)"]),
        ("[plan]", "[plan", ["plan.toml", "is not TOML"]),
    ],
)
def test_a_fault_names_key_value_and_what_is_allowed(
    tmp_path: Path, old: str, new: str, words: list[str]
) -> None:
    assert old in GOOD
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, GOOD.replace(old, new))
    for word in words:
        assert word in str(caught.value)


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    broken = GOOD.replace("Asia/Tokyo", "Tokyo").replace("min_hours_week = 20", "min_hours_week = 41")
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, broken)
    assert [fault.key for fault in caught.value.faults] == [
        "horizon.time_zone",
        "contracts[1].min_hours_week",
    ]


def test_a_break_outside_its_shift_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    breaks = (
        "length_minutes = 480\nbreak_minutes = 60\nbreak_earliest_minutes = 60\nbreak_latest_minutes = 450"
    )
    file.write_text(GOOD.replace("length_minutes = 480", breaks), encoding="utf-8")
    with pytest.raises(ConfigError, match="break must lie inside"):
        shift_families(read_config(file))


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        read_config(tmp_path / "nowhere.toml")
