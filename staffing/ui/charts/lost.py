"""Lost calls: what lost them, and what it costs to keep them."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from staffing.ui.charts import style
from staffing.wording.language import Language


def waterfall(frame: pd.DataFrame, lang: Language) -> alt.LayerChart:
    """A bar a cause, each beginning where the one before ended, and the sum; columns `cause` (words), `calls`."""
    tr = lang.tr
    more, fewer, total = tr("Lost by it"), tr("Fewer than the model expects"), tr("Lost calls")
    ends = frame["calls"].cumsum()
    data = pd.DataFrame(
        {
            "cause": [*frame["cause"], total],
            "from": [*(ends - frame["calls"]), 0.0],
            "to": [*ends, float(frame["calls"].sum())],
            "calls": [*frame["calls"], float(frame["calls"].sum())],
            "kind": [*np.where(frame["calls"] < 0, fewer, more), total],
        }
    )
    data = data.assign(
        label=[lang.number(calls) for calls in data["calls"]], edge=data[["from", "to"]].max(axis=1)
    )
    y = alt.Y("cause:N", sort=None, axis=style.name_axis())
    kinds = [kind for kind in (more, fewer, total) if kind in set(data["kind"])]
    palette = {more: style.VERMILLION, fewer: style.GREEN, total: style.INK}
    scale = alt.Scale(domainMax=float(data["edge"].max()) * 1.12 or 1.0)
    bars = (
        alt.Chart(data)
        .mark_bar(height=alt.RelativeBandSize(0.66))
        .encode(
            y=y,
            x=alt.X("from:Q", axis=style.count_axis(tr("Calls")), scale=scale),
            x2="to:Q",
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=kinds, range=[palette[kind] for kind in kinds]),
                legend=style.stacked_legend(),
            ),
            tooltip=[
                alt.Tooltip("cause:N", title=tr("Cause")),
                alt.Tooltip("label:N", title=tr("Calls")),
            ],
        )
    )
    labels = alt.Chart(data).mark_text(align="left", dx=5, color=style.INK)
    labels = labels.encode(y=y, x=alt.X("edge:Q", scale=scale), text="label:N")
    return style.layered(bars, labels, height=110 + style.LEGEND_ROW * len(kinds) + 32 * len(data))


def per_call(frame: pd.DataFrame, lang: Language, currency: str) -> alt.LayerChart:
    """Cost of a call avoided, a bar a measure with its range; columns `measure` (translated), `cost`, `low`, `high`.

    A range without end (weak effects avoid no call) reaches to the chart's edge.
    """
    tr = lang.tr
    finite = frame[["cost", "low", "high"]].replace([np.inf, -np.inf], np.nan)
    edge = min(float(finite.max().max()), 3 * float(finite["cost"].max())) * 1.1
    data = frame.assign(
        label=[lang.money(cost, currency) for cost in frame["cost"]],
        low=frame["low"].clip(upper=edge).fillna(frame["cost"]),
        high=frame["high"].clip(upper=edge).fillna(edge),
        spread=[
            f"{lang.money(low, currency)} – {lang.money(high, currency) if np.isfinite(high) else '∞'}"
            for low, high in zip(frame["low"], frame["high"], strict=True)
        ],
    )
    y = alt.Y("measure:N", sort=None, axis=style.name_axis())
    scale = alt.Scale(domain=[min(0.0, float(finite.min().min())), edge or 1.0])
    tips = [
        alt.Tooltip("measure:N", title=tr("Measure")),
        alt.Tooltip("label:N", title=tr("per call avoided")),
        alt.Tooltip("spread:N", title=tr("Range")),
    ]
    axis = style.money_axis(lang, currency, tr("Cost of a call avoided"), labelFlush=style.FLUSH)
    bars = (
        alt.Chart(data)
        .mark_bar(height=alt.RelativeBandSize(0.6), color=style.SKY)
        .encode(y=y, x=alt.X("cost:Q", axis=axis, scale=scale), tooltip=tips)
    )
    spread = (
        alt.Chart(data)
        .mark_rule(color=style.INK, strokeWidth=1.5)
        .encode(y=y, x=alt.X("low:Q", scale=scale), x2="high:Q", tooltip=tips)
    )
    labels = alt.Chart(data).mark_text(align="left", dx=5, dy=-10, color=style.INK)
    return style.layered(
        bars,
        spread,
        labels.encode(y=y, x=alt.X("cost:Q", scale=scale), text="label:N"),
        height=70 + 40 * max(2, len(data)),
    )
