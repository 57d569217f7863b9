"""The part of a new plan's form that asks where the calls come from."""

from __future__ import annotations

import tomllib
from datetime import date

import streamlit as st

from staffing.samples import sample_folder
from staffing.ui.draft import SETTINGS, Finding
from staffing.ui.pages.answers import Answers, file_name
from staffing.wording.words import mark

_DEFAULT_PATIENCE = 180.0


def ask_calls(form: Answers) -> None:
    """Where the calls come from: the base's own, an uploaded history, or a monthly total."""
    tr = form.lang.tr
    kinds = {
        "base": tr("As in the starting point"),
        "history": tr("My own history (CSV)"),
        "total": tr("A monthly total, no history"),
    }
    kind = st.segmented_control(
        tr("Where the calls come from"),
        list(kinds),
        default="base",
        format_func=lambda name: kinds[name],
        required=True,
        **form.keep("demand"),
    )
    if kind == "history":
        _history(form)
    elif kind == "total":
        _total(form)


def _history(form: Answers) -> None:
    tr = form.lang.tr
    file, options = st.columns([2, 1])
    uploaded = file.file_uploader(
        form.label("history.file"),
        type=["csv", "gz"],
        key=form.key("history"),
        help=tr(
            "One row per interval with interval_start, offered, answered, abandoned and aht_seconds (or talk and "
            "after-call work); Japanese headings such as 着信数, 応答数, 放棄呼数 are read too. UTF-8 or CP932."
        ),
    )
    gaps = {
        "error": tr("report them as an error"),
        "zero": tr("count them as 0 calls"),
        "unknown": tr("leave them out"),
    }
    missing = options.selectbox(
        tr("Open intervals without a row"),
        list(gaps),
        format_func=lambda name: gaps[name],
        **form.keep("gaps"),
    )
    absent = options.text_input(
        tr("Days missing from the records"),
        help=tr("Such as 2027-01-12, 2027-01-13: open days that the file does not hold."),
        **form.keep("absent"),
    )
    name = "history.csv"
    if uploaded is None:
        form.missing.append(
            Finding("", mark("no file chosen"), mark("a file of calls"), column="history.file")
        )
    else:
        name = file_name(uploaded.name, name)
        form.uploads[name] = uploaded.getvalue()
    replaced = dict.fromkeys(form.table("history"))
    form.changes["history"] = {
        **replaced,
        "file": name,
        "missing_intervals": missing,
        "missing_days": _days(absent),
    }
    form.changes["forecast"] = {
        "profile": None,
        "calls_per_month": None,
        "aht_seconds": None,
        "method": "median",
    }
    form.changes["requirement"] = {"patience_seconds": _patience(form)}


def _patience(form: Answers) -> str | float:
    """From the history when the reader says nothing."""
    given = st.number_input(
        form.label("requirement.patience_seconds"),
        min_value=1.0,
        format="%.0f",
        value=None,
        placeholder=form.lang.tr("from the history"),
        help=form.lang.tr(
            "Needed when the file holds no waiting times. Estimated as total waiting time / abandoned."
        ),
        width=320,
        **form.keep("patience"),
    )
    return "history" if given is None else float(given)


def _total(form: Answers) -> None:
    tr, forecast = form.lang.tr, form.table("forecast")
    calls, aht, patience = st.columns(3)
    total = calls.number_input(
        form.label("forecast.calls_per_month"),
        min_value=0,
        value=int(forecast.get("calls_per_month") or 300),
        step=50,
        **form.keep("calls"),
    )
    seconds = aht.number_input(
        form.label("forecast.aht_seconds"),
        min_value=1,
        value=int(forecast.get("aht_seconds") or 300),
        step=10,
        help=tr("Average handling time: talk + hold + after-call work, weighted by calls."),
        **form.keep("aht"),
    )
    own = form.table("requirement").get("patience_seconds")
    patient = patience.number_input(
        form.label("requirement.patience_seconds"),
        min_value=1.0,
        format="%.0f",
        value=float(own) if isinstance(own, int | float) else _DEFAULT_PATIENCE,
        help=tr("How long callers are ready to wait on average; about three minutes where nobody knows."),
        **form.keep("patient"),
    )
    uploaded = st.file_uploader(
        form.label("forecast.profile"),
        type=["csv"],
        key=form.key("profile"),
        help=tr(
            "Rows of weekday, start, weight. Without a file the profile of the small sample desk is used."
        ),
    )
    name = _profile(form) if uploaded is None else file_name(uploaded.name, "profile.csv")
    if uploaded is not None:
        form.uploads[name] = uploaded.getvalue()
    form.changes["history"] = None
    form.changes["forecast"] = {
        "method": "profile",
        "profile": name,
        "calls_per_month": total,
        "aht_seconds": seconds,
    }
    form.changes["requirement"] = {"patience_seconds": patient}


def _profile(form: Answers) -> str:
    """The base's profile, else the small sample desk's, which is then carried along."""
    own = form.table("forecast").get("profile")
    if own is not None:
        return str(own)
    folder = sample_folder("small-desk")
    name = str(tomllib.loads((folder / SETTINGS).read_text(encoding="utf-8"))["forecast"]["profile"])
    form.uploads[name] = (folder / name).read_bytes()
    return name


def _days(text: str) -> list[date | str]:
    """Dates from a list with commas; what is no date stays text, for the settings' own check to name."""
    found: list[date | str] = []
    for part in filter(None, (part.strip() for part in text.replace("、", ",").split(","))):
        try:
            found.append(date.fromisoformat(part.replace("/", "-")))
        except ValueError:
            found.append(part)
    return found
