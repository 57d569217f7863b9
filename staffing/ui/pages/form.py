"""The form of a new plan: what it asks, and the changes to the settings that the answers mean."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from staffing.horizon import WEEKDAYS
from staffing.samples import sample_folder
from staffing.ui.draft import SETTINGS, Base
from staffing.ui.language import Language
from staffing.ui.words import mark

Changes = dict[str, Mapping[str, Any] | None]
# The form's names for settings, so that a message about a setting can be found on the page.
FIELDS = {
    "plan.name": mark("Name of the plan"),
    "horizon.start": mark("First day"),
    "horizon.end": mark("Last day"),
    "horizon.holidays": mark("Closed on public holidays of"),
    "history.file": mark("History (CSV)"),
    "history": mark("History (CSV)"),
    "forecast.calls_per_month": mark("Calls a month"),
    "forecast.aht_seconds": mark("AHT in seconds"),
    "forecast.profile": mark("Weekly profile (CSV)"),
    "staff.file": mark("Staff list (CSV)"),
    "targets": mark("Targets"),
    "targets.abandonment": mark("Abandon rate at most (%)"),
    "targets.service_level": mark("Service level at least (%)"),
    "targets.threshold_seconds": mark("answered within (seconds)"),
    "requirement.shrinkage": mark("Shrinkage (%)"),
    "requirement.minimum_agents": mark("Least agents while open (net)"),
    "requirement.patience_seconds": mark("Mean patience of callers (seconds)"),
    "roster.seconds": mark("Seconds of search"),
    "roster.shortage_price_per_hour": mark("Price of a missing hour (yen)"),
    "hours": mark("Opening hours"),
    **{f"hours.{day}": mark("Opening hours") for day in WEEKDAYS},
}
_DEFAULT_PATIENCE = 180.0


def filled(base: Base, lang: Language) -> tuple[Changes, dict[str, bytes]]:
    """Draw the form over a base's settings; returns what it changes, by table, and the files uploaded, by name."""
    form = _Form(base, lang)
    tr = lang.tr
    with st.container(border=True):
        st.subheader(tr("Desk and days"))
        form.days()
    with st.container(border=True):
        st.subheader(tr("Calls"))
        form.demand()
    with st.container(border=True):
        st.subheader(tr("Targets and agents"))
        form.targets()
    with st.container(border=True):
        st.subheader(tr("Opening hours"))
        form.hours()
    with st.container(border=True):
        st.subheader(tr("Staff and search"))
        form.staff()
    return form.changes, form.uploads


