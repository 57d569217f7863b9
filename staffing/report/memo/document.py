"""A decision memo as a document: a page that is read, what stands behind it, and an appendix of bills."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from math import isfinite

from staffing.report.document import Document, Section, Table, Tile
from staffing.report.memo import analysis, tables
from staffing.report.memo.answer import answer, recommended_name
from staffing.report.memo.memo import DecisionMemo
from staffing.report.values import number_text
from staffing.wording.language import Language

MOST_OPTIONS, MOST_ROWS = 6, 3  # on the first page
MOST_HALF = 4  # columns of a table that takes half of its width


def memo_document(memo: DecisionMemo, lang: Language) -> Document:
    """The memo in one language; parts that were not worked out are left out."""
    first, last = (date.fromisoformat(f"{month}-01") for month in (memo.months[0], memo.months[-1]))
    period = lang.month(first) if first == last else f"{lang.month(first)} – {lang.month(last)}"
    return Document(
        title=lang.tr("{name}: decision memo", name=memo.title),
        subtitle=period,
        currency=memo.currency,
        day=last,
        sections=(_front(memo, lang), *_reasons(memo, lang), *_appendix(memo, lang)),
        made_from=memo.made_from,
    )


def _front(memo: DecisionMemo, lang: Language) -> Section:
    """The one page."""
    tr = lang.tr
    options = tables.options_table(memo, lang)
    shown = replace(
        options,
        rows=options.rows[:MOST_OPTIONS],
        strong=frozenset(row for row in options.strong if row < MOST_OPTIONS),
        links=options.links[:MOST_OPTIONS],
    )
    chart = tables.options_chart(memo, lang)
    small = [shown, *(_narrow(table, columns) for table, columns in _extracts(memo, lang))]
    return Section(
        "decision",
        tr("Decision"),
        tr("Decision"),
        text=tuple(answer(memo, lang)),
        tables=tuple(small),
        charts=(replace(chart, totals=frozenset(row for row in chart.totals if row < MOST_OPTIONS)),),
        tiles=tuple(_tiles(memo, lang)),
    )


def _extracts(memo: DecisionMemo, lang: Language) -> Iterator[tuple[Table, tuple[str, ...]]]:
    """The first rows of what was worked out beside the options, and the columns to keep."""
    mix = analysis.mix_table(memo, lang)
    if mix is not None:
        yield analysis.first(mix, MOST_ROWS + 1, "mix-first"), ("source", "bought", "share", "cost")
    if memo.measures:
        table = analysis.measure_table(memo, lang)
        yield analysis.first(table, MOST_ROWS, "measures-first"), ("measure", "total", "saved", "per_call")


def _narrow(table: Table, keys: tuple[str, ...]) -> Table:
    """The table with some of its columns."""
    places = [table.place(key) for key in keys]
    return replace(
        table,
        columns=tuple(replace(table.columns[place], formula=None) for place in places),
        rows=tuple(tuple(row[place] for place in places) for row in table.rows),
        half=len(keys) <= MOST_HALF,
    )


def _tiles(memo: DecisionMemo, lang: Language) -> Iterator[Tile]:
    tr = lang.tr
    months = len(memo.months)
    yield Tile(tr("Calls offered"), lang.number(memo.calls), tr("months: {months}", months=months))
    if memo.total is not None:
        yield Tile(tr("Recommended"), recommended_name(memo, lang), lang.money(memo.total, memo.currency))
    chosen = memo.chosen
    if chosen is not None:
        share = number_text(chosen.abandonment, "share", lang, memo.currency)
        yield Tile(tr("Abandon rate"), share, tr("(abandoned + blocked) / offered"))
        level = number_text(chosen.service_level, "share", lang, memo.currency)
        yield Tile(tr("Service level"), level, tr("answered in time / offered"))
        if chosen.per_call is not None and isfinite(chosen.per_call):
            yield Tile(
                tr("Cost"),
                number_text(chosen.per_call, "money", lang, memo.currency),
                tr("per handled call"),
            )


def _reasons(memo: DecisionMemo, lang: Language) -> Iterator[Section]:
    """What was worked out beside the options, and all options with what each reaches."""
    tr = lang.tr
    found = (
        analysis.mix_table(memo, lang),
        analysis.runner_table(memo, lang),
        analysis.break_even_table(memo, lang) if memo.break_even else None,
        analysis.measure_table(memo, lang) if memo.measures else None,
        analysis.sensitivity_table(memo, lang) if memo.sensitivity else None,
    )
    shown = tuple(table for table in found if table is not None)
    if shown:
        title = tr("Mix, break-even, measures, sensitivity")
        yield Section("analysis", title, tr("Analysis"), tables=shown, page=True, apart=True)
    whole = [replace(tables.options_table(memo, lang), key="options-all")]
    yield Section(
        "options-section",
        tr("All options"),
        tr("Options"),
        tables=(*(whole if len(memo.options) > MOST_OPTIONS else ()), tables.detail_table(memo, lang)),
        page=not shown,
        apart=True,
    )


def _appendix(memo: DecisionMemo, lang: Language) -> Iterator[Section]:
    """Every line of every bill, and every assumption, in small type."""
    tr = lang.tr
    yield Section(
        "bills",
        tr("Appendix: bills"),
        tr("Bills"),
        text=_merged(memo, lang),
        tables=tuple(tables.bill_tables(memo, lang)),
        page=True,
        apart=True,
        small=True,
    )
    yield Section(
        "assumptions-section",
        tr("Appendix: assumptions"),
        tr("Assumptions"),
        text=tuple(tables.said(note, lang) for note in memo.notes),
        tables=(tables.assumption_table(memo, lang),),
        page=True,
        small=True,
    )


def _merged(memo: DecisionMemo, lang: Language) -> tuple[str, ...]:
    if len(memo.months) == 1:
        return ()
    return (lang.tr("Months of one rate stand in one line; each month's amount is rounded by itself."),)
