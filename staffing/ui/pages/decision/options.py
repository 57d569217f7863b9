"""Every option at the same service: what it costs, what it reaches, why one cannot be had."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from staffing.ui.charts import options as charts
from staffing.ui.decided import DecisionView
from staffing.ui.pages import columns
from staffing.wording.language import Language, money_unit
from staffing.wording.words import OPTIONS, phrase


def render(decision: DecisionView, lang: Language) -> None:
    """Draw it."""
    tr, currency = lang.tr, decision.currency
    options = decision.table("options.csv")
    if options.empty:
        st.info(tr("There is nothing to compare."), icon=":material/info:")
        return
    options = named(options, lang)
    costs = options[["option", "meets_target"]].assign(cost=options["total"])
    st.altair_chart(
        charts.costs(costs, lang, currency, tr("Cost over the planned days")),
        alt=tr("Cost of each option at the same target, those that miss it in another colour"),
    )
    unit = money_unit(currency)
    table = pd.DataFrame(
        {
            "option": options["option"],
            "target": [tr("Met") if reached else tr("Missed") for reached in options["meets_target"]],
            "total": options["total"] / unit,
            "per_call": options["cost_per_handled_call"].round() / unit,
            "abandonment": options["abandonment"].round(4),
            "service_level": options["service_level"].round(4),
            "asa": options["asa_seconds"].round(1),
            "bought": [lang.sentence(text) for text in options["bought"]],
            "one_off": options["one_off"] / unit,
            "lost": options["lost_calls_cost"] / unit,
        }
    ).dropna(axis="columns", how="all")
    st.dataframe(
        table,
        hide_index=True,
        column_config={
            "option": columns.names(tr("Option")),
            "target": tr("Target"),
            "total": columns.amounts(tr("Cost ({currency})", currency=currency)),
            "per_call": columns.amounts(tr("per handled call")),
            "abandonment": columns.shares(tr("Abandon rate"), tr("(abandoned + blocked) / offered")),
            "service_level": columns.shares(tr("Service level"), tr("answered in time / offered")),
            "asa": columns.decimals(tr("ASA of the answered, s")),
            "bought": tr("Capacity"),
            "one_off": columns.amounts(tr("of which once")),
            "lost": columns.amounts(tr("Worth of lost calls, not paid out")),
        },
        height="content",
        alt=tr("Service and cost of each option"),
    )
    _missed(options, lang)


def named(frame: pd.DataFrame, lang: Language) -> pd.DataFrame:
    """The rows with options in words; those that meet the target first, each group by cost."""
    ordered = frame.sort_values(["meets_target", "total"], ascending=[False, True], kind="stable")
    return ordered.assign(option=[phrase(lang, OPTIONS, code) for code in ordered["option"]]).reset_index(
        drop=True
    )


def _missed(options: pd.DataFrame, lang: Language) -> None:
    """Why those that miss the target cannot be had."""
    missed = options[~options["meets_target"] & (options["missed_by"] != "")]
    if missed.empty:
        return
    st.subheader(lang.tr("Why these cannot be had"))
    for row in missed.to_dict("records"):
        reasons = "; ".join(lang.sentence(part) for part in str(row["missed_by"]).split("; "))
        st.markdown(f"- **{row['option']}**: {reasons}")
