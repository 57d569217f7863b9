"""The bundled samples: the bank's files follow from its call records, and both plans can be kept."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from scripts import make_samples
from staffing.config import PlanConfig, contracts, read_config, shift_families, site_horizon
from staffing.demand import History, read_history
from staffing.demand.importers import import_calls
from staffing.horizon import WEEKDAYS, Span
from staffing.io.profile import read_profile
from staffing.io.staff import read_agents
from staffing.roster.problem import Agent, Contract
from staffing.shifts.template import Shift

DATA = Path(__file__).parents[2] / "data"
BANK, DESK = DATA / "anonymous-bank", DATA / "small-desk"
STATED = Path(__file__).parent / "data" / "anonymous_bank_months.csv"
MONTHS = list(csv.DictReader(STATED.read_text(encoding="utf-8").splitlines()))


@pytest.fixture(scope="module")
def calls() -> pd.DataFrame:
    return pd.read_csv(BANK / "calls.csv.gz", parse_dates=["queue_entry"])


@pytest.fixture(scope="module")
def history() -> History:
    config = read_config(BANK / "plan.toml")
    assert config.history is not None
    return read_history(
        BANK / config.history.file, site_horizon(config), missing_days=config.history.missing_days
    )


def agents(folder: Path) -> tuple[PlanConfig, tuple[Agent, ...], dict[str, Contract]]:
    config = read_config(folder / "plan.toml")
    known = {contract.name: contract for contract in contracts(config)}
    return config, read_agents(folder / config.staff.file, known, ["main"]), known


def test_the_samples_are_what_the_script_makes_from_the_records(tmp_path: Path) -> None:
    make_samples.make_bank(BANK / "calls.csv.gz", tmp_path / "bank")
    make_samples.make_desk(tmp_path / "desk")
    for made, kept in (
        ("bank/history.csv", BANK),
        ("bank/agents.csv", BANK),
        ("desk/profile.csv", DESK),
        ("desk/agents.csv", DESK),
    ):
        path = tmp_path / made
        assert path.read_bytes() == (kept / path.name).read_bytes(), made
    packed = (tmp_path / "bank" / "calls.csv.gz").read_bytes()
    assert gzip.decompress(packed) == gzip.decompress((BANK / "calls.csv.gz").read_bytes())
    assert packed[3] == 0, "no file name in the archive"
    assert packed[4:8] == b"\0\0\0\0", "no time in the archive"


def test_the_history_holds_every_call_of_the_records(calls: pd.DataFrame) -> None:
    rows = pd.read_csv(BANK / "history.csv")
    assert len(calls) == rows["offered"].sum() == 61_234
    assert rows["answered"].sum() == (calls["outcome"] == "answered").sum()
    assert (rows["answered"] + rows["abandoned"]).eq(rows["offered"]).all()
    assert rows["talk_seconds"].sum() == calls["handle_s"].sum()
    assert (
        rows["wait_answered_seconds"].sum() + rows["wait_abandoned_seconds"].sum() == calls["queue_s"].sum()
    )


@pytest.mark.parametrize("stated", MONTHS, ids=lambda row: row["month"])
def test_the_records_show_the_figures_stated_for_them(calls: pd.DataFrame, stated: dict[str, str]) -> None:
    rows = calls[calls["queue_entry"].dt.strftime("%Y-%m") == stated["month"]]
    answered = rows[rows["outcome"] == "answered"]
    lost = len(rows) - len(answered)
    assert round(100 * lost / len(rows), 1) == float(stated["abandonment_percent"])
    assert round(answered["queue_s"].mean()) == int(stated["wait_answered_seconds"])
    assert round(answered["handle_s"].mean()) == int(stated["aht_seconds"])
    assert round(100 * (answered["queue_s"] <= 20).sum() / len(rows)) == int(
        stated["answered_within_20_percent"]
    )
    assert round(rows["queue_s"].sum() / lost) == int(stated["waiting_per_abandoned_seconds"])
    assert rows["agent"].nunique() == int(stated["agents"])


def test_the_bank_reads_clean_and_says_what_it_left_out(history: History) -> None:
    assert history.missing_days == (date(1999, 1, 11), date(1999, 1, 12))
    assert [str(note) for note in history.notes] == [
        "139 calls in 55 rows outside the opening hours were left out",
        "No records for 1999-01-11, 1999-01-12",
    ]
    assert history.frame["offered"].sum() == 61_234 - 139
    assert history.frame["business_date"].nunique() == 59 - 2
    assert not history.frame.isna().any(axis=None)


def test_saturday_opens_when_agents_begin_to_answer(calls: pd.DataFrame, history: History) -> None:
    saturday = calls[calls["queue_entry"].dt.day_of_week == 5]
    first = (
        saturday[saturday["outcome"] == "answered"]
        .groupby(saturday["queue_entry"].dt.date)["queue_entry"]
        .min()
    )
    assert len(first) == 9
    assert (first.dt.hour < 20).all()
    kept = history.frame[history.frame["business_date"].dt.day_of_week == 5]
    assert kept["answered"].sum() >= 0.99 * (saturday["outcome"] == "answered").sum()


def test_the_agents_are_those_of_the_records(calls: pd.DataFrame) -> None:
    per_agent = calls["agent"].value_counts()
    assert len(per_agent) == 29
    _, staff, _ = agents(BANK)
    assert [agent.agent_id for agent in staff] == sorted(per_agent[per_agent >= 100].index)
    assert all(1100 <= agent.wage <= 1500 for agent in staff)
    away = [day for agent in staff for day in agent.leave]
    assert away
    assert all(date(1999, 3, 1) <= day <= date(1999, 3, 31) for day in away)


def test_the_readme_quotes_what_the_command_prints() -> None:
    text = (BANK / "README.md").read_text(encoding="utf-8").replace(" %", "%")
    printed = "\n".join(make_samples.figures(BANK))
    quoted = [
        "61,234",
        "30,140",
        "31,094",
        "10.2%",
        "12.6%",
        "369 s",
        "348 s",
        "183 s",
        "176 s",
        "54%",
        "52%",
        "438",
        "1,642",
    ]
    quoted += ["38 s", "44 s", "35 s", "41 s", "1,597", "1,542", "61,095", "139 calls in 55 rows", "900"]
    for figure in quoted:
        assert figure in text
        assert figure in printed.replace("438 of 1642", "438 of 1,642")


def test_the_profile_spans_the_desks_opening_hours() -> None:
    config = read_config(DESK / "plan.toml")
    profile = read_profile(DESK / "profile.csv")
    grid = site_horizon(config).grid()
    days = grid["business_date"].dt.day_of_week.map(dict(enumerate(WEEKDAYS)))
    assert set(zip(days, grid["slot"], strict=True)) == set(
        zip(profile["weekday"], profile["slot"], strict=True)
    )
    assert grid["business_date"].nunique() == 18  # weekdays of February 2027 without the 11th and the 23rd


def test_the_bank_is_closed_on_the_countrys_holidays_and_early_on_the_eve_of_pesach() -> None:
    horizon = site_horizon(read_config(BANK / "plan.toml"))
    hours = {day: [str(span) for span in horizon.hours.spans(day)] for day in horizon.days}
    assert hours[date(1999, 3, 31)] == ["07:00-14:00"]
    assert hours[date(1999, 3, 2)] == ["07:00-24:00"]
    assert all(hours.values())
    assert horizon.hours.spans(date(1999, 4, 1)) == ()


@pytest.mark.parametrize("folder", [BANK, DESK], ids=lambda folder: folder.name)
def test_every_open_interval_lies_in_a_shift_that_fits_the_opening_hours(folder: Path) -> None:
    config, _, known = agents(folder)
    horizon = site_horizon(config)
    families = dict(shift_families(config))
    for day in horizon.days:
        shifts = [
            shift
            for contract in known.values()
            for shift in fitting(contract, families, horizon.hours.spans(day))
        ]
        for span in horizon.hours.spans(day):
            for minute in range(span.start_minute, span.end_minute, config.horizon.interval_minutes):
                assert any(shift.start_minute <= minute < shift.end_minute for shift in shifts), (day, minute)


@pytest.mark.parametrize("folder", [BANK, DESK], ids=lambda folder: folder.name)
def test_everyone_can_reach_the_contracts_weekly_minimum(folder: Path) -> None:
    """Closed days and leave leave enough days: the longest shift of each, at most the contract's number of shifts.

    A day of leave lowers the minimum by a fifth; a week cut by the horizon counts by its days.
    """
    config, staff, known = agents(folder)
    horizon = site_horizon(config)
    families = dict(shift_families(config))
    for agent in staff:
        contract = known[agent.contract]
        for week in weeks(horizon.days, WEEKDAYS.index(config.labour.week_start)):
            away = sum(day in agent.leave for day in week)
            needed = contract.min_hours_week * len(week) / 7 - away * contract.min_hours_week / 5
            longest = [
                max(
                    (shift.work_minutes for shift in fitting(contract, families, horizon.hours.spans(day))),
                    default=0,
                )
                for day in week
                if day not in agent.leave
            ]
            reach = sum(sorted(longest)[-min(contract.max_shifts_week, 6) :]) / 60
            assert min(reach, contract.max_hours_week) >= needed, (agent.agent_id, week[0])


def fitting(
    contract: Contract, families: dict[str, tuple[Shift, ...]], spans: tuple[Span, ...]
) -> list[Shift]:
    """The contract's shifts that lie inside a day's opening hours."""
    return [
        shift
        for code in contract.shifts
        for shift in families[code]
        if any(
            span.start_minute <= shift.start_minute and shift.end_minute <= span.end_minute for span in spans
        )
    ]


def weeks(days: tuple[date, ...], start: int) -> Iterator[list[date]]:
    """The days by working week."""
    week: list[date] = []
    for day in days:
        if day.weekday() == start and week:
            yield week
            week = []
        week.append(day)
    yield week


def test_the_records_import_the_same_with_dates_in_utc(calls: pd.DataFrame, tmp_path: Path) -> None:
    """Written in UTC, the same calls give the same history: moments count, not the way they are written."""
    config = read_config(BANK / "plan.toml")
    utc = calls.assign(
        queue_entry=(calls["queue_entry"] - timedelta(hours=2)).dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    )
    utc.to_csv(tmp_path / "utc.csv", index=False)
    local = make_samples.count_calls(BANK / "calls.csv.gz", config)
    pd.testing.assert_frame_equal(
        import_calls(tmp_path / "utc.csv", site_horizon(config), missing_days=config.history.missing_days),
        local,
    )
