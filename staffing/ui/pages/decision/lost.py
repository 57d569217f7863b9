"""Lost calls: why they are lost, what it costs to keep each, and in which order to begin."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from staffing.ui.charts import lost as charts
from staffing.ui.decided import DecisionView
from staffing.ui.pages import columns
from staffing.wording.decision_words import CAUSES
from staffing.wording.language import Language, money_unit
from staffing.wording.words import phrase

_BEST = 5


def render(decision: DecisionView, lang: Language) -> None:
    """Draw it."""
    tr = lang.tr
    causes, measures = decision.table("waterfall.csv"), decision.table("measures.csv")
    if causes.empty and measures.empty:
        st.info(tr("Measures against lost calls were not worked out."), icon=":material/info:")
        return
    if not causes.empty:
        st.subheader(tr("Why calls are lost"))
        shown = causes[causes["calls"] != 0]
        shown = shown.assign(cause=[phrase(lang, CAUSES, code) for code in shown["cause"]])
        st.altair_chart(
            charts.waterfall(shown, lang), alt=tr("Lost calls by cause, adding up to all lost calls")
        )
    if not measures.empty:
        _measures(measures, decision.currency, lang)
    _order(decision, lang)


def _measures(measures: pd.DataFrame, currency: str, lang: Language) -> None:
    tr, unit = lang.tr, money_unit(currency)
    st.subheader(tr("The five best measures by the cost of a call avoided"))
    st.caption(tr("The line shows the range: strong effects at its left, weak ones at its right."))
    named = measures.assign(measure=[measure_text(name, lang) for name in measures["measure"]])
    best = named[np.isfinite(named["cost_per_call"])].head(_BEST)
    if best.empty:
        st.markdown(tr("No measure avoids a lost call."))
    else:
        bars = pd.DataFrame(
            {
                "measure": best["measure"],
                "cost": best["cost_per_call"],
                "low": best["cost_per_call_low"],
                "high": best["cost_per_call_high"],
            }
        )
        st.altair_chart(
            charts.per_call(bars, lang, currency),
            alt=tr("Cost of a call avoided, a bar a measure with its range"),
        )
    with st.expander(tr("Every measure")):
        kept = ["measure", "cost_per_call", "cost_per_call_low", "cost_per_call_high", "avoided_month"]
        table = named[[*kept, "abandonment", "one_off", "cost_month", "cost", "lead_months"]]
        table = table.replace([np.inf, -np.inf], np.nan)
        sums = ("cost_per_call", "cost_per_call_low", "cost_per_call_high", "one_off", "cost_month", "cost")
        st.dataframe(
            table.assign(**{name: (table[name] / unit).round() for name in sums}),
            hide_index=True,
            column_config={
                "measure": columns.names(tr("Measure")),
                "cost_per_call": columns.amounts(tr("per call avoided"), tr("empty: no call is avoided")),
                "cost_per_call_low": columns.amounts(tr("Low"), tr("with strong effects")),
                "cost_per_call_high": columns.amounts(tr("High"), tr("with weak effects")),
                "avoided_month": columns.decimals(tr("Calls avoided a month")),
                "abandonment": columns.shares(tr("Abandon rate then")),
                "one_off": columns.amounts(tr("of which once")),
                "cost_month": columns.amounts(tr("a month")),
                "cost": columns.amounts(tr("Cost over the months")),
                "lead_months": columns.decimals(tr("lead time in months"), 0),
            },
            height="content",
            alt=tr("Every measure"),
        )


def _order(decision: DecisionView, lang: Language) -> None:
    """The best set, one after another."""
    tr, steps = lang.tr, decision.table("measures_order.csv")
    if steps.empty:
        return
    st.subheader(tr("In which order to begin"))
    st.caption(tr("One at a time; of the best set within the budget. Months are counted from the start."))
    table = {
        tr("Step"): [lang.number(step) for step in steps["step"]],
        tr("Measure"): [measure_text(name, lang) for name in steps["measure"]],
        tr("begins after month"): [lang.number(month) for month in steps["begins"]],
        tr("works after month"): [lang.number(month) for month in steps["works"]],
        tr("Lost calls a month then"): [
            lang.number(lost, 1 if lost >= 1 else 2) for lost in steps["lost_month"]
        ],
        tr("Cost a month then"): [lang.money(cost, decision.currency) for cost in steps["cost_month"]],
    }
    st.table(table, border="horizontal", hide_index=True, alt=tr("In which order to begin"))


def measure_text(name: object, lang: Language) -> str:
    """A measure, or several with commas between, in words."""
    return lang.tr(", ").join(lang.sentence(part) for part in str(name).split(", "))
