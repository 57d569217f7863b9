"""What every page is given: the language, the plans, the plan that is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from staffing.ui.run import RunView
from staffing.ui.workspace import Workspace
from staffing.wording.language import Language

OPEN_PLAN = "plan_id"  # session key: the id of the plan that is shown
NEXT_PLAN = "next_plan_id"  # session key: the id to open on the next run, set by a page


@dataclass(frozen=True)
class Screen:
    """The surroundings of a page; `view` is None while there is no plan. Pages are found by their address."""

    lang: Language
    workspace: Workspace
    view: RunView | None
    pages: Mapping[str, StreamlitPage] = field(default_factory=dict)

    def open(self, plan_id: str) -> None:
        """Show another plan, on the overview."""
        st.session_state[NEXT_PLAN] = plan_id
        st.switch_page(self.pages["overview"])

    def link(self, page: str, label: str, icon: str = ":material/arrow_forward:") -> None:
        """A link to another page, where pages are known."""
        if page in self.pages:
            st.page_link(self.pages[page], label=label, icon=icon)

    def planned(self, *tables: str) -> RunView | None:
        """The open plan when it holds all these tables; otherwise says on the page what is missing, and None."""
        tr = self.lang.tr
        if self.view is None:
            st.info(tr("There is no plan yet. Make one on the page “New plan”."), icon=":material/info:")
            self.link("new-plan", tr("New plan"))
            return None
        if not all(self.view.has(table) for table in tables):
            st.info(tr("This plan ended before the stage that this page shows."), icon=":material/info:")
            return None
        return self.view
