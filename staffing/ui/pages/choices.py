"""Choices that several pages offer: a queue, a day, a week."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from staffing.ui.run import RunView
from staffing.wording.language import Language

ALL = ""  # an option that no queue is named


def choose_queue(view: RunView, lang: Language, *, key: str) -> str | None:
    """The queue chosen; None for all together, which is the only choice where there is one queue."""
    if len(view.queues) < 2:
        return None
    chosen = st.segmented_control(
        lang.tr("Queue"),
        [ALL, *view.queues],
        default=ALL,
        format_func=lambda name: lang.tr("All queues") if name == ALL else name,
        required=True,
        key=key,
    )
    return chosen or None


def choose_day(frame: pd.DataFrame, lang: Language, *, key: str) -> pd.Timestamp:
    """A day out of the frame's column `day`."""
    days = [pd.Timestamp(day) for day in sorted(frame["day"].unique())]
    chosen: pd.Timestamp = st.selectbox(
        lang.tr("Day"), days, format_func=lambda day: lang.date(day.date()), key=key, width=280
    )
    return chosen


def choose_span(days: pd.Series, lang: Language, *, key: str) -> tuple[pd.Timestamp, pd.Timestamp, bool]:
    """A day or a week out of `days`: its first and last day, and whether it is a week."""
    tr = lang.tr
    with st.container(horizontal=True, vertical_alignment="top", gap="large"):
        scale = st.segmented_control(
            tr("Show"),
            ["day", "week"],
            default="day",
            format_func=lambda name: tr("One day") if name == "day" else tr("One week"),
            required=True,
            key=f"{key}_scale",
        )
        known_days = [pd.Timestamp(day) for day in sorted(pd.unique(days))]
        if scale == "day":
            day = st.selectbox(
                tr("Day"), known_days, format_func=lambda d: lang.date(d.date()), key=f"{key}_day", width=280
            )
            return day, day, False
        weeks = list(dict.fromkeys(day - timedelta(days=day.weekday()) for day in known_days))
        first = st.selectbox(
            tr("Week"), weeks, format_func=lambda d: _week(d.date(), lang), key=f"{key}_week", width=280
        )
        return first, first + timedelta(days=6), True


def _week(monday: date, lang: Language) -> str:
    return f"{lang.day(monday)} – {lang.day(monday + timedelta(days=6))}"
