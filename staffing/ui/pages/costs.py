"""Cost comparison: what each way of staffing costs, line by line, and the service it reaches."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from staffing.ui.charts import costs as charts
from staffing.ui.pages.bill import bill
from staffing.ui.run import RunView
from staffing.ui.screen import Screen
from staffing.wording.language import Language
from staffing.wording.targets import targets_text
from staffing.wording.words import OPTIONS, phrase


def render(screen: Screen) -> None:
    """Draw the page."""
    lang, tr = screen.lang, screen.lang.tr
    st.title(tr("Cost comparison"))
    view = screen.planned("costs.csv")
    if view is None:
        return
    options = sorted(view.part("costs").get("options", []), key=lambda option: option["total"])
    if not options:
        st.info(tr("There is nothing to compare."), icon=":material/info:")
        return
    st.markdown(target_sentence(view, lang))
    frame = pd.DataFrame(
        {
            "option": [phrase(lang, OPTIONS, option["option"]) for option in options],
            "total": [option["total"] for option in options],
            "meets_target": [option["meets_target"] for option in options],
        }
    )
    st.altair_chart(charts.totals(frame, lang, view.currency), alt=tr("Cost of each option"))
    _reached(options, view, lang)
    st.subheader(tr("Line by line"))
    st.caption(
        tr(
            "Quantity × rate = amount. The source says where a rate comes from; replace examples by your own quotes."
        )
    )
    lines = view.table("costs.csv")
    for option, area in zip(options, st.tabs([str(name) for name in frame["option"]]), strict=True):
        with area:
            bill(lines[lines["option"] == option["option"]], view.currency, lang)


def target_sentence(view: RunView, lang: Language) -> str:
    """The target that every option is priced at."""
    horizon = view.part("horizon")
    return lang.tr(
        "All options serve the same calls, {start} to {end}. Target: {targets}.",
        start=lang.date(horizon["start"]),
        end=lang.date(horizon["end"]),
        targets=targets_text(view.part("requirement", "targets"), lang),
    )


def _reached(options: list[dict[str, Any]], view: RunView, lang: Language) -> None:
    """Service and cost of each option, and remarks on it."""
    tr = lang.tr
    dash = "–"

    def share(value: Any) -> str:
        return dash if value is None else lang.percent(value)

    def per_call(option: dict[str, Any]) -> str:
        value = option.get("cost_per_handled_call")
        return dash if value is None else lang.money(value, view.currency)

    def lost(option: dict[str, Any]) -> str:
        value = option.get("lost_calls_cost")
        return dash if value is None else lang.money(value, view.currency)

    table = {
        tr("Option"): [phrase(lang, OPTIONS, option["option"]) for option in options],
        tr("Capacity"): [lang.note(option["capacity"]) for option in options],
        tr("Cost"): [lang.money(option["total"], view.currency) for option in options],
        tr("Worth of lost calls, not paid out"): [lost(option) for option in options],
        tr("Cost per handled call"): [per_call(option) for option in options],
        tr("Abandon rate"): [share(option.get("abandonment")) for option in options],
        tr("Service level"): [share(option.get("service_level")) for option in options],
        tr("Target"): [tr("Met") if option["meets_target"] else tr("Missed") for option in options],
    }
    st.table(table, border="horizontal", hide_index=True, alt=tr("Service and cost of each option"))
    for option in (option for option in options if option.get("notes")):
        notes = "".join(f"\n- {lang.note(note)}" for note in option["notes"])
        st.markdown(f"**{phrase(lang, OPTIONS, option['option'])}**\n{notes}")
