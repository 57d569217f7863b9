"""Overview: the plan's key figures, how good its roster is, what to know about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import streamlit as st

from staffing.ui.language import Language, known
from staffing.ui.pages.definitions import (
    abandonment_help,
    agents_help,
    cost_help,
    expectation,
    service_help,
)
from staffing.ui.pages.provenance import provenance
from staffing.ui.run import RunView
from staffing.ui.screen import Screen
from staffing.ui.words import OPTIONS, phrase

_VIOLATION = re.compile(r"(?P<place>[^:]+): (?P<text>.+?)(?: \[(?P<article>[^\]]*)\])?", re.DOTALL)


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
            _quality(view, lang)
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


def _quality(view: RunView, lang: Language) -> None:
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
            gap=lang.percent(gap),
        )
        if status == "stopped"
        else tr("Proven to be within {gap} of the cheapest roster.", gap=lang.percent(gap))
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
    for part in ("history", "forecast"):
        yield from (lang.note(note) for note in view.part(part).get("notes", []))
    for option in view.part("costs").get("options", []):
        name = phrase(lang, OPTIONS, option["option"])
        yield from (f"{name}: {lang.note(note)}" for note in option.get("notes", []))
