"""Demand and forecast: the calls there were, the calls expected, and how far to trust that."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from staffing.ui.charts import demand as charts
from staffing.ui.pages.choices import choose_day, choose_queue
from staffing.ui.run import RunView
from staffing.ui.screen import Screen
from staffing.wording.language import Language, known
from staffing.wording.words import METHODS, phrase


def render(screen: Screen) -> None:
    """Draw the page."""
    lang, tr = screen.lang, screen.lang.tr
    st.title(tr("Demand and forecast"))
    view = screen.planned("forecast.csv")
    if view is None:
        return
    queue = choose_queue(view, lang, key="demand_queue")
    forecast, history = _of(view.table("forecast.csv"), queue), _of(view.table("demand.csv"), queue)
    _figures(view, lang)
    _forecast(view, forecast, lang)
    st.subheader(tr("Calls by weekday and time of day"))
    source, column = (history, "offered") if len(history) else (forecast, "calls")
    st.caption(
        tr("Mean calls in an interval of {minutes} minutes, from the history.", minutes=view.interval_minutes)
        if len(history)
        else tr(
            "Mean calls in an interval of {minutes} minutes, from the forecast.",
            minutes=view.interval_minutes,
        )
    )
    st.altair_chart(charts.heat_map(source, lang, column), alt=tr("Calls by weekday and time of day"))
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(tr("Handling time by time of day"))
        st.caption(tr("AHT = talk + hold + after-call work, weighted by calls."))
        st.altair_chart(charts.handling_time(forecast, history, lang), alt=tr("Handling time by time of day"))
    with right:
        _backtest(view, lang)
    if len(history):
        st.subheader(tr("History by day"))
        st.altair_chart(charts.calls_by_day(history, lang), alt=tr("History by day"))


def _of(frame: pd.DataFrame, queue: str | None) -> pd.DataFrame:
    return frame if queue is None or frame.empty else frame[frame["queue"] == queue]


def _figures(view: RunView, lang: Language) -> None:
    tr = lang.tr
    forecast, history = view.part("forecast"), view.part("history")
    calls, aht, offered, days = st.columns(4)
    calls.metric(
        tr("Forecast calls"),
        lang.number(forecast["calls"]),
        help=tr(
            "Offered calls over the planned days. Method: {method}.",
            method=phrase(lang, METHODS, forecast["method"]),
        ),
        border=True,
        height="stretch",
    )
    aht.metric(
        tr("Forecast AHT"),
        tr("{seconds} s", seconds=lang.number(forecast["aht_seconds"]))
        if known(forecast, "aht_seconds")
        else "–",
        help=tr("Average handling time: talk + hold + after-call work, weighted by calls."),
        border=True,
        height="stretch",
    )
    if history:
        offered.metric(
            tr("Calls in the history"),
            lang.number(history["offered"]),
            help=tr("Offered calls in {file}.", file=history["source"]),
            border=True,
            height="stretch",
        )
        days.metric(
            tr("Days in the history"),
            lang.number(history["days"]),
            help=f"{lang.date(history['first_day'])} – {lang.date(history['last_day'])}",
            border=True,
            height="stretch",
        )


def _forecast(view: RunView, forecast: pd.DataFrame, lang: Language) -> None:
    tr = lang.tr
    st.subheader(tr("Forecast by day"))
    st.altair_chart(charts.forecast_by_day(forecast, lang), alt=tr("Forecast by day"))
    st.subheader(tr("Forecast of one day"))
    day = choose_day(forecast, lang, key="demand_day")
    st.caption(
        tr(
            "The line is the forecast, the band holds {confidence} of outcomes for each interval.",
            confidence=lang.percent(view.part("forecast").get("confidence", 0.8), 0),
        )
    )
    st.altair_chart(
        charts.calls_by_interval(forecast[forecast["day"] == day], lang), alt=tr("Forecast of one day")
    )


def _backtest(view: RunView, lang: Language) -> None:
    tr = lang.tr
    tested = view.part("forecast", "backtest")
    st.subheader(tr("How well does the forecast do?"))
    if not tested:
        st.info(tr("Too little history to hold back days and compare."), icon=":material/info:")
        return
    st.caption(
        tr(
            "Mean absolute error by interval as a share of all calls, on {days} days that the forecast had not seen.",
            days=tested["days"],
        )
    )
    values = {
        tr("This forecast"): tested["wape"],
        tr("Same weekday of the week before"): tested["seasonal_naive_wape"],
        tr("Chance alone (no method does better)"): tested["floor_wape"],
    }
    shown = {name: float(value) for name, value in values.items() if value is not None}
    st.altair_chart(charts.errors(shown, lang), alt=tr("How well does the forecast do?"))
