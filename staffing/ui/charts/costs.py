"""What each way of staffing costs."""

from __future__ import annotations

import altair as alt
import pandas as pd

from staffing.ui.charts import style
from staffing.wording.language import Language


def totals(frame: pd.DataFrame, lang: Language, currency: str) -> alt.LayerChart:
    """A bar an option; columns `option` (translated), `total`, `meets_target`, cheapest first."""
    tr = lang.tr
    met, missed = tr("Meets the target"), tr("Misses the target")
    data = frame.assign(
        verdict=[met if reached else missed for reached in frame["meets_target"]],
        label=[lang.money(total, currency) for total in frame["total"]],
    )
    base = alt.Chart(data).encode(
        y=alt.Y("option:N", sort=None, axis=alt.Axis(title=None, labelLimit=260, labelFontSize=13)),
        x=alt.X(
            "total:Q",
            axis=style.money_axis(lang, currency, tr("Cost over the planned days")),
            scale=alt.Scale(domainMax=float(data["total"].max()) * 1.15 or 1.0),
        ),
        tooltip=[
            alt.Tooltip("option:N", title=tr("Option")),
            alt.Tooltip("label:N", title=tr("Cost")),
            alt.Tooltip("verdict:N", title=tr("Target")),
        ],
    )
    bars = base.mark_bar(size=30, cornerRadiusEnd=3).encode(
        color=alt.Color(
            "verdict:N",
            scale=alt.Scale(domain=[met, missed], range=[style.BLUE, style.ORANGE]),
            legend=style.legend(),
        )
    )
    labels = base.mark_text(align="left", dx=6, color=style.INK).encode(text="label:N")
    return style.layered(bars, labels, height=60 + 56 * max(1, len(data)))
