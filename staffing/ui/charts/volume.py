"""Cost of a month against its calls, and where another option becomes the cheapest."""

from __future__ import annotations

import altair as alt
import pandas as pd

from staffing.ui.charts import style
from staffing.ui.charts.options import option_colours
from staffing.wording.language import Language

_LABEL, _LABELS = 11, 3  # pixels of a label at a crossing; labels in steps, so that near ones stay apart


def curve(
    frame: pd.DataFrame,
    crossings: pd.DataFrame,
    today: float | None,
    lang: Language,
    currency: str,
    names: list[str],
) -> alt.LayerChart:
    """A line an option, thin and broken where it cannot be had; a rule at each crossing and at today's volume.

    `frame` columns: `option` (translated), `calls` (a month), `cost`, `can_be_had`; `crossings`: `calls`, `change`
    (in words).
    """
    tr = lang.tr
    data = _runs(frame).assign(label=[lang.money(cost, currency) for cost in frame["cost"]])
    x = alt.X("calls:Q", axis=alt.Axis(title=tr("Calls a month"), format=",~f"), scale=alt.Scale(nice=False))
    y = alt.Y("cost:Q", axis=style.money_axis(lang, currency, tr("Cost of the month")), scale=style.FROM_ZERO)
    tips = [
        alt.Tooltip("option:N", title=tr("Option")),
        alt.Tooltip("calls:Q", title=tr("Calls a month"), format=",.0f"),
        alt.Tooltip("label:N", title=tr("Cost of the month")),
    ]
    base = alt.Chart(data).encode(x=x, y=y, color=option_colours(names), detail="run:N")
    layers = [
        base.transform_filter("datum.can_be_had").mark_line(strokeWidth=2.5, interpolate="linear"),
        base.transform_filter("!datum.can_be_had").mark_line(strokeWidth=1, strokeDash=[3, 3], opacity=0.6),
        base.mark_point(size=90, opacity=0, filled=True).encode(tooltip=tips),
    ]
    if len(crossings):
        shown = crossings.assign(
            label=[lang.number(calls) for calls in crossings["calls"]],
            down=[_LABEL * (1 + number % _LABELS) for number in range(len(crossings))],
        )
        mark = alt.Chart(shown).encode(
            x="calls:Q",
            tooltip=[
                alt.Tooltip("calls:Q", title=tr("Calls a month"), format=",.0f"),
                alt.Tooltip("change:N", title=tr("Change")),
            ],
        )
        layers.append(mark.mark_rule(color=style.GREY, strokeDash=[2, 3], strokeWidth=1.5))
        before = crossings["calls"] < (today or 0)  # their labels stand left of them, apart from today's rule
        sides = (
            alt.Chart(shown[before]).mark_text(align="right", dx=-3, color=style.GREY),
            alt.Chart(shown[~before]).mark_text(align="left", dx=3, color=style.GREY),
        )
        place = alt.Y("down:Q", scale=None, axis=None)
        layers += [side.encode(x="calls:Q", text="label:N", y=place) for side in sides]
    if today is not None:
        now = pd.DataFrame({"calls": [today], "label": [tr("today {calls}", calls=lang.number(today))]})
        mark = alt.Chart(now).encode(x="calls:Q")
        layers.append(mark.mark_rule(color=style.INK, strokeWidth=1.5))
        layers.append(
            mark.mark_text(align="left", dx=4, dy=_LABEL * (1 + _LABELS), color=style.INK).encode(
                text="label:N", y=alt.value(0)
            )
        )
    return style.layered(*layers, height=340 + style.LEGEND_ROW * len(names))


def _runs(frame: pd.DataFrame) -> pd.DataFrame:
    """Stretches of volumes for which an option can be had, or cannot, each with a number of its own."""
    ordered = frame.sort_values(["option", "calls"], kind="stable")
    turns = (ordered["can_be_had"] != ordered["can_be_had"].shift()) | (
        ordered["option"] != ordered["option"].shift()
    )
    return frame.assign(run=turns.cumsum().reindex(frame.index).astype(str))
