"""Downloads: every file of the plan, in the encoding that the reader's program opens."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from staffing.ui.downloads import ENCODINGS, Encoding, archive, available, encode
from staffing.ui.screen import Screen
from staffing.wording.language import Language
from staffing.wording.words import mark

_NAMES = {
    "utf-8-sig": mark("UTF-8 with BOM (opens in Excel)"),
    "utf-8": mark("UTF-8"),
    "cp932": mark("CP932 (Shift_JIS, older Japanese programs)"),
}
_CONTENTS = {
    "roster.csv": mark("Who works when, with breaks, paid minutes and wages"),
    "changes.csv": mark("Who works differently from the published roster, and why"),
    "coverage.csv": mark("Required and scheduled by interval, and the service to expect"),
    "requirements.csv": mark("Agents needed by interval, net and gross"),
    "forecast.csv": mark("Calls and handling time by interval"),
    "demand.csv": mark("The history as it was used"),
    "costs.csv": mark("Every line of the cost comparison"),
    "summary.json": mark("Totals, solver figures, versions and digests, for programs"),
    "plan.toml": mark("The settings the plan was made from"),
}


def render(screen: Screen) -> None:
    """Draw the page."""
    lang, tr = screen.lang, screen.lang.tr
    st.title(tr("Downloads"))
    view = screen.planned()
    if view is None:
        return
    encoding: Encoding = (
        st.radio(
            tr("Encoding of the CSV files"),
            ENCODINGS,
            format_func=lambda name: tr(_NAMES[name]),
            key="encoding",
            horizontal=True,
        )
        or "utf-8-sig"
    )
    paths = available(view.folder)
    _warn(paths, encoding, lang)
    st.download_button(
        tr("All files as ZIP"),
        data=lambda: archive(paths, encoding),
        file_name=f"{view.folder.name}.zip",
        mime="application/zip",
        icon=":material/folder_zip:",
        type="primary",
        on_click="ignore",
        key="download_all",
    )
    for path in paths:
        _row(path, encoding, lang)


def _warn(paths: tuple[Path, ...], encoding: Encoding, lang: Language) -> None:
    """Name the characters that the encoding cannot hold."""
    missing = dict.fromkeys(c for path in paths for c in encode(path, encoding).missing)
    if missing:
        st.warning(
            lang.tr(
                "CP932 has no {characters}. In the files they become 〓; choose UTF-8 with BOM to keep them.",
                characters=" ".join(missing),
            ),
            icon=":material/warning:",
        )


def _row(path: Path, encoding: Encoding, lang: Language) -> None:
    with st.container(border=True):
        text, button = st.columns([5, 1], vertical_alignment="center")
        size = lang.number(max(1, path.stat().st_size / 1024))
        # Says which encoding the button gives, so that nobody downloads before a change has taken effect.
        kind = f"{size} KB, {encoding.upper()}" if path.suffix == ".csv" else f"{size} KB"
        text.markdown(f"**{path.name}** ({kind})  \n{lang.tr(_CONTENTS[path.name])}")
        button.download_button(
            lang.tr("Download"),
            data=lambda: encode(path, encoding).data,
            file_name=path.name,
            mime="text/csv" if path.suffix == ".csv" else "application/octet-stream",
            icon=":material/download:",
            on_click="ignore",
            width="stretch",
            key=f"download_{path.name}",
        )
