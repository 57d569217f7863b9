"""Decision: which way to staff the desk, the best mix, and what the answer hangs on."""

from __future__ import annotations

import streamlit as st

from staffing.ui.decided import DecisionView
from staffing.ui.pages.decision import (
    answer,
    bills,
    files,
    inputs,
    job,
    lost,
    mix,
    months,
    options,
    volume,
)
from staffing.ui.screen import Screen


def render(screen: Screen) -> None:
    """Draw the page."""
    lang, tr = screen.lang, screen.lang.tr
    st.title(tr("Decision"))
    view = screen.planned()
    if view is None:
        return
    job.work(screen, view)
    decision = DecisionView.of(view)
    if decision is None:
        return
    answer.render(decision, view, lang)
    parts = (
        (tr("Options"), options.render),
        (tr("Over the months"), months.render),
        (tr("Best mix"), mix.render),
        (tr("Break-even"), volume.render),
        (tr("Lost calls"), lost.render),
        (tr("What the answer hangs on"), inputs.render),
        (tr("Bills"), bills.render),
        (tr("Files"), files.render),
    )
    for (_, draw), area in zip(parts, st.tabs([title for title, _ in parts]), strict=True):
        with area:
            draw(decision, lang)
