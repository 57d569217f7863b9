"""A desk open on weekdays 9-12 with records of January and February 2027, and a plan for February."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from staffing.demand import History, read_history
from staffing.horizon import Horizon, OpeningHours, Span
from staffing.report.month.actual import Month
from staffing.report.month.planned import Planned, planned

ZONE = ZoneInfo("Asia/Tokyo")
COLUMNS = (
    "interval_start,interval_minutes,queue,offered,answered,abandoned,short_abandoned,blocked,"
    "answered_within_threshold,talk_seconds,acw_seconds,wait_answered_seconds,wait_abandoned_seconds,agents"
)
Row = dict[str, float]


def horizon(start: date = date(2027, 2, 1), end: date = date(2027, 2, 28)) -> Horizon:
    hours = OpeningHours(((Span.parse("09:00-12:00"),),) * 5 + ((), ()))
    return Horizon(start, end, "Asia/Tokyo", 60, hours)


def weekdays(first: date, last: date) -> list[date]:
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    return [day for day in days if day.weekday() < 5]


def hours_of(day: date) -> list[datetime]:
    return [datetime(day.year, day.month, day.day, hour, tzinfo=ZONE) for hour in (9, 10, 11)]


JANUARY: Row = {
    "offered": 20,
    "answered": 19,
    "abandoned": 1,
    "short": 0,
    "blocked": 0,
    "within": 16,
    "agents": 3.0,
}
FEBRUARY: Row = {
    "offered": 24,
    "answered": 20,
    "abandoned": 3,
    "short": 1,
    "blocked": 1,
    "within": 12,
    "agents": 2.5,
}


def row(moment: datetime, of: Row, aht: float) -> str:
    answered, abandoned = of["answered"], of["abandoned"]
    numbers = (of["offered"], answered, abandoned, of["short"], of["blocked"], of["within"])
    times = (aht * 2 / 3 * answered, aht / 3 * answered, 10 * answered, 40 * abandoned)
    cells = [f"{value:.0f}" for value in (*numbers, *times)]
    return ",".join([moment.isoformat(), "60", "main", *cells, f"{of['agents']}"])


def write_records(folder: Path) -> Path:
    """January: 20 calls an hour at 300 s. February: 24 at 330 s, but 44 on every Monday at 9."""
    lines = [COLUMNS]
    for day in weekdays(date(2027, 1, 1), date(2027, 1, 31)):
        lines += [row(moment, JANUARY, 300) for moment in hours_of(day)]
    for day in weekdays(date(2027, 2, 1), date(2027, 2, 28)):
        for moment in hours_of(day):
            peak = day.weekday() == 0 and moment.hour == 9
            more = FEBRUARY | {"offered": 44, "abandoned": 23} if peak else FEBRUARY
            lines.append(row(moment, more, 330))
    path = folder / "records.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    """The records, read."""
    return read_history(write_records(tmp_path_factory.mktemp("records")), horizon())


@pytest.fixture(scope="session")
def plan_files() -> dict[str, pd.DataFrame]:
    """22 calls an hour at 300 s, 3 agents net, 4 % lost, 85 % in time; 1,000 yen for each of 60 hours x 3 agents."""
    moments = [moment for day in weekdays(date(2027, 2, 1), date(2027, 2, 28)) for moment in hours_of(day)]
    coverage = pd.DataFrame(
        {
            "queue": "main",
            "interval_start": [moment.isoformat() for moment in moments],
            "calls": 22.0,
            "aht_seconds": 300.0,
            "scheduled_net": 3.0,
            "abandonment": 0.04,
            "service_level": 0.85,
        }
    )
    costs = pd.DataFrame(
        {
            "option": ["in-house", "in-house", "per call"],
            "month": ["2027-02", "2027-02", "2027-02"],
            "item": ["wages", "seats", "base fee"],
            "amount": [180_000, 45_000, 30_000],
        }
    )
    return {"coverage.csv": coverage, "costs.csv": costs}


SUMMARY: dict[str, Any] = {
    "name": "Desk",
    "currency": "JPY",
    "requirement": {"patience_seconds": 180.0, "targets": {"abandonment": 0.05, "service_level": 0.8}},
}


@pytest.fixture(scope="session")
def plan(plan_files: dict[str, pd.DataFrame]) -> Planned:
    found = planned(plan_files, SUMMARY, horizon(), Month("2027-02"), "folder")
    assert found is not None
    return found


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[Callable[[pd.DataFrame], pd.DataFrame]], History]:
    """The records changed by a function of their table, and read."""

    def read(change: Callable[[pd.DataFrame], pd.DataFrame]) -> History:
        path = write_records(tmp_path)
        change(pd.read_csv(path)).to_csv(path, index=False)
        return read_history(path, horizon())

    return read
