"""One plan's folder as the pages see it: the summary, and the tables with times in the site's zone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from staffing.io.safe_text import restore

TABLES = ("demand.csv", "forecast.csv", "requirements.csv", "roster.csv", "coverage.csv", "costs.csv")
_TEXTS = {
    "queue",
    "agent_id",
    "agent_name",
    "shift_code",
    "option",
    "month",
    "item",
    "unit",
    "source",
    "currency",
}


@dataclass(frozen=True)
class RunView:
    """A finished plan on disk. Tables are read when asked for and kept until their file changes."""

    folder: Path
    summary: Mapping[str, Any]

    @classmethod
    def open(cls, folder: Path) -> RunView:
        """Read the summary of the plan in `folder`.

        Raises:
            OSError: when there is no `summary.json`.
            ValueError: when it is not a plan's summary.
        """
        summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
        if not isinstance(summary, dict) or "horizon" not in summary:
            raise ValueError(f"{folder}: summary.json is not a plan's summary")
        return cls(folder, summary)

    @property
    def name(self) -> str:
        """The plan's name, else its folder's."""
        return str(self.summary.get("name") or self.folder.name)

    @property
    def currency(self) -> str:
        """ISO code of the currency of every amount."""
        return str(self.summary.get("currency", "JPY"))

    @property
    def zone(self) -> str:
        """The site's time zone."""
        return str(self.summary["horizon"]["time_zone"])

    @property
    def interval_minutes(self) -> int:
        """Length of an interval."""
        return int(self.summary["horizon"]["interval_minutes"])

    def part(self, *names: str) -> Mapping[str, Any]:
        """A part of the summary by its path, empty where the plan has none."""
        found: Any = self.summary
        for name in names:
            found = found.get(name) if isinstance(found, Mapping) else None
        return found if isinstance(found, Mapping) else {}

    def has(self, table: str) -> bool:
        """Whether the plan wrote this table."""
        return (self.folder / table).is_file()

    def table(self, name: str) -> pd.DataFrame:
        """One of `TABLES`; an empty frame when the plan has none.

        Moments become datetimes in the site's zone. Tables by interval gain `end` (datetime), `day` (the calendar
        day, midnight without a zone) and `slot` (minutes since that midnight).
        """
        path = self.folder / name
        if not path.is_file():
            return pd.DataFrame()
        digest = sha256(path.read_bytes()).hexdigest()
        return _table(str(path), digest, self.zone, self.interval_minutes)

    @property
    def queues(self) -> tuple[str, ...]:
        """The queues planned, sorted."""
        forecast = self.table("forecast.csv")
        return tuple(sorted(forecast["queue"].unique())) if len(forecast) else ()


@st.cache_data(max_entries=64, show_spinner=False)
def _table(path: str, digest: str, zone: str, interval_minutes: int) -> pd.DataFrame:
    """Read a table; `digest` is part of the key, so that a rewritten file is read anew."""
    columns = pd.read_csv(path, nrows=0, encoding=encoding_of(path)).columns
    texts: dict[Any, type] = {name: str for name in columns if name in _TEXTS or _is_moment(name)}
    frame = pd.read_csv(path, dtype=texts, keep_default_na=True, encoding=encoding_of(path))
    for name in columns:
        if _is_moment(name):
            frame[name] = pd.to_datetime(frame[name], utc=True, format="ISO8601").dt.tz_convert(
                ZoneInfo(zone)
            )
        elif name in ("queue", "agent_id", "agent_name"):
            frame[name] = frame[name].map(restore, na_action="ignore")
    if "business_date" in columns:
        frame["business_date"] = pd.to_datetime(frame["business_date"])
    if "interval_start" in columns:
        frame = _placed(frame, interval_minutes)
    return frame


def _placed(frame: pd.DataFrame, interval_minutes: int) -> pd.DataFrame:
    start = frame["interval_start"]
    wall = start.dt.tz_localize(None)
    return frame.assign(
        end=start + pd.Timedelta(minutes=interval_minutes),
        day=wall.dt.normalize(),
        slot=wall.dt.hour * 60 + wall.dt.minute,
    )


def _is_moment(name: str) -> bool:
    return name in ("interval_start", "start", "end") or (
        name.startswith("break_") and name[-4:] in ("tart", "_end")
    )


def encoding_of(path: str) -> str:
    """UTF-8 with or without a mark, else the Japanese Windows encoding that the command line can be told to use."""
    try:
        Path(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp932"
    return "utf-8-sig"


def wall_clock(moments: pd.Series) -> pd.Series:
    """Moments as the site's clock shows them, labelled UTC, which the charts' scales use."""
    wall: pd.Series = moments.dt.tz_localize(None).dt.tz_localize("UTC")
    return wall
