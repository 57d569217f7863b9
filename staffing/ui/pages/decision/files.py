"""The memo and the tables of a decision, to be taken away."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from staffing.io.decision_files import ANSWER, MEMOS
from staffing.ui.decided import DecisionView
from staffing.ui.downloads import archive, encode
from staffing.wording.language import NAMES, Language
from staffing.wording.words import mark

_KINDS = {".html": mark("Memo, to read and print"), ".xlsx": mark("Memo, as a workbook")}
_CONTENTS = {
    "options.csv": mark("Every option: cost, service, months ahead"),
    "bills.csv": mark("Every amount as quantity × rate"),
    "months.csv": mark("Every option by month"),
    "mix.csv": mark("The best mix by source and month"),
    "break_even.csv": mark("The cheapest option by volume"),
    "crossings.csv": mark("Where another option becomes the cheapest"),
    "break_even_curve.csv": mark("Cost against volume"),
    "measures.csv": mark("Measures by the cost of a call avoided"),
    "measures_order.csv": mark("The best order of measures"),
    "measure_sets.csv": mark("Measures together"),
    "waterfall.csv": mark("Lost calls by cause"),
    "sensitivity.csv": mark("Costs with each input moved alone"),
    "sensitivity_best.csv": mark("The best option with each input moved alone"),
    "thresholds.csv": mark("Values at which another option becomes the best"),
    ANSWER: mark("The whole decision, for programs"),
}


def render(decision: DecisionView, lang: Language) -> None:
    """Draw it."""
    tr, files = lang.tr, decision.files
    memos = [path for path in files if path.name in MEMOS]
    for path in memos:
        code = path.stem.rpartition("-")[2]
        _button(path, f"{tr(_KINDS[path.suffix])} ({NAMES[code]})", path.suffix.lstrip(".").upper(), lang)
    st.download_button(
        tr("All files as ZIP"),
        data=lambda: archive(files, "utf-8-sig"),
        file_name=f"{decision.folder.parent.name}-decision.zip",
        mime="application/zip",
        icon=":material/folder_zip:",
        type="primary",
        on_click="ignore",
        key="decision_all",
    )
    for path in (path for path in files if path.name not in MEMOS):
        _button(path, tr(_CONTENTS[path.name]), path.name, lang)


def _button(path: Path, text: str, name: str, lang: Language) -> None:
    """A line with what the file holds and a button; tables in UTF-8 with BOM, which Excel opens."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{name}**  \n{text}", width="stretch")
        st.download_button(
            lang.tr("Download"),
            data=lambda: encode(path, "utf-8-sig").data,
            file_name=path.name,
            mime=_MIME.get(path.suffix, "application/octet-stream"),
            icon=":material/download:",
            on_click="ignore",
            key=f"decision_{path.name}",
        )


_MIME = {".csv": "text/csv", ".html": "text/html"}
