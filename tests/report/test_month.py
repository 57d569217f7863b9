"""A month's figures against sums by hand, and the bank's against sums over its file."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from staffing.demand import History
from staffing.errors import ConfigError, InputError
from staffing.plan import plan as made_plan
from staffing.report.document import Table, Value
from staffing.report.month import calendar, tables
from staffing.report.month.actual import Actual, Month
from staffing.report.month.cost import Cost
from staffing.report.month.desk import report_of
from staffing.report.month.document import month_document
from staffing.report.month.figures import BY_KEY, FIGURES
from staffing.report.month.planned import Planned
from staffing.report.month.report import MonthReport, month_report
from staffing.wording.language import language

BANK = Path(__file__).parents[2] / "data" / "anonymous-bank"
EN = language("en")


def made(history: History, plan: Planned | None = None, costs: dict[str, Cost] | None = None) -> MonthReport:
    return month_report(history, "2027-02", name="Desk", plan=plan, costs=costs)


def figure(report: MonthReport, key: str) -> dict[str, float | None]:
    """A row of the table of figures, by column."""
    table = tables.figures_table(report, EN)
    row = table.rows[[f.key for f in FIGURES].index(key)]
    names = [column.key for column in table.columns]
    return {name: cell.number for name, cell in zip(names, row, strict=True) if isinstance(cell, Value)}


def test_totals_and_shares_by_hand(history: History, plan: Planned) -> None:
    """February 2027: 20 weekdays x 3 hours, 4 of them Mondays at 9 with 20 more calls, all of them abandoned.

    Offered 60 x 24 + 4 x 20 = 1,520; answered 60 x 20; abandoned 60 x 3 + 80 = 260; blocked 60. January: 21 weekdays.
    """
    report = made(history, plan)
    expected = {
        "offered": (1520, 1260, 1320),
        "answered": (1200, 1197, 1320 * 0.96),
        "abandoned": (260, 63, 1320 * 0.04),
        "short_abandoned": (60, 0, None),
        "blocked": (60, 0, 0),
        "lost_share": (320 / 1520, 0.05, 0.04),
        "abandonment": (260 / 1520, 0.05, 0.04),
        "service_level": (720 / 1520, 16 / 20, 0.85),
        "service_level_excluding_short": (720 / 1460, 16 / 20, None),
        "service_level_answered": (720 / 1200, 16 / 19, 0.85 / 0.96),
        "mean_wait": ((10 * 1200 + 40 * 260) / 1520, (10 * 19 + 40) / 20, None),
        "aht": (330, 300, 300),
        "handle_hours": (1200 * 330 / 3600, 1197 * 300 / 3600, 1320 * 0.96 * 300 / 3600),
        "agent_hours": (150, 189, 180),
        "occupancy": (110 / 150, 1197 / 12 / 189, 1320 * 0.96 / 12 / 180),
        "days": (20, 21, 20),
        "calls_a_day": (76, 60, 66),
    }
    assert set(expected) == set(BY_KEY)
    for key, (now, before, planned) in expected.items():
        row = figure(report, key)
        assert row["now"] == pytest.approx(now), key
        assert row["before"] == pytest.approx(before), key
        assert row["plan"] is None if planned is None else row["plan"] == pytest.approx(planned), key


def test_differences_of_shares_are_in_points(history: History, plan: Planned) -> None:
    row = figure(made(history, plan), "lost_share")
    assert row["change"] == pytest.approx(100 * (320 / 1520 - 0.05))
    assert row["against_plan"] == pytest.approx(100 * (320 / 1520 - 0.04))


def test_every_figure_stands_beside_its_formula(history: History) -> None:
    table = tables.figures_table(made(history), EN)
    formulas = dict(zip((f.key for f in FIGURES), table.column("formula"), strict=True))
    assert formulas["lost_share"] == "(abandoned + blocked) / offered"
    assert formulas["abandonment"] == "abandoned / offered"
    assert formulas["service_level"] == "answered in time / offered (in time: 20 s)"
    assert all(formulas.values())


def total(table: Table, column: str) -> float:
    return sum(float(cell) for cell in table.column(column) if isinstance(cell, int | float))


@pytest.mark.parametrize("by", [calendar.by_day, calendar.by_week, calendar.by_hour])
def test_parts_add_up_to_the_foot(by: Callable[..., Table], history: History, plan: Planned) -> None:
    table = by(made(history, plan), EN)
    assert table.foot is not None
    for place, column in enumerate(table.columns):
        if column.total:
            assert total(table, column.key) == pytest.approx(table.foot[place]), column.key
    assert table.foot[table.place("offered")] == 1520


def test_hours_and_weeks_by_hand(history: History) -> None:
    """4 Mondays at 9 with 44 calls beside 16 other days with 24; the weeks of February 2027 begin on its Mondays."""
    report = made(history)
    hours, weeks = calendar.by_hour(report, EN), calendar.by_week(report, EN)
    assert hours.column("hour") == ("09:00", "10:00", "11:00")
    assert hours.column("offered") == (4 * 44 + 16 * 24, 480, 480)
    assert hours.column("lost_share")[0] == pytest.approx((4 * 24 + 16 * 4) / 560)
    assert weeks.column("offered") == (380, 380, 380, 380)
    assert weeks.column("week")[0] == "Mon 1 Feb – Sun 7 Feb"


def test_queues_stand_apart_and_days_hold_them_all(
    edited: Callable[[Callable[[pd.DataFrame], pd.DataFrame]], History],
) -> None:
    """A second queue with half the calls of the first."""

    def doubled(frame: pd.DataFrame) -> pd.DataFrame:
        other = frame.assign(queue="other", abandoned=0, short_abandoned=0, offered=frame["offered"] // 2)
        return pd.concat([frame, other.assign(answered=10, blocked=0, answered_within_threshold=5)])

    report = made(edited(doubled))
    queues, days = calendar.by_queue(report, EN), calendar.by_day(report, EN)
    assert queues.column("queue") == ("main", "other")
    assert queues.column("offered") == (1520, 760)
    assert queues.column("lost_share") == pytest.approx((320 / 1520, 0.0))
    assert days.column("offered")[:2] == (92 + 46, 72 + 36)
    assert report.now.days == 20
    assert month_document(report, EN).sections[0].tables[1].key == "queues"


def test_the_worst_days_come_first(history: History) -> None:
    table = calendar.worst_days(made(history), EN, count=5)
    assert table.column("lost") == (32, 32, 32, 32, 12)
    assert [day.weekday() for day in table.column("day")][:4] == [0, 0, 0, 0]  # type: ignore[union-attr]


def test_a_day_planned_but_not_recorded_has_a_row(
    edited: Callable[[Callable[[pd.DataFrame], pd.DataFrame]], History], plan: Planned
) -> None:
    history = edited(lambda frame: frame[~frame["interval_start"].str.startswith("2027-02-26")])
    report = made(history, plan)
    row = calendar.by_day(report, EN).rows[-1]
    assert (str(row[0]), row[1]) == ("2027-02-26", None)
    assert "3 planned intervals have no record" in " ".join(map(str, report.notes))


def test_without_agents_waits_or_thresholds_figures_are_unknown_not_zero(
    edited: Callable[[Callable[[pd.DataFrame], pd.DataFrame]], History],
) -> None:
    names = ["agents", "wait_answered_seconds", "wait_abandoned_seconds", "answered_within_threshold"]
    report = made(edited(lambda frame: frame.drop(columns=names)))
    for key in ("agent_hours", "occupancy", "mean_wait", "service_level"):
        assert figure(report, key)["now"] is None
    assert figure(report, "lost_share")["now"] == pytest.approx(320 / 1520)


def test_cost_is_estimated_from_the_hours_on_duty(history: History, plan: Planned) -> None:
    """225,000 yen for 180 planned agent-hours are 1,250 an hour; 150 were on duty."""
    report = made(history, plan)
    assert report.cost is not None
    assert report.cost.estimated
    assert dict(report.cost.lines) == {"wages": 150_000, "seats": 37_500}


def test_costs_given_come_before_an_estimate(history: History, plan: Planned) -> None:
    costs = {"2027-02": Cost({"wages": 170_000, "bonus": 5_000}), "2027-01": Cost({"wages": 1})}
    report = made(history, plan, costs)
    table = tables.cost_table(report, EN)
    assert table is not None
    assert table.rows == (
        ("wages", 170_000, 180_000, -10_000),
        ("seats", 0, 45_000, -45_000),
        ("bonus", 5_000, 0, 5_000),
    )
    assert table.foot == ("Total", 175_000, 225_000, -50_000)


def test_a_plan_made_here_gives_what_it_forecast() -> None:
    """The small desk's forecast and requirement for its month; no roster, so agents are those required."""
    found = made_plan(BANK.parent / "small-desk" / "plan.toml", until="requirement")
    assert found.requirement is not None
    month = Month(f"{found.horizon.start:%Y-%m}")
    planned = Planned.of(found, month)
    assert planned is not None
    inside = month.holds(found.forecast.frame["business_date"])
    assert planned.totals["calls"] == pytest.approx(found.forecast.frame["calls"][inside].sum(), abs=0.5)
    hours = found.horizon.interval_minutes / 60
    assert planned.totals["agent_hours"] == found.requirement.frame["agents_net"][inside].sum() * hours
    assert planned.cost is None
    assert Planned.of(found, Month("2001-01")) is None


