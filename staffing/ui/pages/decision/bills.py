"""The bills: every amount as quantity x rate, with where the rate comes from."""

from __future__ import annotations

import streamlit as st

from staffing.ui.decided import DecisionView
from staffing.ui.pages.bill import bill
from staffing.wording.language import Language
from staffing.wording.words import OPTIONS, phrase

_MIX = "mix: "  # before the name of a source of the mix


def render(decision: DecisionView, lang: Language) -> None:
    """Draw it."""
    tr = lang.tr
    frame = decision.table("bills.csv")
    if frame.empty:
        st.info(tr("There are no bills."), icon=":material/info:")
        return
    st.caption(
        tr(
            "Quantity × rate = amount. The source says where a rate comes from; replace examples by your own quotes."
        )
    )
    names = list(dict.fromkeys(frame["option"]))
    best = decision.recommended
    option = st.selectbox(
        tr("Bill of"),
        names,
        index=names.index(best) if best in names else 0,
        format_func=lambda name: bill_name(name, lang),
        key="decision_bill",
        width=420,
    )
    bill(frame[frame["option"] == option], decision.currency, lang)


def bill_name(name: str, lang: Language) -> str:
    """An option over the planned days, or a source of the mix over the months."""
    if name.startswith(_MIX):
        source = phrase(lang, OPTIONS, name.removeprefix(_MIX))
        return lang.tr("Best mix over the months: {source}", source=source)
    return phrase(lang, OPTIONS, name)
