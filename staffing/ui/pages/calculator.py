"""Calculator: one interval of one queue, without a plan."""

from __future__ import annotations

from dataclasses import asdict
from math import inf, isfinite
from typing import Any

import pandas as pd
import streamlit as st

from staffing.calculator import SHARE_WITHIN, Answer, Question, answer
from staffing.queueing import Targets
from staffing.ui.charts import calculator as charts
from staffing.ui.language import Language
from staffing.ui.screen import Screen

_MINUTES = (15, 30, 60)


def render(screen: Screen) -> None:
    """Draw the page."""
    lang, tr = screen.lang, screen.lang.tr
    st.title(tr("Calculator"))
    st.caption(tr("One interval of one queue, worked out at once; no plan is needed or changed."))
    asked, shown = st.columns([1, 2], gap="large")
    with asked:
        told = _ask(lang, _known(screen))
    with shown:
        try:
            question = Question(**told)
            found = answer(question)
        except ValueError:
            st.warning(
                tr(
                    "With these lines no number of agents reaches the target; give more lines or ask for less."
                )
                if told["agents"] is None and _any(told["targets"])
                else tr("Give a target that the agents are to reach."),
                icon=":material/warning:",
            )
            return
        _show(question, found, lang)


def _known(screen: Screen) -> dict[str, float | None]:
    """What the open plan says about callers and targets, else common figures."""
    view = screen.view
    requirement = view.part("requirement") if view is not None else {}
    targets = requirement.get("targets") or {}
    forecast = view.part("forecast") if view is not None else {}
    return {
        "aht": forecast.get("aht_seconds") or 300.0,
        "patience": requirement.get("patience_seconds") or 180.0,
        "service_level": targets.get("service_level", 0.8),
        "threshold": targets.get("threshold_seconds") or 20.0,
        "abandonment": targets.get("abandonment", 0.05),
        "shrinkage": requirement.get("shrinkage", 0.3),
    }


def _ask(lang: Language, known: dict[str, float | None]) -> dict[str, Any]:
    """The form; returns the fields of a Question."""
    tr = lang.tr
    kinds = {"agents": tr("How many agents?"), "service": tr("What service?")}
    kind = st.segmented_control(
        tr("Question"),
        list(kinds),
        default="agents",
        format_func=lambda name: kinds[name],
        required=True,
        key="calculator_kind",
    )
    calls = st.number_input(
        tr("Calls in the interval"), 0.0, 1e7, 100.0, 10.0, format="%g", key="calculator_calls"
    )
    minutes = st.selectbox(tr("Interval, minutes"), _MINUTES, index=1, key="calculator_minutes")
    aht = st.number_input(
        tr("Handling time (AHT), seconds"),
        1.0,
        86_400.0,
        float(known["aht"] or 300),
        10.0,
        format="%g",
        key="calculator_aht",
    )
    agents = (
        st.number_input(tr("Agents on contacts (net)"), 0, 100_000, 18, 1, key="calculator_agents")
        if kind == "service"
        else None
    )
    impatient = st.checkbox(tr("Callers may give up (Erlang A)"), True, key="calculator_impatient")
    patience = st.number_input(
        tr("Mean patience, seconds"),
        1.0,
        1e7,
        min(1e7, float(known["patience"] or 180)),
        10.0,
        disabled=not impatient,
        format="%g",
        key="calculator_patience",
    )
    targets = _ask_targets(lang, known, impatient=impatient)
    more = _ask_more(lang, known)
    return {
        "calls": calls,
        "aht_seconds": aht,
        "targets": targets,
        "agents": agents,
        "interval_seconds": 60.0 * minutes,
        "patience_seconds": patience if impatient else inf,
        **more,
    }


def _ask_more(lang: Language, known: dict[str, float | None]) -> dict[str, Any]:
    tr = lang.tr
    with st.expander(tr("More")):
        shrinkage = st.number_input(
            tr("Shrinkage, %"),
            0.0,
            90.0,
            100 * float(known["shrinkage"] or 0),
            1.0,
            format="%g",
            key="calculator_shrinkage",
        )
        at_once = st.number_input(
            tr("Chats an agent holds at once (1 = calls)"), 1, 20, 1, 1, key="calculator_concurrency"
        )
        chat = at_once > 1
        slowdown = st.number_input(
            tr("Longer by each further chat, %"),
            0.0,
            100.0,
            20.0,
            5.0,
            format="%g",
            disabled=not chat,
            key="calculator_slowdown",
        )
        lines = st.number_input(
            tr("Lines (0 = without limit)"), 0, 100_000, 0, 1, disabled=chat, key="calculator_lines"
        )
        redial = st.number_input(
            tr("Lost calls that come again, %"),
            0.0,
            99.0,
            0.0,
            5.0,
            format="%g",
            disabled=chat,
            key="calculator_redial",
        )
    return {
        "lines": inf if chat else lines or inf,
        "redial": 0.0 if chat else redial / 100,
        "shrinkage": shrinkage / 100,
        "concurrency": at_once,
        "slowdown": slowdown / 100 if chat else 0.0,
    }


def _ask_targets(lang: Language, known: dict[str, float | None], *, impatient: bool) -> Targets:
    tr = lang.tr
    level, seconds = st.columns(2)
    wanted = level.number_input(
        tr("Answered in time, at least %"),
        0.0,
        99.9,
        100 * float(known["service_level"] or 0),
        5.0,
        help=tr("0 asks for nothing."),
        format="%g",
        key="calculator_service",
    )
    threshold = seconds.number_input(
        tr("In time is, seconds"),
        0.0,
        3600.0,
        float(known["threshold"] or 20),
        5.0,
        format="%g",
        key="calculator_threshold",
    )
    lost = st.number_input(
        tr("Abandoned, at most %"),
        0.0,
        99.9,
        100 * float(known["abandonment"] or 0),
        1.0,
        disabled=not impatient,
        help=tr("0 asks for nothing."),
        format="%g",
        key="calculator_abandonment",
    )
    return Targets(
        service_level=wanted / 100 or None,
        threshold=threshold,
        abandonment=(lost / 100 or None) if impatient else None,
    )


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
    head = tr("With {agents} agents the target still holds", agents=lang.number(found.agents))
    parts = [
        tr("for up to {calls} calls in the interval", calls=_seconds(limits.calls, lang)),
        tr("with handling times up to {seconds} s", seconds=_seconds(limits.aht_seconds, lang)),
    ]
    return head + "\n" + "\n".join(f"- {part}" for part in parts)


def _seconds(value: float, lang: Language) -> str:
    if isfinite(value):
        return lang.number(value, 1)
    return "∞" if value == inf else "–"
