"""What each input does to a cost when it alone moves."""

from __future__ import annotations

import altair as alt
import pandas as pd

from staffing.ui.charts import style
from staffing.wording.language import Language


def tornado(frame: pd.DataFrame, lang: Language, currency: str) -> alt.LayerChart:
    """Two bars an input from the cost as it is, the widest swing first.

    Columns: `input` (in words), `low`, `high` (values in words), `cost_low`, `cost_base`, `cost_high`.
    """
    tr = lang.tr
    below, above = tr("Input at its low value"), tr("Input at its high value")
    sides = [
        pd.DataFrame(
            {
                "input": frame["input"],
                "kind": kind,
                "value": frame[value],
                "base": frame["cost_base"],
                "cost": frame[cost],
            }
        )
        for kind, value, cost in ((below, "low", "cost_low"), (above, "high", "cost_high"))
    ]
    data = pd.concat(sides, ignore_index=True)
    data = data.assign(label=[lang.money(cost, currency) for cost in data["cost"]])
    y = alt.Y(
        "input:N",
        sort=list(frame["input"]),
        axis=style.name_axis(300),
    )
    bars = (
        alt.Chart(data)
        .mark_bar(height=alt.RelativeBandSize(0.7))
        .encode(
            y=y,
            x=alt.X(
                "base:Q",
                axis=style.money_axis(lang, currency, tr("Cost of a month")),
                scale=alt.Scale(zero=False, nice=True),
            ),
            x2="cost:Q",
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=[below, above], range=[style.SKY, style.BLUE]),
                legend=style.stacked_legend(),
            ),
            tooltip=[
                alt.Tooltip("input:N", title=tr("Input")),
                alt.Tooltip("value:N", title=tr("Value")),
                alt.Tooltip("label:N", title=tr("Cost of a month")),
            ],
        )
    )
    rule = alt.Chart(frame.head(1)).mark_rule(color=style.INK).encode(x="cost_base:Q")
    return style.layered(bars, rule, height=60 + 2 * style.LEGEND_ROW + 28 * max(2, len(frame)))
