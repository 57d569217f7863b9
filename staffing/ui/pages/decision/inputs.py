"""What the answer hangs on: inputs moved alone, and the values at which another option becomes the best."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from staffing.ui.charts.tornado import tornado
from staffing.ui.decided import DecisionView
from staffing.wording.decision_words import figure_text
from staffing.wording.language import Language
from staffing.wording.words import OPTIONS, phrase

_WIDEST = 12  # inputs drawn


def render(decision: DecisionView, lang: Language) -> None:
    """Draw it."""
    tr = lang.tr
    costs = decision.table("sensitivity.csv")
    if costs.empty:
        st.info(tr("Sensitivity was not worked out."), icon=":material/info:")
        return
    names = list(dict.fromkeys(costs["option"]))
    best = decision.recommended
    option = st.selectbox(
        tr("Cost of"),
        names,
        index=names.index(best) if best in names else 0,
        format_func=lambda name: phrase(lang, OPTIONS, name),
        key="decision_tornado",
        width=420,
    )
    called = dict(zip(costs["path"], costs["input"], strict=True))
    shown = costs[(costs["option"] == option) & (costs["swing"] > 0)]
    shown = shown.sort_values("swing", ascending=False, kind="stable").head(_WIDEST)
    if shown.empty:
        st.markdown(tr("No input that was moved changes this cost."))
    else:
        st.caption(
            tr(
                "Each input moved alone, all else as it is; a month of the mean volume, without what is paid once."
            )
        )
        data = shown.assign(
            input=[figure_text(lang, name, option) for name in shown["input"]],
            low=[number(value, lang) for value in shown["low"]],
            high=[number(value, lang) for value in shown["high"]],
        )
        st.altair_chart(
            tornado(data, lang, decision.currency),
            alt=tr("How far each input moves the cost of a month, the widest first"),
        )
    st.subheader(tr("Where another option becomes the best"))
    _thresholds(decision, called, lang)
    st.subheader(tr("Inputs that change the best option"))
    _changes(decision, costs, lang)


def _thresholds(decision: DecisionView, called: dict[str, str], lang: Language) -> None:
    tr, frame = lang.tr, decision.table("thresholds.csv")
    if frame.empty:
        st.markdown(tr("Nowhere between half and twice the values of the main inputs."))
        return
    table = {
        tr("Input"): [figure_text(lang, called.get(path, path)) for path in frame["path"]],
        tr("Value"): [
            number(value, lang) if exact else tr("about {value}", value=number(value, lang))
            for value, exact in zip(frame["value"], frame["exact"], strict=True)
        ],
        tr("Best below"): [_best(name, lang) for name in frame["before"]],
        tr("Best above"): [_best(name, lang) for name in frame["after"]],
    }
    st.table(table, border="horizontal", hide_index=True, alt=tr("Where another option becomes the best"))


def _changes(decision: DecisionView, costs: pd.DataFrame, lang: Language) -> None:
    tr, bests = lang.tr, decision.table("sensitivity_best.csv")
    changing = bests[bests["changes"]] if len(bests) else bests
    if changing.empty:
        st.markdown(tr("None of the inputs moved changes which option is the best."))
        return
    ends = costs.drop_duplicates("path").set_index("path")
    table = {
        tr("Input"): [figure_text(lang, name) for name in changing["input"]],
        tr("At low"): _ends(changing, ends["low"], "best_low", lang),
        tr("At high"): _ends(changing, ends["high"], "best_high", lang),
    }
    st.table(table, border="horizontal", hide_index=True, alt=tr("Inputs that change the best option"))


def _ends(changing: pd.DataFrame, values: pd.Series, best: str, lang: Language) -> list[str]:
    return [
        lang.tr("{value}: {option}", value=number(float(values[path]), lang), option=_best(name, lang))
        for path, name in zip(changing["path"], changing[best], strict=True)
    ]


def number(value: float, lang: Language) -> str:
    """A value with as many decimals as it needs."""
    for digits in (0, 1, 2):
        if abs(value - round(value, digits)) < 1e-9 * max(1.0, abs(value)):
            return lang.number(value, digits)
    return lang.number(value, 0 if abs(value) >= 100 else 3)


def _best(name: object, lang: Language) -> str:
    text = str(name)
    return (
        phrase(lang, OPTIONS, text) if text not in ("", "None", "nan") else lang.tr("none reaches the target")
    )
