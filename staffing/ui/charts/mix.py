"""The best mix over the months: who takes the calls, what each source costs."""

from __future__ import annotations

import altair as alt
import pandas as pd

from staffing.ui.charts import style
from staffing.ui.charts.options import month_axis, option_colours
from staffing.wording.language import Language


def shares(frame: pd.DataFrame, lang: Language, names: list[str]) -> alt.Chart:
    """Share of each month's calls by source; columns `source` (translated), `month`, `calls`."""
    tr = lang.tr
    data = frame[frame["calls"] > 0]
    share = data["calls"] / data.groupby("month")["calls"].transform("sum")
    data = data.assign(share=share, shown=[lang.percent(part) for part in share])
    chart: alt.Chart = (
        alt.Chart(data, height=240 + style.LEGEND_ROW * len(names))
        .mark_bar()
        .encode(
            x=month_axis(),
            y=alt.Y(
                "share:Q", axis=style.share_axis(lang, tr("Share of calls")), scale=alt.Scale(domain=[0, 1])
            ),
            color=option_colours(names, "source"),
            order=alt.Order("place:Q"),
            tooltip=[
                alt.Tooltip("source:N", title=tr("Taken by")),
                alt.Tooltip("month:O", title=tr("Month")),
                alt.Tooltip("shown:N", title=tr("Share of calls")),
                alt.Tooltip("calls:Q", title=tr("Calls"), format=",.0f"),
            ],
        )
        .transform_calculate(place=f"indexof({names!r}, datum.source)")
    )
    return chart


def amounts(frame: pd.DataFrame, lang: Language, currency: str, names: list[str]) -> alt.Chart:
    """Cost of each month by source; columns `source` (translated), `month`, `amount`."""
    tr = lang.tr
    data = frame[frame["amount"] != 0]
    data = data.assign(label=[lang.money(amount, currency) for amount in data["amount"]])
    chart: alt.Chart = (
        alt.Chart(data, height=240 + style.LEGEND_ROW * len(names))
        .mark_bar()
        .encode(
            x=month_axis(),
            y=alt.Y("amount:Q", axis=style.money_axis(lang, currency, tr("Cost of the month"))),
            color=option_colours(names, "source"),
            order=alt.Order("place:Q"),
            tooltip=[
                alt.Tooltip("source:N", title=tr("Taken by")),
                alt.Tooltip("month:O", title=tr("Month")),
                alt.Tooltip("label:N", title=tr("Amount")),
            ],
        )
        .transform_calculate(place=f"indexof({names!r}, datum.source)")
    )
    return chart
