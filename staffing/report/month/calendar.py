"""The tables of a month's report by day, week and hour of the day."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from staffing.report.document import Cell, Column, Table
from staffing.report.month.figures import BY_KEY
from staffing.report.month.report import MonthReport
from staffing.report.month.tables import actual_sums, planned_sums
from staffing.wording.language import Language

LOST = "({abandoned}+{blocked})/{offered}"


def by_day(report: MonthReport, lang: Language) -> Table:
    """A row a business date; the plan's dates without records are there, too."""
    label = Column("day", lang.tr("Day"), "day")
    return _by(
        report, lang, "days", lang.tr("By day"), "business_date", label, lambda key: pd.Timestamp(key).date()
    )


def by_queue(report: MonthReport, lang: Language) -> Table:
    """A row a queue."""
    return _by(report, lang, "queues", lang.tr("By queue"), "queue", Column("queue", lang.tr("Queue")), str)


def by_week(report: MonthReport, lang: Language) -> Table:
    """A row a week, named by its Monday; only the month's days are in it."""

    def named(key: Any) -> Cell:
        monday = pd.Timestamp(key).date()
        first = max(monday, report.now.month.first)
        last = min(date.fromordinal(monday.toordinal() + 6), report.now.month.last)
        return f"{lang.day(first)} – {lang.day(last)}"

    return _by(report, lang, "weeks", lang.tr("By week"), "week", Column("week", lang.tr("Week")), named)


def by_hour(report: MonthReport, lang: Language) -> Table:
    """A row an hour of the business date, the month's days together."""
    label = Column("hour", lang.tr("Hour"))
    return _by(report, lang, "hours", lang.tr("By hour"), "hour", label, lambda key: f"{int(key):02d}:00")


def _by(
    report: MonthReport,
    lang: Language,
    key: str,
    title: str,
    by: str,
    label: Column,
    named: Callable[[Any], Cell],
) -> Table:
    sums = {place: dict(row) for place, row in _rows(report.now.by(by)).items()}
    if report.plan is not None:
        for place, row in _rows(report.plan.by(by)).items():
            sums.setdefault(place, {}).update(_planned(row))
    numbers = tuple(_columns(lang, report.plan is not None))
    rows = tuple(
        (named(place), *(_cell(column, sums[place]) for column in numbers)) for place in sorted(sums)
    )
    totals = actual_sums(report.now) | ({} if report.plan is None else _planned(planned_sums(report.plan)))
    foot = (lang.tr("Total"), *(_cell(column, totals) for column in numbers))
    return Table(key, title, (label, *numbers), rows, foot=foot)


def _columns(lang: Language, planned: bool) -> Iterator[Column]:
    tr = lang.tr
    yield Column("offered", tr("Offered"), "count", total=True)
    yield Column("answered", tr("Answered"), "count", total=True)
    yield Column("abandoned", tr("Abandoned"), "count", total=True)
    yield Column("blocked", tr("Blocked"), "count", total=True)
    yield Column("lost_share", tr("(aband. + blocked) / offered"), "share", formula=LOST)
    yield Column("abandonment", tr("aband. / offered"), "share", formula="{abandoned}/{offered}")
    yield Column("answered_within_threshold", tr("Answered in time"), "count", total=True)
    yield Column(
        "service_level", tr("in time / offered"), "share", formula="{answered_within_threshold}/{offered}"
    )
    yield Column("aht", tr("AHT, s"), "seconds")
    yield Column("agent_hours", tr("Agent-hours, net"), "hours", total=True)
    if planned:
        yield Column("plan_calls", tr("Planned calls"), "count", total=True)
        yield Column("plan_lost_share", tr("Planned abandon rate"), "share")
        yield Column("plan_agent_hours", tr("Planned agent-hours, net"), "hours", total=True)


def _rows(frame: pd.DataFrame) -> dict[Any, dict[str, float]]:
    """Index -> sums by name."""
    return {
        place: {str(name): float(value) for name, value in row.items()}
        for place, row in frame.to_dict("index").items()
    }


def _planned(sums: Mapping[str, float]) -> dict[str, float]:
    calls = sums["calls"]
    return {
        "plan_calls": calls,
        "plan_lost_share": sums["abandoned"] / calls if calls else float("nan"),
        "plan_agent_hours": sums["agent_hours"],
    }


def _cell(column: Column, sums: Mapping[str, float]) -> Cell:
    """A number of the row, worked out where it is a figure; None where it is not known."""
    figure = BY_KEY.get(column.key)
    if figure is not None and "offered" in sums:
        return figure.of(sums)
    value = sums.get(column.key)
    return value if value is not None and math.isfinite(value) else None


def worst_days(report: MonthReport, lang: Language, count: int = 5) -> Table:
    """The days on which most callers were lost, which a month's mean hides."""
    tr = lang.tr
    days = _rows(report.now.by("business_date"))
    lost = {day: sums["abandoned"] + sums["blocked"] for day, sums in days.items()}
    most = sorted(lost, key=lambda day: (-lost[day], day))[:count]
    whole = float(report.now.totals["abandoned"] + report.now.totals["blocked"])
    columns = (
        Column("day", tr("Day"), "day"),
        Column("lost", tr("Lost calls"), "count"),
        Column("offered", tr("Offered"), "count"),
        Column("lost_share", tr("(aband. + blocked) / offered"), "share", formula="{lost}/{offered}"),
        Column("of_all", tr("of the month's lost calls"), "share"),
    )
    rows = tuple(
        (
            pd.Timestamp(day).date(),
            lost[day],
            days[day]["offered"],
            BY_KEY["lost_share"].of(days[day]),
            lost[day] / whole if whole else None,
        )
        for day in most
    )
    return Table("worst", tr("Days with most lost calls"), columns, rows)
