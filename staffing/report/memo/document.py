"""A decision memo as a document: a page that is read, and an appendix that proves it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from math import isfinite

from staffing.report.document import Document, Section, Table, Tile
from staffing.report.memo import analysis, tables
from staffing.report.memo.memo import DecisionMemo
from staffing.report.values import number_text
from staffing.wording.language import Language
from staffing.wording.words import OPTIONS, phrase

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
        sections=(_front(memo, lang), *_appendix(memo, lang)),
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
        text=(
            lang.sentence(memo.question),
            recommendation(memo, lang),
            target_sentence(memo, lang),
            *_lost_sentence(memo, lang),
        ),
        tables=tuple(small),
        charts=(replace(chart, totals=frozenset(row for row in chart.totals if row < MOST_OPTIONS)),),
        tiles=tuple(_tiles(memo, lang)),
    )


def _extracts(memo: DecisionMemo, lang: Language) -> Iterator[tuple[Table, tuple[str, ...]]]:
    """The first rows of what was worked out beside the options, and the columns to keep."""
    mix = analysis.mix_table(memo, lang)
    if mix is not None:
        yield analysis.first(mix, MOST_ROWS + 1, "mix-first"), ("source", "bought", "share", "cost")
    if memo.break_even:
        table = analysis.break_even_table(memo, lang)
        yield analysis.first(table, MOST_ROWS, "break-even-first"), ("below", "above", "calls", "reason")
    if memo.measures:
        table = analysis.measure_table(memo, lang)
        yield analysis.first(table, MOST_ROWS, "measures-first"), ("measure", "total", "saved", "per_call")
    if memo.sensitivity:
        table = analysis.sensitivity_table(memo, lang)
        yield (
            analysis.first(table, MOST_ROWS, "sensitivity-first"),
            ("input", "low", "high", "total_low", "total_high", "best_low", "best_high"),
        )


def _narrow(table: Table, keys: tuple[str, ...]) -> Table:
    """The table with some of its columns."""
    places = [table.place(key) for key in keys]
    return replace(
        table,
        columns=tuple(replace(table.columns[place], formula=None) for place in places),
        rows=tuple(tuple(row[place] for place in places) for row in table.rows),
        half=len(keys) <= MOST_HALF,
    )


def recommendation(memo: DecisionMemo, lang: Language) -> str:
    """What is recommended, what it costs, and how much more the next one would."""
    tr = lang.tr
    if memo.total is None:
        return tr("No option reaches the target; the table says by how much each misses it.")
    name = tr("the best mix") if memo.recommended == "mix" else phrase(lang, OPTIONS, memo.recommended)
    text = tr("Recommended: {option}, {cost}.", option=name, cost=lang.money(memo.total, memo.currency))
    others = [o for o in memo.ranked if o.meets_target and o.name != memo.recommended]
    if not others:
        return text
    following = others[0]
    best = memo.total if memo.chosen is None else memo.price(memo.chosen)
    more = tr(
        "Next at the same target: {option}, {more} more.",
        option=phrase(lang, OPTIONS, following.name),
        more=lang.money(memo.price(following) - best, memo.currency),
    )
    return lang.joined(text, more)


def target_sentence(memo: DecisionMemo, lang: Language) -> str:
    """The target that every option was sized to, with its formulas."""
    tr, targets = lang.tr, memo.targets
    parts = []
    if targets.abandonment is not None:
        share = lang.percent(targets.abandonment)
        parts.append(tr("(abandoned + blocked) / offered at most {share}", share=share))
    if targets.service_level is not None:
        parts.append(
            tr(
                "{share} of the calls offered answered within {seconds} s",
                share=lang.percent(targets.service_level, 0),
                seconds=f"{targets.threshold:g}",
            )
        )
    if targets.asa is not None:
        parts.append(tr("mean wait of the answered at most {seconds} s", seconds=f"{targets.asa:g}"))
    if not parts:
        return tr("No service target was set.")
    return tr("Target for every option: {targets}.", targets=tr("; ").join(parts))


def _lost_sentence(memo: DecisionMemo, lang: Language) -> Iterator[str]:
    """Whether what lost calls are worth decides, too."""
    if memo.lost and memo.lost_calls_counted:
        yield lang.tr("Options are ranked with what their lost calls are worth; costs do not hold it.")
    elif memo.lost:
        yield lang.tr("What lost calls are worth is shown, and not counted.")


def _tiles(memo: DecisionMemo, lang: Language) -> Iterator[Tile]:
    tr = lang.tr
    months = len(memo.months)
    yield Tile(tr("Calls offered"), lang.number(memo.calls), tr("months: {months}", months=months))
    if memo.total is not None:
        name = tr("the best mix") if memo.recommended == "mix" else phrase(lang, OPTIONS, memo.recommended)
        yield Tile(tr("Recommended"), name, lang.money(memo.total, memo.currency))
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


def _appendix(memo: DecisionMemo, lang: Language) -> Iterator[Section]:
    tr = lang.tr
    options = (tables.options_table(memo, lang),) if len(memo.options) > MOST_OPTIONS else ()
    whole = tuple(replace(table, key="options-all") for table in options)
    yield Section(
        "bills",
        tr("Appendix: options and bills"),
        tr("Bills"),
        tables=(*whole, tables.detail_table(memo, lang), *tables.bill_tables(memo, lang)),
        page=True,
        apart=True,
    )
    proofs = [
        table
        for table in (
            analysis.mix_table(memo, lang),
            analysis.runner_table(memo, lang),
            analysis.break_even_table(memo, lang) if memo.break_even else None,
            analysis.measure_table(memo, lang) if memo.measures else None,
            analysis.sensitivity_table(memo, lang) if memo.sensitivity else None,
        )
        if table is not None
    ]
    if proofs:
        title = tr("Appendix: mix, break-even, measures, sensitivity")
        yield Section("analysis", title, tr("Analysis"), tables=tuple(proofs), page=True, apart=True)
    notes = tuple(tables.said(note, lang) for note in memo.notes)
    yield Section(
        "assumptions-section",
        tr("Appendix: assumptions"),
        tr("Assumptions"),
        text=notes,
        tables=(tables.assumption_table(memo, lang),),
        page=True,
    )