def test_a_month_without_records_is_refused(history: History) -> None:
    with pytest.raises(
        InputError, match="no record in 2027-03, expected a month from 2027-01-01 to 2027-02-26"
    ):
        month_report(history, "2027-03", name="Desk")
    with pytest.raises(ConfigError, match="2027-13"):
        month_report(history, "2027-13", name="Desk")


def test_the_month_before_january_is_december() -> None:
    assert Month("2027-01").before == Month("2026-12")
    assert str(Month("2028-02").last) == "2028-02-29"


def test_the_bank_in_february_1999_equals_its_file() -> None:
    """Sums over the rows of history.csv that lie in the opening hours."""
    report = report_of(BANK / "plan.toml", "1999-02")
    sums: dict[str, float] = defaultdict(float)
    with (BANK / "history.csv").open(encoding="utf-8") as stream:
        for line in csv.DictReader(stream):
            stamp = line["interval_start"]
            if stamp.startswith("1999-02") and _open(pd.Timestamp(stamp)):
                for name in ("offered", "answered", "abandoned", "answered_within_threshold", "talk_seconds"):
                    sums[name] += float(line[name])
    totals = report.now.totals
    for name in ("offered", "answered", "abandoned", "answered_within_threshold"):
        assert totals[name] == sums[name]
    assert totals["handle_seconds"] == sums["talk_seconds"] + 25 * sums["answered"]
    assert report.before is not None
    assert (report.now.days, report.before.days) == (28, 29)
    assert [day.day for day in report.before.missing_days] == [11, 12]


def _open(moment: pd.Timestamp) -> bool:
    """The bank's hours: 7-24, Friday 7-14, Saturday 19-24."""
    first, last = {4: (7, 14), 5: (19, 24)}.get(moment.weekday(), (7, 24))
    return first <= moment.hour < last


def test_of_several_histories_the_fuller_one_is_taken(history: History) -> None:
    few = history.frame[history.frame["business_date"] >= "2027-02-15"]
    part = Actual.of(History(few, "Asia/Tokyo", 60, "part.csv", "d", 20), Month("2027-02"))
    assert part.days == 10
    other = History(few, "Asia/Tokyo", 60, "part.csv", "d", 20)
    assert month_report([other, history], "2027-02", name="Desk").now.source == "records.csv"
