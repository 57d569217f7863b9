"""Calculator: one interval of one queue, without a plan."""

from __future__ import annotations

from dataclasses import asdict
from math import inf, isfinite

import pandas as pd
import streamlit as st

from staffing.calculator import SHARE_WITHIN, Answer, Question, answer
from staffing.queueing import Targets
from staffing.ui.charts import calculator as charts
from staffing.ui.pages.calculator_form import ask
from staffing.ui.screen import Screen
from staffing.wording.language import Language
from staffing.wording.words import mark

_OUT_OF_REACH = mark(
    "With these lines no number of agents reaches the target; give more lines or ask for less."
)


def render(screen: Screen) -> None:
    """Draw the page."""
    lang, tr = screen.lang, screen.lang.tr
    st.title(tr("Calculator"))
    st.caption(tr("One interval of one queue, worked out at once; no plan is needed or changed."))
    asked, shown = st.columns([1, 2], gap="large")
    with asked:
        told = ask(lang, screen.view)
    with shown:
        try:
            question = Question(**told)
            found = answer(question)
        except ValueError:
            wanted = told["agents"] is None and _any(told["targets"])
            text = tr(_OUT_OF_REACH) if wanted else tr("Give a target that the agents are to reach.")
            st.warning(text, icon=":material/warning:")
            return
        _show(question, found, lang)


def _any(targets: Targets) -> bool:
    return targets.service_level is not None or targets.abandonment is not None


def _show(question: Question, found: Answer, lang: Language) -> None:
    tr = lang.tr
    _cards(question, found, lang)
    table = pd.DataFrame([asdict(row) for row in found.rows])
    st.altair_chart(charts.by_agents(table, found.agents, lang), alt=tr("Service by number of agents"))
    st.dataframe(_table(table, lang), hide_index=True)
    st.caption(
        tr(
            "“More answered”: calls in the interval that one agent fewer would not answer. “Wait”: what {share} of "
            "the callers wait at most.",
            share=lang.percent(SHARE_WITHIN, 0),
        )
    )
    if found.unreachable is not None:
        st.warning(tr(_OUT_OF_REACH), icon=":material/warning:")
    if found.limits is not None:
        st.markdown(_limits(found, lang))


def _cards(question: Question, found: Answer, lang: Language) -> None:
    tr, row = lang.tr, found.row
    agents, level, lost, busy = st.columns(4)
    agents.metric(
        tr("Agents (net)"),
        lang.number(found.agents),
        tr("{gross} gross", gross=lang.number(found.gross)),
        delta_color="off",
        delta_arrow="off",
        border=True,
        height="stretch",
        help=tr(
            "On contacts at once. The load is {load} Erlang; gross adds shrinkage.",
            load=lang.number(found.load, 2),
        ),
    )
    level.metric(tr("Service level"), lang.percent(row.service_level), border=True, height="stretch")
    lost.metric(
        tr("Abandon rate"),
        lang.percent(row.abandonment) if question.patience_seconds < inf else "–",
        border=True,
        height="stretch",
    )
    busy.metric(tr("Occupancy"), lang.percent(row.occupancy), border=True, height="stretch")


def _table(table: pd.DataFrame, lang: Language) -> pd.DataFrame:
    tr = lang.tr
    columns = {
        tr("Agents"): [lang.number(value) for value in table["agents"]],
        tr("Service level"): [lang.percent(value) for value in table["service_level"]],
        tr("Abandon rate"): [lang.percent(value) for value in table["abandonment"]],
        tr("ASA, s"): [_seconds(value, lang) for value in table["asa_seconds"]],
        tr("Wait, s"): [_seconds(value, lang) for value in table["wait_seconds"]],
        tr("Occupancy"): [lang.percent(value) for value in table["occupancy"]],
        tr("More answered"): [lang.number(value, 2) for value in table["answered_more"]],
    }
    if table["blocking"].any():
        columns[tr("Busy tone")] = [lang.percent(value) for value in table["blocking"]]
    if table["meets"].notna().all():
        columns[tr("Target")] = ["✓" if meets else "–" for meets in table["meets"]]
    return pd.DataFrame(columns)


def _limits(found: Answer, lang: Language) -> str:
    """How far things may go, as a list."""
    tr, limits = lang.tr, found.limits
    assert limits is not None
    agents = lang.number(found.agents)
    head = (
        tr("With {agents} agents the target still holds", agents=agents)
        if found.row.meets
        else tr("{agents} agents miss the target; they would meet it", agents=agents)
    )
    parts = [
        tr("for up to {calls} calls in the interval", calls=_seconds(limits.calls, lang)),
        tr("with handling times up to {seconds} s", seconds=_seconds(limits.aht_seconds, lang)),
    ]
    return head + "\n" + "\n".join(f"- {part}" for part in parts)


def _seconds(value: float, lang: Language) -> str:
    if isfinite(value):
        return lang.number(value, 1)
    return "∞" if value == inf else "–"
