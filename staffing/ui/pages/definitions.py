"""What each key figure means: its formula, net or gross, and what went into it."""

from __future__ import annotations

from typing import Any

from staffing.ui.run import RunView
from staffing.wording.language import Language, known
from staffing.wording.words import FORMULAS, MODELS, phrase


def knows_abandonment(view: RunView) -> bool:
    """Whether the plan's model lets callers give up; Erlang C takes them to wait without end."""
    return view.part("requirement").get("model") != "erlang-c"


def expectation(view: RunView) -> dict[str, Any]:
    """The service to expect from the roster, without what the model cannot say."""
    expected = dict(view.part("roster", "expected"))
    if not knows_abandonment(view):
        expected["abandonment"] = None
    return expected


def abandonment_help(view: RunView, lang: Language) -> str:
    """The abandon rate's formula for both figures, and the model behind the expected one."""
    tr, history = lang.tr, view.part("history")
    formula = phrase(lang, FORMULAS, history.get("abandonment_formula", "(abandoned + blocked) / offered"))
    parts = [
        tr("Share of offered calls lost: {formula}.", formula=formula),
        tr(
            "Expected: by {model} from the forecast calls, AHT and the people on the floor (net of shrinkage), "
            "weighted by calls.",
            model=_model(view, lang),
        )
        if knows_abandonment(view)
        else tr("Erlang C takes callers to wait without end, so it says nothing about abandoned calls."),
    ]
    if history:
        parts.append(
            tr(
                "History: {abandoned} of {offered} calls, {first} to {last}.",
                abandoned=lang.number(history["abandoned"]),
                offered=lang.number(history["offered"]),
                first=lang.date(history["first_day"]),
                last=lang.date(history["last_day"]),
            )
        )
    return "\n\n".join(parts)


def service_help(view: RunView, lang: Language) -> str:
    """The service level's denominator and threshold."""
    tr = lang.tr
    threshold = view.part("requirement", "targets").get("threshold_seconds", 20)
    parts = [
        tr(
            "Share of all offered calls answered within {seconds} seconds (abandoned calls count as missed).",
            seconds=lang.number(threshold),
        ),
        tr(
            "Expected: by {model} from the forecast calls, AHT and the people on the floor (net of shrinkage), "
            "weighted by calls.",
            model=_model(view, lang),
        ),
    ]
    history = view.part("history")
    if known(history, "threshold_seconds") and history["threshold_seconds"] != threshold:
        parts.append(
            tr(
                "The history counts answers within {seconds} seconds.",
                seconds=lang.number(history["threshold_seconds"]),
            )
        )
    return "\n\n".join(parts)


def agents_help(view: RunView, lang: Language) -> str:
    """Net and gross."""
    tr, required = lang.tr, view.part("requirement")
    return "\n\n".join(
        [
            tr("People in the staff file who can be rostered."),
            tr(
                "Net: agents on contacts. Gross: people on the floor = net / (1 − shrinkage), rounded up. "
                "Shrinkage here is {shrinkage}; breaks come on top, the roster places them.",
                shrinkage=lang.percent(required.get("shrinkage", 0)),
            ),
            tr(
                "Most needed in one interval: {net} net, {gross} gross. Over all intervals: {net_hours} agent-hours "
                "net, {gross_hours} gross.",
                net=required.get("peak_net"),
                gross=required.get("peak_gross"),
                net_hours=lang.number(required.get("agent_hours_net", 0)),
                gross_hours=lang.number(required.get("agent_hours_gross", 0)),
            ),
        ]
    )


def cost_help(view: RunView, lang: Language) -> str:
    """What the wages hold and what they leave out."""
    tr, roster = lang.tr, view.part("roster")
    parts = [
        tr(
            "Paid hours of all shifts (breaks unpaid) × hourly wages, with the premiums of {pack}. Without social "
            "insurance and other costs of a seat; the cost comparison has them.",
            pack=view.summary.get("rule_pack", ""),
        ),
        tr(
            "Of these {night} hours at night and {overtime} hours of overtime.",
            night=lang.number(roster.get("night_hours", 0), 1),
            overtime=lang.number(roster.get("overtime_hours", 0), 1),
        ),
    ]
    if roster.get("shortage_cost"):
        parts.append(
            tr(
                "The search also priced missing people at {shortage} in all; nobody pays that sum.",
                shortage=lang.money(roster["shortage_cost"], view.currency),
            )
        )
    return "\n\n".join(parts)


def _model(view: RunView, lang: Language) -> str:
    return phrase(lang, MODELS, view.part("requirement").get("model", "erlang-a"))
