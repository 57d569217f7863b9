"""How the search for a roster gets on."""

from __future__ import annotations

import altair as alt
import pandas as pd

from staffing.ui.charts import style
from staffing.wording.language import Language


def curve(frame: pd.DataFrame, lang: Language, currency: str) -> alt.Chart:
    """Cost of the best roster and its proven lower bound over time; columns `seconds`, `objective`, `bound`."""
    tr = lang.tr
    found, proven = tr("Best roster so far"), tr("No roster can cost less")
    wide = frame.rename(columns={"objective": found, "bound": proven})[["seconds", found, proven]]
    long = wide.melt("seconds", var_name="kind", value_name="amount")
    long["label"] = [lang.money(amount, currency) for amount in long["amount"]]
    chart: alt.Chart = (
        alt.Chart(long, height=240)
        .mark_line(interpolate="step-after", point=True, strokeWidth=2)
        .encode(
            x=alt.X(
                "seconds:Q", axis=alt.Axis(title=tr("Seconds of search"), format="~f"), scale=style.FROM_ZERO
            ),
            y=alt.Y(
                "amount:Q",
                axis=style.money_axis(lang, currency, tr("Wages and shortage")),
                scale=alt.Scale(zero=False, nice=True),
            ),
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=[found, proven], range=[style.BLUE, style.ORANGE]),
                legend=style.legend(),
            ),
            tooltip=[
                alt.Tooltip("kind:N", title=tr("Figure")),
                alt.Tooltip("label:N", title=tr("Amount")),
                alt.Tooltip("seconds:Q", title=tr("Seconds of search"), format=".1f"),
            ],
        )
    )
    return chart
