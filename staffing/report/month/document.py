"""A month's report as a document."""

from __future__ import annotations

from collections.abc import Iterator

import staffing
from staffing.report import colours
from staffing.report.document import Chart, Document, Section, Series, Table, Tile
from staffing.report.month import calendar, tables
from staffing.report.month.explained import change_chart, change_sentence, change_table
from staffing.report.month.figures import BY_KEY
from staffing.report.month.report import MonthReport
from staffing.report.values import number_of, number_text, shown
from staffing.wording.language import Language


def month_document(report: MonthReport, lang: Language) -> Document:
    """The report in one language, for a page or a workbook."""
    month = report.now.month
    return Document(
        title=lang.tr("{name}: report for {month}", name=report.name, month=lang.month(month.first)),
        subtitle=f"{lang.date(month.first)} – {lang.date(month.last)}",
        currency=report.currency,
        day=month.last,
        sections=(
            _summary(report, lang),
            _changes(report, lang),
            _calendar(report, lang),
            _hours(report, lang),
            _notes(report, lang),
        ),
        made_from=_made_from(report, lang),
    )


def _summary(report: MonthReport, lang: Language) -> Section:
    tr = lang.tr
    sentences = tuple(
        change_sentence(change, lang, report.currency)
        for change in report.changes
        if change.subject in ("abandonment", "cost")
    )
    made = [tables.figures_table(report, lang)]
    if report.now.frame["queue"].nunique() > 1:
        made.append(calendar.by_queue(report, lang))
    return Section(
        "summary", tr("Summary"), tr("Summary"), sentences, tuple(made), tiles=tuple(_tiles(report, lang))
    )


def _tiles(report: MonthReport, lang: Language) -> Iterator[Tile]:
    """The figures to be seen first, each with its formula."""
    sums = tables.actual_sums(report.now)
    for key in ("offered", "lost_share", "service_level", "aht"):
        figure = BY_KEY[key]
        value = number_text(figure.of(sums), figure.kind, lang, report.currency)
        yield Tile(lang.tr(figure.name), value, tables.formula_text(key, report, lang))
    if report.cost is not None:
        detail = lang.tr("estimated, see the notes") if report.cost.estimated else report.cost.source
        yield Tile(lang.tr("Cost"), lang.money(report.cost.total, report.currency), detail)


def _changes(report: MonthReport, lang: Language) -> Section:
    tr, cost = lang.tr, tables.cost_table(report, lang)
    changes = tuple(change_table(change, lang) for change in report.changes)
    return Section(
        "changes",
        tr("What changed, and why"),
        tr("Changes"),
        tables=changes if cost is None else (*changes, cost),
        charts=tuple(
            change_chart(change, lang, report.currency)
            for change in report.changes
            if change.parts and change.subject != "handling"  # its parts are too small beside its levels
        ),
        page=True,
    )


def _calendar(report: MonthReport, lang: Language) -> Section:
    tr = lang.tr
    days, weeks = calendar.by_day(report, lang), calendar.by_week(report, lang)
    return Section(
        "by-day",
        tr("By day and by week"),
        tr("Days"),
        tables=(days, weeks, calendar.worst_days(report, lang)),
        charts=(*_pair(days, "day", report, lang), _calls(weeks, "week", report, lang)),
        page=True,
        apart=True,
    )


def _hours(report: MonthReport, lang: Language) -> Section:
    tr = lang.tr
    hours = calendar.by_hour(report, lang)
    return Section(
        "by-hour",
        tr("By hour"),
        tr("Hours"),
        tables=(hours,),
        charts=_pair(hours, "hour", report, lang),
        page=True,
    )


def _pair(table: Table, labels: str, report: MonthReport, lang: Language) -> tuple[Chart, ...]:
    return (_calls(table, labels, report, lang), _lost(table, labels, report, lang))


def _calls(table: Table, labels: str, report: MonthReport, lang: Language) -> Chart:
    tr = lang.tr
    bars = [
        Series("answered", tr("Answered"), "bar", colours.BLUE),
        Series("abandoned", tr("Abandoned"), "bar", colours.ORANGE),
    ]
    if report.now.totals["blocked"]:
        bars.append(Series("blocked", tr("Blocked"), "bar", colours.VERMILLION))
    if report.plan is not None:
        bars.append(Series("plan_calls", tr("Planned calls"), "line", colours.INK))
    return Chart(
        table.key,
        tr("Calls: {what}", what=table.title),
        _peak(table, "offered", labels, tr("Most calls: {label}, {value}."), lang, report.currency),
        labels,
        tuple(bars),
        "count",
    )


def _lost(table: Table, labels: str, report: MonthReport, lang: Language) -> Chart:
    tr = lang.tr
    series = [Series("lost_share", tr("(abandoned + blocked) / offered"), "bar", colours.ORANGE)]
    bands: list[tuple[str, float]] = []
    if report.plan is not None:
        series.append(Series("plan_lost_share", tr("Planned abandon rate"), "line", colours.INK))
        target = report.plan.targets.get("abandonment")
        if target is not None:
            bands.append((tr("Target {share}", share=lang.percent(target)), target))
    return Chart(
        table.key,
        tr("Abandon rate, (abandoned + blocked) / offered: {what}", what=table.title),
        _peak(table, "lost_share", labels, tr("Highest: {label}, {value}."), lang, report.currency),
        labels,
        tuple(series),
        "share",
        bands=tuple(bands),
    )


def _peak(table: Table, column: str, labels: str, text: str, lang: Language, currency: str) -> str:
    """The row with the largest number, in words."""
    place, name = table.place(column), table.place(labels)
    known = [(number, row) for row in table.rows if (number := number_of(row[place])) is not None]
    if not known:
        return ""
    _, row = max(known, key=lambda item: item[0])
    label = shown(row[name], table.columns[name], lang, currency)
    return text.format(label=label, value=shown(row[place], table.columns[place], lang, currency))


def _notes(report: MonthReport, lang: Language) -> Section:
    tr = lang.tr
    notes = tuple(lang.note({"text": note.text, "values": dict(note.values)}) for note in report.notes)
    return Section("notes", tr("Notes"), tr("Notes"), notes)


def _made_from(report: MonthReport, lang: Language) -> tuple[tuple[str, str], ...]:
    tr, plan = lang.tr, report.plan
    parts = [(tr("Records"), f"{report.now.source} (SHA-256 {report.now.digest[:16]})")]
    if report.before is not None and report.before.digest != report.now.digest:
        parts.append(
            (
                tr("Records of the month before"),
                f"{report.before.source} (SHA-256 {report.before.digest[:16]})",
            )
        )
    if plan is not None:
        digest = f" (SHA-256 {plan.digest[:16]})" if plan.digest else ""
        parts.append((tr("Plan"), f"{plan.name}: {plan.source}{digest}"))
    if report.cost is not None and not report.cost.estimated:
        parts.append((tr("Costs"), report.cost.source))
    parts.append((tr("Time zone"), report.now.time_zone))
    return (*parts, ("staffing", staffing.__version__))
