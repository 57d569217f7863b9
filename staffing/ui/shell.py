"""The frame around the pages: their list, the language, the plan that is open."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from importlib import resources
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from staffing import jobs
from staffing.ui.pages import (
    calculator,
    costs,
    coverage,
    decision,
    demand,
    downloads,
    new_plan,
    overview,
    roster,
)
from staffing.ui.run import RunView
from staffing.ui.screen import NEXT_PLAN, OPEN_PLAN, Screen
from staffing.ui.workspace import Workspace
from staffing.wording.language import CODES, NAMES, Language, language, preferred
from staffing.wording.words import mark

LANGUAGE = "language"  # session key
_PAGES: tuple[tuple[str, str, str, Callable[[Screen], None]], ...] = (
    ("overview", mark("Overview"), ":material/dashboard:", overview.render),
    ("demand", mark("Demand and forecast"), ":material/show_chart:", demand.render),
    ("coverage", mark("Required and scheduled"), ":material/stacked_bar_chart:", coverage.render),
    ("roster", mark("Roster"), ":material/calendar_view_week:", roster.render),
    ("costs", mark("Cost comparison"), ":material/payments:", costs.render),
    ("decision", mark("Decision"), ":material/balance:", decision.render),
    ("calculator", mark("Calculator"), ":material/calculate:", calculator.render),
    ("downloads", mark("Downloads"), ":material/download:", downloads.render),
    ("new-plan", mark("New plan"), ":material/add_circle:", new_plan.render),
)


def main() -> None:
    """Draw the dashboard: the whole script, run anew on every interaction."""
    workspace = Workspace.from_environment()
    lang = _language()
    with resources.as_file(resources.files("staffing.ui") / "assets" / "icon.png") as icon:
        st.set_page_config(page_title=lang.tr("Staffing"), page_icon=str(icon), layout="wide")
        st.logo(str(icon), size="large")
    plan_id = _plan_id(workspace)
    view = _view(workspace, plan_id)
    pages: dict[str, StreamlitPage] = {}
    screen = Screen(lang, workspace, view, pages)
    first = "overview" if view is not None else "new-plan"
    for address, title, symbol, render in _PAGES:
        pages[address] = st.Page(
            partial(render, screen),
            title=lang.tr(title),
            icon=symbol,
            url_path=address,
            default=address == first,
        )
    chosen = st.navigation(list(pages.values()))
    _sidebar(screen)
    chosen.run()


def _language() -> Language:
    if LANGUAGE not in st.session_state:
        named = st.query_params.get("lang")
        st.session_state[LANGUAGE] = preferred(named, st.context.locale)
    code = st.session_state[LANGUAGE]
    return language(code if code in CODES else "en")


def _plan_id(workspace: Workspace) -> str | None:
    """The plan to show: one just made, the one chosen, the one served, the newest."""
    ids = workspace.ids()
    wanted = (
        st.session_state.pop(NEXT_PLAN, None),
        st.session_state.get(OPEN_PLAN),
        st.query_params.get("plan"),
        workspace.first,
    )
    found = next((name for name in wanted if name in ids), ids[0] if ids else None)
    if found is not None:
        st.session_state[OPEN_PLAN] = found
    return found


def _view(workspace: Workspace, plan_id: str | None) -> RunView | None:
    if plan_id is None:
        return None
    try:
        return RunView.open(workspace.folder(plan_id))
    except (OSError, ValueError):  # being written, or not a plan after all
        return None


def _sidebar(screen: Screen) -> None:
    workspace, tr = screen.workspace, screen.lang.tr
    ids = workspace.ids()
    with st.sidebar:
        if jobs.running(workspace.root):
            screen.link("new-plan", tr("A plan is being made"), ":material/hourglass_top:")
        if jobs.deciding(workspace.root):
            st.caption(f":material/hourglass_top: {tr('A decision is being worked out')}")
        if ids:
            st.selectbox(tr("Plan"), ids, key=OPEN_PLAN, format_func=_labels(workspace, ids).__getitem__)
        st.segmented_control(
            tr("Language"),
            CODES,
            key=LANGUAGE,
            format_func=lambda code: NAMES[code],
            required=True,
            on_change=_keep_language,
        )


def _keep_language() -> None:
    """Put the choice into the address, so that a reload or a copied link keeps it."""
    st.query_params["lang"] = st.session_state[LANGUAGE]


def _labels(workspace: Workspace, ids: Sequence[str]) -> dict[str, str]:
    """The plans' names; those of one name are told apart by when they were made."""
    titles = {plan_id: _title_of(workspace, plan_id) for plan_id in ids}
    names = [name for name, _ in titles.values()]
    return {
        plan_id: name if names.count(name) == 1 else f"{made} {name}"
        for plan_id, (name, made) in titles.items()
    }


def _title_of(workspace: Workspace, plan_id: str) -> tuple[str, str]:
    path = workspace.folder(plan_id) / "summary.json"
    try:
        return _title(str(path), path.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError):
        return plan_id, ""


@st.cache_data(max_entries=500, show_spinner=False)
def _title(path: str, changed: int) -> tuple[str, str]:
    """A plan's name and when it was made; `changed` renews it."""
    name = str(json.loads(Path(path).read_text(encoding="utf-8"))["name"])
    made = datetime.fromtimestamp(changed / 1e9).astimezone()
    return name, f"{made:%m-%d %H:%M}"
