"""Where a plan's figures come from: inputs with their digests, methods, versions."""

from __future__ import annotations

import streamlit as st

from staffing.ui.run import RunView
from staffing.wording.language import Language, known
from staffing.wording.words import ENGINES, METHODS, MODELS, STATUS, phrase


def provenance(view: RunView, lang: Language) -> None:
    """A closed section that says how the plan was made."""
    tr = lang.tr
    with st.expander(tr("Where these figures come from"), icon=":material/fact_check:"):
        left, right = st.columns(2, gap="large")
        left.table(_methods(view, lang), border="horizontal", alt=tr("How the plan was made"))
        right.table(_versions(view, lang), border="horizontal", alt=tr("Versions and files"))


def _methods(view: RunView, lang: Language) -> dict[str, str]:
    tr = lang.tr
    forecast, required, roster = view.part("forecast"), view.part("requirement"), view.part("roster")
    found = {tr("Forecast"): phrase(lang, METHODS, forecast.get("method", ""))}
    if required:
        found[tr("Queueing model")] = phrase(lang, MODELS, required["model"])
        found[tr("Engine")] = phrase(lang, ENGINES, required["engine"])
        found[tr("Shrinkage")] = lang.percent(required["shrinkage"])
        found[tr("Floor while open")] = tr("{count} agents net", count=required["minimum_agents"])
        if known(required, "patience_seconds"):
            found[tr("Mean patience of callers")] = tr(
                "{seconds} s", seconds=lang.number(required["patience_seconds"])
            )
    if roster:
        found[tr("Search")] = phrase(lang, STATUS, roster["status"])
        found[tr("Best roster found")] = lang.money(roster["objective"], view.currency)
        found[tr("Proven lower bound")] = lang.money(roster["bound"], view.currency)
        found[tr("Random seed")] = str(roster["seed"])
    found[tr("Labour rules")] = str(view.summary.get("rule_pack", ""))
    return found


def _versions(view: RunView, lang: Language) -> dict[str, str]:
    found = {name: f"`{text}`" for name, text in view.part("versions").items()}
    digests = view.part("inputs").items()
    return found | {f"{name} (SHA-256)": f"`{str(digest)[:16]}…`" for name, digest in digests}
