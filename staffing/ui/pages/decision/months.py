"""The options over the months ahead: money by month, present value, what else may come, what would still be owed."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from staffing.ui.charts import options as charts
from staffing.ui.decided import DecisionView
from staffing.ui.pages import columns
from staffing.ui.pages.decision.options import named
from staffing.wording.language import Language, money_unit
from staffing.wording.words import OPTIONS, phrase

_SHOWN = 4  # options drawn at first


def render(decision: DecisionView, lang: Language) -> None:
    """Draw it."""
    tr, currency = lang.tr, decision.currency
    months, options = decision.table("months.csv"), decision.table("options.csv")
    if months.empty or options.empty:
        st.info(tr("The months ahead were not worked out."), icon=":material/info:")
        return
    ordered = options.sort_values(["meets_target", "months_total"], ascending=[False, True], kind="stable")
    known = [name for name in ordered["option"] if name in set(months["option"])]
    chosen = st.multiselect(
        tr("Options shown"),
        known,
        default=list(ordered.drop_duplicates("months_total")["option"])[:_SHOWN],
        format_func=lambda name: phrase(lang, OPTIONS, name),
        max_selections=8,
        key="decision_options",
    )
    if not chosen:
        return
    names = [phrase(lang, OPTIONS, name) for name in chosen]
    shown = months[months["option"].isin(chosen)]
    shown = shown.assign(option=[phrase(lang, OPTIONS, name) for name in shown["option"]])
    st.subheader(tr("Paid in each month"))
    st.altair_chart(
        charts.by_month(shown, lang, currency, tr("Cost of the month"), names),
        alt=tr("Cost of each month, a line an option"),
    )
    rows = named(ordered[ordered["option"].isin(chosen)], lang)
    st.subheader(tr("In all, and what else may come"))
    st.caption(
        tr(
            "The band holds nine of ten cases when calls come otherwise than forecast; the same cases for every "
            "option."
        )
    )
    st.altair_chart(
        charts.ranges(rows, lang, currency), alt=tr("Range of each option's cost over the months")
    )
    _table(rows, lang, currency)
    if (rows["low"] == rows["high"]).any():
        st.caption(
            tr(
                "Where both ends are the same, no part of the bill follows the calls in these cases: people, seats "
                "and what a vendor beside one's own people is paid are those of the forecast."
            )
        )
    st.subheader(tr("What would still be owed"))
    st.caption(tr("If the option were ended at the month's end: notice, minimum term, leases, exit fee."))
    st.altair_chart(
        charts.by_month(
            shown.assign(amount=shown["stranded"]), lang, currency, tr("Still owed"), names, steps=True
        ),
        alt=tr("What would still be owed at each month's end, a line an option"),
    )


def _table(rows: pd.DataFrame, lang: Language, currency: str) -> None:
    tr, unit = lang.tr, money_unit(currency)
    names = ("months_total", "present_value", "low", "high", "stranded", "most_stranded")
    table = rows[["option"]].assign(
        **{name: (rows[name] / unit).round() for name in names}, missed=rows["months_missed"]
    )
    st.dataframe(
        table.dropna(axis="columns", how="all"),
        hide_index=True,
        column_config={
            "option": columns.names(tr("Option")),
            "months_total": columns.amounts(tr("Cost over the months")),
            "present_value": columns.amounts(tr("Present value")),
            "low": columns.amounts(tr("5 % of cases below")),
            "high": columns.amounts(tr("5 % of cases above")),
            "stranded": columns.amounts(tr("Still owed at the end")),
            "most_stranded": columns.amounts(tr("Most owed in any month")),
            "missed": columns.decimals(tr("Months that miss the target"), 0),
        },
        height="content",
        alt=tr("Cost of each option over the months"),
    )
