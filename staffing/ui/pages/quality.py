"""How good a plan's roster is, in plain words: what was proven, where people are missing, what the check found."""

from __future__ import annotations

import re
from typing import Any

import streamlit as st

from staffing.ui.run import RunView
from staffing.wording.language import Language

_VIOLATION = re.compile(r"(?P<place>[^:]+): (?P<text>.+?)(?: \[(?P<article>[^\]]*)\])?", re.DOTALL)


def quality(view: RunView, lang: Language) -> None:
    """Solver status, coverage and the check, in plain words."""
    tr = lang.tr
    roster, cover = view.part("roster"), view.part("roster", "coverage")
    st.subheader(tr("How good is the roster?"))
    st.markdown(verdict(roster, lang))
    if roster["status"] == "infeasible":
        for obstacle in roster.get("obstacles", []):
            st.error(lang.note(obstacle))
    if cover.get("short_intervals"):
        st.markdown(
            tr(
                "In {short} of {open} open intervals ({share}) fewer people are on the floor than required (gross); "
                "at most {worst} are missing at once, {hours} agent-hours in all.",
                short=lang.number(cover["short_intervals"]),
                open=lang.number(cover["open_intervals"]),
                share=lang.percent(cover["short_share"]),
                worst=lang.number(cover["worst_gap"]),
                hours=lang.number(cover["short_agent_hours"], 1),
            )
        )
    else:
        st.markdown(
            tr("In every open interval at least as many people are on the floor as required (gross).")
        )
    _check(view, lang)


def verdict(roster: Any, lang: Language) -> str:
    """What the solver proved of the roster, in one sentence."""
    tr = lang.tr
    gap, status = roster.get("gap"), roster["status"]
    if status == "optimal":
        return tr("Proven: no roster costs less in wages and priced shortage under these rules.")
    if status == "infeasible":
        return tr("No roster can keep all the rules. These stand in the way:")
    if gap is None:
        return tr("A roster was found; nothing is proven about how cheap it is.")
    text = (
        tr(
            "The search was stopped; its best roster is proven to be within {gap} of the cheapest.",
            gap=lang.percent(gap, 1 if gap >= 0.01 else 2),
        )
        if status == "stopped"
        else tr(
            "Proven to be within {gap} of the cheapest roster.",
            gap=lang.percent(gap, 1 if gap >= 0.01 else 2),
        )
    )
    return text + tr(" ({seconds} seconds of search)", seconds=lang.number(roster.get("seconds", 0)))


def _check(view: RunView, lang: Language) -> None:
    tr = lang.tr
    check = view.part("check")
    found = list(check.get("violations", []))
    if not check:
        return
    if check.get("passed"):
        text = tr(
            "Checked by independent code: every rule of {pack} is kept.",
            pack=view.summary.get("rule_pack", ""),
        )
        st.success(text, icon=":material/check_circle:")
    else:
        st.error(tr("The check found broken rules."), icon=":material/error:")
    if found:
        with st.expander(
            tr("Remarks of the check ({count})", count=len(found)), expanded=not check.get("passed")
        ):
            for violation in found:
                st.markdown("- " + violation_text(violation, lang))


def violation_text(violation: object, lang: Language) -> str:
    """One finding: `place: sentence [article]`, the sentence translated; or a note."""
    if not isinstance(violation, str):
        return lang.note(violation)
    match = _VIOLATION.fullmatch(violation)
    if match is None:
        return lang.sentence(violation)
    article = f" ({match['article']})" if match["article"] else ""
    return f"{match['place']}: {lang.sentence(match['text'])}{article}"
