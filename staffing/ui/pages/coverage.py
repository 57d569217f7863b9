"""Required against scheduled, interval by interval."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from staffing.ui.charts import coverage as charts
from staffing.ui.pages.choices import choose_queue, choose_span
from staffing.ui.pages.definitions import knows_abandonment
from staffing.ui.run import RunView, wall_clock
from staffing.ui.screen import Screen
from staffing.wording.language import Language
from staffing.wording.words import COLUMNS


def render(screen: Screen) -> None:
    """Draw the page."""
    lang, tr = screen.lang, screen.lang.tr
    st.title(tr("Required and scheduled"))
    view = screen.planned("coverage.csv")
    if view is None:
        return
    frame = view.table("coverage.csv")
    queue = choose_queue(view, lang, key="coverage_queue")
    if queue is not None:
        frame = frame[frame["queue"] == queue]
    first, last, week = choose_span(frame["day"], lang, key="coverage")
    shown = frame[frame["day"].between(first, last)]
    basis = st.segmented_control(
        tr("Count"),
        ["gross", "net"],
        default="gross",
        format_func=lambda name: (
            tr("Gross: people on the floor") if name == "gross" else tr("Net: agents on contacts")
        ),
        required=True,
        key="coverage_basis",
        help=tr(
            "Gross = net / (1 − shrinkage), rounded up to whole people. People on break are not on the floor."
        ),
    )
    _remark(view, lang)
    _figures(shown, view, lang)
    _staffing(shown, lang, basis, week)
    _service(shown, view, lang, week)
    with st.expander(tr("Table by interval"), icon=":material/table_rows:"):
        _table(shown, lang)


def _remark(view: RunView, lang: Language) -> None:
    """What "required" means where the targets are for longer periods, and how many of these are met."""
    tr, service = lang.tr, view.part("roster", "service")
    if not service:
        return
    targets = {name: value for name, value in service["targets"].items() if value is not None}
    rows = service["periods"]
    met = sum(
        all(
            row[name] <= value if name == "abandonment" else row[name] >= value
            for name, value in targets.items()
        )
        for row in rows
    )
    counts = {"met": lang.number(met), "all": lang.number(len(rows))}
    if service["period"] == "day":
        text = tr(
            "The targets hold for each day as a whole; what an interval requires is only its floor. {met} of {all} "
            "days are expected to meet them.",
            **counts,
        )
    elif service["period"] == "week":
        text = tr(
            "The targets hold for each week as a whole; what an interval requires is only its floor. {met} of {all} "
            "weeks are expected to meet them.",
            **counts,
        )
    else:
        text = tr(
            "The targets hold for each month as a whole; what an interval requires is only its floor. {met} of {all} "
            "months are expected to meet them.",
            **counts,
        )
    st.info(text)


def _figures(shown: pd.DataFrame, view: RunView, lang: Language) -> None:
    """Totals of the days shown."""
    tr = lang.tr
    hours = view.interval_minutes / 60
    missing = (shown["required_gross"] - shown["on_floor"]).clip(lower=0)
    calls = float(shown["calls"].sum())
    lost = float((shown["abandonment"] * shown["calls"]).sum()) / calls if calls else 0.0
    needed, given, short, rate = st.columns(4)
    needed.metric(
        tr("Required, gross"),
        tr("{hours} agent-hours", hours=lang.number(float(shown["required_gross"].sum()) * hours, 1)),
        border=True,
        height="stretch",
    )
    given.metric(
        tr("On the floor, gross"),
        tr("{hours} agent-hours", hours=lang.number(float(shown["on_floor"].sum()) * hours, 1)),
        border=True,
        height="stretch",
    )
    short.metric(
        tr("Short"),
        tr("{count} of {all} intervals", count=int((missing > 1e-9).sum()), all=len(shown)),
        help=tr(
            "Fewer people on the floor than the gross requirement: {hours} agent-hours in all.",
            hours=lang.number(float(missing.sum()) * hours, 1),
        ),
        border=True,
        height="stretch",
    )
    rate.metric(
        tr("Abandon rate, expected"),
        lang.percent(lost) if knows_abandonment(view) else "–",
        help=tr("(abandoned + blocked) / offered over the days shown, weighted by forecast calls.")
        if knows_abandonment(view)
        else tr("Erlang C takes callers to wait without end, so it says nothing about abandoned calls."),
        border=True,
        height="stretch",
    )


def _staffing(shown: pd.DataFrame, lang: Language, basis: str | None, week: bool) -> None:
    tr = lang.tr
    if basis == "net":
        required, scheduled, title = "required_net", "scheduled_net", tr("Agents, net")
    else:
        required, scheduled, title = "required_gross", "on_floor", tr("People on the floor, gross")
    chart = charts.staffing(shown, lang, required=required, scheduled=scheduled, title=title, days=week)
    st.altair_chart(chart, alt=tr("Required and scheduled"))


def _service(shown: pd.DataFrame, view: RunView, lang: Language, week: bool) -> None:
    """Abandonment by interval, or the service level where the model knows no abandonment."""
    tr, targets = lang.tr, view.part("requirement", "targets")
    if knows_abandonment(view):
        heading, column, name = tr("Expected abandon rate by interval"), "abandonment", tr("Abandon rate")
        st.subheader(heading)
        st.caption(tr("(abandoned + blocked) / offered, from the people scheduled, net of shrinkage"))
    else:
        heading, column, name = tr("Expected service level by interval"), "service_level", tr("Service level")
        st.subheader(heading)
        st.caption(
            tr(
                "Share of offered calls answered within {seconds} s, from the people scheduled, net of shrinkage",
                seconds=lang.number(targets.get("threshold_seconds", 20)),
            )
        )
    chart = charts.service(shown, lang, column, name, targets.get(column), days=week)
    st.altair_chart(chart, alt=heading)


def _table(shown: pd.DataFrame, lang: Language) -> None:
    tr = lang.tr
    columns = [name for name in COLUMNS if name in shown.columns]
    if len(shown["queue"].unique()) == 1:
        columns.remove("queue")
    frame = shown[columns].assign(interval_start=wall_clock(shown["interval_start"]).dt.tz_localize(None))
    percent = st.column_config.NumberColumn(format="percent")
    formats = dict.fromkeys(("abandonment", "service_level", "occupancy"), percent)
    st.dataframe(
        frame,
        hide_index=True,
        column_config={
            name: st.column_config.DatetimeColumn(tr(COLUMNS[name]), format="MM/DD HH:mm")
            if name == "interval_start"
            else {**formats.get(name, {}), "label": tr(COLUMNS[name])}
            for name in columns
        },
        alt=tr("Table by interval"),
    )
