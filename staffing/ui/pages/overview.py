"""Overview: the plan's key figures, how good its roster is, what to know about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import streamlit as st

from staffing.ui.pages.definitions import (
    abandonment_help,
    agents_help,
    cost_help,
    expectation,
    service_help,
)
from staffing.ui.pages.provenance import provenance
from staffing.ui.pages.quality import quality
from staffing.ui.run import RunView
from staffing.ui.screen import Screen
from staffing.wording.language import Language, known
from staffing.wording.words import OPTIONS, phrase


def render(screen: Screen) -> None:
    """Draw the page."""
    lang, tr = screen.lang, screen.lang.tr
    st.title(tr("Overview"))
    view = screen.planned()
    if view is None:
        return
    horizon = view.part("horizon")
    st.markdown(f"#### {view.name}")
    st.caption(
        tr(
            "{start} to {end}, {intervals} open intervals of {minutes} minutes, time zone {zone}",
            start=lang.date(horizon["start"]),
            end=lang.date(horizon["end"]),
            intervals=lang.number(horizon["open_intervals"]),
            minutes=horizon["interval_minutes"],
            zone=horizon["time_zone"],
        )
    )
    if not view.part("roster"):
        st.info(tr("This plan ended before the roster: it holds no key figures yet."), icon=":material/info:")
    else:
        _figures(view, lang)
        left, right = st.columns(2, gap="large")
        with left:
            quality(view, lang)
        with right:
            _cheapest(screen, view)
        _comparison(view, lang)
    _notes(view, lang)
    provenance(view, lang)


def _figures(view: RunView, lang: Language) -> None:
    """The four cards."""
    tr = lang.tr
    roster, expected, history = view.part("roster"), expectation(view), view.part("history")
    abandon, level, agents, cost = st.columns(4)
    abandon.metric(
        tr("Abandon rate, expected"),
        _share(lang, expected.get("abandonment")),
        **_against(lang, expected, history, "abandonment", good="down"),
        help=abandonment_help(view, lang),
        border=True,
        height="stretch",
    )
    level.metric(
        tr("Service level, expected"),
        _share(lang, expected.get("service_level")),
        **_against(lang, expected, history, "service_level", good="up"),
        help=service_help(view, lang),
        border=True,
        height="stretch",
    )
    agents.metric(
        tr("Agents"),
        tr("{count} people", count=lang.number(roster["agents"])),
        tr("at most {peak} needed at once (gross)", peak=view.part("requirement").get("peak_gross")),
        delta_color="off",
        help=agents_help(view, lang),
        border=True,
        height="stretch",
        delta_arrow="off",
    )
    cost.metric(
        tr("Wages of the roster"),
        lang.money(roster["wages"], view.currency),
        tr("{hours} paid hours", hours=lang.number(roster["paid_hours"])),
        delta_color="off",
        help=cost_help(view, lang),
        border=True,
        height="stretch",
        delta_arrow="off",
    )


def _against(lang: Language, expected: Any, history: Any, name: str, *, good: str) -> dict[str, Any]:
    """How the expected share differs from what the history had, in points, for a card."""
    if not known(expected, name):
        return {"delta": lang.tr("not part of the model"), "delta_color": "off", "delta_arrow": "off"}
    if not known(history, name):
        return {"delta": lang.tr("no history to compare"), "delta_color": "off", "delta_arrow": "off"}
    points = round((expected[name] - history[name]) * 100, 1)
    described = lang.tr("history {share}", share=lang.percent(history[name]))
    return {
        "delta": lang.tr("{points} points", points=f"{points:+.1f}") if points else 0,
        "delta_color": "normal" if good == "up" else "inverse",
        "delta_description": described,
    }


def _share(lang: Language, value: Any) -> str:
    return "–" if value is None else lang.percent(value)


def _cheapest(screen: Screen, view: RunView) -> None:
    lang, tr = screen.lang, screen.lang.tr
    costs = view.part("costs")
    if not costs:
        return
    st.subheader(tr("Cheapest way to meet the target"))
    options = {option["option"]: option for option in costs["options"]}
    best = options.get(costs.get("cheapest"))
    if best is None:
        st.markdown(tr("No option meets the target."))
    else:
        st.markdown(
            tr(
                "**{option}**: {total} over the planned days ({capacity}), abandon rate {abandonment}, "
                "service level {level}.",
                option=phrase(lang, OPTIONS, best["option"]),
                total=lang.money(best["total"], view.currency),
                capacity=lang.note(best["capacity"]),
                abandonment=_share(lang, best.get("abandonment")),
                level=_share(lang, best.get("service_level")),
            )
        )
    missed = [phrase(lang, OPTIONS, name) for name, option in options.items() if not option["meets_target"]]
    if missed:
        st.markdown(tr("Misses the target: {options}", options=tr(", ").join(missed)))
    screen.link("costs", tr("Compare the options line by line"))


def _comparison(view: RunView, lang: Language) -> None:
    """History, target and what the roster is expected to give, side by side."""
    tr = lang.tr
    history, expected = view.part("history"), expectation(view)
    targets = view.part("requirement", "targets")
    st.subheader(tr("Service: history, target, expected"))

    def seconds(value: Any) -> str:
        return "–" if value is None else tr("{seconds} s", seconds=lang.number(value, 1))

    level = tr(
        "Service level (answered within {seconds} s)",
        seconds=lang.number(targets.get("threshold_seconds", 20)),
    )
    rows = {
        tr("Abandon rate"): [
            _share(lang, source.get("abandonment")) for source in (history, targets, expected)
        ],
        level: [_share(lang, source.get("service_level")) for source in (history, targets, expected)],
        tr("Mean wait of all callers"): [
            seconds(history.get("mean_wait_seconds")),
            "–",
            seconds(expected.get("mean_wait_seconds")),
        ],
        tr("Occupancy"): [
            "–",
            _share(lang, targets.get("occupancy")),
            _share(lang, expected.get("occupancy")),
        ],
    }
    if known(targets, "asa_seconds"):
        rows[tr("Mean speed of answer (ASA)")] = ["–", seconds(targets["asa_seconds"]), "–"]
    names = [tr("History"), tr("Target"), tr("Expected from the roster")]
    table = {tr("Figure"): list(rows)} | {
        name: [row[i] for row in rows.values()] for i, name in enumerate(names)
    }
    st.table(table, border="horizontal", hide_index=True, alt=tr("Service: history, target, expected"))


def _notes(view: RunView, lang: Language) -> None:
    notes = list(dict.fromkeys(_all_notes(view, lang)))
    if notes:
        st.subheader(lang.tr("Worth knowing"))
        st.markdown("\n".join(f"- {note}" for note in notes))


def _all_notes(view: RunView, lang: Language) -> Iterator[str]:
    for part in ("history", "forecast", "requirement"):
        yield from (lang.note(note) for note in view.part(part).get("notes", []))
