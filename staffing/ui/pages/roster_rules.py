"""What the roster was made under: its rules, kept or broken, and what became of requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from staffing.ui.pages import columns
from staffing.ui.run import RunView
from staffing.wording.language import Language, money_unit
from staffing.wording.rule_words import RULE_SOURCES, RULES
from staffing.wording.words import phrase


def obstacles(view: RunView, lang: Language) -> None:
    """Why a roster cannot be, or was hard to make, in the solver's words."""
    notes = view.part("roster").get("obstacles") or ()
    if notes:
        st.subheader(lang.tr("What stands in the way"))
        st.markdown("".join(f"\n- {lang.note(note)}" for note in notes))


def rules(view: RunView, lang: Language) -> None:
    """The table of rules in force."""
    tr, found = lang.tr, view.part("roster").get("rules") or ()
    if not found:
        return
    st.subheader(tr("Rules in force"))
    st.caption(
        tr(
            "Hard rules are kept without exception; a soft one may be broken at its price. Judged by code that the "
            "search does not share."
        )
    )
    table = {
        tr("Rule"): [_rule(rule, lang) for rule in found],
        tr("Kind"): [_kind(rule, view.currency, lang) for rule in found],
        tr("Basis"): [_basis(rule, lang) for rule in found],
        tr("Verdict"): [_verdict(rule, view.currency, lang) for rule in found],
    }
    st.table(table, border="horizontal", hide_index=True, alt=tr("Rules in force"))


def _rule(rule: Mapping[str, Any], lang: Language) -> str:
    """The name, with its figures and how many people it names."""
    text = phrase(lang, RULES, rule["rule"])
    figures = [f"{name} = {value}" for name, value in (rule.get("settings") or {}).items()]
    if rule.get("people") is not None:
        figures.append(lang.tr("{count} people", count=lang.number(rule["people"])))
    return f"{text}  \n`{', '.join(figures)}`" if figures else text


def _kind(rule: Mapping[str, Any], currency: str, lang: Language) -> str:
    if rule["kind"] != "soft":
        return lang.tr("hard")
    return lang.tr("soft, {price} each", price=lang.money(rule.get("weight") or 0, currency))


def _basis(rule: Mapping[str, Any], lang: Language) -> str:
    source = phrase(lang, RULE_SOURCES, rule.get("source", ""))
    article = lang.sentence(str(rule.get("article") or ""))
    return f"{source}: {article}" if article and rule.get("source") == "law" else article or source


def _verdict(rule: Mapping[str, Any], currency: str, lang: Language) -> str:
    broken = int(rule.get("broken") or 0)
    if not broken:
        return lang.tr(":green[kept]")
    return lang.tr(
        ":red[broken {count} times], {cost}",
        count=lang.number(broken),
        cost=lang.money(rule.get("cost") or 0, currency),
    )


def requests(view: RunView, lang: Language) -> None:
    """The table of requests, the denied ones first."""
    tr, found = lang.tr, list(view.part("roster").get("requests") or ())
    if not found:
        return
    granted = sum(bool(request["granted"]) for request in found)
    st.subheader(tr("Requests"))
    st.caption(
        tr(
            "{granted} of {all} granted; the denied ones cost {cost} in the search's reckoning. "
            "`staffing explain` says why one was denied.",
            granted=lang.number(granted),
            all=lang.number(len(found)),
            cost=lang.money(sum(request["cost"] for request in found), view.currency),
        )
    )
    ordered = sorted(
        found, key=lambda request: (bool(request["granted"]), request["date"], request["agent_id"])
    )
    wanted = {"on": tr("work"), "off": tr("day off")}
    table = pd.DataFrame(
        {
            "person": [f"{request['name']} ({request['agent_id']})" for request in ordered],
            "day": [lang.date(request["date"]) for request in ordered],
            "wants": [wanted.get(request["wants"], request["wants"]) for request in ordered],
            "shift": [request.get("shift") or "" for request in ordered],
            "outcome": [tr("granted") if request["granted"] else tr("denied") for request in ordered],
            "cost": [request["cost"] / money_unit(view.currency) for request in ordered],
        }
    )
    st.dataframe(
        table,
        hide_index=True,
        column_config={
            "person": columns.names(tr("Agent")),
            "day": tr("Day"),
            "wants": tr("Asked for"),
            "shift": tr("Shift"),
            "outcome": tr("Outcome"),
            "cost": columns.amounts(tr("Cost of the denial ({currency})", currency=view.currency)),
        },
        height="content",
        alt=tr("Requests"),
    )
