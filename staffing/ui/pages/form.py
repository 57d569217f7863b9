"""The form of a new plan: what it asks, and the changes to the settings that the answers mean."""

from __future__ import annotations

from datetime import date

import streamlit as st

from staffing.horizon import WEEKDAYS
from staffing.ui.draft import Base
from staffing.ui.pages.answers import Answers, file_name
from staffing.ui.pages.form_calls import ask_calls
from staffing.wording.language import Language


def filled(base: Base, lang: Language) -> Answers:
    """Draw the form over a base's settings; returns what it changes, the files uploaded, and what is missing."""
    form, tr = Answers(base, lang), lang.tr
    parts = (
        (tr("Desk and days"), _days),
        (tr("Calls"), ask_calls),
        (tr("Targets and agents"), _targets),
        (tr("Opening hours"), _hours),
        (tr("Staff and search"), _staff),
    )
    for title, draw in parts:
        with st.container(border=True):
            st.subheader(title)
            draw(form)
    return form


def _days(form: Answers) -> None:
    """Name, days, holidays."""
    tr, horizon = form.lang.tr, form.table("horizon")
    name, start, end, holidays = st.columns([2, 1, 1, 1])
    form.changes["plan"] = {
        "name": name.text_input(
            form.label("plan.name"),
            form.table("plan").get("name", ""),
            max_chars=80,
            **form.keep("name"),
        )
    }
    first = start.date_input(
        form.label("horizon.start"),
        _day(horizon.get("start")),
        format="YYYY-MM-DD",
        **form.keep("start"),
    )
    last = end.date_input(
        form.label("horizon.end"), _day(horizon.get("end")), format="YYYY-MM-DD", **form.keep("end")
    )
    own = str(horizon.get("holidays", ""))
    options = list(dict.fromkeys(["", "JP", own]))
    country = holidays.selectbox(
        form.label("horizon.holidays"),
        options,
        index=options.index(own),
        format_func=lambda code: form.lang.country(code) if code else tr("none"),
        **form.keep("holidays"),
    )
    form.changes["horizon"] = {"start": first, "end": last, "holidays": country}


def _targets(form: Answers) -> None:
    """Service targets, shrinkage, the floor."""
    tr, targets, required = form.lang.tr, form.table("targets"), form.table("requirement")
    abandonment, level, threshold, shrinkage, floor = st.columns(5)
    empty = tr("no target")
    lost = abandonment.number_input(
        form.label("targets.abandonment"),
        value=_percent(targets.get("abandonment")),
        min_value=0.1,
        max_value=99.0,
        step=0.5,
        format="%.1f",
        placeholder=empty,
        help=tr("(abandoned + blocked) / offered. Leave empty for no target."),
        **form.keep("abandonment"),
    )
    answered = level.number_input(
        form.label("targets.service_level"),
        value=_percent(targets.get("service_level")),
        min_value=1.0,
        max_value=99.9,
        step=1.0,
        format="%.1f",
        placeholder=empty,
        help=tr("Share of offered calls answered in time. Leave empty for no target."),
        **form.keep("service_level"),
    )
    seconds = threshold.number_input(
        form.label("targets.threshold_seconds"),
        value=int(targets.get("threshold_seconds", 20)),
        min_value=0,
        max_value=3600,
        **form.keep("threshold"),
    )
    away = shrinkage.number_input(
        form.label("requirement.shrinkage"),
        value=_percent(required.get("shrinkage", 0.3)),
        min_value=0.0,
        max_value=89.0,
        step=1.0,
        format="%.1f",
        help=tr("Share of paid time lost beside breaks: absence, meetings, training."),
        **form.keep("shrinkage"),
    )
    least = floor.number_input(
        form.label("requirement.minimum_agents"),
        value=int(required.get("minimum_agents", 1)),
        min_value=0,
        **form.keep("minimum"),
    )
    form.changes["targets"] = {
        "abandonment": _share(lost),
        "service_level": _share(answered),
        "threshold_seconds": seconds,
    }
    form.changes["requirement"] = {
        **(form.changes.get("requirement") or {}),
        "shrinkage": _share(away) or 0.0,
        "minimum_agents": least,
    }


def _hours(form: Answers) -> None:
    """Opening hours, a field a weekday."""
    tr = form.lang.tr
    st.caption(
        tr("Such as 09:00-18:00; several spans with a comma; past midnight 22:00-26:00; empty when closed.")
    )
    own = form.table("hours")
    names = form.lang.weekdays("wide")
    answers: dict[str, list[str]] = {}
    for column, day, name in zip(st.columns(7), WEEKDAYS, names, strict=True):
        text = column.text_input(name, ", ".join(own.get(day, [])), **form.keep(day))
        answers[day] = [part.strip() for part in text.replace("、", ",").split(",") if part.strip()]
    form.changes["hours"] = answers


def _staff(form: Answers) -> None:
    """The people, and how long to search."""
    tr, roster = form.lang.tr, form.table("roster")
    file, price, seconds = st.columns([2, 1, 1])
    contracts = [str(contract.get("name")) for contract in form.settings.get("contracts", [])]
    uploaded = file.file_uploader(
        form.label("staff.file"),
        type=["csv"],
        key=form.key("staff"),
        help=tr(
            "Rows of agent_id, agent_name, contract, wage (per hour), and if wanted queue, leave, birth_date. "
            "Contracts here: {contracts}. Without a file the starting point's staff is used.",
            contracts=", ".join(contracts),
        ),
    )
    if uploaded is not None:
        name = file_name(uploaded.name, "staff.csv")
        form.uploads[name] = uploaded.getvalue()
        form.changes["staff"] = {"file": name}
    form.changes["roster"] = {
        "shortage_price_per_hour": price.number_input(
            form.label("roster.shortage_price_per_hour"),
            value=int(roster.get("shortage_price_per_hour", 6000)),
            min_value=0,
            step=500,
            help=tr("How dear a missing person is to the search; higher means fewer gaps and more wages."),
            **form.keep("price"),
        ),
        "seconds": seconds.number_input(
            form.label("roster.seconds"),
            value=int(roster.get("seconds", 60)),
            min_value=1,
            max_value=86_400,
            step=10,
            **form.keep("seconds"),
        ),
    }


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.today()  # noqa: DTZ011 - the reader's own calendar


def _percent(share: object) -> float | None:
    return round(float(share) * 100, 4) if isinstance(share, int | float) else None


def _share(percent: float | None) -> float | None:
    return None if percent is None else round(percent / 100, 6)