class _Form:
    """The widgets over one base; each base keeps answers of its own."""

    def __init__(self, base: Base, lang: Language) -> None:
        self.base = base
        self.settings = base.settings()
        self.lang = lang
        self.changes: Changes = {}
        self.uploads: dict[str, bytes] = {}

    def _label(self, key: str) -> str:
        return self.lang.tr(FIELDS[key])

    def _keep(self, name: str) -> dict[str, Any]:
        """Key and memory of a widget: answers stay when the reader looks at another page."""
        return {"key": f"new_{self.base.base_id}_{name}", "persist_state": "session"}

    def _table(self, name: str) -> dict[str, Any]:
        found = self.settings.get(name, {})
        return dict(found) if isinstance(found, Mapping) else {}

    def days(self) -> None:
        """Name, days, holidays."""
        tr, horizon = self.lang.tr, self._table("horizon")
        name, start, end, holidays = st.columns([2, 1, 1, 1])
        self.changes["plan"] = {
            "name": name.text_input(
                self._label("plan.name"),
                self._table("plan").get("name", ""),
                max_chars=80,
                **self._keep("name"),
            )
        }
        first = start.date_input(
            self._label("horizon.start"),
            _day(horizon.get("start")),
            format="YYYY-MM-DD",
            **self._keep("start"),
        )
        last = end.date_input(
            self._label("horizon.end"), _day(horizon.get("end")), format="YYYY-MM-DD", **self._keep("end")
        )
        own = str(horizon.get("holidays", ""))
        options = list(dict.fromkeys(["", "JP", own]))
        country = holidays.selectbox(
            self._label("horizon.holidays"),
            options,
            index=options.index(own),
            format_func=lambda code: self.lang.country(code) if code else tr("none"),
            **self._keep("holidays"),
        )
        self.changes["horizon"] = {"start": first, "end": last, "holidays": country}

    def demand(self) -> None:
        """Where the calls come from: the base's own, an uploaded history, or a monthly total."""
        tr = self.lang.tr
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
            **self._keep("demand"),
        )
        if kind == "history":
            self._history()
        elif kind == "total":
            self._total()

    def _history(self) -> None:
        tr = self.lang.tr
        file, options = st.columns([2, 1])
        uploaded = file.file_uploader(
            self._label("history.file"),
            type=["csv", "gz"],
            key=f"new_{self.base.base_id}_history",
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
            **self._keep("gaps"),
        )
        absent = options.text_input(
            tr("Days missing from the records"),
            help=tr("Such as 2027-01-12, 2027-01-13: open days that the file does not hold."),
            **self._keep("absent"),
        )
        name = "history.csv"
        if uploaded is not None:
            name = _file_name(uploaded.name, name)
            self.uploads[name] = uploaded.getvalue()
        replaced = dict.fromkeys(self._table("history"))
        self.changes["history"] = {
            **replaced,
            "file": name,
            "missing_intervals": missing,
            "missing_days": _days(absent),
        }
        self.changes["forecast"] = {
            "profile": None,
            "calls_per_month": None,
            "aht_seconds": None,
            "method": "median",
        }
        self.changes["requirement"] = {"patience_seconds": self._patience()}

    def _patience(self) -> str | float:
        """From the history when the reader says nothing."""
        given = st.number_input(
            self._label("requirement.patience_seconds"),
            min_value=1.0,
            format="%.0f",
            value=None,
            placeholder=self.lang.tr("from the history"),
            help=self.lang.tr(
                "Needed when the file holds no waiting times. Estimated as total waiting time / abandoned."
            ),
            width=320,
            **self._keep("patience"),
        )
        return "history" if given is None else float(given)

    def _total(self) -> None:
        tr, forecast = self.lang.tr, self._table("forecast")
        calls, aht, patience = st.columns(3)
        total = calls.number_input(
            self._label("forecast.calls_per_month"),
            min_value=0,
            value=int(forecast.get("calls_per_month") or 300),
            step=50,
            **self._keep("calls"),
        )
        seconds = aht.number_input(
            self._label("forecast.aht_seconds"),
            min_value=1,
            value=int(forecast.get("aht_seconds") or 300),
            step=10,
            help=tr("Average handling time: talk + hold + after-call work, weighted by calls."),
            **self._keep("aht"),
        )
        own = self._table("requirement").get("patience_seconds")
        patient = patience.number_input(
            self._label("requirement.patience_seconds"),
            min_value=1.0,
            format="%.0f",
            value=float(own) if isinstance(own, int | float) else _DEFAULT_PATIENCE,
            help=tr("How long callers are ready to wait on average; about three minutes where nobody knows."),
            **self._keep("patient"),
        )
        uploaded = st.file_uploader(
            self._label("forecast.profile"),
            type=["csv"],
            key=f"new_{self.base.base_id}_profile",
            help=tr(
                "Rows of weekday, start, weight. Without a file the profile of the small sample desk is used."
            ),
        )
        name = self._profile() if uploaded is None else _file_name(uploaded.name, "profile.csv")
        if uploaded is not None:
            self.uploads[name] = uploaded.getvalue()
        self.changes["history"] = None
        self.changes["forecast"] = {
            "method": "profile",
            "profile": name,
            "calls_per_month": total,
            "aht_seconds": seconds,
        }
        self.changes["requirement"] = {"patience_seconds": patient}

    def _profile(self) -> str:
        """The base's profile, else the small sample desk's, which is then carried along."""
        own = self._table("forecast").get("profile")
        if own is not None:
            return str(own)
        folder = sample_folder("small-desk")
        name = str(tomllib.loads((folder / SETTINGS).read_text(encoding="utf-8"))["forecast"]["profile"])
        self.uploads[name] = (folder / name).read_bytes()
        return name

    def targets(self) -> None:
        """Service targets, shrinkage, the floor."""
        tr, targets, required = self.lang.tr, self._table("targets"), self._table("requirement")
        abandonment, level, threshold, shrinkage, floor = st.columns(5)
        empty = tr("no target")
        lost = abandonment.number_input(
            self._label("targets.abandonment"),
            value=_percent(targets.get("abandonment")),
            min_value=0.1,
            max_value=99.0,
            step=0.5,
            format="%.1f",
            placeholder=empty,
            help=tr("(abandoned + blocked) / offered. Leave empty for no target."),
            **self._keep("abandonment"),
        )
        answered = level.number_input(
            self._label("targets.service_level"),
            value=_percent(targets.get("service_level")),
            min_value=1.0,
            max_value=99.9,
            step=1.0,
            format="%.1f",
            placeholder=empty,
            help=tr("Share of offered calls answered in time. Leave empty for no target."),
            **self._keep("service_level"),
        )
        seconds = threshold.number_input(
            self._label("targets.threshold_seconds"),
            value=int(targets.get("threshold_seconds", 20)),
            min_value=0,
            max_value=3600,
            **self._keep("threshold"),
        )
        away = shrinkage.number_input(
            self._label("requirement.shrinkage"),
            value=_percent(required.get("shrinkage", 0.3)),
            min_value=0.0,
            max_value=89.0,
            step=1.0,
            format="%.1f",
            help=tr("Share of paid time lost beside breaks: absence, meetings, training."),
            **self._keep("shrinkage"),
        )
        least = floor.number_input(
            self._label("requirement.minimum_agents"),
            value=int(required.get("minimum_agents", 1)),
            min_value=0,
            **self._keep("minimum"),
        )
        self.changes["targets"] = {
            "abandonment": _share(lost),
            "service_level": _share(answered),
            "threshold_seconds": seconds,
        }
        self.changes["requirement"] = {
            **(self.changes.get("requirement") or {}),
            "shrinkage": _share(away) or 0.0,
            "minimum_agents": least,
        }

    def hours(self) -> None:
        """Opening hours, a field a weekday."""
        tr = self.lang.tr
        st.caption(
            tr(
                "Such as 09:00-18:00; several spans with a comma; past midnight 22:00-26:00; empty when closed."
            )
        )
        own = self._table("hours")
        names = self.lang.weekdays("wide")
        answers: dict[str, list[str]] = {}
        for column, day, name in zip(st.columns(7), WEEKDAYS, names, strict=True):
            text = column.text_input(name, ", ".join(own.get(day, [])), **self._keep(day))
            answers[day] = [part.strip() for part in text.replace("、", ",").split(",") if part.strip()]
        self.changes["hours"] = answers

    def staff(self) -> None:
        """The people, and how long to search."""
        tr, roster = self.lang.tr, self._table("roster")
        file, price, seconds = st.columns([2, 1, 1])
        contracts = [str(contract.get("name")) for contract in self.settings.get("contracts", [])]
        uploaded = file.file_uploader(
            self._label("staff.file"),
            type=["csv"],
            key=f"new_{self.base.base_id}_staff",
            help=tr(
                "Rows of agent_id, agent_name, contract, wage (per hour), and if wanted queue, leave, birth_date. "
                "Contracts here: {contracts}. Without a file the starting point's staff is used.",
                contracts=", ".join(contracts),
            ),
        )
        if uploaded is not None:
            name = _file_name(uploaded.name, "staff.csv")
            self.uploads[name] = uploaded.getvalue()
            self.changes["staff"] = {"file": name}
        self.changes["roster"] = {
            "shortage_price_per_hour": price.number_input(
                self._label("roster.shortage_price_per_hour"),
                value=int(roster.get("shortage_price_per_hour", 6000)),
                min_value=0,
                step=500,
                help=tr(
                    "How dear a missing person is to the search; higher means fewer gaps and more wages."
                ),
                **self._keep("price"),
            ),
            "seconds": seconds.number_input(
                self._label("roster.seconds"),
                value=int(roster.get("seconds", 60)),
                min_value=1,
                max_value=86_400,
                step=10,
                **self._keep("seconds"),
            ),
        }


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.today()  # noqa: DTZ011 - the reader's own calendar


def _days(text: str) -> list[date | str]:
    """Dates from a list with commas; what is no date stays text, for the settings' own check to name."""
    found: list[date | str] = []
    for part in filter(None, (part.strip() for part in text.replace("、", ",").split(","))):
        try:
            found.append(date.fromisoformat(part.replace("/", "-")))
        except ValueError:
            found.append(part)
    return found


def _percent(share: object) -> float | None:
    return round(float(share) * 100, 4) if isinstance(share, int | float) else None


def _share(percent: float | None) -> float | None:
    return None if percent is None else round(percent / 100, 6)


def _file_name(given: str, fallback: str) -> str:
    """The uploaded file's own name, for messages, unless it would take the place of the settings."""
    name = given.replace("\\", "/").rsplit("/", 1)[-1].strip()
    return fallback if name in ("", ".", "..", SETTINGS) else name
