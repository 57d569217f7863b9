"""Ways of staffing beside one another: cost at the same service, range over the months, money by month."""

from __future__ import annotations

import altair as alt
import pandas as pd

from staffing.ui.charts import style
from staffing.wording.language import Language

ROW = 30  # pixels of a bar and its gap
_FRAME = 60  # axis


def costs(frame: pd.DataFrame, lang: Language, currency: str, title: str) -> alt.LayerChart:
    """A bar an option in the order given; columns `option` (translated), `cost`, `meets_target`."""
    tr = lang.tr
    met, missed = tr("Meets the target"), tr("Misses the target")
    data = frame.assign(
        verdict=[met if reached else missed for reached in frame["meets_target"]],
        label=[lang.money(cost, currency) for cost in frame["cost"]],
    )
    base = alt.Chart(data).encode(
        y=alt.Y("option:N", sort=None, axis=style.name_axis()),
        x=alt.X(
            "cost:Q",
            axis=style.money_axis(lang, currency, title, labelFlush=style.FLUSH),
            scale=alt.Scale(domainMin=0, domainMax=float(data["cost"].max()) * 1.4 or 1.0),
        ),
        tooltip=[
            alt.Tooltip("option:N", title=tr("Option")),
            alt.Tooltip("label:N", title=tr("Cost")),
            alt.Tooltip("verdict:N", title=tr("Target")),
        ],
    )
    bars = base.mark_bar(height=alt.RelativeBandSize(0.72), cornerRadiusEnd=2).encode(
        color=alt.Color(
            "verdict:N",
            scale=alt.Scale(domain=[met, missed], range=[style.BLUE, style.ORANGE]),
            legend=style.stacked_legend(),
        )
    )
    labels = base.mark_text(align="left", dx=5, color=style.INK).encode(text="label:N")
    return style.layered(bars, labels, height=_FRAME + 2 * style.LEGEND_ROW + ROW * max(2, len(data)))


def ranges(frame: pd.DataFrame, lang: Language, currency: str) -> alt.LayerChart:
    """From the low to the high quantile of each option, with its cost and present value.

    Columns: `option` (translated), `low`, `high` (missing where not known), `months_total`, `present_value`.
    """
    tr = lang.tr
    cost, value = tr("Cost over the months"), tr("Present value")
    spread = tr("{low} to {high} of cases", low=lang.percent(0.05, 0), high=lang.percent(0.95, 0))
    y = alt.Y("option:N", sort=None, axis=style.name_axis())
    scale = alt.Scale(zero=False, nice=True)
    axis = style.money_axis(lang, currency, "", labelFlush=style.FLUSH)
    legend = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=[spread, cost, value], range=[style.SKY, style.BLUE, style.ORANGE]),
        legend=style.stacked_legend(),
    )
    known = frame.dropna(subset=["low", "high"]).assign(kind=spread)
    known = known.assign(
        label=[
            f"{lang.money(low, currency)} – {lang.money(high, currency)}"
            for low, high in zip(known["low"], known["high"], strict=True)
        ]
    )
    tips = [
        alt.Tooltip("option:N", title=tr("Option")),
        alt.Tooltip("kind:N", title=tr("Figure")),
        alt.Tooltip("label:N", title=tr("Amount")),
    ]
    bars = (
        alt.Chart(known)
        .mark_bar(height=alt.RelativeBandSize(0.5))
        .encode(y=y, x=alt.X("low:Q", axis=axis, scale=scale), x2="high:Q", color=legend, tooltip=tips)
    )
    points = frame.rename(columns={"months_total": cost, "present_value": value})
    points = points.melt("option", [cost, value], var_name="kind", value_name="amount").dropna()
    points = points.assign(label=[lang.money(amount, currency) for amount in points["amount"]])
    dots = (
        alt.Chart(points)
        .mark_point(filled=True, size=80, opacity=1)
        .encode(
            y=y,
            x=alt.X("amount:Q", scale=scale),
            color=legend,
            shape=alt.Shape(
                "kind:N", scale=alt.Scale(domain=[cost, value], range=["circle", "diamond"]), legend=None
            ),
            tooltip=tips,
        )
    )
    return style.layered(bars, dots, height=_FRAME + 3 * style.LEGEND_ROW + ROW * max(2, len(frame)))


def by_month(
    frame: pd.DataFrame, lang: Language, currency: str, title: str, names: list[str], *, steps: bool = False
) -> alt.Chart:
    """A line an option over the months; columns `option` (translated), `month`, `amount`; `names` fixes colours."""
    tr = lang.tr
    data = frame.assign(label=[lang.money(amount, currency) for amount in frame["amount"]])
    chart: alt.Chart = (
        alt.Chart(data, height=style.HEIGHT + style.LEGEND_ROW * len(names))
        .mark_line(
            point=alt.OverlayMarkDef(size=36), strokeWidth=2, interpolate="step-after" if steps else "linear"
        )
        .encode(
            x=month_axis(),
            y=alt.Y("amount:Q", axis=style.money_axis(lang, currency, title), scale=style.FROM_ZERO),
            color=option_colours(names),
            tooltip=[
                alt.Tooltip("option:N", title=tr("Option")),
                alt.Tooltip("month:O", title=tr("Month")),
                alt.Tooltip("label:N", title=tr("Amount")),
            ],
        )
    )
    return chart


def month_axis() -> alt.X:
    """Months in their order, as they are named."""
    return alt.X("month:O", axis=alt.Axis(title=None, labelOverlap=True, labelAngle=0))


def option_colours(names: list[str], column: str = "option") -> alt.Color:
    """A colour an option, the same on every chart of a page."""
    palette = [style.FAMILIES[number % len(style.FAMILIES)] for number in range(len(names))]
    scale = alt.Scale(domain=names, range=palette)
    return alt.Color(f"{column}:N", scale=scale, legend=style.stacked_legend())
