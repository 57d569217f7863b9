"""What the calculator asks."""

from __future__ import annotations

from math import inf
from typing import Any

import streamlit as st

from staffing.queueing import Targets
from staffing.ui.run import RunView
from staffing.wording.language import Language

_MINUTES = (15, 30, 60)


def ask(lang: Language, view: RunView | None) -> dict[str, Any]:
    """The fields of a Question; begins with what the open plan says, else with common figures."""
    tr, known = lang.tr, _known(view)
    kinds = {"agents": tr("How many agents?"), "service": tr("What service?")}
    kind = st.segmented_control(
        tr("Question"),
        list(kinds),
        default="agents",
        format_func=lambda name: kinds[name],
        required=True,
        key="calculator_kind",
    )
    calls = _number("calls", tr("Calls in the interval"), 100, 0, 1e7, step=10)
    minutes = st.selectbox(tr("Interval, minutes"), _MINUTES, index=1, key="calculator_minutes")
    aht = _number("aht", tr("Handling time (AHT), seconds"), known["aht"], 1, 86_400, step=10)
    agents = _whole("agents", tr("Agents on contacts (net)"), 18, 0, 100_000) if kind == "service" else None
    impatient = st.checkbox(tr("Callers may give up (Erlang A)"), True, key="calculator_impatient")
    patience = _number(
        "patience", tr("Mean patience, seconds"), known["patience"], 1, 1e7, step=10, disabled=not impatient
    )
    return {
        "calls": calls,
        "aht_seconds": aht,
        "agents": agents,
        "interval_seconds": 60.0 * minutes,
        "patience_seconds": patience if impatient else inf,
        "targets": _targets(lang, known, impatient=impatient),
        **_more(lang, known),
    }


def _known(view: RunView | None) -> dict[str, float]:
    """The plan's figures; a target that it does not have is 0."""
    if view is None:
        return {
            "aht": 300,
            "patience": 180,
            "service_level": 0.8,
            "threshold": 20,
            "abandonment": 0.05,
            "shrinkage": 0.3,
        }
    requirement = view.part("requirement")
    targets = requirement.get("targets") or {}
    return {
        "aht": view.part("forecast").get("aht_seconds") or 300,
        "patience": requirement.get("patience_seconds") or 180,
        "service_level": targets.get("service_level") or 0,
        "threshold": targets.get("threshold_seconds") or 20,
        "abandonment": targets.get("abandonment") or 0,
        "shrinkage": requirement.get("shrinkage") or 0,
    }


def _targets(lang: Language, known: dict[str, float], *, impatient: bool) -> Targets:
    tr = lang.tr
    level, time = st.columns(2)
    with level:
        wanted = _number(
            "service",
            tr("Answered in time, at least %"),
            100 * known["service_level"],
            0,
            99.9,
            step=5,
            help=tr("0 asks for nothing."),
        )
    with time:
        threshold = _number("threshold", tr("In time is, seconds"), known["threshold"], 0, 3600, step=5)
    lost = _number(
        "abandonment",
        tr("Abandoned, at most %"),
        100 * known["abandonment"],
        0,
        99.9,
        help=tr("0 asks for nothing."),
        disabled=not impatient,
    )
    return Targets(
        service_level=wanted / 100 or None,
        threshold=threshold,
        abandonment=(lost / 100 or None) if impatient else None,
    )


def _more(lang: Language, known: dict[str, float]) -> dict[str, Any]:
    tr = lang.tr
    with st.expander(tr("More")):
        shrinkage = _number("shrinkage", tr("Shrinkage, %"), 100 * known["shrinkage"], 0, 90)
        at_once = _whole("concurrency", tr("Chats an agent holds at once (1 = calls)"), 1, 1, 20)
        chat = at_once > 1
        slowdown = _number(
            "slowdown", tr("Longer by each further chat, %"), 20, 0, 100, step=5, disabled=not chat
        )
        lines = _whole("lines", tr("Lines (0 = without limit)"), 0, 0, 100_000, disabled=chat)
        redial = _number("redial", tr("Lost calls that come again, %"), 0, 0, 99, step=5, disabled=chat)
    return {
        "shrinkage": shrinkage / 100,
        "concurrency": at_once,
        "slowdown": slowdown / 100 if chat else 0.0,
        "lines": inf if chat or not lines else lines,
        "redial": 0.0 if chat else redial / 100,
    }


def _number(
    name: str, label: str, value: float, least: float, most: float, *, step: float = 1, **options: Any
) -> float:
    start = min(max(float(value), float(least)), float(most))
    return st.number_input(
        label,
        float(least),
        float(most),
        start,
        float(step),
        format="%g",
        key=f"calculator_{name}",
        **options,
    )


def _whole(name: str, label: str, value: int, least: int, most: int, **options: Any) -> int:
    chosen: int = st.number_input(label, least, most, value, 1, key=f"calculator_{name}", **options)
    return chosen
