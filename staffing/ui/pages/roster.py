"""The roster: bars over a day or a week, the month as a grid, hours by person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pandas as pd
import streamlit as st

from staffing.ui.charts import roster as charts
from staffing.ui.pages.choices import choose_span
from staffing.ui.pages.roster_rules import obstacles, requests, rules
from staffing.ui.run import RunView
from staffing.ui.screen import Screen
from staffing.wording.language import Language, money_unit


def render(screen: Screen) -> None:
    """Draw the page."""
    lang, tr = screen.lang, screen.lang.tr
    st.title(tr("Roster"))
    view = screen.planned("roster.csv")
    if view is None:
        return
    frame = view.table("roster.csv")
    if frame.empty:
        st.info(tr("The roster holds no shifts."), icon=":material/info:")
        obstacles(view, lang)
        return
    _gantt(frame, lang)
    st.subheader(tr("Shift table"))
    st.caption(tr("A row a person, a column a day: the shift's code, empty on days off."))
    grid = month_grid(frame, view, lang)
    widths: dict[str, Any] = {str(name): st.column_config.TextColumn(width=74) for name in grid.columns[1:]}
    widths[str(grid.columns[0])] = st.column_config.TextColumn(pinned=True)
    st.dataframe(
        grid,
        hide_index=True,
        column_config=widths,
        height="content",
        alt=tr("Shift table"),
    )
    st.subheader(tr("Hours by person"))
    _hours(frame, view, lang)
    requests(view, lang)
    rules(view, lang)
    obstacles(view, lang)


def _gantt(frame: pd.DataFrame, lang: Language) -> None:
    tr = lang.tr
    first, last, week = choose_span(frame["business_date"], lang, key="roster")
    shown = frame[frame["business_date"].between(first, last)]
    st.caption(
        tr(
            "{count} shifts. Lighter parts are breaks; colours are shift families.",
            count=lang.number(len(shown)),
        )
    )
    families = sorted(charts.family(frame["shift_code"]).unique())
    st.altair_chart(charts.gantt(shown, lang, families, days=week), alt=tr("Who works when"))


def month_grid(frame: pd.DataFrame, view: RunView, lang: Language) -> pd.DataFrame:
    """People by days with shift codes; every day of the plan has a column, closed ones too."""
    horizon = view.part("horizon")
    start, end = pd.Timestamp(horizon["start"]), pd.Timestamp(horizon["end"])
    days = [start + timedelta(days=i) for i in range((end - start).days + 1)]
    person = lang.tr("Agent")
    cells = frame.assign(person=charts.people(frame)).pivot_table(
        index=["agent_id", "person"], columns="business_date", values="shift_code", aggfunc=" / ".join
    )
    grid = cells.reindex(columns=days).reset_index(level="person").rename(columns={"person": person})
    grid.columns = pd.Index([person, *(lang.short_day(day.date()) for day in days)])
    texts = grid.reset_index(drop=True).astype(object)
    return texts.where(texts.notna(), "")


def _hours(frame: pd.DataFrame, view: RunView, lang: Language) -> None:
    tr = lang.tr
    named = frame.assign(person=charts.people(frame))
    sums = named.groupby(["agent_id", "person"], as_index=False).agg(
        shifts=("shift_code", "size"),
        paid=("paid_minutes", "sum"),
        overtime=("overtime_minutes", "sum"),
        night=("night_minutes", "sum"),
        cost=("cost", "sum"),
    )
    sums = sums.assign(
        paid=sums["paid"] / 60,
        overtime=sums["overtime"] / 60,
        night=sums["night"] / 60,
        cost=sums["cost"] / money_unit(view.currency),
    )
    hours = st.column_config.NumberColumn
    st.dataframe(
        sums,
        hide_index=True,
        column_config={
            "agent_id": tr("Agent no."),
            "person": tr("Agent"),
            "shifts": tr("Shifts"),
            "paid": st.column_config.ProgressColumn(
                tr("Paid hours"), format="%.1f", min_value=0, max_value=float(sums["paid"].max())
            ),
            "overtime": hours(tr("Overtime hours"), format="%.1f"),
            "night": hours(tr("Night hours"), format="%.1f"),
            "cost": hours(tr("Wages ({currency})", currency=view.currency), format="localized"),
        },
        height="content",
        alt=tr("Hours by person"),
    )
