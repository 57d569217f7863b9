"""Service by number of agents."""

from __future__ import annotations

import altair as alt
import pandas as pd

from staffing.ui.charts import style
from staffing.wording.language import Language


def by_agents(table: pd.DataFrame, agents: int, lang: Language) -> alt.LayerChart:
    """Service level and abandon rate over the numbers of agents; a rule marks `agents`.

    `table` has the columns `agents`, `service_level`, `abandonment`.
    """
    tr = lang.tr
    names = {"service_level": tr("Service level"), "abandonment": tr("Abandon rate")}
    data = table[["agents", *names]].melt("agents", var_name="kind", value_name="share")
    data = data.assign(kind=data["kind"].map(names), shown=[lang.percent(share) for share in data["share"]])
    base = alt.Chart(data).encode(
        x=alt.X("agents:O", axis=alt.Axis(title=tr("Agents on contacts (net)"), labelAngle=0)),
        y=alt.Y("share:Q", axis=style.share_axis(lang, ""), scale=alt.Scale(domain=[0, 1])),
        color=alt.Color(
            "kind:N",
            scale=alt.Scale(domain=list(names.values()), range=[style.BLUE, style.VERMILLION]),
            legend=style.legend(),
        ),
        tooltip=[
            alt.Tooltip("agents:O", title=tr("Agents")),
            alt.Tooltip("kind:N", title=tr("Figure")),
            alt.Tooltip("shown:N", title=tr("Share")),
        ],
    )
    mark = alt.Chart(pd.DataFrame({"agents": [agents]})).mark_rule(color=style.INK, strokeDash=[4, 3])
    return style.layered(
        mark.encode(x="agents:O"),
        base.mark_line(strokeWidth=2.5),
        base.mark_point(filled=True, size=70),
        height=260,
    )
