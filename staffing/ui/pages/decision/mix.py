"""The best mix over the months: who takes which calls, what is proven of it, which others come near."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from staffing.ui.charts import mix as charts
from staffing.ui.decided import DecisionView
from staffing.ui.pages import columns
from staffing.wording.decision_words import price_text
from staffing.wording.language import Language, money_unit
from staffing.wording.words import OPTIONS, phrase

_TIPS = 3  # prices named for each runner-up


def render(decision: DecisionView, lang: Language) -> None:
    """Draw it."""
    tr, currency, found = lang.tr, decision.currency, decision.part("mix")
    if found.get("total") is None:
        reason = str(found.get("reason") or "")
        st.info(
            lang.sentence(reason) if reason else tr("The best mix was not worked out."),
            icon=":material/info:",
        )
        return
    total, bound, gap = st.columns(3)
    total.metric(
        tr("Cost over the months"), lang.money(found["total"], currency), border=True, height="stretch"
    )
    bound.metric(
        tr("No mix can cost less"),
        lang.money(found["bound"], currency),
        border=True,
        height="stretch",
        help=tr("Proven by the solver: the bound of a relaxation that holds every mix."),
    )
    gap.metric(
        tr("Gap"),
        lang.percent(found["gap"], 2),
        border=True,
        height="stretch",
        help=tr("How much could still be saved at most."),
    )
    frame = decision.table("mix.csv")
    if not frame.empty:
        _sources(frame, lang, currency)
    _runners_up(decision, lang)


def _sources(frame: pd.DataFrame, lang: Language, currency: str) -> None:
    tr = lang.tr
    frame = frame.assign(source=[phrase(lang, OPTIONS, name) for name in frame["source"]])
    monthly = frame.groupby(["source", "month"], sort=False, as_index=False).agg(
        calls=("calls", "sum"), amount=("amount_month", "sum")
    )
    names = list(dict.fromkeys(monthly["source"]))
    st.subheader(tr("Who takes the calls"))
    st.altair_chart(charts.shares(monthly, lang, names), alt=tr("Share of each month's calls by source"))
    st.subheader(tr("What it costs"))
    st.altair_chart(charts.amounts(monthly, lang, currency, names), alt=tr("Cost of each month by source"))
    sums = frame.groupby("source", sort=False, as_index=False).agg(
        calls=("calls", "sum"),
        heads=("heads", "max"),
        seats=("seats", "max"),
        channels=("channels", "max"),
        amount=("amount_month", "sum"),
    )
    share = sums["calls"] / sums["calls"].sum() if sums["calls"].sum() else 0.0
    sums.insert(2, "share", share)
    st.dataframe(
        sums.assign(amount=sums["amount"] / money_unit(currency)),
        hide_index=True,
        column_config={
            "source": columns.names(tr("Taken by")),
            "calls": columns.amounts(tr("Calls")),
            "share": columns.shares(tr("Share of calls")),
            "heads": columns.decimals(tr("Most agents")),
            "seats": columns.decimals(tr("Most seats"), 0),
            "channels": columns.decimals(tr("Most channels"), 0),
            "amount": columns.amounts(tr("Cost ({currency})", currency=currency)),
        },
        height="content",
        alt=tr("The best mix by source"),
    )


def _runners_up(decision: DecisionView, lang: Language) -> None:
    """Other sets of contracts, and the price at which each would win."""
    tr, rows = lang.tr, decision.rows("runners_up")
    st.subheader(tr("Mixes nearly as good"))
    if not rows:
        st.markdown(tr("No other set of contracts comes near."))
        return
    table = {
        tr("Mix"): [_names(row.get("contracts"), lang) for row in rows],
        tr("Instead"): [_names(row.get("instead"), lang) for row in rows],
        tr("Without"): [_names(row.get("without"), lang) for row in rows],
        tr("more than the best"): [lang.money(row.get("extra") or 0, decision.currency) for row in rows],
        tr("Would win if"): ["  \n".join(_tips(row, decision, lang)) for row in rows],
    }
    st.table(table, border="horizontal", hide_index=True, alt=tr("Mixes nearly as good"))


def _names(names: object, lang: Language) -> str:
    listed = names if isinstance(names, list) else []
    return lang.tr(", ").join(phrase(lang, OPTIONS, name) for name in listed) or "–"


def _tips(row: Mapping[str, Any], decision: DecisionView, lang: Language) -> list[str]:
    return [
        lang.tr(
            "{figure} went from {now} to {then}",
            figure=price_text(lang, str(tip["source"]), str(tip["price"])),
            now=_price(tip["now"], lang, decision.currency),
            then=_price(tip["then"], lang, decision.currency),
        )
        for tip in (row.get("tips") or ())[:_TIPS]
    ]


def _price(value: float, lang: Language, currency: str) -> str:
    """A price; a share stays a number."""
    return lang.number(value, 3) if abs(value) < 1 else lang.money(value, currency)
