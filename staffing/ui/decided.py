"""What was decided on a plan, as the pages see it: `decision.json` and the tables beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from staffing.io.decision_files import ANSWER, MEMOS, TABLES
from staffing.io.safe_text import restore
from staffing.jobs import DECISION
from staffing.ui.run import RunView, encoding_of

_NUMBERS = {
    *("total", "one_off", "cost_per_handled_call", "handled_calls", "abandonment", "service_level"),
    *("asa_seconds", "lost_calls_cost", "present_value", "months_total", "months_missed", "low", "high"),
    *(
        "stranded",
        "most_stranded",
        "quantity",
        "rate",
        "amount",
        "calls",
        "tax",
        "heads",
        "seats",
        "channels",
    ),
    *("hours", "amount_month", "first", "last", "cost", "share", "rank", "lead_months", "lost_month"),
    *("avoided_month", "cost_month", "avoided", "cost_per_call", "cost_per_call_low", "cost_per_call_high"),
    *(
        "step",
        "begins",
        "works",
        "size",
        "lost",
        "base",
        "cost_low",
        "cost_base",
        "cost_high",
        "swing",
        "value",
    ),
}
_TRUTHS = {"meets_target", "can_be_had", "changes", "exact"}


@dataclass(frozen=True)
class DecisionView:
    """A decision on disk. Tables are read when asked for and kept until their file changes."""

    folder: Path
    data: Mapping[str, Any]

    @classmethod
    def of(cls, view: RunView) -> DecisionView | None:
        """The decision on a plan: in its folder `decision`, else beside its files; None where there is none."""
        for folder in (view.folder / DECISION, view.folder):
            try:
                data = json.loads((folder / ANSWER).read_text(encoding="utf-8"))
            except (OSError, ValueError):
                continue
            if isinstance(data, dict):
                return cls(folder, data)
        return None

    @property
    def currency(self) -> str:
        """ISO code of the currency of every amount."""
        return str(self.data.get("currency", "JPY"))

    @property
    def months(self) -> tuple[str, ...]:
        """The months ahead, such as "2027-04"."""
        return tuple(str(month) for month in self.data.get("months") or ())

    @property
    def recommended(self) -> str | None:
        """The cheapest option that meets the target; None where none does."""
        name = self.data.get("recommended")
        return None if name is None else str(name)

    def part(self, name: str) -> Mapping[str, Any]:
        """A part of `decision.json`, empty where there is none."""
        found = self.data.get(name)
        return found if isinstance(found, Mapping) else {}

    def rows(self, name: str) -> list[Mapping[str, Any]]:
        """A list of parts of `decision.json`."""
        found = self.data.get(name)
        return [row for row in found if isinstance(row, Mapping)] if isinstance(found, list) else []

    def table(self, name: str) -> pd.DataFrame:
        """One of `TABLES`, its numbers as floats and its yes or no as bool; an empty frame where there is none."""
        path = self.folder / name
        if not path.is_file():
            return pd.DataFrame()
        return _table(str(path), sha256(path.read_bytes()).hexdigest())

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that can be taken away: the memos, then the tables."""
        named = [self.folder / name for name in (*MEMOS, *TABLES, ANSWER)]
        return tuple(path for path in named if path.is_file())

    def differs(self, view: RunView) -> bool:
        """Whether the plan's inputs have changed since the decision."""
        mine, its = self.part("digests"), view.part("inputs")
        return any(mine[name] != its[name] for name in mine.keys() & its.keys())


@st.cache_data(max_entries=64, show_spinner=False)
def _table(path: str, digest: str) -> pd.DataFrame:
    """Read a table; `digest` is part of the key, so that a rewritten file is read anew."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding=encoding_of(path))
    for name in frame.columns:
        if name in _NUMBERS:
            frame[name] = pd.to_numeric(frame[name], errors="coerce")
        elif name in _TRUTHS:
            frame[name] = frame[name].str.casefold().isin(("true", "1"))
        else:
            frame[name] = frame[name].map(restore)
    return frame
