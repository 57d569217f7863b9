"""Awkward calendars: nights over clock changes, two months, a start within the week, weeks that are closed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from staffing.errors import ConfigError
from staffing.plan import Plan, plan
from staffing.summary import summarise
from tests.end_to_end.desk import AGENTS, PLAN, history

PROFILE = "weekday,start,weight\n" + "".join(f"*,{21 + i // 2}:{i % 2 * 30:02d},10\n" for i in range(18))
BY_PROFILE = 'method = "profile"\nprofile = "profile.csv"\ncalls_per_month = 3000\naht_seconds = 200'
NIGHTS = {
    '[history]\nfile = "history.csv"\n': "",
    'method = "median"': BY_PROFILE,
    "Asia/Tokyo": "Europe/Berlin",
    'first_start = "09:00"\nlast_start = "09:00"': 'first_start = "21:00"\nlast_start = "25:00"',
    'first_start = "09:00"\nlast_start = "11:00"': 'first_start = "21:00"\nlast_start = "28:00"',
    'friday = ["09:00-13:00"]': 'friday = ["09:00-13:00"]\nsaturday = ["09:00-13:00"]\nsunday = ["09:00-13:00"]',
    '"09:00-13:00"': '"21:00-30:00"',
}


def write(folder: Path, changes: Mapping[str, str]) -> Path:
    text = PLAN
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    files = {"plan.toml": text, "agents.csv": AGENTS, "history.csv": history(), "profile.csv": PROFILE}
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder / "plan.toml"


def days(first: date, last: date) -> dict[str, str]:
    return {"start = 2027-02-01": f"start = {first}", "end = 2027-02-07": f"end = {last}"}


def judged(made: Plan) -> Plan:
    """The plan, when its roster is lawful and its summary is JSON that any reader takes."""
    assert made.roster is not None
    assert made.roster.report.passed, made.roster.report.violations
    json.dumps(summarise(made), allow_nan=False)
    return made


@pytest.mark.parametrize(
    ("night", "hours"), [(date(2027, 3, 27), 8), (date(2027, 10, 30), 10), (date(2027, 6, 19), 9)]
)
def test_a_night_is_as_long_as_its_clock_change_makes_it(tmp_path: Path, night: date, hours: int) -> None:
    week = days(night - timedelta(days=night.weekday()), night + timedelta(days=3))
    made = judged(plan(write(tmp_path, NIGHTS | week)))
    assert made.roster is not None
    cover = made.roster.coverage.frame
    own = cover[cover["business_date"].dt.date == night]
    assert len(own) == 2 * hours
    assert cover["interval_start"].is_unique
    there = [duty.end.timestamp() - duty.start.timestamp() for duty in made.roster.result.roster.duties]
    assert set(there) <= {4 * 3600, 2 * 3600}  # elapsed: the clock may show an hour more or less
    hours_there = sum(there) / 3600
    assert (cover["on_floor"] + cover["on_break"]).sum() / 2 == pytest.approx(hours_there)


def test_costs_are_by_month_where_the_plan_runs_over_two(tmp_path: Path) -> None:
    made = judged(plan(write(tmp_path, days(date(2027, 1, 25), date(2027, 2, 7)))))
    assert made.comparison is not None
    assert made.roster is not None
    lines = made.comparison.lines
    assert set(lines["month"]) == {"2027-01", "2027-02"}
    wages = lines[(lines["option"] == "in-house") & (lines["item"] == "wages")].set_index("month")["amount"]
    for month in (1, 2):
        paid = sum(pay.cost for pay in made.roster.pay if pay.business_date.month == month)
        assert wages[f"2027-{month:02d}"] == pytest.approx(paid, abs=1)


def test_a_plan_may_begin_within_a_week(tmp_path: Path) -> None:
    made = judged(plan(write(tmp_path, days(date(2027, 2, 3), date(2027, 2, 9)))))
    assert made.roster is not None
    assert min(duty.business_date for duty in made.roster.result.roster.duties) == date(2027, 2, 3)


def test_a_week_may_be_closed(tmp_path: Path) -> None:
    closed = ", ".join(f"2027-02-{day:02d}" for day in range(8, 13))
    changes = days(date(2027, 2, 1), date(2027, 2, 19)) | {"[hours]": f"closed = [{closed}]\n[hours]"}
    made = judged(plan(write(tmp_path, changes)))
    assert made.roster is not None
    worked = {duty.business_date for duty in made.roster.result.roster.duties}
    assert worked
    assert not {day for day in worked if date(2027, 2, 8) <= day <= date(2027, 2, 14)}
    assert len(made.forecast.frame) == 80


def test_a_plan_without_an_open_day_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="open on at least one day from 2027-02-06 to 2027-02-07"):
        plan(write(tmp_path, days(date(2027, 2, 6), date(2027, 2, 7))))


def test_one_person_and_no_calls_are_a_plan(tmp_path: Path) -> None:
    settings = {
        'method = "median"': BY_PROFILE.replace("3000", "0"),
        "min_hours_week = 8": "min_hours_week = 0",
        "shrinkage = 0.2": "shrinkage = 0.2\nminimum_agents = 0",
    }
    file = write(tmp_path, settings)
    (tmp_path / "agents.csv").write_text("\n".join(AGENTS.splitlines()[:2]) + "\n", encoding="utf-8")
    made = judged(plan(file))
    assert made.roster is not None
    assert made.roster.result.roster.duties == ()
    summary = summarise(made)
    assert summary["forecast"]["aht_seconds"] is None
    assert summary["roster"]["expected"]["abandonment"] == 0
    assert summary["costs"]["options"][0]["cost_per_handled_call"] is None


def test_a_history_shorter_than_the_test_of_the_forecast_is_planned_untested(tmp_path: Path) -> None:
    file = write(tmp_path, {})
    rows = history().splitlines()[: 1 + 27 * 8]
    (tmp_path / "history.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    short = plan(file, until="forecast")
    assert short.history is not None
    assert short.backtest is not None
    (tmp_path / "history.csv").write_text("\n".join(rows[: 1 + 15 * 8]) + "\n", encoding="utf-8")
    assert plan(file, until="forecast").backtest is None


def test_days_without_calls_at_the_end_of_a_history_are_planned_untested(tmp_path: Path) -> None:
    """Nothing came in the two weeks to be held back, so there is nothing to measure an error against."""
    file = write(tmp_path, {})
    header, *rows = history().splitlines()
    quiet = [",".join([*row.split(",")[:3], *["0"] * 5]) if row >= "2027-01-17" else row for row in rows]
    (tmp_path / "history.csv").write_text("\n".join([header, *quiet, ""]), encoding="utf-8")
    made = plan(file, until="requirement")
    assert made.backtest is None
    assert summarise(made)["forecast"]["backtest"] is None
    assert made.requirement is not None
    assert len(made.requirement.frame) == 40
