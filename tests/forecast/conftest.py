"""The bank's records, read once."""

import tomllib
from pathlib import Path

import pytest

from staffing.demand.history import History
from staffing.demand.reading import read_history
from staffing.horizon import WEEKDAYS, Horizon, OpeningHours, Span

BANK = Path(__file__).parents[2] / "data" / "anonymous-bank"


@pytest.fixture(scope="session")
def bank() -> tuple[History, Horizon]:
    plan = tomllib.loads((BANK / "plan.toml").read_text(encoding="utf-8"))
    weekly = tuple(tuple(Span.parse(span) for span in plan["hours"][day]) for day in WEEKDAYS)
    days = plan["horizon"]
    horizon = Horizon(days["start"], days["end"], days["time_zone"], 30, OpeningHours(weekly))
    missing = plan["history"]["missing_days"]
    history = read_history(BANK / "history.csv", horizon, unrecorded_acw_seconds=25, missing_days=missing)
    return history, horizon
