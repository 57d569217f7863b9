"""From which volume on another option is the cheapest, at the same service."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from staffing.ui.charts.volume import curve
from staffing.ui.decided import DecisionView
from staffing.wording.decision_words import REASONS
from staffing.wording.language import Language
from staffing.wording.words import OPTIONS, phrase


def render(decision: DecisionView, lang: Language) -> None:
    """Draw it."""
    tr = lang.tr
    frame = decision.table("break_even_curve.csv")
    if frame.empty:
        st.info(tr("Break-even was not worked out."), icon=":material/info:")
        return
    names = list(dict.fromkeys(phrase(lang, OPTIONS, name) for name in frame["option"]))
    frame = frame.assign(option=[phrase(lang, OPTIONS, name) for name in frame["option"]])
    crossings = _crossings(decision.table("crossings.csv"), lang)
    st.caption(
        tr(
            "A line an option, sized to the target at every volume; broken where the option cannot be had. "
            "Vertical lines: where another one becomes the cheapest, and today's volume."
        )
    )
    today = decision.data.get("calls_a_month")
    chart = curve(frame, crossings, None if today is None else float(today), lang, decision.currency, names)
    st.altair_chart(chart, alt=tr("Cost of a month against its calls, a line an option"))
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(tr("The cheapest by volume"))
        _bands(decision, lang)
    with right:
        st.subheader(tr("Where it changes"))
        if crossings.empty:
            st.markdown(tr("The same option is the cheapest at every volume looked at."))
        else:
            table = {
                tr("Calls a month"): [lang.number(calls) for calls in crossings["calls"]],
                tr("Before → after"): list(crossings["change"]),
                tr("Because of"): [phrase(lang, REASONS, code) for code in crossings["reason"]],
            }
            st.table(table, border="horizontal", hide_index=True, alt=tr("Where it changes"))


def _bands(decision: DecisionView, lang: Language) -> None:
    tr = lang.tr
    bands = decision.table("break_even.csv")
    if bands.empty:
        return
    table: dict[str, Any] = {
        tr("From calls"): [lang.number(first) for first in bands["first"]],
        tr("to calls"): [lang.number(last) for last in bands["last"]],
        tr("Cheapest"): [_named(name, lang) for name in bands["option"]],
    }
    st.table(table, border="horizontal", hide_index=True, alt=tr("The cheapest by volume"))


def _crossings(frame: pd.DataFrame, lang: Language) -> pd.DataFrame:
    """The crossings with their change in words."""
    if frame.empty:
        return pd.DataFrame({"calls": [], "change": [], "reason": []})
    changes = [
        lang.tr("{before} → {after}", before=_named(before, lang), after=_named(after, lang))
        for before, after in zip(frame["before"], frame["after"], strict=True)
    ]
    return frame.assign(change=changes)


def _named(name: object, lang: Language) -> str:
    text = str(name)
    return phrase(lang, OPTIONS, text) if text not in ("", "None", "nan") else lang.tr("none can be had")
