"""The answer in a sentence, and the figures behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from staffing.ui.decided import DecisionView
from staffing.ui.run import RunView
from staffing.wording.decision_words import note_text, source_text
from staffing.wording.language import Language
from staffing.wording.targets import targets_text
from staffing.wording.words import OPTIONS, phrase


def render(decision: DecisionView, view: RunView, lang: Language) -> None:
    """Draw it."""
    tr = lang.tr
    if decision.differs(view):
        st.warning(
            tr("The plan's files have changed since this decision was worked out."), icon=":material/warning:"
        )
    best = recommended(decision)
    st.markdown(f"#### {sentence(decision, best, lang)}")
    st.markdown(target(decision, lang))
    if best is not None:
        _figures(decision, best, lang)
    notes = decision.data.get("notes") or ()
    if notes:
        with st.expander(tr("Remarks ({count})", count=len(notes))):
            st.markdown("".join(f"\n- {_note(note, lang)}" for note in notes))


def _note(note: object, lang: Language) -> str:
    if isinstance(note, Mapping) and isinstance(note.get("values"), Mapping):
        return note_text(lang, str(note.get("text", "")), note["values"])
    return lang.note(note)


def recommended(decision: DecisionView) -> Mapping[str, Any] | None:
    """The row of the recommended option."""
    options = decision.table("options.csv")
    if options.empty or decision.recommended is None:
        return None
    rows = options[options["option"] == decision.recommended].to_dict("records")
    return {str(name): value for name, value in rows[0].items()} if rows else None


def sentence(decision: DecisionView, best: Mapping[str, Any] | None, lang: Language) -> str:
    """What is the cheapest, alone and mixed."""
    tr, currency, mix = lang.tr, decision.currency, decision.part("mix")
    sources = tr(", ").join(source_text(lang, name) for name in mix.get("contracts") or ())
    if best is None and mix.get("total") is None:
        return tr("No option reaches the target; the table says by how much each misses it.")
    if best is None:
        return tr(
            "No option alone reaches the target. The best mix ({sources}) does, for {cost} over {months} months.",
            sources=sources,
            cost=lang.money(mix["total"], currency),
            months=len(decision.months),
        )
    option, ahead = phrase(lang, OPTIONS, best["option"]), best.get("months_total")
    if ahead is None or pd.isna(ahead):
        cost = lang.money(best["total"], currency)
        return tr(
            "At this target {option} is the cheapest: {cost} over the planned days.", option=option, cost=cost
        )
    first = tr(
        "At this target {option} is the cheapest: {cost} over {months} months.",
        option=option,
        cost=lang.money(ahead, currency),
        months=len(decision.months),
    )
    saves = decision.data.get("mix_saves")
    if saves is None:
        return first
    if saves <= 0:
        return lang.joined(first, tr("No mix was found that costs less."))
    return lang.joined(
        first,
        tr("The best mix ({sources}) costs {less} less.", sources=sources, less=lang.money(saves, currency)),
    )


def target(decision: DecisionView, lang: Language) -> str:
    """What every option was sized to, and for how many calls."""
    tr, targets = lang.tr, targets_text(decision.part("target"), lang)
    texts = [tr("Every option is sized to the same target: {targets}.", targets=targets)] if targets else []
    calls = decision.data.get("calls_a_month")
    if calls is not None:
        texts.append(tr("{calls} calls a month at the start.", calls=lang.number(calls)))
    return lang.joined(*texts)


def _figures(decision: DecisionView, best: Mapping[str, Any], lang: Language) -> None:
    """The cards: cost now, per call, over the months, and of the best mix."""
    tr, currency = lang.tr, decision.currency

    def money(value: Any) -> str:
        return "–" if value is None or pd.isna(value) else lang.money(value, currency)

    mix = decision.part("mix")
    cards = st.columns(3 if mix.get("total") is None else 4)
    now, per_call, ahead = cards[:3]
    look: dict[str, Any] = {"border": True, "height": "stretch"}
    now.metric(tr("Cost over the planned days"), money(best["total"]), help=tr("Without tax."), **look)
    per_call.metric(
        tr("Cost per handled call"),
        money(best["cost_per_handled_call"]),
        help=tr("Cost over the planned days / calls handled."),
        **look,
    )
    ahead.metric(
        tr("Present value"),
        money(best.get("present_value")),
        help=tr("Over the months ahead; what is paid later counts less, at the plan's discount rate."),
        **look,
    )
    if len(cards) > 3:
        cards[3].metric(
            tr("Best mix"),
            money(mix["total"]),
            help=tr(
                "Proven: no mix costs less than {bound}; a cheaper one could save {gap} at most.",
                bound=money(mix["bound"]),
                gap=lang.percent(mix.get("gap") or 0.0, 2),
            ),
            **look,
        )
